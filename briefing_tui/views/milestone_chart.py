"""Milestone trend analysis: how a promised date moved.

The project manager's standard chart of slippage: the day of a promise on the horizontal axis, the
promised date on the vertical one. A level line is a promise that holds; a climbing line is one that
slips. Drawn in characters, with calendar years on both axes.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from itertools import groupby, pairwise

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.views import glyphs
from briefing_tui.views.line_layout import Measure, crop, merge_spans
from briefing_tui.views.rows import Chart, Promise, Span, Spans

_AXIS = 7
"""Cells of a year, a space, the vertical axis and a space."""

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_JOINTS = " │││─╯╮┤─╰╭├─┴┬┼"
"""The box-drawing characters, at the sum of the directions in which they have a line."""


def axis_day(date: Edtf) -> int:
    """Return the ordinal day at which a date is drawn: its middle, or the end of a deadline."""
    if date.start is None:
        return date.upper.toordinal()
    if date.end is None:
        return date.lower.toordinal()
    return (date.lower.toordinal() + date.upper.toordinal()) // 2


class Scale:
    """Maps days to cells; each axis covers whole calendar years."""

    def __init__(self, chart: Chart, width: int) -> None:
        met = [chart.met] if chart.met is not None else []
        self.years_said = _years([*(promise.said for promise in chart.promises), *met])
        self.years_due = _years([*(promise.due for promise in chart.promises), *met])
        self.columns = max(width - _AXIS, 1)
        rows_of_year = max(chart.max_rows // len(self.years_due), 1)
        self.rows = min(len(self.years_due) * rows_of_year, max(chart.max_rows, 1))

    def column(self, day: int) -> int:
        """Return the column of a day, from the left."""
        return _cell_of(day, self.years_said, self.columns)

    def row(self, day: int) -> int:
        """Return the row of a day, from the top."""
        return self.rows - 1 - _cell_of(day, self.years_due, self.rows)


def _years(dates: list[Edtf]) -> range:
    days = [axis_day(date) for date in dates]
    first, last = datetime.date.fromordinal(min(days)), datetime.date.fromordinal(max(days))
    return range(first.year, last.year + 1)


def _cell_of(day: int, years: range, cells: int) -> int:
    """Return the cell of a day on an axis; all years are equally long."""
    date = datetime.date.fromordinal(day)
    year = date.year + (date.timetuple().tm_yday - 1) / 366
    return min(max(int((year - years.start) / len(years) * cells), 0), cells - 1)


def _first_day(year: int) -> int:
    return datetime.date(year, 1, 1).toordinal()


def draw(chart: Chart, width: int, chosen: str = "", measure: Measure = cell_width) -> list[Spans]:
    """Draw a chart in lines of at most ``width`` cells; the promise ``chosen`` stands out.

    The number of lines does not depend on ``chosen``.
    """
    if not chart.promises:
        return []
    captions = (promise.caption for promise in chart.promises if promise.key == chosen)
    caption = crop((Span(" " * _AXIS), *next(captions, chart.legend)), width, measure)
    chart = _placeable(chart)
    if not chart.promises:
        return [caption]
    scale = Scale(chart, width)
    grid: list[list[Span]] = [[Span(" ")] * scale.columns for _ in range(scale.rows)]
    _draw_line(grid, chart.promises, scale)
    _draw_points(grid, chart, scale, chosen)
    labels = {scale.row(_first_day(year)): year for year in reversed(scale.years_due)}
    lines: list[Spans] = []
    for number, cells in enumerate(grid):
        label = labels.get(number)
        axis = Span(f"{label} ┤ " if label else "     │ ", "muted")
        lines.append(merge_spans((axis, *cells)))
    return [*lines, *_bottom(scale), caption]


def _placeable(chart: Chart) -> Chart:
    """Return a chart without what has no place on it: the dates of which nothing is known."""
    known = (entry for entry in chart.promises if entry.said.is_known and entry.due.is_known)
    met = chart.met if chart.met is not None and chart.met.is_known else None
    return msgspec.structs.replace(chart, promises=tuple(known), met=met)


def _draw_line(grid: list[list[Span]], promises: tuple[Promise, ...], scale: Scale) -> None:
    joints: defaultdict[tuple[int, int], int] = defaultdict(int)
    # If several promises were made on a day, the line goes through the last one in the file.
    days = groupby(promises, key=lambda promise: promise.said)
    cells = [_cell(list(group)[-1], scale) for _, group in days]
    for (row, column), (next_row, next_column) in pairwise(cells):
        for index in range(column, next_column):
            joints[row, index] |= _RIGHT
            joints[row, index + 1] |= _LEFT
        step, towards, back = (1, _DOWN, _UP) if next_row > row else (-1, _UP, _DOWN)
        for index in range(row, next_row, step):
            joints[index, next_column] |= towards
            joints[index + step, next_column] |= back
    for (row, column), directions in joints.items():
        grid[row][column] = Span(_JOINTS[directions], "muted")


def _cell(promise: Promise, scale: Scale) -> tuple[int, int]:
    return scale.row(axis_day(promise.due)), scale.column(axis_day(promise.said))


def _draw_points(grid: list[list[Span]], chart: Chart, scale: Scale, chosen: str) -> None:
    for said, group in groupby(chart.promises, key=lambda promise: promise.said):
        dues = [promise.due for promise in group]
        rows = [scale.row(axis_day(due)) for due in dues]
        column = scale.column(axis_day(said))
        point = Span(glyphs.OCCURRED, "accent")
        if len(set(dues)) > 1:
            point = Span(glyphs.RIVAL, "warning")
            for row in range(min(rows), max(rows) + 1):
                if grid[row][column].text == " ":
                    grid[row][column] = Span(glyphs.RIVAL_LINE, "warning")
        for row in rows:
            grid[row][column] = point
    if chart.met is not None:
        day = axis_day(chart.met)
        grid[scale.row(day)][scale.column(day)] = Span(glyphs.MET, "strong")
    for promise in chart.promises:
        if promise.key == chosen:
            row, column = _cell(promise, scale)
            grid[row][column] = Span(glyphs.CHOSEN, "strong")


def _bottom(scale: Scale) -> list[Spans]:
    ticks = {scale.column(_first_day(year)): str(year) for year in scale.years_said}
    axis = "".join("┬" if column in ticks else "─" for column in range(scale.columns))
    names = ""
    for column, year in sorted(ticks.items()):
        if not names or column >= len(names) + 1:
            if column + 4 > scale.columns:
                break
            names = names.ljust(column) + year
    return [(Span("     └─" + axis, "muted"),), (Span(" " * _AXIS + names, "muted"),)]
