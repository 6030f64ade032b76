"""The four panes, in the order of their keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from briefing_tui.views.actors import actors
from briefing_tui.views.annotations import with_marks
from briefing_tui.views.deals import deals
from briefing_tui.views.rows import Row, View
from briefing_tui.views.scene import Scene
from briefing_tui.views.summary import summary
from briefing_tui.views.timeline import timeline


class PaneSpec(NamedTuple):
    """One of the four panes."""

    name: str
    """Its name in commands and options."""
    title: str
    """The label of its tab."""
    view: Callable[[Scene], View]


def with_news(view: Callable[[Scene], View]) -> Callable[[Scene], View]:
    """Wrap a view: mark the rows whose entries became known at this step."""

    def marked(scene: Scene) -> View:
        unmarked = view(scene)
        if scene.since is None:
            return unmarked
        rows = tuple(
            msgspec.structs.replace(row, new=True) if scene.is_new(row.entry) else row
            for row in unmarked.rows
        )
        return msgspec.structs.replace(unmarked, rows=rows)

    return marked


_POINTS = ("bottom_line", "key_points", "open_questions")

PANES = (
    PaneSpec("summary", "Summary", with_marks(with_news(summary), *_POINTS)),
    PaneSpec("timeline", "Timeline", with_marks(with_news(timeline), "timeline")),
    PaneSpec("actors", "Actors", with_marks(with_news(actors), "actors")),
    PaneSpec("deals", "Deals", with_marks(with_news(deals), "deals")),
)


def find_row(views: Sequence[View], key: str, pane: str = "") -> tuple[int, Row] | None:
    """Find a row that the cursor can stop at, and the position of its pane.

    Args:
        views: What the panes show, in the order of `PANES`.
        key: Key of the row.
        pane: Name of the pane to search first; a name that no pane has changes nothing.
    """
    for number in sorted(range(len(views)), key=lambda number: PANES[number].name != pane):
        row = views[number].find(key)
        if row is not None:
            return number, row
    return None
