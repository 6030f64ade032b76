"""Reading, ordering and wording of dates."""

from __future__ import annotations

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
        ("2019-22", "looks like an EDTF season; write its months"),
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
        ("2019-01-07T10:00:00Z", "times of day are left out; write 2019-01-07"),
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
        ("201X", "write 2010/2019"),
        ("19XX", "write 1900/1999"),
        ("2019-01-XX", "write 2019-01"),
        ("[2018..2019]", "sets are not supported; write 2018/2019"),
        ("", "not a date; write 2019-01-07"),
        ("soon", "not a date; write 2019-01-07"),
        ("07/01/2019", "not a date; write 2019-01-07"),
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
        "2018-10-05",
        "2019-01-01",
        "2019-01-01/2019-01-05",
        "2019-01",
        "2019",
        "2019/..",
        "2019-01-07",
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
singles = st.builds(
    lambda day, length, qualifier: day[:length] + qualifier,
    days,
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "?", "~", "%"]),
)
texts = st.one_of(
    singles,
    st.lists(days, min_size=2, max_size=2).map(sorted).map("/".join),
    singles.map("../{}".format),
    singles.map("{}/..".format),
)


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
    assert [date.anchor for date in dates] == sorted(date.anchor for date in dates)


@settings(deadline=None)
@given(st.one_of(st.text(), st.text("0123456789-/.?~%XT: janfebto[]{},", max_size=24)))
def test_any_text_is_read_or_refused_with_a_date_error(text: str) -> None:
    with contextlib.suppress(DateError):
        assert Edtf.parse(text).text == text
