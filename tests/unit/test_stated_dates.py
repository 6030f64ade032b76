"""Dates against their own words: what contradicts them is found, what they may mean is not."""

from __future__ import annotations

import pytest

from briefing_tui.briefing.check.stated_dates import check_stated_dates
from briefing_tui.briefing.load import load

BRIEFING = """briefing: 1
title: The weir
as_of: 2026-01-01
language: {language}
about: post
sources:
  post: {{kind: news_article, title: A, publisher: B, published: {published}, reliability: C}}
timeline:
  - {{id: gate, headline: The gate, type: other, date: "{date}", stated: "{stated}", {fields}}}
deals:
  weir:
    {{designation: Weir, supplier: NOR, recipient: FRO, stages: [{stages}], milestones: [{goal}]}}
"""
MONDAY = "2023-06-12"
INFERRED = "basis: inferred, cite: [post]"


def found(
    stated: str,
    date: str,
    published: str = MONDAY,
    *,
    fields: str = INFERRED,
    language: str = "en",
    stages: str = "",
    goal: str = "",
) -> list[str]:
    filled = BRIEFING.format(
        language=language,
        published=published,
        date=date,
        stated=stated,
        fields=fields,
        stages=stages,
        goal=goal,
    )
    problems = check_stated_dates(load(filled.encode(), "test.yaml"))
    return [f"{problem.code} {problem.message}" for problem in problems]


CONTRADICTED = """
5 March 2023            2021-08-09
5 March 2023            2023-03-06
10 June 2023            2022-06-10
Monday 6 March 2023     2023-03-05
March 5th               2023-03-04
June 10                 2023-06-11
June 10                 2023-11-30
March                   2023-04
January                 2023-02
March 2025              2027-11
the March of 2024       2023-03
in 2019                 2018
October to December 2021  2022-10/2022-12
Q2 2023                 2023-10
the second quarter      2023-Q3
second half of 2024     2024-H1
early 2025              2025-10
late 2025               2025-01
mid-2023                2023-12
the 1990s               2010
last year               2021
next month              2024-08
last week               2023-05-08
yesterday               2023-06-14
Monday                  2023-05-02
two weeks ago           2023-01-01
in 24 months            2026-06
October next year       2023-10
by March 2023           ../2023-05
before March 2023       ../2024-03
no later than April     ../2023-06
after May 2023          2023-02
FY2024                  2021
the 2023-24 season      2020
5 March 2023, the night on which the second gate gave way  2023-12-24
"""


@pytest.mark.parametrize("case", CONTRADICTED.strip().splitlines())
def test_a_date_that_its_words_contradict(case: str) -> None:
    stated, date = (part.strip() for part in case.rsplit("  ", 1))
    for basis in (INFERRED, "cite: [post]", "basis: external, cite: [post]"):
        (problem,) = found(stated, date, fields=basis)
        assert problem.startswith(f"E124 '{stated[:30]}")
        assert f"not {date}; correct the date" in problem
    rival = f"{INFERRED}, disputes: [{{field: stated, value: {date}, cite: [post]}}]"
    assert found(stated, date, fields=rival) == []


FITTING = """
5 March 2023            2023-03-05
5 March 2023            2023-03
5 March 2023            2023-03-05/2023-03-08
5 March 2023            2023-03-07~
about 5 March 2023      2023-03-03
10 June 2023            2023-06-10T23:30Z
12.06.2023              2023-06-12
06/12/2023              2023-12-06
June 10                 2023-06-10
yesterday               2023-06-11
yesterday               2023-06-10
today                   2023-06-13
Monday                  2023-06-12
next Monday             2023-06-19
last week               2023-06-08
this month              2023-06-01/2023-06-12
earlier this month      2023-06-02
last year               2022-05
a year ago              2022-06
last September          2022-09
November last year      2022-11
mid-July                2023-07-15
by March 2023           ../2023-03
by 2025                 ../2024-12-31
by 2025                 2025
before March 2023       ../2023-02-28
since 2015              2015/..
after 2015              2020
no later than the end of April  2023-04-30
early 2025              2025-H1
late 2025               2025-12
winter 2022             2023-01
the 1990s               199X
October to December 2021  2021-10/2021-12
in 12 months            2024-06
FY2025                  2024-04/2025-03
the day after 5 March 2023  2023-03-06
a year after March 2023  2024-03
last week               unknown
Christmas Day           2022-12-25
"""


@pytest.mark.parametrize("case", FITTING.strip().splitlines())
def test_a_date_that_its_words_may_mean(case: str) -> None:
    stated, date = (part.strip() for part in case.rsplit("  ", 1))
    assert found(stated, date) == []


@pytest.mark.parametrize("published", ["2023-06-05/2023-06-12", "2023-06-12/2023-06-19"])
def test_a_source_whose_day_is_not_known_leaves_all_its_days_open(published: str) -> None:
    assert found("Monday", "2023-06-12", published) == []
    assert found("yesterday", "2023-06-11", published) == []
    assert found("last month", "2023-02", published) != []


def test_a_name_of_a_month_that_another_is_nearer_to_is_open() -> None:
    (problem,) = found("June 10", "2019-06-10")
    assert problem.startswith("W202 'June 10' is 10 Jun 2023 where the text does not name another")
    assert found("June 10", "2019-06-10", fields="basis: external, cite: [post]") == []
    assert found("June 10, 2019", "2019-06-10") == []


@pytest.mark.parametrize(
    ("stated", "date"),
    [("June 10", "2023-06-10"), ("yesterday", "2023-06-11"), ("last year", "2022")],
)
def test_what_the_day_of_publication_gives_is_stated(stated: str, date: str) -> None:
    assert found(stated, date, fields="cite: [post]") == []


@pytest.mark.parametrize(
    ("stated", "date"),
    [("last year", "2022-06-10"), ("October", "2022-10-04"), ("a day after", "2023-06-01")],
)
def test_what_it_does_not_give_is_inferred(stated: str, date: str) -> None:
    (problem,) = found(stated, date, fields="cite: [post]")
    assert problem.startswith(f"W202 '{stated}' alone does not give {date}")
    assert found(stated, date) == []


def test_a_version_that_is_listed_beside_it_may_be_that_of_the_words() -> None:
    rival = INFERRED + ", disputes: [{{field: date, value: {value}, cite: [post]}}]"
    assert found("5 March 2023", "2023-04-05", fields=rival.format(value="2023-03-05")) == []
    assert found("5 March 2023", "2023-04-05", fields=rival.format(value="2021")) != []


def test_a_promise_is_read_on_the_day_it_was_made() -> None:
    def promised(due: str, said: str = "2022-06-12") -> list[str]:
        forecast = f"{{said: {said}, due: {due}, stated: in 24 months, cite: [post]}}"
        goal = f"{{id: open, label: Open, forecasts: [{forecast}]}}"
        stages = "{stage: contracted, date: 2022-10-01, cite: [post]}"
        return found("2023", "2023", stages=stages, goal=goal)

    assert promised("2024-06") == []
    assert promised("2024-10") == []  # counted from the signature
    (problem,) = promised("2027-06")
    assert "2027-06; correct the due" in problem


@pytest.mark.parametrize(("language", "stated"), [("fr", "5 mars 2023"), ("de", "im März 2023")])
def test_of_other_languages_the_year_is_read(language: str, stated: str) -> None:
    assert found(stated, "2023-03-05", language=language) == []
    (problem,) = found(stated, "2020-03-05", language=language)
    assert problem.startswith("E124")
    assert found("next month", "2020-03-05", language=language) == []
