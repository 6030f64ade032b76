"""A view laid out at one width: the lines of each row, and where the cursor can stop."""

from __future__ import annotations

from collections.abc import Mapping

from briefing_tui.tui.strips import measure
from briefing_tui.views.cursor import Stops
from briefing_tui.views.line_layout import Line
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.rows import Row, View

BLANK = -2
"""Index of no row, for a blank line between rows."""


class RowLayout:
    """The lines of a view; a row that is a point of a chart is drawn by the chart before it."""

    def __init__(self, view: View, width: int, previous: RowLayout | None = None) -> None:
        """Lay out a view, with the lines of rows that a previous layout has as well."""
        self.width = width
        self.stops = Stops(view)
        self.height = 0
        """The number of lines; 0 without a width."""
        self.view = view
        self._lines: list[tuple[int, Line]] = []
        self._spans: list[tuple[int, int]] = []
        self._charts: dict[int, int] = {}
        self._lines_by_key: dict[str, tuple[Row, tuple[Line, ...]]] = {}
        self._single_lines: dict[int, Line] | None = None
        if width > 0 and view.one_line:
            # Laid out when they are drawn: such lists are long, and few rows are ever seen.
            self._single_lines = {}
            self.height = len(view.rows)
        elif width > 0:
            widths = width, view.lead_width
            is_reusable = previous and (previous.width, previous.view.lead_width) == widths
            self._lay_out(previous._lines_by_key if previous and is_reusable else {})
            self.height = len(self._lines)

    def _lay_out(self, cache: Mapping[str, tuple[Row, tuple[Line, ...]]]) -> None:
        chart = -1
        for index, row in enumerate(self.view.rows):
            if row.kind == "stop" and chart >= 0:
                self._charts[index] = chart
                self._spans.append(self._spans[chart])
                continue
            chart = index if row.kind == "chart" else -1
            if row.spaced and index:
                self._lines.append((BLANK, ()))
            cached = cache.get(row.key)
            # Identity first: comparing equal rows is slow.
            is_same = cached and (cached[0] is row or cached[0] == row)
            lines = cached[1] if cached and is_same else self._lines_of(row)
            self._lines_by_key[row.key] = row, lines
            self._spans.append((len(self._lines), len(lines)))
            self._lines.extend((index, line) for line in lines)

    def _lines_of(self, row: Row, chosen: str = "") -> tuple[Line, ...]:
        return lay_out(row, self.width, self.view.lead_width, measure, chosen=chosen)

    def drawn_by(self, index: int) -> int:
        """Return the index of the row that draws a row: itself, or its chart."""
        return self._charts.get(index, index)

    def span(self, index: int) -> tuple[int, int]:
        """Return the first line of a row and the number of its lines; 0 if it is not laid out."""
        if self._single_lines is not None:
            return (index, 1) if 0 <= index < self.height else (0, 0)
        return self._spans[index] if 0 <= index < len(self._spans) else (0, 0)

    def line(self, number: int) -> tuple[int, Line]:
        """Return the index of the row that a line belongs to, or `BLANK`, and the line."""
        if not 0 <= number < self.height:
            return BLANK, ()
        if self._single_lines is None:
            return self._lines[number]
        if number not in self._single_lines:
            self._single_lines[number] = self._lines_of(self.view.rows[number])[0]
        return number, self._single_lines[number]

    def mark_point(self, index: int, *, marked: bool) -> None:
        """Highlight the point of a chart in it, or remove the highlight."""
        chart = self._charts.get(index)
        if chart is None:
            return
        key = self.view.rows[index].key if marked else ""
        first, height = self._spans[chart]
        lines = self._lines_of(self.view.rows[chart], key)[:height]
        self._lines[first : first + len(lines)] = [(chart, line) for line in lines]
