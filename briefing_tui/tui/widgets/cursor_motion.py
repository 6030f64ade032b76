"""How keys move through a list of rows, with counts as in vi."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.reactive import var

from briefing_tui.commands.registry import COUNT_KEYS
from briefing_tui.driver.textual_private import SizedView
from briefing_tui.tui.bindings import bindings_for
from briefing_tui.tui.widgets.row_layout import RowLayout


class Motion(SizedView, can_focus=True, inherit_bindings=False):
    """A list in which a cursor goes from stop to stop; where there is none, it scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("list")

    cursor: var[int] = var(-1)
    """Position of the highlighted row; -1 where no row can be."""
    count: var[str] = var("")
    """Digits typed so far."""

    _sheet: RowLayout
    _count_over = False

    def changed(self) -> None:
        """Tell that the cursor, the count or the part that is seen changed."""

    def on_key(self, event: events.Key) -> None:
        """Gather a count; the key after it takes it, or else it is gone."""
        if self._count_over:
            self.count = ""
        digit = event.key in COUNT_KEYS or (bool(self.count) and event.key in "1234")
        self._count_over = not digit
        if digit:
            self.count = (self.count + event.key)[-6:]
            self.changed()
            event.stop()
            event.prevent_default()

    def move(self, rows: int) -> None:
        """Move the cursor by a number of rows; where there is none to move, scroll."""
        if self.cursor < 0:
            self.scroll_relative(y=rows, animate=False)
            return
        target = self._sheet.stops.beyond(self.cursor, rows)
        if target == self.cursor:
            # Headings before the first row and notes after the last come into view.
            self.scroll_relative(y=1 if rows > 0 else -1, animate=False)
        self.cursor = target

    def action_down(self) -> None:
        """Go down by the count."""
        self.move(self.take_count())

    def action_up(self) -> None:
        """Go up by the count."""
        self.move(-self.take_count())

    def action_half_down(self) -> None:
        """Go down half a page."""
        self._page(self.take_count() * max(self.size.height // 2, 1))

    def action_half_up(self) -> None:
        """Go up half a page."""
        self._page(-self.take_count() * max(self.size.height // 2, 1))

    def action_page_down(self) -> None:
        """Go down a page."""
        self._page(self.take_count() * max(self.size.height - 1, 1))

    def action_page_up(self) -> None:
        """Go up a page."""
        self._page(-self.take_count() * max(self.size.height - 1, 1))

    def action_top(self) -> None:
        """Go to the first row."""
        self.count = ""
        self.cursor = self._sheet.stops.nearest(0)
        self.scroll_to(y=0, animate=False)

    def action_bottom(self) -> None:
        """Go to the last row, or to the one that the count names."""
        stops = self._sheet.stops
        number = int(self.count) if self.count else len(stops)
        self.count = ""
        if stops:
            self.cursor = stops.at(number)
        if number >= len(stops):
            self.scroll_to(y=len(self._sheet.lines), animate=False)

    def take_count(self) -> int:
        """The count that was typed, 1 where none was; it is used up."""
        number = int(self.count) if self.count else 1
        self.count = ""
        return max(number, 1)

    def _page(self, lines: int) -> None:
        """Move by lines: the cursor goes to the row that far away."""
        if self.cursor < 0:
            self.scroll_relative(y=lines, animate=False)
            return
        target = self._sheet.span(self.cursor)[0] + lines
        target = min(max(target, 0), len(self._sheet.lines) - 1)
        step = 1 if lines > 0 else -1
        stop = self._sheet.stops.nearest(max(self._sheet.row_at(target), 0), step)
        if self._sheet.drawn_by(stop) == self._sheet.drawn_by(self.cursor):
            self.move(step)
        else:
            self.cursor = stop
