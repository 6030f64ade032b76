"""The vocabularies of the program, and the words that a briefing can use.

A file is read when its vocabulary is asked for: a briefing needs two or three of them, on the way
to its first frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from briefing_tui.vocabulary.words import SECTIONS, Vocabulary, Word

GENERAL = "general"
"""The vocabulary that is always in force."""

NAMES = (
    *("diplomacy", "business", "courts", "science"),
    *("space", "incidents", "elections", "sport"),
)
"""The vocabularies that a briefing can name."""

DEFAULT = ("diplomacy",)
"""The vocabularies of a briefing that names none."""


class Occurrence(NamedTuple):
    """A word where it is defined."""

    vocabulary: str
    section: str
    name: str
    word: Word


@cache
def vocabulary(name: str) -> Vocabulary:
    """Return a vocabulary of the program, `GENERAL` or one of `NAMES`."""
    data = Path(__file__).with_name(f"{name}.json").read_bytes()
    return msgspec.json.decode(data, type=Vocabulary)


@lru_cache(maxsize=64)
def words_in_force(names: tuple[str, ...]) -> Vocabulary:
    """Return the general words with those of the named vocabularies; unknown names add none.

    A word that several of them have means what the first one says; a general word comes last.
    """
    fields = [vocabulary(name) for name in dict.fromkeys(names) if name in NAMES]
    return merged([*fields, vocabulary(GENERAL)])


def merged(vocabularies: Iterable[Vocabulary]) -> Vocabulary:
    """Return the words of several vocabularies as one; the first one to have a word defines it."""
    sections: dict[str, dict[str, Word]] = {section: {} for section in SECTIONS}
    for source in vocabularies:
        for section, words in sections.items():
            for name, word in source.section(section).items():
                words.setdefault(name, word)
    return Vocabulary(**sections)  # type: ignore[arg-type]  # the same section of each


def all_words() -> Iterator[Occurrence]:
    """Yield every word of every vocabulary, the general ones first."""
    for source in (GENERAL, *NAMES):
        for section in SECTIONS:
            for name, word in vocabulary(source).section(section).items():
                yield Occurrence(source, section, name, word)


def occurrences(name: str) -> list[Occurrence]:
    """Return every definition of a word."""
    return [occurrence for occurrence in all_words() if occurrence.name == name]
