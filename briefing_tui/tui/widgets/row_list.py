"""A list of rows, laid out once per width and drawn line by line.

Only the lines that change are redrawn, so that a step sends two rows to the terminal.
"""

from __future__ import annotations

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.strip import Strip
from textual.widget import Widget

from briefing_tui.tui.widgets.cursor_list import CursorList
from briefing_tui.tui.widgets.line_widget import LineWidget
from briefing_tui.tui.widgets.row_layout import BLANK, RowLayout
from briefing_tui.views import glyphs
from briefing_tui.views.cursor import cursor_after
from briefing_tui.views.rows import Row, Span, View

_EDGE = 2
"""Cells before the rows: the cursor and a sign."""
_SIDES = _EDGE + 1
"""Cells beside the rows: the edge, and a margin of one."""
_EMPTY = View(title="", count=0, noun="row", rows=(), empty="")
_NO_LAYOUT = RowLayout(_EMPTY, 0)


def edge_sign(row: Row) -> str:
    """Return the sign at the left edge of a row."""
    return glyphs.NEW if row.new else row.sign.text if row.sign else " "


class RowList(CursorList, LineWidget):
    """The rows of one view."""

    DEFAULT_CSS = """
    RowList { height: 1fr; scrollbar-size: 0 0; }
    """

    view: var[View] = var(_EMPTY)
    room: var[Size] = var(Size(0, 0), init=False)
    """The size that the lines and the scroll position fit; zero until a layout fits them."""
    lines_seen: var[tuple[int, int, int]] = var((0, 0, 0), init=False)
    """First visible line, the line after the last visible one, and the number of lines."""
    search_text: reactive[str] = reactive("", layout=False)
    """Text whose occurrences are highlighted."""

    class Moved(Message):
        """The cursor, the rows, the count or the visible part changed."""

        def __init__(self, rows: RowList) -> None:
            self.rows = rows
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Keep only the last of several moves of a list."""
            return isinstance(message, RowList.Moved) and message.rows is self.rows

        @property
        def control(self) -> RowList:
            """The list that moved."""
            return self.rows

    class Chosen(Message):
        """A row was double-clicked."""

        def __init__(self, rows: RowList) -> None:
            self.rows = rows
            super().__init__()

    def __init__(self, view: View = _EMPTY, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.begin: str | None = None
        """Key of the row to begin at, if the first view has it."""
        self._row_layout = _NO_LAYOUT
        if view.rows:
            self._row_layout = RowLayout(view, 0)
            self.set_reactive(RowList.cursor, self._row_layout.stops.nearest(0))
        self.set_reactive(RowList.view, view)

    @property
    def row(self) -> Row | None:
        """The highlighted row."""
        rows = self.view.rows
        return rows[self.cursor] if 0 <= self.cursor < len(rows) else None

    def position(self) -> tuple[int, int]:
        """Return the number of the highlighted row among the selectable ones, and their count."""
        return self._row_layout.stops.number(self.cursor), len(self._row_layout.stops)

    def watch_view(self, old: View, new: View) -> None:
        """Show new rows; the cursor stays on its row, or else at its position."""
        cursor = self.cursor_in(old, new)
        self._lay_out()
        self.cursor = cursor
        self._row_layout.mark_point(self.cursor, marked=True)
        self._reveal()
        self.changed()

    def cursor_in(self, old: View, new: View) -> int:
        """Return the cursor in a new view."""
        return cursor_after(old, new, self.cursor, self.begin)

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw the rows that changed."""
        self._row_layout.mark_point(old, marked=False)
        self._row_layout.mark_point(new, marked=True)
        self._refresh_row(old)
        self._refresh_row(new)
        self._reveal()
        self.changed()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Report that another part is visible."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.changed()

    def select(self, key: str) -> bool:
        """Highlight the row of a key; False if there is none."""
        for index, row in enumerate(self.view.rows):
            if row.key == key and row.selectable:
                self.cursor = index
                return True
        return False

    def sized(self) -> None:
        """Fit the rows to the new size."""
        self.room = self.size

    def watch_room(self) -> None:
        """Lay out the rows for the new width; the highlighted row stays visible."""
        if max(self.size.width - _SIDES, 1) != self._row_layout.width:
            self._lay_out()
        self._reveal()
        self.changed()

    def refit(self) -> None:
        """Fit the rows at the next layout, even if the size is the same."""
        self.set_reactive(RowList.room, Size(0, 0))

    def on_hide(self) -> None:
        """Scroll to the highlighted row when the list is displayed again."""
        self.refit()

    def on_focus(self) -> None:
        """Redraw the cursor, now of the focused list."""
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        """Redraw the cursor, now of an unfocused list."""
        self.count = ""
        self._refresh_row(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Highlight the row that is clicked; a double click chooses it."""
        at = event.get_content_offset(self)
        if at is None:
            return
        index = self._row_layout.row_at(self.scroll_offset.y + at.y)
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
            return self.draw_line((Span("  "), Span(text, "muted")), width)
        index = self._row_layout.row_at(number)
        line = self._row_layout.lines[number][1] if index != BLANK else ()
        first = index != BLANK and number == self._row_layout.span(index)[0]
        sign = edge_sign(self.view.rows[index]) if first else " "
        if self.cursor < 0 or index != self._row_layout.drawn_by(self.cursor):
            return self.draw_line(
                (Span(f"{sign} ", "warning"), *line), width, query=self.search_text
            )
        bar = glyphs.FULL if self.has_focus and not self.has_row_background else glyphs.CURSOR
        mark = Span(bar, "accent" if self.has_focus else "muted")
        edge = Span(sign, "warning")
        return self.draw_line(
            (mark, edge, *line), width, cursor=self.has_focus, query=self.search_text
        )

    def make_layout(self, view: View, width: int) -> RowLayout:
        """Lay out a view for a width of the list."""
        return RowLayout(view, max(width - _SIDES, 1) if width else 0, self._row_layout)

    def _lay_out(self) -> None:
        width = self.size.width
        # A hidden list has no width yet; it is laid out once it has one.
        self._row_layout = self.make_layout(self.view, width)
        self._row_layout.mark_point(self.cursor, marked=True)
        if width:
            # Set without a new layout: no other widget depends on the length of the list.
            self.set_reactive(Widget.virtual_size, Size(width, len(self._row_layout.lines)))
            self.scroll_to(y=min(self.scroll_y, self.max_scroll_y), animate=False)
        self.refresh()

    def _reveal(self) -> None:
        """Scroll to the highlighted row, with a line of context if there is room."""
        height = self.size.height
        start, lines = self._row_layout.span(self.cursor)
        if self.cursor < 0 or height < 1 or not lines:
            return
        context = 1 if height > 4 else 0
        top = max(start - context, 0)
        if self.cursor == self._row_layout.stops.nearest(0) and start < height:
            top = 0
        bottom = min(start + lines + context, len(self._row_layout.lines))
        first = self.scroll_offset.y
        if bottom > first + height:
            first = bottom - height
        if top < first:
            first = top
        if first != self.scroll_offset.y:
            # Forced, since Textual does not know before the first frame that there is more.
            self.scroll_to(y=first, animate=False, force=True)

    def _refresh_row(self, index: int) -> None:
        """Redraw a row, or only its edge if that alone shows the cursor."""
        first, lines = self._row_layout.span(index)
        if lines:
            whole = self.has_row_background or self._row_layout.drawn_by(index) != index
            width = self.size.width if whole else _EDGE
            self.refresh(Region(0, first - self.scroll_offset.y, width, lines))

    def changed(self) -> None:
        """Report that the cursor, the rows or the visible part changed."""
        first, lines = self.scroll_offset.y, len(self._row_layout.lines)
        self.lines_seen = first, min(first + self.size.height, lines), lines
        if self.is_attached:
            self.post_message(self.Moved(self))
