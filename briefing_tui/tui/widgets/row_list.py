"""A list of rows; only the lines that change are redrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.strip import Strip
from textual.widget import Widget

from briefing_tui.briefing.terminal_text import wrap_words
from briefing_tui.commands.registry import COUNT_KEYS
from briefing_tui.driver.textual_private import SizedView
from briefing_tui.session.list_state import NO_VIEW
from briefing_tui.tui.bindings import bindings_for
from briefing_tui.tui.widgets.line_widget import draw_line, has_cursor_background
from briefing_tui.tui.widgets.row_layout import BLANK, RowLayout
from briefing_tui.views import glyphs
from briefing_tui.views.cursor import cursor_after
from briefing_tui.views.rows import Row, Span, Spans, View

_EDGE = 2
"""Cells before the rows: the cursor and a sign."""
_SIDES = _EDGE + 1
"""Cells beside the rows: the edge, and a margin of one."""
_NO_LAYOUT = RowLayout(NO_VIEW, 0)


def text_width(width: int) -> int:
    """Return the cells for the text of rows in a list of a width; 0 if it has no width yet."""
    return max(width - _SIDES, 1) if width else 0


class RowList(SizedView, can_focus=True, inherit_bindings=False):
    """The rows of a view, with a cursor that keys move, with counts as in vi.

    The cursor moves between selectable rows; the list scrolls if there are none.
    """

    DEFAULT_CSS = "RowList { height: 1fr; scrollbar-size: 0 0; }"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("list")

    view: var[View] = var(NO_VIEW)
    cursor: var[int] = var(-1, init=False)
    """Index of the highlighted row; -1 if no row is selectable."""
    count: var[str] = var("")
    """Digits typed so far."""
    room: var[Size] = var(Size(0, 0), init=False)
    """The size that the lines and the scroll position fit; zero before the first layout."""
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

    class Chosen(Message):
        """A row was double-clicked."""

        def __init__(self, rows: RowList) -> None:
            self.rows = rows
            super().__init__()

    def __init__(self, view: View = NO_VIEW, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._row_layout = _NO_LAYOUT
        if view.rows:
            self._row_layout = RowLayout(view, 0)
            self.set_reactive(RowList.cursor, self._row_layout.stops.nearest(0))
        self._pressed = BLANK
        """Index of the row on which the mouse button went down."""
        self._clicked = BLANK
        """Index of the row that was clicked last."""
        self._is_count_complete = False
        """Whether the next digit begins another count."""
        self.set_reactive(RowList.view, view)

    @property
    def row(self) -> Row | None:
        """The highlighted row."""
        rows = self.view.rows
        return rows[self.cursor] if 0 <= self.cursor < len(rows) else None

    def position(self) -> tuple[int, int]:
        """Return the number of the highlighted row among the selectable ones, and their count."""
        return self._row_layout.stops.number(self.cursor), len(self._row_layout.stops)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The first cell of the highlighted row on the screen, or of the first visible line."""
        region = self.content_region
        line = self._row_layout.span(self.cursor)[0] if self.row else 0
        line = min(max(line - self.scroll_offset.y, 0), max(region.height - 1, 0))
        return region.offset + Offset(0, line)

    @property
    def hidden_lines(self) -> int:
        """The number of lines above and below the visible part."""
        first, last, lines = self.lines_seen
        return lines - (last - first)

    # The view and the cursor

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
        return cursor_after(old, new, self.cursor)

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

    def changed(self) -> None:
        """Report that the cursor, the rows, the count or the visible part changed."""
        first, lines = self.scroll_offset.y, self._row_layout.height
        self.lines_seen = first, min(first + self.size.height, lines), lines
        if self.is_attached:
            self.post_message(self.Moved(self))

    # Keys and clicks

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

    def take_count(self, default: int = 1) -> int:
        """Return the count, or a default if none or 0 was typed, and reset it."""
        count, self.count = self.count, ""
        return int(count or 0) or default

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

    def _page(self, step: int, height: int) -> None:
        """Move the cursor by as many pages as the count, down (1) or up (-1)."""
        lines = step * self.take_count() * max(height, 1)
        if self.cursor < 0:
            self.scroll_relative(y=lines, animate=False)
            return
        target = self._row_layout.span(self.cursor)[0] + lines
        target = min(max(target, 0), self._row_layout.height - 1)
        index, _ = self._row_layout.line(target)
        stop = self._row_layout.stops.nearest(max(index, 0), step)
        if self._row_layout.drawn_by(stop) == self._row_layout.drawn_by(self.cursor):
            self.move(step)
        else:
            self.cursor = stop

    def action_command(self, name: str) -> None:
        """Run a command of the registry with the typed count."""
        self._commands[name]()

    @property
    def _commands(self) -> dict[str, Callable[[], None]]:
        half, page = self.size.height // 2, self.size.height - 1
        return {
            "down": lambda: self.move(self.take_count()),
            "up": lambda: self.move(-self.take_count()),
            "half-down": lambda: self._page(1, half),
            "half-up": lambda: self._page(-1, half),
            "page-down": lambda: self._page(1, page),
            "page-up": lambda: self._page(-1, page),
            "top": self.move_to_top,
            "bottom": self._move_to_bottom,
        }

    def move_to_top(self) -> None:
        """Move to the first row, and to what is above it."""
        self.count = ""
        self.cursor = self._row_layout.stops.nearest(0)
        self.scroll_to(y=0, animate=False)

    def _move_to_bottom(self) -> None:
        """Move to the row with the number of the count, or to the last row."""
        stops = self._row_layout.stops
        number = int(self.count) if self.count else len(stops)
        self.count = ""
        if stops:
            self.cursor = stops.at(number)
        if number >= len(stops):
            self.scroll_to(y=self._row_layout.height, animate=False)

    def on_click(self, event: events.Click) -> None:
        """Highlight the row that is clicked; a double click chooses it."""
        index = self._row_at(event)
        is_again, self._clicked = event.chain == 2 and index == self._clicked, index
        if index >= 0 and index == self._pressed and self.view.rows[index].selectable:
            self.cursor = index
            if is_again:
                self.post_message(self.Chosen(self))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember the row: a click begins and ends on the same one."""
        self._pressed = self._row_at(event)

    def _row_at(self, event: events.MouseEvent) -> int:
        """Return the index of the row below the pointer; less than 0 if there is none."""
        at = event.get_content_offset(self)
        return BLANK if at is None else self._row_layout.line(self.scroll_offset.y + at.y)[0]

    def on_focus(self) -> None:
        """Redraw the cursor, now of the focused list."""
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        """Redraw the cursor, now of an unfocused list."""
        self.count = ""
        self._refresh_row(self.cursor)

    # Layout

    def sized(self) -> None:
        """Fit the rows to the new size."""
        self.room = self.size

    def watch_room(self) -> None:
        """Lay out the rows for the new width; the highlighted row stays visible."""
        if text_width(self.size.width) != self._row_layout.width:
            self._lay_out()
        self._reveal()
        self.changed()

    def refit(self) -> None:
        """Fit the rows at the next layout, even if the size is the same."""
        self.set_reactive(RowList.room, Size(0, 0))

    def on_hide(self) -> None:
        """Scroll to the highlighted row when the list is displayed again."""
        self.refit()

    def make_layout(self, view: View, width: int) -> RowLayout:
        """Lay out a view for a width of the list."""
        return RowLayout(view, text_width(width), self._row_layout)

    def _lay_out(self) -> None:
        width = self.size.width
        # A hidden list has no width yet; it is laid out once it has one.
        self._row_layout = self.make_layout(self.view, width)
        self._row_layout.mark_point(self.cursor, marked=True)
        if width:
            # Set without a new layout: no other widget depends on the length of the list.
            self.set_reactive(Widget.virtual_size, Size(width, self._row_layout.height))
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
        bottom = min(start + lines + context, self._row_layout.height)
        first = min(max(self.scroll_offset.y, bottom - height), top)
        if first != self.scroll_offset.y:
            # Forced, since Textual does not know before the first frame that there is more.
            self.scroll_to(y=first, animate=False, force=True)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        number = y + self.scroll_offset.y
        if not self.view.rows:
            lines = wrap_words(self.view.empty, max(self.size.width - 4, 1))
            text = lines[number] if number < len(lines) else ""
            return draw_line(self.app, (Span("  "), Span(text, "muted")), self.size.width)
        index, line = self._row_layout.line(number)
        first = index != BLANK and number == self._row_layout.span(index)[0]
        sign = _edge_sign(self.view.rows[index]) if first else " "
        if self.cursor < 0 or index != self._row_layout.drawn_by(self.cursor):
            edge: Spans = (Span(f"{sign} ", "warning"),)
            return draw_line(self.app, (*edge, *line), self.size.width, query=self.search_text)
        focused = self.has_focus
        bar = glyphs.FULL if focused and not has_cursor_background(self.app) else glyphs.CURSOR
        edge = Span(bar, "accent" if focused else "muted"), Span(sign, "warning")
        return draw_line(
            self.app, (*edge, *line), self.size.width, cursor=focused, query=self.search_text
        )

    def _refresh_row(self, index: int) -> None:
        """Redraw a row, or only its edge if that alone shows the cursor."""
        first, lines = self._row_layout.span(index)
        if lines:
            whole = has_cursor_background(self.app) or self._row_layout.drawn_by(index) != index
            width = self.size.width if whole else _EDGE
            self.refresh(Region(0, first - self.scroll_offset.y, width, lines))


def _edge_sign(row: Row) -> str:
    return glyphs.NEW if row.new else row.sign.text if row.sign else " "
