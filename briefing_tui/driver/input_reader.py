"""Reads a terminal without blocking the event loop."""

from __future__ import annotations

import asyncio
import os
import select
import threading
from collections.abc import Callable
from contextlib import suppress

_CHUNK = 1 << 16


class InputReader:
    """Reads a terminal in a thread until it is gone.

    The descriptor that the shell passed is shared with it, so it must stay in blocking mode.
    ``received`` is called in the event loop with every piece of input; an empty one is the last.
    """

    def __init__(self, descriptor: int, received: Callable[[bytes], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._descriptor = descriptor
        self._received = received
        self._wake, self._waker = os.pipe()
        self._thread = threading.Thread(target=self._run, name="terminal-input", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop reading."""
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
                self._loop.call_soon_threadsafe(self._received, data)
            if not data:
                return


def read_within(descriptor: int, seconds: float) -> bytes | None:
    """Return what a terminal sends in time: empty if it is gone, None if it sends nothing."""
    try:
        ready, _, _ = select.select([descriptor], [], [], max(seconds, 0))
        return os.read(descriptor, _CHUNK) if ready else None
    except OSError:
        return b""
