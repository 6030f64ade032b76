"""Stepping over what is news to the reader: what was not read yet, or not as it is now."""

from __future__ import annotations

from textual import on

from briefing_tui.reader.history import Location
from briefing_tui.reader.panes.rowlist import RowList
from briefing_tui.reader.screens.base import ReaderBase
from briefing_tui.views.marked import news_of, path_of
from briefing_tui.views.panes import PANES
from briefing_tui.views.rows import Row


class Unread(ReaderBase):
    """The commands that step over news; a row that is left was read."""

    _under: Row | None = None
    """The highlighted row, while it may be unread."""

    def news_in(self, row: Row) -> str:
        """What is news about a row, in a word; nothing where it is none."""
        return news_of(self.scene, row) if row.selectable else ""

    def was_read(self, row: Row) -> None:
        """Count a row as read."""

    def action_next_unread(self) -> None:
        """Go to the next news, also in the panes after."""
        self._to_news(back=False)

    def action_previous_unread(self) -> None:
        """Go to the news before, also in the panes before."""
        self._to_news(back=True)

    def _to_news(self, *, back: bool) -> None:
        here, left = (self.active, self.rows.cursor), self.row
        was_news = left is not None and bool(self.news_in(left))
        if left is not None:
            self.was_read(left)
        found = [
            (number, at)
            for number, pane in enumerate(self.panes)
            for at, row in enumerate(pane.view.rows)
            if self.news_in(row)
        ]
        others = [one for one in found if one != here]
        if not others:
            self.say(self.nothing_unread(was_news))
            return
        beyond = [one for one in others if (one < here if back else one > here)] or others
        pane, at = beyond[-1 if back else 0]
        row = self.panes[pane].view.rows[at]
        self.history.left(self.here)
        self.go(Location(pane, row.key))
        self._under = row
        entries = len({path_of(self.panes[one].view.rows[two].entry) for one, two in others})
        more = f"{entries} unread" if entries > 1 else "the last unread"
        self.say(f"{self.news_in(row).capitalize()} · {PANES[pane].title} · {more}")

    def nothing_unread(self, was_news: bool) -> str:
        """What to say where there is nowhere to go."""
        return "That was the last unread row" if was_news else "Nothing is unread"

    @on(RowList.Moved)
    def _leave(self, event: RowList.Moved) -> None:
        """Count the row that was left as read."""
        if event.rows is not self.rows:
            return
        left, self._under = self._under, self.row
        if left is not None and (self.row is None or self.row.key != left.key):
            self.was_read(left)
