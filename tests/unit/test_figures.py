"""Figures in running text."""

from __future__ import annotations

import pytest

from briefing_tui.briefing.atoms.figures import Figure, figures, of_date
from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.dates import Edtf


def told(text: str) -> list[str]:
    return [
        " ".join(
            part
            for part in (
                figure.kind,
                f"{figure.value:f}" if figure.value else "",
                figure.unit,
                str(figure.day or ""),
            )
            if part
        )
        for figure in figures(text)
        if not figure.incidental
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("worth Rs 40,000 crore", ["amount 400000000000 INR"]),
        ("Rs.\u00a040,000-crore deal", ["amount 400000000000 INR"]),
        ("₹4,00,000 million", ["amount 400000000000 INR"]),
        ("400 billion rupees", ["amount 400000000000 INR"]),
        ("Rs 2.38 lakh crore", ["amount 2380000000000 INR"]),
        ("US$5.43bn and $1 million", ["amount 5430000000 USD", "amount 1000000 USD"]),
        ("5.43 billion US dollars", ["amount 5430000000 USD"]),
        ("1 234,5 euros", ["amount 1234.5 EUR"]),
        ("EUR 12 million", ["amount 12000000 EUR"]),
        ("try 5 times, aed 6", ["number 5", "number 6"]),
        ("15 per cent, 16%, twenty percent", ["percent 15", "percent 16", "percent 20"]),
        ("forty-two of 3,500 men", ["number 42", "number 3500"]),
        ("two million, a dozen, 3½", ["number 2000000", "number 12", "number 3"]),
        ("one of two, the third, both", []),
        ("the 9th", ["number 9"]),
        ("the S-400, Su-30MKI, P4S1 and F16", []),
        ("April 2023", ["month 2023 April"]),
        ("in April, 2023", ["month 2023 April"]),
        ("Sept. 5, 2019", ["month 2019 September 5"]),
        ("5th of September", ["month September 5"]),
        ("5 and 9 June 2021", ["month 2021 June 5", "month 2021 June 9"]),
        ("2019-01-09", ["month 2019 January 9"]),
        (
            "October to December 2021",
            ["month October", "month 2021 December", "month 2021 October"],
        ),
        ("they may march in August", ["month August"]),
        ("in 2019 and the 1980s", ["year 2019"]),
        ("Tuesday's, on friday", ["weekday Tuesday", "weekday Friday"]),
        ("2019-02-31", []),
    ],
)
def test_figures_are_folded(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_dates_of_the_file() -> None:
    assert of_date(Edtf.parse("2020-10/2023-04")) == (
        *of_date(Edtf.parse("2020-10"))[:0],
        Figure("month", "2020-10/2023-04", figures("October 2020")[0].value, "October"),
        Figure("month", "2020-10/2023-04", figures("April 2023")[0].value, "April"),
    )
    assert [figure.kind for figure in of_date(Edtf.parse("../2023"))] == ["year"]


def test_folding_keeps_what_can_be_told_apart() -> None:
    assert fold("“a”\u00a0‘b’ – c\u00adc") == "\"a\" 'b' - cc"
