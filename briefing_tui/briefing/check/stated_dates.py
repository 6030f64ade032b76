"""Rules that compare a date with its own words in ``stated`` (E124, W201, W202, W203).

The words are read on the day that a source was published, or that a promise was made. Words that
cannot be read are not compared.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefing_tui.briefing.atoms.relative_dates import resolved
from briefing_tui.briefing.dates import MONTHS, WEEKDAYS, DateError, Edtf, format_date
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import (
    Briefing,
    Commitment,
    Event,
    Evidenced,
    Forecast,
    Order,
    Statement,
)
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import sources, voice
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
    rf"|{_DAYS}"
    r")\b",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"\b(?:with)?in\s+(?:\w+\s+){1,2}(?:days|weeks|months|years)\b", re.IGNORECASE
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
_LIMIT = re.compile(
    r"\s*(?:(?P<by>by|until|till|up\sto|(?:no|not)\slater\sthan)"
    r"|(?P<before>before|ahead\sof|prior\sto)"
    r"|(?P<after>after|since|from|as\s(?:early|soon)\sas|at\sleast"
    r"|(?:no|not)\s(?:earlier|sooner)\sthan|not\s(?:before|until)))\s+",
    re.IGNORECASE,
)
"""Words before a date that make it a limit."""
_COUNTED_FROM = re.compile(
    r"\b(?:after|ago|before|earlier|following|from|hence|later|preceding|previous|prior|since|than)"
    rf"\b|{_DURATION.pattern}",
    re.IGNORECASE,
)
"""Words that lead from the date beside them to another one."""
_ABOUT = re.compile(r"\b(?:about|approximately|around|circa|roughly|some)\b", re.IGNORECASE)

_DIGIT = re.compile(r"[0-9]")

_LONGEST = 200
"""Characters examined of a date in words; anything longer is not a date."""
_LONGEST_PERIOD = 10
"""Days of the longest time of publication on each day of which words are read."""
_EARLIEST, _LATEST = datetime.date.min.toordinal(), datetime.date.max.toordinal()
_WHENEVER = Edtf.parse("1000/3000")
"""Publication of which nothing is known: only words with a year can be read."""
_SLACK = {"day": 7, "month": 31, "quarter": 92, "season": 92, "half": 184, "year": 366}
"""Days on either side that "about" or ``~`` allows, by the precision of the date."""


_Finding = tuple[str, str]
"""Code and message of a problem."""


class _DateInWords(NamedTuple):
    """A date with the words of its source for it."""

    entry: Event | Order | Statement | Forecast
    field: str
    date: Edtf
    words: str
    days: tuple[Edtf, ...]
    """Days on which the words may have been said or published."""


def check_stated_dates(document: Document) -> Iterator[Problem]:
    """Compare each date with its own words: whatever the voice, one of the two may be wrong.

    E124: the words mean another date. W201: they have the weekday of another day. W202: they do
    not say which date is meant, and no other source is named that does. W203: they are a fiscal
    year, and the date is not.
    """
    briefing = document.briefing
    for item in _dates_in_words(briefing):
        found = _finding(item, briefing) if briefing.is_in_english else _other_year(item)
        if found is not None:
            code, message = found
            field = "stated" if code == "W202" else item.field
            yield document.problem(code, message, item.entry, field)


def _dates_in_words(briefing: Briefing) -> Iterator[_DateInWords]:
    for event in briefing.timeline:
        yield from _date_in_words(briefing, event, event.date)
    for deal in briefing.commitments.values():
        if deal.order is not None:
            yield from _date_in_words(briefing, deal.order, deal.order.date)
        for statement in deal.statements:
            yield from _date_in_words(briefing, statement, statement.date)
        for milestone in deal.milestones:
            for forecast in milestone.forecasts:
                yield from _date_in_words(briefing, forecast, forecast.due, deal)


def _date_in_words(
    briefing: Briefing,
    entry: Event | Order | Statement | Forecast,
    date: Edtf | None,
    deal: Commitment | None = None,
) -> Iterator[_DateInWords]:
    if entry.stated is None or date is None or not date.is_known:
        return
    words = entry.stated[:_LONGEST]
    if isinstance(entry, Order) and entry.number and str(entry.number) in words.replace(",", ""):
        return  # the words are those for the number
    days = [source.published.date for source in sources(entry, briefing)]
    if isinstance(entry, Forecast):
        days.insert(0, entry.said)
        if deal is not None and _DURATION.search(words):
            # "within 24 months" may count from the signature.
            days += [stage.date for stage in deal.stages]
            days += [deal.order.date] if deal.order and deal.order.date else []
    known_days = tuple(dict.fromkeys(day for day in days if day.is_known)) or (_WHENEVER,)
    yield _DateInWords(entry, _field_of(entry), date, words, known_days)


def _field_of(entry: Evidenced) -> str:
    return "due" if isinstance(entry, Forecast) else "date"


def _finding(item: _DateInWords, briefing: Briefing) -> _Finding | None:
    if (fiscal := _fiscal_year(item)) is not None:
        return fiscal
    limit = _LIMIT.match(item.words)
    bound = limit.lastgroup if limit else None
    words = item.words[limit.end() :] if limit else item.words
    readings = [reading for day in item.days for reading in resolved(words, day)]
    readings = readings or _readings_about(words, item.days)
    if not readings:
        return _other_year(item) or _other_weekday(item) or _open_date(item, briefing)
    is_near_weekday = _is_near_weekday(item, readings)
    if _fits(item, readings, bound) or (
        not is_near_weekday and _fits(item, _readings_about(words, item.days), bound)
    ):
        is_given = item.date.qualified or any(_is_as_exact(reading, item) for reading in readings)
        return _other_weekday(item) or (None if is_given else _open_date(item, briefing))
    if is_near_weekday:
        return _other_weekday(item)
    if _is_disputed(item, readings, bound):
        return None
    own_day = Edtf.parse(f"{item.date.anchor}")
    if _fits(item, resolved(words, own_day), bound):
        return _distant_date(item, readings[0], briefing)
    meaning = "is" if resolved(words, _WHENEVER) else f"is {format_date(readings[0])} here,"
    return "E124", _contradiction(item, meaning)


def _readings_about(words: str, days: Iterable[Edtf]) -> list[Edtf]:
    """Return what words mean on the days of periods, and a day on either side.

    In another zone, a text is of the day before or after.
    """
    readings: list[Edtf] = []
    for period in days:
        first, last = period.lower.toordinal() - 1, period.upper.toordinal() + 1
        if last - first <= _LONGEST_PERIOD and first >= _EARLIEST and last <= _LATEST:
            for ordinal in range(first, last + 1):
                day = datetime.date.fromordinal(ordinal)
                readings += resolved(words, Edtf.parse(f"{day}"))
    return readings


def _is_near_weekday(item: _DateInWords, readings: Iterable[Edtf]) -> bool:
    """Return whether the words are a weekday alone, and the date is within a week of it."""
    if not _weekdays_in(item.words) or _MONTH.search(item.words) or _DIGIT.search(item.words):
        return False
    first, last = _ends(item.date)
    return any(first - 7 < reading.lower.toordinal() < last + 7 for reading in readings)


def _is_as_exact(reading: Edtf, item: _DateInWords) -> bool:
    """Return whether the words mean at most the span of the date."""
    first, last = _ends(item.date)
    return (reading.upper - reading.lower).days <= last - first


def _ends(date: Edtf) -> tuple[int, int]:
    """Return the first and last day of a date as ordinals; of an open one, of the other end."""
    ends = [end for end in (date.start, date.end) if end is not None]
    return ends[0].first.toordinal(), ends[-1].last.toordinal()


def _fits(item: _DateInWords, readings: Iterable[Edtf], bound: str | None) -> bool:
    return any(_agrees(item, reading, bound) for reading in readings)


def _agrees(item: _DateInWords, reading: Edtf, bound: str | None) -> bool:
    """Return whether a date and the meaning of its words have a day in common, as limits allow."""
    first, last = _ends(item.date)
    about = item.date.qualified or _ABOUT.search(item.words)
    slack = _SLACK.get(item.date.precision, 1) if about else 0
    early = slack
    length = (reading.upper - reading.lower).days
    if bound == "by":
        early = max(slack, 1 if length else 6)  # "by 2025" may be the end of 2024
    elif bound == "before":
        early = max(slack, 1, length)
    is_too_early = last + early < reading.lower.toordinal()
    is_too_late = first - slack > reading.upper.toordinal()
    return not is_too_early and (bound == "after" or not is_too_late)


def _is_disputed(item: _DateInWords, readings: Iterable[Edtf], bound: str | None) -> bool:
    """Return whether the words are those of another version, listed beside the preferred one."""
    for rival in item.entry.disputes:
        if rival.field == "stated":
            return True
        if rival.field == item.field:
            try:
                version = item._replace(date=Edtf.parse(rival.value))
            except DateError:
                return True
            if _fits(version, readings, bound):
                return True
    return False


def _other_year(item: _DateInWords) -> _Finding | None:
    """Return E124 if words that cannot be read have a year or month that the date is not in."""
    years = [int(year) for year in _YEAR.findall(item.words)]
    if not years or _COUNTED_FROM.search(item.words):
        return None
    readings = [Edtf.parse(f"{year}") for year in years]
    # A fiscal year, or a season of sports, has days of the year before or after.
    ends = [end.year for end in (item.date.start, item.date.end) if end is not None]
    is_contradicted = max(ends) < min(years) - 1 or min(ends) > max(years) + 1
    months = _MONTH.findall(item.words)
    if not is_contradicted and len(years) == len(months) == 1:
        readings = [Edtf.parse(f"{years[0]}-{MONTHS.index(months[0]) + 1:02}")]
        is_contradicted = not _agrees(item, readings[0], None)
    if is_contradicted and not _is_disputed(item, readings, None):
        return "E124", _contradiction(item, "is")
    return None


def _contradiction(item: _DateInWords, verb: str) -> str:
    return (
        f"'{excerpt(item.words)}' {verb} not {item.date}; correct the {item.field}, or give the"
        " other date under 'disputes'"
    )


def _other_weekday(item: _DateInWords) -> _Finding | None:
    """Return W201 if a weekday in the words is not that of the date.

    Inexact dates and words relative to a weekday ("by Friday") are not reported.
    """
    weekdays, expected = _weekdays_in(item.words), _weekdays_of(item.date)
    is_disputed = any(rival.field in (item.field, "stated") for rival in item.entry.disputes)
    if not weekdays or not expected or is_disputed or weekdays & expected:
        return None
    day = format_date(item.date) if len(expected) > 1 else f"a {next(iter(expected))}"
    return "W201", (
        f"'{excerpt(item.words)}', but {item.date} is {day}; correct the {item.field},"
        " or give the other day under 'disputes'"
    )


def _weekdays_in(words: str) -> set[str]:
    return {
        match[0].capitalize()
        for match in _WEEKDAY.finditer(words)
        if not _OFFSET.search(words[: match.start()])
    }


def _weekdays_of(date: Edtf) -> set[str]:
    """Return the weekdays that a date covers; empty if it is inexact or covers all of them."""
    first, last = date.lower, date.upper
    if date.qualified or last - first >= datetime.timedelta(days=6):
        return set()
    return {WEEKDAYS[(first.weekday() + day) % 7] for day in range((last - first).days + 1)}


def _open_date(item: _DateInWords, briefing: Briefing) -> _Finding | None:
    """Return W202 if neither the words nor the day of publication give the date.

    Then the date is inferred from the rest of the article (``inferred``) or comes from another
    source (``external``).
    """
    if voice(item.entry, briefing.about) != "stated" or _YEAR.search(item.words):
        return None
    words = (_RELATIVE, _DURATION, _MONTH)
    if not any(pattern.search(item.words) for pattern in words):
        return None
    return "W202", (
        f"'{excerpt(item.words)}' alone does not give {item.date}; add 'basis: inferred',"
        " or cite who gives it and add 'basis: external'"
    )


def _distant_date(item: _DateInWords, nearest: Edtf, briefing: Briefing) -> _Finding | None:
    """Return W202 for "October" if a nearer month than that of the date has the name."""
    if voice(item.entry, briefing.about) not in ("stated", "inferred"):
        return None
    return "W202", (
        f"'{excerpt(item.words)}' is {format_date(nearest)} where the text does not name another"
        f" year, not {item.date}; correct the date, or cite who gives it and add 'basis: external'"
    )


def _fiscal_year(item: _DateInWords) -> _Finding | None:
    """Return W203 for "2023-24", a year from spring to spring, and two calendar years.

    A date written like that is E105 already. Countries other than India start their fiscal years
    in other months, so any twelve months that fit the words are accepted.
    """
    words = item.words.strip()
    match = _FISCAL.fullmatch(words)
    if match is None:
        return None
    first, second = int(match["first"]), int(match["second"])
    if second % 100 != (first + 1) % 100 or not (second < 100 or match["named"]):
        return None
    if words == str(item.date) or _is_fiscal(item.date, first):
        return None  # 2009-10 may be October
    return "W203", (
        f"'{excerpt(words)}' looks like a fiscal year; write"
        f" {first}-04/{first + 1}-03 for April to March"
    )


def _is_fiscal(date: Edtf, first: int) -> bool:
    """Return whether a date spans a year that ends within year ``first + 1``, or is its end."""
    if date.end is None or not date.end.is_within_year or date.end.year != first + 1:
        return False
    if date.start is None or date.start == date.end:
        return True
    return date.start.year == first and 364 <= (date.upper - date.lower).days <= 366
