"""Rows that moved up or down together: the terminal moves them itself (DECSTBM, IL, DL)."""

from __future__ import annotations

from collections import Counter
from itertools import compress
from operator import eq
from typing import NamedTuple

from briefing_tui.driver.cells import UNKNOWN, Row, Rows, uniform_rows

_MIN_ROWS = 3
"""Rows that must differ before looking for a scroll."""
_MIN_GAIN = 60
"""Cells that a scroll must put right to be worth its bytes."""


class Scroll(NamedTuple):
    """A region whose rows move; the content of the rows that enter it is not known."""

    top: int
    bottom: int
    """The last row of the region."""
    by: int
    """Rows upwards; negative downwards."""

    def sequence(self) -> str:
        """Return the control sequences; the cursor position is unknown after them."""
        number = "" if abs(self.by) == 1 else abs(self.by)
        move = f"\x1b[{number}{'M' if self.by > 0 else 'L'}"
        corner = f"\x1b[{self.top + 1}H" if self.top else ""
        return f"\x1b[{self.top + 1};{self.bottom + 1}r{corner}{move}\x1b[r"

    def apply(self, rows: Rows) -> Rows:
        """Return a screen after the scroll."""
        region = rows[self.top : self.bottom + 1]
        entering = uniform_rows(len(region[0]), abs(self.by), UNKNOWN)
        region = region[self.by :] + entering if self.by > 0 else entering + region[: self.by]
        return [*rows[: self.top], *region, *rows[self.bottom + 1 :]]


def find_scroll(current: Rows, target: Rows) -> Scroll | None:
    """Return the scroll that saves bytes on the way to a target screen; None if there is none.

    Identical rows elsewhere give the distance. The number of cells that become right decides on the
    extent: a row may differ slightly from the one that moved, by a highlight for instance.
    """
    height = len(target)
    changed = [y for y in range(height) if current[y] != target[y]]
    if len(changed) < _MIN_ROWS:
        return None
    distances = Counter(
        other - y
        for y in changed
        for other in changed
        if other != y
        and current[other] == target[y]
        and target[y].count(target[y][0]) < len(target[y])
    )
    for by, count in distances.most_common(2):
        if count >= _MIN_ROWS - 1 and (scroll := _best_region(current, target, by, {*changed})):
            return scroll
    return None


def _best_region(current: Rows, target: Rows, by: int, changed: set[int]) -> Scroll | None:
    """Return the region that gains most from a move; None if it gains too little."""
    height = len(target)
    candidates = range(max(-by, 0), min(height - by, height))
    start = candidates.start
    gain = best_gain = 0
    first = last = -1
    for y in candidates:
        # A row that is right already cannot gain: it counts only between rows that do.
        if gain or y in changed:
            gain += _common_cells(current[y + by], target[y]) - _common_cells(current[y], target[y])
        if gain <= 0:
            gain, start = 0, y + 1
        elif gain > best_gain:
            best_gain, first, last = gain, start, y
    if best_gain < _MIN_GAIN:
        return None
    top, bottom = min(first, first + by), max(last, last + by)
    entering = range(last + 1, bottom + 1) if by > 0 else range(top, first)
    best_gain -= sum(_common_cells(current[y], target[y]) for y in entering)
    return Scroll(top, bottom, by) if best_gain >= _MIN_GAIN else None


def _common_cells(row: Row, other: Row) -> int:
    """Return how many cells two rows have in common, except for blanks, which cost little."""
    texts = [text for text, _ in compress(row, map(eq, row, other))]
    return len(texts) - texts.count(" ")
