"""Bytes to a terminal: at once while it takes them, and else by a thread that waits for it.

A terminal that takes nothing holds up nothing else. The descriptor that a shell gives is shared
with it, so that only one of our own may be told not to wait.
"""

from __future__ import annotations

import contextlib
import os
import queue
import select
import threading
from collections.abc import Callable

from briefing_tui.driver.tty import own_descriptor

_CHUNK = 4096
"""Bytes of one call, so that giving up need not wait for a whole frame."""
_AGAIN = 1.0
"""Seconds after which a terminal that has no room is tried again, whatever the system tells."""


class TerminalLine:
    """Writes to a terminal in the order in which it is told to."""

    def __init__(self, descriptor: int, done: Callable[[], None]) -> None:
        """Write to a terminal; ``done`` is called, in the thread, when all is written by it."""
        self._descriptor = descriptor
        self._done = done
        self._quick = own_descriptor(descriptor, os.O_WRONLY)
        self._pieces: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._waiting = 0
        """Pieces that the thread has not written yet."""
        self._written = threading.Event()
        self._written.set()
        self._broken = False
        self._thread = threading.Thread(target=self._run, name="terminal-output", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether bytes are still being written."""
        return not self._written.is_set()

    def send(self, data: bytes) -> None:
        """Write bytes, as far as the terminal takes them at once, and the rest in the thread."""
        with self._lock:
            if self._quick is not None and not self._waiting:
                with contextlib.suppress(OSError):  # it is full, or gone
                    data = data[os.write(self._quick, data) :]
            if data:
                self._waiting += 1
                self._written.clear()
                self._pieces.put(data)

    def drain(self, seconds: float) -> bool:
        """Wait until all is written; whether it was."""
        return self._written.wait(seconds)

    def close(self) -> None:
        """End the thread, unless the terminal takes nothing: then it ends with the process."""
        self._pieces.put(None)
        self._thread.join(0.2)
        if self._quick is not None:
            os.close(self._quick)
            self._quick = None

    def _run(self) -> None:
        while (data := self._pieces.get()) is not None:
            while data and not self._broken:
                try:
                    data = data[os.write(self._descriptor, data[:_CHUNK]) :]
                except BlockingIOError:  # whoever started the program made it so
                    select.select([], [self._descriptor], [], _AGAIN)
                except OSError:  # the terminal is gone; that is told where its keys are read
                    self._broken = True
            with self._lock:
                self._waiting -= 1
                done = not self._waiting
                if done:
                    self._written.set()
            if done:
                with contextlib.suppress(RuntimeError):  # nobody is there any more
                    self._done()
