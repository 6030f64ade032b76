"""Where a row leads beyond the briefing that is read."""

from __future__ import annotations

from briefing_tui.tui.screens.base import ReaderBase
from briefing_tui.views.rows import Link


class Leading(ReaderBase):
    """The ways from a row to other briefings, for whoever follows it."""

    def ways_out(self) -> list[Link]:
        """The ways from the highlighted row; a briefing on its own has none."""
        return []

    def go_out(self, link: Link) -> None:
        """Take one of these ways."""
