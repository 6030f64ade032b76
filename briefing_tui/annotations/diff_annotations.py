"""Marks on what is new or changed against another version, for one session."""

from __future__ import annotations

from briefing_tui.annotations.anchors import anchors
from briefing_tui.annotations.read_state import Seen, first_seen
from briefing_tui.annotations.store import Notebook
from briefing_tui.views.scene import Scene


class Compared(Notebook):
    """As if the other version had been read, and nothing since."""

    def __init__(self, scene: Scene, old: Scene) -> None:
        self._old = old
        super().__init__(scene)

    def _recalled(self) -> Seen | None:
        return first_seen(anchors(self._old))
