"""Listens to a terminal in a thread of its own, which sleeps while nothing comes."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable

_CHUNK = 1 << 16


class Ear:
    """Hears what a terminal sends."""

    def __init__(self, descriptor: int, heard: Callable[[bytes], None]) -> None:
        """Begin to listen.

        Args:
            descriptor: The terminal.
            heard: Called in the thread with what came, and once with nothing when the terminal is
                gone: nothing is heard after that.
        """
        self._descriptor = descriptor
        self._heard = heard
        self._wake, self._waker = os.pipe()
        self._thread = threading.Thread(target=self._listen, name="terminal-input", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        os.close(self._waker)
        self._thread.join(1)
        os.close(self._wake)

    def _listen(self) -> None:
        while True:
            try:
                ready, _, _ = select.select([self._descriptor, self._wake], [], [])
                if self._wake in ready:
                    return
                data = os.read(self._descriptor, _CHUNK)
            except (OSError, ValueError):
                data = b""
            try:
                self._heard(data)
            except RuntimeError:  # the loop has ended
                return
            if not data:
                return


def heard(descriptor: int, seconds: float) -> bytes:
    """What a terminal sends within so long; nothing if it sends nothing or is gone."""
    try:
        ready, _, _ = select.select([descriptor], [], [], max(seconds, 0))
        return os.read(descriptor, _CHUNK) if ready else b""
    except OSError:
        return b""
