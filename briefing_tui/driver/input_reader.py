"""Listens to a terminal: in the event loop where it can be, and else in a thread that sleeps."""

from __future__ import annotations

import asyncio
import contextvars
import os
import select
import threading
from collections.abc import Callable
from contextlib import suppress

from briefing_tui.driver.tty import own_descriptor

_CHUNK = 1 << 16


class Ear:
    """Hears what a terminal sends.

    The descriptor that a shell gives is shared with it, so that only one of our own may be read
    without waiting. Where the system gives none, or no event loop can wait for it, a thread does.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, descriptor: int, heard: Callable[[bytes], None]
    ) -> None:
        """Begin to listen.

        Args:
            loop: Where ``heard`` is called, in the context of now.
            descriptor: The terminal.
            heard: Called with what came, and once with nothing when the terminal is gone: nothing
                is heard after that.
        """
        self._loop = loop
        self._heard = heard
        self._context = contextvars.copy_context()
        self._own = own_descriptor(descriptor, os.O_RDONLY)
        self._thread: _Thread | None = None
        try:
            if self._own is None:
                raise OSError
            loop.add_reader(self._own, self._read, self._own)
        except (OSError, NotImplementedError):
            self._forget_own()
            self._thread = _Thread(descriptor, self._from_thread)

    def close(self) -> None:
        """Stop listening."""
        self._stop_reading()
        self._forget_own()
        if self._thread is not None:
            self._thread.close()

    def _read(self, descriptor: int) -> None:
        try:
            data = os.read(descriptor, _CHUNK)
        except BlockingIOError:  # somebody else has taken it
            return
        except OSError:
            data = b""
        if not data:
            self._stop_reading()
        self._heard(data)

    def _stop_reading(self) -> None:
        if self._own is not None:
            self._loop.remove_reader(self._own)

    def _forget_own(self) -> None:
        if self._own is not None:
            os.close(self._own)
            self._own = None

    def _from_thread(self, data: bytes) -> None:
        self._loop.call_soon_threadsafe(self._heard, data, context=self._context)


class _Thread:
    """Hears a terminal for which an event loop cannot wait."""

    def __init__(self, descriptor: int, heard: Callable[[bytes], None]) -> None:
        """Begin to listen; ``heard`` is called in the thread."""
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
            except BlockingIOError:  # somebody else has taken it
                continue
            except (OSError, ValueError):
                data = b""
            with suppress(RuntimeError):  # the loop has ended
                self._heard(data)
            if not data:
                return


def heard(descriptor: int, seconds: float) -> bytes:
    """What a terminal sends within so long; nothing if it sends nothing or is gone."""
    try:
        ready, _, _ = select.select([descriptor], [], [], max(seconds, 0))
        return os.read(descriptor, _CHUNK) if ready else b""
    except OSError:
        return b""
