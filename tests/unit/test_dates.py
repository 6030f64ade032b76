"""Reading, ordering and wording of dates."""

from __future__ import annotations

import calendar
import contextlib
import copy
import datetime
import math
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_tui.briefing.dates import (
    DateError,
    Edtf,
    Endpoint,
    format_date,
    format_date_long,
    is_after,
    weekday,
)
from tests.profiles import thorough

if TYPE_CHECKING:
    from random import Random

DAY = datetime.date


def dashed(text: str) -> str:
    """Turn the hyphens of a table into the en dashes of the output."""
    return text.replace("-", "\u2013")


@pytest.mark.parametrize(
    ("text", "lower", "upper", "precision"),
    [
        ("2019-01-07", DAY(2019, 1, 7), DAY(2019, 1, 7), "day"),
        ("2019-02", DAY(2019, 2, 1), DAY(2019, 2, 28), "month"),
        ("2020-02", DAY(2020, 2, 1), DAY(2020, 2, 29), "month"),
        ("1900-02", DAY(1900, 2, 1), DAY(1900, 2, 28), "month"),
        ("2000-02", DAY(2000, 2, 1), DAY(2000, 2, 29), "month"),
        ("2018", DAY(2018, 1, 1), DAY(2018, 12, 31), "year"),
        ("2017~", DAY(2017, 1, 1), DAY(2017, 12, 31), "year"),
        ("9999-12", DAY(9999, 12, 1), DAY(9999, 12, 31), "month"),
        ("2020-10/2023-04", DAY(2020, 10, 1), DAY(2023, 4, 30), "month"),
        ("2019-01-09/2019", DAY(2019, 1, 9), DAY(2019, 12, 31), "day"),
        ("2019/2019-05-03", DAY(2019, 1, 1), DAY(2019, 5, 3), "day"),
        ("../2023-04", datetime.date.min, DAY(2023, 4, 30), "month"),
        ("2026-06/..", DAY(2026, 6, 1), datetime.date.max, "month"),
        ("2023-07-20T12:17Z", DAY(2023, 7, 20), DAY(2023, 7, 20), "minute"),
        ("2023-07-20T23:30:05-05:00", DAY(2023, 7, 20), DAY(2023, 7, 20), "second"),
        ("2024-33", DAY(2024, 1, 1), DAY(2024, 3, 31), "quarter"),
        ("2032-Q1", DAY(2032, 1, 1), DAY(2032, 3, 31), "quarter"),
        ("2024-Q4", DAY(2024, 10, 1), DAY(2024, 12, 31), "quarter"),
        ("2024-40", DAY(2024, 1, 1), DAY(2024, 6, 30), "half"),
        ("2024-H2~", DAY(2024, 7, 1), DAY(2024, 12, 31), "half"),
        ("2008-21", DAY(2008, 3, 1), DAY(2008, 12, 31), "season"),
        ("2008-22", DAY(2008, 1, 1), DAY(2009, 3, 31), "season"),
        ("9999-24", DAY(9999, 1, 1), datetime.date.max, "season"),
        ("199X", DAY(1990, 1, 1), DAY(1999, 12, 31), "decade"),
        ("19XX", DAY(1900, 1, 1), DAY(1999, 12, 31), "century"),
        ("2004-XX", DAY(2004, 1, 1), DAY(2004, 12, 31), "year"),
        ("2004-06-XX", DAY(2004, 6, 1), DAY(2004, 6, 30), "month"),
        ("2024-Q3/2024-12", DAY(2024, 7, 1), DAY(2024, 12, 31), "month"),
        ("unknown", datetime.date.min, datetime.date.max, "unknown"),
    ],
)
def test_bounds_and_precision(
    text: str, lower: datetime.date, upper: datetime.date, precision: str
) -> None:
    date = Edtf.parse(text)
    assert (date.lower, date.upper, date.precision) == (lower, upper, precision)


def test_ends() -> None:
    assert Edtf.parse("2019-01?").start == Endpoint(2019, 1, uncertain=True)
    single = Edtf.parse("2018-10-05")
    assert single.start is single.end
    deadline = Edtf.parse("../2023-04~")
    assert (deadline.start, deadline.end) == (None, Endpoint(2023, 4, approximate=True))
    assert Edtf.parse("2026/..").end is None


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("2018", False, False),
        ("2018?", True, False),
        ("2018~", False, True),
        ("2018-01-07%", True, True),
        ("2018?/2019~", True, True),
        ("../2019~", False, True),
    ],
)
def test_qualifiers(text: str, uncertain: bool, approximate: bool) -> None:
    date = Edtf.parse(text)
    points = [point for point in (date.start, date.end) if point]
    assert any(point.uncertain for point in points) is uncertain
    assert any(point.approximate for point in points) is approximate
    assert date.qualified is (uncertain or approximate)


@pytest.mark.parametrize(
    ("text", "is_interval", "is_day"),
    [
        ("2019-01-07", False, True),
        ("2019-01-07~", False, True),
        ("2019-01", False, False),
        ("2019-01-07/2019-01-08", True, False),
        ("../2019-01-07", True, False),
        ("2019-01-07T12:00Z", False, True),
        ("unknown", False, False),
    ],
)
def test_shape(text: str, is_interval: bool, is_day: bool) -> None:
    date = Edtf.parse(text)
    assert ("/" in date.text, date.is_day) == (is_interval, is_day)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2019-02-30", "February 2019 has 28 days"),
        ("2100-02-29", "February 2100 has 28 days"),
        ("2019-01-00", "no day 00"),
        ("2019-13", "no month 13"),
        ("2019-00-01", "no month 00"),
        ("0000", "no year 0000"),
        ("0000-01-01/2019", "no year 0000"),
        ("2023-24", "looks like a fiscal year; write 2023-04/2024-03"),
        ("2020-21", "looks like a fiscal year; write 2020-04/2021-03"),
        ("2023/24", "looks like a fiscal year"),
        ("2019-1-7", "write 2019-01-07"),
        ("2020-10/2023-4", "write 2020-10/2023-04"),
        ("7 Jan 2019", "write 2019-01-07"),
        ("January 7th, 2019", "write 2019-01-07"),
        ("Sept. 2019", "write 2019-09"),
        ("30 Feb 2019", "February 2019 has 28 days"),
        ("2019/01/07", "write 2019-01-07"),
        ("2019.1.7", "write 2019-01-07"),
        ("20190107", "write 2019-01-07"),
        ("2019/01", "write 2019-01"),
        ("2023-04/2020-10", "ends before it starts; write 2020-10/2023-04"),
        ("2026/", "write .. for an open end; write 2026/.."),
        ("/2026", "write .. for an open end; write ../2026"),
        ("2026/open", "write 2026/.."),
        ("../..", "open at both ends"),
        ("..", "open at both ends"),
        ("2018-2019", "write 2018/2019"),
        ("2018 \u2013 2019", "write 2018/2019"),
        ("2019\u201101\u201107", "the plain hyphen; write 2019-01-07"),
        ("Oct 2020 to Apr 2023", "write 2020-10/2023-04"),
        (" 2019-01", "no spaces; write 2019-01"),
        ("c. 2019", "write 2019~"),
        ("~2019-01", "write 2019-01~"),
        ("2019~-01", "write 2019-01~"),
        ("2019?~", "write 2019%"),
        ("[2018..2019]", "sets are not supported; write 2018/2019"),
        ("", "not a date; write 2019-01-07"),
        ("soon", "not a date; write 2019-01-07"),
        ("07/01/2019", "the day or the month; write 2019-01-07 or 2019-07-01"),
        ("06/25/2008", "the year comes first; write 2008-06-25"),
        ("25.06.2008", "the year comes first; write 2008-06-25"),
        ("1.6.1999", "write 1999-06-01"),
        ("31.12.2023 23:59 UTC", "write 2023-12-31T23:59Z"),
        ("2032-33", "(April to March), or the months of Q1 2032"),
        ("2023-24", "(April to March), or the months of winter 2023"),
        ("winter 2023", "or the months of winter 2023"),
        ("summer of 2008", "a season is a number from 21, spring, to 24, winter; write 2008-22"),
        ("Q3 2024", "the year comes first; write 2024-Q3"),
        ("2024 q3", "quarters and halves take a hyphen; write 2024-Q3"),
        ("2024-q3", "dates take capital letters; write 2024-Q3"),
        ("third quarter of 2024", "write 2024-Q3"),
        ("the first half of 2024", "write 2024-H1"),
        ("Q3 2024 - Q4 2024", "write 2024-Q3/2024-Q4"),
        ("2024-33-05", "33 is a part of the year, which has no days; write 2024-33"),
        ("2024-45", "no month 45"),
        ("mid-2025", "and the words go under 'stated'; write 2025-05/2025-08"),
        ("early 2024", "write 2024-01/2024-04"),
        ("end of 2024", "write 2024-09/2024-12"),
        ("the 1990s", "the last digit of a decade is X; write 199X"),
        ("20th century", "write 19XX"),
        ("FY2009", "a fiscal year is written as its months"),
        ("2008/9", "years take four digits; write 2008/2009"),
        ("520", "a year has four digits, as in 0520"),
        ("-0044", "years before 0001 are not supported"),
        ("44 BC", "years before 0001 are not supported"),
        ("TBD", "'unknown'; write unknown"),
        ("date unknown", "write unknown"),
        ("XXXX", "write unknown"),
        ("2019/unknown", "write .. for an open end; write 2019/.."),
        ("2023-07-20 12:17 UTC", "a T separates the day from the time; write 2023-07-20T12:17Z"),
        ("20 July 2023 at 2:17 pm", "write 2023-07-20T14:17"),
        ("2023-07-20T9:05Z", "the hour takes two digits; write 2023-07-20T09:05Z"),
        ("2023-07-20T12:17:30.5Z", "seconds are whole; write 2023-07-20T12:17:30Z"),
        ("2023-07-20T12:17 UTC+2", "write 2023-07-20T12:17+02"),
        ("2023-07-20T12:17+0200", "write 2023-07-20T12:17+02:00"),
        ("2023-07-20T12:17 EST", "zones are offsets from UTC"),
        ("2023-07-20T24:00Z", "no time 24:00; times run from 00:00 to 23:59:59"),
        ("2023-07-20T12:17+14:30", "no zone +14:30"),
        ("12:17 UTC", "a time needs its day"),
        ("2023-07-20T12:17Z/12:30Z", "write 2023-07-20T12:17Z/2023-07-20T12:30Z"),
        ("2023-07-20T12:30Z/2023-07-20T12:17Z", "the interval ends before it starts"),
        ("2023-07-20T12:00Z/2023-07-20T13:00+02:00", "the interval ends before it starts"),
        ("2019-01-07\n", "write 2019-01-07"),
        ("\u0662\u0660\u0661\u0669", "not a date"),
        ("1 \u017fep 2019", "write 2019-09-01"),
        ("2019" * 1000, "not a date"),
    ],
)
def test_refusal_says_what_to_write(text: str, message: str) -> None:
    with pytest.raises(DateError) as caught:
        Edtf.parse(text)
    assert message in str(caught.value)


def test_sorting() -> None:
    ordered = [
        "unknown",
        "199X",
        "2018-10-05",
        "2019-01-01T00:00Z",
        "2019-01-01",
        "2019-01-01/2019-01-05",
        "2019-01",
        "2019-Q1",
        "2019-H1",
        "2019",
        "2019/..",
        "2019-01-01T00:00:01Z",
        "2019-01-07",
        "2019-01-07T14:00+02:00",
        "2019-01-07T12:17Z",
        "2019-01-07T12:30",
        "2019-01-08T00:15Z",
        "2019-01-07T20:30-04:00",
        "../2020-10",
        "2020-10/2023-04",
        "2023-04",
    ]
    dates = [Edtf.parse(text) for text in reversed(ordered)]
    assert [str(date) for date in sorted(dates, key=lambda date: date.sort_key)] == ordered


def test_filing_under_a_deadline() -> None:
    deadline = Edtf.parse("../2023-04")
    assert (deadline.anchor, deadline.year) == (DAY(2023, 4, 1), 2023)
    assert Edtf.parse("2020-10/2023-04").year == 2020


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-01-10", True),
        ("2019-01-09", False),
        ("2019-01", False),
        ("2019-02", True),
        ("2019", False),
        ("../2023-04", True),
        ("../2019-01", False),
        ("2018/..", False),
        ("2026-06/..", True),
        ("2019-01-09T23:30-05:00", False),
        ("2019-01-10T00:30+09:00", True),
        ("2018-22", False),
        ("unknown", False),
    ],
)
def test_is_after(text: str, expected: bool) -> None:
    assert is_after(Edtf.parse(text), DAY(2019, 1, 9)) is expected


@pytest.mark.parametrize(
    ("text", "with_year", "without_year"),
    [
        ("2019-01-07", "7 Jan 2019", "7 Jan"),
        ("2020-10", "Oct 2020", "Oct"),
        ("2018", "2018", ""),
        ("2017~", "about 2017", "about 2017"),
        ("2019-01-07?", "7 Jan 2019 (uncertain)", "7 Jan (uncertain)"),
        ("2017-05%", "about May 2017 (uncertain)", "about May (uncertain)"),
        ("../2023-04", "by Apr 2023", "by Apr 2023"),
        ("../2023-04~", "by about Apr 2023", "by about Apr 2023"),
        ("2026-06/..", "from Jun 2026", "from Jun 2026"),
        ("2020-10/2023-04", "Oct 2020 - Apr 2023", "Oct 2020 - Apr 2023"),
        ("2018/2020", "2018-2020", "2018-2020"),
        ("2021-11/2021-12", "Nov - Dec 2021", "Nov - Dec"),
        ("2019-09-04/2019-09-05", "4-5 Sep 2019", "4-5 Sep"),
        ("2019-09-04/2019-10-05", "4 Sep - 5 Oct 2019", "4 Sep - 5 Oct"),
        ("2019-09-04/2019-10", "4 Sep - Oct 2019", "4 Sep - Oct"),
        ("2019-09-04/2019-09", "4 Sep - Sep 2019", "4 Sep - Sep"),
        ("2019/2019-05", "2019 - May 2019", "2019 - May 2019"),
        ("2019-05/2019-05", "May 2019", "May"),
        ("2018~/2020", "about 2018 - 2020", "about 2018 - 2020"),
        ("2021-11~/2021-12", "about Nov 2021 - Dec 2021", "about Nov - Dec"),
        (
            "2019-09-04/2019-09-05?",
            "4 Sep 2019 - 5 Sep 2019 (uncertain)",
            "4 Sep - 5 Sep (uncertain)",
        ),
        ("2023-07-20T12:17Z", "20 Jul 2023, 12:17 UTC", "20 Jul, 12:17 UTC"),
        (
            "2023-07-20T12:17:30+05:30",
            "20 Jul 2023, 12:17:30 UTC+5:30",
            "20 Jul, 12:17:30 UTC+5:30",
        ),
        ("2023-07-20T12:17", "20 Jul 2023, 12:17 local time", "20 Jul, 12:17"),
        ("2023-07-20T12:17+02~", "about 20 Jul 2023, 12:17 UTC+2", "about 20 Jul, 12:17 UTC+2"),
        (
            "2023-07-20T12:17+01:00/2023-07-20T12:30+01:00",
            "20 Jul 2023, 12:17-12:30 UTC+1",
            "20 Jul, 12:17-12:30 UTC+1",
        ),
        ("2024-33", "Q1 2024", "Q1"),
        ("2024-Q3/2024-Q4", "Q3 - Q4 2024", "Q3 - Q4"),
        ("2024-H1", "first half of 2024", "first half"),
        ("2008-22", "summer 2008", "summer"),
        ("199X", "1990s", "1990s"),
        ("199X~", "about 1990s", "about 1990s"),
        ("19XX", "1900-1999", "1900-1999"),
        ("2004-06-XX", "Jun 2004", "Jun"),
        ("unknown", "date unknown", "date unknown"),
    ],
)
def test_words(text: str, with_year: str, without_year: str) -> None:
    date = Edtf.parse(text)
    assert format_date(date) == dashed(with_year)
    assert format_date(date, year=False) == dashed(without_year)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-01-07", "Monday 7 January 2019"),
        ("2019-01-07~", "about Monday 7 January 2019"),
        ("2019-01-07?", "Monday 7 January 2019 (uncertain)"),
        ("2020-10", "October 2020"),
        ("2018", "2018"),
        ("../2023-04", "by April 2023"),
        ("2019-09-04/2019-09-05", "4-5 September 2019"),
        ("2023-07-20T12:17Z", "Thursday 20 July 2023, 12:17 UTC"),
        ("2023-07-20T12:17", "Thursday 20 July 2023, 12:17 local time"),
        ("2024-Q3", "Q3 2024"),
        ("unknown", "date unknown"),
    ],
)
def test_words_long(text: str, expected: str) -> None:
    assert format_date_long(Edtf.parse(text)) == dashed(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2019-01-07", "Monday"), ("2019-01-08?", "Tuesday"), ("2019-01", None), ("../2019", None)],
)
def test_weekday(text: str, expected: str | None) -> None:
    assert weekday(Edtf.parse(text)) == expected


def test_value_semantics() -> None:
    date = Edtf.parse("2019-01")
    assert date == Edtf("2019-01", Endpoint(2019, 1), Endpoint(2019, 1))
    assert date != Edtf.parse("2019-01~")
    assert date != Edtf.parse("2019-01/2019-01")
    assert Edtf.parse("2024-Q3") == Edtf.parse("2024-35") != Edtf.parse("2024-07/2024-09")
    assert date != "2019-01"
    assert len({date, Edtf.parse("2019-01"), Edtf.parse("2019")}) == 2
    assert repr(date) == "Edtf('2019-01')"
    assert copy.deepcopy(date) == pickle.loads(pickle.dumps(date)) == date
    with pytest.raises(AttributeError, match="immutable"):
        date.text = "2020"


ORACLE_DATES = [
    f"{year:04}{rest}"
    for year in (1, 1900, 1999, 2000, 2019, 2024, 9998)
    for rest in ("", *(f"-{month:02}" for month in range(1, 13)), "-02-28", "-12-31")
] + [
    f"{date}{qualifier}"
    for date in ("1999", "2019-02", "2020-02", "2024-02-29")
    for qualifier in "?~%"
]
ORACLE_INTERVALS = [
    f"{start}/{end}"
    for start in ("1999", "2000-02", "2019-01-07", "2019-10~")
    for end in ("2020", "2020-02?", "2023-04", "2024-02-29%", "..")
] + [f"../{end}" for end in ("2020", "2020-02", "2023-04-30")]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(ORACLE_DATES[::4], id="dates"),
        pytest.param(ORACLE_DATES, id="all dates", marks=thorough),
        pytest.param(ORACLE_INTERVALS[::3], id="intervals"),
        pytest.param(ORACLE_INTERVALS, id="all intervals", marks=thorough),
    ],
)
def test_bounds_agree_with_the_edtf_package(texts: list[str]) -> None:
    edtf = pytest.importorskip("edtf", reason="the oracle package edtf is not installed")

    def day(bound: Any, unbounded: datetime.date) -> datetime.date:
        if isinstance(bound, float) and math.isinf(bound):
            return unbounded
        return datetime.date(*bound[:3])

    for text in texts:
        theirs, ours = edtf.parse_edtf(text), Edtf.parse(text)
        lower = day(theirs.lower_strict(), datetime.date.min)
        upper = day(theirs.upper_strict(), datetime.date.max)
        assert (text, ours.lower, ours.upper) == (text, lower, upper)


days = st.dates().map(datetime.date.isoformat)
qualifiers = st.sampled_from(["", "?", "~", "%"])


def intervals(
    ends: st.SearchStrategy[str], spans: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    """Return dates that are single ends or intervals of any kind."""
    return st.one_of(ends, spans, ends.map("../{}".format), ends.map("{}/..".format))


def joined(ordered: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(ordered, min_size=2, max_size=2).map(sorted).map("/".join)


plain = st.builds(
    lambda day, length, qualifier: day[:length] + qualifier,
    days,
    st.sampled_from([4, 7, 10]),
    qualifiers,
)
"""Years, months and days."""
calendar_texts = intervals(plain, joined(days))
clocks = st.builds(
    lambda moment, unit: moment.isoformat(timespec=unit),
    st.times(),
    st.sampled_from(["minutes", "seconds"]),
)
zones = st.sampled_from(["", "Z", "+02", "-05:30", "+14:00", "-14:00"])
times = st.builds("{}T{}{}{}".format, days, clocks, zones, qualifiers)
parts = st.sampled_from(["21", "24", "33", "Q3", "40", "H2", "XX", "XX-XX", "06-XX"])
periods = st.builds(
    lambda year, part, qualifier: f"{year:04}-{part}{qualifier}",
    st.integers(1, 9999),
    parts,
    qualifiers,
).filter(lambda text: not text[5:7].isdecimal() or int(text[5:7]) != (int(text[:4]) + 1) % 100)
decades = st.builds(
    lambda year, unknown, qualifier: f"{year:04}"[: 4 - unknown] + "X" * unknown + qualifier,
    st.integers(100, 9999),
    st.integers(1, 2),
    qualifiers,
)
same_zone = joined(st.builds("{}T{}Z".format, days, clocks))
texts = st.one_of(
    calendar_texts,
    intervals(st.one_of(times, periods, decades), same_zone),
    st.just("unknown"),
)
"""Dates of the whole grammar."""


@settings(deadline=None)
@given(calendar_texts)
def test_years_months_and_days_by_their_definition(text: str) -> None:
    """Bounds, order and precision, computed from the text alone."""
    ends = [None if end == ".." else end.rstrip("?~%") for end in text.split("/")]

    def first(end: str) -> datetime.date:
        return DAY.fromisoformat(end + "-01-01"[len(end) - 4 :] if len(end) < 10 else end)

    def last(end: str) -> datetime.date:
        if len(end) == 10:
            return first(end)
        month = f"{end}-12"[:7]
        length = calendar.monthrange(int(month[:4]), int(month[5:]))[1]
        return DAY.fromisoformat(f"{month}-{length}")

    lower = first(ends[0]) if ends[0] else datetime.date.min
    upper = last(ends[-1]) if ends[-1] else datetime.date.max
    anchor = lower if ends[0] else first(ends[-1] or "")
    finest = max(len(end) for end in ends if end)
    date = Edtf.parse(text)
    assert (date.lower, date.upper, date.anchor) == (lower, upper, anchor)
    assert date.precision == {4: "year", 7: "month", 10: "day"}[finest]
    assert date.is_day == (len(ends) == 1 and finest == 10)
    day = 24 * 60 * 60
    first_second, last_second = lower.toordinal() * day, upper.toordinal() * day + day - 1
    assert date.instants == date.seconds == (first_second if ends[0] else 0, last_second)
    earliest, _, latest = date.sort_key
    assert (earliest, latest) == (anchor.toordinal() * day, last_second)


@settings(deadline=None)
@given(texts)
def test_text_survives_and_bounds_are_in_order(text: str) -> None:
    date = Edtf.parse(text)
    assert str(date) == text
    assert Edtf.parse(str(date)) == date
    assert date.lower <= date.anchor <= date.upper
    assert format_date(date)
    assert format_date_long(date)


@settings(deadline=None)
@given(st.lists(texts), st.randoms())
def test_sort_key_is_a_total_order(chosen: list[str], random: Random) -> None:
    dates = sorted(map(Edtf.parse, chosen), key=lambda date: date.sort_key)
    shuffled = random.sample(dates, len(dates))
    again = sorted(shuffled, key=lambda date: date.sort_key)
    assert [date.sort_key for date in again] == [date.sort_key for date in dates]
    if not any("T" in text for text in chosen):
        assert [date.anchor for date in dates] == sorted(date.anchor for date in dates)


@given(st.lists(st.builds("{}T{}{}".format, days, clocks, st.sampled_from(["Z", "+05:30"]))))
def test_times_are_ordered_by_instant(chosen: list[str]) -> None:
    dates = sorted(map(Edtf.parse, chosen), key=lambda date: date.sort_key)
    instants = [
        (moment.toordinal() * 1440 + moment.hour * 60 + moment.minute) * 60
        + moment.second
        - (0 if date.text.endswith("Z") else 330 * 60)
        for date in dates
        if (moment := datetime.datetime.fromisoformat(date.text))
    ]
    assert instants == sorted(instants)


@settings(deadline=None)
@given(st.one_of(st.text(), st.text("0123456789-/.?~%XT: janfebto[]{},", max_size=24)))
def test_any_text_is_read_or_refused_with_a_date_error(text: str) -> None:
    with contextlib.suppress(DateError):
        assert Edtf.parse(text).text == text
