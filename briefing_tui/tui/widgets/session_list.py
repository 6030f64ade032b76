"""The list of a session that has one."""

from __future__ import annotations

from briefing_tui.session.list_state import ListState
from briefing_tui.tui.widgets.pane import TitledList
from briefing_tui.views.rows import View


class SessionList(TitledList):
    """Shows the view and the cursor that a session has, and lets it know where keys move."""

    def __init__(self, state: ListState, title: str) -> None:
        super().__init__(id="listed")
        self.pane_title = title
        self._state = state
        self._shown: View | None = None
        """The view of the session that is shown."""

    def sync(self) -> bool:
        """Show what the session has; return whether it has another view."""
        view, cursor = self._state.view, self._state.cursor
        is_other = view is not self._shown
        if is_other:
            self._shown = view  # which may equal the one before, so that nothing is to be drawn
            self.view = view
        self.cursor = cursor
        return is_other

    def cursor_in(self, old: View, new: View) -> int:  # noqa: ARG002
        """Return the position that the session has for the cursor."""
        return self._state.cursor

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the rows that changed, and let the session know."""
        super().watch_cursor(old, new)
        if self._shown is self._state.view:
            self._state.cursor = new
