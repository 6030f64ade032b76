"""Quantities: what is read, how it is shown, and the advice for a mistake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.briefing.quantities import Quantity, QuantityError, format_quantity

SHOWN = [
    ("36", "36"),
    ("5430000000", "5,430,000,000"),
    ("33.50", "33.50"),
    ("1234.5", "1,234.5"),
    ("36~", "about 36"),
    ("36?", "36 (uncertain)"),
    ("4/6", "4 to 6"),
    ("0.5/0.75", "0.5 to 0.75"),
    ("../6000", "at most 6,000"),
    ("6/..", "at least 6"),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_a_quantity_is_shown_in_words(text: str, shown: str) -> None:
    assert format_quantity(Quantity.parse(text)) == shown


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("40,000", "write 40000"),
        ("4,00,000.5", "write 400000.5"),
        ("0", "more than 0"),
        ("0.0", "more than 0"),
        ("../0", "more than 0"),
        ("6/4", "write 4/6"),
        ("about 36", "36~ for about 36"),
        ("36%", "write a number such as"),
        ("-1", "write a number such as"),
        ("1e9", "write a number such as"),
        ("../..", "write a number such as"),
        ("007", "write a number such as"),
        ("٣", "write a number such as"),
        ("", "write a number such as"),
    ],
)
def test_a_mistake_has_advice(text: str, advice: str) -> None:
    with pytest.raises(QuantityError, match=advice):
        Quantity.parse(text)


def test_only_an_exact_whole_number_is_whole() -> None:
    assert Quantity.parse("36").whole == 36
    assert [Quantity.parse(text).whole for text in ("36~", "36.0", "4/6", "../6")] == [None] * 4


@given(st.integers(1, 10**29))
def test_a_whole_number_is_its_own_bounds(number: int) -> None:
    quantity = Quantity.parse(str(number))
    assert {quantity.whole, *quantity.bounds} == {number}
