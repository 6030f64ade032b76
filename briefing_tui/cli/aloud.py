"""Reading line by line: for screen readers, braille, and terminals that can do nothing else."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping

import click

from briefing_tui.briefing.text import clean
from briefing_tui.cli.common import as_of_day, check_keys, keep, opened
from briefing_tui.cli.reading import keys_from_terminal
from briefing_tui.cli.resuming import left_of
from briefing_tui.settings import Found, settings_of
from briefing_tui.terminal import this_terminal


def read_aloud(
    file: str | None, day: str | None, found: Mapping[str, Found], *, fresh: bool
) -> int:
    """Open a briefing at a prompt; the result is the exit code.

    Args:
        file: The briefing, as it was named.
        day: The as-of date that was asked for.
        found: The configuration, with what gave it.
        fresh: Whether to begin as if it had never been read.
    """
    from briefing_tui.linear.resuming import scene_at
    from briefing_tui.linear.session import Session
    from briefing_tui.linear.terminal import run
    from briefing_tui.views.ascii import in_ascii

    settings = settings_of(found)
    check_keys(settings)
    document, data = opened(file)
    as_of = as_of_day(document, day)
    left = left_of(file, document, settings, fresh=fresh, dated=as_of is not None)
    scene = scene_at(document, as_of, left.position)
    session = Session(scene, settings.keys, left.notebook, left.position, left.warning)
    if file == "-" or sys.stdin is None:
        keys_from_terminal()
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the old one has met its end
    problems: list[str] = []

    def leave() -> None:
        left.keeper(session.left(left.kept))
        problems.extend(session.close())

    spelt = not this_terminal().utf8 if settings.ascii is None else settings.ascii
    code = run(session, leave, in_ascii if spelt else str)
    with contextlib.suppress(OSError):  # the terminal is gone
        left.keeper.tell()
        for problem in problems:
            click.echo(f"briefing-tui: {clean(problem)[0]}", err=True)
    keep(document, data)
    return code
