"""What the framework wants shown: the bytes that it writes, read back into cells.

Its drivers get a screen as moves of the cursor (CUP), styles (SGR), links (OSC 8) and text. Reading
that costs little, since a piece that was read before is remembered whole.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from briefing_tui.driver.cells import BLANK, UNKNOWN, Cell, Row, Rows, cells_of
from briefing_tui.driver.sgr import on_blank, pen

_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
_PIECE = re.compile(
    r"\x1b\[(?P<style>[\d;]*)m"
    r"|\x1b\]8;(?P<link>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|(?P<text>[^\x1b]+)"
    r"|\x1b(?:\[[0-?]*[ -/]*[@-~])?"  # anything else is not for us to pass on
)
_STYLED = re.compile(r"\x1b\[([\d;]*)m([^\x1b]+)\x1b\[0m")
"""A text in one style, as nearly all is written."""
_STYLED_BY = "\x1b[m\x1b[0m"
"""What is written around each."""


class Canvas:
    """A screen as it is wanted, of the size that the terminal has."""

    def __init__(self, columns: int, lines: int) -> None:
        self.columns = columns
        self.lines = lines
        self.cursor = (0, 0)
        self.rows: Rows = [[UNKNOWN] * columns for _ in range(lines)]
        self._whole = False

    def is_whole(self) -> bool:
        """Whether every cell was painted since the canvas was put up."""
        self._whole = self._whole or not any(UNKNOWN in row for row in self.rows)
        return self._whole

    def fill(self) -> None:
        """Do without what nobody paints."""
        self.rows = [[BLANK if cell is UNKNOWN else cell for cell in row] for row in self.rows]
        self._whole = True

    def cropped(self, columns: int, lines: int) -> Rows:
        """The part of it that is seen on a smaller terminal."""
        if columns >= self.columns and lines >= self.lines:
            return self.rows
        rows = [row[:columns] for row in self.rows[:lines]]
        for row, whole in zip(rows, self.rows, strict=False):
            if columns < self.columns and not whole[columns].text:
                row[-1] = _half(row[-1])
        return rows

    def paint(self, data: str) -> bool:
        """Take what the framework writes; false if it is something else than a screen."""
        if not _MOVE.match(data):
            return False
        _, *parts = _MOVE.split(data)
        pieces = [
            (int(column) - 1, int(line) - 1, _read(piece))
            for line, column, piece in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        ]
        if not self.is_whole() and not all(self._fits(*piece) for piece in pieces):
            return True  # it is for the size that the terminal had before; all of it comes again
        for x, y, cells in pieces:
            self.cursor = (min(x, self.columns - 1), min(y, self.lines - 1))
            if cells and self._fits(x, y):
                self._lay(self.rows[y], x, cells)
        return True

    def _fits(self, x: int, y: int, cells: Sequence[Cell] = ()) -> bool:
        return y < self.lines and x < self.columns and x + len(cells) <= self.columns

    def _lay(self, row: Row, x: int, cells: tuple[Cell, ...]) -> None:
        end = min(x + len(cells), self.columns)
        if not row[x].text and x:
            row[x - 1] = _half(row[x - 1])
        row[x:end] = cells[: end - x]
        if end < self.columns and not row[end].text:
            row[end] = _half(row[end])
        if end - x < len(cells) and not cells[end - x].text:
            row[end - 1] = _half(row[end - 1])


def _half(cell: Cell) -> Cell:
    """What is left of a wide cluster when its other half goes."""
    return Cell(" ", on_blank(cell.pen))


@lru_cache(2048)
def _read(piece: str) -> tuple[Cell, ...]:
    """The cells of a piece of a row."""
    piece = piece.removesuffix("\n")  # between rows, and no cell
    styled = _STYLED.findall(piece)
    if sum(map(len, itertools.chain(*styled))) + len(_STYLED_BY) * len(styled) != len(piece):
        return tuple(_read_any(piece))
    found: Row = []
    for style, text in styled:
        found += cells_of(text, pen(style))
    return tuple(found)


def _read_any(piece: str) -> Row:
    style = link = ""
    found: Row = []
    for match in _PIECE.finditer(piece):
        if match["text"] is not None:
            found += cells_of(match["text"], pen(style, link))
        elif match["style"] is not None:
            new = match["style"]
            style = "" if new in ("", "0") else f"{style};{new}" if style else new
        elif match["link"] is not None:
            link = "" if match["link"] == ";" else match["link"]
    return found
