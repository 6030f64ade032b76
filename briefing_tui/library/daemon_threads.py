"""Work in daemon threads: unlike an executor's, they do not keep the program from ending."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


class StoppedError(Exception):
    """A job in a thread was stopped."""


async def in_thread(work: Callable[[], T]) -> T:
    """Return the result of a function that runs in a thread of its own."""
    future: Future[T] = Future()
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(complete, future, work), daemon=True).start()
    return await asyncio.wrap_future(future)


def complete(future: Future[T], work: Callable[[], T]) -> None:
    """Run a function for a future, unless that was cancelled."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except Exception as error:
        future.set_exception(error)
    else:
        future.set_result(result)
