"""Lines of spans: wrapping, cutting, joining.

Every width is in terminal cells, measured by the function that is passed in: the reader passes that
of its terminal library, plain text our own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from briefing_tui.briefing.text import cell_width
from briefing_tui.views import glyphs
from briefing_tui.views.rows import Role, Span, Spans, plain

Measure = Callable[[str], int]
Line = Spans

_TOKEN = re.compile(r"[ \t]+|[^ \t]+")
_REACHING = re.compile("[\u200d\ufe0f]")
"""Characters that change the width of what stands before or after them."""
_JOINTS = "/?&-"
"""Where an address that is longer than a line is broken, behind the sign."""
_SCHEME = len("https://")
_LEADING = {
    *(glyphs.OCCURRED, glyphs.PLANNED, glyphs.MET, glyphs.CANCELLED, glyphs.DISPUTED),
    *(glyphs.BAR_AS_OF, glyphs.BAR_WINDOW),
}
"""Signs that stand before what they tell of, in legends and headings."""


def wrap(spans: Spans, width: int, measure: Measure = cell_width) -> list[Line]:
    """Spans broken at white space into lines of at most ``width`` cells; at least one line.

    A word wider than a line is broken within, behind a joint of an address where it has one. A
    sign stays with the word it belongs to, and a small number with what it counts.
    """
    width = max(width, 1)
    text = plain(spans)
    if "\n" not in text and "\t" not in text and _cells(text, "", measure) <= width:
        return [tuple(span for span in spans if span.text)]
    reaching = _REACHING.search(text) is not None
    lines: list[Line] = []
    line: list[Span] = []
    used = 0
    pending: list[Span] = []
    """The white space before the next word, in its own role."""
    words = list(_words(spans))
    for at, (word, role, breaks) in enumerate(words):
        if breaks:
            lines.append(tuple(line))
            line, used, pending = [], 0, []
        if word.isspace():
            pending = [Span(" ", role)]
            continue
        size = _cells(word, plain((*line, *pending)) if reaching else "", measure)
        kept = size + _kept_with(words, at, measure)
        if line and used + len(pending) + (kept if kept <= width else size) > width:
            lines.append(tuple(line))
            line, used, pending = [], 0, []
            size = _cells(word, "", measure)
        if used and pending:
            line += pending
            used += 1
        pending = []
        if size > width:
            *full, word = _pieces(word, width, measure)
            for piece in full:
                lines.append((*line, Span(piece, role)))
                line, used = [], 0
            size = _cells(word, "", measure)
        line.append(Span(word, role))
        used += size
    lines.append(tuple(line))
    return [merged(one) for one in lines]


def crop(spans: Spans, width: int, measure: Measure = cell_width) -> Spans:
    """The spans cut to ``width`` cells, the last of them ``…`` where something is lost."""
    if measure(plain(spans)) <= width:
        return spans
    kept: list[Span] = []
    room = width - 1
    for span in spans:
        before = plain(kept)
        size = _cells(span.text, before, measure)
        head = span.text if size <= room else _take(span.text, 0, room, measure)
        kept.append(Span(head, span.role))
        room -= _cells(head, before, measure)
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


def _kept_with(words: list[tuple[str, Role, bool]], at: int, measure: Measure) -> int:
    """The cells of what must not be parted from a word, with the space between."""
    if at + 2 >= len(words) or words[at + 1][2] or words[at + 2][2]:
        return 0
    word, following = words[at][0], words[at + 2][0]
    if following == glyphs.WARNING or word in _LEADING or (word.isdecimal() and len(word) <= 3):
        return 1 + measure(following)
    return 0


def _cells(text: str, before: str, measure: Measure) -> int:
    """The cells that a text takes after another, or after the space at the edge."""
    if text.isascii() or not _REACHING.search(text):
        return measure(text)
    return measure(f" {before}{text}") - measure(f" {before}")


def _pieces(word: str, width: int, measure: Measure) -> Iterator[str]:
    """A word too long for a line in pieces that fit, of a character at least."""
    start = 0
    while start < len(word):
        piece = _take(word, start, width, measure) or word[start]
        joint = max(map(piece.rfind, _JOINTS)) + 1
        if joint > _SCHEME and start + len(piece) < len(word):
            piece = piece[:joint]
        yield piece
        start += len(piece)


def _take(word: str, start: int, width: int, measure: Measure) -> str:
    """As much of a word as fits, found by halving; never all of a long one is measured."""
    low, high = 0, min(len(word) - start, width * 8)
    while low < high:
        middle = (low + high + 1) // 2
        if _cells(word[start : start + middle], "", measure) <= width:
            low = middle
        else:
            high = middle - 1
    return word[start : start + low]


def merged(line: Spans) -> Line:
    """A line with neighbours of one role made one span."""
    merged: list[Span] = []
    for span in line:
        if merged and merged[-1].role == span.role:
            merged[-1] = Span(merged[-1].text + span.text, span.role)
        else:
            merged.append(span)
    return tuple(merged)
