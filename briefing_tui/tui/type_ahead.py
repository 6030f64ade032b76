"""A queue for keys typed ahead: each waits until the previous one has had its effect.

Textual sends a key at once to the widget that has the focus. If keys arrive in one burst, as over
slow connections, those after the first would miss the field or the list that it opens.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic
from typing import Any, Generic, NamedTuple

from textual import events
from textual.actions import ActionParseResult
from textual.app import ReturnType
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import WorkerError

from briefing_tui.driver.driver_app import TerminalApp

PATIENCE = 0.3
"""Seconds after which a key counts as handled, even if it is not."""
_MAX_DEPTH = 4
"""Maximum depth of an input field below its screen."""
_POLL_INTERVAL = 0.02
"""Seconds between two checks whether the screen of a key is still open."""


class Delivered(Message):
    """Follows a key through the message queues up to the application, and reports its arrival.

    It goes the way twice: a key in a field causes a message, such as that of Enter, which is behind
    it the first time.
    """

    def __init__(self, target: MessagePump, former: Delivered | None = None) -> None:
        super().__init__()
        self.target = target
        self.is_last = former is not None
        self.arrived: asyncio.Event = former.arrived if former is not None else asyncio.Event()


async def wait_for_search(screen: Screen[Any]) -> None:
    """Wait until the workers of a screen have finished, at most `PATIENCE` seconds."""
    workers = [
        worker for worker in screen.workers if worker.node is screen and not worker.is_finished
    ]
    with suppress(TimeoutError, WorkerError):
        await asyncio.wait_for(screen.workers.wait_for_complete(workers), PATIENCE)


class _Delivery(NamedTuple):
    """The last key that was delivered."""

    screen: Screen[Any]
    message: Delivered
    time: float


class TypeAhead(TerminalApp[ReturnType], Generic[ReturnType]):
    """An application that delivers keys and pastes one at a time."""

    _last: _Delivery | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._queue: deque[events.Event] = deque()

    @property
    def typed_ahead(self) -> int:
        """The number of keys and pastes in the queue."""
        return len(self._queue)

    async def ready_for(self, event: events.Event) -> None:
        """Wait until the screen can handle a key or a paste."""

    def searching_screen(self, event: events.Event) -> Screen[Any] | None:
        """Return the screen whose search a key has to wait for; None if it need not wait."""

    async def on_event(self, event: events.Event) -> None:
        """Deliver a key, or queue it until the previous one has had its effect."""
        if event.is_forwarded or not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
        elif not self.screen_stack:
            return  # the application is ending
        elif self._queue or not self._is_idle or self.searching_screen(event):
            self._queue.append(event)
            if len(self._queue) == 1:
                self.run_worker(self._deliver_queued(), group="typed ahead")
        else:
            await self._deliver(event)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action; ignore paging through a palette whose results are being replaced."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except KeyError:
            # Textual has no line for the highlighted result at that moment.
            if not str(action).startswith("command_list"):
                raise
            return True

    def on_delivered(self, message: Delivered) -> None:
        """Note that a key has been handled, and what it caused."""
        target = message.target
        if message.is_last or not target.post_message(Delivered(target, message)):
            message.arrived.set()

    @property
    def _is_idle(self) -> bool:
        """Whether the last key has had its effect."""
        last = self._last
        if last is None or monotonic() - last.time > PATIENCE:
            return True
        return last.message.arrived.is_set() and last.screen is self.screen

    async def _deliver_queued(self) -> None:
        while self._queue and self.screen_stack:
            await self._wait_for_last()
            if (screen := self.searching_screen(self._queue[0])) is not None:
                for _ in range(_MAX_DEPTH):  # a change of the field bubbles up to the screen
                    await self._drain_messages()
                await wait_for_search(screen)
            # It stays in the queue until it is delivered, so that no other key overtakes it.
            await self._deliver(self._queue[0])
            self._queue.popleft()

    async def _deliver(self, event: events.Event) -> None:
        if self.screen_stack:
            await self.ready_for(event)
        if not self.screen_stack:
            return
        target = self.focused or self.screen
        self._last = _Delivery(self.screen, Delivered(target), monotonic())
        await super().on_event(event)
        if not target.post_message(self._last.message):
            self._last.message.arrived.set()

    async def _wait_for_last(self) -> None:
        """Wait until the last key has had its effect, and the screen that it opened is ready."""
        last = self._last
        if last is None:
            return
        while self.screen_stack and not last.message.arrived.is_set():
            if monotonic() - last.time > PATIENCE or last.screen not in self.screen_stack:
                break
            with suppress(TimeoutError):
                await asyncio.wait_for(last.message.arrived.wait(), _POLL_INTERVAL)
        if self.screen_stack and self.screen is not last.screen:
            await self._drain_messages()  # composes the screen
            await self._drain_messages()  # sets the focus
        self._last = None

    async def _drain_messages(self) -> None:
        """Wait until every widget on the screen has handled the messages in its queue."""
        if not self.screen_stack:
            return
        pending, drained = 0, asyncio.Event()

        def count_down() -> None:
            nonlocal pending
            pending -= 1
            if not pending:
                drained.set()

        nodes = (self, *self.screen.walk_children(with_self=True))
        pending = sum(node.call_later(count_down) for node in nodes)
        if pending:
            with suppress(TimeoutError):
                await asyncio.wait_for(drained.wait(), PATIENCE)
