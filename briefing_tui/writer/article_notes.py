"""What an article names: dates, figures and capitalised names, each with its passages.

Notes to start a briefing from, never sentences: nothing longer than a name is taken over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from briefing_tui.briefing.dates import MONTHS, MONTHS_SHORT, WEEKDAYS
from briefing_tui.briefing.model import Passage
from briefing_tui.briefing.sentences import OPENERS
from briefing_tui.briefing.text import shown

MOST_WORDS = 5
"""Words of the longest note that is taken over."""

_LONGEST = 80
"""Characters of the longest note that is taken over."""

_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(MONTHS_SHORT)}|Sept)\b\.?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DATE = re.compile(
    rf"\b(?:{_YEAR}-\d\d(?:-\d\d)?|{_DAY}\s+{_MONTH}(?:,?\s+{_YEAR})?"
    rf"|{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?\b|{_MONTH}\s+{_YEAR}|{'|'.join(MONTHS)}"
    rf"|(?:{'|'.join(WEEKDAYS)})|(?:last|next)\s+(?:week|month|year)|yesterday|tomorrow|today"
    rf"|{_YEAR}(?:\s*[-/\u2013]\s*(?:{_YEAR}|\d\d))?)(?!\w)"
)
_MONEY = r"(?:\bRs\.?|\b[A-Z]{3}|\bUS\$|[$€£₹¥])\s*"
_SCALE = r"(?:crores?|lakhs?|million|billion|trillion|thousand|bn|mn|%|per\s?cent|percent)"
_NUMBER = r"\d[\d,.]*(?<![,.])(?:[-\u2013]\d+)?"
_FIGURE = re.compile(
    rf"(?:{_MONEY}|(?<![\w.])(?<!\w-)){_NUMBER}(?:\s*{_SCALE}(?!\w))?(?:\s+{_SCALE}(?!\w))?"
)
_LIST_NUMBER = re.compile(r"\A\d{1,3}[.)]\s")
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w’'\u2019.-]*"
_NAME = re.compile(
    rf"(?<!\w){_CAPITAL}(?:[^\S\n]+(?:(?:of|the|for|de|da|van|von|bin|al)[^\S\n]+){{0,2}}{_CAPITAL})*"
)
_CALENDAR = frozenset({*MONTHS, *MONTHS_SHORT, *WEEKDAYS, "Sept"})
_NO_NAMES = frozenset({*_CALENDAR, "Mr", "Mrs", "Ms", "Dr", "Rs", "INR", "USD", "EUR", "GBP"})


class Notes(NamedTuple):
    """What was found, each by the words of the article with the passages that have them."""

    dates: dict[str, list[str]]
    figures: dict[str, list[str]]
    names: dict[str, list[str]]


def notes(text: str, passages: Mapping[str, Passage]) -> Notes:
    """The dates, figures and names of a text, in the order in which they come up."""
    found = Notes({}, {}, {})
    sentences = {at: text[one.start : one.end] for at, one in passages.items()}
    capitals = _capitals(sentences.values())
    for at, sentence in sentences.items():
        rest = _LIST_NUMBER.sub("", sentence)
        for kind, pattern in ((found.dates, _DATE), (found.figures, _FIGURE)):
            _add(kind, pattern.findall(rest), at)
            # So that what is a date is no figure too, and no name reaches across.
            rest = pattern.sub(";", rest)
        _add(found.names, _names(rest, capitals), at)
    return found


def _add(noted: dict[str, list[str]], words: Iterable[str], at: str) -> None:
    for word in words:
        said = shown(word)
        if len(said) > _LONGEST:
            continue
        places = noted.setdefault(said, [])
        if at not in places:
            places.append(at)


def _capitals(sentences: Iterable[str]) -> frozenset[str]:
    """The words with a capital inside a sentence: at its beginning, they are names there too."""
    return frozenset(
        word
        for sentence in sentences
        for word in re.findall(rf"(?<=[\w,;:]\s){_CAPITAL}", sentence)
        if not OPENERS.fullmatch(word.lower())
    )


def _names(sentence: str, capitals: frozenset[str]) -> Iterator[str]:
    for match in _NAME.finditer(sentence):
        words = match[0].split()
        begins = not sentence[: match.start()].strip("\"'“‘«([ \t")
        if begins and len(words) == 1 and _bare(words[0]) not in capitals:
            continue  # anything has a capital there
        for part in [words] if len(words) <= MOST_WORDS else _parts(words):
            while part and (part[0].islower() or OPENERS.fullmatch(part[0].lower())):
                part = part[1:]
            if part and len(part) <= MOST_WORDS and _is_name(part):
                yield " ".join((*part[:-1], _bare(part[-1])))


def _parts(words: list[str]) -> Iterator[list[str]]:
    """The capitalised words between the others."""
    for capital, part in groupby(words, lambda word: not word.islower()):
        if capital:
            yield list(part)


def _bare(word: str) -> str:
    """A word without the full stop and the genitive at its end."""
    word = re.sub(r"[’']s?$", "", word.rstrip("-"))
    return word if re.search(r"\.\w", word) else word.rstrip(".")


def _is_name(words: list[str]) -> bool:
    return len(words[0]) > 1 and not all(_bare(word) in _NO_NAMES for word in words)
