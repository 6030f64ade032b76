"""Waiting until an application has nothing left to do, instead of for a time."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from textual.app import App

TICK = 0.002
"""Seconds between two looks at what threads and timers do."""


async def rest(app: App[Any]) -> None:
    """Return once nothing goes on except in threads and timers, and all of it is drawn."""
    while app.is_running:
        await turn(app)
        if not has_work():
            return


async def turn(app: App[Any]) -> None:
    """Handle the messages that are there and all that follows from them, then draw."""
    # A widget that is in the middle of a message is heard of only at its end; of those that a key
    # passes, the handlers may be waiting for a thread.
    top = app.screen
    waiting = 0

    def hear() -> None:
        nonlocal waiting
        waiting -= 1

    for node in top.focused.ancestors_with_self if top.focused else (top, app):
        waiting += node.call_later(hear)
    while app.is_running and (waiting or has_work()):
        await asyncio.sleep(0)
    if app.is_running:
        app.screen._on_timer_update()


def has_work() -> bool:
    """Return whether anything but the running task can go on at once."""
    return bool(cast(Any, asyncio.get_running_loop())._ready)
