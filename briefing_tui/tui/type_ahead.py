"""Keys typed ahead: each goes where it would have gone had one waited for the one before.

The framework gives a key at once to what has the focus now. Of keys that come in one burst, as
they do over slow lines, those after the first would miss the field or the list that it opens.
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
from textual.screen import Screen
from textual.worker import WorkerError

from briefing_tui.driver.driver_app import TerminalApp

PATIENCE = 0.3
"""Seconds after which a key counts as done, whatever became of it."""
_STOREYS = 4
"""How far below its screen a field is, at most."""
_LOOK = 0.02
"""Seconds between two looks whether the screen that has a key is still there."""


class Passed(Message):
    """Follows a key along its way, up to the application, and tells when it got there."""

    def __init__(self) -> None:
        super().__init__()
        self.done = asyncio.Event()


async def found_by(screen: Screen[Any]) -> None:
    """Return once a screen has found what it looks for, unless that takes long."""
    looking = [one for one in screen.workers if one.node is screen and not one.is_finished]
    with suppress(TimeoutError, WorkerError):
        await asyncio.wait_for(screen.workers.wait_for_complete(looking), PATIENCE)


class _Given(NamedTuple):
    """The last key that something got."""

    screen: Screen[Any]
    passed: Passed
    at: float


class TypeAhead(TerminalApp[ReturnType], Generic[ReturnType]):
    """Hands on keys and pastes one at a time."""

    _given: _Given | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._ahead: deque[events.Event] = deque()

    @property
    def typed_ahead(self) -> int:
        """How many keys and pastes wait for the ones before."""
        return len(self._ahead)

    async def ready_for(self, event: events.Event) -> None:
        """Return once the screen can take a key or a paste."""

    def is_asked_for(self, event: events.Event) -> Screen[Any] | None:
        """The screen that a key asks for what it has still to find, if there is one."""

    async def on_event(self, event: events.Event) -> None:
        """Hand on a key, or keep it until the one before has had its effect."""
        if event.is_forwarded or not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
        elif not self.screen_stack:
            return  # what is typed while the application ends is for nobody
        elif self._ahead or not self._at_rest or self.is_asked_for(event):
            self._ahead.append(event)
            if len(self._ahead) == 1:
                self.run_worker(self._hand_on(), group="typed ahead")
        else:
            await self._give(event)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action; to page through the palette between two lists of hits is nothing."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except KeyError:
            # The framework does not know then on which line a hit stands.
            if not str(action).startswith("command_list"):
                raise
            return True

    def on_passed(self, message: Passed) -> None:
        """Know that a key has been everywhere."""
        message.done.set()

    @property
    def _at_rest(self) -> bool:
        """Whether the last key has done what it does."""
        given = self._given
        if given is None or monotonic() - given.at > PATIENCE:
            return True
        return given.passed.done.is_set() and given.screen is self.screen

    async def _hand_on(self) -> None:
        while self._ahead and self.screen_stack:
            await self._rest()
            if (screen := self.is_asked_for(self._ahead[0])) is not None:
                for _ in range(_STOREYS):  # what is typed goes up to the screen
                    await self._all_heard()
                await found_by(screen)
            # It stays the first until it is given, so that no other overtakes it.
            await self._give(self._ahead[0])
            self._ahead.popleft()

    async def _give(self, event: events.Event) -> None:
        if self.screen_stack:
            await self.ready_for(event)
        if not self.screen_stack:
            return
        target = self.focused or self.screen
        self._given = _Given(self.screen, Passed(), monotonic())
        await super().on_event(event)
        if not target.post_message(self._given.passed):
            self._given.passed.done.set()

    async def _rest(self) -> None:
        """Wait until the last key has had its effect, and what it opened is there."""
        given = self._given
        if given is None:
            return
        while self.screen_stack and not given.passed.done.is_set():
            if monotonic() - given.at > PATIENCE or given.screen not in self.screen_stack:
                break
            with suppress(TimeoutError):
                await asyncio.wait_for(given.passed.done.wait(), _LOOK)
        if self.screen_stack and self.screen is not given.screen:
            await self._all_heard()  # it makes what is in it,
            await self._all_heard()  # which asks for the focus
        self._given = None

    async def _all_heard(self) -> None:
        """Wait until everything on the screen has taken the messages that it has by now."""
        if not self.screen_stack:
            return
        left, heard = 0, asyncio.Event()

        def told() -> None:
            nonlocal left
            left -= 1
            if not left:
                heard.set()

        nodes = (self, *self.screen.walk_children(with_self=True))
        left = sum(node.call_later(told) for node in nodes)
        if left:
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), PATIENCE)
