"""The briefing as it was known on a day.

Every entry has two dates: when it happened, and since when it is known. This filter uses the
second. An entry that was not known yet is left out, with its citations, rival versions and
everything in it; an entry without sources has always been known.
"""

from __future__ import annotations

import datetime
from operator import is_
from typing import Any, TypeVar

import msgspec

from briefing_tui.briefing import model
from briefing_tui.briefing.dates import DateError, Edtf, format_date
from briefing_tui.briefing.provenance import known_since, voice
from briefing_tui.briefing.traversal import nested_fields, walk_evidenced

T = TypeVar("T", bound=model.Entry)


def known_day(entry: model.Evidenced, briefing: model.Briefing) -> datetime.date | None:
    """Return the first day on which an entry was known; None for one without a dated source."""
    date = known_since(entry, briefing)
    return date.anchor if date and date.is_known else None


def steps(briefing: model.Briefing) -> tuple[datetime.date, ...]:
    """Return the days on which something became known, and the briefing's own, in order."""
    days = {day for entry in walk_evidenced(briefing) if (day := known_day(entry, briefing))}
    # What a source corrects is known from its publication on, even if nothing cites it.
    sources = briefing.sources.values()
    days |= {item.published.date.anchor for item in sources if item.corrects or item.retracts}
    return tuple(sorted(days | {briefing.as_of.upper}))


def parse_as_of(briefing: model.Briefing, text: str) -> datetime.date:
    """Parse an as-of date: the end of an EDTF date, or ``latest``.

    Raises:
        DateError: it is not a date, or not a known one.
    """
    if text.strip().lower() == "latest":
        return steps(briefing)[-1]
    date = Edtf.parse(text.strip())
    if not date.is_known:
        raise DateError(
            "nothing is known on an unknown date; write a day such as 2019-01-07, or latest"
        )
    return date.upper


def format_day(day: datetime.date) -> str:
    """Return a day in words, such as ``3 May 2021``."""
    return format_date(Edtf.parse(day.isoformat()))


def briefing_on(briefing: model.Briefing, day: datetime.date) -> model.Briefing:
    """Return the part of a briefing that was known on a day."""
    return _DayFilter(briefing, day).filter_entry(briefing)


class _DayFilter:
    def __init__(self, briefing: model.Briefing, day: datetime.date) -> None:
        self._briefing = briefing
        self._day = day

    def filter_entry(self, entry: T) -> T:
        """Return the known part of an entry: the same object if all of it was known."""
        changes: dict[str, Any] = {}
        for name in nested_fields(type(entry)):
            value = getattr(entry, name)
            if value and (filtered := self._filter_value(value)) is not value:
                changes[name] = filtered
        if (
            isinstance(entry, model.Source)
            and entry.updated is not None
            and entry.updated.anchor > self._day
        ):
            changes["updated"] = None
        if "cite" in changes:
            if not changes["cite"]:
                # An explicit `known` date before its sources: without these it would cite nothing.
                del changes["cite"]
            elif isinstance(entry, model.Evidenced):
                changes["basis"] = voice(entry, self._briefing.about)
        return msgspec.structs.replace(entry, **changes) if changes else entry

    def _filter_value(self, value: Any) -> Any:
        if isinstance(value, model.Citation):
            return value if self._is_known(value) else None
        if isinstance(value, model.Entry):
            return self.filter_entry(value) if self._is_known(value) else None
        if isinstance(value, dict):
            parts = {key: self._filter_value(part) for key, part in value.items()}
            same = all(map(is_, parts.values(), value.values()))
            return value if same else {key: part for key, part in parts.items() if part is not None}
        if isinstance(value, tuple):
            items = [self._filter_value(part) for part in value]
            same = all(map(is_, items, value))
            return value if same else tuple(item for item in items if item is not None)
        return value

    def _is_known(self, entry: model.Entry) -> bool:
        if isinstance(entry, model.Citation):
            source = self._briefing.sources.get(entry.source)
            return source is None or self._is_known(source)
        if isinstance(entry, model.Source):
            return entry.published.date.anchor <= self._day
        if isinstance(entry, model.Dispute):
            return not entry.cite or any(map(self._is_known, entry.cite))
        if isinstance(entry, model.Milestone) or (
            isinstance(entry, model.Commitment) and not entry.cite
        ):
            inner = [part for part in walk_evidenced(entry) if part is not entry]
            return not inner or any(map(self._is_known, inner))
        if isinstance(entry, model.Evidenced):
            day = known_day(entry, self._briefing)
            return day is None or day <= self._day
        return True
