"""Dates that keep their precision: a subset of EDTF, read, compared and put into words.

The subset is EDTF Level 0 (ISO 8601-2:2019, annex A) without times of day, plus two features of
Level 1: qualification of a complete date, and open interval ends. The Library of Congress
publishes the same text at https://www.loc.gov/standards/datetime/.

```
text     = date | interval
date     = YYYY [ "-" MM [ "-" DD ] ] [ "?" | "~" | "%" ]
interval = date "/" date | ".." "/" date | date "/" ".."
```

`?` is uncertain, `~` approximate, `%` both. Bounds are strict: a qualifier never widens them.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

Precision = Literal["day", "month", "year"]

# The standard library's names follow the locale; briefings are worded in English everywhere.
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
"""How a date is written; what it names may still be no day of the calendar."""


class DateError(ValueError):
    """A date outside the subset or the calendar; the message says what to write instead."""


class Point(NamedTuple):
    """One end of a date: a year, a month or a day, with its qualifiers."""

    year: int
    month: int | None = None
    day: int | None = None
    uncertain: bool = False
    approximate: bool = False

    @property
    def first(self) -> datetime.date:
        """The earliest day that the point covers."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The latest day that the point covers."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or _days_in(self.year, month))

    @property
    def precision(self) -> Precision:
        """The smallest unit that is given."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def qualified(self) -> bool:
        """Whether the point is uncertain or approximate."""
        return self.uncertain or self.approximate


class Edtf:
    """An immutable date or interval, equal to another of the same text. Made by `Edtf.parse`.

    Attributes:
        text: The date as written.
        start: Its first end, `None` where open.
        end: Its last end, `None` where open; the same as `start` unless the date is an interval.
    """

    __slots__ = ("_sort_key", "end", "start", "text")

    text: str
    start: Point | None
    end: Point | None
    _sort_key: tuple[int, int, int]

    def __init__(self, text: str, start: Point | None, end: Point | None) -> None:
        """Store the ends of a text that has been read; callers want `Edtf.parse`."""
        store = object.__setattr__
        store(self, "text", text)
        store(self, "start", start)
        store(self, "end", end)

    @classmethod
    def parse(cls, text: str) -> Edtf:
        """Read a date such as `2019-01-07`, `2017~`, `2020-10/2023-04` or `../2023-04`.

        Args:
            text: The date, without surrounding space.

        Raises:
            DateError: It is outside the subset, is no day of the calendar, or ends before it
                starts.
        """
        return _parse(text)

    @property
    def lower(self) -> datetime.date:
        """The earliest day, `date.min` where the start is open."""
        return datetime.date.min if self.start is None else self.start.first

    @property
    def upper(self) -> datetime.date:
        """The latest day, `date.max` where the end is open."""
        return datetime.date.max if self.end is None else self.end.last

    @property
    def anchor(self) -> datetime.date:
        """The day to file the date under: its earliest, or that of the deadline in `../X`."""
        return self.end.first if self.start is None and self.end is not None else self.lower

    @property
    def year(self) -> int:
        """The year to file the date under."""
        return self.anchor.year

    @property
    def precision(self) -> Precision:
        """The unit of the date; of an interval, the smaller unit of its ends."""
        return min((end.precision for end in self._given()), key=_PRECISIONS.index)

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Chronological order: by anchor, then the more precise, then the sooner over."""
        try:
            return self._sort_key
        except AttributeError:
            rank = _PRECISIONS.index(self.precision)
            key = self.anchor.toordinal(), rank, self.upper.toordinal()
            object.__setattr__(self, "_sort_key", key)
            return key

    @property
    def is_interval(self) -> bool:
        """Whether the date is written with two ends."""
        return "/" in self.text

    @property
    def is_day(self) -> bool:
        """Whether the date is one single day."""
        return not self.is_interval and self.precision == "day"

    @property
    def uncertain(self) -> bool:
        """Whether the date, or either end of it, is marked `?` or `%`."""
        return any(end.uncertain for end in self._given())

    @property
    def approximate(self) -> bool:
        """Whether the date, or either end of it, is marked `~` or `%`."""
        return any(end.approximate for end in self._given())

    def _given(self) -> list[Point]:
        return [end for end in (self.start, self.end) if end is not None]

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse: dates are hashed, cached and shared."""
        raise AttributeError(f"a date is immutable: cannot set {name!r}")

    def __reduce__(self) -> tuple[Callable[[str], Edtf], tuple[str]]:
        """Copy and pickle by reading the text again, since attributes cannot be set."""
        return Edtf.parse, (self.text,)

    def __eq__(self, other: object) -> bool:
        """Compare by text: `2019` and `2019/2019` differ."""
        return self.text == other.text if isinstance(other, Edtf) else NotImplemented

    def __hash__(self) -> int:
        """Hash the text, in step with equality."""
        return hash(self.text)

    def __str__(self) -> str:
        """Give the text as written."""
        return self.text

    def __repr__(self) -> str:
        """Show the text, for debugging."""
        return f"Edtf({self.text!r})"


def is_after(date: Edtf, day: datetime.date) -> bool:
    """Tell whether the whole of a date lies after a day; of `../X`, the whole of X."""
    return date.anchor > day


def weekday(date: Edtf) -> str | None:
    """Name the weekday in English, or give `None` where the date is not a single day."""
    return WEEKDAYS[date.lower.weekday()] if date.is_day else None


def words(date: Edtf, *, year: bool = True) -> str:
    """Put a date into short words: "7 Jan 2019", "about 2017", "by Apr 2023".

    Args:
        date: The date.
        year: Whether to name the year. Without it, as under a heading that names it already, a
            date within one year loses it and a bare year gives "". A qualified bare year, an
            open interval and one that spans years keep theirs.
    """
    return _words(date, MONTHS_SHORT, year=year)


def words_long(date: Edtf) -> str:
    """Put a date into full words: "Monday 7 January 2019", "October 2020"."""
    day = weekday(date)
    if day is None or date.start is None:
        return _words(date, MONTHS, year=True)
    return _qualify(date.start, f"{day} {_plain(date.start, MONTHS)}")


def _words(date: Edtf, months: tuple[str, ...], *, year: bool) -> str:
    start, end = date.start, date.end
    if start is None or end is None:
        (given,) = date._given()
        preposition = "by" if start is None else "from"
        return f"{preposition} {_qualify(given, _plain(given, months))}"
    if start == end:
        keep_year = year or (start.month is None and start.qualified)
        return _qualify(start, _plain(start, months, year=keep_year))

    qualified = start.qualified or end.qualified
    one_year = start.year == end.year and None not in (start.month, end.month)
    if one_year and start.month == end.month and start.day and end.day and not qualified:
        return f"{start.day}{_EN_DASH}{_plain(end, months, year=year)}"

    # A year that stands only at the end would leave it open how far a qualifier reaches.
    first = _plain(start, months, year=not one_year or (year and qualified))
    last = _plain(end, months, year=not one_year or year)
    bare_years = start.precision == end.precision == "year" and not qualified
    dash = _EN_DASH if bare_years else f" {_EN_DASH} "
    return _qualify(start, first) + dash + _qualify(end, last)


def _plain(point: Point, months: tuple[str, ...], *, year: bool = True) -> str:
    month = months[point.month - 1] if point.month else None
    parts = (point.day, month, point.year if year else None)
    return " ".join(str(part) for part in parts if part is not None)


def _qualify(point: Point, plain: str) -> str:
    about = "about " if point.approximate else ""
    doubt = " (uncertain)" if point.uncertain else ""
    return f"{about}{plain}{doubt}"


@lru_cache(maxsize=8192)
def _parse(text: str) -> Edtf:
    if not GRAMMAR.fullmatch(text):
        from briefing_tui.briefing.date_advice import advice  # only a mistake pays for it

        raise DateError(advice(text))
    first, slash, second = text.partition("/")
    start = _point(first)
    end = _point(second) if slash else start
    if start and end and start.first > end.last:
        raise DateError(f"the interval ends before it starts; write {second}/{first}")
    return Edtf(text, start, end)


def _point(text: str) -> Point | None:
    if text == "..":
        return None
    written = text.rstrip("?~%")
    year, month, day = (*map(int, written.split("-")), None, None)[:3]
    if not year:
        raise DateError("there is no year 0000; years run from 0001 to 9999")
    if month is not None and not 1 <= month <= 12:
        raise DateError(_month_advice(written, year, month))
    days = _days_in(year, month or 12)
    if month and day is not None and not 1 <= day <= days:
        raise DateError(f"{MONTHS[month - 1]} {year} has {days} days, so there is no day {day:02}")
    return Point(year, month, day, text[-1] in "?%", text[-1] in "~%")


def _month_advice(written: str, year: int, month: int) -> str:
    if len(written) == len("YYYY-MM"):
        if month == (year + 1) % 100:
            span = f"{year:04}-04/{year + 1:04}-03"
            return f"{written} looks like a fiscal year; write {span} (April to March)"
        if 21 <= month <= 41:
            return f"{written} looks like an EDTF season; write its months, such as 2019-03/2019-05"
    return f"there is no month {month:02}; months run from 01 to 12"


def _days_in(year: int, month: int) -> int:
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31
