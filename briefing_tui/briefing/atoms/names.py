"""Names in running text: their words, near misses, and words that mix scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from briefing_tui.briefing.atoms.clauses import FUNCTION_WORDS, SentenceWord, tokens
from briefing_tui.briefing.atoms.places import country_of
from briefing_tui.briefing.dates import MONTHS, WEEKDAYS

Run = tuple[SentenceWord, ...]
"""The words of one name."""

_CALENDAR = frozenset(word.casefold() for word in (*MONTHS, *WEEKDAYS))
_DERIVED = frozenset(
    ("s", "n", "an", "ian", "ans", "i", "ish", "ese", "er", "ers", "ns", "ed", "es", "al", "ic")
)
"""Endings that make another word of the same name: India, Indian."""
_MIN_LENGTH = 4
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile(r"[A-Za-z]")


def names(text: str, known: frozenset[str] = frozenset()) -> list[Run]:
    """Return the names in a text, as runs of capitalised words.

    The first word of a sentence is part of a name if it is one of the ``known`` words.
    """
    runs: list[list[SentenceWord]] = []
    previous: SentenceWord | None = None
    words = tokens(text)
    for word in words:
        if _is_name(word, known) or _begins_name(words, word):
            is_next = previous is not None and previous.position == word.position - 1
            is_owner = previous is not None and previous.written.endswith(("'s", "s'"))
            if is_next and not is_owner and previous and previous.clause == word.clause:
                runs[-1].append(word)
            else:
                runs.append([word])
            previous = word
    return [tuple(run) for run in runs]


def _is_name(word: SentenceWord, known: frozenset[str]) -> bool:
    if word.is_quoted or name_key(word) in _CALENDAR or not word.written[0].isupper():
        return False
    return (word.is_name and word.written != "I") or (word.starts and name_key(word) in known)


def _begins_name(words: tuple[SentenceWord, ...], word: SentenceWord) -> bool:
    """Return whether the first word of a sentence is a country, or part of the name after it."""
    if not word.starts or word.is_quoted or not word.is_content or not word.written[0].isupper():
        return False
    if country_of(word.written):
        return True
    following = words[word.position + 1] if word.position + 1 < len(words) else None
    is_joined = following is not None and following.is_name and following.clause == word.clause
    return is_joined and name_key(word) not in _CALENDAR


def name_key(word: SentenceWord) -> str:
    """Return the spelling that a word of a name is compared by."""
    return word.written.casefold().removesuffix("'s").replace(".", "")


def known_names(text: str) -> frozenset[str]:
    """Return the capitalised words of a text, apart from those that it also has in lower case."""
    words = tokens(text)
    lower = {word.written for word in words if word.written[0].islower()}
    return frozenset(
        key
        for word in words
        if word.written[0].isupper()
        and (key := name_key(word)) not in FUNCTION_WORDS
        and (word.is_name or key not in lower)
    )


def is_near_miss(word: str, other: str) -> bool:
    """Return whether a word is another with one or two letters wrong, and no form of it."""
    if min(len(word), len(other)) < _MIN_LENGTH or word == other or abs(len(word) - len(other)) > 2:
        return False
    shorter, longer = sorted((word, other), key=len)
    if longer.startswith(shorter) and longer[len(shorter) :] in _DERIVED:
        return False
    allowed = 1 if min(len(word), len(other)) < 6 else 2
    return distance(word, other, allowed) <= allowed and (word[0] == other[0] or len(word) > 5)


def distance(word: str, other: str, limit: int) -> int:
    """Return how many letters to insert, remove, replace or swap; more than ``limit`` is as well.

    Optimal string alignment (Damerau 1964).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for index, letter in enumerate(word, 1):
        before, previous, row = row, before, [index]
        for at, second in enumerate(other, 1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != second))
            if index > 1 and at > 1 and letter == other[at - 2] and word[index - 2] == second:
                cost = min(cost, previous[at - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def mixed_words(text: str) -> Iterator[str]:
    """Yield the words that mix letters of Latin, Cyrillic and Greek."""
    if text.isascii():
        return
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii() or not _LATIN.search(unicodedata.normalize("NFD", word)):
            continue
        scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
        if len(scripts.intersection(_SCRIPTS)) > 1 and not word.startswith("µ"):
            yield word


def initials(words: Iterable[SentenceWord]) -> str:
    """Return the first letters of the words of a text, to find what an abbreviation is for."""
    return "".join(word.written[0].casefold() for word in words)
