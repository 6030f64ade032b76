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
    handlers: dict[int, Any] = {number: signal.getsignal(number) for number in numbers}
    # Reentrant, unlike an event: a handler may interrupt itself.
    runs: SimpleQueue[None] = SimpleQueue()
    main = threading.main_thread().ident or 0
    is_open = True
    reader, writer = os.pipe()

    def handle(number: int, frame: FrameType | None) -> None:
        runs.put(None)
        handlers[number](number, frame)

    def forward() -> None:
        while (data := os.read(reader, 1)) and is_open:
            # A signal that is sent again notifies again, until its handler runs.
            if data[0] in handlers and not _was_handled(runs):
                signal.pthread_kill(main, data[0])

    os.set_blocking(writer, False)
    former_fd = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    for number, handler in handlers.items():
        if callable(handler):
            signal.signal(number, handle)
    thread = threading.Thread(target=forward, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_open = False
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(former_fd)
        os.close(writer)
        thread.join()
        os.close(reader)


def _was_handled(runs: SimpleQueue[None]) -> bool:
    """Wait for a handler to run; several runs count as one."""
    with contextlib.suppress(Empty):
        runs.get(timeout=HANDLER_DELAY)
        while not runs.empty():
            runs.get_nowait()
        return True
    return False


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
