"""Named timers."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable


class Timers:
    """Calls functions later, in the context in which the object was created."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._context = contextvars.copy_context()
        self._handles: dict[str, asyncio.TimerHandle] = {}

    def restart(self, name: str, seconds: float, callback: Callable[[], None]) -> None:
        """Call a function after a delay; a timer of the same name is cancelled."""
        if name in self._handles:
            self._handles[name].cancel()
        self._handles[name] = self._loop.call_later(seconds, callback, context=self._context)

    def stop(self) -> None:
        """Cancel all timers."""
        for handle in self._handles.values():
            handle.cancel()
        self._handles.clear()
