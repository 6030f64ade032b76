"""What is unread in a briefing: the rows and days that show it, the way there, what to say."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefing_tui.briefing.dates import Edtf, words
from briefing_tui.briefing.model import Briefing
from briefing_tui.briefing.problems import Path
from briefing_tui.briefing.provenance import parts
from briefing_tui.views.annotations import news_of, path_of, paths_of
from briefing_tui.views.as_of import at
from briefing_tui.views.rows import View
from briefing_tui.views.scene import Scene, moved_to


class Place(NamedTuple):
    """A row, by positions counted from 0."""

    pane: int
    row: int


def unread_rows(scene: Scene, views: Iterable[View]) -> list[Place]:
    """The rows that show something unread, pane by pane from the top; each entry once."""
    found: list[Place] = []
    before: set[Path] = set()
    news = scene.marks.news.keys() if scene.marks else frozenset()
    for pane, view in enumerate(views):
        for number, row in enumerate(view.rows):
            if row.selectable and news_of(scene, row):
                paths = {path for path in paths_of(row.entry) if path in news}
                if not paths or paths - before:
                    found.append(Place(pane, number))
                before |= paths
    return found


def next_unread(
    scene: Scene, views: Sequence[View], here: Place, left: str | None, *, back: bool
) -> Place | None:
    """The next unread row, and the first after the last; nothing where there is no other.

    Args:
        scene: What is shown.
        views: Its panes.
        here: Where the reader was. Once read, a row may be gone, and another in its place.
        left: Key of the row there, or None if the pane had no rows.
        back: Whether to go to the one before, and to the last before the first.
    """
    found = unread_rows(scene, views)
    others = [one for one in found if views[one.pane].rows[one.row].key != left]
    beyond = [one for one in others if (one < here) == back]
    there = beyond or others
    return there[-1 if back else 0] if there else None


def later_unread(scene: Scene) -> Scene | None:
    """The scene on the next day that has something unread which is not known on its own.

    What is hidden by a focus stays so: the reader has asked for that.
    """
    day = None if scene.focus else day_of_unread(scene)
    return moved_to(scene, day) if day else None


def told_count(here: int, elsewhere: int = 0) -> str:
    """How much is unread, in this briefing and in all."""
    if elsewhere:
        return f"{here:,} unread here, {here + elsewhere:,} in all"
    return f"{here:,} unread" if here > 1 else "the last unread"


def told_day(day: datetime.date) -> str:
    """That a row is seen on another day than the briefing's own."""
    return f"as of {words(Edtf.parse(day.isoformat()))}, when it became known"


def told_hidden(scene: Scene) -> str:
    """That the focus hides what is unread; nothing where it does not."""
    marks = scene.marks
    if marks is None or not marks.unread or not scene.focus:
        return ""
    return f"{marks.unread} unread, but hidden by the focus; Esc widens it"


def told_none(*, was_unread: bool) -> str:
    """That nothing is unread, after a row that was, or not."""
    return "That was the last unread row" if was_unread else "Nothing is unread"


def day_of_unread(scene: Scene) -> datetime.date | None:
    """The next day on which something unread is known that is not known on the day of a scene."""
    if scene.marks is None:
        return None
    hidden = scene.marks.news.keys() - _paths(scene.known)
    if not hidden:
        return None
    later = (day for day in scene.steps if day > scene.as_of)
    return next((day for day in later if hidden & _paths(at(scene.document.briefing, day))), None)


def _paths(briefing: Briefing) -> set[Path | None]:
    return {path_of(part) for part in parts(briefing)}
