"""From rows to lines of a given width.

Every line is at most as wide as asked, measured by the function that is passed in: the reader
passes that of its terminal library, plain text our own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from briefing_tui.briefing.text import cell_width
from briefing_tui.views import glyphs
from briefing_tui.views.rows import Bar, Role, Row, Span, Spans, plain

Measure = Callable[[str], int]
Line = Spans

_MIN_BODY = 12
_ROOMY = 64
_NARROW = 44
_TOKEN = re.compile(r"[ \t]+|[^ \t]+")


def lay_out(
    row: Row, width: int, lead_width: int = 0, measure: Measure = cell_width
) -> tuple[Line, ...]:
    """The lines of a row; never none."""
    width = max(width, 1)
    if row.kind == "rule":
        return (_rule(row, width, measure),)
    if row.bar is not None:
        return (_bar(row.bar, width, measure),)
    left = " " * row.indent if width >= _NARROW else ""
    tail = row.tail if width >= _ROOMY else row.tail_short or row.tail
    tail = tail if width >= _NARROW else ()
    prefix, hang = _prefix(row, left, lead_width if row.lead else 0, width, measure)
    room = max(width - hang, 1)
    tail_width = measure(plain(tail))
    tail_room = tail_width + 2 if tail else 0
    if room - tail_room < _MIN_BODY:
        tail, tail_room = (), 0
    lines: list[Line] = []
    body_room = room - tail_room
    cut = row.cropped and "\n" not in plain(row.body)
    body = [crop(row.body, body_room, measure)] if cut else wrap(row.body, body_room, measure)
    for number, words in enumerate(body):
        start = prefix if number == 0 else (Span(" " * hang),)
        end: Spans = ()
        if number == 0 and tail:
            used = measure(plain(words))
            end = (Span(" " * (room - used - tail_width)), *tail)
        lines.append((*start, *words, *end))
    for detail in row.details:
        lines.extend((Span(" " * hang), *words) for words in wrap(detail, room, measure))
    return tuple(lines)


def _prefix(
    row: Row, left: str, lead_width: int, width: int, measure: Measure
) -> tuple[Spans, int]:
    """What stands before the body, and how many cells it takes."""
    spans: list[Span] = [Span(left)] if left else []
    used = len(left)
    if lead_width and width - used - lead_width >= _MIN_BODY:
        text = plain(row.lead)
        pad = lead_width - measure(text)
        if pad < 0:
            spans.extend(crop(row.lead, lead_width, measure))
            pad = 0
        else:
            spans.extend(row.lead)
        spans.append(Span(" " * (pad + 2)))
        used += lead_width + 2
    elif row.lead:
        spans.extend((*crop(row.lead, max(width - used - 1, 1), measure), Span(" ")))
        used = min(used + measure(plain(row.lead)) + 1, width)
    if row.mark is not None and width - used > 2:
        spans.extend((row.mark, Span(" ")))
        used += measure(row.mark.text) + 1
    return tuple(spans), min(used, width - 1)


def wrap(spans: Spans, width: int, measure: Measure = cell_width) -> list[Line]:
    """Spans broken at white space into lines of at most ``width`` cells; at least one line.

    A word wider than a line is broken within.
    """
    width = max(width, 1)
    text = plain(spans)
    if "\n" not in text and "\t" not in text and measure(text) <= width:
        return [tuple(span for span in spans if span.text)]
    lines: list[Line] = []
    line: list[Span] = []
    used = 0
    pending = ""
    for word, role, breaks in _words(spans):
        if breaks:
            lines.append(tuple(line))
            line, used, pending = [], 0, ""
        if word.isspace():
            pending = " "
            continue
        size = measure(word)
        if used and used + len(pending) + size > width:
            lines.append(tuple(line))
            line, used, pending = [], 0, ""
        if used and pending:
            line.append(Span(pending, role))
            used += 1
        pending = ""
        while size > width:
            room = width - used
            head = _take(word, room, measure) if room > 0 else ""
            if not head and not used:
                head = word[0]
            if head:
                line.append(Span(head, role))
            lines.append(tuple(line))
            line, used = [], 0
            word = word[len(head) :]
            size = measure(word)
        if word:
            line.append(Span(word, role))
            used += size
    lines.append(tuple(line))
    return [_merged(one) for one in lines]


def crop(spans: Spans, width: int, measure: Measure = cell_width) -> Spans:
    """The spans cut to ``width`` cells, the last of them ``…`` where something is lost."""
    if measure(plain(spans)) <= width:
        return spans
    kept: list[Span] = []
    room = width - 1
    for span in spans:
        head = span.text if measure(span.text) <= room else _take(span.text, room, measure)
        kept.append(Span(head, span.role))
        room -= measure(head)
        if head != span.text:
            break
    if width > 0:
        kept.append(Span("…", kept[-1].role if kept else "text"))
    return tuple(kept)


def _words(spans: Spans) -> Iterator[tuple[str, Role, bool]]:
    """Words and white space in turn; the flag says that a line break stands before."""
    for span in spans:
        for number, part in enumerate(span.text.split("\n")):
            breaks = number > 0
            if breaks and not part:
                yield " ", span.role, True
            for token in _TOKEN.findall(part):
                yield token, span.role, breaks
                breaks = False


def _take(word: str, width: int, measure: Measure) -> str:
    """The longest beginning of a word that fits, found by halving."""
    low, high = 0, min(len(word), width * 8)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(word[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return word[:low]


def _merged(line: Line | tuple[Span, ...]) -> Line:
    merged: list[Span] = []
    for span in line:
        if merged and merged[-1].role == span.role:
            merged[-1] = Span(merged[-1].text + span.text, span.role)
        else:
            merged.append(span)
    return tuple(merged)


def _rule(row: Row, width: int, measure: Measure) -> Line:
    label = crop(row.body, max(width - 8, 1), measure)
    used = measure(plain(label))
    before = Span(glyphs.AS_OF * 2 + " ", "muted")
    after = Span(" " + glyphs.AS_OF * max(width - used - 4, 0), "muted")
    return crop((before, *label, after), width, measure)


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
    return _merged((ends[0], *drawn, ends[1]))
