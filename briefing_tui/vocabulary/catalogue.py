"""The vocabularies of the program, and the words that a briefing can use.

A file is read when its vocabulary is asked for: a briefing needs two or three of them, on the way
to its first frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, get_args

import msgspec

from briefing_tui.vocabulary.words import SECTIONS, Definition, Glossary, Vocabulary, VocabularyName

GENERAL = "general"
"""The vocabulary that is always in force."""

NAMES = tuple(name for name in get_args(VocabularyName) if name != GENERAL)
"""The other vocabularies, which are in force if a briefing names them."""

DEFAULT: tuple[VocabularyName, ...] = ("diplomacy",)
"""The vocabularies of a briefing that names none."""


class Occurrence(NamedTuple):
    """A word where it is defined."""

    vocabulary: str
    section: str
    word: str
    definition: Definition


@cache
def vocabulary(name: str) -> Vocabulary:
    """Return a vocabulary of the program, `GENERAL` or one of `NAMES`."""
    data = Path(__file__).with_name(f"{name}.json").read_bytes()
    return msgspec.json.decode(data, type=Vocabulary)


@lru_cache(maxsize=64)
def words_in_force(names: tuple[VocabularyName, ...] = DEFAULT) -> Glossary:
    """Return the words of the named vocabularies and the general ones.

    A word that several of them have means what the first one says; a general word comes last.
    """
    return merged(map(vocabulary, [*names, GENERAL]))


def merged(glossaries: Iterable[Glossary]) -> Glossary:
    """Return the words of several glossaries as one; the first one to have a word defines it."""
    sections: dict[str, dict[str, Definition]] = {section: {} for section in SECTIONS}
    for glossary in glossaries:
        for section, words in sections.items():
            for word, definition in glossary.section(section).items():
                words.setdefault(word, definition)
    return Glossary(**sections)  # type: ignore[arg-type]  # the same section of each


def all_words() -> Iterator[Occurrence]:
    """Yield every word of every vocabulary, the general ones first."""
    for name in (GENERAL, *NAMES):
        for section in SECTIONS:
            for word, definition in vocabulary(name).section(section).items():
                yield Occurrence(name, section, word, definition)


def occurrences(word: str) -> list[Occurrence]:
    """Return every definition of a word."""
    return [occurrence for occurrence in all_words() if occurrence.word == word]
