"""A view laid out at one width: which lines belong to which row, and where the cursor can stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar, overload

from briefing_tui.tui.strips import measure
from briefing_tui.views.cursor import Stops
from briefing_tui.views.lines import Line
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.rows import Row, View

Item = TypeVar("Item")

BLANK = -2
"""Stands for no row, where a line only sets rows apart."""


class RowLayout:
    """The lines of a view.

    A row that is a point of a chart has no lines of its own: it is drawn by the chart before it.
    """

    def __init__(self, view: View, width: int, before: RowLayout | None = None) -> None:
        """Lay a view out; rows that are the same as in a sheet before it are taken from there."""
        self.width = width
        self.stops = Stops(view)
        self.lines: Sequence[tuple[int, Line]] = []
        """Every line with the position of its row, or `BLANK`."""
        self._view = view
        self._spans: Sequence[tuple[int, int]] = []
        self._charts: dict[int, int] = {}
        self._laid: dict[str, tuple[Row, tuple[Line, ...]]] = {}
        if width > 0 and view.one_line:
            self.lines = _Lazy(len(view.rows), lambda at: (at, self._lines_of(view.rows[at])[0]))
            self._spans = _Lazy(len(view.rows), lambda at: (at, 1))
        elif width > 0:
            alike = before is not None and before._fits(self)
            self._lay_out(before._laid if before is not None and alike else {})

    def _fits(self, other: RowLayout) -> bool:
        """Whether a row looks the same in another sheet."""
        return (self.width, self._view.lead_width) == (other.width, other._view.lead_width)

    def _lay_out(self, known: Mapping[str, tuple[Row, tuple[Line, ...]]]) -> None:
        laid: list[tuple[int, Line]] = []
        spans: list[tuple[int, int]] = []
        self.lines, self._spans = laid, spans
        chart = -1
        for index, row in enumerate(self._view.rows):
            if row.kind == "stop" and chart >= 0:
                self._charts[index] = chart
                spans.append(spans[chart])
                continue
            chart = index if row.kind == "chart" else -1
            if row.spaced and index:
                laid.append((BLANK, ()))
            found = known.get(row.key)
            lines = (
                found[1] if found and (found[0] is row or found[0] == row) else self._lines_of(row)
            )
            self._laid[row.key] = row, lines
            spans.append((len(laid), len(lines)))
            laid.extend((index, line) for line in lines)

    def _lines_of(self, row: Row, chosen: str = "") -> tuple[Line, ...]:
        return lay_out(row, self.width, self._view.lead_width, measure, chosen=chosen)

    def drawn_by(self, index: int) -> int:
        """Position of the row whose lines show a row: its own, or its chart's."""
        return self._charts.get(index, index)

    def span(self, index: int) -> tuple[int, int]:
        """First line of a row and how many it has; none where it is not laid out."""
        return self._spans[index] if 0 <= index < len(self._spans) else (0, 0)

    def choose(self, index: int, *, chosen: bool) -> None:
        """Let the point of a chart stand out in it, or no more."""
        chart = self._charts.get(index)
        if chart is None or not isinstance(self.lines, list):
            return
        key = self._view.rows[index].key if chosen else ""
        first, height = self._spans[chart]
        lines = self._lines_of(self._view.rows[chart], key)[:height]
        self.lines[first : first + len(lines)] = [(chart, line) for line in lines]

    def row_at(self, line: int) -> int:
        """Position of the row that a line belongs to, or `BLANK`."""
        return self.lines[line][0] if 0 <= line < len(self.lines) else BLANK


class _Lazy(Sequence[Item], Generic[Item]):
    """Items that are made when they are asked for, for lists of which little is ever seen."""

    def __init__(self, count: int, make: Callable[[int], Item]) -> None:
        self._count = count
        self._make = make
        self._made: dict[int, Item] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> list[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | list[Item]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(self._count))]
        if at not in self._made:
            self._made[at] = self._make(range(self._count)[at])
        return self._made[at]
