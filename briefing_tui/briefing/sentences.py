"""Paragraphs and sentences of an article, as the passages that a briefing points at.

Good enough to begin a briefing with: abbreviations (``Rs. 40,000``, ``Dr. Rao``, ``U.S. Navy``),
initials, quotations, headings, lists and hard-wrapped lines are minded; the writer reads over the
rest. Made for English, and for scripts that end a sentence with ``।`` or ``。``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefing_tui.briefing.model import Passage
from briefing_tui.briefing.source_verification import short_hash

_NEVER_LAST = re.compile(
    r"dr|mr|mrs|ms|messrs|prof|rev|hon|st|gen|col|maj|capt|cmdr|adm|lt|sgt|brig|rs|re|inr"
    r"|usd|vs|cf|eg|ie|e\.g|i\.e|viz|approx|est|fig|figs|gov|sen|rep|pres|amb|smt|shri|ft"
    r"|mt|dept"
)
"""Abbreviations that stand before what they belong to."""

_BEFORE_NUMBER = re.compile(
    r"no|nos|art|sec|ch|vol|pp|p|para|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
)
"""Abbreviations before a number, and words or ends of sentences elsewhere."""

_EITHER = re.compile(r"inc|ltd|co|corp|bros|plc|pvt|etc|jr|sr|al|a\.m|p\.m|am|pm|bn|mn|cr|ave|blvd")
"""Abbreviations that may end a sentence."""

OPENERS = re.compile(
    r"a|an|the|this|that|these|those|he|she|it|they|we|i|you|his|her|its|their|our|my|in"
    r"|on|at|by|for|from|to|as|but|and|or|so|yet|if|when|while|where|after|before|since"
    r"|although|though|however|meanwhile|there|here|what|who|why|how|with|without|not|no"
    r"|both|last|next"
)
"""Words that begin sentences and, in capitals, seldom anything else."""

_SAID = r"(?:said|says|say|asked|asks|told|added|adds|replied|wrote|writes|warned|insisted)"
_CLOSERS = r"[\"'”’»)\]]*+"
_END = re.compile(
    rf"(?<![.!?…])(?P<mark>[.!?…]++)(?P<closers>{_CLOSERS})(?=\s)"
    rf"|[।॥]{_CLOSERS}(?=\s)|[\u3002\uff01\uff1f]+[」』”]*"
)
_WORD_BEFORE = re.compile(r"[^\s(\[\"“'‘«]+\Z")
_NEXT = re.compile(r"\s+[\"'“‘«(\[]*(\S+)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LIST_NUMBER = re.compile(r"\s*(?:\d{1,3}|[a-z]|[ivx]+)\Z", re.IGNORECASE)
_SPEECH = re.compile(rf"\s+(?:\w+\s+){{0,3}}{_SAID}\b|\s+{_SAID}\b")
_BLANK = re.compile(r"[^\S\n\r]*(?:\r\n|\r|\n)")
_LOOK_BACK = 40
"""Characters before a full stop that tell whether it ends a sentence."""

_WRAPPED = 110
"""Columns within which a text is taken to be broken into lines by hand or program."""


class Span(NamedTuple):
    """A stretch of a text, in code points, the end exclusive."""

    start: int
    end: int


def passages(text: str) -> dict[str, Passage]:
    """Every sentence of a text by its address, such as ``P4S3``, in order."""
    return {
        f"P{number}S{count}": Passage(one.start, one.end, short_hash(text[one.start : one.end]))
        for number, paragraph in enumerate(paragraphs(text), 1)
        for count, one in enumerate(sentences(text, paragraph), 1)
    }


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text, headings among them, without the white space around them.

    Blank lines set paragraphs apart; in a text without any, whose lines are as long as paragraphs
    are, every line is one.
    """
    lines = [_trimmed(text, line) for line in _lines(text)]
    widths = [line.end - line.start for line in lines]
    widest = max(widths, default=0)
    wrapped = widest <= _WRAPPED
    found: list[Span] = []
    goes_on = False
    for position, line in enumerate(lines):
        if not widths[position]:
            goes_on = False
            continue
        if goes_on:
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(line)
        goes_on = wrapped and not _is_heading(text, lines, position, widest)
    return found


def sentences(text: str, paragraph: Span) -> Iterator[Span]:
    """The sentences of a paragraph."""
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        if match.end() < paragraph.end and _ends(text, start, match, paragraph.end):
            yield Span(start, match.end())
            start = _trimmed(text, Span(match.end(), paragraph.end)).start
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _ends(text: str, start: int, match: re.Match[str], limit: int) -> bool:
    """Whether a sentence that began at ``start`` ends with a mark."""
    mark = match["mark"]
    if mark is None:
        return True
    following = _NEXT.match(text, match.end(), limit)
    following_word = following[1] if following else ""
    if not following_word or following_word[0].islower():
        return False
    if mark != ".":
        return not (match["closers"] and _SPEECH.match(text, match.end(), limit))
    before = text[max(start, match.start() - _LOOK_BACK) : match.start()]
    if match["closers"]:
        return True
    if _LIST_NUMBER.match(before):
        return False
    found = _WORD_BEFORE.search(before)
    return found is None or not _is_abbreviation(found[0], following_word)


def _is_abbreviation(word: str, following: str) -> bool:
    folded = word.casefold()
    opens = OPENERS.fullmatch(following.rstrip(",;:").casefold())
    if _NEVER_LAST.fullmatch(folded):
        return True
    if _BEFORE_NUMBER.fullmatch(folded):
        return following[0].isdigit()
    if _EITHER.fullmatch(folded) or _INITIALS.fullmatch(word):
        return not opens
    return False


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for match in re.finditer(r"\r\n|\r|\n", text):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, len(text))


def _trimmed(text: str, span: Span) -> Span:
    inside = text[span.start : span.end].replace("\ufeff", " ")
    start = span.start + len(inside) - len(inside.lstrip())
    return Span(start, max(start, span.start + len(inside.rstrip())))


def _is_heading(text: str, lines: list[Span], position: int, widest: int) -> bool:
    """Whether a line of a wrapped text ends its paragraph though no blank line follows."""
    line = lines[position]
    begins = position == 0 or lines[position - 1].start == lines[position - 1].end
    if not begins or position + 1 == len(lines):
        return False
    words = text[line.start : line.end]
    following = text[lines[position + 1].start : lines[position + 1].end]
    short = len(words) < widest * 0.6 and len(words) + len(following.partition(" ")[0]) < widest
    return short and words[-1] not in ".!?,;:…-" and following[:1].isupper()
