"""Resolution of dates in English words, such as "Monday" or "October next year".

The words are read on the day that their text was published. All of them have to be understood: no
part of "two months after Monday" is a date. Prepositions are skipped, so that "by October" and
"since October" are October.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from functools import lru_cache

from briefing_tui.briefing.atoms.number_words import CARDINALS, ORDINALS
from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.dates import MONTHS, WEEKDAYS, DateError, Edtf, Endpoint, Period

_Span = tuple[datetime.date, datetime.date]
"""First and last day."""

_LONGEST = 200
"""Characters of the longest text that is read."""
_FARTHEST = 330
"""Days from publication to the farthest month or day whose year goes without saying."""

_TOKEN = re.compile(
    r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?![0-9-])"
    r"|[0-9]{1,2}([./])[0-9]{1,2}\1[0-9]{4}(?![0-9])"
    r"|[0-9]{1,2}(?::[0-9]{2})?(?::[0-9]{2}|\s?[ap]\.?m\b\.?)"
    r"|[0-9]+(?:st|nd|rd|th)\b|[0-9]+|[A-Za-z]+|[^\sA-Za-z0-9.]"
)
_NO_LATER = re.compile(r"\bno(?:t)? later than\b", re.IGNORECASE)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_NUMERIC = re.compile(r"([0-9]{1,2})([./])([0-9]{1,2})[./]([0-9]{4})")
_CLOCK = re.compile(r"[0-9]{1,2}:.*|[0-9]{1,2}.*m\.?")
_NTH_DAY = re.compile(r"(?:[0-3]?[0-9])(?:st|nd|rd|th)")

_MONTHS = {
    **{name: number for number, name in enumerate(MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(MONTHS, 1)},
    "Sept": 9,
}
_WEEKDAYS = {name.casefold(): number for number, name in enumerate(WEEKDAYS)}
_SEASONS = {
    **dict.fromkeys(("spring", "autumn", "fall"), (3, 10)),
    **dict.fromkeys(("summer", "winter"), (1, 15)),
}
"""First month and number of months, on either hemisphere."""
_UNITS = {
    word: name
    for name in ("day", "week", "fortnight", "weekend", "month", "quarter", "year", "decade")
    for word in (name, f"{name}s")
}
_STEPS = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_PORTIONS = {
    **dict.fromkeys(("beginning", "start"), "start"),
    **dict.fromkeys(("mid", "middle"), "mid"),
    **dict.fromkeys(("end", "close"), "end"),
    "early": "early",
    "late": "late",
    "earlier": "earlier",
    "later": "later",
}
_PARTS = {"start": (0, 4), "early": (0, 5), "mid": (3, 9), "late": (7, 12), "end": (8, 12)}
"""Where a part of a period is, in twelfths of it; the parts overlap, as they do in use."""

_DAY_PARTS = frozenset({"morning", "afternoon", "evening", "night", "noon", "midday", "midnight"})
_SKIPPED = frozenset(
    {
        *("about", "around", "approximately", "at", "between", "by", "circa", "during", "for"),
        *("from", "in", "of", "on", "over", "roughly", "since", "sometime", "the", "till"),
        *("until", "within", "local", "time", "am", "pm", "gmt", "utc", "ist", "est", "edt"),
        *("cet", ",", "(", ")", "s", "'"),
    }
)
"""Words beside a date that do not change it."""
_RELATIONS = frozenset(
    {
        *("after", "ago", "before", "earlier", "following", "from", "hence", "later"),
        *("now", "preceding", "previous", "prior"),
    }
)
_TIED = frozenset(
    {*_RELATIONS, *_STEPS, *_PORTIONS, *_UNITS, *_WEEKDAYS, *_SEASONS, *CARDINALS, *ORDINALS}
    | {"half", "mid", "-", "/", "and", "or", "to", "yesterday", "today", "tomorrow", "tonight"}
)
"""Words that change what a date beside them means, so that they cannot be ignored."""


@lru_cache(maxsize=1024)
def resolved(words: str, published: Edtf) -> tuple[Edtf, ...]:
    """Return the dates that words may mean in a text of a day, the nearest one first.

    Empty if the words cannot be read, or mean another date on the first than on the last day of
    ``published``.
    """
    if len(words) > _LONGEST or published.start is None or published.end is None:
        return ()
    plain = _NO_LATER.sub("by", fold(words))
    tokens = tuple(match[0] for match in _TOKEN.finditer(plain))
    first, last = (_read(tokens, day) for day in (published.lower, published.upper))
    spans = [span for span in first if span in last]
    middle = published.lower + (published.upper - published.lower) / 2
    spans.sort(key=lambda span: _distance(span, middle))
    return tuple(dict.fromkeys(map(_date, spans)))


def is_resolved(date: Edtf, readings: tuple[Edtf, ...]) -> bool:
    """Return whether a date agrees with one of several readings: one of the two covers the other.

    Of an interval with an open end, the other end is compared.
    """
    ends = [end for end in (date.start, date.end) if end is not None]
    if not ends:
        return True
    first, last = ends[0].first, ends[-1].last
    return any(
        (reading.lower <= first and last <= reading.upper)
        or (first <= reading.lower and reading.upper <= last)
        for reading in readings
    )


def _read(tokens: tuple[str, ...], today: datetime.date) -> list[_Span]:
    start = 0
    while start < len(tokens) and _is_loose(tokens[start]):
        start += 1
    reader = _Reader(tokens, start, today)
    try:
        return [*dict.fromkeys(reader.spans())]
    except (ValueError, OverflowError):
        return []  # a day that is not in the calendar


def _is_loose(token: str) -> bool:
    """Return whether a word can be ignored at the beginning or end of a text."""
    word = token.casefold()
    known = word in _TIED or word in _SKIPPED or token in _MONTHS
    return token.isalpha() and not known and word not in ("a", "an", "q", "h", "fy")


class _Reader:
    """A recursive-descent parser of date words; each method returns None if it does not apply."""

    def __init__(self, tokens: tuple[str, ...], at: int, today: datetime.date) -> None:
        self._tokens = tokens
        self._at = at
        self._today = today

    def spans(self) -> list[_Span]:
        """Return the spans that all of the words may mean."""
        first_at = self._at
        first = self._point()
        if first is None:
            return []
        if self._is_done():
            return first
        joiner = self._take("-", "to", "and", "or", "/", "until", "till")
        second = self._point() if joiner else None
        if second is None or not self._is_done():
            return []
        spans = []
        for start, end in second:
            # In "October to December 2021", the year is that of the second.
            near = _Reader(self._tokens, first_at, start)._point() or []
            before = [span for span in (*first, *near) if span[0] <= start]
            if before:
                spans.append((max(before)[0], end))
        return [*first, *second, *spans] if joiner == "or" else spans

    def _is_done(self) -> bool:
        self._skip()
        if self._peek() in _TIED:
            return False
        return all(_is_loose(token) for token in self._tokens[self._at :])

    def _peek(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at].casefold() if at < len(self._tokens) else ""

    def _take(self, *words: str) -> str:
        word = self._peek()
        if word in words:
            self._at += 1
            return word
        return ""

    def _skip(self) -> None:
        while (word := self._peek()) in _SKIPPED or word in _DAY_PARTS or _CLOCK.fullmatch(word):
            if word in ("in", "within") and self._is_amount(1):
                return
            self._at += 1

    def _is_amount(self, ahead: int) -> bool:
        return _number(self._peek(ahead)) is not None and self._peek(ahead + 1) in _UNITS

    def _attempt(self, read: Callable[[], list[_Span] | None]) -> list[_Span] | None:
        at = self._at
        if (spans := read()) is None:
            self._at = at
        return spans

    def _point(self) -> list[_Span] | None:
        """Read one date, or a part of it such as "early in"."""
        self._skip()
        portion = _PORTIONS.get(self._peek(), "")
        if portion:
            self._at += 1
            self._take("-")
            self._skip()
        if (seasons := self._attempt(self._season)) is not None:
            return seasons  # too wide to have parts
        spans = self._whole()
        if spans is None and portion:
            spans = self._attempt(self._calendar_unit)
        if spans is None or not portion:
            return spans
        return [_part(span, portion, self._today) for span in spans]

    def _whole(self) -> list[_Span] | None:
        for read in (
            self._numeric,
            self._named_day,
            self._ahead,
            self._ago,
            self._weekday,
            self._day_of_month,
            self._month,
            self._part_of_year,
            self._period,
            self._unit,
            self._year,
            self._nth,
        ):
            if (spans := self._attempt(read)) is not None:
                return spans
        return None

    def _numeric(self) -> list[_Span] | None:
        token = self._peek()
        if _ISO.fullmatch(token):
            self._at += 1
            try:
                date = Edtf.parse(token)
            except DateError:
                return None
            return [(date.lower, date.upper)]
        if match := _NUMERIC.fullmatch(token):
            self._at += 1
            one, other, year = int(match[1]), int(match[3]), int(match[4])
            orders = [(one, other)] if match[2] == "." else [(one, other), (other, one)]
            days = [(day, month) for day, month in orders if month <= 12]
            return [_day(datetime.date(year, month, day)) for day, month in dict.fromkeys(days)]
        return None

    def _named_day(self) -> list[_Span] | None:
        if self._peek() == "day" and self._peek(1) in ("before", "after"):
            step = {"yesterday": -2, "tomorrow": 2}.get(self._peek(2))
            self._at += 3
        elif self._peek() in ("last", "this") and self._peek(1) in _DAY_PARTS:
            step = -1 if self._peek() == "last" else 0
            self._at += 2
        else:
            step = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}.get(self._peek())
            self._at += 1
        return None if step is None else [_day(self._today + datetime.timedelta(step))]

    def _amount(self) -> tuple[int, str] | None:
        """Read a number of units, as in "two weeks"."""
        number = _number(self._peek())
        unit = _UNITS.get(self._peek(1))
        if number is None or unit is None or unit in ("quarter", "weekend"):
            return None
        self._at += 2
        self._take("'")
        return (2 * number, "week") if unit == "fortnight" else (number, unit)

    def _ahead(self) -> list[_Span] | None:
        preposition = self._take("in", "within")
        amount = self._amount()
        if amount is None:
            return None
        self._take("time")
        if preposition == "within":
            return [(self._today, _near(self._today, *amount)[-1][1])]
        if preposition or (self._take("from") and self._take("now")):
            return _near(self._today, *amount)
        return None

    def _ago(self) -> list[_Span] | None:
        amount = self._amount()
        if amount is None or not self._take("ago"):
            return None
        return _near(self._today, -amount[0], amount[1])

    def _step(self) -> int | None:
        step = _STEPS.get(self._peek())
        if step is not None:
            self._at += 1
        return step

    def _weekday(self) -> list[_Span] | None:
        step = self._step()
        number = _WEEKDAYS.get(self._peek())
        if number is None:
            return None
        self._at += 1
        self._skip()
        if step is None and (spans := self._dated(number)) is not None:
            return spans
        at = self._at
        week_step = self._step()
        if step is None and week_step is not None and self._take("week"):
            monday = self._monday(week_step)
            return [_day(monday + datetime.timedelta(number))]
        self._at = at
        if self._take("week"):
            return None  # "Monday week" is a week after Monday
        past = self._today - datetime.timedelta((self._today.weekday() - number) % 7)
        week = datetime.timedelta(7)
        around = [past - week, past, past + week] if past == self._today else [past, past + week]
        if step is not None and step < 0:
            around = [day for day in (past, past - week) if day < self._today]
        elif step is not None and step > 0:
            around = [past + week, past + 2 * week]
        return [_day(day) for day in around]

    def _dated(self, weekday: int) -> list[_Span] | None:
        """Read the date after its weekday; only a year in which the two agree is meant."""
        for read in (self._numeric, self._day_of_month):
            if (spans := self._attempt(read)) is not None:
                fitting = [span for span in spans if span[0].weekday() == weekday]
                return fitting or spans
        return None

    def _monday(self, step: int) -> datetime.date:
        return self._today + datetime.timedelta(7 * step - self._today.weekday())

    def _days(self) -> list[int]:
        """Read a day of a month, or two, as in "5-9" or "5th and 9th"."""
        days = []
        while (number := self._day_number()) is not None:
            days.append(number)
            at = self._at
            if len(days) == 2 or not self._take("-", "to", "and", "or", "/"):
                break
            self._take("the")
            if self._day_number() is None:
                self._at = at
                break
            self._at -= 1
        return days

    def _day_number(self) -> int | None:
        token = self._peek()
        if not re.fullmatch(r"[0-3]?[0-9](?:st|nd|rd|th)?", token):
            return None
        self._at += 1
        return int(token.rstrip("stndrh"))

    def _day_of_month(self) -> list[_Span] | None:
        days = self._days()
        if days:
            self._take("of")
        month = self._month_name()
        if month is None:
            return None
        if not days:
            self._take("the")
            days = self._days()
        if not days:
            return None
        spans = []
        for year in self._years(month, days[0]):
            if max(days) <= monthrange(year, month)[1]:
                spans.append(
                    (datetime.date(year, month, days[0]), datetime.date(year, month, days[-1]))
                )
        return spans or None

    def _month_name(self) -> int | None:
        token = self._tokens[self._at] if self._at < len(self._tokens) else ""
        month = _MONTHS.get(token) or _MONTHS.get(token.capitalize() if token.isupper() else "")
        if month:
            self._at += 1
        return month

    def _years(self, month: int, day: int | None) -> list[int]:
        """Read the year after a month, or return those that it may have without one."""
        at = self._at
        self._take(",")
        self._take("of", "in")
        if re.fullmatch(r"[12][0-9]{3}", self._peek()):
            self._at += 1
            return [int(self._tokens[self._at - 1])]
        if (step := self._step()) is not None and self._take("year"):
            return [self._today.year + step]
        self._at = at
        return [
            year
            for year in range(self._today.year - 1, self._today.year + 2)
            if _distance(_month_span(year, month, day), self._today) <= _FARTHEST
        ]

    def _month(self) -> list[_Span] | None:
        step = self._step()
        month = self._month_name()
        if month is None:
            return None
        if step is None:
            return [_month_span(year, month) for year in self._years(month, None)]
        this_year = self._today.year
        if step == 0:
            return [_month_span(this_year, month)]
        spans = (_month_span(year, month) for year in (this_year, this_year + step))
        return [
            span for span in spans if (span[1] < self._today if step < 0 else span[0] > self._today)
        ]

    def _part_of_year(self) -> list[_Span] | None:
        code = self._part_code()
        if code is None:
            return None
        parts = [Edtf.parse(f"{year}-{code}") for year in self._years_about()]
        return [(part.lower, part.upper) for part in parts]

    def _years_about(self) -> list[int]:
        """Read the year after a part of it, or return those about the day without one."""
        at = self._at
        self._take(",")
        self._take("of", "in")
        self._take("the")
        if re.fullmatch(r"[12][0-9]{3}", self._peek()):
            self._at += 1
            return [int(self._tokens[self._at - 1])]
        this_year = self._today.year
        if (step := self._step()) is not None and self._take("year"):
            return [this_year + step]
        if not self._take("year"):
            self._at = at
        return [this_year, this_year - 1, this_year + 1]

    def _season(self) -> list[_Span] | None:
        step = self._step()
        name = self._take(*_SEASONS)
        if not name:
            return None
        if step is None:
            years = self._years_about()
        else:
            years = [self._today.year, self._today.year + (step or -1)]
        month, months = _SEASONS[name]
        periods = [Endpoint(year, period=Period("season", name, month, months)) for year in years]
        return [(period.first, period.last) for period in periods]

    def _part_code(self) -> str | None:
        """Read a quarter or half, as it is written in a date."""
        word = self._peek()
        if word in ("q", "h") and self._peek(1).isdecimal():
            self._at += 2
            number = int(self._peek(-1))
            return f"{word.upper()}{number}" if number <= (4 if word == "q" else 2) else None
        nth = ORDINALS.get(word) or (int(word[0]) if _NTH_DAY.fullmatch(word) else None)
        noun = self._peek(2) if self._peek(1) == "-" else self._peek(1)
        if nth and noun in ("quarter", "half") and nth <= (4 if noun == "quarter" else 2):
            self._at += 3 if self._peek(1) == "-" else 2
            return f"{noun[0].upper()}{nth}"
        return None

    def _period(self) -> list[_Span] | None:
        """Read several units up to or from the day, as in "the last ten days"."""
        step = self._step()
        if not step or (amount := self._amount()) is None:
            return None
        far = _near(self._today, step * amount[0], amount[1])[-1]
        return [(far[0], self._today) if step < 0 else (self._today, far[1])]

    def _unit(self) -> list[_Span] | None:
        """Read a unit of the calendar, as in "last week"."""
        step = self._step()
        if step is None:
            return None
        unit = self._take(*_UNITS)
        if not unit:
            return None
        if unit.endswith("s"):  # "the coming weeks"
            far = _near(self._today, 12 * step, _UNITS[unit])[-1]
            return [(far[0], self._today) if step < 0 else (self._today, far[1])]
        return _calendar_spans(self._today, unit, step)

    def _calendar_unit(self) -> list[_Span] | None:
        """Read the unit of which "the end of the year" is a part."""
        unit = self._take("week", "month", "quarter", "year", "decade")
        return _calendar_spans(self._today, unit, 0) if unit else None

    def _year(self) -> list[_Span] | None:
        if not re.fullmatch(r"[12][0-9]{3}", self._peek()):
            return None
        year = int(self._peek())
        self._at += 1
        if self._peek() == "s" or (self._peek() == "'" and self._peek(1) == "s"):
            self._take("'")
            self._take("s")
            return [_years(year, year + 9)] if year % 10 == 0 else None
        if self._peek() in ("-", "/") and re.fullmatch(r"[0-9]{2}", self._peek(1)):
            return None  # a fiscal year begins in another month in every country
        return [_years(year, year)]

    def _nth(self) -> list[_Span] | None:
        """Read a day without its month, as in "the 10th"."""
        token = self._peek()
        if not _NTH_DAY.fullmatch(token):
            return None
        self._at += 1
        number = int(token[:-2])
        months = (_shifted(self._today, step) for step in (0, -1, 1))
        days = [
            day.replace(day=number)
            for day in months
            if 0 < number <= monthrange(day.year, day.month)[1]
        ]
        return [_day(day) for day in days if abs((day - self._today).days) <= 31]


def _number(word: str) -> int | None:
    if word in ("a", "an"):
        return 1
    number = int(word) if word.isdecimal() and len(word) < 4 else CARDINALS.get(word)
    return number or None


def _near(today: datetime.date, number: int, unit: str) -> list[_Span]:
    """Return the spans about a number of units from a day, the widest last."""
    if unit == "day":
        return [_day(today + datetime.timedelta(number))]
    if unit == "week":
        middle, margin = today + datetime.timedelta(7 * number), datetime.timedelta(4)
        return [(middle - margin, middle + margin)]
    months = number * {"month": 1, "year": 12, "decade": 120}[unit]
    middle = _shifted(today, months)
    if unit == "month":
        margin = datetime.timedelta(15)
        return [(middle - margin, middle + margin), _month_span(middle.year, middle.month)]
    margin = datetime.timedelta(183)
    return [(middle - margin, middle + margin), _years(middle.year, middle.year)]


def _calendar_spans(today: datetime.date, unit: str, step: int) -> list[_Span]:
    """Return the unit of the calendar that a day is in, or the one before or after."""
    if unit == "week":
        monday = today + datetime.timedelta(7 * step - today.weekday())
        sunday = monday - datetime.timedelta(1)
        six = datetime.timedelta(6)
        return [(monday, monday + six), (sunday, sunday + six)]
    if unit == "weekend":
        saturday = today + datetime.timedelta(7 * step + 5 - today.weekday())
        weekends = [saturday] if step else [saturday, saturday - datetime.timedelta(7)]
        if step > 0:
            weekends.append(saturday - datetime.timedelta(7))
        return [(day - datetime.timedelta(1), day + datetime.timedelta(1)) for day in weekends]
    if unit == "month":
        month = _shifted(today, step)
        return [_month_span(month.year, month.month)]
    if unit == "quarter":
        month = _shifted(today, 3 * step)
        quarter = Edtf.parse(f"{month.year:04}-Q{(month.month + 2) // 3}")
        return [(quarter.lower, quarter.upper)]
    if unit == "year":
        return [_years(today.year + step, today.year + step)]
    if unit == "decade":
        first = today.year // 10 * 10 + 10 * step
        return [_years(first, first + 9)]
    return [_day(today + datetime.timedelta(step))]


def _part(span: _Span, portion: str, today: datetime.date) -> _Span:
    first, last = span
    if portion == "earlier":
        return first, min(max(first, today), last)
    if portion == "later":
        return max(min(today, last), first), last
    days = (last - first).days + 1
    start, end = _PARTS[portion]
    return (
        first + datetime.timedelta(days * start // 12),
        first + datetime.timedelta(max(days * end // 12 - 1, 0)),
    )


def _day(day: datetime.date) -> _Span:
    return day, day


def _years(first: int, last: int) -> _Span:
    return datetime.date(first, 1, 1), datetime.date(last, 12, 31)


def _month_span(year: int, month: int, day: int | None = None) -> _Span:
    point = Endpoint(year, month, min(day, monthrange(year, month)[1]) if day else None)
    return point.first, point.last


def _shifted(day: datetime.date, months: int) -> datetime.date:
    """Return the day a number of months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _distance(span: _Span, day: datetime.date) -> int:
    first, last = span
    return max((first - day).days, (day - last).days, 0)


def _date(span: _Span) -> Edtf:
    """Return a span as the shortest date that means it."""
    first, last = span
    for text in _shorter(first, last):
        date = Edtf.parse(text)
        if (date.lower, date.upper) == span:
            return date
    return Edtf.parse(f"{first}/{last}")


def _shorter(first: datetime.date, last: datetime.date) -> Iterator[str]:
    yield f"{first}"
    yield f"{first.year:04}-{first.month:02}"
    yield f"{first.year:04}"
    if first.year % 10 == 0:
        yield f"{first.year // 10:03}X"
    if first.day == 1:
        yield f"{first.year:04}-Q{(first.month + 2) // 3}"
        yield f"{first.year:04}-H{1 if first.month < 7 else 2}"
        yield f"{first.year:04}-{first.month:02}/{last.year:04}-{last.month:02}"
