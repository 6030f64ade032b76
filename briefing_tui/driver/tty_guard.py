"""Lending a terminal: its modes come back however the borrowing ends."""

from __future__ import annotations

import contextlib
import signal
import sys
import termios
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

_ENDING = (signal.SIGTERM, signal.SIGHUP)


@contextlib.contextmanager
def modes_kept(terminal: int, *, flush: bool = False) -> Iterator[None]:
    """Give a terminal its modes back at the end, also when told by a signal to end.

    Args:
        terminal: File descriptor; one that is no terminal is left alone.
        flush: Whether to drop what has come and was not read.
    """
    modes = None
    with contextlib.suppress(termios.error):
        modes = termios.tcgetattr(terminal)
    with _ended_by_signals():
        try:
            yield
        finally:
            if modes is not None:
                with contextlib.suppress(termios.error):
                    when = termios.TCSAFLUSH if flush else termios.TCSADRAIN
                    termios.tcsetattr(terminal, when, modes)


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    def end(number: int, _: FrameType | None) -> NoReturn:
        # A closed terminal and a shell tell the same: what is kept at the end is not cut short.
        for one in _ENDING:
            signal.signal(one, signal.SIG_IGN)
        sys.exit(128 + number)

    kept = {one: signal.signal(one, end) for one in _ENDING}
    try:
        yield
    finally:
        for one, handler in kept.items():
            signal.signal(one, handler)
