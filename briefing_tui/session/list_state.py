"""The rows of a list and its cursor, for sessions that have one list."""

from __future__ import annotations

from briefing_tui.session.pane_state import NO_VIEW
from briefing_tui.views.cursor import NO_ROW, Stops, cursor_after, index_of
from briefing_tui.views.rows import Row, View


class ListState:
    """A view and the position of its cursor."""

    def __init__(self) -> None:
        self.view = NO_VIEW
        self.cursor = NO_ROW
        """Position of the highlighted row; -1 if there is none."""

    @property
    def row(self) -> Row | None:
        """The highlighted row."""
        return self.view.rows[self.cursor] if 0 <= self.cursor < len(self.view.rows) else None

    def show(self, view: View) -> None:
        """Take another view; the cursor stays with its row if the view still has it."""
        self.cursor = cursor_after(self.view, view, self.cursor)
        self.view = view

    def show_from_top(self, view: View) -> None:
        """Take another view, with the cursor on its first row."""
        self.view, self.cursor = view, Stops(view).nearest(0)

    def select(self, key: str) -> bool:
        """Highlight the row of a key; False if there is none."""
        index = index_of(self.view, key)
        if index is not None:
            self.cursor = index
        return index is not None
