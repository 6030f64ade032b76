"""Signals while lines are read: an end is not interrupted, and none waits for a key."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any


@contextlib.contextmanager
def uninterrupted_end(numbers: tuple[signal.Signals, ...]) -> Iterator[None]:
    """Handle no signal after the first that ends the program; restore the handlers at the end."""
    handlers: dict[int, Any] = {number: signal.getsignal(number) for number in numbers}
    is_ending = False

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal is_ending
        if not is_ending:
            is_ending = number != signal.SIGINT  # which cancels, and may come several times
            handlers[number](number, frame)

    for number, handler in handlers.items():
        if callable(handler):
            signal.signal(number, handle)
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def wakeup_pipe(numbers: tuple[signal.Signals, ...]) -> Iterator[int]:
    """Yield a descriptor from which the numbers of signals are read as they arrive.

    Those of ``numbers`` that are not ignored have no other effect. Waiting for input has to include
    this descriptor: Python runs handlers between two of its own instructions, so a signal just
    before the wait would be handled after it.
    """
    reader, writer = os.pipe()
    for descriptor in (reader, writer):
        os.set_blocking(descriptor, False)
    former_fd = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    handlers = {
        number: signal.signal(number, lambda *_: None)
        for number in numbers
        if signal.getsignal(number) != signal.SIG_IGN
    }
    try:
        yield reader
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(former_fd)
        os.close(writer)
        os.close(reader)


@contextlib.contextmanager
def run_at_exit(
    numbers: tuple[signal.Signals, ...], function: Callable[[], object]
) -> Iterator[None]:
    """Run a function at the end, in any case, and ignore signals from then on."""
    try:
        try:
            yield
        finally:
            # A terminal that is gone causes an end of input and signals, in any order.
            for number in numbers:
                signal.signal(number, signal.SIG_IGN)
    finally:
        function()
