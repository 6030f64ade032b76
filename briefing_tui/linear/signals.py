"""Prompt handling of signals while readline waits for a key.

Python runs a signal handler when the signal interrupts a system call. A signal that arrives while
readline handles a key interrupts none, and its handler would run after the next key only.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

HANDLER_DELAY = 0.05
"""Seconds within which Python runs a handler if nothing prevents it."""
_POLL_INTERVAL = 0.005


@contextlib.contextmanager
def forwarded_signals(numbers: tuple[signal.Signals, ...]) -> Iterator[None]:
    """Send signals to the main thread again until their handlers ran; restore them at the end."""
    handlers: dict[int, Any] = {number: signal.getsignal(number) for number in numbers}
    # A number, as a handler may interrupt itself, and nothing that locks is safe from that.
    runs = 0
    is_ending = False
    main = threading.main_thread().ident or 0
    is_open = True
    reader, writer = os.pipe()

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal runs, is_ending
        runs += 1
        if not is_ending:
            is_ending = number != signal.SIGINT  # which cancels, and may come several times
            handlers[number](number, frame)

    def forward() -> None:
        seen = 0
        while (data := os.read(reader, 1)) and is_open:
            deadline = time.monotonic() + HANDLER_DELAY
            while runs == seen and time.monotonic() < deadline:
                time.sleep(_POLL_INTERVAL)
            # A signal that is sent again notifies again, until its handler runs.
            if data[0] in handlers and runs == seen:
                signal.pthread_kill(main, data[0])
            seen = runs

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
