"""Stepping over what is news to the reader: what was not read yet, or not as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from briefing_tui.reader.history import Location
from briefing_tui.reader.panes.rowlist import RowList
from briefing_tui.reader.screens.base import ReaderBase
from briefing_tui.views.marked import news_of
from briefing_tui.views.panes import PANES
from briefing_tui.views.rows import Row, View
from briefing_tui.views.unread import (
    Place,
    later_unread,
    next_unread,
    told_count,
    told_day,
    told_hidden,
    told_none,
    unread_rows,
)

if TYPE_CHECKING:
    from briefing_tui.reader.onward import Onward


class Unread(ReaderBase):
    """The commands that step over news; a row that is left was read."""

    onward: Onward | None = None
    """The way to the other briefings of a library, where this one was opened from it."""
    _under: Row | None = None
    """The highlighted row, while it may be unread."""

    def news_in(self, row: Row) -> str:
        """What is news about a row, in a word; nothing where it is none."""
        return news_of(self.scene, row) if row.selectable else ""

    def was_read(self, row: Row) -> None:
        """Count a row as read."""

    def action_next_unread(self) -> None:
        """Go to the next news, also in the panes and briefings after."""
        self._to_news(back=False)

    def action_previous_unread(self) -> None:
        """Go to the news before, also in the panes and briefings before."""
        self._to_news(back=True)

    def _to_news(self, *, back: bool) -> None:
        here, left = Place(self.active, self.rows.cursor), self.row
        was_news = left is not None and bool(self.news_in(left))
        if left is not None:
            self.was_read(left)
        key = left.key if left is not None else None
        place = next_unread(self.scene, self._views(), here, key, back=back)
        if back and (place is None or place >= here) and self._onward(back=True):
            return
        if place is not None:
            self.history.left(self.here)
            self._visit_news(place, "")
        elif not self._to_later_news(back=back) and not self._onward(back=back):
            self.say(self._nothing_unread(was_news))

    def _nothing_unread(self, was_news: bool) -> str:
        """What to say where there is nowhere to go."""
        if hidden := told_hidden(self.scene):
            return hidden
        if self.onward is not None:
            return "Nothing is unread any more, here or in another briefing"
        return told_none(was_unread=was_news)

    def _views(self) -> list[View]:
        """What the panes hold, up to date."""
        self.catch_up()
        return [pane.view for pane in self.panes]

    def _to_later_news(self, *, back: bool) -> bool:
        """Go to the next day with news that are not known on this one; whether there is any."""
        later = later_unread(self.scene)
        if later is None:
            return False
        self.show(later)
        found = unread_rows(self.scene, self._views())
        if not found:
            return False
        self._visit_news(found[-1 if back else 0], told_day(later.as_of))
        return True

    def _onward(self, *, back: bool) -> bool:
        """Go to another briefing; whether there is one with news."""
        return not self.scene.focus and self.onward is not None and self.onward.go(back=back)

    def _visit_news(self, place: Place, when: str) -> None:
        row = self.panes[place.pane].view.rows[place.row]
        self.go(Location(place.pane, row.key))
        self._under = row
        marks = self.scene.marks
        elsewhere = self.onward.elsewhere if self.onward is not None else 0
        count = told_count(marks.unread if marks else 0, elsewhere)
        self.say(told_news(self.news_in(row), place.pane, count, when))

    @on(RowList.Moved)
    def _leave(self, event: RowList.Moved) -> None:
        """Count the row that was left as read."""
        if event.rows is not self.rows:
            return
        left, self._under = self._under, self.row
        if left is not None and (self.row is None or self.row.key != left.key):
            self.was_read(left)


def told_news(news: str, pane: int, count: str, when: str) -> str:
    """What the last line says of an unread row."""
    return " · ".join(part for part in (news.capitalize(), PANES[pane].title, when, count) if part)
