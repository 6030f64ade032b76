"""The annotations on a briefing from all its sidecars, for reading only."""

from __future__ import annotations

from collections.abc import Iterable

from briefing_tui.annotations.anchors import anchors
from briefing_tui.annotations.read_state import ReadState, difference
from briefing_tui.annotations.resolve import resolve_marks
from briefing_tui.annotations.sidecar import Sidecar
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.views.marks import Marks
from briefing_tui.views.scene import Scene


def marks_on(scene: Scene, sidecars: Iterable[Sidecar], state: ReadState | None) -> Marks:
    """Return the marks on the entries of a briefing; nothing is unread without a read state."""
    current = anchors(scene)
    stars: set[EntryPath] = set()
    notes: dict[EntryPath, tuple[str, ...]] = {}
    for sidecar in sidecars:
        for marks in resolve_marks(sidecar, current):
            if marks.path is not None:
                stars |= {marks.path} if marks.star else set()
                if marks.notes:
                    notes[marks.path] = (*notes.get(marks.path, ()), *marks.notes)
    news = difference(state, current).news if state is not None else {}
    return Marks(stars=frozenset(stars), notes=notes, news=news)
