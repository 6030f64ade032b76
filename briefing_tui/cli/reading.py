"""Showing a briefing: the reader on a terminal, plain text elsewhere."""

from __future__ import annotations

import os
import sys

import click

from briefing_tui.cli.common import (
    as_of_day,
    check_keys,
    fail,
    hint,
    keep,
    opened,
    put,
    settings_with,
)

AS_OF = "Read as known on DATE: 2021-11-14, 2021-11, 2021, or latest."


@click.command(hidden=True)
@click.argument("file", required=False, type=click.Path(allow_dash=True))
@click.option("--theme", metavar="NAME", help="dark, light, or ansi: the terminal's own colours.")
@click.option("--no-mouse", is_flag=True, help="Leave clicks and the wheel to the terminal.")
@click.option("--as-of", "day", metavar="DATE", help=AS_OF)
def read(file: str | None, theme: str | None, no_mouse: bool, day: str | None) -> None:
    """Open FILE, or the bundled briefing; - is standard input, keys still from the terminal."""
    settings = settings_with(theme, no_mouse)
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        print_plain(file, day)
        return
    check_keys(settings)
    document, data = opened(file)
    as_of = as_of_day(document, day)
    if file == "-" or (sys.stdin is not None and not sys.stdin.isatty()):
        keys_from_terminal()
    from briefing_tui.reader.app import run

    code = run(document, settings, as_of)
    keep(document, data)
    sys.exit(code)


@click.command()
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
            fail(f"unknown pane '{pane}'{hint(pane, SECTIONS)}", 2)
    print_plain(file, day, panes, width, in_ascii=in_ascii)


def print_plain(
    file: str | None,
    day: str | None,
    panes: tuple[str, ...] = (),
    width: int | None = None,
    *,
    in_ascii: bool = False,
) -> None:
    """Print a briefing as plain text."""
    from briefing_tui.output.plain import WIDTH, show
    from briefing_tui.views.glyphs import to_ascii
    from briefing_tui.views.scene import scene_of

    document, data = opened(file)
    if width is None:
        width = WIDTH
        if sys.stdout.isatty():  # a terminal that does not know its size says 0
            width = min(os.get_terminal_size().columns or WIDTH, 120)
    text = show(scene_of(document, as_of_day(document, day)), panes, max(width, 20))
    put(to_ascii(text) if in_ascii else text)
    keep(document, data)


def keys_from_terminal() -> None:
    """Give the reader the terminal's keyboard after standard input was the briefing."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        fail("no terminal to read keys from; use 'briefing-tui show -'", 2)
    os.dup2(terminal, 0)
    os.close(terminal)
