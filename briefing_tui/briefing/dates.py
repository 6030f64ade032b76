"""Dates with explicit precision: a subset of EDTF, parsed, compared and formatted.

The subset is EDTF Level 0 (ISO 8601-2:2019, annex A) without times of day, plus two features of
Level 1: qualification of a complete date, and open interval ends. The Library of Congress
publishes the same text at https://www.loc.gov/standards/datetime/.

```
text     = date | interval
date     = YYYY [ "-" MM [ "-" DD ] ] [ "?" | "~" | "%" ]
interval = date "/" date | ".." "/" date | date "/" ".."
```

`?` is uncertain, `~` approximate, `%` both. A qualifier never widens the bounds.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, NoReturn

Precision = Literal["day", "month", "year"]

# The calendar module's names depend on the locale; briefings are always in English.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS_SHORT = tuple(name[:3] for name in MONTHS)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_PRECISIONS: tuple[Precision, ...] = ("day", "month", "year")
_EN_DASH = "\u2013"

_DATE = r"[0-9]{4}(?:-[0-9]{2}){0,2}[?~%]?"
GRAMMAR = re.compile(rf"{_DATE}(?:/(?:{_DATE}|\.\.))?|\.\./{_DATE}")
"""Syntax of a date; a match may still not be in the calendar, such as 2019-02-30."""


class DateError(ValueError):
    """A date outside the subset or the calendar; the message suggests a correction."""


class Endpoint(NamedTuple):
    """One end of a date: a year, a month or a day, with its qualifiers."""

    year: int
    month: int | None = None
    day: int | None = None
    uncertain: bool = False
    approximate: bool = False

    @property
    def first(self) -> datetime.date:
        """The earliest day."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The latest day."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def precision(self) -> Precision:
        """The smallest specified unit."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def qualified(self) -> bool:
        """Whether it is uncertain or approximate."""
        return self.uncertain or self.approximate


class Edtf:
    """An immutable date from `Edtf.parse`, compared by its text: `2019` is not `2019/2019`."""

    text: str
    start: Endpoint | None
    """None if open."""
    end: Endpoint | None
    """None if open; equal to `start` unless the date is an interval."""

    def __init__(self, text: str, start: Endpoint | None, end: Endpoint | None) -> None:
        self.__dict__.update(text=text, start=start, end=end)

    @classmethod
    def parse(cls, text: str) -> Edtf:
        """Parse a date such as `2019-01-07`, `2017~`, `2020-10/2023-04` or `../2023-04`.

        Raises:
            DateError: the text is outside the subset (surrounding white space included), is not
                in the calendar, or ends before it starts.
        """
        return _parse(text)

    @property
    def lower(self) -> datetime.date:
        """The earliest day; `date.min` if the start is open."""
        return datetime.date.min if self.start is None else self.start.first

    @property
    def upper(self) -> datetime.date:
        """The latest day; `date.max` if the end is open."""
        return datetime.date.max if self.end is None else self.end.last

    @property
    def anchor(self) -> datetime.date:
        """The day to sort the date under: its earliest, or the earliest of X for `../X`."""
        return self.end.first if self.start is None and self.end is not None else self.lower

    @property
    def year(self) -> int:
        """The year to list the date under."""
        return self.anchor.year

    @property
    def precision(self) -> Precision:
        """The unit of the date; for an interval, the smaller unit of its endpoints."""
        return min((point.precision for point in self._endpoints()), key=_PRECISIONS.index)

    @cached_property
    def sort_key(self) -> tuple[int, int, int]:
        """Key for chronological order: anchor, then precision (finest first), then latest day."""
        return self.anchor.toordinal(), _PRECISIONS.index(self.precision), self.upper.toordinal()

    @property
    def is_day(self) -> bool:
        """Whether the date is a single day."""
        return "/" not in self.text and self.precision == "day"

    @property
    def qualified(self) -> bool:
        """Whether either endpoint is uncertain or approximate."""
        return any(point.qualified for point in self._endpoints())

    def _endpoints(self) -> list[Endpoint]:
        return [point for point in (self.start, self.end) if point is not None]

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a date is immutable: cannot set {name!r}")

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Edtf) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Edtf({self.text!r})"


def is_after(date: Edtf, day: datetime.date) -> bool:
    """Return whether all of a date is after a day; for `../X`, all of X."""
    return date.anchor > day


def weekday(date: Edtf) -> str | None:
    """Return the English weekday, or None if the date is not a single day."""
    return WEEKDAYS[date.lower.weekday()] if date.is_day else None


def format_date(date: Edtf, *, year: bool = True) -> str:
    """Format a date with short month names: "7 Jan 2019", "about 2017", "by Apr 2023".

    Without ``year``, as under a heading with the year, a date within one year omits it, and a bare
    year gives "". A qualified bare year, an open interval and one that spans years still have it.
    """
    return _format(date, MONTHS_SHORT, year=year)


def format_date_long(date: Edtf) -> str:
    """Format a date with full names: "Monday 7 January 2019", "October 2020"."""
    day = weekday(date)
    if day is None or date.start is None:
        return _format(date, MONTHS, year=True)
    return _qualify(date.start, f"{day} {_plain(date.start, MONTHS)}")


def _format(date: Edtf, months: tuple[str, ...], *, year: bool) -> str:
    start, end = date.start, date.end
    if start is None or end is None:
        (point,) = date._endpoints()
        preposition = "by" if start is None else "from"
        return f"{preposition} {_qualify(point, _plain(point, months))}"
    if start == end:
        keep_year = year or (start.month is None and start.qualified)
        return _qualify(start, _plain(start, months, year=keep_year))

    one_year = start.year == end.year and None not in (start.month, end.month)
    if one_year and start.month == end.month and start.day and end.day and not date.qualified:
        return f"{start.day}{_EN_DASH}{_plain(end, months, year=year)}"

    # With a single year at the end, the scope of a qualifier would be ambiguous.
    first = _plain(start, months, year=not one_year or (year and date.qualified))
    last = _plain(end, months, year=not one_year or year)
    bare_years = start.precision == end.precision == "year" and not date.qualified
    dash = _EN_DASH if bare_years else f" {_EN_DASH} "
    return _qualify(start, first) + dash + _qualify(end, last)


def _plain(point: Endpoint, months: tuple[str, ...], *, year: bool = True) -> str:
    month = months[point.month - 1] if point.month else None
    parts = (point.day, month, point.year if year else None)
    return " ".join(str(part) for part in parts if part is not None)


def _qualify(point: Endpoint, plain: str) -> str:
    about = "about " if point.approximate else ""
    doubt = " (uncertain)" if point.uncertain else ""
    return f"{about}{plain}{doubt}"


@lru_cache(maxsize=8192)
def _parse(text: str) -> Edtf:
    if not GRAMMAR.fullmatch(text):
        raise DateError(_advice(text))
    first, slash, second = text.partition("/")
    start = _endpoint(first)
    end = _endpoint(second) if slash else start
    if start and end and start.first > end.last:
        raise DateError(f"the interval ends before it starts; write {second}/{first}")
    return Edtf(text, start, end)


def _endpoint(text: str) -> Endpoint | None:
    if text == "..":
        return None
    written = text.rstrip("?~%")
    year, month, day = (*map(int, written.split("-")), None, None)[:3]
    if not year:
        raise DateError("there is no year 0000; years run from 0001 to 9999")
    if month is not None and not 1 <= month <= 12:
        raise DateError(_month_advice(written, year, month))
    days = monthrange(year, month or 12)[1]
    if month and day is not None and not 1 <= day <= days:
        raise DateError(f"{MONTHS[month - 1]} {year} has {days} days, so there is no day {day:02}")
    return Endpoint(year, month, day, text[-1] in "?%", text[-1] in "~%")


def _month_advice(written: str, year: int, month: int) -> str:
    if len(written) == len("YYYY-MM"):
        if month == (year + 1) % 100:
            span = f"{year:04}-04/{year + 1:04}-03"
            return f"{written} looks like a fiscal year; write {span} (April to March)"
        if 21 <= month <= 41:
            return f"{written} looks like an EDTF season; write its months, such as 2019-03/2019-05"
    return f"there is no month {month:02}; months run from 01 to 12"


_FORM = "not a date; write 2019-01-07, 2019-01 or 2019, and an interval as 2020-10/2023-04"
_LONGEST_CORRECTED = 60


def _from_english(match: re.Match[str]) -> str:
    first_day, month, second_day, year = match.groups()
    day = first_day or second_day
    number = 1 + MONTHS_SHORT.index(month.title())
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


_NTH = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_CORRECTIONS: tuple[tuple[str, str | Callable[[re.Match[str]], str], str], ...] = (
    (r"[t ]+[0-9]{1,2}:[0-9]{2}[^/]*", "", "times of day are left out"),
    (r"^[\[{](.*?)(?:\.\.|,)(.*)[]}]$", r"\1/\2", "sets are not supported"),
    (
        rf"\b(?:{_NTH}[ -])?({'|'.join(MONTHS_SHORT).lower()})[a-z]*\.?"
        rf"(?:[ -]{_NTH}\b)?,?[ -]([0-9]{{4}})\b",
        _from_english,
        "dates are written in digits, year first",
    ),
    (r"(?:circa|about|ca?\.|~)\s*([0-9][0-9-]*)", r"\1~", "~ at the end stands for about"),
    ("[\u2010-\u2012\u2212]|\u2013(?=[0-9]{1,2}(?![0-9]))", "-", "dates take the plain hyphen"),
    (r"\s*(?:[\u2013\u2014]|\bto\b)\s*", "/", "an interval takes a slash"),
    (r"\s+", "", "dates have no spaces"),
    (r"\b([0-9]{4})-([0-9]{4})\b", r"\1/\2", "an interval takes a slash"),
    (r"\b([0-9]{4})([/.])([0-9]{1,2})\2([0-9]{1,2})\b", r"\1-\3-\4", "a date takes hyphens"),
    (r"\b([0-9]{4})(?:/|\.(?!\.))([0-9]{1,2})$", r"\1-\2", "a date takes hyphens"),
    (r"\b([0-9]{4})([0-9]{2})([0-9]{2})\b", r"\1-\2-\3", "a date takes hyphens"),
    (r"-([0-9])(?![0-9])", r"-0\1", "month and day take two digits"),
    (r"-xx", "", "unspecified digits (X) are not supported"),
    (r"^([0-9]{3})x$", r"\g<1>0/\g<1>9", "unspecified digits (X) are not supported"),
    (r"^([0-9]{2})xx$", r"\g<1>00/\g<1>99", "unspecified digits (X) are not supported"),
    (r"([?~%])((?:-[0-9]{2})+)", r"\2\1", "a qualifier goes at the end"),
    (r"\?~|~\?", "%", "% stands for uncertain and approximate"),
    (r"^(?:open|unknown)?/", "../", "write .. for an open end"),
    (r"/(?:open|unknown|now|present)?$", "/..", "write .. for an open end"),
)
"""Common mistakes in the order in which they are corrected: pattern, replacement, reason."""


def _advice(text: str) -> str:
    if text in ("..", "../..", "/", "/..", "../"):
        return "an interval cannot be open at both ends; give at least one date"
    if len(text) > _LONGEST_CORRECTED:
        return _FORM
    # Case folding also maps odd letters, such as the long s, to those of the month names.
    corrected, reason = text.casefold(), ""
    for pattern, replacement, explanation in _CORRECTIONS:
        previous, corrected = corrected, re.sub(pattern, replacement, corrected)
        reason = reason or (explanation if corrected != previous else "")
    if not GRAMMAR.fullmatch(corrected):
        return _FORM
    try:
        Edtf.parse(corrected)
    except DateError as error:
        return str(error)
    return f"{reason}; write {corrected}"
