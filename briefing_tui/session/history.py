"""The locations that a reader visited, as in the history of a browser."""

from __future__ import annotations

from typing import NamedTuple


class Location(NamedTuple):
    """A row of a pane, by its key; None if the pane has no rows."""

    pane: int
    key: str | None


class History:
    """Locations to go back and forward to."""

    LIMIT = 500

    def __init__(self) -> None:
        self._back: list[Location] = []
        self._forward: list[Location] = []

    @property
    def can_go_back(self) -> bool:
        """Whether there is a location to go back to."""
        return bool(self._back)

    def push(self, location: Location) -> None:
        """Add a location that the reader leaves; the locations ahead are removed."""
        self._back = [*self._back, location][-self.LIMIT :]
        self._forward = []

    def back(self, current: Location) -> Location | None:
        """Return the previous location; None if there is none."""
        if not self._back:
            return None
        self._forward.append(current)
        return self._back.pop()

    def forward(self, current: Location) -> Location | None:
        """Return the next location; None if there is none."""
        if not self._forward:
            return None
        self._back.append(current)
        return self._forward.pop()
