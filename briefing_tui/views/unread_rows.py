"""Unread rows: where they are, the next one, and the messages about them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from briefing_tui.briefing.model import Point
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.views.as_of_filter import briefing_on, format_day
from briefing_tui.views.mark_overlay import all_paths, entry_paths, news_of
from briefing_tui.views.rows import Row, RowPosition, View
from briefing_tui.views.scene import Scene, scene_on


def unread_rows(scene: Scene, views: Iterable[View]) -> list[RowPosition]:
    """Return the rows that show an unread entry, pane by pane from the top; each entry once."""
    places: list[RowPosition] = []
    listed: set[EntryPath] = set()
    news = scene.marks.news.keys()
    for pane, view in enumerate(views):
        for number, row in enumerate(view.rows):
            if row.selectable and news_of(scene, row):
                paths = {path for path in entry_paths(row.entry) if path in news}
                if not paths or paths - listed:
                    places.append(RowPosition(pane, number))
                listed |= paths
    return places


def next_unread(
    scene: Scene, views: Sequence[View], start: RowPosition, start_key: str | None, *, back: bool
) -> RowPosition | None:
    """Return the unread row after or before the cursor, wrapping around; None if there is no other.

    ``start_key`` is the key of the row at ``start``: once read, a row may disappear, and another
    row be at its position.
    """
    places = unread_rows(scene, views)
    others = [place for place in places if views[place.pane].rows[place.row].key != start_key]
    beyond = [place for place in others if (place < start) == back]
    candidates = beyond or others
    return candidates[-1 if back else 0] if candidates else None


def later_unread(scene: Scene) -> Scene | None:
    """Return the scene on the next day with an unread entry that is not shown on this one.

    If no later day has one, an earlier day may: a point that has ended since. None if there is
    none, or if the scene is narrowed: then the reader has chosen to hide entries.
    """
    if scene.focus:
        return None
    hidden = scene.marks.news.keys() - all_paths(scene.known)
    if not hidden:
        return None
    later = (day for day in scene.steps if day > scene.as_of)
    earlier = (day for day in reversed(scene.steps) if day < scene.as_of)
    whole, days = scene.document.briefing, (*later, *earlier)
    day = next((day for day in days if hidden & all_paths(briefing_on(whole, day))), None)
    return scene_on(scene, day) if day else None


def unread_count_message(count: int, elsewhere: int = 0) -> str:
    """Return the message with the number of unread entries in this briefing and in all."""
    if elsewhere:
        return f"{count:,} unread here, {count + elsewhere:,} in all"
    return f"{count:,} unread" if count > 1 else "the last unread"


def unread_day_message(row: Row, day: datetime.date) -> str:
    """Return the message that a row is shown on another day than the briefing's own."""
    ends = isinstance(row.entry, Point) and row.entry.until is not None
    return f"as of {format_day(day)}, {'before it ended' if ends else 'when it became known'}"


def hidden_unread_message(scene: Scene, escape: str) -> str:
    """Return that the focus hides unread entries, and which command widens it; empty if none."""
    marks = scene.marks
    if not marks.unread or not scene.focus:
        return ""
    return f"{marks.unread} unread, but hidden by the focus; {escape} widens it"
