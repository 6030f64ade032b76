"""The words, names and numbers that the fields of a briefing hold, as types."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]*$")]
"""A name for cross-references: lower-case letters, digits and hyphens."""

PassageId = Annotated[str, msgspec.Meta(pattern=r"^P[1-9][0-9]*S[1-9][0-9]*$")]
"""Paragraph and sentence, counted from 1: ``P4S3``."""

Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in hexadecimal digits."""

Basis = Literal["stated", "inferred", "external", "judgement"]
"""Whose voice: the article's words, what follows from them, another source, the briefer."""

Confidence = Literal["low", "moderate", "high"]
"""How well founded a judgement is (ICD 203, section D.6.e.2)."""

Likelihood = Literal[
    "almost_no_chance",
    "very_unlikely",
    "unlikely",
    "roughly_even_chance",
    "likely",
    "very_likely",
    "almost_certain",
]
"""How probable a judged event is (ICD 203, section D.6.e.2, upper row)."""

Reliability = Literal["A", "B", "C", "D", "E", "F"]
"""Admiralty code of a source: A completely reliable to E unreliable; F cannot be judged."""

Credibility = Annotated[int, msgspec.Meta(ge=1, le=6)]
"""Admiralty code of one piece of information: 1 confirmed to 5 improbable; 6 cannot be judged."""

SourceKind = Literal["news_article", "wire", "official", "readout", "dataset", "aggregator", "blog"]
"""What kind of document a source is."""
ActorKind = Literal["person", "organisation", "public_body", "state"]
"""What kind of actor it is; a ministry or a parliament is a public body."""
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
"""What kind of event it is."""
EventStatus = Literal["occurred", "planned", "cancelled", "disputed"]
"""Whether it has happened; left out, it has."""
Condition = Literal["new", "second_hand", "second_hand_modernised"]
"""In what condition goods are delivered (SIPRI)."""
StageName = Literal[
    "proposed", "approved", "contracted", "in_delivery", "delivered", "suspended", "cancelled"
]
"""A step in the life of a deal."""
ValueKind = Literal["reported", "estimate", "ceiling", "contract"]
"""How a figure came about."""
SanctionStatus = Literal["none", "threatened", "waiver_sought", "waived", "imposed"]
"""How far a sanctions regime went."""

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
"""For each pattern above what to report: the code, and the rule in words."""
