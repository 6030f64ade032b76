"""What is unread in a briefing: the rows that show it, and the days on which it is known."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from briefing_tui.briefing.cite import parts
from briefing_tui.briefing.model import Briefing
from briefing_tui.briefing.problems import Path
from briefing_tui.views.as_of import at
from briefing_tui.views.marked import news_of, path_of, paths_of
from briefing_tui.views.rows import View
from briefing_tui.views.scene import Scene


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
