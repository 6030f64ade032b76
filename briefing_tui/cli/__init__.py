"""The command line.

Exit codes: 0 success; 1 the file has errors, or cannot be read as a briefing; 2 wrong usage, a
missing file, or an invalid configuration.

Only the full-screen reader imports the terminal library.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import io
import os
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from briefing_tui import __version__, interruption
from briefing_tui.cli.default_group import DefaultGroup

COMMANDS = (
    *("read", "show", "check", "source", "config", "new", "format", "diff", "schema", "explain"),
    *("library", "search", "dossier", "marks", "doctor", "keys", "paths", "completion"),
)
"""Names of the commands; each is the object of its name in the module of its name."""

_COMPLETION = "_BRIEFING_TUI_COMPLETE"
"""The variable in which a shell asks for completions."""

EXAMPLES = """\b
Examples:
  briefing-tui                          the bundled briefing
  briefing-tui my.yaml                  a file of yours
  briefing-tui briefings/               all files of a directory, to search and open
  make-briefing | briefing-tui -        what a program writes
  briefing-tui show my.yaml | less      as plain text
  briefing-tui show --pane deals        one pane of it
  briefing-tui --as-of latest           with all that became known since
  briefing-tui check my.yaml            what is wrong with it, and where
"""


class ReaderByDefault(DefaultGroup):
    """A group whose first word, unless it names a command, is a file for the reader."""

    default = "read"

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        return command(cmd_name) if cmd_name in COMMANDS else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Move the command before its options; it is ``read`` if none is named."""
        group_options = {"--help", "-h", "--version"}
        # While a shell completes the first word, that may become a command.
        if args[0] in group_options if args else ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        index = _command_index(args)
        if index is None:
            return super().parse_args(ctx, [self.default, *args])
        return super().parse_args(ctx, [args[index], *args[:index], *args[index + 1 :]])

    def main(self, *args: Any, **options: Any) -> NoReturn:
        """Run a command line; errors of usage and completions are made safe to print."""
        from briefing_tui.cli.output import fail, put, put_error

        if _COMPLETION in os.environ:
            self._complete()
        try:
            code = super().main(*args, **options | {"standalone_mode": False})
        except click.ClickException as error:
            message = io.StringIO()
            error.show(message)
            put_error(message.getvalue())
            code = error.exit_code
        except click.Abort:
            code = 128 + signal.SIGINT
        except OSError as error:
            put("")  # ends with a message if the framework cannot write the output
            place = f"{error.filename!s}: " if error.filename else ""
            fail(f"{place}{error.strerror or error}", 2)
        except MemoryError:
            fail("there is not enough memory", 2)
        except ModuleNotFoundError as error:
            if error.name not in sys.stdlib_module_names:
                raise
            fail(f"this Python was built without its module '{error.name}'", 2)
        sys.exit(code)

    def _complete(self) -> NoReturn:
        """Answer a shell, with words that may repeat what was typed."""
        from click.shell_completion import get_completion_class

        from briefing_tui.cli.output import put

        shell, _, instruction = os.environ[_COMPLETION].partition("_")
        completion_class = get_completion_class(shell)
        if completion_class is None or instruction not in ("source", "complete"):
            sys.exit(1)
        completion = completion_class(self, {}, "briefing-tui", _COMPLETION)
        is_script = instruction == "source"
        put((completion.source() if is_script else completion.complete()) + "\n")
        sys.exit(0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command in the surroundings of the process."""
        from briefing_tui.briefing.problems import ExpectedError, suggestion
        from briefing_tui.cli.output import fail, warn
        from briefing_tui.driver.capabilities import this_terminal
        from briefing_tui.settings.resolution import SettingsError, resolve
        from briefing_tui.storage.directories import directories_of
        from briefing_tui.storage.file_permissions import secured
        from briefing_tui.surroundings import Surroundings

        environ = dict(os.environ)
        try:
            with interruption.tidied():
                directories = directories_of(environ)
                if directories.config_file is None:
                    warn("there is no home directory to read settings and store files in; set HOME")
                # Every command that uses what belongs to a reader reports invalid settings.
                with contextlib.suppress(SettingsError):
                    if resolve(directories.config_file, environ).settings.reader == "ssh-key":
                        from briefing_tui.storage.ssh_identity import reader_of

                        directories = directories.of_reader(reader_of(environ))
                directories, problem = secured(directories)
                if problem:
                    warn(problem)
                ctx.obj = Surroundings(environ, directories, this_terminal())
                return super().invoke(ctx)
        except ExpectedError as error:
            from briefing_tui.session.briefing_file import CannotOpenError

            hint = ""
            match error:
                case CannotOpenError(__cause__=FileNotFoundError(filename=str(name))):
                    # It may be a misspelt command.
                    hint = suggestion(name, [command for command in COMMANDS if command != name])
            fail(f"{error}{hint}", error.exit_code)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options of the reader too, which most people look for."""
        options = [param for param in command("read").params if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section("Options of the reader"):
            formatter.write_dl(records)
        super().format_options(ctx, formatter)


def command(name: str) -> click.Command:
    """Import a command by its name."""
    result = getattr(importlib.import_module(f"briefing_tui.cli.{name}"), name)
    assert isinstance(result, click.Command)
    return result


def _command_index(args: list[str]) -> int | None:
    """Return the position of the command, which may follow options; None if a file comes first."""
    if not args or not args[0].startswith("-"):
        return 0 if args and args[0] in COMMANDS else None
    has_value = {
        name: not option.is_flag
        for option in command("read").params
        if isinstance(option, click.Option)
        for name in (*option.opts, *option.secondary_opts)
    }
    is_value: bool | None = False
    """Whether the word is the value of the option before; None if that is another command's."""
    for index, word in enumerate(args):
        if is_value:
            is_value = False
        elif word in COMMANDS:
            return index
        elif word.startswith("-") and word not in ("-", "--"):
            is_value = False if "=" in word else has_value.get(word)
        elif is_value is None:
            is_value = False
        else:
            return None
    return None


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
    actors and deal tracker, with the evidence of the highlighted row always in view. Prints plain
    text if output is not a terminal. Open a file that is named like a command as ./NAME.
    """


def main() -> None:
    """Run the command line."""
    try:
        import fcntl  # noqa: F401
        import termios  # noqa: F401
    except ImportError:
        sys.exit("briefing-tui needs Linux or macOS; on Windows, install and run it in WSL")
    # Imports and parsing create little garbage; the reader collects after the first frame.
    gc.disable()
    # Memory goes with the process: to look for garbage at its end takes a sixth of a short command.
    atexit.register(gc.freeze)
    _prepare_streams()
    try:
        cli(prog_name="briefing-tui")
    except Exception as error:
        match error.__cause__:  # of a signal where a function in C cannot pass it on
            case KeyboardInterrupt():
                sys.exit(128 + signal.SIGINT)
            case SystemExit(code=code):
                sys.exit(code)
        import traceback

        from briefing_tui.cli.output import put_error

        put_error("".join(traceback.format_exception(error)))  # it may quote a file
        sys.exit(1)


def _prepare_streams() -> None:
    """Let standard streams wait, and occupy the descriptors of closed ones.

    Another program that shares a pipe may have made it non-blocking, which Python cannot handle.
    A file that is opened must not get the descriptor of a standard stream.
    """
    for descriptor, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is not None:
            with contextlib.suppress(OSError):
                os.set_blocking(descriptor, True)
        else:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115
            setattr(sys, f"__{name}__", stream)
            if name != "stdin":  # reading from it has to fail
                setattr(sys, name, stream)
