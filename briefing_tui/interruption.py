"""Signals that end the program: quietly, with the exit code that a shell reports for them.

It imports next to nothing, so that the entry point can handle signals before anything else.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType

_Handler = Callable[[int, FrameType | None], object]
ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def handle(handler: _Handler) -> None:
    """Handle the signals, apart from those that are ignored, as by ``nohup``."""
    for number in ENDING:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, handler)


def exit_at_once(number: int, _: FrameType | None) -> None:
    """End the process: a handler for as long as there is nothing to tidy up."""
    os._exit(128 + number)


@contextlib.contextmanager
def tidied() -> Iterator[None]:
    """Let signals raise exceptions, so that whatever is being written is tidied up.

    Only where `exit_at_once` handles them, so not in the process of another program.
    """
    if exit_at_once not in map(signal.getsignal, ENDING):
        yield
        return
    handle(_raise)
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    finally:
        handle(exit_at_once)


def _raise(number: int, _: FrameType | None) -> None:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)
