"""The cells of a screen.

A screen is a list of rows, a row a list of cells. A cluster that is two cells wide is followed by a
cell without text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from rich.cells import get_character_cell_size, split_graphemes

from briefing_tui.driver.sgr import DEFAULT, Style, blank_style


class Cell(NamedTuple):
    """A cluster of characters, or the second half of the cluster before it."""

    text: str
    style: Style


Row = list[Cell]
Rows = list[Row]

BLANK = Cell(" ", DEFAULT)
UNKNOWN = Cell("\0", DEFAULT)
"""A cell that was never painted, or whose content on the terminal is not known."""
_COMBINING = {"\u200d", "\ufe0f"}
"""Characters that join their neighbours, or change the width of the character before."""
_UNDISPUTED_WIDE = (
    (0x2E80, 0x303E), (0x3041, 0x4DBF), (0x4E00, 0xA4CF), (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF01, 0xFFE6), (0x20000, 0x3FFFD),
)  # fmt: skip
"""Blocks whose characters every terminal draws two cells wide."""


def uniform_rows(columns: int, lines: int, cell: Cell = BLANK) -> Rows:
    """Return a screen that repeats one cell."""
    return [[cell] * columns for _ in range(lines)]


class _NarrowCells(dict[str, Cell]):
    """The cells of one style by their character, for characters of width 1 that never combine.

    Equal cells are one object, so that comparing screens is fast.
    """

    def __init__(self, style: Style) -> None:
        super().__init__({" ": Cell(" ", blank_style(style))})
        self._style = style

    def __missing__(self, character: str) -> Cell:
        if (
            get_character_cell_size(character) != 1
            or character in _COMBINING
            or not _is_drawn(character)
        ):
            raise KeyError(character)
        self[character] = cell = Cell(character, self._style)
        return cell


_narrow_cells = lru_cache(512)(_NarrowCells)


def text_cells(text: str, style: Style) -> Row:
    """Return the cells of a text; control characters are dropped."""
    try:
        return [*map(_narrow_cells(style).__getitem__, text)]
    except KeyError:
        return _cluster_cells(text, style)


def _cluster_cells(text: str, style: Style) -> Row:
    row: Row = []
    for start, end, width in split_graphemes(text)[0]:
        cluster = "".join(filter(_is_drawn, text[start:end]))
        if width:
            row.append(Cell(cluster, blank_style(style) if cluster == " " else style))
            row += [Cell("", style)] * (width - 1)
        elif row and cluster:
            last = -1 if row[-1].text else -2
            row[last] = Cell(row[last].text + cluster, row[last].style)
    return row


def _is_drawn(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")


@lru_cache(4096)
def disputed_width(cluster: str) -> int:
    """Return the most cells that any terminal gives to a cluster; 0 if all terminals agree."""
    if cluster.isascii():
        return 0
    characters = [char for char in cluster if unicodedata.category(char) != "Mn"]
    if any(0x0900 <= ord(char) <= 0x0DFF or 0x0F00 <= ord(char) <= 0x109F for char in characters):
        return 2 * len(cluster)  # terminals disagree on where syllables of Indic scripts end
    if (
        len(characters) == 1
        and _is_undisputed(characters[0])
        and not {"\ufe0e", "\ufe0f"} & {*cluster}
    ):
        return 0
    return 2 * max(len(characters), 1)


def _is_undisputed(character: str) -> bool:
    code = ord(character)
    category = unicodedata.category(character)
    if any(first <= code <= last for first, last in _UNDISPUTED_WIDE):
        return category != "Cn"
    wide = unicodedata.east_asian_width(character) in "WF"
    disputed = category in ("Mc", "Me", "Cf", "Cn", "Co", "Sk")
    return not wide and not disputed and code < 0x1F000
