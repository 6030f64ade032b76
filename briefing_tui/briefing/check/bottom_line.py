"""The bottom line (W208)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.check.rule_helpers import finding
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Briefing, Point
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import known_since, sources

_MOST_WORDS = 50
_MOST_SENTENCES = 2
_CLOSING, _OPENING = "\"'”’)]", "\"'“‘(["
_NO_END = re.compile(r"\W*(?:[A-Z]|[A-Za-z](?:\.[A-Za-z])+|Mrs?|Ms|Drs?|St|Gen|Lt|Col|vs)\.")
"""What a full stop only shortens: initials, titles and the like."""


def length(document: Document) -> Iterator[Problem]:
    """W208: the bottom line is read in one breath (AR 25-50, "bottom line up front").

    The points that are known when the briefing is made count together. One that becomes known later
    counts alone, since with it an older one has had its day.
    """
    briefing = document.briefing
    words = sentences = 0
    for point in briefing.bottom_line:
        text = point.text.split()
        own_words, own_sentences = sum(map(_is_word, text)), _sentences(text)
        if _is_later(point, briefing):
            if own_words > _MOST_WORDS or own_sentences > _MOST_SENTENCES:
                yield _too_long(document, point, own_words, own_sentences)
            continue
        fits = words <= _MOST_WORDS and sentences <= _MOST_SENTENCES
        words, sentences = words + own_words, sentences + own_sentences
        if fits and (words > _MOST_WORDS or sentences > _MOST_SENTENCES):
            yield _too_long(document, point, words, sentences)


def _is_later(point: Point, briefing: Briefing) -> bool:
    known = known_since(point, briefing)
    return known is not None and known.anchor > briefing.as_of.upper


def _is_word(word: str) -> bool:
    return any(char.isalnum() for char in word)


def _sentences(text: list[str]) -> int:
    """Sentences of a text in words; the last need not end."""
    return 1 + sum(map(_is_break, text, text[1:]))


def _is_break(word: str, following: str) -> bool:
    word, following = word.rstrip(_CLOSING), following.lstrip(_OPENING)
    ends = word.endswith((".", "!", "?", "…")) and following[:1].isupper()
    return ends and not _NO_END.fullmatch(word)


def _too_long(document: Document, point: Point, words: int, sentences: int) -> Problem:
    is_wordy = words > _MOST_WORDS
    found = f"{words} words" if is_wordy else f"{sentences} sentences"
    most = f"{_MOST_WORDS} words" if is_wordy else f"{_MOST_SENTENCES} sentences"
    message = f"with this, the bottom line has {found}; shorten it to {most}, or use 'key_points'"
    return finding(document, "W208", point, "text", message)


def grounds(document: Document) -> Iterator[Problem]:
    """W208: the bottom line is no opinion, and rests on more than sources nobody can judge.

    ICD 203 wants judgement told apart from information (section D.6.e.3) and the quality of sources
    made plain (D.6.e.1); an F in the Admiralty code is a source whose reliability cannot be judged.
    """
    briefing = document.briefing
    for point in briefing.bottom_line:
        if point.basis == "judgement":
            message = "a judgement does not belong in the bottom line; move it to 'key_points'"
            yield finding(document, "W208", point, "basis", message)
        known = [cited.source for cited in point.cite if cited.source in briefing.sources]
        grades = {source.reliability for source in sources(point, briefing)}
        if grades == {"F"} and len(known) == len(point.cite):
            message = "rests on a source rated F alone; cite another one, or use 'key_points'"
            yield finding(document, "W208", point, "cite", message)
