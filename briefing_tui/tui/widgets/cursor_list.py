"""A list with a cursor that keys move, with counts as in vi."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.reactive import var

from briefing_tui.commands.registry import COUNT_KEYS
from briefing_tui.driver.textual_private import SizedView
from briefing_tui.tui.bindings import bindings_for
from briefing_tui.tui.widgets.row_layout import RowLayout


class CursorList(SizedView, can_focus=True, inherit_bindings=False):
    """A list whose cursor moves between selectable rows; it scrolls if there are none."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("list")

    cursor: var[int] = var(-1, init=False)
    """Index of the highlighted row; -1 if no row is selectable."""
    count: var[str] = var("")
    """Digits typed so far."""

    _row_layout: RowLayout
    _is_count_complete = False
    """Whether the next digit begins another count."""

    def changed(self) -> None:
        """Handle a change of the cursor, the count or the visible part."""

    def on_key(self, event: events.Key) -> None:
        """Collect the digits of a count, which only the next key can use."""
        if self._is_count_complete:
            self.count = ""
        digit = event.key in COUNT_KEYS or (bool(self.count) and event.key in "1234")
        self._is_count_complete = not digit
        if digit:
            self.count = (self.count + event.key)[-6:]
            self.changed()
            event.stop()
            event.prevent_default()

    def move(self, rows: int) -> None:
        """Move the cursor by a number of rows; scroll if there is no cursor."""
        if self.cursor < 0:
            self.scroll_relative(y=rows, animate=False)
            return
        target = self._row_layout.stops.beyond(self.cursor, rows)
        if target == self.cursor:
            # Scroll to headings before the first row and notes after the last.
            self.scroll_relative(y=1 if rows > 0 else -1, animate=False)
        self.cursor = target

    def action_down(self) -> None:
        """Move down by the count."""
        self.move(self.take_count())

    def action_up(self) -> None:
        """Move up by the count."""
        self.move(-self.take_count())

    def action_half_down(self) -> None:
        """Move down half a page."""
        self._page(self.take_count() * max(self.size.height // 2, 1))

    def action_half_up(self) -> None:
        """Move up half a page."""
        self._page(-self.take_count() * max(self.size.height // 2, 1))

    def action_page_down(self) -> None:
        """Move down a page."""
        self._page(self.take_count() * max(self.size.height - 1, 1))

    def action_page_up(self) -> None:
        """Move up a page."""
        self._page(-self.take_count() * max(self.size.height - 1, 1))

    def action_top(self) -> None:
        """Move to the first row."""
        self.count = ""
        self.cursor = self._row_layout.stops.nearest(0)
        self.scroll_to(y=0, animate=False)

    def action_bottom(self) -> None:
        """Move to the row with the number of the count, or to the last row."""
        stops = self._row_layout.stops
        number = int(self.count) if self.count else len(stops)
        self.count = ""
        if stops:
            self.cursor = stops.at(number)
        if number >= len(stops):
            self.scroll_to(y=len(self._row_layout.lines), animate=False)

    def take_count(self) -> int:
        """Return the count, 1 if none was typed, and reset it."""
        number = int(self.count) if self.count else 1
        self.count = ""
        return max(number, 1)

    def _page(self, lines: int) -> None:
        """Move the cursor to the row that is a number of lines away."""
        if self.cursor < 0:
            self.scroll_relative(y=lines, animate=False)
            return
        target = self._row_layout.span(self.cursor)[0] + lines
        target = min(max(target, 0), len(self._row_layout.lines) - 1)
        step = 1 if lines > 0 else -1
        stop = self._row_layout.stops.nearest(max(self._row_layout.row_at(target), 0), step)
        if self._row_layout.drawn_by(stop) == self._row_layout.drawn_by(self.cursor):
            self.move(step)
        else:
            self.cursor = stop
