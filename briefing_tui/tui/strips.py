"""Turns lines of spans into styled strips; no other module styles text.

Text of a file is always literal: nothing parses it as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.strip import Strip

from briefing_tui.views.line_layout import crop
from briefing_tui.views.row_search import occurrences
from briefing_tui.views.rows import Span, Spans, plain

RoleStyles = Mapping[str, Style]
measure: Callable[[str], int] = cell_len


def to_strip(
    line: Iterable[Span], width: int, styles: RoleStyles, base: Style, query: str = ""
) -> Strip:
    """Return a line as a strip, ``width`` cells wide, with the matches of ``query`` highlighted."""
    spans = tuple(line)
    segments: list[Segment] = []
    matches = occurrences(plain(spans), query) if query else []
    start = 0
    for span in spans:
        style = base + styles[span.role]
        segments += _segments(span.text, start, style, base + styles["match"], matches)
        start += len(span.text)
    return Strip(segments).adjust_cell_length(width, base)


def _segments(
    text: str, start: int, style: Style, match_style: Style, matches: list[tuple[int, int]]
) -> list[Segment]:
    """Return the text of a span as segments, split where a match begins or ends."""
    end = start + len(text)
    cuts = sorted({start, end, *(cut for match in matches for cut in match if start < cut < end)})
    return [
        Segment(
            text[begin - start : stop - start],
            match_style if any(a <= begin and stop <= b for a, b in matches) else style,
        )
        for begin, stop in pairwise(cuts)
    ]


def join_ends(start: Spans, end: Spans, width: int, *, fill: Span) -> Spans:
    """Return a line with text at both ends; the start is cropped if they overlap."""
    end = crop(end, width, measure)
    room = max(width - measure(plain(end)) - (1 if end else 0), 0)
    start = crop(start, room, measure)
    gap = width - measure(plain(start)) - measure(plain(end))
    return (*start, Span(fill.text * gap, fill.role), *end)


def content(text: str) -> Content:
    """Return literal text for a Textual widget."""
    return Content(text)


def highlight(text: str, query: str, end: int) -> Content:
    """Return literal text with the first occurrence of a query before ``end`` highlighted."""
    from briefing_tui.query.folding import needle

    result = Content(text)
    matches = needle(query.lower()).spans(text[:end])
    return result.stylize("bold underline", *matches[0]) if matches else result


class AsciiFilter(LineFilter):
    """Replaces characters that the terminal lacks.

    ``letters`` beyond ASCII may stay, and ``ambiguous`` ones, which some terminals draw two cells
    wide.
    """

    def __init__(self, *, letters: bool, ambiguous: bool = True) -> None:
        super().__init__()
        self._letters = letters
        self._ambiguous = ambiguous

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments with their text replaced; widths stay the same."""
        return [
            segment
            if segment.text.isascii()
            else Segment(self._replace(segment.text), segment.style, segment.control)
            for segment in segments
        ]

    def _replace(self, text: str) -> str:
        from briefing_tui.briefing.ascii_text import in_ascii, without_ambiguous, without_signs

        if not self._letters:
            return in_ascii(text, measure)
        return without_signs(text) if self._ambiguous else without_ambiguous(text)
