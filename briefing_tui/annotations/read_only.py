"""The marks on a briefing, from its sidecars and what was read of it, to be looked at only."""

from __future__ import annotations

from collections.abc import Iterable

from briefing_tui.annotations.anchors import anchors
from briefing_tui.annotations.read_state import Seen, difference
from briefing_tui.annotations.resolve import listed
from briefing_tui.annotations.sidecar import Sidecar
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.views.marks import Marks
from briefing_tui.views.scene import Scene


def marks_on(scene: Scene, sidecars: Iterable[Sidecar], seen: Seen | None) -> Marks:
    """The marks on what is there of a briefing; without ``seen`` nothing is news."""
    known = anchors(scene)
    stars: set[EntryPath] = set()
    notes: dict[EntryPath, tuple[str, ...]] = {}
    for sidecar in sidecars:
        for one in listed(sidecar, known):
            if one.path is not None:
                stars |= {one.path} if one.star else set()
                if one.notes:
                    notes[one.path] = (*notes.get(one.path, ()), *one.notes)
    news = difference(seen, known).news if seen is not None else {}
    return Marks(stars=frozenset(stars), notes=notes, news=news)
