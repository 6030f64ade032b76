"""Writes to a terminal without blocking: at once while it accepts bytes, else in a thread."""

from __future__ import annotations

import contextlib
import os
import queue
import select
import threading
from collections.abc import Callable

_CHUNK = 4096
"""Bytes of one call, so that giving up need not wait for a whole frame."""
_RETRY = 1.0
"""Seconds after which a full terminal is tried again even if the system does not report room."""


class OutputWriter:
    """Writes to a terminal in the order of the calls.

    The descriptor that the shell passed is shared with it, so it must stay in blocking mode. A
    thread writes to it what a non-blocking descriptor, if there is one, does not accept at once; it
    calls ``drained`` when it has written all bytes. The writer closes the non-blocking descriptor.
    """

    def __init__(
        self, descriptor: int, nonblocking: int | None, drained: Callable[[], None]
    ) -> None:
        self._descriptor = descriptor
        self._nonblocking = nonblocking
        self._drained = drained
        self._queue: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._queued = 0
        """Pieces that the thread has not written yet."""
        self._idle = threading.Event()
        self._idle.set()
        self._gone = False
        self._thread = threading.Thread(target=self._run, name="terminal-output", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether bytes are still being written."""
        return not self._idle.is_set()

    def send(self, data: bytes) -> None:
        """Write the bytes that the terminal accepts at once; the thread writes the rest."""
        with self._lock:
            if self._nonblocking is not None and not self._queued:
                with contextlib.suppress(OSError):  # it is full, or gone
                    data = data[os.write(self._nonblocking, data) :]
            if data:
                self._queued += 1
                self._idle.clear()
                self._queue.put(data)

    def drain(self, seconds: float) -> bool:
        """Wait until all bytes are written; return whether they are."""
        return self._idle.wait(seconds)

    def close(self) -> None:
        """End the thread; one that is blocked by its terminal ends with the process."""
        self._queue.put(None)
        self._thread.join(0.2)
        if self._nonblocking is not None:
            os.close(self._nonblocking)
            self._nonblocking = None

    def _run(self) -> None:
        while (data := self._queue.get()) is not None:
            while data and not self._gone:
                try:
                    data = data[os.write(self._descriptor, data[:_CHUNK]) :]
                except BlockingIOError:  # the parent process made it non-blocking
                    select.select([], [self._descriptor], [], _RETRY)
                except OSError:  # the terminal is gone; its reader reports that
                    self._gone = True
            with self._lock:
                self._queued -= 1
                drained = not self._queued
                if drained:
                    self._idle.set()
            if drained:
                with contextlib.suppress(RuntimeError):  # the event loop is closed
                    self._drained()
