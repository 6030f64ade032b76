"""Dates in words, read on the day that their text was published."""

from __future__ import annotations

import pytest

from briefing_tui.briefing.atoms.relative_dates import is_resolved, resolved
from briefing_tui.briefing.dates import Edtf

WEDNESDAY = "2019-01-09"


def readings(words: str, published: str = WEDNESDAY) -> str:
    return " ".join(map(str, resolved(words, Edtf.parse(published))))


READINGS = {
    "Monday": "2019-01-07 2019-01-14",
    "on Wednesday": "2019-01-09 2019-01-02 2019-01-16",
    "early on Monday morning": "2019-01-07 2019-01-14",
    "12:28 UTC on Monday": "2019-01-07 2019-01-14",
    "Monday at 5 p.m.": "2019-01-07 2019-01-14",
    "last Monday": "2019-01-07 2018-12-31",
    "next Friday": "2019-01-11 2019-01-18",
    "Monday last week": "2018-12-31",
    "on Monday 7 January": "2019-01-07",
    "Friday, 5 October 2018": "2018-10-05",
    "today": "2019-01-09",
    "last night": "2019-01-08",
    "this morning": "2019-01-09",
    "yesterday": "2019-01-08",
    "the day before yesterday": "2019-01-07",
    "tomorrow": "2019-01-10",
    "the 7th": "2019-01-07 2019-02-07",
    "last week": "2018-12-31/2019-01-06 2018-12-30/2019-01-05",
    "last weekend": "2019-01-04/2019-01-06",
    "this month": "2019-01",
    "last month": "2018-12",
    "next month": "2019-02",
    "next quarter": "2019-Q2",
    "last year": "2018",
    "next year": "2020",
    "June 10": "2019-06-10 2018-06-10",
    "10th of June": "2019-06-10 2018-06-10",
    "June 10-12": "2019-06-10/2019-06-12 2018-06-10/2018-06-12",
    "5 to 9 June 2021": "2021-06-05/2021-06-09",
    "in January": "2019-01",
    "November": "2018-11 2019-11",
    "last October": "2018-10",
    "October next year": "2020-10",
    "in October of this year": "2019-10",
    "delivered by October next year": "2020-10",
    "no later than October 2020": "2020-10",
    "since October 2018": "2018-10",
    "October 5th, 2018": "2018-10-05",
    "5 Oct. 2018": "2018-10-05",
    "05.10.2018": "2018-10-05",
    "5/10/2018": "2018-10-05 2018-05-10",
    "25/10/2018": "2018-10-25",
    "2018-10-05": "2018-10-05",
    "early next year": "2020-01/2020-05",
    "mid-2024": "2024-04/2024-09",
    "late last year": "2018-08/2018-12",
    "the end of the year": "2019-09/2019-12",
    "mid-June": "2019-06-08/2019-06-22 2018-06-08/2018-06-22",
    "earlier this month": "2019-01-01/2019-01-09",
    "later this year": "2019-01-09/2019-12-31",
    "Q3": "2018-Q3 2019-Q3 2020-Q3",
    "the third quarter of 2024": "2024-Q3",
    "the first half of next year": "2020-H1",
    "this autumn": "2018-03/2018-12 2019-03/2019-12",
    "summer 2008": "2008-01/2009-03",
    "the 1990s": "199X",
    "three days ago": "2019-01-06",
    "two weeks ago": "2018-12-22/2018-12-30",
    "about two years ago": "2017 2016-07-10/2017-07-11",
    "in two weeks": "2019-01-19/2019-01-27",
    "within 24 months": "2019-01-09/2021-01-31",
    "the last ten days": "2018-12-30/2019-01-09",
    "between October 2020 and April 2023": "2020-10/2023-04",
    "October to December 2021": "2021-Q4",
}


@pytest.mark.parametrize("words", READINGS)
def test_date_words_are_read_on_the_day_of_publication(words: str) -> None:
    assert readings(words) == READINGS[words]


@pytest.mark.parametrize(
    "words",
    [
        "two months after Monday",
        "the week before Monday",
        "the following day",
        "a day later",
        "Monday week",
        "the last week of October 2031",
        "the next two to three years",
        "October 2018 minus 3",
        "as they may march",
        "31 June",
        "2023-24",
        "at last",
        "soon",
        "",
        "Monday " * 100,
    ],
)
def test_words_that_are_not_understood_as_a_whole_have_no_reading(words: str) -> None:
    assert readings(words) == ""


def test_an_inexact_publication_gives_the_readings_that_all_its_days_share() -> None:
    assert readings("last month", "2019-01") == "2018-12"
    assert readings("June 10", "2019") == "2019-06-10"
    assert readings("5 March 2018", "2019") == "2018-03-05"
    assert readings("yesterday", "2019-01") == ""
    assert readings("Monday", "2019-01") == ""
    assert readings("yesterday", "unknown") == ""
    assert readings("yesterday", "2019-01-09T12:00Z") == "2019-01-08"


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("words", READINGS)
def test_the_ends_of_the_calendar_are_survived(words: str, published: str) -> None:
    readings(words, published)


@pytest.mark.parametrize(
    ("date", "words", "agrees"),
    [
        ("2019-01-07", "Monday", True),
        ("2019-01-08", "Monday", False),
        ("2019-01", "Monday", True),
        ("2019-01-03", "last week", True),
        ("2018-12-03", "last week", False),
        ("2018", "last year", True),
        ("2017", "last year", False),
        ("2018-06-11", "June 10", False),
        ("../2020-10", "by October next year", True),
        ("../2020-11", "by October next year", False),
        ("2018-10/..", "since October 2018", True),
        ("2025-11", "early 2025", False),
        ("unknown", "Monday", True),
    ],
)
def test_a_date_agrees_with_a_reading_that_covers_it(date: str, words: str, agrees: bool) -> None:
    assert is_resolved(Edtf.parse(date), resolved(words, Edtf.parse(WEDNESDAY))) is agrees
