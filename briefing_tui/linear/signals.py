"""Prompt handling of signals while readline waits for a key.

Python runs a signal handler when the signal interrupts a system call. A signal that arrives while
readline handles a key interrupts none, and its handler would run after the next key only.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Any

HANDLER_DELAY = 0.05
"""Seconds within which Python runs a handler if nothing prevents it."""


@contextlib.contextmanager
def forwarded_signals(numbers: tuple[signal.Signals, ...]) -> Iterator[None]:
    """Send signals to the main thread again until their handlers ran; restore them at the end."""
    forwarder = _Forwarder(numbers)
    try:
        yield
    finally:
        forwarder.close()


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


class _Forwarder:
    """A thread that is notified of every signal, and checks whether its handler ran."""

    def __init__(self, numbers: tuple[signal.Signals, ...]) -> None:
        self._handlers: dict[int, Any] = {number: signal.getsignal(number) for number in numbers}
        # Reentrant, unlike an event: a handler may interrupt itself.
        self._runs: SimpleQueue[None] = SimpleQueue()
        self._main = threading.main_thread().ident or 0
        self._closed = False
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)
        self._former_fd = signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        for number, handler in self._handlers.items():
            if callable(handler):
                signal.signal(number, self._handle)
        self._thread = threading.Thread(target=self._forward, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Restore the handlers."""
        self._closed = True
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._former_fd)
        os.close(self._writer)
        self._thread.join()
        os.close(self._reader)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        self._runs.put(None)
        self._handlers[number](number, frame)

    def _forward(self) -> None:
        while (data := os.read(self._reader, 1)) and not self._closed:
            number = data[0]
            # A signal that is sent again notifies again, until its handler runs.
            if number in self._handlers and not self._was_handled():
                signal.pthread_kill(self._main, number)

    def _was_handled(self) -> bool:
        """Wait for a handler to run; several runs count as one."""
        with contextlib.suppress(Empty):
            self._runs.get(timeout=HANDLER_DELAY)
            while not self._runs.empty():
                self._runs.get_nowait()
            return True
        return False
