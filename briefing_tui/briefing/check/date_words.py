"""Dates in the source's words, against the dates made of them (W201, W202, W203)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from briefing_tui.briefing.check.rule_helpers import finding
from briefing_tui.briefing.dates import MONTHS, WEEKDAYS, Edtf, words
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Briefing, Evidenced
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import voice
from briefing_tui.briefing.text import excerpt

_DAYS = "|".join(WEEKDAYS)
_WEEKDAY = re.compile(rf"\b(?:{_DAYS})(?=s?\b)", re.IGNORECASE)
_NOT_ON_IT = re.compile(
    r"\b(?:after|before|by|following|from|of|preceding|since|till|until)\s+(?:\w+\s+)?\Z",
    re.IGNORECASE,
)
"""What makes a weekday another day than the one that is dated."""

_UNIT = (
    r"(?:day|night|week|weekend|fortnight|month|quarter|season|spring|summer|autumn|fall|winter"
    rf"|year|decade|morning|afternoon|evening|{_DAYS}|{'|'.join(MONTHS)})s?"
)
_RELATIVE = re.compile(
    r"\b(?:"
    r"ago|yesterday|today|tonight|tomorrow"
    rf"|(?:next|last|past|this|coming|previous|following)\s+(?:\w+\s+){{0,2}}{_UNIT}"
    rf"|{_UNIT}\s+(?:after|before|earlier|later|hence)"
    rf"|(?:with)?in\s+(?:\w+\s+){{1,2}}(?:days|weeks|months|years)"
    rf"|{_DAYS}"
    r")\b",
    re.IGNORECASE,
)
# Not in small letters: they may, and march on.
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
_YEAR = re.compile(r"(?<![0-9])(?:1[89]|20)[0-9]{2}(?![0-9])")

_FISCAL = re.compile(
    r"(?:(?:by|during|for|in|of)\s+)?(?:the\s+)?(?:(?:end|close)\s+of\s+)?(?:the\s+)?"
    r"(?P<named>FY\s*|(?:fiscal|financial)(?:\s+year)?\s+)?"
    r"(?P<first>(?:19|20)[0-9]{2})[-–/](?P<second>(?:[0-9]{2})?[0-9]{2})",
    re.IGNORECASE,
)
_LONGEST = 200
"""Characters of a date in words that are looked at; the rest is no date."""


class Worded(NamedTuple):
    """A date that stands in the file twice: as written in the source, and resolved."""

    entry: Evidenced
    stated: str
    field: str
    date: Edtf

    def disputed(self) -> bool:
        """Whether a rival version tells that the two do not fit."""
        return any(rival.field in (self.field, "stated") for rival in self.entry.disputes)


def worded(briefing: Briefing) -> Iterator[Worded]:
    """Every date of a briefing that is also given in words."""
    for event in briefing.timeline:
        if event.stated:
            yield Worded(event, event.stated[:_LONGEST], "date", event.date)
    for deal in briefing.deals.values():
        order = deal.order
        if order is not None and order.date is not None and order.stated:
            yield Worded(order, order.stated[:_LONGEST], "date", order.date)
        for statement in deal.statements:
            if statement.stated:
                yield Worded(statement, statement.stated[:_LONGEST], "date", statement.date)
        for milestone in deal.milestones:
            for forecast in milestone.forecasts:
                if forecast.stated:
                    yield Worded(forecast, forecast.stated[:_LONGEST], "due", forecast.due)


def weekdays(document: Document) -> Iterator[Problem]:
    """W201: a weekday in the words is that of the date, or a rival version says so.

    Quiet on a date that is not exact, and on words that start from a weekday ("by Friday").
    """
    for one in worded(document.briefing):
        named = _weekdays(one.stated)
        fitting = _weekdays_of(one.date)
        if not named or not fitting or one.disputed() or named & fitting:
            continue
        day = words(one.date) if len(fitting) > 1 else f"a {next(iter(fitting))}"
        message = (
            f"'{excerpt(one.stated)}', but {one.date} is {day}; correct the {one.field},"
            " or give the other day under 'disputes'"
        )
        yield finding(document, "W201", one.entry, one.field, message)


def _weekdays(stated: str) -> set[str]:
    return {
        match[0].capitalize()
        for match in _WEEKDAY.finditer(stated)
        if not _NOT_ON_IT.search(stated[: match.start()])
    }


def _weekdays_of(date: Edtf) -> set[str]:
    """The weekdays that a date covers; none where that tells nothing."""
    first, last = date.lower, date.upper
    if date.uncertain or date.approximate or last - first >= datetime.timedelta(days=6):
        return set()
    days = range((last - first).days + 1)
    return {WEEKDAYS[(first.weekday() + day) % 7] for day in days}


def relative(document: Document) -> Iterator[Problem]:
    """W202: who reads "October next year" as a date concludes, or has it from somebody else.

    Words without a year never give one, and every date has one. So the entry is no longer what the
    article states: it follows from it (``inferred``), or another source says it (``external``).
    """
    about = document.briefing.about
    for one in worded(document.briefing):
        if voice(one.entry, about) != "stated" or _YEAR.search(one.stated):
            continue
        if _RELATIVE.search(one.stated) or _MONTH.search(one.stated):
            message = (
                f"'{excerpt(one.stated)}' alone does not give {one.date}; add 'basis: inferred', or"
                " cite who gives it and add 'basis: external'"
            )
            yield finding(document, "W202", one.entry, "stated", message)


def fiscal_years(document: Document) -> Iterator[Problem]:
    """W203: "2023-24" is a year from spring to spring, not two calendar years.

    A date of that look is E105 already. Fiscal years of other countries than India begin in other
    months, so any year of whole months that fits the words will do.
    """
    for one in worded(document.briefing):
        match = _FISCAL.fullmatch(one.stated.strip())
        if match is None:
            continue
        first, second = int(match["first"]), int(match["second"])
        if second % 100 != (first + 1) % 100 or not (second < 100 or match["named"]):
            continue
        if one.stated.strip() == str(one.date):
            continue  # 2009-10 may be October
        if not _is_fiscal(one.date, first):
            message = (
                f"'{excerpt(one.stated)}' looks like a fiscal year; write"
                f" {first}-04/{first + 1}-03 for April to March"
            )
            yield finding(document, "W203", one.entry, one.field, message)


def _is_fiscal(date: Edtf, first: int) -> bool:
    """Whether a date is a year that ends within the second year, or the end of one."""
    if date.end is None or date.end.precision == "year" or date.end.year != first + 1:
        return False
    if date.start is None or date.start == date.end:
        return True
    return date.start.year == first and 364 <= (date.upper - date.lower).days <= 366
