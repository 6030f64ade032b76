"""A view laid out at one width: the lines of each row, and where the cursor can stop."""

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
"""Index of no row, for a blank line between rows."""


class RowLayout:
    """The lines of a view.

    A row that is a point of a chart has no lines: the chart before it draws it.
    """

    def __init__(self, view: View, width: int, previous: RowLayout | None = None) -> None:
        """Lay out a view, reusing the lines of rows that a previous layout has as well."""
        self.width = width
        self.stops = Stops(view)
        self.lines: Sequence[tuple[int, Line]] = []
        """Every line with the index of its row, or `BLANK`."""
        self._view = view
        self._spans: Sequence[tuple[int, int]] = []
        self._charts: dict[int, int] = {}
        self._lines_by_key: dict[str, tuple[Row, tuple[Line, ...]]] = {}
        if width > 0 and view.one_line:
            self.lines = _LazySequence(
                len(view.rows), lambda at: (at, self._lines_of(view.rows[at])[0])
            )
            self._spans = _LazySequence(len(view.rows), lambda at: (at, 1))
        elif width > 0:
            is_reusable = previous is not None and previous._fits(self)
            self._lay_out(previous._lines_by_key if previous and is_reusable else {})

    def _fits(self, other: RowLayout) -> bool:
        """Whether equal rows have equal lines in another layout."""
        return (self.width, self._view.lead_width) == (other.width, other._view.lead_width)

    def _lay_out(self, cache: Mapping[str, tuple[Row, tuple[Line, ...]]]) -> None:
        indexed: list[tuple[int, Line]] = []
        spans: list[tuple[int, int]] = []
        self.lines, self._spans = indexed, spans
        chart = -1
        for index, row in enumerate(self._view.rows):
            if row.kind == "stop" and chart >= 0:
                self._charts[index] = chart
                spans.append(spans[chart])
                continue
            chart = index if row.kind == "chart" else -1
            if row.spaced and index:
                indexed.append((BLANK, ()))
            cached = cache.get(row.key)
            # Identity first: comparing equal rows is slow.
            is_same = cached and (cached[0] is row or cached[0] == row)
            lines = cached[1] if cached and is_same else self._lines_of(row)
            self._lines_by_key[row.key] = row, lines
            spans.append((len(indexed), len(lines)))
            indexed.extend((index, line) for line in lines)

    def _lines_of(self, row: Row, chosen: str = "") -> tuple[Line, ...]:
        return lay_out(row, self.width, self._view.lead_width, measure, chosen=chosen)

    def drawn_by(self, index: int) -> int:
        """Return the index of the row that draws a row: itself, or its chart."""
        return self._charts.get(index, index)

    def span(self, index: int) -> tuple[int, int]:
        """Return the first line of a row and the number of its lines; 0 if it is not laid out."""
        return self._spans[index] if 0 <= index < len(self._spans) else (0, 0)

    def mark_point(self, index: int, *, marked: bool) -> None:
        """Highlight the point of a chart in it, or remove the highlight."""
        chart = self._charts.get(index)
        if chart is None or not isinstance(self.lines, list):
            return
        key = self._view.rows[index].key if marked else ""
        first, height = self._spans[chart]
        lines = self._lines_of(self._view.rows[chart], key)[:height]
        self.lines[first : first + len(lines)] = [(chart, line) for line in lines]

    def row_at(self, line: int) -> int:
        """Return the index of the row that a line belongs to, or `BLANK`."""
        return self.lines[line][0] if 0 <= line < len(self.lines) else BLANK


class _LazySequence(Sequence[Item], Generic[Item]):
    """Items that are made on first access, for long lists of which few are ever seen."""

    def __init__(self, count: int, make: Callable[[int], Item]) -> None:
        self._count = count
        self._make = make
        self._items: dict[int, Item] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> list[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | list[Item]:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(self._count))]
        if at not in self._items:
            self._items[at] = self._make(range(self._count)[at])
        return self._items[at]
