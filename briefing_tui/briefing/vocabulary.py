"""Types of the words, names and numbers in the fields of a briefing."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]*$")]
"""An id for cross-references: lower-case letters, digits and hyphens."""

PassageId = Annotated[str, msgspec.Meta(pattern=r"^P[1-9][0-9]*S[1-9][0-9]*$")]
"""Paragraph and sentence, counted from 1: ``P4S3``."""

Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in hexadecimal digits."""

Basis = Literal["stated", "inferred", "external", "judgement"]
"""Whose voice: the article's words, an inference from them, another source, the briefer."""

Confidence = Literal["low", "moderate", "high"]
"""How well-founded a judgement is (ICD 203, section D.6.e.2)."""

Likelihood = Literal[
    "almost_no_chance",
    "very_unlikely",
    "unlikely",
    "roughly_even_chance",
    "likely",
    "very_likely",
    "almost_certain",
]
"""The probability of a judged event (ICD 203, section D.6.e.2, upper row)."""

Reliability = Literal["A", "B", "C", "D", "E", "F"]
"""Admiralty code of a source: A completely reliable to E unreliable; F cannot be judged."""

Credibility = Annotated[int, msgspec.Meta(ge=1, le=6)]
"""Admiralty code of one piece of information: 1 confirmed to 5 improbable; 6 cannot be judged."""

SourceKind = Literal["news_article", "wire", "official", "readout", "dataset", "aggregator", "blog"]
"""The kind of document."""
ActorKind = Literal["person", "organisation", "public_body", "state"]
"""The kind of actor; a ministry or a parliament is a public body."""
EventType = Literal[
    "call",
    "meeting",
    "visit",
    "agreement",
    "approval",
    "statement",
    "payment",
    "delivery",
    "forum",
    "combat_use",
    "sanction",
    "other",
]
"""The kind of event."""
EventStatus = Literal["occurred", "planned", "cancelled", "disputed"]
"""Whether it has happened; ``occurred`` by default."""
Condition = Literal["new", "second_hand", "second_hand_modernised"]
"""The condition of the goods on delivery (SIPRI)."""
StageName = Literal[
    "proposed", "approved", "contracted", "in_delivery", "delivered", "suspended", "cancelled"
]
"""A step in the life of a deal."""
ValueKind = Literal["reported", "estimate", "ceiling", "contract"]
"""The kind of figure."""
SanctionStatus = Literal["none", "threatened", "waiver_sought", "waived", "imposed"]
"""The stage of a sanctions regime."""

Count = Annotated[int, msgspec.Meta(ge=0)]
"""A whole number, 0 or more."""
Amount = Annotated[int, msgspec.Meta(ge=1)]
"""Whole units of the currency, never thousands or crores."""

Currency = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{3}$")]
"""ISO 4217."""

Country = Annotated[str, msgspec.Meta(pattern=r"^([A-Z]{3}|unknown)$")]
"""ISO 3166-1 alpha-3, or ``unknown``."""

PATTERNS = {
    r"^[a-z0-9][a-z0-9-]*$": ("E103", "an id is lower-case letters, digits and hyphens"),
    r"^P[1-9][0-9]*S[1-9][0-9]*$": ("E102", "a passage is written like P4S3"),
    r"^[0-9a-f]{64}$": ("E102", "a SHA-256 is 64 hexadecimal digits"),
    r"^[A-Z]{3}$": ("E102", "a currency is its three-letter ISO 4217 code, such as INR"),
    r"^([A-Z]{3}|unknown)$": (
        "E102",
        "a country is its three-letter ISO 3166-1 code, such as IND, or 'unknown'",
    ),
}
"""Problem code and rule in words for each pattern above."""
