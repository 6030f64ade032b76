"""Dates with explicit precision: a subset of EDTF, parsed, compared and formatted.

The subset is EDTF Level 0 (ISO 8601-2:2019, annex A), clock times included, and of the higher
levels what briefings need: qualification of a complete date, open interval ends, unspecified last
digits, seasons (Level 1), quarters and halves (Level 2). The Library of Congress publishes the
same text at https://www.loc.gov/standards/datetime/.

```
text     = "unknown" | date | interval
date     = ( years | YYYY [ "-" month | "-" part ] | day [ "T" clock ] ) [ "?" | "~" | "%" ]
years    = YYY "X" | YY "XX"                     199X: the 1990s; 19XX: 1900 to 1999
month    = MM | "XX" | MM "-XX" | "XX-XX"        XX: as precise as without it
part     = "21" … "24"                           spring, summer, autumn, winter
         | "33" … "36" | "Q1" … "Q4"             quarters
         | "40" | "41" | "H1" | "H2"             halves
day      = YYYY "-" MM "-" DD
clock    = hh ":" mm [ ":" ss ] [ "Z" | ( "+" | "-" ) hh [ ":" mm ] ]
interval = date "/" date | ".." "/" date | date "/" ".."
```

`?` is uncertain, `~` approximate, `%` both. A qualifier never widens the bounds. `Q1` to `H2` and
`unknown` are not in EDTF, and mean the same as `33` to `41` and a blank date.

A season has no hemisphere, so its bounds fit both: March to December for spring and autumn, January
to March of the next year for summer and winter. `2020-21` to `2023-24` are refused: in most texts
they are fiscal years.

The days of a clock time are those of its own zone, as written; times are ordered by their instant.
A time without a zone is local time somewhere, and is ordered as if it were UTC.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, NoReturn, get_args

Precision = Literal[
    "second", "minute", "day", "month", "quarter", "season", "half", "year", "decade", "century",
    "unknown",
]  # fmt: skip
"""Units of dates, finest first."""

# The calendar module's names depend on the locale; briefings are always in English.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS_SHORT = tuple(name[:3] for name in MONTHS)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_PRECISIONS: tuple[Precision, ...] = get_args(Precision)
_DAY = 24 * 60 * 60
_EN_DASH = "\u2013"

_POINT = (
    r"(?:(?P<year>[0-9]{4})"
    r"(?:-(?P<month>[0-9]{2}|Q[1-4]|H[12])(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?P<zone>Z|[+-][0-9]{2}(?::[0-9]{2})?)?)?"
    r"|-XX)?|-XX(?:-XX)?)?"
    r"|(?P<years>[0-9]{3}X|[0-9]{2}XX))(?P<qualifier>[?~%])?"
)
_DATE = re.sub(r"\?P<\w+>", "?:", _POINT)
GRAMMAR = re.compile(rf"{_DATE}(?:/(?:{_DATE}|\.\.))?|\.\./{_DATE}|unknown")
"""Syntax of a date; a match may still not be in the calendar, such as 2019-02-30."""


class DateError(ValueError):
    """A date outside the subset or the calendar; the message suggests a correction."""


class Period(NamedTuple):
    """A part of a year, a year or several: the months that it covers from January of its year."""

    precision: Precision
    name: str = ""
    month: int = 1
    months: int = 12


YEAR = Period("year")
_DECADE = Period("decade", months=10 * 12)
_CENTURY = Period("century", months=100 * 12)
_PARTS = {
    "21": Period("season", "spring", 3, 10),
    "22": Period("season", "summer", 1, 15),
    "23": Period("season", "autumn", 3, 10),
    "24": Period("season", "winter", 1, 15),
    "33": Period("quarter", "Q1", 1, 3),
    "34": Period("quarter", "Q2", 4, 3),
    "35": Period("quarter", "Q3", 7, 3),
    "36": Period("quarter", "Q4", 10, 3),
    "40": Period("half", "first half", 1, 6),
    "41": Period("half", "second half", 7, 6),
}
"""Parts of a year by their number in the place of the month."""
_LETTERS = {"Q1": "33", "Q2": "34", "Q3": "35", "Q4": "36", "H1": "40", "H2": "41"}


class Clock(NamedTuple):
    """A time of day."""

    hour: int
    minute: int
    second: int | None = None
    offset: int | None = None
    """Minutes east of UTC; None if the zone is not known."""

    @property
    def precision(self) -> Precision:
        """The smallest specified unit."""
        return "minute" if self.second is None else "second"

    @property
    def seconds(self) -> int:
        """Seconds since midnight, of its first moment."""
        return (self.hour * 60 + self.minute) * 60 + (self.second or 0)

    @property
    def zone(self) -> str:
        """The zone in words: ``UTC``, ``UTC+5:30``, or an empty string if it is not known."""
        if not self.offset:
            return "" if self.offset is None else "UTC"
        hours, minutes = divmod(abs(self.offset), 60)
        sign = "+" if self.offset > 0 else "-"
        return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"

    def has_zone_of(self, other: Clock | None) -> bool:
        """Return whether another time is of the same zone."""
        return other is not None and self.offset == other.offset

    def __str__(self) -> str:
        seconds = "" if self.second is None else f":{self.second:02}"
        return f"{self.hour:02}:{self.minute:02}{seconds}"


class Endpoint(NamedTuple):
    """One end of a date: a period, a month, a day or a clock time, with its qualifiers."""

    year: int
    """The year of its first day."""
    month: int | None = None
    day: int | None = None
    uncertain: bool = False
    approximate: bool = False
    period: Period = YEAR
    """What it covers if it has no month."""
    clock: Clock | None = None

    @property
    def first(self) -> datetime.date:
        """The earliest day."""
        return datetime.date(self.year, self.month or self.period.month, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The latest day."""
        if self.day:
            return self.first
        months = 1 if self.month else self.period.months
        year, month = divmod(self.year * 12 + self.first.month - 2 + months, 12)
        if year > datetime.MAXYEAR:
            return datetime.date.max
        return datetime.date(year, month + 1, monthrange(year, month + 1)[1])

    @property
    def precision(self) -> Precision:
        """The smallest specified unit."""
        if self.clock:
            return self.clock.precision
        return "day" if self.day else "month" if self.month else self.period.precision

    @property
    def qualified(self) -> bool:
        """Whether it is uncertain or approximate."""
        return self.uncertain or self.approximate

    @property
    def is_within_year(self) -> bool:
        """Whether it is finer than a year."""
        return self.precision not in ("year", "decade", "century")

    @property
    def start_second(self) -> int:
        """Its first second by its own clock."""
        return self.first.toordinal() * _DAY + (self.clock.seconds if self.clock else 0)

    @property
    def end_second(self) -> int:
        """Its last second by its own clock."""
        if self.clock:
            return self.start_second + (59 if self.clock.second is None else 0)
        return self.last.toordinal() * _DAY + _DAY - 1

    @property
    def ahead_of_utc(self) -> int:
        """Seconds by which its clock is ahead of UTC; 0 without a clock or a known zone."""
        return 60 * ((self.clock and self.clock.offset) or 0)


class Edtf:
    """An immutable date from `Edtf.parse`; `2019` is not equal to `2019/2019`."""

    text: str
    start: Endpoint | None
    """None if open or unknown."""
    end: Endpoint | None
    """None if open or unknown; equal to `start` unless the date is an interval."""

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
    def is_known(self) -> bool:
        """Whether anything is known of it; the bounds of `unknown` are those of the calendar."""
        return self.start is not None or self.end is not None

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
        """The day to list the date under: its earliest, or the earliest of X for `../X`."""
        return self.end.first if self.start is None and self.end is not None else self.lower

    @property
    def year(self) -> int:
        """The year to list the date under."""
        return self.anchor.year

    @property
    def precision(self) -> Precision:
        """The unit of the date; for an interval, the smaller unit of its endpoints."""
        units = (point.precision for point in self._endpoints())
        return min(units, key=_PRECISIONS.index, default="unknown")

    @property
    def instants(self) -> tuple[int, int]:
        """Its first and last second in UTC, those of the calendar where it is open.

        Seconds are counted from a day before the calendar begins.
        """
        first, last = 0, LAST_SECOND
        if self.start is not None:
            first = self.start.start_second - self.start.ahead_of_utc
        if self.end is not None:
            last = self.end.end_second - self.end.ahead_of_utc
        return first, last

    @property
    def seconds(self) -> tuple[int, int]:
        """The first and last second that it has either in UTC or by its own clock."""
        first, last = self.instants
        if self.start is not None:
            first = min(first, self.start.start_second)
        if self.end is not None:
            last = min(max(last, self.end.end_second), LAST_SECOND)
        return first, last

    @cached_property
    def sort_key(self) -> tuple[int, int, int]:
        """Key for chronological order: first instant, then precision (finest first), then last.

        `../X` is where X is. An unknown date precedes all others.
        """
        if not self.is_known:
            return 0, 0, 0
        first, last = self.instants
        if self.start is None and self.end is not None:
            first = self.end.start_second - self.end.ahead_of_utc
        return first, _PRECISIONS.index(self.precision), last

    @property
    def is_day(self) -> bool:
        """Whether the date is a single day, or a time on it."""
        return "/" not in self.text and self.start is not None and self.start.day is not None

    @property
    def qualified(self) -> bool:
        """Whether either endpoint is uncertain or approximate."""
        return any(point.qualified for point in self._endpoints())

    def _endpoints(self) -> list[Endpoint]:
        return [point for point in (self.start, self.end) if point is not None]

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a date is immutable: cannot set {name!r}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Edtf):
            return NotImplemented
        if self.text == other.text:
            return True
        ends = self.start, self.end, "/" in self.text
        return ends == (other.start, other.end, "/" in other.text)

    def __hash__(self) -> int:
        return hash(self.sort_key)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Edtf({self.text!r})"


LAST_SECOND = datetime.date.max.toordinal() * _DAY + _DAY - 1
"""The last second of the calendar, as `Edtf.seconds` counts."""


def day_at(second: int) -> datetime.date:
    """Return the day of a second as `Edtf.seconds` counts."""
    return datetime.date.fromordinal(second // _DAY)


def is_after(date: Edtf, day: datetime.date) -> bool:
    """Return whether all of a date is after a day; for `../X`, all of X."""
    return date.anchor > day


def weekday(date: Edtf) -> str | None:
    """Return the English weekday, or None if the date is not a single day."""
    return WEEKDAYS[date.lower.weekday()] if date.is_day else None


def format_date(date: Edtf, *, year: bool = True) -> str:
    """Format a date with short month names: "7 Jan 2019", "about 2017", "by Apr 2023", "Q3 2024".

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
        if not date.is_known:
            return "date unknown"
        (point,) = date._endpoints()
        preposition = "by" if start is None else "from"
        return f"{preposition} {_qualify(point, _plain(point, months))}"
    if start == end:
        keep_year = year or (start.precision == "year" and start.qualified)
        return _qualify(start, _plain(start, months, year=keep_year))

    one_year = start.year == end.year and start.is_within_year and end.is_within_year
    if one_year and start.month == end.month and start.day and end.day and not date.qualified:
        if start.clock is None and end.clock is None:
            return f"{start.day}{_EN_DASH}{_plain(end, months, year=year)}"
        if start.day == end.day and start.clock and start.clock.has_zone_of(end.clock):
            day, _, time = _plain(end, months, year=year).partition(", ")
            return f"{day}, {start.clock}{_EN_DASH}{time}"

    # With a single year at the end, the scope of a qualifier would be ambiguous.
    first = _plain(start, months, year=not one_year or (year and date.qualified))
    last = _plain(end, months, year=not one_year or year)
    bare_years = start.precision == end.precision == "year" and not date.qualified
    dash = _EN_DASH if bare_years else f" {_EN_DASH} "
    return _qualify(start, first) + dash + _qualify(end, last)


def _plain(point: Endpoint, months: tuple[str, ...], *, year: bool = True) -> str:
    if point.precision == "decade":
        return f"{point.year}s"
    if point.precision == "century":
        return f"{point.year}{_EN_DASH}{point.last.year}"
    name = months[point.month - 1] if point.month else point.period.name
    if name and year and point.precision == "half":
        name += " of"
    parts = (point.day, name or None, point.year if year else None)
    text = " ".join(str(part) for part in parts if part is not None)
    return f"{text}, {_time(point.clock, year=year)}" if point.clock else text


def _time(clock: Clock, *, year: bool) -> str:
    """Return a time with its zone; in a list under its year, an unknown zone is left out."""
    zone = clock.zone or ("local time" if year else "")
    return f"{clock} {zone}".rstrip()


def _qualify(point: Endpoint, plain: str) -> str:
    about = "about " if point.approximate else ""
    doubt = " (uncertain)" if point.uncertain else ""
    return f"{about}{plain}{doubt}"


@lru_cache(maxsize=8192)
def _parse(text: str) -> Edtf:
    if text == "unknown":
        return Edtf(text, None, None)
    if not GRAMMAR.fullmatch(text):
        raise DateError(_advice(text))
    first, slash, second = text.partition("/")
    start = _endpoint(first)
    end = _endpoint(second) if slash else start
    if start and end and _is_reversed(start, end):
        raise DateError(f"the interval ends before it starts; write {second}/{first}")
    return Edtf(text, start, end)


def _is_reversed(start: Endpoint, end: Endpoint) -> bool:
    if start.clock and end.clock and (start.clock.zone == "") == (end.clock.zone == ""):
        return start.start_second - start.ahead_of_utc > end.end_second - end.ahead_of_utc
    return start.first > end.last


_ENDPOINT = re.compile(_POINT)
_HOURS_AHEAD = 14
"""Most hours by which a zone is ahead of UTC, or behind it."""


def _endpoint(text: str) -> Endpoint | None:
    if text == "..":
        return None
    match = _ENDPOINT.fullmatch(text)
    assert match is not None, "each part of a date that fits the grammar fits this pattern"
    written, qualifier = text.rstrip("?~%"), match["qualifier"] or "-"
    year = int((match["year"] or match["years"]).replace("X", "0"))
    if not year:
        raise DateError("there is no year 0000; years run from 0001 to 9999")
    point = Endpoint(year, uncertain=qualifier in "?%", approximate=qualifier in "~%")
    if match["years"]:
        return point._replace(period=_CENTURY if written.endswith("XX") else _DECADE)
    if match["month"] is None:
        return point
    part = _LETTERS.get(match["month"], match["month"])
    if part in _PARTS and len(written) == len("YYYY-MM") and not _is_fiscal(year, match["month"]):
        return point._replace(period=_PARTS[part])
    month, day = int(part), int(match["day"] or 0)
    if not 1 <= month <= 12:
        raise DateError(_month_advice(written, year, month))
    days = monthrange(year, month)[1]
    if match["day"] and not 1 <= day <= days:
        raise DateError(f"{MONTHS[month - 1]} {year} has {days} days, so there is no day {day:02}")
    clock = _clock(match["clock"], match["zone"] or "") if match["clock"] else None
    return point._replace(month=month, day=day or None, clock=clock)


def _clock(text: str, zone: str) -> Clock:
    hour, minute, *seconds = map(int, text.split(":"))
    if hour > 23 or max([minute, *seconds]) > 59:
        raise DateError(f"there is no time {text}; times run from 00:00 to 23:59:59")
    offset = 0 if zone == "Z" else None
    if len(zone) > 1:
        hours, minutes = int(zone[1:3]), int(zone[4:] or 0)
        if minutes > 59 or hours * 60 + minutes > _HOURS_AHEAD * 60:
            raise DateError(f"there is no zone {zone}; zones run from -14:00 to +14:00")
        offset = (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)
    return Clock(hour, minute, seconds[0] if seconds else None, offset)


def _is_fiscal(year: int, month: str) -> bool:
    return month == f"{(year + 1) % 100:02}"


def _month_advice(written: str, year: int, month: int) -> str:
    if len(written) == len("YYYY-MM") and _is_fiscal(year, written[5:]):
        span = f"{year:04}-04/{year + 1:04}-03"
        part = _PARTS.get(str(month))
        season = f", or the months of {part.name} {year}" if part else ""
        return f"{written} looks like a fiscal year; write {span} (April to March){season}"
    if str(month) in _PARTS:
        return f"{written[5:7]} is a part of the year, which has no days; write {written[:7]}"
    return f"there is no month {month:02}; months run from 01 to 12"


_FORM = (
    "not a date; write 2019-01-07, 2019-01, 2019, 2019-Q1, 199X, 2019-01-07T14:30Z or unknown,"
    " and an interval as 2020-10/2023-04"
)
_LONGEST_CORRECTED = 60


def _from_english(match: re.Match[str]) -> str:
    first_day, month, second_day, year = match.groups()
    day = first_day or second_day
    number = 1 + MONTHS_SHORT.index(month.title())
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


def _from_numbers(match: re.Match[str]) -> str:
    """Turn a date with its year last around, unless it is not clear which number is the month."""
    first, separator, second, year = match.groups()
    day_first = separator == "." or int(first) > 12 or first == second
    if not day_first and int(second) <= 12:
        ends = [f"{year}-{int(a):02}-{int(b):02}" for a, b in ((second, first), (first, second))]
        raise DateError(f"it may begin with the day or the month; write {' or '.join(ends)}")
    day, month = (first, second) if day_first else (second, first)
    return f"{year}-{int(month):02}-{int(day):02}"


def _from_12_hours(match: re.Match[str]) -> str:
    hour = int(match[1]) % 12 + (12 if match[3] == "p" else 0)
    return f"t{hour:02}:{match[2] or '00'}"


def _from_part(match: re.Match[str]) -> str:
    """Turn "third quarter of 2024", "Q3 2024" or "3Q 2024" around."""
    letter = (match["letter"] or match["last"] or match["noun"])[0]
    number = match["number"] or match["first"] or 1 + _NTHS.index(match["nth"])
    return f"{match['year']}-{letter}{number}"


_NTH = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_NTHS = ("first", "second", "third", "fourth")
_SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
_THIRDS = {
    **dict.fromkeys(("early", "beginning of", "start of"), ("01", "04")),
    **dict.fromkeys(("mid", "middle of"), ("05", "08")),
    **dict.fromkeys(("late", "end of"), ("09", "12")),
}
_CORRECTIONS: tuple[tuple[str, str | Callable[[re.Match[str]], str], str], ...] = (
    (
        r"^(?:tb[acd]|n/?a|\?+|none|no date|undated|(?:date )?(?:not |un)known(?: date)?|x{4})$",
        "unknown",
        "a date of which nothing is known is 'unknown'",
    ),
    (r"^(?:the )?([0-9]{3})0['\u2019]?s$", r"\1x", "the last digit of a decade is X"),
    (
        r"^(?:the )?([0-9]{1,2})(?:st|nd|rd|th) century$",
        lambda match: f"{int(match[1]) - 1:02}xx",
        "the last digits of a century are XX",
    ),
    (
        rf"^(?:the )?({'|'.join(_THIRDS)})[ -]*([0-9]{{4}})$",
        lambda match: "/".join(f"{match[2]}-{month}" for month in _THIRDS[match[1]]),
        "a part of a year is an interval of months, and the words go under 'stated'",
    ),
    (
        rf"^({'|'.join(_SEASONS)})(?:,| of)? ([0-9]{{4}})$",
        lambda match: f"{match[2]}-{_SEASONS[match[1]]}",
        "a season is a number from 21, spring, to 24, winter",
    ),
    (
        r"\b(?:the )?(?:(?P<letter>q|h)(?P<number>[1-4])|(?P<first>[1-4])(?P<last>q|h)"
        rf"|(?P<nth>{'|'.join(_NTHS)}) (?P<noun>quarter|half))(?:,| of)? ?(?P<year>[0-9]{{4}})\b",
        _from_part,
        "the year comes first",
    ),
    (r"\b([0-9]{4})[ /]([qh][1-4])\b", r"\1-\2", "quarters and halves take a hyphen"),
    (
        rf"^([0-9]{{3}})({'|'.join(f'{digit}/{digit + 1}' for digit in range(9))})$",
        lambda match: f"{match[1]}{match[2][0]}/{match[1]}{match[2][2]}",
        "years take four digits",
    ),
    (
        r"^(?:fy|(?:fiscal|financial)(?: year)?) ?([0-9]{4})$",
        lambda match: f"{int(match[1]) - 1:04}-10/{match[1]}-09",
        "a fiscal year is written as its months, in the United States from October",
    ),
    (
        r"^([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})(?=$|[ ,t])",
        _from_numbers,
        "the year comes first",
    ),
    (r"^[\[{](.*?)(?:\.\.|,)(.*)[]}]$", r"\1/\2", "sets are not supported"),
    (
        r"\b([0-9]{1,2})(?::([0-9]{2}))? ?([ap])\.?m\b\.?",
        _from_12_hours,
        "a time has 24 hours",
    ),
    (
        rf"\b(?:{_NTH}[ -])?({'|'.join(MONTHS_SHORT).lower()})[a-z]*\.?"
        rf"(?:[ -]{_NTH}\b)?,?[ -]([0-9]{{4}})\b",
        _from_english,
        "dates are written in digits, year first",
    ),
    (r"(?<=[0-9]),? (?:at )?t?(?=[0-9]{1,2}:)", "t", "a T separates the day from the time"),
    (r"(:[0-9]{2}) ?(?:utc|gmt|z)\b(?![+-])", r"\1z", "Z stands for UTC"),
    (r"(:[0-9]{2}) ?(?:utc|gmt)(?=[+-])", r"\1", "the offset alone stands for the zone"),
    (r"(:[0-9]{2}[+-])([0-9])\b", r"\g<1>0\2", "the offset takes two digits"),
    (r"(:[0-9]{2}[+-][0-9]{2})([0-9]{2})\b", r"\1:\2", "the offset takes a colon"),
    (r"(:[0-9]{2}:[0-9]{2})[.,][0-9]+", r"\1", "seconds are whole"),
    (r"t([0-9]):", r"t0\1:", "the hour takes two digits"),
    (
        r"^(.+?)(t[0-9:]+)(z|[+-][0-9:]+)?/([0-9]{2}:[0-9:]+)(z|[+-][0-9:]+)?$",
        lambda match: (
            f"{match[1]}{match[2]}{match[3] or match[5] or ''}"
            f"/{match[1]}t{match[4]}{match[5] or match[3] or ''}"
        ),
        "each end has its day",
    ),
    (r"(?:circa|about|ca?\.|~)\s*([0-9][0-9-]*)", r"\1~", "~ at the end stands for about"),
    ("[\u2010-\u2012\u2212]|\u2013(?=[0-9]{1,2}(?![0-9]))", "-", "dates take the plain hyphen"),
    (r"\s*(?:[\u2013\u2014]|\bto\b|(?<=\s)-(?=\s))\s*", "/", "an interval takes a slash"),
    (r"\s+", "", "dates have no spaces"),
    (r"\b([0-9]{4})-([0-9]{4})\b", r"\1/\2", "an interval takes a slash"),
    (r"\b([0-9]{4})([/.])([0-9]{1,2})\2([0-9]{1,2})\b", r"\1-\3-\4", "a date takes hyphens"),
    (r"\b([0-9]{4})(?:/|\.(?!\.))([0-9]{1,2})$", r"\1-\2", "a date takes hyphens"),
    (r"\b([0-9]{4})([0-9]{2})([0-9]{2})\b", r"\1-\2-\3", "a date takes hyphens"),
    (r"-([0-9])(?![0-9])", r"-0\1", "month and day take two digits"),
    (r"([?~%])((?:-[0-9]{2})+)", r"\2\1", "a qualifier goes at the end"),
    (r"\?~|~\?", "%", "% stands for uncertain and approximate"),
    (r"^(?:open|unknown)?/", "../", "write .. for an open end"),
    (r"/(?:open|unknown|now|present)?$", "/..", "write .. for an open end"),
)
"""Common mistakes in the order in which they are corrected: pattern, replacement, reason."""

_REFUSALS = (
    (
        r"^-[0-9]{4}.*|.*[0-9] ?b\.?c\.?(?:e\.?)?$",
        "years before 0001 are not supported; write 'unknown', and the words under 'stated'",
    ),
    (
        r"^[0-9]{1,3}$",
        "a year has four digits, as in 0520, and a decade three digits and X, as in 199X",
    ),
    (
        r"^t?[0-9]{1,2}:[0-9]{2}.*",
        "a time needs its day; write 2019-01-07T14:30Z, or without the Z if the zone is not known",
    ),
    (
        r".*:[0-9]{2} ?[a-z]{3,4}$",
        "zones are offsets from UTC, as in 2019-01-07T14:30-05:00",
    ),
)
"""Mistakes without one correction: pattern of the folded text, and message."""


def _advice(text: str) -> str:
    if text in ("..", "../..", "/", "/..", "../"):
        return "an interval cannot be open at both ends; give at least one date"
    if len(text) > _LONGEST_CORRECTED:
        return _FORM
    # Case folding also maps odd letters, such as the long s, to those of the month names.
    corrected, reason = text.casefold(), ""
    try:
        for pattern, replacement, explanation in _CORRECTIONS:
            previous, corrected = corrected, re.sub(pattern, replacement, corrected)
            reason = reason or (explanation if corrected != previous else "")
        corrected = corrected if corrected == "unknown" else corrected.upper()
        if GRAMMAR.fullmatch(corrected):
            Edtf.parse(corrected)
            return f"{reason or 'dates take capital letters'}; write {corrected}"
    except DateError as error:
        return str(error)
    refusals = (message for pattern, message in _REFUSALS if re.match(pattern, text.casefold()))
    return next(refusals, _FORM)
