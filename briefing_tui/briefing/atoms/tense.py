"""Tense: which actions of a text lie ahead, are only possible, or are done."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from briefing_tui.briefing.atoms.clauses import SentenceWord, lemma, tokens

_MODALS = frozenset(["will", "would", "shall", "should", "may", "might", "could", "must"])
_PLANS = frozenset(
    map(
        lemma,
        [
            "plan",
            "expect",
            "intend",
            "due",
            "agree",
            "aim",
            "propose",
            "want",
            "hope",
            "pledge",
            "promise",
            "schedule",
            "set",
            "need",
            "require",
            "prepare",
            "ask",
            "order",
            "likely",
        ],
    )
)
"""Basic forms of words that announce an action, if "to" follows."""
_BE = frozenset(["is", "are", "was", "were", "be"])
_SKIPPED = frozenset(
    [
        "be",
        "been",
        "have",
        "to",
        "not",
        "never",
        "also",
        "still",
        "soon",
        "only",
        "a",
        "the",
        "its",
        "their",
        "his",
        "her",
    ]
)
CANCELLED = frozenset(map(lemma, ["cancel", "scrap", "abandon", "postpone", "shelve", "suspend"]))


_ACHIEVED = frozenset(
    map(
        lemma,
        ["manage", "begin", "help", "use", "continue", "force", "start", "able", "come", "lead"],
    )
)
"""Basic forms of words after which an infinitive may be done."""


class Tenses(NamedTuple):
    """The actions of a text, as positions of words."""

    ahead: frozenset[int]
    """Planned, promised or possible."""
    done: frozenset[int]
    """In the past tense or the perfect."""


@lru_cache(maxsize=512)
def tenses(text: str) -> Tenses:
    """Return the actions of a text that lie ahead, and those that are done."""
    words = tokens(text)
    ahead: set[int] = set()
    for word in words:
        start = _announced(words, word.position)
        if start is None:
            continue
        for other in words[start : start + 6]:
            if other.starts and other.position > word.position:
                break
            if other.is_content and not other.written.endswith("ly"):
                ahead.add(other.position)
                break
    done = {
        word.position
        for word in words
        if word.is_past
        and word.is_content
        and not word.is_name
        and word.position not in ahead
        and not _is_attribute(words, word.position)
    }
    return Tenses(frozenset(ahead), frozenset(done))


def is_cancelled(words: tuple[SentenceWord, ...], position: int) -> bool:
    """Return whether the sentence of a word says that something was called off."""
    return any(
        word.lemma in CANCELLED
        or (word.lemma == "call" and index + 1 < len(words) and words[index + 1].written == "off")
        for index, word in enumerate(words)
        if word.clause == words[position].clause
    )


def _announced(words: tuple[SentenceWord, ...], index: int) -> int | None:
    """Return where the action begins that a word announces."""
    word = words[index]
    written = word.written.casefold()
    following = words[index + 1].written if index + 1 < len(words) else ""
    if written in _MODALS and not word.is_name:
        return index + 1
    if following == "to" and (word.lemma in _PLANS or written in _BE or written == "yet"):
        return index + 2
    before = words[index - 1].lemma if index else ""
    is_infinitive = written == "to" and bool(following) and following.islower()
    return index + 1 if is_infinitive and before not in _ACHIEVED else None


def _is_attribute(words: tuple[SentenceWord, ...], index: int) -> bool:
    """Return whether a participle stands before a noun: "a planned visit"."""
    before = words[index - 1].written.casefold() if index else ""
    return before in (
        "a",
        "an",
        "the",
        "its",
        "their",
        "his",
        "her",
        "to",
        "be",
        "if",
        "once",
        "when",
    )
