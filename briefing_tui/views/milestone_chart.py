"""Milestone trend analysis: how a promised date moved.

The project manager's standard chart of slippage: the day of a promise on the horizontal axis, the
promised date on the vertical one. A level line is a promise that holds; a climbing line is one that
slips, and its distance from the dotted line of the first promise is the delay. Drawn in characters.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from itertools import groupby, pairwise

import msgspec

from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.views import glyphs
from briefing_tui.views.line_layout import Line, Measure, merge_spans, wrap
from briefing_tui.views.rows import Chart, Promise, Span, Spans
from briefing_tui.views.time_axis import axis_day, cell_of, ticks

_FRAME = 3
"""Cells between the labels of the vertical axis and the chart: a space, the axis, a space."""
_NARROW = 60
"""Cells below which captions are not indented."""

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_JOINTS = " │││─╯╮┤─╰╭├─┴┬┼"
"""The box-drawing characters, at the sum of the directions in which they have a line."""


class Scale:
    """Maps days to cells; each axis goes from the first to the last of its dates."""

    def __init__(self, chart: Chart, width: int) -> None:
        met = [chart.met] if chart.met is not None else []
        said = [axis_day(date) for date in (*(entry.said for entry in chart.promises), *met)]
        due = [axis_day(date) for date in (*(entry.due for entry in chart.promises), *met)]
        self.first_said, self.last_said = min(said), max(said)
        self.first_due, self.last_due = min(due), max(due)
        if not all(entry.due.is_day for entry in chart.promises):
            self.first_due = datetime.date.fromordinal(self.first_due).replace(day=1).toordinal()
        if chart.as_of is not None:
            self.last_said = max(self.last_said, chart.as_of.toordinal())
        self.rows = max(min(2 * len(set(due)) - 1, chart.max_rows), 1)
        self.labels = {
            self.row(tick.day): tick.label
            for tick in reversed(ticks(self.first_due, self.last_due, lambda _: self.rows))
        }
        self.label_width = max(map(len, self.labels.values()))
        self.columns = max(width - self.label_width - _FRAME, 1)

    def column(self, day: int) -> int:
        """Return the column of a day, from the left."""
        return cell_of(day, self.first_said, self.last_said, self.columns)

    def row(self, day: int) -> int:
        """Return the row of a day, from the top."""
        return self.rows - 1 - cell_of(day, self.first_due, self.last_due, self.rows)


def draw(chart: Chart, width: int, chosen: str = "", measure: Measure = cell_width) -> list[Spans]:
    """Draw a chart in lines of at most ``width`` cells; the promise ``chosen`` stands out.

    The number of lines does not depend on ``chosen``.
    """
    if not chart.promises:
        return []
    placeable = _placeable(chart)
    if not placeable.promises:
        return captions(chart, width, 0, chosen, measure)
    scale = Scale(placeable, width)
    grid: list[list[Span]] = [[Span(" ")] * scale.columns for _ in range(scale.rows)]
    _draw_line(grid, placeable.promises, scale)
    _draw_baseline(grid, placeable, scale)
    _draw_points(grid, placeable, scale, chosen)
    lines: list[Spans] = []
    for number, cells in enumerate(grid):
        label = scale.labels.get(number, "").rjust(scale.label_width)
        axis = Span(f"{label} {'┤' if label.strip() else '│'} ", "muted")
        lines.append(merge_spans((axis, *cells)))
    indent = scale.label_width + _FRAME if width >= _NARROW else 0
    return [*lines, *_bottom(chart, scale), *captions(chart, width, indent, chosen, measure)]


def captions(chart: Chart, width: int, indent: int, chosen: str, measure: Measure) -> list[Line]:
    """Return the lines below a chart, as many for each promise as for the legend."""
    texts = {"": chart.legend} | {entry.key: entry.caption for entry in chart.promises}
    wrapped = {key: wrap(text, width - indent, measure) for key, text in texts.items()}
    count = max(map(len, wrapped.values()))
    lines = wrapped.get(chosen) or wrapped[""]
    margin = (Span(" " * indent),) if indent else ()
    return [(*margin, *line) for line in [*lines, *[()] * (count - len(lines))]]


def _placeable(chart: Chart) -> Chart:
    """Return a chart without what has no place on it: the dates of which nothing is known."""
    known = (entry for entry in chart.promises if entry.said.is_known and entry.due.is_known)
    met = chart.met if chart.met is not None and chart.met.is_known else None
    return msgspec.structs.replace(chart, promises=tuple(known), met=met)


def _draw_line(grid: list[list[Span]], promises: tuple[Promise, ...], scale: Scale) -> None:
    joints: defaultdict[tuple[int, int], int] = defaultdict(int)
    cells = [_cell(entry, scale) for entry in promises if entry.in_line]
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


def _draw_baseline(grid: list[list[Span]], chart: Chart, scale: Scale) -> None:
    """Draw a dotted line at the date that was promised first."""
    first = next((entry for entry in chart.promises if entry.in_line), None)
    if first is None:
        return
    row, start = _cell(first, scale)
    for column in range(start, scale.columns):
        if grid[row][column].text == " ":
            grid[row][column] = Span(glyphs.BASELINE, "muted")


def _cell(promise: Promise, scale: Scale) -> tuple[int, int]:
    return scale.row(axis_day(promise.due)), scale.column(axis_day(promise.said))


def _draw_points(grid: list[list[Span]], chart: Chart, scale: Scale, chosen: str) -> None:
    for said, group in groupby(chart.promises, key=lambda promise: promise.said):
        entries = list(group)
        rows = [_cell(entry, scale)[0] for entry in entries if entry.sign.text == glyphs.RIVAL]
        for row in range(min(rows, default=0), max(rows, default=-1) + 1):
            column = scale.column(axis_day(said))
            if grid[row][column].text in (" ", glyphs.BASELINE):
                grid[row][column] = Span(glyphs.RIVAL_LINE, "warning")
    # What counts is drawn over what does not, if both are in one cell.
    for entry in sorted(chart.promises, key=lambda entry: (entry.in_line, entry.counts)):
        row, column = _cell(entry, scale)
        grid[row][column] = entry.sign
    if chart.met is not None:
        day = axis_day(chart.met)
        grid[scale.row(day)][scale.column(day)] = Span(glyphs.MET, "strong")
    for entry in chart.promises:
        if entry.key == chosen:
            row, column = _cell(entry, scale)
            grid[row][column] = Span(glyphs.CHOSEN, "strong")


def _bottom(chart: Chart, scale: Scale) -> list[Spans]:
    marks = ticks(
        scale.first_said, scale.last_said, lambda width: max(scale.columns // (width + 2), 1)
    )
    labels = {scale.column(tick.day): tick.label for tick in marks}
    axis = [Span("┬" if column in labels else "─", "muted") for column in range(scale.columns)]
    if chart.as_of is not None:
        axis[scale.column(chart.as_of.toordinal())] = Span(glyphs.BAR_AS_OF, "accent")
    corner = Span(" " * (scale.label_width + 1) + "└─", "muted")
    margin = " " * (scale.label_width + _FRAME)
    names = label_line(labels, scale.columns)
    return [merge_spans((corner, *axis)), (Span(margin + names, "muted"),)]


def label_line(labels: dict[int, str], width: int) -> str:
    """Return labels on one line of ``width`` cells, each from its column on if there is room.

    The last one may begin before its column.
    """
    line = ""
    for column, label in sorted(labels.items()):
        start = min(column, width - len(label))
        if start > len(line) or (not line and start >= 0):
            line = line.ljust(start) + label
    return line
