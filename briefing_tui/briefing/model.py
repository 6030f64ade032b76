"""The briefing format, version 1, as types: the one declaration of what a file may hold.

Decoding, checking and the JSON Schema are made from these classes. Every entry knows its place in
the file and carries its own evidence; nothing here is converted, merged or looked up.

Field names follow the SIPRI transfer register for deals, FollowTheMoney for actors, the Open
Contracting milestone words, ICD 203 for confidence and likelihood, and the Admiralty code for
reliability and credibility.
"""

# Annotations stand as they are, not as text: each run would have to evaluate all of them.

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.source_model import (
    Citation,
    Entry,
    Passage,
    Published,
    Source,
    SourceText,
)
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
    EventStatus,
    EventType,
    Id,
    Likelihood,
    SanctionStatus,
    StageName,
    ValueKind,
)

__all__ = [
    "VERSION",
    "Actor",
    "Briefing",
    "Citation",
    "Deal",
    "Dispute",
    "Entry",
    "Event",
    "Evidenced",
    "Forecast",
    "Held",
    "Met",
    "Milestone",
    "Order",
    "Passage",
    "Payment",
    "Point",
    "Progress",
    "Published",
    "Sanction",
    "Source",
    "SourceText",
    "Stage",
    "Statement",
    "Value",
]

VERSION = 1
"""The only format version this program reads."""


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


class Held(Evidenced, frozen=True, kw_only=True):
    """A role that an actor held."""

    role: str
    date: Edtf
    """When it was held, as far as that is told: a day on which it was, or a whole stretch."""


class Actor(Evidenced, frozen=True, kw_only=True):
    """A person, body or state that does or says something; the key in the file is its id."""

    name: str
    kind: ActorKind
    role: str | None = None
    """The role it is in here."""
    roles: tuple[Held, ...] = ()
    """Roles that it held over time, where that matters."""
    country: Country | None = None
    aka: tuple[str, ...] = ()
    """Other names that sources use."""
    same_as: tuple[Id, ...] = ()
    """Ids that other briefings give to the same actor."""
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
    same_as: tuple[Id, ...] = ()
    """Ids that other briefings give to the same deal."""
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

    def is_article(self, source: str) -> bool:
        """Whether a source is what is being briefed."""
        return source == self.about
