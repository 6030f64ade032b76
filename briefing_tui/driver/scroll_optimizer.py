"""Rows that moved up or down together: the terminal moves them itself (DECSTBM, IL, DL)."""

from __future__ import annotations

from collections import Counter
from itertools import compress
from operator import eq
from typing import NamedTuple

from briefing_tui.driver.cells import UNKNOWN, Row, Rows

_FEWEST = 3
"""Rows that must differ before it is asked whether they have moved."""
_WORTH = 60
"""Cells that must be right by moving them, and would not be otherwise."""


class Scroll(NamedTuple):
    """Rows of a region that move; those that come in show anything."""

    top: int
    bottom: int
    """The last row of the region."""
    by: int
    """Rows upwards; fewer than none are downwards."""

    def sequence(self) -> str:
        """The control sequences, after which the cursor is anywhere."""
        number = "" if abs(self.by) == 1 else abs(self.by)
        move = f"\x1b[{number}{'M' if self.by > 0 else 'L'}"
        corner = f"\x1b[{self.top + 1}H" if self.top else ""
        return f"\x1b[{self.top + 1};{self.bottom + 1}r{corner}{move}\x1b[r"

    def rows(self, shown: Rows) -> Rows:
        """What is shown afterwards."""
        region = shown[self.top : self.bottom + 1]
        new = [[UNKNOWN] * len(region[0]) for _ in range(abs(self.by))]
        region = region[self.by :] + new if self.by > 0 else new + region[: self.by]
        return [*shown[: self.top], *region, *shown[self.bottom + 1 :]]


def scroll(shown: Rows, wanted: Rows) -> Scroll | None:
    """How rows have moved, if it is worth while to let them be moved.

    Rows that are the same elsewhere tell how far. How many go along is told by the cells that are
    right afterwards and were not before: the row at which the reader is, say, is marked.
    """
    height = len(wanted)
    changed = [y for y in range(height) if shown[y] != wanted[y]]
    if len(changed) < _FEWEST:
        return None
    found = Counter(
        other - y
        for y in changed
        for other in changed
        if other != y
        and shown[other] == wanted[y]
        and wanted[y].count(wanted[y][0]) < len(wanted[y])
    )
    for by, count in found.most_common(2):
        if count >= _FEWEST - 1 and (best := _best(shown, wanted, by, {*changed})):
            return best
    return None


def _best(shown: Rows, wanted: Rows, by: int, changed: set[int]) -> Scroll | None:
    """The region that gains most from moving so far, if that is worth while."""
    height = len(wanted)
    reach = range(max(-by, 0), min(height - by, height))
    start = reach.start
    run = most = 0
    first = last = -1
    for y in reach:
        # A row that is right where it is cannot gain, and is looked at only between others.
        if run or y in changed:
            run += _same(shown[y + by], wanted[y]) - _same(shown[y], wanted[y])
        if run <= 0:
            run, start = 0, y + 1
        elif run > most:
            most, first, last = run, start, y
    if most < _WORTH:
        return None
    top, bottom = min(first, first + by), max(last, last + by)
    lost = range(last + 1, bottom + 1) if by > 0 else range(top, first)
    worth = most - sum(_same(shown[y], wanted[y]) for y in lost)
    return Scroll(top, bottom, by) if worth >= _WORTH else None


def _same(one: Row, other: Row) -> int:
    """How many cells two rows have in common, blanks not counted: these cost little."""
    if one is other or one == other:
        texts = [text for text, _ in one]
    else:
        texts = [text for text, _ in compress(one, map(eq, one, other))]
    return len(texts) - texts.count(" ")
