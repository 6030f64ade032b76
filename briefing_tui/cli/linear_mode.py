"""The line reader: for screen readers, braille displays and dumb terminals."""

from __future__ import annotations

import contextlib
import sys

from briefing_tui.cli.input import keys_from_terminal, open_session
from briefing_tui.cli.output import warn
from briefing_tui.session.open import Opener
from briefing_tui.surroundings import Surroundings


def read_aloud(
    file: str | None,
    day: str | None,
    surroundings: Surroundings,
    opener: Opener,
    *,
    fresh: bool,
) -> int:
    """Open a briefing at a prompt; return the exit code.

    Args:
        file: The briefing, as it was named.
        day: The as-of date that was asked for.
        surroundings: The terminal.
        opener: Opens briefings, with the configuration.
        fresh: Whether to start at the top.
    """
    from briefing_tui.linear.prompt_loop import run
    from briefing_tui.linear.reader import LineReader
    from briefing_tui.views.ascii import in_ascii

    reader = LineReader(open_session(opener, file, day, fresh=fresh))
    if file == "-" or sys.stdin is None:
        keys_from_terminal(is_input_read=True)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the old one is at its end
    problems: list[str] = []

    def leave() -> None:
        problems.extend(reader.session.leave())

    terminal, is_ascii = surroundings.terminal, opener.settings.ascii
    if is_ascii is None:
        is_ascii = not (terminal and terminal.utf8)
    code = run(reader, leave, in_ascii if is_ascii else str)
    with contextlib.suppress(OSError):  # the terminal is gone
        for problem in problems:
            warn(problem)
    return code
