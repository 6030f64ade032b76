"""Reading line by line: for screen readers, braille, and terminals that can do nothing else."""

from __future__ import annotations

import sys

from briefing_tui.cli.common import as_of_day, check_keys, keep, opened
from briefing_tui.cli.reading import keys_from_terminal
from briefing_tui.settings import Settings
from briefing_tui.terminal import this_terminal


def read_aloud(file: str | None, day: str | None, settings: Settings) -> int:
    """Open a briefing at a prompt; the result is the exit code."""
    from briefing_tui.linear.session import Session
    from briefing_tui.linear.terminal import run
    from briefing_tui.views.ascii import in_ascii
    from briefing_tui.views.scene import scene_of

    check_keys(settings)
    document, data = opened(file)
    session = Session(scene_of(document, as_of_day(document, day)), settings.keys)
    if file == "-" or sys.stdin is None:
        keys_from_terminal()
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the old one has met its end
    spelt = not this_terminal().utf8 if settings.ascii is None else settings.ascii
    code = run(session, in_ascii if spelt else str)
    keep(document, data)
    return code
