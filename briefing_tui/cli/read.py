"""Showing a briefing: the reader on a terminal, plain text elsewhere."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from briefing_tui.cli.options import pane_option, setting_flags
from briefing_tui.cli.output import (
    as_of_day,
    check_keys,
    configured,
    fail,
    keys_from_terminal,
    open_session,
    opener_of,
    pass_surroundings,
    plain_opener,
    put,
    read_briefing,
)
from briefing_tui.cli.source_option import source_option
from briefing_tui.settings import to_settings
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.library.workspace import Workspace

AS_OF = "Read as known on DATE: 2021-11-14, 2021-11, 2021, or latest."


@click.command(hidden=True)
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="[FILE|DIR]…")
@source_option
@setting_flags("theme", "highlight", "layout", "mouse", "ascii", "plain", "clipboard", "files")
@click.option("--as-of", "day", metavar="DATE", help=AS_OF)
@click.option("--follow", is_flag=True, help="Show every change of FILE at once; r does so too.")
@click.option("--fresh", is_flag=True, help="Begin at the top, not where you left.")
@pass_surroundings
def read(
    surroundings: Surroundings,
    /,
    paths: tuple[str, ...],
    day: str | None,
    follow: bool,
    fresh: bool,
    **flags: Any,
) -> None:
    """Open FILE, or the bundled briefing; - is standard input, keys still from the terminal.

    Several files, or a directory, open as a library.
    """
    found = configured(surroundings, **flags)
    settings = to_settings(found)
    if len(paths) > 1 or (paths and os.path.isdir(paths[0])):
        from briefing_tui.cli.library import browse
        from briefing_tui.cli.search import roots_of
        from briefing_tui.cli.source_option import given

        if day or given():
            fail("--as-of and --source are for one briefing; name one", 2)
        browse(
            roots_of(surroundings, paths, None, ignored=False), surroundings, found, follow=follow
        )
        return
    file = paths[0] if paths else None
    if settings.plain and sys.stdout.isatty():
        if follow:
            fail("--follow is for the full screen; line by line, start again where it changed", 2)
        from briefing_tui.cli.linear_mode import read_aloud

        sys.exit(read_aloud(file, day, surroundings, found, fresh=fresh))
    if not sys.stdout.isatty() or not surroundings.has_screen:
        print_plain(surroundings, file, day, in_ascii=settings.ascii)
        return
    check_keys(settings, surroundings.directories.config_file)
    opener = opener_of(surroundings, found)
    session = open_session(opener, file, day, fresh=fresh)
    if file == "-" or sys.stdin is None or not sys.stdin.isatty():
        keys_from_terminal()
    from briefing_tui.tui.app import run

    def workspace() -> Workspace:
        from briefing_tui.cli.library import workspace_beside

        return workspace_beside(file, surroundings, settings, follow=follow)

    code = run(
        session,
        settings,
        opener=opener,
        workspace=workspace,
        surroundings=surroundings,
        follow=follow or settings.follow,
    )
    sys.exit(code)


@click.command()
@click.argument("file", required=False, type=click.Path(allow_dash=True))
@source_option
@pane_option
@click.option("--width", type=click.IntRange(20, 1000), help="Columns; 80, or the terminal's.")
@click.option("--as-of", "day", metavar="DATE", help=AS_OF)
@setting_flags("ascii")
@pass_surroundings
def show(
    surroundings: Surroundings,
    file: str | None,
    panes: tuple[str, ...],
    width: int | None,
    day: str | None,
    ascii: bool | None,  # noqa: A002 - the name of the option
) -> None:
    """Print FILE, or the bundled briefing, as plain text."""
    print_plain(surroundings, file, day, panes, width, in_ascii=ascii)


def print_plain(
    surroundings: Surroundings,
    file: str | None,
    day: str | None,
    panes: tuple[str, ...] = (),
    width: int | None = None,
    *,
    in_ascii: bool | None = None,
) -> None:
    """Print a briefing as plain text."""
    from briefing_tui.output.plain_text import WIDTH, render
    from briefing_tui.views.ascii import in_ascii as spelt
    from briefing_tui.views.glyphs import to_ascii
    from briefing_tui.views.scene import scene_of

    opener = plain_opener(surroundings)
    file_read = read_briefing(opener, file)
    document = file_read.document
    if width is None:
        width = WIDTH
        if sys.stdout.isatty():  # a terminal that does not know its size says 0
            width = min(os.get_terminal_size().columns or WIDTH, 120)
    text = render(scene_of(document, as_of_day(document, day)), panes, max(width, 20))
    if in_ascii is None and surroundings.terminal is not None and not surroundings.terminal.utf8:
        # Letters are respelt for eyes only; what is piped or kept stays as it was written.
        text = spelt(text) if sys.stdout.isatty() else to_ascii(text)
    put(to_ascii(text) if in_ascii else text)
    opener.cache(file_read)
