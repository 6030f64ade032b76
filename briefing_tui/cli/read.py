"""The reader: full screen on a terminal, line by line if configured, else plain text."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from briefing_tui.cli.input import keys_from_terminal, open_session, opener_of
from briefing_tui.cli.options import as_of_option, setting_flags
from briefing_tui.cli.output import fail, warn
from briefing_tui.cli.settings import check_keys, configured, pass_surroundings
from briefing_tui.cli.source_option import source_files, source_option
from briefing_tui.settings import ResolvedValue, to_settings
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
    values = configured(surroundings, **flags)
    settings = to_settings(values)
    if len(paths) > 1 or (paths and os.path.isdir(paths[0])):
        from briefing_tui.cli.library import browse
        from briefing_tui.cli.search import roots_of

        if day or source_files():
            fail("--as-of and --source are for one briefing; name one", 2)
        roots = roots_of(surroundings, paths, None, ignored=False)
        browse(roots, surroundings, values, follow=follow)
        return
    file = paths[0] if paths else None
    if settings.plain and sys.stdout.isatty():
        if follow:
            fail("--follow is for the full screen; line by line, start again where it changed", 2)
        sys.exit(read_aloud(file, day, surroundings, values, fresh=fresh))
    if not sys.stdout.isatty() or not surroundings.has_screen:
        from briefing_tui.cli.show import print_plain

        print_plain(surroundings, file, day, is_ascii=settings.ascii)
        return
    check_keys(settings, surroundings.directories.config_file)
    opener = opener_of(surroundings, values)
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


def read_aloud(
    file: str | None,
    day: str | None,
    surroundings: Surroundings,
    values: Mapping[str, ResolvedValue],
    *,
    fresh: bool,
) -> int:
    """Open a briefing at a prompt: for screen readers, braille and terminals without a screen.

    Returns:
        The exit code.
    """
    from briefing_tui.linear.prompt_loop import run
    from briefing_tui.linear.reader import LineReader
    from briefing_tui.views.ascii import in_ascii

    settings = to_settings(values)
    check_keys(settings, surroundings.directories.config_file)
    reader = LineReader(open_session(opener_of(surroundings, values), file, day, fresh=fresh))
    if file == "-" or sys.stdin is None:
        keys_from_terminal()
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the old one is at its end
    problems: list[str] = []
    terminal = surroundings.terminal
    is_ascii = not (terminal and terminal.utf8) if settings.ascii is None else settings.ascii
    spell = in_ascii if is_ascii else str
    code = run(reader, lambda: problems.extend(reader.session.leave()), spell)
    with contextlib.suppress(OSError):  # the terminal is gone
        for problem in problems:
            warn(problem)
    return code
