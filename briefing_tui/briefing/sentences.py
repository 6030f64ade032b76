"""Segmentation of an article into paragraphs and sentences, the passages a briefing cites.

Good enough to start a briefing, whose author reviews the result. Designed for English, and for
scripts that end a sentence with ``।`` or ``。``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefing_tui.briefing.model import Passage
from briefing_tui.briefing.source_verification import short_hash

_NEVER_FINAL = re.compile(
    r"dr|mr|mrs|ms|messrs|prof|rev|hon|st|gen|col|maj|capt|cmdr|adm|lt|sgt|brig|rs|re|inr"
    r"|usd|vs|cf|eg|ie|e\.g|i\.e|viz|approx|est|fig|figs|gov|sen|rep|pres|amb|smt|shri|ft"
    r"|mt|dept"
)
"""Abbreviations that always precede another word."""

_BEFORE_NUMBER = re.compile(
    r"no|nos|art|sec|ch|vol|pp|p|para|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
)
"""Abbreviations before a number; elsewhere they are words or end a sentence."""

_SOMETIMES_FINAL = re.compile(
    r"inc|ltd|co|corp|bros|plc|pvt|etc|jr|sr|al|a\.m|p\.m|am|pm|bn|mn|cr|ave|blvd"
)
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
_LOOK_BACK = 40
"""Characters to examine before a full stop."""

_WRAPPED = 110
"""Longest line, in characters, of a text that counts as hard-wrapped."""


class TextSpan(NamedTuple):
    """A span of a text in code points, the end exclusive."""

    start: int
    end: int


def passages(text: str) -> dict[str, Passage]:
    """Return every sentence of a text by its id, such as ``P4S3``, in order."""
    return {
        f"P{paragraph}S{sentence}": Passage(*span, short_hash(text[span.start : span.end]))
        for paragraph, paragraph_span in enumerate(paragraphs(text), 1)
        for sentence, span in enumerate(sentences(text, paragraph_span), 1)
    }


def paragraphs(text: str) -> list[TextSpan]:
    """Return the paragraphs of a text, including headings, without surrounding white space.

    Blank lines separate paragraphs; if the lines are too long to be hard-wrapped, every line is a
    paragraph.
    """
    lines = [_strip(text, line) for line in _lines(text)]
    widths = [line.end - line.start for line in lines]
    widest = max(widths, default=0)
    wrapped = widest <= _WRAPPED
    spans: list[TextSpan] = []
    continues = False
    for index, line in enumerate(lines):
        if not widths[index]:
            continues = False
            continue
        if continues:
            spans[-1] = TextSpan(spans[-1].start, line.end)
        else:
            spans.append(line)
        continues = wrapped and not _is_heading(text, lines, index, widest)
    return spans


def sentences(text: str, paragraph: TextSpan) -> Iterator[TextSpan]:
    """Yield the sentences of a paragraph."""
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        if match.end() < paragraph.end and _is_end(text, start, match, paragraph.end):
            yield TextSpan(start, match.end())
            start = _strip(text, TextSpan(match.end(), paragraph.end)).start
    if start < paragraph.end:
        yield TextSpan(start, paragraph.end)


def _is_end(text: str, start: int, match: re.Match[str], limit: int) -> bool:
    """Return whether a mark ends the sentence that starts at ``start``."""
    mark = match["mark"]
    if mark is None:
        return True
    following = _NEXT.match(text, match.end(), limit)
    following_word = following[1] if following else ""
    if not following_word or following_word[0].islower():
        return False
    if mark != ".":
        return not (match["closers"] and _SPEECH.match(text, match.end(), limit))
    context = text[max(start, match.start() - _LOOK_BACK) : match.start()]
    if match["closers"]:
        return True
    if _LIST_NUMBER.match(context):
        return False
    word = _WORD_BEFORE.search(context)
    return word is None or not _is_abbreviation(word[0], following_word)


def _is_abbreviation(word: str, following: str) -> bool:
    folded = word.casefold()
    if _NEVER_FINAL.fullmatch(folded):
        return True
    if _BEFORE_NUMBER.fullmatch(folded):
        return following[0].isdigit()
    if _SOMETIMES_FINAL.fullmatch(folded) or _INITIALS.fullmatch(word):
        return not OPENERS.fullmatch(following.rstrip(",;:").casefold())
    return False


def _lines(text: str) -> Iterator[TextSpan]:
    start = 0
    for match in re.finditer(r"\r\n|\r|\n", text):
        yield TextSpan(start, match.start())
        start = match.end()
    yield TextSpan(start, len(text))


def _strip(text: str, span: TextSpan) -> TextSpan:
    inside = text[span.start : span.end].replace("\ufeff", " ")
    start = span.start + len(inside) - len(inside.lstrip())
    return TextSpan(start, max(start, span.start + len(inside.rstrip())))


def _is_heading(text: str, lines: list[TextSpan], index: int, widest: int) -> bool:
    """Return whether a line of a wrapped text is a heading without a blank line below it."""
    line = lines[index]
    is_first = index == 0 or lines[index - 1].start == lines[index - 1].end
    if not is_first or index + 1 == len(lines):
        return False
    words = text[line.start : line.end]
    following = text[lines[index + 1].start : lines[index + 1].end]
    short = len(words) < widest * 0.6 and len(words) + len(following.partition(" ")[0]) < widest
    return short and words[-1] not in ".!?,;:…-" and following[:1].isupper()
