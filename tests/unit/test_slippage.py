"""How late a date is against the one that was promised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.briefing.dates import Edtf
from briefing_tui.views.milestones import slippage


@pytest.mark.parametrize(
    ("due", "actual", "words"),
    [
        ("2020-10-05", "2021-11-14", "13 months late"),
        ("2020-10-05", "2021-11-05", "13 months late"),
        ("2020-10-05", "2021-11-04", "12 months late"),
        ("2020-10", "2021-09", "10 to 11 months late"),
        ("2020-10", "2021-11/2021-12", "12 to 14 months late"),
        ("../2023-04", "2026-11", "42 to 43 months late"),
        ("../2023-04", "../2024-04", "11 to 12 months late"),
        ("../2023-04", "2023-04-30", "on time"),
        ("../2023-04", "2019", "on time"),
        ("2020-10", "2020-10", "on time"),
        ("2020-10", "2020-10-31", "on time"),
        ("2020-10", "2020-10/2020-12", "on time or up to 3 months late"),
        ("2020-10-31", "2020-11-02", "less than a month late"),
        ("2020-10-05", "2020-09-20", "less than a month early"),
        ("2020-10-05", "2020-08-01", "2 months early"),
        ("2020", "2018", "12 to 35 months early"),
        ("2020-10", "2020-11", "up to 1 month late"),
        ("2024-01-31", "2024-02-29", "1 month late"),
    ],
)
def test_in_words(due: str, actual: str, words: str) -> None:
    assert slippage(Edtf.parse(due), Edtf.parse(actual)) == words


@pytest.mark.parametrize(("due", "actual"), [("2026/..", "2027"), ("2026", "2027/..")])
def test_no_end_no_figure(due: str, actual: str) -> None:
    assert slippage(Edtf.parse(due), Edtf.parse(actual)) is None


@given(st.dates(), st.dates())
def test_of_days_it_is_one_figure_and_turns_round(one: object, two: object) -> None:
    there = slippage(Edtf.parse(str(one)), Edtf.parse(str(two)))
    back = slippage(Edtf.parse(str(two)), Edtf.parse(str(one)))
    assert there is not None
    assert back is not None
    assert not {"to", "or"} & {*there.split(), *back.split()}
    if one != two:
        months, _, direction = there.rpartition(" ")
        assert {back.rpartition(" ")[2], direction} == {"early", "late"}
        assert back.startswith(months)
