"""The command line: options, exit codes, and the choice between the reader and plain text.

Exit codes: 0 all is well; 1 the file has errors, or cannot be read as a briefing; 2 wrong usage,
a file that is not there, or a configuration that cannot be used.

The terminal half is imported only where it is shown: every other command answers without it.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from briefing_tui import __version__

if TYPE_CHECKING:
    import datetime

    from click.shell_completion import CompletionItem

    from briefing_tui.briefing.document import Document
    from briefing_tui.settings import Settings

EXAMPLES = """\b
Examples:
  briefing-tui                          the bundled briefing
  briefing-tui my.yaml                  a file of yours
  make-briefing | briefing-tui -        what a program writes
  briefing-tui show my.yaml | less      as plain text
  briefing-tui show --pane deals        one pane of it
  briefing-tui --as-of latest           with all that became known since
  briefing-tui check my.yaml            what is wrong with it, and where
"""


AS_OF = "Read as known on DATE: 2021-11-14, 2021-11, 2021, or latest."


class ReaderByDefault(click.Group):
    """A group whose first word, unless it names a command, is a file for the reader."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``read`` before arguments that name no command."""
        own = {"--help", "-h", "--version"}
        # Nothing yet while a shell completes the first word: that may become a command.
        named = args[0] in self.commands or args[0] in own if args else ctx.resilient_parsing
        return super().parse_args(ctx, args if named else ["read", *args])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Tell of the reader's options too, which is what most people come for."""
        options = [one for one in self.commands["read"].params if isinstance(one, click.Option)]
        told = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section("Options of the reader"):
            formatter.write_dl(told)
        super().format_options(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the first word to a file or a command, or to an option of the reader."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            options = self.commands["read"].shell_complete(ctx, incomplete)
            options += super().shell_complete(ctx, incomplete)
            return [*{option.value: option for option in options}.values()]
        # First: bash forgets what came before an item that stands for files.
        files = CompletionItem(incomplete, type="file")
        return [files, *super().shell_complete(ctx, incomplete)]


@click.group(
    cls=ReaderByDefault,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="[FILE | COMMAND] …",
)
@click.version_option(__version__, prog_name="briefing-tui")
def cli() -> None:
    """Read a structured briefing in the terminal.

    Without a command, opens FILE, or the bundled briefing, in four panes: summary, timeline, key
    actors and deal tracker, with the evidence of the highlighted row always in view. Where output
    is no terminal, prints plain text. A file whose name is that of a command is opened as ./NAME.
    """


@cli.command(hidden=True)
@click.argument("file", required=False, type=click.Path(allow_dash=True))
@click.option("--theme", metavar="NAME", help="dark, light, or ansi: the terminal's own colours.")
@click.option("--no-mouse", is_flag=True, help="Leave clicks and the wheel to the terminal.")
@click.option("--as-of", "day", metavar="DATE", help=AS_OF)
def read(file: str | None, theme: str | None, no_mouse: bool, day: str | None) -> None:
    """Open FILE, or the bundled briefing; - is standard input, keys still from the terminal."""
    settings = _settings(theme, no_mouse)
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        _print_plain(file, day)
        return
    _check_keys(settings)
    document, data = _open(file)
    as_of = _day(document, day)
    if file == "-" or (sys.stdin is not None and not sys.stdin.isatty()):
        _keys_from_terminal()
    from briefing_tui.reader.app import run

    code = run(document, settings, as_of)
    _keep(document, data)
    sys.exit(code)


@cli.command()
@click.argument("file", required=False, type=click.Path(allow_dash=True))
@click.option(
    "--pane",
    "panes",
    multiple=True,
    metavar="NAME",
    help="summary, timeline, actors, deals or sources; may be given several times.",
)
@click.option("--width", type=click.IntRange(20, 1000), help="Columns; 80, or the terminal's.")
@click.option("--as-of", "day", metavar="DATE", help=AS_OF)
@click.option("--ascii", "in_ascii", is_flag=True, help="Draw lines and signs in ASCII.")
def show(
    file: str | None, panes: tuple[str, ...], width: int | None, day: str | None, in_ascii: bool
) -> None:
    """Print FILE, or the bundled briefing, as plain text."""
    from briefing_tui.output.plain import SECTIONS

    for pane in panes:
        if pane not in SECTIONS:
            _fail(f"unknown pane '{pane}'{_hint(pane, SECTIONS)}", 2)
    _print_plain(file, day, panes, width, in_ascii=in_ascii)


@cli.command()
@click.argument("files", nargs=-1, required=False, type=click.Path(allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
def check(files: tuple[str, ...], as_json: bool, strict: bool) -> None:
    """Tell what is wrong in FILES, or in the bundled briefing, as file:line:column.

    Exit code 0: no errors; 1: errors; 2: a file that cannot be opened.
    """
    from briefing_tui.output import report

    checked = [report.check_data(_read(file), _name(file)) for file in files or (None,)]
    _print(f"{report.as_json(checked) if as_json else report.as_text(checked)}\n")
    sys.exit(1 if any(report.failed(one, strict=strict) for one in checked) else 0)


@cli.command()
def keys() -> None:
    """List every key of the reader, as configured."""
    from briefing_tui.reader.commands import key_table

    settings = _settings(None, no_mouse=False)
    _check_keys(settings)
    _print(key_table(settings.keys))


@cli.command()
def paths() -> None:
    """Print where configuration and bundled briefings are."""
    from briefing_tui.compiled import cache_dir
    from briefing_tui.settings import config_file, content_dir

    places = f"configuration  {config_file()}\nbriefings      {content_dir()}\n"
    _print(f"{places}cache          {cache_dir() or 'none'}\n")


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for SHELL, to be evaluated by it."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is not None:
        _print(found(cli, {}, "briefing-tui", "_BRIEFING_TUI_COMPLETE").source() + "\n")


def main() -> None:
    """Run the command line."""
    # Imports and parsing make many objects and little garbage; the reader collects once it shows.
    gc.disable()
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the program
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    cli(prog_name="briefing-tui")


def _settings(theme: str | None, no_mouse: bool) -> Settings:
    """The configuration with the flags laid over it."""
    import msgspec

    from briefing_tui import settings

    try:
        found = settings.load_settings(settings.config_file())
    except settings.SettingsError as error:
        _fail(str(error), 2)
    if theme is not None and theme not in settings.THEMES:
        _fail(f"unknown theme '{theme}'{_hint(theme, settings.THEMES)}", 2)
    changes: dict[str, Any] = {"theme": theme} if theme else {}
    return msgspec.structs.replace(found, **changes, **({"mouse": False} if no_mouse else {}))


def _check_keys(settings: Settings) -> None:
    from briefing_tui.reader.keymap import keymap_errors
    from briefing_tui.settings import config_file

    errors = keymap_errors(settings.keys)
    if errors:
        _fail("\n".join(f"{config_file()}: {error}" for error in errors), 2)


def _open(file: str | None) -> tuple[Document, bytes]:
    from briefing_tui.briefing.problems import Refused
    from briefing_tui.compiled import open_document

    data = _read(file)
    try:
        return open_document(data, _name(file)), data
    except Refused as refused:
        _fail(refused.problems[0].located(refused.name), 1)


def _read(file: str | None) -> bytes:
    from briefing_tui.briefing.document import MAX_BYTES, read_bytes
    from briefing_tui.settings import bundled

    if file == "":
        _fail("the name of the file is empty; name a briefing, or none for the bundled one", 2)
    if file == "-" and sys.stdin is None:
        _fail(f"{_name(file)}: it is closed; name a file", 2)
    try:
        if file == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        return read_bytes(bundled() if file is None else Path(file))
    except IsADirectoryError:
        _fail(f"{_name(file)}: this is a directory; name a briefing in it", 2)
    except FileNotFoundError as error:
        from briefing_tui.briefing.problems import suggestion

        _fail(f"{_name(file)}: {error.strerror}{suggestion(file or '', cli.commands)}", 2)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        _fail(f"{_name(file)}: {reason}", 2)


def _name(file: str | None) -> str:
    """What messages call a file, safe to print."""
    from briefing_tui.briefing.text import clean, one_line
    from briefing_tui.settings import bundled

    if file == "-":
        return "<stdin>"
    return one_line(clean(file)[0]) if file is not None else bundled().name


def _day(document: Document, day: str | None) -> datetime.date | None:
    """The as-of date that was asked for."""
    if day is None:
        return None
    from briefing_tui.briefing.dates import DateError
    from briefing_tui.views.as_of import day_named

    try:
        return day_named(document.briefing, day)
    except DateError as error:
        _fail(f"--as-of {day}: {error}", 2)


def _print_plain(
    file: str | None,
    day: str | None,
    panes: tuple[str, ...] = (),
    width: int | None = None,
    *,
    in_ascii: bool = False,
) -> None:
    from briefing_tui.output.plain import WIDTH, show
    from briefing_tui.views.glyphs import to_ascii
    from briefing_tui.views.scene import scene_of

    document, data = _open(file)
    if width is None:
        width = WIDTH
        if sys.stdout.isatty():  # a terminal that does not know its size says 0
            width = min(os.get_terminal_size().columns or WIDTH, 120)
    text = show(scene_of(document, _day(document, day)), panes, max(width, 20))
    _print(to_ascii(text) if in_ascii else text)
    _keep(document, data)


def _print(text: str) -> None:
    """Write to standard output; whoever reads it may stop before the end."""
    # A terminal or locale that cannot show a character gets a stand-in, not a crash.
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except OSError as error:
        # Python would complain again while it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            _fail(f"cannot write the output: {error.strerror}", 2)


def _keep(document: Document, data: bytes) -> None:
    """Make the next opening of a sound briefing faster, once this one is shown."""
    if document.root is None:
        return
    from briefing_tui.briefing.check import check
    from briefing_tui.compiled import keep

    if not check(document):
        keep(data, document)


def _keys_from_terminal() -> None:
    """Give the reader the terminal's keyboard after standard input was the briefing."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        _fail("no terminal to read keys from; use 'briefing-tui show -'", 2)
    os.dup2(terminal, 0)
    os.close(terminal)


def _hint(word: str, known: Any) -> str:
    from briefing_tui.briefing.problems import suggestion

    return suggestion(word, known) or f"; one of {', '.join(known)}"


def _fail(message: str, code: int) -> NoReturn:
    from briefing_tui.briefing.text import clean

    click.echo(f"briefing-tui: {clean(message)[0]}", err=True)
    sys.exit(code)
