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
from typing import Any, Generic

from textual import events
from textual.actions import ActionParseResult
from textual.app import ReturnType
from textual.dom import DOMNode
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerError

from briefing_tui.driver.driver_app import TerminalApp
from briefing_tui.driver.input_parser import Key
from briefing_tui.tui.workers import start_worker

PATIENCE = 0.3
"""Seconds after which a key counts as handled, even if it is not."""
_MAX_DEPTH = 4
"""Maximum depth of an input field below its screen."""
_POLL_INTERVAL = 0.02
"""Seconds between two checks whether the screen of a key is still open."""


EDITING_KEYS = {
    "alt+b": "ctrl+left",
    "alt+f": "ctrl+right",
    "alt+left": "ctrl+left",
    "alt+right": "ctrl+right",
    "alt+backspace": "ctrl+w",
}
"""Keys that move and delete by words in a field, as in shells, by what Textual calls them."""


class Delivered(Message):
    """Follows a key through the message queues up to the application, and reports its arrival.

    A second one follows the first, since a message that the key causes, such as that of a field
    that is submitted, may be behind the first.
    """

    def __init__(self, screen: Screen[Any], first: Delivered | None = None) -> None:
        super().__init__()
        self.first = first
        self.screen = screen
        self.target: Widget = screen.focused or screen
        self.deadline = monotonic() + PATIENCE
        self.arrived = asyncio.Event()


class TypeAhead(TerminalApp[ReturnType], Generic[ReturnType]):
    """An application that delivers keys and pastes one at a time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._queue: deque[events.Event] = deque()
        self._last: Delivered | None = None

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
        elif (
            self._queue
            or not self._is_idle
            or self.searching_screen(event)
            or (isinstance(event, Key) and event.parts)
        ):
            self._queue.append(event)
            if len(self._queue) == 1:
                start_worker(self, self._deliver_queued, "typed ahead")
        else:
            await self._deliver(event)

    @property
    def is_typing(self) -> bool:
        """Whether keys go to a field."""
        return self.focused is not None and self.focused.check_consume_key("x", "x")

    def _has_use(self, key: str) -> bool:
        is_editing = key in EDITING_KEYS and self.is_typing
        return is_editing or key in self.screen.active_bindings

    def _meant(self, event: events.Event) -> events.Event:
        """Return the key that has a use in place of one that has none."""
        if not isinstance(event, Key):
            return event
        if self.is_typing:
            key = EDITING_KEYS.get(event.key)
            return events.Key(key, None) if key else event
        if not event.us_key or self._has_use(event.key):
            return event
        has_use = event.us_key.isdigit() or self._has_use(event.us_key)
        return events.Key(event.us_key, None) if has_use else event

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
        """Send a second message, or note that the key has been handled."""
        if message.first is not None:
            message.first.arrived.set()
        elif not message.target.post_message(Delivered(message.screen, first=message)):
            message.arrived.set()

    @property
    def _is_idle(self) -> bool:
        """Whether the last key has had its effect."""
        last = self._last
        if last is None or monotonic() > last.deadline:
            return True
        return last.arrived.is_set() and last.screen is self.screen

    async def _deliver_queued(self) -> None:
        while self._queue and self.screen_stack:
            await self._wait_for_last()
            event = self._queue[0]
            if isinstance(event, Key) and event.parts and not self._has_use(event.key):
                self._queue.popleft()
                self._queue.extendleft(reversed(event.parts))
            if (screen := self.searching_screen(self._queue[0])) is not None:
                for _ in range(_MAX_DEPTH):  # a change of the field bubbles up to the screen
                    await self._drain_messages()
                await self._wait_for_workers(screen)
            # It stays in the queue until it is delivered, so that no other key overtakes it.
            await self._deliver(self._queue[0])
            self._queue.popleft()

    async def _deliver(self, event: events.Event) -> None:
        if self.screen_stack:
            event = self._meant(event)
            await self.ready_for(event)
        if not self.screen_stack:
            return
        self._last = last = Delivered(self.screen)
        await super().on_event(event)
        if not last.target.post_message(last):
            last.arrived.set()

    async def _wait_for_last(self) -> None:
        """Wait until the last key has had its effect, and the screen that it opened is ready."""
        last = self._last
        if last is None:
            return
        while self.screen_stack and not last.arrived.is_set():
            if monotonic() > last.deadline or last.screen not in self.screen_stack:
                break
            with suppress(TimeoutError):
                await asyncio.wait_for(last.arrived.wait(), _POLL_INTERVAL)
        if self.screen_stack and self.screen is not last.screen:
            await self._drain_messages()  # composes the screen
            await self._drain_messages()  # sets the focus
        self._last = None

    async def _wait_for_workers(self, screen: Screen[Any]) -> None:
        workers = [
            worker for worker in screen.workers if worker.node is screen and not worker.is_finished
        ]
        with suppress(TimeoutError, WorkerError):
            await asyncio.wait_for(screen.workers.wait_for_complete(workers), PATIENCE)

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
