"""Figures in running text."""

from __future__ import annotations

import random
import time

import pytest

from briefing_tui.briefing.atoms.figures import Figure, figures, of_date
from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.dates import Edtf


def listed(text: str, language: str = "en", *, incidental: bool = False) -> list[str]:
    return [
        " ".join(
            part
            for part in (
                figure.kind,
                f"{float(figure.value):.12g}" if figure.value or figure.kind == "number" else "",
                "/".join(map(str, figure.others)) if figure.kind == "score" else "",
                figure.unit,
                str(figure.day or ""),
                figure.part,
                figure.bound,
            )
            if part
        )
        for figure in figures(text, language)
        if figure.incidental is incidental
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Money
        ("worth Rs 40,000 crore", ["amount 400000000000 rupee"]),
        ("Rs.\u00a040,000-crore deal", ["amount 400000000000 rupee"]),
        ("Rs40 crore", ["amount 400000000 rupee"]),
        ("₹4,00,000 million", ["amount 400000000000 INR"]),
        ("400 billion rupees", ["amount 400000000000 rupee"]),
        ("400 billion Indian rupees", ["amount 400000000000 INR"]),
        ("Rs 2.38 lakh crore", ["amount 2.38e+12 rupee"]),
        ("US$5.43bn and $1 million", ["amount 5430000000 USD", "amount 1000000 dollar"]),
        ("5.43 billion US dollars", ["amount 5430000000 USD"]),
        ("5.43 billion U.S. dollars", ["amount 5430000000 USD"]),
        ("USD 5,43 billion", ["amount 5430000000 USD"]),
        ("$5 million and £3m", ["amount 5000000 dollar", "amount 3000000 GBP"]),
        ("1 234,5 euros", ["amount 1234.5 EUR"]),
        ("1'234.50 francs", ["amount 1234.5 franc"]),
        ("EUR 12 million", ["amount 12000000 EUR"]),
        ("half a million dollars", ["amount 500000 dollar"]),
        ("try 5 times, aed 6", ["number 5", "number 6"]),
        ("five won, 5 real prizes", ["number 5", "number 5"]),
        # Shares
        ("15 per cent, 16%, twenty percent", ["percent 15", "percent 16", "percent 20"]),
        ("5 percentage points", ["points 5"]),
        ("half a percentage point", ["points 0.5"]),
        ("25 basis points, 50bps", ["points 0.25", "points 0.5"]),
        ("half of the boats", ["fraction 0.5"]),
        (
            "a third of it, two-thirds, 3/4",
            ["fraction 0.333333333333", "fraction 0.666666666667", "fraction 0.75"],
        ),
        ("half-brothers who met halfway", []),
        # Numbers
        ("forty-two of 3,500 men", ["number 42", "number 3500"]),
        ("two million, a dozen, 3½", ["number 2000000", "number 12", "number 3.5"]),
        ("one of two, both, a pair, once, the first", []),
        ("the first five boats, the third", ["number 5", "ordinal 3"]),
        ("the seventh and the 9th", ["ordinal 7", "ordinal 9"]),
        ("the S-400, Su-30MKI, P4S1 and F16", []),
        ("BA117, RFC-9110, pull/6834, COVID-19, v1.2.3", []),
        ("issue #6834", ["label 6834"]),
        ("see https://a.example/2019/05/12-3?x=4 or ab12@mail.example", []),
        ("1.2.3, 24/7, 9/11, five ten", []),
        ("several hundred, hundreds of thousands, tens of millions", []),
        ("minus 5, a loss of -3, \u22124", ["number -5", "number -3", "number -4"]),
        ("51-49", ["score 51 49", "number 51", "number 49"]),
        # Ranges
        ("$3-4 billion", ["amount 3000000000 dollar", "amount 4000000000 dollar"]),
        ("between 5 and 7 million", ["number 5000000", "number 7000000"]),
        ("Rs 10-12 crore", ["amount 100000000 rupee", "amount 120000000 rupee"]),
        ("three or four billion euros", ["amount 3000000000 EUR", "amount 4000000000 EUR"]),
        ("10-12 per cent", ["percent 10", "percent 12"]),
        ("24 to 36 months", ["number 24 month", "number 36 month"]),
        ("900 to 1.2 million", ["number 900", "number 1200000"]),
        # Units
        ("a seven-month delay", ["number 7 month"]),
        ("a 24-month contract", ["number 24 month"]),
        ("two and a half years, a year and a half", ["number 2.5 year", "number 1.5 year"]),
        ("half an hour", ["number 0.5 hour"]),
        ("1,500 MW or 1.5 GW", ["number 1500 megawatt", "number 1.5 gigawatt"]),
        (
            "12 square miles, 5km, 5 m",
            ["number 12 square mile", "number 5 kilometre", "number 5 metre"],
        ),
        ("5°C", ["number 5 degree"]),
        # Bounds
        ("more than 5 months", ["number 5 month over"]),
        ("at least five, no fewer than six", ["number 5 least", "number 6 least"]),
        ("up to $5 million", ["amount 5000000 dollar most"]),
        ("less than 5 %", ["percent 5 under"]),
        ("no more than 12", ["number 12 most"]),
        ("nearly 3,000 or 5 or more", ["number 3000 about", "number 5 least"]),
        # Dates
        ("April 2023", ["month 2023 April"]),
        ("in April, 2023", ["month 2023 April"]),
        ("Sept. 5, 2019", ["month 2019 September 5"]),
        ("5 Oct. 2018", ["month 2018 October 5"]),
        ("October 5th, 2018", ["month 2018 October 5"]),
        ("05.10.2018", ["month 2018 October 5"]),
        ("5/10/2018", ["month 2018 October 5", "month 2018 May 10"]),
        ("25/10/2018", ["month 2018 October 25"]),
        ("5th of September", ["month September 5"]),
        ("5 and 9 June 2021", ["month 2021 June 5", "month 2021 June 9"]),
        ("2019-01-09", ["month 2019 January 9"]),
        (
            "October to December 2021",
            ["month October", "month 2021 December", "month 2021 October"],
        ),
        ("they may march in August", ["month August"]),
        ("in 2019 and the 1980s", ["period 1980 decade", "year 2019"]),
        ("early 2025, mid-2024", ["year 2025 early", "year 2024 mid"]),
        ("2000 people", ["year 2000", "number 2000"]),
        ("Q3 2024, the third quarter", ["period 2024 Q3", "period Q3"]),
        ("FY2026, 2023-24, fiscal 2025-26", ["fiscal 2026", "fiscal 2024", "fiscal 2026"]),
        ("2019-21", ["year 2019", "year 2021"]),
        ("Tuesday's, on friday", ["weekday Tuesday", "weekday Friday"]),
        ("2019-02-31, 45.13.2020", []),
        ("at 15:30", ["time"]),
    ],
)
def test_figures_are_read_as_a_whole(text: str, expected: list[str]) -> None:
    assert listed(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "am 5. Oktober 2018, 12,6 Mrd. Euro",
            ["month 2018 October 5", "amount 12600000000 EUR"],
        ),
        ("de-AT", "4,5 Milliarden, 1.200 Züge", ["number 4500000000", "number 1200"]),
        ("fr", "le 1er janvier 2024, 3,5 millions", ["month 2024 January 1", "number 3500000"]),
        ("es", "5 de octubre de 2018, 12 por ciento", ["month 2018 October 5", "percent 12"]),
        ("it", "il 5 ottobre 2018", ["month 2018 October 5"]),
        ("pt", "em dezembro de 2026", ["month 2026 December"]),
        (
            "ru",
            "5 октября 2018 года, 12,6 млрд рублей",
            ["month 2018 October 5", "amount 12600000000 RUB"],
        ),
        ("zh", "2024年12月5日, 12亿", ["month 2024 December 5", "number 1200000000"]),
        ("ar", "\u0664\u066b\u0668", ["number 4.8"]),
        ("hi", "१५", ["number 15"]),
        ("nl", "vijf van de 12, 2019-01-09", ["month 2019 January 9", "number 12"]),
    ],
)
def test_other_languages_have_digits_months_and_scales(
    language: str, text: str, expected: list[str]
) -> None:
    assert listed(text, language) == expected


def test_what_is_implied_supports_and_does_not_claim() -> None:
    assert listed("a year, none, both, one in five", incidental=True) == [
        "number 2", "number 1", "number 5", "number 1 year", "number 0"
    ]  # fmt: skip


def test_a_figure_has_the_span_of_its_words() -> None:
    text = "worth about Rs 1,250 crore, in two of the 27 states"
    spans = [text[figure.start : figure.end] for figure in figures(text)]
    assert spans == ["Rs 1,250 crore", "two", "27"]


def test_what_is_counted_goes_with_its_number() -> None:
    assert [figure.nouns for figure in figures("two new patrol boats, seven people, one ship")] == [
        ("boat",), ("person",), ("ship",)
    ]  # fmt: skip


VOCABULARY = (
    "a an half one two five ten twenty hundred thousand million crore dozen score and or to of - /"
    " , . 's $ € Rs USD % per cent percentage points basis first third fifth quarter thirds 5 12"
    " 1,234 1.2 2019 2019-01-09 5/10/2018 10:30 p.m. Q3 FY2026 2023-24 mid early end the in May"
    " Monday last next year months days ago ½ 3m km minus more than at least + # pull/6834 S-400"
    " U.S. dollars ° 年 ( ~ between no none both"
)


def test_any_words_are_survived() -> None:
    draw = random.Random(8)
    words = VOCABULARY.split()
    for _ in range(4000):
        text = draw.choice((" ", " ", " ", "", "-")).join(draw.choices(words, k=10))
        for language in ("en", draw.choice(("de", "ru", "zh"))):
            for figure in figures(text, language):
                assert 0 <= figure.start < figure.end


@pytest.mark.parametrize(
    "unit",
    ["1,", "one ", "half ", "5-", "$", "and a ", "mid-", "1/", "10:", "May ", "x@", "1 234 "],
)
def test_a_long_text_takes_time_in_proportion(unit: str) -> None:
    start = time.process_time()
    figures(unit * 10_000)
    assert time.process_time() - start < 3


def test_dates_of_the_file() -> None:
    assert of_date(Edtf.parse("2020-10/2023-04")) == (
        *of_date(Edtf.parse("2020-10"))[:0],
        Figure("month", "2020-10/2023-04", figures("October 2020")[0].value, "October"),
        Figure("month", "2020-10/2023-04", figures("April 2023")[0].value, "April"),
    )
    assert [figure.kind for figure in of_date(Edtf.parse("../2023"))] == ["year"]


def test_folding_keeps_what_can_be_told_apart() -> None:
    assert fold("“a”\u00a0‘b’ – c\u00adc") == "\"a\" 'b' - cc"
