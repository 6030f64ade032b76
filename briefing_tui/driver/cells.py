"""What a terminal shows, cell by cell.

A screen is a list of rows, a row a list of cells; a cluster that is two cells wide is followed by a
cell without text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from rich.cells import get_character_cell_size, split_graphemes

from briefing_tui.driver.sgr import DEFAULT, Pen, on_blank


class Cell(NamedTuple):
    """One cell: a cluster of characters, or the second half of the one before it."""

    text: str
    pen: Pen


Row = list[Cell]
Rows = list[Row]

BLANK = Cell(" ", DEFAULT)
UNKNOWN = Cell("\0", DEFAULT)
"""What nobody painted, or nobody knows to be shown."""
_JOINING = {"\u200d", "\ufe0f"}
"""What makes one cluster of its neighbours, or another width of the one before."""
_SINGLE_KEPT = 1024
"""Characters of one style that are kept; a briefing has a few hundred."""
_AGREED_WIDE = (
    (0x2E80, 0x303E), (0x3041, 0x4DBF), (0x4E00, 0xA4CF), (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF01, 0xFFE6), (0x20000, 0x3FFFD),
)  # fmt: skip
"""Blocks whose characters every terminal draws two cells wide."""


def blank(columns: int, lines: int, cell: Cell = BLANK) -> Rows:
    """An empty screen."""
    return [[cell] * columns for _ in range(lines)]


class _Single(dict[str, Cell]):
    """The cells of one style, for characters that take one cell and join no other.

    What is the same cell is the same object, so that screens are quickly compared.
    """

    def __init__(self, pen: Pen) -> None:
        super().__init__({" ": Cell(" ", on_blank(pen))})
        self._pen = pen

    def __missing__(self, sign: str) -> Cell:
        if get_character_cell_size(sign) != 1 or sign in _JOINING or not _drawn(sign):
            raise KeyError(sign)
        found = Cell(sign, self._pen)
        if len(self) < _SINGLE_KEPT:
            self[sign] = found
        return found


_single = lru_cache(512)(_Single)


def cells_of(text: str, pen: Pen) -> Row:
    """The cells that a text takes; controls take none and are left out."""
    try:
        return [*map(_single(pen).__getitem__, text)]
    except KeyError:
        return _clusters(text, pen)


def _clusters(text: str, pen: Pen) -> Row:
    found: Row = []
    for start, end, width in split_graphemes(text)[0]:
        cluster = "".join(filter(_drawn, text[start:end]))
        if width:
            found.append(Cell(cluster, on_blank(pen) if cluster == " " else pen))
            found += [Cell("", pen)] * (width - 1)
        elif found and cluster:
            last = -1 if found[-1].text else -2
            found[last] = Cell(found[last].text + cluster, found[last].pen)
    return found


def _drawn(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp")


@lru_cache(4096)
def reach(cluster: str) -> int:
    """Cells that some terminal may give to a cluster; 0 where all agree on what it takes."""
    if cluster.isascii():
        return 0
    signs = [sign for sign in cluster if unicodedata.category(sign) != "Mn"]
    if any(0x0900 <= ord(sign) <= 0x0DFF or 0x0F00 <= ord(sign) <= 0x109F for sign in signs):
        return 2 * len(cluster)  # where syllables of Indic scripts end is a matter of opinion
    if len(signs) == 1 and _agreed(signs[0]) and not {"\ufe0e", "\ufe0f"} & {*cluster}:
        return 0
    return 2 * max(len(signs), 1)


def _agreed(sign: str) -> bool:
    code = ord(sign)
    if any(first <= code <= last for first, last in _AGREED_WIDE):
        return unicodedata.category(sign) != "Cn"
    wide = unicodedata.east_asian_width(sign) in "WF"
    unsure = unicodedata.category(sign) in ("Mc", "Me", "Cf", "Cn", "Co", "Sk")
    return not wide and not unsure and code < 0x1F000
