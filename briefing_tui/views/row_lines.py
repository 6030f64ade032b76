"""Layout of rows: lines of at most a given width, measured by the function that is passed in."""

from __future__ import annotations

import msgspec

from briefing_tui.briefing.text import cell_width
from briefing_tui.views import glyphs
from briefing_tui.views.chart import draw
from briefing_tui.views.lines import Line, Measure, crop, merge_spans, wrap
from briefing_tui.views.rows import Bar, Row, Span, Spans, plain

MIN_BODY = 12
"""Least cells of the body; the columns beside it give way."""
_LEAST_BODY = 6
"""Least cells of the body beside a leading column that is cropped."""
ROOMY = 64
"""Cells of a row from which the right column is shown in full."""
NARROW = 44
"""Cells of a row below which there is no right column and no indent."""
_CHART = 40


def lay_out(
    row: Row,
    width: int,
    lead_width: int = 0,
    measure: Measure = cell_width,
    *,
    chosen: str = "",
) -> tuple[Line, ...]:
    """Lay a row out in at least one line.

    A text that is too wide for the leading column gets a line of its own, so that no date is cut.

    Args:
        row: The row.
        width: Cells of the longest line.
        lead_width: Cells of the leading column.
        measure: Measures a text in cells.
        chosen: Key of the row whose point stands out in a chart.
    """
    width = max(width, 1)
    if row.chart is not None:
        return _chart(row, width, chosen, measure)
    if row.kind == "rule":
        return (_rule(row, width, measure),)
    if row.bar is not None:
        return (_bar(row.bar, width, measure),)
    indent = " " * min(row.indent, width - MIN_BODY) if width >= NARROW else ""
    if (
        width >= MIN_BODY
        and not row.cropped
        and _is_too_wide(row, indent, lead_width, width, measure)
    ):
        above = wrap(row.lead, width - len(indent), measure)
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
    tail_room = tail_width + 2 if tail else 0
    if room - tail_room < MIN_BODY:
        tail, tail_room = (), 0
    lines: list[Line] = []
    body_room = room - tail_room
    cut = row.cropped and "\n" not in plain(row.body)
    body = [crop(row.body, body_room, measure)] if cut else wrap(row.body, body_room, measure)
    for number, words in enumerate(body):
        start = prefix if number == 0 else (Span(" " * hang),)
        end: Spans = ()
        if number == 0 and tail:
            used = measure(plain((*start, *words)))
            end = (Span(" " * (width - used - tail_width)), *tail)
        lines.append((*start, *words, *end))
    for detail in row.details:
        lines.extend((Span(" " * hang), *words) for words in wrap(detail, room, measure))
    return tuple(lines)


def _is_too_wide(row: Row, indent: str, lead_width: int, width: int, measure: Measure) -> bool:
    """Whether the leading column has no room beside the body."""
    room = width - len(indent)
    limit = lead_width if lead_width and room - lead_width >= MIN_BODY else room - 1 - _LEAST_BODY
    return measure(plain(row.lead)) > limit


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
    return tuple(spans), used


def _chart(row: Row, width: int, chosen: str, measure: Measure) -> tuple[Line, ...]:
    indent = Span(" " * row.indent)
    if row.chart is None or width < _CHART:
        return (crop((indent, Span("too narrow for the chart", "muted")), width, measure),)
    return tuple((indent, *line) for line in draw(row.chart, width - row.indent, chosen, measure))


def _rule(row: Row, width: int, measure: Measure) -> Line:
    label = crop(row.body, max(width - 8, 1), measure)
    used = measure(plain(label))
    start = Span(glyphs.AS_OF * 2 + " ", "muted")
    end = Span(" " + glyphs.AS_OF * max(width - used - 4, 0), "muted")
    return crop((start, *label, end), width, measure)


def _bar(bar: Bar, width: int, measure: Measure) -> Line:
    first, last = (f"{bar.labels[0]} ", f" {bar.labels[1]}")
    cells = width - measure(first) - measure(last) - 2
    if cells < 8:
        return crop((Span(f"{first}– {bar.labels[1]}", "muted"),), width, measure)
    days = max(bar.end - bar.start, 1)

    def cell(day: int) -> int:
        return min(max((day - bar.start) * (cells - 1) // days, 0), cells - 1)

    drawn: list[Span] = [Span(glyphs.BAR_EMPTY, "muted")] * cells
    if bar.window is not None:
        for position in range(cell(bar.window[0]), cell(bar.window[1]) + 1):
            drawn[position] = Span(glyphs.BAR_WINDOW, "planned")
    for day, glyph in bar.marks:
        drawn[cell(day)] = Span(glyph, "accent")
    ends = Span(first + glyphs.BAR_START, "muted"), Span(glyphs.BAR_END + last, "muted")
    return merge_spans((ends[0], *drawn, ends[1]))
