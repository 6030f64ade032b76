"""The dates that a remark names, and whether they give away what a day did not know yet."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from briefing_tui.briefing.dates import MONTHS, Edtf
from briefing_tui.briefing.model import Briefing, Evidenced, Remark
from briefing_tui.briefing.provenance import known_since

_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH = "|".join(rf"{name[:3]}(?:{name[3:]})?\.?" if name[3:] else name for name in MONTHS)
_YEAR = r"(?<![\d.,:/$€£₹])(?P<year>(?:19|20)\d\d)(?![.,]?\d|\w|\s?%)"
_NAMED = re.compile(
    rf"\b(?P<iso>(?:19|20)\d\d)-(?P<number>\d\d)(?:-(?P<iso_day>\d\d))?\b"
    rf"|(?:\b(?P<day>\d\d?)(?:st|nd|rd|th)? (?:of )?)?"
    rf"\b(?P<month>{_MONTH})(?: (?P<us_day>\d\d?)(?:st|nd|rd|th)?,)?,? {_YEAR}"
    rf"|{_YEAR.replace('year', 'alone')}",
    re.IGNORECASE,
)


_YEARS = re.compile(r"(?:19|20)\d\d")


class NamedDate(NamedTuple):
    """A day, month or year that a text names, and the words for it."""

    words: str
    first: datetime.date
    last: datetime.date


def named_dates(text: str) -> Iterator[NamedDate]:
    """Yield the dates with a year that a text names: in English or digits, and years alone."""
    for match in _NAMED.finditer(text):
        year = int(match["iso"] or match["year"] or match["alone"])
        month = int(match["number"] or 0)
        if match["month"]:
            month = _MONTH_NUMBERS[match["month"][:3].lower()]
        day = int(match["iso_day"] or match["day"] or match["us_day"] or 0)
        yield _named(match[0], year, month if 1 <= month <= 12 else 0, day)


def _named(words: str, year: int, month: int, day: int) -> NamedDate:
    if not month:
        return NamedDate(words, datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    last = monthrange(year, month)[1]
    if 1 <= day <= last:
        return NamedDate(words, *[datetime.date(year, month, day)] * 2)
    return NamedDate(words, datetime.date(year, month, 1), datetime.date(year, month, last))


def names_year(text: str, first: int = 0) -> bool:
    """Return whether a text has digits that may be a year, from a first one on."""
    return any(int(year) >= first for year in _YEARS.findall(text))


class RemarkDates:
    """Since when the remarks of a briefing could be made, by their sources and their own words.

    A remark without ``known`` may be based on any source that its entry cites, so it is known with
    the last of them; without a source, with the article. It is not known before a date that it
    names, as that would be hindsight, with two exceptions: a date that an event, a forecast or a
    payment known on that day looks ahead to, and a date after everything that the file knows of.
    With the last source everything is known.
    """

    def __init__(self, briefing: Briefing) -> None:
        self._briefing = briefing

    def evidence_day(self, entry: Evidenced) -> datetime.date:
        """Return the day on which the last source of an entry, or else the article, was out."""
        return max((date.anchor for date in self.evidence_dates(entry)), default=_ALWAYS)

    def evidence_dates(self, entry: Evidenced) -> list[Edtf]:
        """Return when each source of an entry, or else the article, was published."""
        known = [entry.known] if entry.known else []
        rivals = (citation for dispute in entry.disputes for citation in dispute.cite)
        names = {citation.source for citation in (*entry.cite, *rivals)}
        sources = self._briefing.sources
        published = [sources[name].published.date for name in names if name in sources]
        return known + (published if names else [] if known else self._article_dates)

    @cached_property
    def _article_dates(self) -> list[Edtf]:
        sources = self._briefing.sources.items()
        dates = [item.published.date for name, item in sources if self._briefing.is_article(name)]
        return sorted(dates, key=lambda date: date.anchor)[:1]

    def hindsight(self, remark: Remark, day: datetime.date) -> NamedDate | None:
        """Return a date in a remark that could not be named on a day; None without one."""
        if day >= self._last_published:
            return None
        # Much faster than looking for whole dates, and most remarks name no later year.
        if not names_year(remark.text, day.year):
            return None
        for named in named_dates(remark.text):
            if day < named.first <= self._newest and not self._is_ahead(named, day):
                return named
        return None

    def _is_ahead(self, named: NamedDate, day: datetime.date) -> bool:
        return any(
            since <= day and named.first <= first and last <= named.last
            for since, first, last in self._ahead
        )

    @cached_property
    def _last_published(self) -> datetime.date:
        published = (item.published.date.anchor for item in self._briefing.sources.values())
        return max(self._briefing.as_of.upper, *published, _ALWAYS)

    @cached_property
    def _newest(self) -> datetime.date:
        """The last day on which anything in the file was known."""
        sources = self._briefing.sources.values()
        dates = [self._briefing.as_of]
        dates += [date for item in sources for date in (item.published.date, item.updated) if date]
        dates += [item.retrieved for item in sources if item.retrieved]
        return max(date.upper for date in dates if date.end)

    @cached_property
    def _ahead(self) -> list[tuple[datetime.date, datetime.date, datetime.date]]:
        """The dates that entries look ahead to: since when, first and last day."""
        dated: list[tuple[Evidenced, Edtf | None]]
        dated = [(event, event.date) for event in self._briefing.timeline]
        for commitment in self._briefing.commitments.values():
            dated += [(payment, payment.due) for payment in commitment.payments]
            for milestone in commitment.milestones:
                dated += [(forecast, forecast.due) for forecast in milestone.forecasts]
        ahead = []
        for entry, date in dated:
            since = known_since(entry, self._briefing)
            points = [point for point in (date.start, date.end) if point] if date else []
            start = since.anchor if since else _ALWAYS
            ahead += [(start, point.first, point.last) for point in points]
        return ahead


_ALWAYS = datetime.date.min
