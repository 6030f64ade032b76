"""Workers of screens and of the application."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode
from textual.worker import Worker


def start_worker(
    node: DOMNode,
    work: Callable[[], Coroutine[Any, Any, None]],
    group: str,
    *,
    exclusive: bool = False,
) -> None:
    """Run a coroutine function in a worker of a widget, screen or application.

    It takes no coroutine: if the application ended before the worker starts, Python would warn on
    the reader's terminal that the coroutine was never awaited.
    """
    _worker: Worker[None] = node.run_worker(work, group=group, exclusive=exclusive)
