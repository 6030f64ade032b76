"""The screen as Textual wants it, parsed from the bytes that it writes.

These are cursor moves (CUP), styles (SGR), links (OSC 8) and text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from briefing_tui.driver.cells import BLANK, UNKNOWN, Cell, Row, Rows, text_cells, uniform_rows
from briefing_tui.driver.sgr import blank_style, parse_style

_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
_PIECE = re.compile(
    r"\x1b\[(?P<style>[\d;]*)m"
    r"|\x1b\]8;(?P<link>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|(?P<text>[^\x1b]+)"
    r"|\x1b(?:\[[0-?]*[ -/]*[@-~])?"  # any other sequence is dropped
)


class ScreenBuffer:
    """The screen as it should be, at the size that Textual paints."""

    def __init__(self, columns: int, lines: int) -> None:
        self.columns = columns
        self.lines = lines
        self.cursor = (0, 0)
        self.rows: Rows = uniform_rows(columns, lines, UNKNOWN)
        self._complete = False

    def is_complete(self) -> bool:
        """Return whether every cell was painted."""
        self._complete = self._complete or not any(UNKNOWN in row for row in self.rows)
        return self._complete

    def fill_unpainted(self) -> None:
        """Replace the cells that were never painted by blanks."""
        self.rows = [[BLANK if cell is UNKNOWN else cell for cell in row] for row in self.rows]
        self._complete = True

    def cropped(self, columns: int, lines: int) -> Rows:
        """Return the part that a smaller terminal shows."""
        if columns >= self.columns and lines >= self.lines:
            return self.rows
        rows = [row[:columns] for row in self.rows[:lines]]
        for row, full_row in zip(rows, self.rows, strict=False):
            if columns < self.columns and not full_row[columns].text:
                row[-1] = _blanked(row[-1])
        return rows

    def write(self, data: str) -> bool:
        """Paint what Textual writes; return False if it is not a part of a screen."""
        if not _MOVE.match(data):
            return False
        _, *parts = _MOVE.split(data)
        pieces = [
            (int(column) - 1, int(line) - 1, _parse_piece(piece))
            for line, column, piece in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        ]
        if not self.is_complete() and not all(self._fits(*piece) for piece in pieces):
            return True  # painted for the previous size: Textual repaints it for this one
        for x, y, cells in pieces:
            self.cursor = (min(x, self.columns - 1), min(y, self.lines - 1))
            if cells and self._fits(x, y):
                self._replace(self.rows[y], x, cells)
        return True

    def _fits(self, x: int, y: int, cells: Sequence[Cell] = ()) -> bool:
        return y < self.lines and x < self.columns and x + len(cells) <= self.columns

    def _replace(self, row: Row, x: int, cells: tuple[Cell, ...]) -> None:
        end = min(x + len(cells), self.columns)
        if not row[x].text and x:
            row[x - 1] = _blanked(row[x - 1])
        row[x:end] = cells[: end - x]
        if end < self.columns and not row[end].text:
            row[end] = _blanked(row[end])
        if end - x < len(cells) and not cells[end - x].text:
            row[end - 1] = _blanked(row[end - 1])


def _blanked(cell: Cell) -> Cell:
    """Return what remains of a wide cluster whose other half was overwritten."""
    return Cell(" ", blank_style(cell.style))


@lru_cache(2048)
def _parse_piece(piece: str) -> tuple[Cell, ...]:
    style = link = ""
    row: Row = []
    for match in _PIECE.finditer(piece.removesuffix("\n")):  # Textual separates rows by it
        if match["text"] is not None:
            row += text_cells(match["text"], parse_style(style, link))
        elif (parameters := match["style"]) is not None:
            if parameters in ("", "0"):
                style = ""
            else:
                style = f"{style};{parameters}" if style else parameters
        elif match["link"] is not None:
            link = "" if match["link"] == ";" else match["link"]
    return tuple(row)
