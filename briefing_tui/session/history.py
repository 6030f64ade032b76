"""Where the reader has been: a list with a place in it, as browsers keep."""

from __future__ import annotations

from typing import NamedTuple


class Location(NamedTuple):
    """A row of a pane."""

    pane: int
    """Position of the pane, counted from 0."""
    key: str | None
    """Key of the row, or None if the pane has no rows."""


class History:
    """Places that were left by following something."""

    LIMIT = 500

    def __init__(self) -> None:
        self._back: list[Location] = []
        self._forward: list[Location] = []

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to return to."""
        return bool(self._back)

    def left(self, place: Location) -> None:
        """Remember a place that is being left; there is no forward from here."""
        self._back = [*self._back, place][-self.LIMIT :]
        self._forward = []

    def back(self, here: Location) -> Location | None:
        """The place before this one."""
        if not self._back:
            return None
        self._forward.append(here)
        return self._back.pop()

    def forward(self, here: Location) -> Location | None:
        """The place that was gone back from."""
        if not self._forward:
            return None
        self._back.append(here)
        return self._forward.pop()
