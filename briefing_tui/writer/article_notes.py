"""Notes to start a briefing from: the dates, figures and names in an article, by passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from briefing_tui.briefing.dates import MONTHS, MONTHS_SHORT, WEEKDAYS
from briefing_tui.briefing.model import Passage
from briefing_tui.briefing.sentences import OPENERS
from briefing_tui.briefing.terminal_text import printable

MAX_WORDS = 5
"""Words in a note."""

_MAX_LENGTH = 80
"""Characters in a note."""

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
_NOT_NAMES = frozenset({*_CALENDAR, "Mr", "Mrs", "Ms", "Dr", "Rs", "INR", "USD", "EUR", "GBP"})


class Notes(NamedTuple):
    """The words noted from an article, each with the ids of its passages."""

    dates: dict[str, list[str]]
    figures: dict[str, list[str]]
    names: dict[str, list[str]]


def notes(text: str, passages: Mapping[str, Passage]) -> Notes:
    """Collect the dates, figures and names of a text in order of appearance."""
    result = Notes({}, {}, {})
    sentences = {at: text[passage.start : passage.end] for at, passage in passages.items()}
    capitals = _capitals(sentences.values())
    for at, sentence in sentences.items():
        rest = _LIST_NUMBER.sub("", sentence)
        for group, pattern in ((result.dates, _DATE), (result.figures, _FIGURE)):
            _add(group, pattern.findall(rest), at)
            # A date is not a figure as well, and no name extends across either.
            rest = pattern.sub(";", rest)
        _add(result.names, _names(rest, capitals), at)
    return result


def _add(group: dict[str, list[str]], words: Iterable[str], at: str) -> None:
    for text in map(printable, words):
        if len(text) > _MAX_LENGTH:
            continue
        passages = group.setdefault(text, [])
        if at not in passages:
            passages.append(at)


def _capitals(sentences: Iterable[str]) -> frozenset[str]:
    """Return words capitalised within a sentence: names, even at the start of another one."""
    return frozenset(
        word
        for sentence in sentences
        for word in re.findall(rf"(?<=[\w,;:]\s){_CAPITAL}", sentence)
        if not OPENERS.fullmatch(word.lower())
    )


def _names(sentence: str, capitals: frozenset[str]) -> Iterator[str]:
    for match in _NAME.finditer(sentence):
        words = match[0].split()
        is_first = not sentence[: match.start()].strip("\"'“‘«([ \t")
        if is_first and len(words) == 1 and _bare(words[0]) not in capitals:
            continue  # the first word of a sentence is always capitalised
        # A longer name is split into its runs of capitalised words.
        runs = groupby(words, str.islower)
        capitalised = [list(run) for is_lower, run in runs if not is_lower]
        for part in [words] if len(words) <= MAX_WORDS else capitalised:
            while part and (part[0].islower() or OPENERS.fullmatch(part[0].lower())):
                part = part[1:]
            if part and len(part) <= MAX_WORDS and _is_name(part):
                yield " ".join((*part[:-1], _bare(part[-1])))


def _bare(word: str) -> str:
    """Strip a final full stop and genitive from a word."""
    word = re.sub(r"[’']s?$", "", word.rstrip("-"))
    return word if re.search(r"\.\w", word) else word.rstrip(".")


def _is_name(words: list[str]) -> bool:
    return len(words[0]) > 1 and not all(_bare(word) in _NOT_NAMES for word in words)
