"""What is due later, by name: what is put off again is due once."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable


class Timers:
    """Calls things later, in the context in which it was made."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._context = contextvars.copy_context()
        self._running: dict[str, asyncio.TimerHandle] = {}

    def put_off(self, name: str, seconds: float, callback: Callable[[], None]) -> None:
        """Call something after so long, instead of when it was due before."""
        if name in self._running:
            self._running[name].cancel()
        self._running[name] = self._loop.call_later(seconds, callback, context=self._context)

    def stop(self) -> None:
        """Call nothing any more."""
        for timer in self._running.values():
            timer.cancel()
        self._running.clear()
