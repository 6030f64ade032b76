"""The reader: full screen on a terminal, line by line if configured, else plain text."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from briefing_tui.cli.full_screen import show_and_exit
from briefing_tui.cli.input import configured_opener, keys_from_terminal, open_session
from briefing_tui.cli.options import as_of_option, setting_flags
from briefing_tui.cli.output import fail, warn
from briefing_tui.cli.settings import pass_surroundings
from briefing_tui.cli.source_option import source_files, source_option
from briefing_tui.session.opener import Opener
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.library.workspace import Workspace


@click.command(hidden=True)
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="[FILE|DIR]…")
@source_option
@setting_flags("theme", "highlight", "layout", "mouse", "ascii", "plain", "clipboard", "files")
@as_of_option
@click.option("--follow", is_flag=True, help="Reload FILE when it changes; r reloads by hand.")
@click.option("--fresh", is_flag=True, help="Start at the top, not where you left off.")
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
    opener = configured_opener(surroundings, **flags)
    settings = opener.settings
    if len(paths) > 1 or (paths and os.path.isdir(paths[0])):
        from briefing_tui.cli.library import browse
        from briefing_tui.cli.search import roots_of

        if day or source_files():
            fail("--as-of and --source are for one briefing; name one", 2)
        roots = roots_of(surroundings, paths, None, ignored=False)
        browse(roots, surroundings, opener, follow=follow)
        return
    file = paths[0] if paths else None
    if settings.plain and sys.stdout.isatty():
        if follow:
            fail("--follow is for the full screen; line by line, start again where it changed", 2)
        sys.exit(read_aloud(file, day, surroundings, opener, fresh=fresh))
    if not sys.stdout.isatty() or not surroundings.has_screen:
        from briefing_tui.cli.show import print_plain

        print_plain(surroundings, file, day, is_ascii=settings.ascii)
        return
    session = open_session(opener, file, day, fresh=fresh)
    keys_from_terminal(is_stdin_used=file == "-")

    def workspace() -> Workspace:
        from briefing_tui.cli.library import workspace_beside

        return workspace_beside(file, surroundings, settings, follow=follow)

    follow = follow or settings.follow
    show_and_exit(session, opener, surroundings, workspace=workspace, follow=follow)


def read_aloud(
    file: str | None, day: str | None, surroundings: Surroundings, opener: Opener, *, fresh: bool
) -> int:
    """Open a briefing at a prompt, for screen readers and braille; return the exit code."""
    from briefing_tui.briefing.ascii_text import in_ascii
    from briefing_tui.linear.prompt_loop import run
    from briefing_tui.linear.reader import LineReader

    reader = LineReader(open_session(opener, file, day, fresh=fresh))
    if file == "-" or sys.stdin is None:
        keys_from_terminal(is_stdin_used=True)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the old one is at its end
    problems: list[str] = []
    terminal, is_ascii = surroundings.terminal, opener.settings.ascii
    if is_ascii is None:
        is_ascii = not (terminal and terminal.utf8)
    spell = in_ascii if is_ascii else str
    code = run(reader, lambda: problems.extend(reader.session.leave()), spell)
    with contextlib.suppress(OSError):  # the terminal is gone
        for problem in problems:
            warn(problem)
    return code
