"""A list of rows: laid out once for each width, drawn line by line, moved through by keys.

Only the lines that change are drawn again, so that a step costs a terminal two rows.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from briefing_tui.reader.bindings import bindings_for
from briefing_tui.reader.commands import COUNT_KEYS
from briefing_tui.reader.panes.inked import Inked
from briefing_tui.reader.visuals import measure
from briefing_tui.views import glyphs
from briefing_tui.views.layout import Line, lay_out
from briefing_tui.views.rows import Row, Span, View

_GUTTER = 2
_MARGIN = 1
_BLANK = -2
_EMPTY = View(title="", count=0, noun="row", rows=(), empty="")


class RowList(ScrollView, Inked, can_focus=True, inherit_bindings=False):
    """The rows of one view."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("list")
    DEFAULT_CSS = """
    RowList { height: 1fr; scrollbar-size: 0 0; }
    """

    view: var[View] = var(_EMPTY)
    cursor: var[int] = var(-1)
    """Position of the highlighted row; -1 where no row can be."""
    sought: reactive[str] = reactive("", layout=False)
    """What is searched for, to be marked."""
    count: var[str] = var("")
    """Digits typed so far."""

    class Moved(Message):
        """The cursor, the rows or the part that is seen changed."""

        def __init__(self, rows: RowList) -> None:
            self.rows = rows
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Keep only the newest of several moves of one list."""
            return isinstance(message, RowList.Moved) and message.rows is self.rows

        @property
        def control(self) -> RowList:
            """The list that moved."""
            return self.rows

    class Chosen(Message):
        """A row was clicked twice."""

        def __init__(self, rows: RowList) -> None:
            self.rows = rows
            super().__init__()

    def __init__(self, view: View = _EMPTY, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: list[tuple[int, Line]] = []
        self._first_lines: list[int] = []
        self._heights: list[int] = []
        self._width = 0
        self.set_reactive(RowList.view, view)
        self.set_reactive(RowList.cursor, self._nearest(0, 1))

    @property
    def row(self) -> Row | None:
        """The highlighted row."""
        rows = self.view.rows
        return rows[self.cursor] if 0 <= self.cursor < len(rows) else None

    @property
    def lines_seen(self) -> tuple[int, int, int]:
        """First line that is seen, line after the last, and how many there are."""
        first = self.scroll_offset.y
        return first, min(first + self.size.height, len(self._lines)), len(self._lines)

    def position(self) -> tuple[int, int]:
        """The highlighted row's number among those that can be, and how many these are."""
        rows = self.view.rows
        stops = sum(row.selectable for row in rows)
        return sum(row.selectable for row in rows[: self.cursor + 1]), stops

    def watch_view(self, old: View, new: View) -> None:
        """Take new rows; the cursor stays with its row, or else at its place."""
        key = old.rows[self.cursor].key if 0 <= self.cursor < len(old.rows) else ""
        wanted = key if old.rows else new.start
        found = next((at for at, row in enumerate(new.rows) if row.key == wanted), self.cursor)
        self._lay_out()
        self.cursor = self._nearest(found, 1)
        self._reveal()
        self._changed()

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two rows that changed."""
        for index in (old, new):
            if 0 <= index < len(self._first_lines):
                self.refresh_lines(self._first_lines[index], self._heights[index])
        self._reveal()
        self._changed()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell that another part is seen."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._changed()

    def select(self, key: str) -> bool:
        """Put the cursor on the row of that key, if there is one."""
        for index, row in enumerate(self.view.rows):
            if row.key == key and row.selectable:
                self.cursor = index
                return True
        return False

    def on_resize(self, event: events.Resize) -> None:
        """Lay the rows out for the new width; the cursor's row stays in view."""
        if event.size.width != self._width:
            self._lay_out()
        self._reveal()
        self._changed()

    def on_focus(self) -> None:
        """Draw the cursor as the one that keys move."""
        self._refresh_cursor()

    def on_blur(self) -> None:
        """Draw the cursor as one that waits."""
        self.count = ""
        self._refresh_cursor()

    def on_key(self, event: events.Key) -> None:
        """Gather a count; any key but a digit ends it."""
        starts = event.key in COUNT_KEYS
        if starts or (self.count and event.key in "1234"):
            self.count = (self.count + event.key)[-6:]
            event.stop()
            event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Move to the row that is clicked; a second click follows it."""
        at = event.get_content_offset(self)
        line = self.scroll_offset.y + at.y if at else -1
        if 0 <= line < len(self._lines):
            index = self._lines[line][0]
            if 0 <= index < len(self.view.rows) and self.view.rows[index].selectable:
                self.cursor = index
        if event.chain == 2 and self.row is not None:
            self.post_message(self.Chosen(self))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        number = y + self.scroll_offset.y
        if not self.view.rows:
            text = self.view.empty if number == 0 else ""
            return self.ink((Span("  "), Span(text, "muted")), width)
        if number >= len(self._lines):
            return self.ink((), width)
        index, line = self._lines[number]
        if index != self.cursor:
            return self.ink((Span("  "), *line), width, query=self.sought)
        mark = Span(glyphs.CURSOR + " ", "accent" if self.has_focus else "muted")
        return self.ink((mark, *line), width, cursor=self.has_focus, query=self.sought)

    def move(self, rows: int) -> None:
        """Move the cursor by a number of rows; where there is none to move, scroll."""
        if self.cursor < 0:
            self.scroll_relative(y=rows, animate=False)
            return
        step = 1 if rows > 0 else -1
        stops = [at for at, row in enumerate(self.view.rows) if row.selectable]
        here = stops.index(self.cursor)
        there = min(max(here + rows, 0), len(stops) - 1)
        self.cursor = stops[there]
        if there in (0, len(stops) - 1) and here == there:
            # Headings before the first row and notes after the last come into view.
            self.scroll_relative(y=step * self._heights[self.cursor], animate=False)

    def action_down(self) -> None:
        """Go down by the count."""
        self.move(self._taken())

    def action_up(self) -> None:
        """Go up by the count."""
        self.move(-self._taken())

    def action_half_down(self) -> None:
        """Go down half a page."""
        self._page(self._taken() * max(self.size.height // 2, 1))

    def action_half_up(self) -> None:
        """Go up half a page."""
        self._page(-self._taken() * max(self.size.height // 2, 1))

    def action_page_down(self) -> None:
        """Go down a page."""
        self._page(self._taken() * max(self.size.height - 1, 1))

    def action_page_up(self) -> None:
        """Go up a page."""
        self._page(-self._taken() * max(self.size.height - 1, 1))

    def action_top(self) -> None:
        """Go to the first row."""
        self.count = ""
        self.cursor = self._nearest(0, 1)
        self.scroll_to(y=0, animate=False)

    def action_bottom(self) -> None:
        """Go to the last row, or to the one that the count names."""
        stops = [at for at, row in enumerate(self.view.rows) if row.selectable]
        wanted = int(self.count) if self.count else len(stops)
        self.count = ""
        if stops:
            self.cursor = stops[min(max(wanted, 1), len(stops)) - 1]
        if wanted >= len(stops):
            self.scroll_to(y=len(self._lines), animate=False)

    def _taken(self) -> int:
        number = int(self.count) if self.count else 1
        self.count = ""
        return max(number, 1)

    def _page(self, lines: int) -> None:
        """Move by lines: the cursor goes to the row that far away."""
        if self.cursor < 0:
            self.scroll_relative(y=lines, animate=False)
            return
        target = self._first_lines[self.cursor] + lines
        target = min(max(target, 0), len(self._lines) - 1)
        at = self._nearest(self._lines[target][0], 1 if lines > 0 else -1)
        if at == self.cursor:
            self.move(1 if lines > 0 else -1)
        else:
            self.cursor = at

    def _nearest(self, index: int, step: int) -> int:
        """The row at a position that can be selected, or the nearest, first towards ``step``."""
        rows = self.view.rows
        index = max(min(index, len(rows) - 1), 0)
        onward = range(index, len(rows)) if step > 0 else range(index, -1, -1)
        backward = range(index, -1, -1) if step > 0 else range(index, len(rows))
        stops = (at for at in (*onward, *backward) if at < len(rows) and rows[at].selectable)
        return next(stops, -1)

    def _lay_out(self) -> None:
        self._width = self.size.width
        room = max(self._width - _GUTTER - _MARGIN, 1)
        self._lines = []
        self._first_lines = []
        self._heights = []
        blank: Line = ()
        for index, row in enumerate(self.view.rows):
            if row.spaced and index:
                self._lines.append((_BLANK, blank))
            self._first_lines.append(len(self._lines))
            lines = lay_out(row, room, self.view.lead_width, measure)
            self._lines.extend((index, line) for line in lines)
            self._heights.append(len(lines))
        self.virtual_size = Size(self._width, len(self._lines))
        self.refresh()

    def _reveal(self) -> None:
        """Scroll so that the cursor's row is seen, with a line of context where there is room."""
        height = self.size.height
        if not 0 <= self.cursor < len(self._first_lines) or height < 1:
            return
        context = 1 if height > 4 else 0
        top = max(self._first_lines[self.cursor] - context, 0)
        if self.cursor == self._nearest(0, 1):
            top = 0 if self._first_lines[self.cursor] < height else top
        bottom = self._first_lines[self.cursor] + self._heights[self.cursor] + context
        bottom = min(bottom, len(self._lines))
        first = self.scroll_offset.y
        if bottom > first + height:
            first = bottom - height
        if top < first:
            first = top
        if first != self.scroll_offset.y:
            self.scroll_to(y=first, animate=False)

    def _refresh_cursor(self) -> None:
        if 0 <= self.cursor < len(self._first_lines):
            self.refresh_lines(self._first_lines[self.cursor], self._heights[self.cursor])

    def _changed(self) -> None:
        if self.is_attached:
            self.post_message(self.Moved(self))
