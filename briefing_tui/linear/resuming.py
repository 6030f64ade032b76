"""Beginning where an earlier session ended, of whichever reader, and telling where this one is."""

from __future__ import annotations

import datetime

import msgspec

from briefing_tui.briefing.document import Document
from briefing_tui.linear.place import Place
from briefing_tui.state import Position
from briefing_tui.views.focus import narrow_to
from briefing_tui.views.panes import PANES
from briefing_tui.views.scene import Scene, scene_of

RESUMED = "Resumed where you left"
ELSEWHERE = "own-date returns to the briefing's own date"


def scene_at(document: Document, day: datetime.date | None, position: Position | None) -> Scene:
    """A briefing as it was left: on its day, narrowed to what of the focus is still there."""
    known = position or Position()
    return narrow_to(scene_of(document, day or known.as_of), known.focus)


class Resuming(Place):
    """A reading that can be left and taken up again."""

    resumed = ""
    """What is told of it at the beginning; nothing where it begins anew."""

    def begin_at(self, position: Position) -> None:
        """Take up the pane and the rows of a position, whose day and focus are shown already."""
        if not position.pane:
            return
        self.resumed = f"{RESUMED}; {ELSEWHERE}." if self.scene.other_day else f"{RESUMED}."
        for pane, (spec, view) in enumerate(zip(PANES, self.views, strict=True)):
            if spec.name == position.pane:
                self.pane = pane
            for at, row in enumerate(view.rows):
                if row.selectable and row.key == position.rows.get(spec.name):
                    self.cursors[pane] = at

    def left(self, kept: Position) -> Position:
        """A position with the place of this reading; what else it tells stays."""
        keys = {
            spec.name: self.key_in(pane) or kept.rows.get(spec.name)
            for pane, spec in enumerate(PANES)
        }
        return msgspec.structs.replace(
            kept,
            pane=PANES[self.pane].name,
            rows={name: key for name, key in keys.items() if key},
            as_of=self.scene.other_day,
            focus=tuple(link.key for link in self.scene.focus),
        )
