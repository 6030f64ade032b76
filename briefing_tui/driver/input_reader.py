"""Reads a terminal without blocking: in the event loop if possible, else in a thread."""

from __future__ import annotations

import asyncio
import contextvars
import os
import select
import threading
from collections.abc import Callable
from contextlib import suppress

_CHUNK = 1 << 16


class InputReader:
    """Reads a terminal until it is gone.

    The descriptor that the shell passed is shared with it, so it must stay in blocking mode. A
    thread reads it if there is no non-blocking descriptor that the event loop can wait for.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        descriptor: int,
        nonblocking: int | None,
        received: Callable[[bytes], None],
    ) -> None:
        """Start reading.

        Args:
            loop: The event loop in which ``received`` is called.
            descriptor: The terminal.
            nonblocking: Another descriptor of it, which the reader then owns; None if there is
                none.
            received: Called with every piece of input, and once with an empty one, the last, when
                the terminal is gone.
        """
        self._loop = loop
        self._received = received
        self._context = contextvars.copy_context()
        self._nonblocking = nonblocking
        self._thread: _ReaderThread | None = None
        try:
            if self._nonblocking is None:
                raise OSError
            loop.add_reader(self._nonblocking, self._read, self._nonblocking)
        except (OSError, NotImplementedError):
            self._close_nonblocking()
            self._thread = _ReaderThread(descriptor, self._received_in_thread)

    def close(self) -> None:
        """Stop reading."""
        self._stop_waiting()
        self._close_nonblocking()
        if self._thread is not None:
            self._thread.close()

    def _read(self, descriptor: int) -> None:
        try:
            data = os.read(descriptor, _CHUNK)
        except BlockingIOError:  # another process has read it
            return
        except OSError:
            data = b""
        if not data:
            self._stop_waiting()
        self._received(data)

    def _stop_waiting(self) -> None:
        if self._nonblocking is not None:
            self._loop.remove_reader(self._nonblocking)

    def _close_nonblocking(self) -> None:
        if self._nonblocking is not None:
            os.close(self._nonblocking)
            self._nonblocking = None

    def _received_in_thread(self, data: bytes) -> None:
        self._loop.call_soon_threadsafe(self._received, data, context=self._context)


class _ReaderThread:
    """Waits for input in a thread."""

    def __init__(self, descriptor: int, received: Callable[[bytes], None]) -> None:
        self._descriptor = descriptor
        self._received = received
        self._wake, self._waker = os.pipe()
        self._thread = threading.Thread(target=self._run, name="terminal-input", daemon=True)
        self._thread.start()

    def close(self) -> None:
        os.close(self._waker)
        self._thread.join(1)
        os.close(self._wake)

    def _run(self) -> None:
        while True:
            try:
                ready, _, _ = select.select([self._descriptor, self._wake], [], [])
                if self._wake in ready:
                    return
                data = os.read(self._descriptor, _CHUNK)
            except BlockingIOError:  # another process has read it
                continue
            except (OSError, ValueError):
                data = b""
            with suppress(RuntimeError):  # the event loop is closed
                self._received(data)
            if not data:
                return


def read_within(descriptor: int, seconds: float) -> bytes | None:
    """Return what a terminal sends in time: empty if it is gone, None if it sends nothing."""
    try:
        ready, _, _ = select.select([descriptor], [], [], max(seconds, 0))
        return os.read(descriptor, _CHUNK) if ready else None
    except OSError:
        return b""
