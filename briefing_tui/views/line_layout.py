"""Lines of spans: wrap, crop and merge.

Every width is in terminal cells, measured by the function that is passed in: the full screen passes
the one of its terminal library, plain text our own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.views import glyphs
from briefing_tui.views.rows import SEPARATOR, Role, Span, Spans, plain

Measure = Callable[[str], int]
Line = Spans

_TOKEN = re.compile(r"[ \t]+|[^ \t]+")
_REACHING = re.compile("[\u200d\ufe0f]")
"""Characters that change the width of their neighbours."""
_JOINTS = "/?&-"
"""Characters after which a URL that is longer than a line may be broken."""
_SCHEME = len("https://")
_LEADING = {
    *(glyphs.OCCURRED, glyphs.PLANNED, glyphs.MET, glyphs.CANCELLED, glyphs.DISPUTED),
    *(glyphs.BAR_AS_OF, glyphs.BAR_WINDOW, glyphs.BASELINE, glyphs.RIVAL, *glyphs.PARTIES),
}
"""Signs that belong to the word after them, in legends and headings."""


def wrap(spans: Spans, width: int, measure: Measure = cell_width) -> list[Line]:
    """Break spans at white space into lines of at most ``width`` cells; at least one line.

    A word wider than a line is broken inside, a URL after a joint if possible. A sign stays with
    its word, and a small number with its noun. A separator is left out at a break.
    """
    width = max(width, 1)
    text = plain(spans)
    if "\n" not in text and "\t" not in text and _cells(text, "", measure) <= width:
        return [tuple(span for span in spans if span.text)]
    reaching = _REACHING.search(text) is not None
    lines: list[list[Span]] = [[]]
    used = 0
    space: list[Span] = []
    """The white space before the next word, with its role."""
    words = list(_words(spans))
    for index, (word, role, breaks) in enumerate(words):
        if breaks:
            lines.append([])
            used, space = 0, []
        if word == SEPARATOR or word.isspace():
            space = [Span(SEPARATOR if word == SEPARATOR else " ", role)]
            continue
        size = _cells(word, plain((*lines[-1], *space)) if reaching else "", measure)
        unbroken = size + _bound_width(words, index, measure)
        gap = len(plain(space))
        if lines[-1] and used + gap + (unbroken if unbroken <= width else size) > width:
            lines.append([])
            used, space = 0, []
            size = _cells(word, "", measure)
        if used and space:
            lines[-1] += space
            used += len(plain(space))
        space = []
        if size > width:
            *full, word = _pieces(word, width, measure)
            for piece in full:
                lines[-1].append(Span(piece, role))
                lines.append([])
                used = 0
            size = _cells(word, "", measure)
        lines[-1].append(Span(word, role))
        used += size
    return [merge_spans(line) for line in lines]


def crop(spans: Spans, width: int, measure: Measure = cell_width) -> Spans:
    """Cut spans to ``width`` cells; if anything is lost, the last cell is ``…``."""
    if measure(plain(spans)) <= width:
        return spans
    cropped: list[Span] = []
    room = width - 1
    for span in spans:
        prefix = plain(cropped)
        size = _cells(span.text, prefix, measure)
        head = span.text if size <= room else _take(span.text, 0, room, measure)
        cropped.append(Span(head, span.role))
        room -= _cells(head, prefix, measure)
        if head != span.text:
            break
    if width > 0:
        cropped.append(Span("…", cropped[-1].role if cropped else "text"))
    return tuple(cropped)


def _words(spans: Spans) -> Iterator[tuple[str, Role, bool]]:
    """Words and white space in turn; the flag: whether there is a line break before it."""
    for span in spans:
        if span.text == SEPARATOR:
            yield SEPARATOR, span.role, False
            continue
        for number, part in enumerate(span.text.split("\n")):
            breaks = number > 0
            if breaks and not part:
                yield " ", span.role, True
            for token in _TOKEN.findall(part):
                yield token, span.role, breaks
                breaks = False


def _bound_width(words: list[tuple[str, Role, bool]], index: int, measure: Measure) -> int:
    """Cells of the next word, with the space, if it must stay on the line of this one."""
    if index + 2 >= len(words) or words[index + 1][2] or words[index + 2][2]:
        return 0
    if words[index + 1][0] == SEPARATOR:
        return 0
    word, following = words[index][0], words[index + 2][0]
    if following == glyphs.WARNING or word in _LEADING or (word.isdecimal() and len(word) <= 3):
        return 1 + measure(following)
    return 0


def _cells(text: str, prefix: str, measure: Measure) -> int:
    """Cells of a text after a prefix on the same line."""
    if text.isascii() or not _REACHING.search(text):
        return measure(text)
    return measure(f" {prefix}{text}") - measure(f" {prefix}")


def _pieces(word: str, width: int, measure: Measure) -> Iterator[str]:
    """Break a word that is too long for a line into pieces that fit, of at least one character."""
    start = 0
    while start < len(word):
        piece = _take(word, start, width, measure) or word[start]
        joint = max(map(piece.rfind, _JOINTS)) + 1
        if joint > _SCHEME and start + len(piece) < len(word):
            piece = piece[:joint]
        yield piece
        start += len(piece)


def _take(word: str, start: int, width: int, measure: Measure) -> str:
    """Return as much of a word as fits, by bisection, so that a long one is not measured whole."""
    ends = range(start + 1, min(len(word), start + width * 8) + 1)
    count = bisect_right(ends, width, key=lambda end: _cells(word[start:end], "", measure))
    return word[start : start + count]


def merge_spans(line: Iterable[Span]) -> Line:
    """Merge neighbouring spans of the same role."""
    return tuple(Span(plain(group), role) for role, group in groupby(line, attrgetter("role")))
