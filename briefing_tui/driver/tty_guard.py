"""Keeps the modes of a terminal from being left changed."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import termios
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

_ENDING = (signal.SIGTERM, signal.SIGHUP)


def in_foreground(terminal: int) -> bool:
    """Return whether this process may use a terminal, rather than be stopped if it does."""
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:  # no job control, or the terminal is gone
        return True


@contextlib.contextmanager
def preserve_modes(terminal: int, *, flush: bool = False) -> Iterator[None]:
    """Restore the modes of a terminal at the end of the context, even if a signal ends it.

    ``flush`` drops input that nobody has read. A file that is not a terminal is left alone, and so
    is one that this process has lost to another job, the shell for instance.
    """
    attributes = None
    with contextlib.suppress(termios.error):
        attributes = termios.tcgetattr(terminal)
    with _exit_on_signals():
        try:
            yield
        finally:
            if attributes is not None and in_foreground(terminal):
                with contextlib.suppress(termios.error):
                    when = termios.TCSAFLUSH if flush else termios.TCSADRAIN
                    termios.tcsetattr(terminal, when, attributes)


@contextlib.contextmanager
def _exit_on_signals() -> Iterator[None]:
    def exit_process(number: int, _: FrameType | None) -> NoReturn:
        # The kernel and the shell may both report a closed terminal: the second signal must not
        # interrupt what the first one started.
        for ending in _ENDING:
            signal.signal(ending, signal.SIG_IGN)
        sys.exit(128 + number)

    handlers = {number: signal.signal(number, exit_process) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
