"""The briefing as it was known on a day.

Every entry has two dates: when it happened, and since when it is known. This filter uses the
second. An entry that was not known yet is left out, with its citations, rival versions and
everything in it; an entry without sources has always been known.

The evidence of an entry is that of the sources published by then. Its voice is that of
the citations that are left: before the article is published, nothing is the article's. Words taken
from a source (``stated``, ``hedge``, ``quote``) are shown once the article is published if the
entry cites it, and otherwise once the source is that it cites first. "Confirmed by other sources"
is shown once all of them are published.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property
from operator import is_
from typing import Any, TypeVar

import msgspec

from briefing_tui.briefing import model
from briefing_tui.briefing.dates import DateError, Edtf, format_date
from briefing_tui.briefing.named_dates import RemarkDates
from briefing_tui.briefing.provenance import has_ended, known_since, voice
from briefing_tui.briefing.traversal import nested_fields, walk_evidenced

T = TypeVar("T", bound=model.Entry)


_WORDS = {"stated": None, "hedge": None, "quote": None}
"""The fields with words of a source, each with its value while they are not known."""

_CONFIRMED = 1
"""The credibility that other sources give."""


def known_day(entry: model.Evidenced, briefing: model.Briefing) -> datetime.date | None:
    """Return the first day on which an entry was known; None for one without a dated source.

    A commitment is known with the first thing in it.
    """
    if isinstance(entry, model.Commitment):
        parts = (part for part in walk_evidenced(entry) if part is not entry)
        days = [known_day(part, briefing) for part in parts]
        days += [_own_day(entry, briefing)] if entry.cite or entry.known else []
        return None if None in days else min(filter(None, days), default=None)
    return _own_day(entry, briefing)


def _own_day(entry: model.Evidenced, briefing: model.Briefing) -> datetime.date | None:
    date = known_since(entry, briefing)
    return date.anchor if date and date.is_known else None


def steps(briefing: model.Briefing) -> tuple[datetime.date, ...]:
    """Return the days on which something became known or ended, and the own day, in order."""
    days = {briefing.as_of.upper}
    for entry in walk_evidenced(briefing):
        if day := known_day(entry, briefing):
            days.add(day)
        days.update(_days_of(entry.note, *(dispute.note for dispute in entry.disputes)))
        if isinstance(entry, model.Commitment):
            days.update(_days_of(entry.comments))
        if isinstance(entry, model.Point) and entry.until and entry.until.is_known:
            days.add(entry.until.anchor)
    for source in briefing.sources.values():
        days.update(_days_of(source.descriptor, source.published.note))
        # What a source corrects is known from its publication on, even if nothing cites it.
        if source.corrects or source.retracts:
            days.add(source.published.date.anchor)
    return tuple(sorted(days))


def _days_of(*remarks: model.Remark | None) -> Iterator[datetime.date]:
    dates = (remark.known for remark in remarks if remark)
    return (date.anchor for date in dates if date and date.is_known)


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
        self._remarks = RemarkDates(briefing)
        self._published: set[str] = set()
        self._unpublished: set[str] = set()
        for name, source in briefing.sources.items():
            is_out = source.published.date.anchor <= day
            (self._published if is_out else self._unpublished).add(name)

    def filter_entry(self, entry: T, owner: model.Evidenced | None = None) -> T:
        """Return the known part of an entry: the same object if all of it was known."""
        owner = entry if isinstance(entry, model.Evidenced) else owner
        changes: dict[str, Any] = {}
        for name in nested_fields(type(entry)):
            value = getattr(entry, name)
            if value and (filtered := self._filter_value(value, owner)) is not value:
                changes[name] = filtered
        if isinstance(entry, model.Question) and entry.answered_by:
            answers = tuple(name for name in entry.answered_by if name in self._known_events)
            if answers != entry.answered_by:
                changes["answered_by"] = answers
        if (
            isinstance(entry, model.Source)
            and entry.updated is not None
            and entry.updated.anchor > self._day
        ):
            changes["updated"] = None
        if "cite" in changes and isinstance(entry, model.Evidenced):
            changes |= self._supported(entry, changes["cite"])
        return msgspec.structs.replace(entry, **changes) if changes else entry

    @cached_property
    def _known_events(self) -> set[str]:
        return {event.id for event in self._briefing.timeline if self._is_known(event)}

    def _supported(
        self, entry: model.Evidenced, cite: tuple[model.Citation, ...]
    ) -> dict[str, Any]:
        """Return what changes in an entry if only the citations in ``cite`` are known."""
        is_article = self._briefing.is_article
        from_article = [citation for citation in entry.cite if is_article(citation.source)]
        origins = from_article or entry.cite[:1]
        changes: dict[str, Any] = {"basis": self._voice_of(entry, cite)}
        if entry.credibility == _CONFIRMED:
            changes["credibility"] = None
        if not any(citation in cite for citation in origins):
            fields = type(entry).__struct_fields__
            changes |= {name: without for name, without in _WORDS.items() if name in fields}
            if isinstance(entry, (model.Value, model.Payment)):
                changes["stated"] = ""
            if isinstance(entry, model.Commitment):
                changes |= {"description": None, "condition": None}
        return changes

    def _voice_of(
        self, entry: model.Evidenced, cite: tuple[model.Citation, ...]
    ) -> model.Basis | None:
        """Return the voice of an entry by the citations that are known; None without any."""
        basis = voice(entry, self._briefing.about)
        if basis == "judgement" or not cite:
            return basis if basis == "judgement" else None
        from_article = [self._briefing.is_article(citation.source) for citation in cite]
        if not any(from_article):
            return "external"
        return "stated" if basis == "external" and all(from_article) else basis

    def _is_sayable(self, remark: model.Remark, owner: model.Evidenced | None) -> bool:
        """Return whether a remark on an entry, or on a published source, could be made by then."""
        if remark.known is not None:
            return remark.known.anchor <= self._day
        if owner is not None and not self._has_all_evidence(owner):
            return False
        return self._remarks.hindsight(remark, self._day) is None

    def _has_all_evidence(self, entry: model.Evidenced) -> bool:
        if not self._unpublished:
            return True
        return self._remarks.evidence_day(entry) <= self._day

    def _filter_value(self, value: Any, owner: model.Evidenced | None) -> Any:
        if isinstance(value, model.Citation):
            return value if self._is_published(value) else None
        if isinstance(value, model.Remark):
            return value if self._is_sayable(value, owner) else None
        if isinstance(value, model.Entry):
            return self.filter_entry(value, owner) if self._is_known(value) else None
        if isinstance(value, dict):
            parts = {key: self._filter_value(part, owner) for key, part in value.items()}
            same = all(map(is_, parts.values(), value.values()))
            return value if same else {key: part for key, part in parts.items() if part is not None}
        if isinstance(value, tuple):
            items = [self._filter_value(part, owner) for part in value]
            same = all(map(is_, items, value))
            return value if same else tuple(item for item in items if item is not None)
        return value

    def _is_known(self, entry: model.Entry) -> bool:
        if isinstance(entry, model.Source):
            return entry.published.date.anchor <= self._day
        if isinstance(entry, model.Dispute):
            return self._is_any_published(entry.cite)
        if isinstance(entry, model.Milestone):
            inner = [*walk_evidenced(entry)]
            return not inner or any(map(self._is_known, inner))
        if isinstance(entry, model.Commitment):
            inner = [part for part in walk_evidenced(entry) if part is not entry]
            if any(map(self._is_known, inner)):
                return True
            return self._is_itself_known(entry) if entry.cite or entry.known else not inner
        if isinstance(entry, model.Point) and has_ended(entry, self._day):
            return False
        if isinstance(entry, model.Evidenced):
            return self._is_itself_known(entry)
        return True

    def _is_itself_known(self, entry: model.Evidenced) -> bool:
        if entry.known is not None:
            return entry.known.anchor <= self._day
        return self._is_any_published(entry.cite)

    def _is_any_published(self, cited: tuple[model.Citation, ...]) -> bool:
        if not self._unpublished:
            return True
        names = {citation.source for citation in cited}
        return not names.isdisjoint(self._published) or names.isdisjoint(self._unpublished)

    def _is_published(self, citation: model.Citation) -> bool:
        """Return whether a source was published by the day; one that is missing counts as such."""
        return citation.source not in self._unpublished
