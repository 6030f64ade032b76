"""Reading line by line: for screen readers, braille, and terminals that can do nothing else."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping

import click

from briefing_tui.briefing.text import clean
from briefing_tui.cli.output import check_keys, keys_from_terminal, open_session, opener_of
from briefing_tui.settings import ResolvedValue, to_settings
from briefing_tui.surroundings import Surroundings


def read_aloud(
    file: str | None,
    day: str | None,
    surroundings: Surroundings,
    found: Mapping[str, ResolvedValue],
    *,
    fresh: bool,
) -> int:
    """Open a briefing at a prompt; return the exit code.

    Args:
        file: The briefing, as it was named.
        day: The as-of date that was asked for.
        surroundings: Where positions and annotations are.
        found: The configuration, with the origin of each value.
        fresh: Whether to begin at the top.
    """
    from briefing_tui.linear.prompt_loop import run
    from briefing_tui.linear.reader import LineReader
    from briefing_tui.views.ascii import in_ascii

    settings = to_settings(found)
    check_keys(settings, surroundings.directories.config_file)
    reader = LineReader(open_session(opener_of(surroundings, found), file, day, fresh=fresh))
    if file == "-" or sys.stdin is None:
        keys_from_terminal()
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the old one is at its end
    problems: list[str] = []

    def leave() -> None:
        problems.extend(reader.session.leave())

    terminal = surroundings.terminal
    is_ascii = not (terminal and terminal.utf8) if settings.ascii is None else settings.ascii
    code = run(reader, leave, in_ascii if is_ascii else str)
    with contextlib.suppress(OSError):  # the terminal is gone
        for problem in problems:
            click.echo(f"briefing-tui: {clean(problem)[0]}", err=True)
    return code
