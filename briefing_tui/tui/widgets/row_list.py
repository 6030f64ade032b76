"""A list of rows: laid out once for each width, drawn line by line, moved through by keys.

Only the lines that change are drawn again, so that a step costs a terminal two rows.
"""

from __future__ import annotations

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.strip import Strip
from textual.widget import Widget

from briefing_tui.tui.widgets.cursor_motion import Motion
from briefing_tui.tui.widgets.line_widget import Inked
from briefing_tui.tui.widgets.row_layout import BLANK, RowLayout
from briefing_tui.views import glyphs
from briefing_tui.views.cursor import cursor_after
from briefing_tui.views.rows import Row, Span, View

_EDGE = 2
"""Cells before the rows, for the cursor and a sign."""
_SIDES = _EDGE + 1
"""Cells beside the rows: the edge, and one of margin."""
_EMPTY = View(title="", count=0, noun="row", rows=(), empty="")


def edge_sign(row: Row) -> str:
    """What stands at the left edge of a row."""
    return glyphs.NEW if row.new else row.sign.text if row.sign else " "


class RowList(Motion, Inked):
    """The rows of one view."""

    DEFAULT_CSS = """
    RowList { height: 1fr; scrollbar-size: 0 0; }
    """

    view: var[View] = var(_EMPTY)
    room: var[Size] = var(Size(0, 0), init=False)
    """The size that the lines and the scroll position fit; zero until a layout fits them."""
    lines_seen: var[tuple[int, int, int]] = var((0, 0, 0), init=False)
    """First line that is seen, line after the last, and how many there are."""
    sought: reactive[str] = reactive("", layout=False)
    """What is searched for, to be marked."""

    class Moved(Message):
        """The cursor, the rows, the count or the part that is seen changed."""

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
        self.begin: str | None = None
        """Key of the row to begin at, if it is among the first rows."""
        self._sheet = RowLayout(view, 0)
        self.set_reactive(RowList.view, view)
        self.set_reactive(RowList.cursor, self._sheet.stops.nearest(0))

    @property
    def row(self) -> Row | None:
        """The highlighted row."""
        rows = self.view.rows
        return rows[self.cursor] if 0 <= self.cursor < len(rows) else None

    def position(self) -> tuple[int, int]:
        """The highlighted row's number among those that can be, and how many these are."""
        return self._sheet.stops.number(self.cursor), len(self._sheet.stops)

    def watch_view(self, old: View, new: View) -> None:
        """Take new rows; the cursor stays with its row, or else at its place."""
        cursor = self.cursor_in(old, new)
        self._lay_out()
        self.cursor = cursor
        self._sheet.choose(self.cursor, chosen=True)
        self._reveal()
        self.changed()

    def cursor_in(self, old: View, new: View) -> int:
        """Return where the cursor goes in new rows."""
        return cursor_after(old, new, self.cursor, self.begin)

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the rows that changed."""
        self._sheet.choose(old, chosen=False)
        self._sheet.choose(new, chosen=True)
        self._refresh_row(old)
        self._refresh_row(new)
        self._reveal()
        self.changed()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell that another part is seen."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.changed()

    def select(self, key: str) -> bool:
        """Put the cursor on the row of that key, if there is one."""
        for index, row in enumerate(self.view.rows):
            if row.key == key and row.selectable:
                self.cursor = index
                return True
        return False

    def sized(self) -> None:
        """Fit the rows to the size that a layout gives."""
        self.room = self.size

    def watch_room(self) -> None:
        """Lay the rows out for the new width; the cursor's row stays in view."""
        if max(self.size.width - _SIDES, 1) != self._sheet.width:
            self._lay_out()
        self._reveal()
        self.changed()

    def refit(self) -> None:
        """Fit the rows at the next layout even if the size stays the same."""
        self.set_reactive(RowList.room, Size(0, 0))

    def on_hide(self) -> None:
        """Bring the cursor's row into view when the list is next displayed."""
        self.refit()

    def on_focus(self) -> None:
        """Draw the cursor as the one that keys move."""
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        """Draw the cursor as one that waits."""
        self.count = ""
        self._refresh_row(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Move to the row that is clicked; a second click follows it."""
        at = event.get_content_offset(self)
        if at is None:
            return
        index = self._sheet.row_at(self.scroll_offset.y + at.y)
        if index >= 0 and self.view.rows[index].selectable:
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
        index = self._sheet.row_at(number)
        line = self._sheet.lines[number][1] if index != BLANK else ()
        first = index != BLANK and number == self._sheet.span(index)[0]
        sign = edge_sign(self.view.rows[index]) if first else " "
        if self.cursor < 0 or index != self._sheet.drawn_by(self.cursor):
            return self.ink((Span(f"{sign} ", "warning"), *line), width, query=self.sought)
        bar = glyphs.FULL if self.has_focus and not self.tints else glyphs.CURSOR
        mark = Span(bar, "accent" if self.has_focus else "muted")
        edge = Span(sign, "warning")
        return self.ink((mark, edge, *line), width, cursor=self.has_focus, query=self.sought)

    def sheet(self, view: View, width: int) -> RowLayout:
        """A view laid out for a width of the list."""
        return RowLayout(view, max(width - _SIDES, 1) if width else 0, self._sheet)

    def _lay_out(self) -> None:
        width = self.size.width
        # A list that nobody sees has no width; the width to come lays it out.
        self._sheet = self.sheet(self.view, width)
        self._sheet.choose(self.cursor, chosen=True)
        if width:
            # Nothing else depends on how long the list is: no layout has to be made anew.
            self.set_reactive(Widget.virtual_size, Size(width, len(self._sheet.lines)))
            self.scroll_to(y=min(self.scroll_y, self.max_scroll_y), animate=False)
        self.refresh()

    def _reveal(self) -> None:
        """Scroll so that the cursor's row is seen, with a line of context where there is room."""
        height = self.size.height
        start, lines = self._sheet.span(self.cursor)
        if self.cursor < 0 or height < 1 or not lines:
            return
        context = 1 if height > 4 else 0
        top = max(start - context, 0)
        if self.cursor == self._sheet.stops.nearest(0) and start < height:
            top = 0
        bottom = min(start + lines + context, len(self._sheet.lines))
        first = self.scroll_offset.y
        if bottom > first + height:
            first = bottom - height
        if top < first:
            first = top
        if first != self.scroll_offset.y:
            # Before the first drawing the framework does not know yet that there is more.
            self.scroll_to(y=first, animate=False, force=True)

    def _refresh_row(self, index: int) -> None:
        """Draw a row again, or only its edge, where nothing else tells that the cursor is there."""
        first, lines = self._sheet.span(index)
        if lines:
            whole = self.tints or self._sheet.drawn_by(index) != index
            width = self.size.width if whole else _EDGE
            self.refresh(Region(0, first - self.scroll_offset.y, width, lines))

    def changed(self) -> None:
        """Tell that the cursor, the rows or the part that is seen changed."""
        first, lines = self.scroll_offset.y, len(self._sheet.lines)
        self.lines_seen = first, min(first + self.size.height, lines), lines
        if self.is_attached:
            self.post_message(self.Moved(self))
