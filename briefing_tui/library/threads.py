"""Work in threads that end with the program: leaving it waits for none of them."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Asked(Generic[T]):
    """Some work, and where what it comes to is waited for; made where the program runs."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._loop = asyncio.get_running_loop()
        self.answer: asyncio.Future[T] = self._loop.create_future()

    def do(self) -> None:
        """Do it, in whatever thread, unless nobody waits for it any more."""
        if self.answer.cancelled():
            return
        try:
            found = self._work()
        except Exception as error:
            tell(self._loop, self._fail, error)
        else:
            tell(self._loop, self._succeed, found)

    def _succeed(self, found: T) -> None:
        if not self.answer.done():
            self.answer.set_result(found)

    def _fail(self, error: Exception) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)


async def in_thread(work: Callable[[], T]) -> T:
    """What some work comes to, done in a thread of its own."""
    asked = Asked(work)
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(asked.do,), daemon=True).start()
    return await asked.answer


def tell(loop: asyncio.AbstractEventLoop, take: Callable[[T], object], what: T) -> None:
    """Hand something to the program's own thread, unless that has ended."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(take, what)
