"""Rules that compare dates in the source's words with resolved dates (W201, W202, W203)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from briefing_tui.briefing.dates import MONTHS, WEEKDAYS, Edtf, format_date
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Event, Evidenced, Forecast, Order, Statement
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import voice
from briefing_tui.briefing.terminal_text import excerpt

_DAYS = "|".join(WEEKDAYS)
_WEEKDAY = re.compile(rf"\b(?:{_DAYS})(?=s?\b)", re.IGNORECASE)
_OFFSET = re.compile(
    r"\b(?:after|before|by|following|from|of|preceding|since|till|until)\s+(?:\w+\s+)?\Z",
    re.IGNORECASE,
)
"""Words before a weekday that make it a reference point, not the date itself."""

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
# Case-sensitive: in lower case, "may" and "march" are verbs.
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
_YEAR = re.compile(r"(?<![0-9])(?:1[89]|20)[0-9]{2}(?![0-9])")

_FISCAL = re.compile(
    r"(?:(?:by|during|for|in|of)\s+)?(?:the\s+)?(?:(?:end|close)\s+of\s+)?(?:the\s+)?"
    r"(?P<named>FY\s*|(?:fiscal|financial)(?:\s+year)?\s+)?"
    r"(?P<first>(?:19|20)[0-9]{2})[-–/](?P<second>(?:[0-9]{2})?[0-9]{2})",
    re.IGNORECASE,
)
_LONGEST = 200
"""Characters examined of a date in words; anything longer is not a date."""


def _date_words(document: Document) -> Iterator[tuple[Evidenced, str, str, Edtf]]:
    """Yield every entry with a date in words, the words, and the resolved date with its field."""
    for entry in document.evidenced:
        if isinstance(entry, (Event, Order, Statement, Forecast)) and entry.stated:
            field = "due" if isinstance(entry, Forecast) else "date"
            if (date := getattr(entry, field)) is not None:
                yield entry, entry.stated[:_LONGEST], field, date


def check_weekdays(document: Document) -> Iterator[Problem]:
    """W201: a weekday in the words is that of the date, unless a rival version covers it.

    Inexact dates and words relative to a weekday ("by Friday") are not reported.
    """
    for entry, stated, field, date in _date_words(document):
        weekdays, expected = _weekdays_in(stated), _weekdays_of(date)
        is_disputed = any(rival.field in (field, "stated") for rival in entry.disputes)
        if not weekdays or not expected or is_disputed or weekdays & expected:
            continue
        day = format_date(date) if len(expected) > 1 else f"a {next(iter(expected))}"
        message = (
            f"'{excerpt(stated)}', but {date} is {day}; correct the {field},"
            " or give the other day under 'disputes'"
        )
        yield document.problem("W201", message, entry, field)


def _weekdays_in(stated: str) -> set[str]:
    return {
        match[0].capitalize()
        for match in _WEEKDAY.finditer(stated)
        if not _OFFSET.search(stated[: match.start()])
    }


def _weekdays_of(date: Edtf) -> set[str]:
    """Return the weekdays that a date covers; empty if it is inexact or covers all of them."""
    first, last = date.lower, date.upper
    if date.qualified or last - first >= datetime.timedelta(days=6):
        return set()
    return {WEEKDAYS[(first.weekday() + day) % 7] for day in range((last - first).days + 1)}


def check_relative_dates(document: Document) -> Iterator[Problem]:
    """W202: a date resolved from words without a year, as "October next year", is not ``stated``.

    Every date has a year. If the words have none, the date is inferred from the article
    (``inferred``) or comes from another source (``external``).
    """
    about = document.briefing.about
    for entry, stated, _, date in _date_words(document):
        if voice(entry, about) != "stated" or _YEAR.search(stated):
            continue
        if _RELATIVE.search(stated) or _MONTH.search(stated):
            message = (
                f"'{excerpt(stated)}' alone does not give {date}; add 'basis: inferred',"
                " or cite who gives it and add 'basis: external'"
            )
            yield document.problem("W202", message, entry, "stated")


def check_fiscal_years(document: Document) -> Iterator[Problem]:
    """W203: "2023-24" is a year from spring to spring, not two calendar years.

    A date written like that is E105 already. Countries other than India start their fiscal years
    in other months, so any twelve months that fit the words are accepted.
    """
    for entry, stated, field, date in _date_words(document):
        match = _FISCAL.fullmatch(stated.strip())
        if match is None:
            continue
        first, second = int(match["first"]), int(match["second"])
        if second % 100 != (first + 1) % 100 or not (second < 100 or match["named"]):
            continue
        if stated.strip() == str(date):
            continue  # 2009-10 may be October
        if not _is_fiscal(date, first):
            message = (
                f"'{excerpt(stated)}' looks like a fiscal year; write"
                f" {first}-04/{first + 1}-03 for April to March"
            )
            yield document.problem("W203", message, entry, field)


def _is_fiscal(date: Edtf, first: int) -> bool:
    """Return whether a date spans a year that ends within year ``first + 1``, or is its end."""
    if date.end is None or not date.end.is_within_year or date.end.year != first + 1:
        return False
    if date.start is None or date.start == date.end:
        return True
    return date.start.year == first and 364 <= (date.upper - date.lower).days <= 366
