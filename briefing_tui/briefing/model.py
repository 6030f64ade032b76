"""The briefing format, version 1, as types: the single declaration of what a file may contain.

Decoding, checking and the JSON Schema derive from these classes. Values are not converted, merged
or resolved here.

Field names follow the SIPRI transfer register for deals, FollowTheMoney for actors, the Open
Contracting milestone words, ICD 203 for confidence and likelihood, and the Admiralty code for
reliability and credibility.
"""

# No postponed evaluation of annotations: each start would have to evaluate all of them.

import re
from collections.abc import Callable
from functools import cache, cached_property
from inspect import get_annotations
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Union, get_args, get_origin

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.problems import EntryPath, FileLocation
from briefing_tui.briefing.quantities import Quantity
from briefing_tui.vocabulary.catalogue import DEFAULT, merged, words_in_force
from briefing_tui.vocabulary.words import Glossary, VocabularyName, Word

VERSION = 1
"""The only supported format version."""


def _pattern(pattern: str, rule: str, code: str = "E102") -> msgspec.Meta:
    return msgspec.Meta(pattern=pattern, extra={"rule": rule, "code": code})


Id = Annotated[
    str,
    _pattern(
        r"^[a-z0-9][a-z0-9-]*$", "an id is lower-case letters, digits and hyphens", code="E103"
    ),
]
"""An id for cross-references: lower-case letters, digits and hyphens."""

PassageId = Annotated[
    str, _pattern(r"^P[1-9][0-9]*S[1-9][0-9]*$", "a passage is written like P4S3")
]
"""Paragraph and sentence, counted from 1: ``P4S3``."""

Digest = Annotated[str, _pattern(r"^[0-9a-f]{64}$", "a SHA-256 is 64 hexadecimal digits")]
"""A SHA-256 in hexadecimal digits."""

Basis = Literal["stated", "inferred", "external", "judgement"]
"""Whose voice: the article's words, an inference from them, another source, the briefer."""

Confidence = Literal["low", "moderate", "high"]
"""How well-founded a judgement is (ICD 203, section D.6.e.2)."""

Likelihood = Literal[
    "almost_no_chance", "very_unlikely", "unlikely", "roughly_even_chance", "likely",
    "very_likely", "almost_certain",
]  # fmt: skip
"""The probability of a judged event (ICD 203, section D.6.e.2, upper row)."""

Reliability = Literal["A", "B", "C", "D", "E", "F"]
"""Admiralty code of a source: A completely reliable to E unreliable; F cannot be judged."""

Credibility = Annotated[int, msgspec.Meta(ge=1, le=6)]
"""Admiralty code of one piece of information: 1 confirmed to 5 improbable; 6 cannot be judged."""


def _word(section: str) -> msgspec.Meta:
    return msgspec.Meta(extra={"section": section})


SourceKind = Annotated[Word, _word("sources")]
"""The kind of document."""
ActorKind = Annotated[Word, _word("actors")]
"""The kind of actor; a ministry or a parliament is a public body."""
EventType = Annotated[Word, _word("events")]
"""The kind of event."""
CommitmentKind = Annotated[Word, _word("commitments")]
"""The kind of commitment."""
PartyRole = Annotated[Word, _word("roles")]
"""What a party does in a commitment."""
StageName = Annotated[Word, _word("stages")]
"""A step in the life of a commitment."""
ValueKind = Annotated[Word, _word("values")]
"""The kind of figure."""
Unit = Annotated[Word, _word("units")]
"""What is counted or measured."""
MeasureStatus = Annotated[Word, _word("measures")]
"""How far a measure has gone."""
EventStatus = Literal["occurred", "planned", "cancelled", "disputed"]
"""Whether it has happened; ``occurred`` by default."""
Condition = Literal["new", "second_hand", "second_hand_modernised"]
"""The condition of the goods on delivery (SIPRI)."""

Count = Annotated[int, msgspec.Meta(ge=0)]
"""A whole number, 0 or more."""

Currency = Annotated[
    str, _pattern(r"^[A-Z]{3}$", "a currency is its three-letter ISO 4217 code, such as INR")
]
"""ISO 4217."""

Country = Annotated[
    str,
    _pattern(
        r"^([A-Z]{3}|unknown)$",
        "a country is its three-letter ISO 3166-1 code, such as IND, or 'unknown'",
    ),
]
"""ISO 3166-1 alpha-3, or ``unknown``."""

Party = Annotated[
    str,
    _pattern(
        r"^([a-z0-9][a-z0-9-]*|[A-Z]{3})$",
        "a party is the id of an actor, or a country's three-letter ISO 3166-1 code, such as IND",
    ),
]
"""Id of an actor, ISO 3166-1 alpha-3, or ``unknown``."""

SameAs = Annotated[
    str,
    _pattern(
        r"^([a-z0-9][a-z0-9-]*|Q[1-9][0-9]*)$",
        "this takes an id of another briefing, or of Wikidata, such as Q1065",
        code="E103",
    ),
]
"""Id in another briefing, or of a Wikidata item, such as Q1065."""


def wikidata_ids(same_as: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of Wikidata items; those of briefings have no capitals."""
    return tuple(name for name in same_as if name.startswith("Q"))


class Entry(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A mapping in the file."""

    FORMER: ClassVar[dict[str, str]] = {}
    """Former names of its fields, which are read as well, by the names that they have."""

    location: FileLocation | None = None
    """Location in the file; not part of the format."""


class Citation(Entry, frozen=True, kw_only=True):
    """A reference to evidence: a source and, for the article, a passage in it."""

    SHORT: ClassVar[str] = "SOURCE or SOURCE PASSAGE, such as 'article P4S3'"

    source: Id
    """Id of the source."""
    at: PassageId | None = None
    """Paragraph and sentence, counted from 1."""
    quote: str | None = None
    """Words that the source itself puts in quotation marks, at most twelve."""

    @staticmethod
    def from_text(text: str) -> dict[str, str]:
        """Parse the short form into fields; raises ValueError with its syntax."""
        words = text.split()
        if not 1 <= len(words) <= 2:
            raise ValueError(f"a citation is {Citation.SHORT}")
        if re.fullmatch(r"P[0-9]+S[0-9]+", words[0]):
            raise ValueError(f"'{words[0]}' is a passage; write its source before it")
        return dict(zip(("source", "at"), words, strict=False))


class Published(Entry, frozen=True, kw_only=True):
    """When a source was published."""

    SHORT: ClassVar[str] = 'a date, such as "2019-01-09"'

    date: Edtf
    basis: Basis = "stated"
    """``inferred`` if the source has no date."""
    note: str | None = None

    @staticmethod
    def from_text(text: str) -> dict[str, str]:
        """Parse the short form into fields."""
        return {"date": text}


class Passage(msgspec.Struct, frozen=True, array_like=True):
    """A sentence of a source's text: ``[start, end, hash]``."""

    start: Count
    """First code point, counted from 0."""
    end: Count
    """Code point after the last."""
    hash: str
    """First eight hexadecimal digits of the SHA-256 of the passage in UTF-8."""


class SourceText(Entry, frozen=True, kw_only=True):
    """What identifies a source's text without repeating it."""

    sha256: Digest
    """Hash of the file's bytes."""
    length: Count | None = None
    """Total number of code points."""
    passages: dict[PassageId, Passage] = {}


class Source(Entry, frozen=True, kw_only=True):
    """An information source; the key in the file is its id."""

    kind: SourceKind
    title: str
    publisher: str
    url: str | None = None
    """http or https."""
    published: Published
    updated: Edtf | None = None
    """When it was last changed, if that was after its publication."""
    retrieved: Edtf | None = None
    """The day the briefer saw it."""
    reliability: Reliability
    """Of the source as such, whatever it says here."""
    descriptor: str | None = None
    """What affects its quality: completeness, age, access, bias (ICD 206)."""
    derives_from: tuple[Id, ...] = ()
    """Sources it reprints or rewrites; they do not confirm each other."""
    corrects: tuple[Id, ...] = ()
    """Sources that it corrects."""
    retracts: tuple[Id, ...] = ()
    """Sources that it withdraws."""
    text: SourceText | None = None


class Dispute(Entry, frozen=True, kw_only=True):
    """A rival version of one field, listed beside the preferred one."""

    field: str
    """Name of the disputed field, such as ``date``."""
    value: str
    """The rival value."""
    note: str | None = None
    """Why it is not the preferred version."""
    cite: tuple[Citation, ...] = ()


class Evidenced(Entry, frozen=True, kw_only=True):
    """A statement with its evidence."""

    basis: Basis | None = None
    """Whose voice it is; by default ``stated`` if the article is cited, else ``external``."""
    hedge: str | None = None
    """The source's own word of caution, such as ``reportedly``."""
    confidence: Confidence | None = None
    """For a judgement; mutually exclusive with ``likelihood``."""
    likelihood: Likelihood | None = None
    """For a judgement; mutually exclusive with ``confidence``."""
    credibility: Credibility | None = None
    """Of this information, whatever its source (Admiralty code, second character)."""
    known: Edtf | None = None
    """Since when it could be known, if not since its earliest source was published."""
    note: str | None = None
    """A caveat for the reader."""
    cite: tuple[Citation, ...] = ()
    disputes: tuple[Dispute, ...] = ()


class Point(Evidenced, frozen=True, kw_only=True):
    """One statement of the summary, or one open question."""

    text: str
    """In the briefer's own words."""
    about: tuple[Id, ...] = ()
    """Ids of the events, actors and commitments it is about."""


class Held(Evidenced, frozen=True, kw_only=True):
    """A role that an actor held."""

    role: str
    date: Edtf
    """When it was held, as far as known: a day on which it was, or the whole period."""


class Actor(Evidenced, frozen=True, kw_only=True):
    """A person, body or state that acts or speaks; the key in the file is its id."""

    name: str
    kind: ActorKind
    role: str | None = None
    """Its role in this briefing."""
    roles: tuple[Held, ...] = ()
    """Roles it held over time, if that matters."""
    country: Country | None = None
    aka: tuple[str, ...] = ()
    """Other names that sources use."""
    same_as: tuple[SameAs, ...] = ()
    """Ids of the same actor in other briefings, or of Wikidata."""
    member_of: tuple[Id, ...] = ()
    """Ids of the bodies or states it acts for."""


class Event(Evidenced, frozen=True, kw_only=True):
    """Something that happened or is planned."""

    FORMER: ClassVar[dict[str, str]] = {"commitments": "deals"}

    id: Id
    headline: str
    type: EventType
    date: Edtf
    stated: str | None = None
    """The article's own words for the date, if they differ."""
    status: EventStatus = "occurred"
    resolves: tuple[Id, ...] = ()
    """Ids of the planned events whose outcome this is."""
    part_of: tuple[Id, ...] = ()
    """Ids of the events that it belongs to."""
    because_of: tuple[Id, ...] = ()
    """Ids of the events that led to it."""
    contradicts: tuple[Id, ...] = ()
    """Ids of the events that cannot have happened as well."""
    place: str | None = None
    """Where it happened."""
    by: Id | None = None
    """Id of the actor who says so."""
    actors: tuple[Id, ...] = ()
    commitments: tuple[Id, ...] = ()
    text: str | None = None
    """A longer account."""

    @property
    def involved(self) -> tuple[str, ...]:
        """The ids of its actors, and of the actor who says so."""
        return tuple(dict.fromkeys((*self.actors, *([self.by] if self.by else []))))


class Order(Evidenced, frozen=True, kw_only=True):
    """What was ordered, and when."""

    number: Count | None = None
    unit: str | None = None
    date: Edtf | None = None
    stated: str | None = None
    """The article's own words for the date or number, if they differ."""


class Stage(Evidenced, frozen=True, kw_only=True):
    """A step in the life of a commitment; the newest known one is its current stage."""

    stage: StageName
    date: Edtf
    text: str | None = None


class Value(Evidenced, frozen=True, kw_only=True):
    """One reported figure of a commitment, such as its price; never converted or merged."""

    amount: Quantity
    """A number, never in thousands or crores."""
    currency: Currency | None = None
    unit: Unit | None = None
    """If it is not money; ``percent`` for a percentage."""
    per: str | None = None
    """What each amount is for, such as ``share``."""
    of: str | None = None
    """What it is a part or a number of, or what the money is for."""
    stated: str
    """The figure as the source writes it."""
    kind: ValueKind = "reported"
    date: Edtf | None = None
    """When it was estimated, offered or counted, if it changes over time."""


class Forecast(Evidenced, frozen=True, kw_only=True):
    """A promised date: who promised it, and when."""

    said: Edtf
    by: Id | None = None
    """Id of the actor who promised it."""
    due: Edtf
    stated: str | None = None
    """The source's own words for the due date, if they differ."""


class Progress(Evidenced, frozen=True, kw_only=True):
    """The number delivered by a date."""

    date: Edtf
    number: Count


class MilestoneOutcome(Evidenced, frozen=True, kw_only=True):
    """How a milestone ended, and when."""

    date: Edtf
    number: Count | None = None
    by: Id | None = None
    """Id of the milestone that replaces it."""
    text: str | None = None


OutcomeName = Literal["met", "missed", "dropped", "replaced"]
"""The fields of a milestone that hold its outcome."""


class Milestone(Entry, frozen=True, kw_only=True):
    """A goal of a commitment, with every date ever promised for it and its one outcome."""

    id: Id
    label: str
    number: Count | None = None
    """The number of units that completes it."""
    forecasts: tuple[Forecast, ...] = ()
    progress: tuple[Progress, ...] = ()
    met: MilestoneOutcome | None = None
    missed: MilestoneOutcome | None = None
    dropped: MilestoneOutcome | None = None
    replaced: MilestoneOutcome | None = None

    @property
    def outcomes(self) -> dict[OutcomeName, MilestoneOutcome]:
        """Its outcome by the field that holds it; empty while it is open."""
        names: tuple[OutcomeName, ...] = get_args(OutcomeName)
        return {name: outcome for name in names if (outcome := getattr(self, name))}


class Payment(Evidenced, frozen=True, kw_only=True):
    """A payment that was made, or falls due."""

    date: Edtf | None = None
    """When it was made."""
    due: Edtf | None = None
    """When it falls due, if it was not made yet."""
    amount: Quantity | None = None
    """A number, never in thousands or crores."""
    currency: Currency | None = None
    stated: str
    """The figure as the source writes it."""
    by: Id | None = None
    """Id of the actor who pays."""
    to: Id | None = None
    """Id of the actor who is paid."""
    text: str | None = None


class Measure(Evidenced, frozen=True, kw_only=True):
    """What others have done about a commitment by a date, such as sanctions."""

    FORMER: ClassVar[dict[str, str]] = {"name": "regime", "by": "authority"}

    date: Edtf
    name: str
    """The law, programme or order, such as ``CAATSA``."""
    by: Party
    """Who takes it."""
    status: MeasureStatus
    text: str | None = None


class Statement(Evidenced, frozen=True, kw_only=True):
    """What an actor said about a commitment."""

    date: Edtf
    stated: str | None = None
    """The article's own words for the date, if they differ."""
    speaker: Id
    text: str
    """In the briefer's own words."""
    quote: str | None = None
    """Words that the source itself puts in quotation marks."""


DEFAULT_KIND = "deal"
"""The kind of a commitment that names none."""


class Commitment(Evidenced, frozen=True, kw_only=True):
    """What somebody owes somebody, with its history; the key in the file is its id.

    The fields of a deal follow the SIPRI transfer register.
    """

    FORMER: ClassVar[dict[str, str]] = {"name": "designation", "measures": "sanctions"}

    kind: CommitmentKind | None = None
    """``deal`` by default."""
    name: str
    same_as: tuple[SameAs, ...] = ()
    """Ids of the same commitment in other briefings, or of Wikidata."""
    description: str | None = None
    parties: dict[PartyRole, tuple[Party, ...]] = {}
    """Who is bound by it, by their roles."""
    supplier: Country | None = None
    """The supplier of a deal between two countries, instead of ``parties``."""
    recipient: Country | None = None
    """The recipient of a deal between two countries, instead of ``parties``."""
    condition: Condition | None = None
    """Of the goods; for the state of the commitment see ``stages``."""
    order: Order | None = None
    same_units: tuple[str, ...] = ()
    """Nouns the sources use for the same unit."""
    stages: tuple[Stage, ...] = ()
    values: tuple[Value, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    payments: tuple[Payment, ...] = ()
    measures: tuple[Measure, ...] = ()
    statements: tuple[Statement, ...] = ()
    comments: str | None = None

    @property
    def kind_word(self) -> str:
        """The word for its kind, also if none is given."""
        return self.kind or DEFAULT_KIND

    @property
    def roles(self) -> dict[str, tuple[str, ...]]:
        """Its parties by role, those of the short form among them."""
        short = {"supplier": self.supplier, "recipient": self.recipient}
        return {role: (party,) for role, party in short.items() if party} | self.parties


class Briefing(Entry, frozen=True, kw_only=True, dict=True):
    """A whole file."""

    FORMER: ClassVar[dict[str, str]] = {"commitments": "deals"}

    briefing: int
    """Format version."""
    title: str
    as_of: Edtf
    """The day the reader opens at."""
    language: str = "en"
    """BCP 47."""
    tags: tuple[str, ...] = ()
    vocabularies: tuple[VocabularyName, ...] = ()
    """The fields of work whose words it uses; ``diplomacy`` by default."""
    words: Glossary | None = None
    """Words of its own, which no vocabulary has."""
    about: Id
    """Id of the briefed source, the article."""
    bottom_line: tuple[Point, ...] = ()
    """Bottom line up front: one or two sentences, no judgement (AR 25-50)."""
    key_points: tuple[Point, ...] = ()
    open_questions: tuple[Point, ...] = ()
    """What the sources leave open."""
    sources: dict[Id, Source] = {}
    actors: dict[Id, Actor] = {}
    timeline: tuple[Event, ...] = ()
    commitments: dict[Id, Commitment] = {}

    @cached_property
    def glossary(self) -> Glossary:
        """The words that it can use: its own, those of its vocabularies, and the general ones."""
        in_force = words_in_force(self.vocabularies or DEFAULT)
        return merged([self.words, in_force]) if self.words else in_force

    @property
    def is_in_english(self) -> bool:
        """Whether its language is English of any region."""
        return self.language.casefold().partition("-")[0] == "en"

    def is_article(self, source: str) -> bool:
        """Return whether a source id is that of the briefed article."""
        return source == self.about


LABEL_FIELDS = (
    "headline", "title", "name", "text", "designation", "label", "id", "regime", "stated", "role"
)  # fmt: skip
"""Fields that label an entry for readers, former names included, the best ones first."""


class Field(NamedTuple):
    """A field of an entry as declared."""

    name: str
    type: Any
    """Its type without ``None``."""
    required: bool
    former: str | None = None
    """Its former name, which is read as well."""


@cache
def fields_of(cls: type[msgspec.Struct]) -> tuple[Field, ...]:
    """Return the fields of an entry that are in the file, as declared."""
    # `msgspec.structs.fields` is slower: it resolves every nested type.
    types = {name: kind for base in cls.__mro__ for name, kind in get_annotations(base).items()}
    defaults = zip(reversed(cls.__struct_fields__), reversed(cls.__struct_defaults__), strict=False)
    optional = {name for name, default in defaults if default is not msgspec.NODEFAULT}
    former: dict[str, str] = getattr(cls, "FORMER", {})
    return tuple(
        Field(name, _without_none(types[name]), name not in optional, former.get(name))
        for name in cls.__struct_fields__
        if name != "location"
    )


@cache
def present_names(cls: type[msgspec.Struct]) -> dict[str, str]:
    """Return the names of fields by their former names."""
    return {field.former: field.name for field in fields_of(cls) if field.former}


def declared_path(path: EntryPath) -> EntryPath:
    """Return a path with the present names of fields in the place of former ones."""
    return _renamed(path, present_names)


def former_path(path: EntryPath) -> EntryPath:
    """Return a path with the former names of fields, which saved files know entries by."""
    return _renamed(path, lambda cls: getattr(cls, "FORMER", {}))


def _renamed(path: EntryPath, names_of: Callable[[Any], dict[str, str]]) -> EntryPath:
    steps: list[str | int] = []
    kind: Any = Briefing
    for step in path:
        if is_entry(kind):
            steps.append(names_of(kind).get(str(step), step))
            name = present_names(kind).get(str(step), step)
            kind = next((field.type for field in fields_of(kind) if field.name == name), None)
        else:
            steps.append(step)
            kind = get_args(kind)[-1 if get_origin(kind) is dict else 0] if kind else None
    return tuple(steps)


def section_of(kind: Any) -> str | None:
    """Return the section of the vocabularies that has the words of a type; None for other types."""
    metas = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return next((meta.extra["section"] for meta in metas if "section" in (meta.extra or {})), None)


def is_entry(kind: Any) -> bool:
    """Return whether the type of a field is that of an entry."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return next(member for member in get_args(kind) if member is not type(None))
    return kind
