"""A fact: one entry of a briefing, flattened, with everything that a query can match."""

from __future__ import annotations

import msgspec

from briefing_tui.briefing.dates import LAST_SECOND

FIRST, LAST = 1, LAST_SECOND
"""The bounds of all dates, as seconds or as ordinals of days."""

SEPARATOR = "·"
"""Separates the field and the value of a facet."""

BETWEEN = "‡"
"""Separates the names of actors and deals, so that no phrase matches across two of them."""


class Fact(msgspec.Struct, frozen=True, array_like=True):
    """One entry of a briefing."""

    key: str
    """Key of its row, or of a parent's row if it has none."""
    pane: str
    kind: str
    """The type of an event, or the kind of any other entry."""
    text: str
    words: str
    """The text, folded for comparison, as all words here."""
    date: str = ""
    """When it happened or is due, in EDTF."""
    lower: int = LAST + 1
    """First second of the date; without a date, after every other."""
    upper: int = FIRST - 1
    """Last second of the date; without a date, before every other."""
    known: int = 0
    """The day since when it could be known, as an ordinal; 0 if always."""
    actor_words: str = ""
    """Ids and names of the actors."""
    deal_words: str = ""
    """Ids and designations of the deals."""
    facets: tuple[str, ...] = ()
    """Properties, each formatted by `facet`."""
    title_words: str = ""
    note_words: str = ""
    """The reader's note."""


def facet(field: str, value: str) -> str:
    """Format a property as one word, such as ``type·delivery``."""
    return f"{field}{SEPARATOR}{value}"
