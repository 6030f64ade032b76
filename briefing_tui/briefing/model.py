"""The briefing format, version 1, as types: the one declaration of what a file may hold.

Decoding, checking and the JSON Schema are made from these classes. Every entry knows its place in
the file and carries its own evidence; nothing here is converted, merged or looked up.

Field names follow the SIPRI transfer register for deals, FollowTheMoney for actors, the Open
Contracting milestone words, ICD 203 for confidence and likelihood, and the Admiralty code for
reliability and credibility.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.problems import Place
from briefing_tui.briefing.vocabulary import (
    ActorKind,
    Amount,
    Basis,
    Condition,
    Confidence,
    Count,
    Country,
    Credibility,
    Currency,
    Digest,
    EventStatus,
    EventType,
    Id,
    Likelihood,
    PassageId,
    Reliability,
    SanctionStatus,
    SourceKind,
    StageName,
    ValueKind,
)

VERSION = 1
"""The only format version this program reads."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Anything written as a mapping in the file."""

    place: Place | None = None
    """Where it was read; not part of the format."""


class Citation(Entry, frozen=True, kw_only=True):
    """A pointer to the evidence: a source and, for the article, a passage of it."""

    SHORT: ClassVar[str] = "SOURCE or SOURCE PASSAGE, such as 'article P4S3'"

    source: Id
    """Id of the source."""
    at: PassageId | None = None
    """Paragraph and sentence, counted from 1."""
    quote: str | None = None
    """Words that the source itself puts in quotation marks, at most twelve."""

    @staticmethod
    def from_text(text: str) -> dict[str, str]:
        """The fields of the short form; a ValueError tells what the form is."""
        words = text.split()
        if not 1 <= len(words) <= 2:
            raise ValueError(f"a citation is {Citation.SHORT}")
        return dict(zip(("source", "at"), words, strict=False))


class Dispute(Entry, frozen=True, kw_only=True):
    """A rival version of one field, kept beside the one that is shown."""

    field: str
    """Name of the disputed field, such as ``date``."""
    value: str
    """What the rival says."""
    note: str | None = None
    """Why it is not the version shown."""
    cite: tuple[Citation, ...] = ()


class Evidenced(Entry, frozen=True, kw_only=True):
    """An entry that says something and carries what it rests on."""

    basis: Basis | None = None
    """Whose voice it is; left out, ``stated`` if the article is cited and else ``external``."""
    hedge: str | None = None
    """The source's own word of caution, such as ``reportedly``."""
    confidence: Confidence | None = None
    """For a judgement; never together with ``likelihood``."""
    likelihood: Likelihood | None = None
    """For a judgement; never together with ``confidence``."""
    credibility: Credibility | None = None
    """Of this information alone, whatever its source (Admiralty code, second character)."""
    known: Edtf | None = None
    """Since when it could be known, where that is not the date of its earliest source."""
    note: str | None = None
    """What a reader should beware of."""
    cite: tuple[Citation, ...] = ()
    disputes: tuple[Dispute, ...] = ()


class Point(Evidenced, frozen=True, kw_only=True):
    """One statement of the summary, or one open question."""

    text: str
    """In the briefer's own words."""
    about: tuple[Id, ...] = ()
    """Ids of the events, actors and deals it is about."""


class Published(Entry, frozen=True, kw_only=True):
    """When a source came out."""

    SHORT: ClassVar[str] = 'a date, such as "2019-01-09"'

    date: Edtf
    basis: Basis = "stated"
    """``inferred`` where the source bears no date."""
    note: str | None = None

    @staticmethod
    def from_text(text: str) -> dict[str, str]:
        """The fields of the short form."""
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
    """Marks that identify a source's text without repeating it."""

    sha256: Digest
    """Of the file's bytes."""
    length: Count | None = None
    """Code points in all."""
    passages: dict[PassageId, Passage] = {}


class Source(Entry, frozen=True, kw_only=True):
    """Where statements come from; the key in the file is its id."""

    kind: SourceKind
    title: str
    publisher: str
    url: str | None = None
    """http or https."""
    published: Published
    retrieved: Edtf | None = None
    """Day the briefer saw it."""
    reliability: Reliability
    """Of the source alone, whatever it says here."""
    descriptor: str | None = None
    """What affects its quality: completeness, age, access, bias (ICD 206)."""
    derives_from: tuple[Id, ...] = ()
    """Sources it reprints or rewrites; they do not confirm each other."""
    text: SourceText | None = None


class Actor(Evidenced, frozen=True, kw_only=True):
    """A person, body or state that does or says something; the key in the file is its id."""

    name: str
    kind: ActorKind
    role: str | None = None
    country: Country | None = None
    aka: tuple[str, ...] = ()
    """Other names that sources use."""
    member_of: tuple[Id, ...] = ()
    """Ids of the bodies or states it acts for."""


class Event(Evidenced, frozen=True, kw_only=True):
    """Something that happened, or is to happen."""

    id: Id
    headline: str
    type: EventType
    date: Edtf
    stated: str | None = None
    """The article's own words for the date, where they differ."""
    status: EventStatus = "occurred"
    resolves: tuple[Id, ...] = ()
    """Ids of the planned events that this one is the outcome of."""
    actors: tuple[Id, ...] = ()
    deals: tuple[Id, ...] = ()
    text: str | None = None
    """A longer account."""


class Order(Evidenced, frozen=True, kw_only=True):
    """What was ordered, and when."""

    number: Count | None = None
    unit: str | None = None
    date: Edtf | None = None
    stated: str | None = None
    """The article's own words for the date or number, where they differ."""


class Stage(Evidenced, frozen=True, kw_only=True):
    """A step in the life of a deal; the newest known one is the deal's stage."""

    stage: StageName
    date: Edtf
    text: str | None = None


class Value(Evidenced, frozen=True, kw_only=True):
    """One reported figure for the worth of a deal; never converted, never merged."""

    amount: Amount
    currency: Currency
    stated: str
    """The figure as the source writes it."""
    kind: ValueKind = "reported"


class Forecast(Evidenced, frozen=True, kw_only=True):
    """A promise: who said when, and what for."""

    said: Edtf
    by: Id | None = None
    """Id of the actor who made it."""
    due: Edtf
    stated: str | None = None
    """The source's own words for the due date, where they differ."""


class Progress(Evidenced, frozen=True, kw_only=True):
    """How many had arrived by a date."""

    date: Edtf
    number: Count


class Met(Evidenced, frozen=True, kw_only=True):
    """When a milestone was reached."""

    date: Edtf
    number: Count | None = None


class Milestone(Entry, frozen=True, kw_only=True):
    """A point a deal is to reach, with every date ever promised for it."""

    id: Id
    label: str
    number: Count | None = None
    """How many units make it complete."""
    forecasts: tuple[Forecast, ...] = ()
    progress: tuple[Progress, ...] = ()
    met: Met | None = None


class Payment(Evidenced, frozen=True, kw_only=True):
    """Money that was paid."""

    date: Edtf
    amount: Amount | None = None
    currency: Currency | None = None
    stated: str
    """The figure as the source writes it."""


class Sanction(Evidenced, frozen=True, kw_only=True):
    """Where a sanctions regime stood on a date."""

    date: Edtf
    regime: str
    """The law or programme, such as ``CAATSA``."""
    authority: Country
    status: SanctionStatus
    text: str | None = None


class Statement(Evidenced, frozen=True, kw_only=True):
    """What somebody said about a deal."""

    date: Edtf
    stated: str | None = None
    """The article's own words for the date, where they differ."""
    speaker: Id
    text: str
    """In the briefer's own words."""
    quote: str | None = None
    """Words that the source itself puts in quotation marks."""


class Deal(Evidenced, frozen=True, kw_only=True):
    """An arms deal, after the SIPRI transfer register; the key in the file is its id."""

    designation: str
    description: str | None = None
    supplier: Country
    recipient: Country
    condition: Condition | None = None
    """Of the goods; where the deal stands is told by ``stages``."""
    order: Order | None = None
    same_units: tuple[str, ...] = ()
    """Nouns that the sources use for the same unit."""
    stages: tuple[Stage, ...] = ()
    values: tuple[Value, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    payments: tuple[Payment, ...] = ()
    sanctions: tuple[Sanction, ...] = ()
    statements: tuple[Statement, ...] = ()
    comments: str | None = None


class Briefing(Entry, frozen=True, kw_only=True):
    """A whole file."""

    briefing: int
    """Format version."""
    title: str
    as_of: Edtf
    """The day the reader opens at."""
    language: str = "en"
    """BCP 47."""
    tags: tuple[str, ...] = ()
    about: Id
    """Id of the source that is being briefed."""
    bottom_line: tuple[Point, ...] = ()
    """Bottom line up front: one or two sentences, no judgement (AR 25-50)."""
    key_points: tuple[Point, ...] = ()
    open_questions: tuple[Point, ...] = ()
    """What the sources leave open."""
    sources: dict[Id, Source] = {}
    actors: dict[Id, Actor] = {}
    timeline: tuple[Event, ...] = ()
    deals: dict[Id, Deal] = {}
