"""Hearing signals while a line is read.

Python hears a signal when a system call is interrupted by it. One that comes while readline takes
a key interrupts none, and would be heard with the next key only: Ctrl-C right behind a word did
nothing.
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

SOON = 0.05
"""Seconds within which Python hears a signal, if nothing keeps it from it."""


@contextlib.contextmanager
def signals_heard(numbers: tuple[signal.Signals, ...]) -> Iterator[None]:
    """Send signals to the main thread again until their handlers have run.

    Args:
        numbers: The signals; their handlers are functions of Python's, and stay what they are.
    """
    listener = _Listener(numbers)
    try:
        yield
    finally:
        listener.close()


@contextlib.contextmanager
def ending(numbers: tuple[signal.Signals, ...], leave: Callable[[], object]) -> Iterator[None]:
    """Do something at the end, however that comes; no signal cuts it short.

    Args:
        numbers: The signals. Within `signals_heard` they get their handlers back by its end.
        leave: What is to be done.
    """
    try:
        try:
            yield
        finally:
            # A terminal that is gone tells it by an end of input, and by signals, in any order.
            for one in numbers:
                signal.signal(one, signal.SIG_IGN)
    finally:
        leave()


class _Listener:
    """A thread that is told of every signal at once, and looks whether its handler ran."""

    def __init__(self, numbers: tuple[signal.Signals, ...]) -> None:
        self._handlers: dict[int, Any] = {one: signal.getsignal(one) for one in numbers}
        # A signal may come while this one is taken note of: an event would wait for itself.
        self._heard: SimpleQueue[None] = SimpleQueue()
        self._main = threading.main_thread().ident or 0
        self._closed = False
        self._told, self._tell = os.pipe()
        os.set_blocking(self._tell, False)
        self._before = signal.set_wakeup_fd(self._tell, warn_on_full_buffer=False)
        for number, handler in self._handlers.items():
            if callable(handler):
                signal.signal(number, self._hear)
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Give the signals their handlers back."""
        self._closed = True
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before)
        os.close(self._tell)
        self._thread.join()
        os.close(self._told)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self._heard.put(None)
        self._handlers[number](number, frame)

    def _listen(self) -> None:
        while (told := os.read(self._told, 1)) and not self._closed:
            number = told[0]
            # A signal sent again tells of itself, which goes on until it is heard.
            if number in self._handlers and not self._was_heard():
                signal.pthread_kill(self._main, number)

    def _was_heard(self) -> bool:
        """Whether a handler runs soon; however often it ran, that is known once."""
        with contextlib.suppress(Empty):
            self._heard.get(timeout=SOON)
            while not self._heard.empty():
                self._heard.get_nowait()
            return True
        return False
