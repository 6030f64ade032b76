"""The words of a vocabulary, as they are in its file."""

# No postponed evaluation of annotations: the decoder of briefings would have to evaluate them.

import re
from typing import Annotated, Literal, NamedTuple

import msgspec

WORD_PATTERN = r"^[a-z][a-z0-9_]*$"

Word = Annotated[
    str,
    msgspec.Meta(
        pattern=WORD_PATTERN,
        extra={
            "rule": "a word is lower-case letters, digits and underscores, such as press_release",
            "code": "E102",
        },
    ),
]
"""A word of a vocabulary: lower-case letters, digits and underscores."""

VocabularyName = Literal[
    "general", "diplomacy", "business", "courts", "science", "space", "incidents", "elections",
    "sport",
]  # fmt: skip
"""A field of work that has a vocabulary."""

Sign = Annotated[
    str,
    msgspec.Meta(pattern=r"^\S$", extra={"rule": "a sign is one character", "code": "E102"}),
]
"""One character of one cell."""

Label = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[^\n]{0,40}$",
        extra={"rule": "a label is one line of at most 40 characters", "code": "E102"},
    ),
]
"""A few words in one line."""

StageState = Literal["open", "held", "ended", "done"]
"""Under way, interrupted, over without success, over with success."""


class Definition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a word means and how it is shown; the key in the file is the word."""

    label: Label = ""
    """What readers see, if that is not the word with spaces for underscores."""
    plural: Label = ""
    """The plural of the label, if it is irregular."""
    sign: Sign | None = None
    """Shown beside events of this type and commitments of this kind."""
    meaning: str = ""
    """One sentence."""
    standard: str = ""
    """The same concept in a standard: ``KEY: TERM``, where the key is one of ``standards``."""


class StageDefinition(Definition, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a stage of a commitment means."""

    state: StageState = "open"


RoleDuty = Literal["performs", "bound", "none"]
"""Does what the milestones are about, is bound in another way, is not bound; the most first."""


class RoleDefinition(Definition, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the role of a party means."""

    duty: RoleDuty = "bound"
    """Whether its forecasts are promises, and which ones a milestone is measured by first."""


class KindDefinition(Definition, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a kind of commitment means, with the words that its entries take."""

    title: Label = ""
    """The title of a pane that lists commitments of this kind only."""
    roles: tuple[Word, ...] = ()
    """Roles of its parties; the first two are named in every row."""
    between: Label = " – "
    """What separates the parties of the first two roles."""
    stages: tuple[Word, ...] = ()
    """Stages in their usual order."""
    values: tuple[Word, ...] = ()
    """Kinds of values."""
    measures: Label = "measures"
    """What its measures are called."""
    done: Label = "done"
    """What a milestone is called that was met."""


class Glossary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words by section, each with its definition."""

    events: dict[Word, Definition] = {}
    """Types of events."""
    stages: dict[Word, StageDefinition] = {}
    """Stages of commitments."""
    roles: dict[Word, RoleDefinition] = {}
    """Roles of parties."""
    units: dict[Word, Definition] = {}
    """Units of values and orders."""
    values: dict[Word, Definition] = {}
    """Kinds of values."""
    measures: dict[Word, Definition] = {}
    """Statuses of measures."""
    sources: dict[Word, Definition] = {}
    """Kinds of sources."""
    actors: dict[Word, Definition] = {}
    """Kinds of actors."""
    commitments: dict[Word, KindDefinition] = {}
    """Kinds of commitments."""

    def section(self, name: str) -> dict[str, Definition]:
        """Return the words of a section."""
        words: dict[str, Definition] = getattr(self, name)
        return words


class Vocabulary(Glossary, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of a field of work."""

    title: str
    about: str
    """One sentence about the field."""
    standards: dict[str, str]
    """Name and URL of the standards that words refer to, by key."""


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


def is_word(text: str) -> bool:
    """Return whether a text is spelt as words are."""
    return re.fullmatch(WORD_PATTERN, text) is not None


def label_of(word: str, definition: Definition | None) -> str:
    """Return what readers see: ``in_delivery``, without a label of its own, is "in delivery"."""
    return (definition.label if definition else "") or word.replace("_", " ")


def meaning_in_full(definition: Definition) -> str:
    """Return what a word means, and of a role whether the party performs or is not bound."""
    duty = definition.duty if isinstance(definition, RoleDefinition) else "bound"
    duties = {"performs": "It performs what the milestones are about.", "none": "It is not bound."}
    return " ".join(filter(None, [definition.meaning, duties.get(duty)]))


def plural_of(word: str, definition: Definition | None) -> str:
    """Return the plural of what readers see."""
    return (definition.plural if definition else "") or plural(label_of(word, definition))


def plural(noun: str) -> str:
    """Return the plural of a noun; of the first noun in ``report of a problem``."""
    head, of, rest = noun.partition(" of ")
    if of:
        return f"{plural(head)}{of}{rest}"
    if noun.endswith("craft"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"
