"""The words of a vocabulary, as they are in its file."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

import msgspec

WORD = r"^[a-z][a-z0-9_]*$"
"""The pattern of a word: lower-case letters, digits and underscores."""

StageState = Literal["open", "held", "ended", "done"]
"""Under way, interrupted, over without success, over with success."""


class Word(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word of a vocabulary; the key in the file is the word itself."""

    label: str = ""
    """How readers see it, if that is not the word with spaces for underscores."""
    plural: str = ""
    """The plural of the label, if that is not the label with an s."""
    sign: str = ""
    """One character of one cell, for types of events and kinds of commitments."""
    meaning: str = ""
    """One sentence."""
    standard: str = ""
    """The same concept in a standard: ``KEY: TERM``, where the key is one of ``standards``."""


class StageWord(Word, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stage of a commitment."""

    state: StageState = "open"


class CommitmentKind(Word, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of commitment, with the words that its entries take."""

    title: str = ""
    """The title of a pane that lists commitments of this kind only."""
    roles: tuple[str, ...] = ()
    """Roles of its parties; the first two are named in every row."""
    between: str = " – "
    """What separates the parties of the first two roles."""
    stages: tuple[str, ...] = ()
    """Stages in their usual order."""
    values: tuple[str, ...] = ()
    """Kinds of values."""
    measures: str = "measures"
    """What its measures are called."""
    done: str = "done"
    """What a milestone is called that was met."""


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of a field of work, by section and word."""

    title: str = ""
    about: str = ""
    """One sentence about the field."""
    standards: dict[str, str] = {}
    """Name and URL of the standards that words refer to, by key."""
    events: dict[str, Word] = {}
    stages: dict[str, StageWord] = {}
    roles: dict[str, Word] = {}
    units: dict[str, Word] = {}
    values: dict[str, Word] = {}
    measures: dict[str, Word] = {}
    sources: dict[str, Word] = {}
    actors: dict[str, Word] = {}
    commitments: dict[str, CommitmentKind] = {}

    def section(self, name: str) -> dict[str, Word]:
        """Return the words of a section."""
        words: dict[str, Word] = getattr(self, name)
        return words


class Section(NamedTuple):
    """What the words of one section of a vocabulary are."""

    noun: str
    heading: str


SECTIONS = {
    "events": Section("type of event", "Types of events"),
    "stages": Section("stage of a commitment", "Stages of commitments"),
    "roles": Section("role of a party", "Roles of parties"),
    "units": Section("unit", "Units"),
    "values": Section("kind of value", "Kinds of values"),
    "measures": Section("status of a measure", "Statuses of measures"),
    "sources": Section("kind of source", "Kinds of sources"),
    "actors": Section("kind of actor", "Kinds of actors"),
    "commitments": Section("kind of commitment", "Kinds of commitments"),
}
"""The sections of a vocabulary."""


def label_of(name: str, word: Word | None) -> str:
    """Return what readers see: ``in_delivery``, without a label of its own, is "in delivery"."""
    return (word.label if word else "") or name.replace("_", " ")


def plural_of(name: str, word: Word | None) -> str:
    """Return the plural of what readers see."""
    return (word.plural if word else "") or f"{label_of(name, word)}s"


def is_word(text: str) -> bool:
    """Return whether a text is written as words are."""
    return re.fullmatch(WORD, text) is not None
