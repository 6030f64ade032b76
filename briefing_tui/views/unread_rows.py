"""Unread rows: where they are, the next one, and the messages about them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefing_tui.briefing.problems import EntryPath
from briefing_tui.views.annotations import all_paths, entry_paths, news_of
from briefing_tui.views.as_of import briefing_on, format_day
from briefing_tui.views.rows import View
from briefing_tui.views.scene import Scene, scene_on


class RowPosition(NamedTuple):
    """A row, by the positions of its pane and in it, counted from 0."""

    pane: int
    row: int


def unread_rows(scene: Scene, views: Iterable[View]) -> list[RowPosition]:
    """Return the rows that show an unread entry, pane by pane from the top; each entry once."""
    places: list[RowPosition] = []
    listed: set[EntryPath] = set()
    news = scene.marks.news.keys() if scene.marks else frozenset()
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
    """Return the next unread row, after the last one the first; None if there is no other.

    Args:
        scene: What is shown.
        views: Its panes.
        start: The place of the cursor. Once read, a row may disappear, and another take its place.
        start_key: Key of the row that was there, or None if the pane had no rows.
        back: Whether to search backwards.
    """
    places = unread_rows(scene, views)
    others = [place for place in places if views[place.pane].rows[place.row].key != start_key]
    beyond = [place for place in others if (place < start) == back]
    candidates = beyond or others
    return candidates[-1 if back else 0] if candidates else None


def later_unread(scene: Scene) -> Scene | None:
    """Return the scene on the next day with an unread entry that is not known on this one.

    None if there is none, or if the scene is narrowed: then the reader has chosen to hide entries.
    """
    day = None if scene.focus else day_of_unread(scene)
    return scene_on(scene, day) if day else None


def unread_count_message(count: int, elsewhere: int = 0) -> str:
    """Return the message with the number of unread entries in this briefing and in all."""
    if elsewhere:
        return f"{count:,} unread here, {count + elsewhere:,} in all"
    return f"{count:,} unread" if count > 1 else "the last unread"


def unread_day_message(day: datetime.date) -> str:
    """Return the message that a row is shown on another day than the briefing's own."""
    return f"as of {format_day(day)}, when it became known"


def hidden_unread_message(scene: Scene) -> str:
    """Return the message that the focus hides unread entries; empty if it does not."""
    marks = scene.marks
    if marks is None or not marks.unread or not scene.focus:
        return ""
    return f"{marks.unread} unread, but hidden by the focus; Esc widens it"


def nothing_unread_message(*, was_unread: bool) -> str:
    """Return the message that nothing is unread; ``was_unread``: the current row was the last."""
    return "That was the last unread row" if was_unread else "Nothing is unread"


def day_of_unread(scene: Scene) -> datetime.date | None:
    """Return the next day with an unread entry that is not known on the day of a scene."""
    if scene.marks is None:
        return None
    hidden = scene.marks.news.keys() - all_paths(scene.known)
    if not hidden:
        return None
    whole = scene.document.briefing
    later = (day for day in scene.steps if day > scene.as_of)
    return next((day for day in later if hidden & all_paths(briefing_on(whole, day))), None)
