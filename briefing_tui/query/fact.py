"""A fact: one entry of a briefing, laid flat, with all that a query can ask of it."""

from __future__ import annotations

import msgspec

FIRST, LAST = 1, 3_652_059
"""The ordinals of the first and the last day of the calendar (proleptic Gregorian)."""

SEPARATOR = "·"
"""Stands between the field and the value of a facet."""

BETWEEN = "‡"
"""Stands between the names of actors and deals, so that no phrase reaches from one to the next."""


class Fact(msgspec.Struct, frozen=True, array_like=True):
    """One entry of a briefing."""

    key: str
    """Key of the row that shows it; where a pane has no such row, one of its parents does."""
    pane: str
    """Name of the pane that the row is in."""
    kind: str
    """What it is: the type of an event, or the kind of any other entry."""
    text: str
    """What it says, in words."""
    words: str
    """The same, folded for comparing."""
    date: str = ""
    """When it happened or is due, in EDTF."""
    lower: int = LAST + 1
    """First day of that as an ordinal; without a date, later than every day."""
    upper: int = FIRST - 1
    """Last day of that; without a date, earlier than every day."""
    known: int = 0
    """The day since when it could be known; 0 where it always could."""
    actor_words: str = ""
    """Ids and names of the actors, folded."""
    deal_words: str = ""
    """Ids and designations of the deals, folded."""
    facets: tuple[str, ...] = ()
    """What is true of it, each as `facet` writes it."""
    title_words: str = ""
    """The title of the briefing, folded."""
    note_words: str = ""
    """What the reader noted about it, folded."""


def facet(field: str, value: str) -> str:
    """A property as one word, such as ``type·delivery``."""
    return f"{field}{SEPARATOR}{value}"
