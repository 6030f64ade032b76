"""Milestone trend analysis: how a promised date moved.

The project manager's standard picture of slippage: along the bottom the day on which a promise was
made, up the side the date that it promised. A line that stays level is a promise kept so far; one
that climbs is a promise that moves away. Drawn in characters, to calendar years on both axes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import groupby, pairwise

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.text import cell_width
from briefing_tui.views import glyphs
from briefing_tui.views.lines import Measure, crop, merged
from briefing_tui.views.rows import Chart, Promise, Span, Spans

_AXIS = 7
"""Cells of a year, a space, the axis and a space."""

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_JOINTS = {
    _LEFT: "─",
    _RIGHT: "─",
    _UP: "│",
    _DOWN: "│",
    _LEFT | _RIGHT: "─",
    _UP | _DOWN: "│",
    _RIGHT | _DOWN: "╭",
    _LEFT | _DOWN: "╮",
    _RIGHT | _UP: "╰",
    _LEFT | _UP: "╯",
    _LEFT | _RIGHT | _DOWN: "┬",
    _LEFT | _RIGHT | _UP: "┴",
    _UP | _DOWN | _RIGHT: "├",
    _UP | _DOWN | _LEFT: "┤",
    _UP | _DOWN | _LEFT | _RIGHT: "┼",
}


def day_of(date: Edtf) -> int:
    """Where a date stands on an axis: its middle, or the end of a deadline, as an ordinal."""
    if date.start is None:
        return date.upper.toordinal()
    if date.end is None:
        return date.lower.toordinal()
    return (date.lower.toordinal() + date.upper.toordinal()) // 2


class Scale:
    """From days to cells, in whole calendar years along each axis."""

    def __init__(self, chart: Chart, width: int) -> None:
        across = [day_of(promise.said) for promise in chart.promises]
        upward = [day_of(promise.due) for promise in chart.promises]
        if chart.met is not None:
            across.append(day_of(chart.met))
            upward.append(day_of(chart.met))
        self.first_year = datetime.date.fromordinal(min(across)).year
        self.last_year = datetime.date.fromordinal(max(across)).year
        self.bottom_year = datetime.date.fromordinal(min(upward)).year
        self.top_year = datetime.date.fromordinal(max(upward)).year
        self.columns = max(width - _AXIS, 1)
        years = self.top_year - self.bottom_year + 1
        self.rows = years * max(chart.max_rows // years, 1) if years <= chart.max_rows else years
        self.rows = min(self.rows, max(chart.max_rows, 1))

    def column(self, day: int) -> int:
        """Column of a day, from the left."""
        share = (_in_years(day) - self.first_year) / (self.last_year + 1 - self.first_year)
        return min(max(int(share * self.columns), 0), self.columns - 1)

    def row(self, day: int) -> int:
        """Row of a day, from the top."""
        share = (_in_years(day) - self.bottom_year) / (self.top_year + 1 - self.bottom_year)
        return self.rows - 1 - min(max(int(share * self.rows), 0), self.rows - 1)


def draw(chart: Chart, width: int, chosen: str = "", measure: Measure = cell_width) -> list[Spans]:
    """The chart in lines of at most ``width`` cells; the promise ``chosen`` stands out.

    The number of lines does not depend on which promise is chosen.
    """
    if not chart.promises:
        return []
    scale = Scale(chart, width)
    grid: list[list[Span]] = [[Span(" ")] * scale.columns for _ in range(scale.rows)]
    _draw_line(grid, chart.promises, scale)
    _draw_points(grid, chart, scale, chosen)
    labels = _row_labels(scale)
    lines: list[Spans] = []
    for number, cells in enumerate(grid):
        label = labels.get(number)
        axis = Span(f"{label} ┤ " if label else "     │ ", "muted")
        lines.append(merged((axis, *cells)))
    told = next((one.caption for one in chart.promises if one.key == chosen), chart.legend)
    caption = crop((Span(" " * _AXIS), *told), width, measure)
    return [*lines, *_bottom(scale), caption]


def _draw_line(grid: list[list[Span]], promises: tuple[Promise, ...], scale: Scale) -> None:
    """Level until the next promise, then up or down to it."""
    joints: dict[tuple[int, int], int] = {}

    def add(row: int, column: int, direction: int) -> None:
        joints[row, column] = joints.get((row, column), 0) | direction

    stations = [_newest(group) for _, group in groupby(promises, key=lambda one: one.said)]
    places = [(scale.row(day_of(one.due)), scale.column(day_of(one.said))) for one in stations]
    for (row, column), (next_row, next_column) in pairwise(places):
        for at in range(column, next_column):
            add(row, at, _RIGHT)
            add(row, at + 1, _LEFT)
        step, there, back = (1, _DOWN, _UP) if next_row > row else (-1, _UP, _DOWN)
        for at in range(row, next_row, step):
            add(at, next_column, there)
            add(at + step, next_column, back)
    for (row, column), directions in joints.items():
        grid[row][column] = Span(_JOINTS[directions], "muted")


def _newest(group: Iterable[Promise]) -> Promise:
    """Of promises made on one day the last in the file carries the line."""
    *_, last = group
    return last


def _draw_points(grid: list[list[Span]], chart: Chart, scale: Scale, chosen: str) -> None:
    for _, group in groupby(chart.promises, key=lambda one: one.said):
        together = list(group)
        rows = [scale.row(day_of(one.due)) for one in together]
        column = scale.column(day_of(together[0].said))
        contradict = len({one.due for one in together}) > 1
        for row in range(min(rows), max(rows) + 1) if contradict else ():
            if grid[row][column].text == " ":
                grid[row][column] = Span(glyphs.RIVAL_LINE, "warning")
        for row in rows:
            glyph, role = (glyphs.RIVAL, "warning") if contradict else (glyphs.OCCURRED, "accent")
            grid[row][column] = Span(glyph, role)  # type: ignore[arg-type]
    if chart.met is not None:
        day = day_of(chart.met)
        grid[scale.row(day)][scale.column(day)] = Span(glyphs.MET, "strong")
    for one in chart.promises:
        if one.key == chosen:
            row, column = scale.row(day_of(one.due)), scale.column(day_of(one.said))
            grid[row][column] = Span(glyphs.CHOSEN, "strong")


def _row_labels(scale: Scale) -> dict[int, str]:
    """For each row in which a year begins, that year."""
    labels: dict[int, str] = {}
    for year in range(scale.top_year, scale.bottom_year - 1, -1):
        labels[scale.row(datetime.date(year, 1, 1).toordinal())] = str(year)
    return labels


def _bottom(scale: Scale) -> list[Spans]:
    """The axis of the days on which promises were made, with as many years as fit."""
    ticks = {
        scale.column(datetime.date(year, 1, 1).toordinal()): str(year)
        for year in range(scale.first_year, scale.last_year + 1)
    }
    axis = "".join("┬" if column in ticks else "─" for column in range(scale.columns))
    names = ""
    for column, year in sorted(ticks.items()):
        if not names or column >= len(names) + 1:
            if column + 4 > scale.columns:
                break
            names = names.ljust(column) + year
    return [
        (Span("     └─" + axis, "muted"),),
        (Span(" " * _AXIS + names, "muted"),),
    ]


def _in_years(day: int) -> float:
    """A day as a calendar year and the part of it that has passed, so that years are all alike."""
    date = datetime.date.fromordinal(day)
    return date.year + (date.timetuple().tm_yday - 1) / 366
