"""Layout of rows: lines of at most a given width, measured by the function that is passed in."""

from __future__ import annotations

import datetime

import msgspec

from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.views import glyphs
from briefing_tui.views.line_layout import Line, Measure, crop, merge_spans, wrap
from briefing_tui.views.milestone_chart import captions, draw, label_line
from briefing_tui.views.rows import Bar, Row, Span, Spans, plain
from briefing_tui.views.time_axis import axis_day, cell_of, days_of, ticks

MIN_BODY = 12
"""Least cells of the body; the columns beside it give way."""
_LEAST_BODY = 6
"""Least cells of the body beside a leading column that is cropped."""
ROOMY = 64
"""Cells of a row from which the right column is shown in full."""
NARROW = 44
"""Cells of a row below which there is no right column, no sign of a type and no indent."""
_CHART = 40
"""Least cells of a chart."""
_BAR = 16
"""Least cells of a bar."""


def lay_out(
    row: Row, width: int, lead_width: int = 0, measure: Measure = cell_width, *, chosen: str = ""
) -> tuple[Line, ...]:
    """Lay a row out in at least one line of at most ``width`` cells.

    A text that is wider than ``lead_width``, the leading column, gets a line of its own, so that
    no date is cut. In a chart, the point of the row with the key ``chosen`` is highlighted.
    """
    width = max(width, 1)
    if row.chart is not None:
        return _chart(row, width, chosen, measure)
    if row.kind == "rule":
        return (_rule(row, width, measure),)
    if row.bar is not None:
        return _bar(row.bar, row.indent, lead_width, width, measure)
    indent = " " * min(row.indent, width - MIN_BODY) if width >= NARROW else ""
    lead_room = width - len(indent)
    has_column = lead_width and lead_room - lead_width >= MIN_BODY
    widest = lead_width if has_column else lead_room - 1 - _LEAST_BODY
    if width >= MIN_BODY and not row.cropped and measure(plain(row.lead)) > widest:
        above = wrap(row.lead, lead_room, measure)
        below = msgspec.structs.replace(row, lead=(Span(" "),))
        under = lay_out(below, width, lead_width, measure)
        return (*((Span(indent), *words) for words in above), *under)
    tail = row.tail if width >= ROOMY else row.tail_short or row.tail
    tail = tail if width >= NARROW else ()
    prefix, hang = _prefix(row, indent, lead_width if row.lead else 0, width, measure)
    if width < MIN_BODY:
        prefix, hang = (), 0
    room = max(width - hang, 1)
    tail_width = measure(plain(tail))
    body_room = room - tail_width - 2 if tail else room
    if body_room < MIN_BODY:
        tail, body_room = (), room
    is_cut = row.cropped and "\n" not in plain(row.body)
    body = [crop(row.body, body_room, measure)] if is_cut else wrap(row.body, body_room, measure)
    first, *others = body
    for detail in row.details:
        others += wrap(detail, room, measure)
    first = (*prefix, *first)
    if tail:
        first = (*first, Span(" " * (width - measure(plain(first)) - tail_width)), *tail)
    return (first, *((Span(" " * hang), *words) for words in others))


def _prefix(
    row: Row, indent: str, lead_width: int, width: int, measure: Measure
) -> tuple[Spans, int]:
    """Return what is before the body on its first line, and its cells."""
    spans: list[Span] = [Span(indent)] if indent else []
    used = len(indent)
    if lead_width and width - used - lead_width >= MIN_BODY:
        padding = max(lead_width - measure(plain(row.lead)), 0) + 2
        spans.extend((*crop(row.lead, lead_width, measure), Span(" " * padding)))
        used += lead_width + 2
    elif row.lead and width - used > _LEAST_BODY + 2:
        lead = crop(row.lead, width - used - 1 - _LEAST_BODY, measure)
        spans.extend((*lead, Span(" ")))
        used = measure(plain(spans))
    if row.mark is not None and width - used > 3:
        spans.extend((row.mark, Span(" ")))
        used += measure(row.mark.text) + 1
    if row.type is not None and width >= NARROW:
        spans.append(Span(f"{row.type.sign} ", "muted"))
        used += measure(row.type.sign) + 1
    return tuple(spans), used


def _chart(row: Row, width: int, chosen: str, measure: Measure) -> tuple[Line, ...]:
    indent = Span(" " * row.indent)
    if row.chart is None:
        return ()
    if width < _CHART:
        narrow = crop((indent, Span("too narrow for the chart", "muted")), width, measure)
        lines = captions(msgspec.structs.replace(row.chart, legend=()), width, 0, chosen, measure)
        return (narrow, *lines)
    return tuple((indent, *line) for line in draw(row.chart, width - row.indent, chosen, measure))


def _rule(row: Row, width: int, measure: Measure) -> Line:
    label = crop(row.body, max(width - 8, 1), measure)
    used = measure(plain(label))
    start = Span(glyphs.AS_OF * 2 + " ", "muted")
    end = Span(" " + glyphs.AS_OF * max(width - used - 4, 0), "muted")
    return crop((start, *label, end), width, measure)


def _bar(bar: Bar, indent: int, lead_width: int, width: int, measure: Measure) -> tuple[Line, ...]:
    """Draw a bar, and below it the ticks of its axis."""
    start = Span((" " * indent + bar.label).ljust(indent + lead_width + 2), "muted")
    cells = width - measure(start.text) - 2
    if cells < _BAR:
        years = (datetime.date.fromordinal(day).year for day in (bar.start, bar.end))
        text = f"{bar.label} {' – '.join(map(str, years))}"
        return (crop((Span(" " * indent + text, "muted"),), width, measure),)

    def cell(day: int) -> int:
        return cell_of(day, bar.start, bar.end, cells)

    drawn: list[Span] = [Span(glyphs.BAR_EMPTY, "muted")] * cells
    if bar.window:
        first, last = days_of(bar.window)
        for position in range(cell(first), cell(last) + 1):
            drawn[position] = Span(glyphs.BAR_WINDOW, "planned")
    for mark in bar.marks:
        drawn[cell(axis_day(mark.date))] = Span(mark.sign, "accent")
    ends = Span(glyphs.BAR_START, "muted"), Span(glyphs.BAR_END, "muted")
    marks = ticks(bar.start, bar.end, lambda size: max(cells // (size + 2), 1))
    labels = label_line({cell(tick.day): tick.label for tick in marks}, cells)
    margin = " " * (measure(start.text) + 1)
    return merge_spans((start, ends[0], *drawn, ends[1])), (Span(margin + labels, "muted"),)
