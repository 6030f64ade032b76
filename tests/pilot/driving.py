"""Driving the reader: keys in, lines of the screen out.

A test is a coroutine under `piloted`; what it waits for is quiet, never a time.
"""

from __future__ import annotations

import asyncio
import functools
import re
import time
import unicodedata
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any, ParamSpec, cast

import pytest
from rich.cells import cell_len
from textual import events
from textual.keys import REPLACED_KEYS
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from briefing_tui.briefing.document import Document
from briefing_tui.settings.options import Settings
from briefing_tui.tui.app import BriefingApp
from briefing_tui.tui.screens.reader import ReaderScreen
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.rows import Row
from tests.apps import app_of, drawn
from tests.hostile import CONTROL
from tests.profiles import thorough
from tests.rest import TICK, has_work, turn
from tests.sessions import Opening

Given = ParamSpec("Given")

NARROW, WIDE, ULTRA = (80, 24), (120, 36), (200, 60)
sizes = pytest.mark.parametrize(
    "size",
    [
        pytest.param(NARROW, id="80x24"),
        pytest.param(WIDE, id="120x36"),
        pytest.param(ULTRA, id="200x60", marks=thorough),
    ],
)
"""One test for each layout."""

PANES = ("summary", "timeline", "actors", "deals")

_JOINS = re.compile("[\u200d\ufe0f]")
DEADLINE = 20.0
"""Seconds until a wait gives up; only a failure ever takes so long."""
_NAME_OF_SIGN = {name: sign for sign, name in REPLACED_KEYS.items()}


def piloted(test: Callable[Given, Coroutine[Any, Any, None]]) -> Callable[Given, None]:
    """Let a coroutine be a test."""

    @functools.wraps(test)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


async def taken(url: str, _: Mapping[str, str]) -> bool:
    """A browser that takes every page, in place of the user's."""
    return bool(url)


def key_event(key: str) -> events.Key:
    """A key press: of a character, or of a key by its name."""
    if len(key) > 1:
        return events.Key(key, " " if key == "space" else None)
    name = key
    if not key.isalnum():
        name = unicodedata.name(key).lower().replace("-", "_").replace(" ", "_")
    return events.Key(_NAME_OF_SIGN.get(name, name), key)


class Reading:
    """A running reader."""

    def __init__(self, app: BriefingApp, pilot: Pilot[None]) -> None:
        self.app = app
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.app.post_message(key_event(key))
            await self.settle()

    async def type(self, text: str) -> None:
        """Press the keys of a text."""
        await self.press(*("space" if key == " " else key for key in text))

    async def stand_on(self, pane: str, key: str) -> None:
        """Go to a row by the keys for panes and counts."""
        await self.press(str(PANES.index(pane) + 1))
        stops = [row.key for row in self.rows.view.rows if row.selectable]
        for digit in ("0", *str(stops.index(key) + 1)):
            self.app.post_message(key_event(digit))
        await self.press("G")
        assert self.place == (pane, key)

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self._pilot.resize_terminal(width, height)
        # What is drawn follows the size a frame later.
        await self.until(
            lambda: self.top.size == (width, height) and len(self.strips) == height, "the new size"
        )
        await self.settle()

    async def click(self, widget: Widget, x: int, y: int, times: int = 1) -> None:
        """Click at a place of a widget."""
        await self._pilot.click(widget, offset=(x, y), times=times)
        await self.settle()

    async def wheel(self, widget: Widget, times: int = 1, *, down: bool = True) -> None:
        """Turn the wheel above the middle of a widget."""
        at = widget.region.offset + (widget.size.width // 2, widget.size.height // 2)  # noqa: RUF005
        kind = events.MouseScrollDown if down else events.MouseScrollUp
        for _ in range(times):
            await self._pilot.hover(widget)
            turn = kind(
                widget, at.x, at.y, 0, 0, 0, False, False, False, screen_x=at.x, screen_y=at.y
            )
            self.app.post_message(turn)
            await self.settle()

    async def settle(self) -> None:
        """Wait until nobody has anything left to do."""
        await self._drain()
        await self._pilot.pause(0)
        await self._drain()
        if self.app.is_running:
            self.app.screen._on_timer_update()
        await self._drain()

    async def _drain(self) -> None:
        while self.app.is_running and (has_work() or self.app.typed_ahead):
            await asyncio.sleep(0 if has_work() else TICK)

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for what is done in threads."""
        end = time.monotonic() + DEADLINE
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain for {what}:\n{self.text}")
            await asyncio.sleep(TICK)
            await turn(self.app)

    @property
    def reader(self) -> ReaderScreen:
        """The reading screen, whatever covers it."""
        return cast(ReaderScreen, self.app.screen_stack[0])

    @property
    def top(self) -> Screen[Any]:
        """The screen that takes the keys."""
        return self.app.screen

    @property
    def reading(self) -> bool:
        """Whether nothing covers the reading screen."""
        return self.top is self.reader

    @property
    def opened(self) -> str:
        """What covers the reading screen, by the name of its class."""
        return "" if self.reading else type(self.top).__name__

    @property
    def at_rest(self) -> bool:
        """Whether there is nothing to back out of."""
        states = ("-zoomed", "-evidence", "-searching")
        reader = self.reader
        busy = (
            reader.session.search.text or reader.scene.focus or any(map(reader.has_class, states))
        )
        return self.reading and self.rows.has_focus and not busy

    @property
    def pane(self) -> str:
        """The active pane."""
        return PANES[self.reader.session.active]

    @property
    def rows(self) -> RowList:
        """The rows of the active pane."""
        return self.reader.rows

    @property
    def row(self) -> Row:
        """The highlighted row of the active pane."""
        row = self.reader.session.row
        assert row is not None
        return row

    @property
    def key(self) -> str:
        """The key of the highlighted row."""
        return self.row.key

    @property
    def place(self) -> tuple[str, str]:
        """Pane and row."""
        return self.pane, self.key

    @property
    def number(self) -> int:
        """The highlighted row's number among those that can be highlighted, from 1."""
        return self.rows.position()[0]

    @property
    def stops(self) -> int:
        """How many rows of the active pane can be highlighted."""
        return self.rows.position()[1]

    @property
    def evidence(self) -> str:
        """What the evidence pane holds, seen or not."""
        rows = self.reader.evidence.view.rows
        return "\n".join("".join(span.text for span in (*row.lead, *row.body)) for row in rows)

    @property
    def strips(self) -> list[Strip]:
        """The lines of the screen as they are drawn."""
        return drawn(self.app)

    @property
    def lines(self) -> list[str]:
        """The characters of the screen."""
        return [strip.text for strip in self.strips]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    def within(self, widget: Widget) -> list[str]:
        """The characters of a widget's part of the screen."""
        x, y, width, height = widget.region
        return [strip.crop(x, x + width).text for strip in self.strips[y : y + height]]

    @property
    def last(self) -> str:
        """The last line of the screen, where messages are."""
        return self.lines[-1].strip()

    @property
    def letters(self) -> str:
        """The screen without white space and cursor marks, however its lines are broken."""
        return squeezed("".join(self.lines))

    def seen(self, widget: Widget) -> bool:
        """Whether any of a widget is on the screen."""
        shown = all(one.display for one in widget.ancestors_with_self if isinstance(one, Widget))
        return shown and widget.size.area > 0

    def check(self) -> None:
        """What holds at every moment, whatever was done."""
        width, height = self.app.size
        strips = self.strips
        assert len(strips) == height
        for number, strip in enumerate(strips):
            line = strip.text
            # By parts, for the edge of an overlay may cut through a joined emoji below it; what the
            # framework leaves of that has a width of its own.
            parts = [line] if line.isascii() else [segment.text for segment in strip]
            cells = sum(map(cell_len, parts))
            cut = not self.reading and _JOINS.search(line)
            assert cells == width or cut, f"line {number} is {cells} wide: {line!r}"
            assert not CONTROL.search(line), f"line {number}: {line!r}"
            assert not any(segment.control for segment in strip)
        assert self.app.focused is not None or not self.reading


def squeezed(text: str) -> str:
    """A text without white space and cursor marks."""
    return re.sub(r"[\s▌]", "", text)


@asynccontextmanager
async def reading(
    document: Document,
    size: tuple[int, int] = NARROW,
    settings: Settings | None = None,
    opening: Opening | None = None,
) -> AsyncIterator[Reading]:
    """Open a reader; whatever fails inside it fails the test."""
    app = app_of(document, settings, opening=opening)
    async with app.run_test(size=size) as pilot:
        reading = Reading(app, pilot)
        await reading.reader.settled()
        await reading.settle()
        yield reading
