"""The cursor of a view: the rows on which it can stop, and where it goes in a new view."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from briefing_tui.views.rows import View

NO_ROW = -1
"""Position of the cursor in a view without stops."""


class Stops:
    """The positions of the rows of a view on which the cursor can stop, in order."""

    def __init__(self, view: View) -> None:
        self.positions = [index for index, row in enumerate(view.rows) if row.selectable]

    def __len__(self) -> int:
        return len(self.positions)

    def number(self, index: int) -> int:
        """Return how many stops there are up to a position."""
        return bisect_right(self.positions, index)

    def nearest(self, index: int, step: int = 1) -> int:
        """Return the stop at a position, or the nearest one, preferably towards ``step``."""
        if step > 0:
            return self.at(bisect_left(self.positions, index) + 1)
        return self.at(bisect_right(self.positions, index))

    def beyond(self, index: int, count: int) -> int:
        """Return the stop ``count`` stops away, or the last one on the way."""
        return self.at(bisect_left(self.positions, index) + 1 + count)

    def at(self, number: int) -> int:
        """Return the stop of a number, counted from 1, or else the first or last one."""
        if not self.positions:
            return NO_ROW
        return self.positions[min(max(number, 1), len(self.positions)) - 1]


def index_of(view: View, key: str | None) -> int | None:
    """Return the position of the row with a key, if the cursor can stop there."""
    rows = enumerate(view.rows)
    return next((index for index, row in rows if row.key == key and row.selectable), None)


def cursor_after(old: View, new: View, cursor: int, begin: str | None = None) -> int:
    """Return the cursor's position in a new view, given its position in the old one.

    It stays on its row, or else at its position. If it is at the start of a view, such as the
    border between past and future, it moves to the start of the new one. If the old view has no
    rows, it begins at the row with the key ``begin``.
    """
    row = old.rows[cursor] if 0 <= cursor < len(old.rows) else None
    target: str | None = new.start if row is None or row.key == old.start else row.key
    if not old.rows and index_of(new, begin) is not None:
        target = begin
    index = next((at for at, row in enumerate(new.rows) if row.key == target), cursor)
    return Stops(new).nearest(index)
