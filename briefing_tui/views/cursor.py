"""Where a cursor can stand in a view, and where it goes when the view changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from briefing_tui.views.rows import View

NO_ROW = -1
"""Position of the cursor in a view without a row that it could stand on."""


class Stops:
    """The positions of a view's rows on which the cursor can stand, in order."""

    def __init__(self, view: View) -> None:
        self.positions = [index for index, row in enumerate(view.rows) if row.selectable]

    def __len__(self) -> int:
        return len(self.positions)

    def number(self, index: int) -> int:
        """Return how many stops there are up to a position."""
        return bisect_right(self.positions, index)

    def nearest(self, index: int, step: int = 1) -> int:
        """Return the stop at a position, or the nearest one, first towards ``step``."""
        if not self.positions:
            return NO_ROW
        at = (
            bisect_left(self.positions, index)
            if step > 0
            else bisect_right(self.positions, index) - 1
        )
        return self.positions[min(max(at, 0), len(self.positions) - 1)]

    def beyond(self, index: int, count: int) -> int:
        """Return the stop that many stops away, or the last one on the way."""
        if not self.positions:
            return NO_ROW
        at = bisect_left(self.positions, index) + count
        return self.positions[min(max(at, 0), len(self.positions) - 1)]

    def at(self, number: int) -> int:
        """Return the stop of that number, counted from 1, or the last one."""
        if not self.positions:
            return NO_ROW
        return self.positions[min(max(number, 1), len(self.positions)) - 1]


def index_of(view: View, key: str | None) -> int | None:
    """Return the position of the row with a key, if the cursor can stand on it."""
    for index, row in enumerate(view.rows):
        if row.key == key and row.selectable:
            return index
    return None


def cursor_after(old: View, new: View, cursor: int, begin: str | None = None) -> int:
    """Return the cursor's position in a new view, given its position in the old one.

    It stays with its row, or else at its place. At the start of a view, such as the border between
    past and future, it goes with that.

    Args:
        old: The view so far; without rows if there was none.
        new: The view that takes its place.
        cursor: Position in the old view.
        begin: Key of the row to begin at if there was no view so far.
    """
    row = old.rows[cursor] if 0 <= cursor < len(old.rows) else None
    target: str | None = new.start if row is None or row.key == old.start else row.key
    if not old.rows and index_of(new, begin) is not None:
        target = begin
    index = next((at for at, row in enumerate(new.rows) if row.key == target), cursor)
    return Stops(new).nearest(index)
