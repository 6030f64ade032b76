"""The one place where text gets a style: lines of spans become strips of segments.

Strings of a file pass as they are; nothing here, or anywhere, reads them as markup.
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

from briefing_tui.views.lines import crop
from briefing_tui.views.rows import Span, Spans, plain
from briefing_tui.views.search import occurrences

RoleStyles = Mapping[str, Style]
measure: Callable[[str], int] = cell_len
"""Cells that the terminal half gives to a text."""


def to_strip(
    line: Iterable[Span], width: int, role_styles: RoleStyles, base: Style, query: str = ""
) -> Strip:
    """One line of a terminal, ``width`` cells wide, with the matches of ``query`` marked."""
    spans = tuple(line)
    segments: list[Segment] = []
    found = occurrences(plain(spans), query) if query else []
    start = 0
    for span in spans:
        style = base + role_styles[span.role]
        segments += _segments(span.text, start, style, base + role_styles["match"], found)
        start += len(span.text)
    return Strip(segments).adjust_cell_length(width, base)


def _segments(
    text: str, start: int, style: Style, match: Style, found: list[tuple[int, int]]
) -> list[Segment]:
    """A span's text, divided where a match begins or join_ends."""
    end = start + len(text)
    cuts = sorted({start, end, *(cut for pair in found for cut in pair if start < cut < end)})
    return [
        Segment(
            text[one - start : two - start],
            match if any(first <= one and two <= last for first, last in found) else style,
        )
        for one, two in pairwise(cuts)
    ]


def join_ends(left: Spans, right: Spans, width: int, *, fill: Span | None = None) -> Spans:
    """Two texts at the join_ends of a line; the left one is cut where they meet."""
    right = crop(right, width, measure)
    room = max(width - measure(plain(right)) - (1 if right else 0), 0)
    left = crop(left, room, measure)
    gap = width - measure(plain(left)) - measure(plain(right))
    filler = fill or Span(" ")
    return (*left, Span(filler.text * gap, filler.role), *right)


def content(text: str, style: str = "") -> Content:
    """Literal text for a widget of the framework; the style never comes from a file."""
    return Content.styled(text, style) if style else Content(text)


def highlight(text: str, offsets: Iterable[int]) -> Content:
    """Literal text with some characters marked."""
    marked = Content(text)
    for offset in offsets:
        marked = marked.stylize("bold underline", offset, offset + 1)
    return marked


class InAscii(LineFilter):
    """Spells every line in ASCII, those of the framework's own widgets too."""

    def __init__(self, *, letters: bool) -> None:
        super().__init__()
        self._letters = letters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments, as wide as before."""
        return [
            one if one.text.isascii() else Segment(self._spelt(one.text), one.style, one.control)
            for one in segments
        ]

    def _spelt(self, text: str) -> str:
        """A text in characters that arrive; letters beyond ASCII are among them, or are not."""
        from briefing_tui.views.ascii import in_ascii, without_signs

        return without_signs(text) if self._letters else in_ascii(text, measure)
