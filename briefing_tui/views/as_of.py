"""The briefing as it could be known on a day.

Every entry has two dates: when it happened, and since when it could be known. This filter moves
along the second. An entry that nobody could know yet is left out, with its citations, rival
versions and everything in it; an entry without sources has always been known. What the panes count,
and where a deal stands, follows from what is left.
"""

from __future__ import annotations

import datetime
from operator import is_
from typing import Any, TypeVar

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.model import (
    Briefing,
    Citation,
    Deal,
    Dispute,
    Entry,
    Evidenced,
    Milestone,
    Source,
)
from briefing_tui.briefing.provenance import entries, holders, known_since, voice

T = TypeVar("T", bound=Entry)


def known_day(entry: Evidenced, briefing: Briefing) -> datetime.date | None:
    """The first day on which an entry could be known; nothing for one without sources."""
    known = known_since(entry, briefing)
    return known.anchor if known else None


def steps(briefing: Briefing) -> tuple[datetime.date, ...]:
    """The days on which something became known, and the briefing's own, in order."""
    days = {day for entry in entries(briefing) if (day := known_day(entry, briefing))}
    return tuple(sorted(days | {briefing.as_of.upper}))


def day_named(briefing: Briefing, text: str) -> datetime.date:
    """The as-of date that a person means by an EDTF date (its end), or by ``latest``.

    Raises:
        DateError: it is no date.
    """
    if text.strip().lower() == "latest":
        return steps(briefing)[-1]
    return Edtf.parse(text.strip()).upper


def at(briefing: Briefing, day: datetime.date) -> Briefing:
    """What was known on a day."""
    return _Knowledge(briefing, day).part_of(briefing)


class _Knowledge:
    """What one day knows of one briefing."""

    def __init__(self, briefing: Briefing, day: datetime.date) -> None:
        self._briefing = briefing
        self._day = day
        self._sources = {
            name: source.published.date.anchor <= day for name, source in briefing.sources.items()
        }
        """Whether each source had come out."""

    def part_of(self, entry: T) -> T:
        """An entry with only what was known of it; the entry itself where that is all."""
        changes: dict[str, Any] = {}
        for name in holders(type(entry)):
            value = getattr(entry, name)
            if value and (kept := self._kept(value)) is not value:
                changes[name] = kept
        if "cite" in changes:
            if not changes["cite"]:
                # Known by its own word before its sources came out: they are all there is.
                del changes["cite"]
            elif isinstance(entry, Evidenced):
                changes["basis"] = voice(entry, self._briefing.about)
        return msgspec.structs.replace(entry, **changes) if changes else entry

    def _kept(self, value: Any) -> Any:
        """A value of a field without what was not known."""
        if isinstance(value, Citation):
            return value if self._knows(value) else None
        if isinstance(value, Entry):
            return self.part_of(value) if self._knows(value) else None
        if isinstance(value, dict):
            parts = {key: self._kept(part) for key, part in value.items()}
            same = all(map(is_, parts.values(), value.values()))
            return value if same else {key: part for key, part in parts.items() if part is not None}
        if isinstance(value, tuple):
            items = [self._kept(part) for part in value]
            same = all(map(is_, items, value))
            return value if same else tuple(one for one in items if one is not None)
        return value

    def _knows(self, entry: Entry) -> bool:
        if isinstance(entry, Citation):
            return self._sources.get(entry.source, True)
        if isinstance(entry, Source):
            return entry.published.date.anchor <= self._day
        if isinstance(entry, Dispute):
            return not entry.cite or any(self._knows(cited) for cited in entry.cite)
        if isinstance(entry, Milestone) or (isinstance(entry, Deal) and not entry.cite):
            inside = [one for one in entries(entry) if one is not entry]
            return not inside or any(self._knows(one) for one in inside)
        if isinstance(entry, Evidenced):
            day = known_day(entry, self._briefing)
            return day is None or day <= self._day
        return True
