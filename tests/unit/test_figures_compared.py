"""Figures of a statement against the passage that it cites: faults, and the same said otherwise."""

from __future__ import annotations

import json

import msgspec
import pytest

from briefing_tui.briefing.check import check
from briefing_tui.briefing.check.text.ledger import ledger
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load
from briefing_tui.briefing.source_verification import short_hash

CODES = ("E121", "E125", "W228", "W229")


def document(
    words: str, passage: str, *, published: str = "2023-06-14", language: str = "en", more: str = ""
) -> Document:
    """A briefing with one statement, which cites the one passage of its article."""
    briefing = (
        f"briefing: 1\ntitle: A\nas_of: 2035-01-01\nlanguage: {language}\nabout: herald\nsources:\n"
        "  herald: {kind: news_article, title: B, publisher: C, reliability: C,"
        f" published: '{published}', text: {{sha256: '{'0' * 64}', length: {len(passage)},"
        f" passages: {{P1S1: [0, {len(passage)}, '{short_hash(passage)}']}}}}}}\n"
        f"key_points:\n  - {{text: {json.dumps(words)}, cite: [herald P1S1]{more}}}\n"
    )
    texts = {"herald": passage}
    return msgspec.structs.replace(load(briefing.encode(), "test.yaml"), texts=texts)


def messages(words: str, passage: str, **fields: str) -> list[str]:
    return [
        f"{problem.code} {problem.message}"
        for problem in check(document(words, passage, **fields))
        if problem.code in CODES
    ]


FAULTS = [
    # Values and scales
    ("The board closed 12 bridges.", "The board closed 11 bridges."),
    ("It paid $69 million.", "It paid $96 million."),
    ("It paid $3.8 billion.", "It paid $3.8 million."),
    ("It paid £3m.", "It paid £3bn."),
    ("It cost 4 lakh crore rupees.", "It cost Rs 4 crore."),
    ("They raised 5.43 billion dollars.", "They raised USD 543 billion."),
    ("Some 280 people came.", "Two hundred and eighty-eight people came."),
    ("Five boats arrived.", "The first seven boats arrived."),
    ("Seven boats arrived.", "The seventh boat arrived."),
    ("It lost 400 missiles.", "It lost the S-400."),
    ("It costs 3 billion.", "It costs $3-4 million."),
    ("It has 6834 changes.", "See pull/6834 for the change."),
    ("A dozen boats came.", "Half a dozen boats came."),
    ("Half a million people left.", "A million people left."),
    # Small counts
    ("Two boats arrived.", "Three boats arrived."),
    ("Three boats arrived.", "Two boats arrived."),
    ("One ship was lost in the storm.", "Two ships were lost in the storm."),
    # Currency
    ("It paid €5 million.", "It paid £5 million."),
    ("It paid 5 million dollars.", "It paid 5 million euros."),
    ("It paid C$5 million.", "It paid US$5 million."),
    # Units
    ("It takes seven years.", "It takes seven months."),
    ("It takes two weeks.", "It takes two months."),
    ("The plant has 500 GW.", "The plant has 500 MW."),
    ("It is 12 miles long.", "It is 12 km long."),
    ("It weighs 5 kg.", "It weighs 5 tonnes."),
    ("It took 5 hours.", "It took 5 minutes."),
    ("It fell by 5 percentage points.", "It fell by 5 per cent."),
    ("It fell by 5 per cent.", "It fell by 5 percentage points."),
    ("It rose by 5 points.", "It rose by 5 %."),
    ("It rose by 50 basis points.", "It rose by 50 percentage points."),
    # Shares and scores
    ("A quarter of the fleet is old.", "A fifth of the fleet is old."),
    ("A third of the boats sank.", "Half of the boats sank."),
    ("Two-thirds voted for it.", "Three-quarters voted for it."),
    ("The house voted 49-51.", "The house voted 51-49."),
    ("They won 2-3.", "They won 3-2."),
    # Signs and bounds
    ("It was 5 degrees.", "It was minus 5 degrees."),
    ("More than 300 people came.", "Fewer than 300 people came."),
    ("At least five ships sank.", "At most five ships sank."),
    ("It costs up to $5 million.", "It costs more than $5 million."),
    ("It took less than 5 years.", "It took over 5 years."),
    # Dates
    ("It was signed on 5 October 2018.", "It was signed on 6 October 2018."),
    ("It was signed in October 2018.", "It was signed in October 2017."),
    ("It grew in Q2 2024.", "It grew in the third quarter of 2024."),
    ("It grew in the second half of 2024.", "It grew in the first half of 2024."),
    ("Prices fell in the 1980s.", "Prices fell in the 1990s."),
    ("It ends in early 2025.", "It ends in late 2025."),
    ("It starts in mid-2024.", "It starts at the end of 2024."),
    ("It grew in FY2026.", "It grew in FY2025."),
    ("It began at 16:30.", "It began at 15:30."),
    ("On Tuesday the board met.", "On Monday the board met."),
    ("It was signed on 05.10.2018.", "It was signed on 5 November 2018."),
    # From the day of publication, 14 June 2023, a Wednesday
    ("The board met on 11 June 2023.", "The board met on Monday."),
    ("The board met in 2022.", "The board met last month."),
    ("The bridge closed on 10 June 2022.", "On June 10 the board closed the bridge."),
    ("It ruled in May 2022.", "It ruled last month."),
    ("It was sold in 2020.", "It was sold last year."),
    ("It will close in October 2025.", "It will close in October next year."),
    # Ordinals
    ("The seventh ship was launched.", "The fifth ship was launched."),
    ("The Second Circuit upheld it.", "The First Circuit upheld it."),
]


@pytest.mark.parametrize(("words", "passage"), FAULTS)
def test_another_figure_is_found(words: str, passage: str) -> None:
    assert messages(words, passage)


SAME = [
    ("The deal is worth ₹400 billion.", "The deal, worth Rs. 40,000 crore, was signed."),
    ("It paid 5 million dollars.", "It paid US$5m."),
    ("It paid $5 million.", "It paid A$5 million."),
    ("It cost 5.43 billion dollars.", "It cost USD 5,43 billion."),
    ("It cost half a million euros.", "It cost €500,000."),
    ("Its 288 members met.", "Two hundred and eighty-eight members met."),
    ("Six boats arrived.", "Half a dozen boats arrived."),
    ("The first five boats arrived.", "Five boats arrived first."),
    ("Five boats arrived.", "The first five boats arrived."),
    ("Two boats arrived.", "Both boats arrived."),
    ("Both ships are at sea.", "The two ships are at sea, three boats are not."),
    ("It costs $3 billion to $4 billion.", "It costs $3-4 billion."),
    ("It may cost 3 billion dollars.", "It costs between $3 and $4 billion."),
    ("Prices rose by 10 per cent or more.", "Prices rose 10-12%."),
    ("It takes 24 months.", "It takes two years."),
    ("It takes two years.", "A 24-month contract was signed."),
    ("It took a week.", "It took seven days."),
    ("It took six months.", "It took half a year."),
    ("It lasted 18 months.", "It lasted a year and a half."),
    ("The plant has 1.5 GW.", "The plant has 1,500 MW."),
    ("A quarter of them left.", "25 per cent of them left."),
    ("A third of them left.", "About 33 % of them left."),
    ("Half of them left.", "Fifty per cent of them left."),
    ("One in five left.", "A fifth of them left."),
    ("A fifth of them left.", "One in five left."),
    ("The index fell by 3 %.", "The index moved by \u22123 %."),
    ("It rose by half a point.", "It rose by 0.5 percentage points."),
    ("It rose by 0.25 percentage points.", "It rose by 25 basis points."),
    ("It cost about $5.4 billion.", "It cost $5.43 billion."),
    ("More than 40 people came.", "42 people came."),
    ("Nearly 3,000 people were stranded.", "2,987 people were stranded."),
    ("At least five ships sank.", "Five or more ships sank."),
    ("No fewer than 12 came.", "At least 12 came."),
    ("The house voted 51-49.", "The house voted 51 to 49."),
    ("51 voted for and 49 against.", "The house voted 51-49."),
    ("There were zero deaths.", "There were no deaths."),
    ("It has #6834 on its list.", "See pull/6834."),
    ("It was signed on 5 October 2018.", "It was signed on 05.10.2018."),
    ("It was signed on 5 October 2018.", "It was signed on 5/10/2018."),
    ("It was signed on 5 October 2018.", "It was signed on October 5th, 2018."),
    ("It grew in Q3 2024.", "It grew in the third quarter of 2024."),
    ("It grew in the third quarter.", "It grew in Q3 2024."),
    ("It ends in early 2025.", "It ends at the beginning of 2025."),
    ("It ends in 2025.", "It ends in early 2025."),
    ("It grew in FY2024.", "It grew in 2023-24."),
    ("It began at 3:30 p.m.", "It began at 15:30."),
    ("It was 1984.", "It was nineteen eighty-four."),
    ("About 2,000 people came.", "Two thousand people came."),
    ("About 2000 people came.", "Two thousand people came."),
    ("The seventh ship was launched.", "The 7th ship was launched."),
    ("A second circuit was built.", "Another circuit was built."),
    # From the day of publication, 14 June 2023, a Wednesday
    ("The board met on 12 June 2023.", "The board met on Monday."),
    ("The bridge closed on 10 June 2023.", "On June 10 the board closed the bridge."),
    ("It ruled in May 2023.", "It ruled last month."),
    ("It was sold in 2022.", "It was sold last year."),
    ("It will close in October 2024.", "It will close in October next year."),
    ("In 2023 the board closed the bridge.", "The board closed the bridge."),
    ("It was signed two weeks before, in May 2023.", "It was signed two weeks ago, in May."),
]


@pytest.mark.parametrize(("words", "passage"), SAME)
def test_the_same_figure_is_left_alone(words: str, passage: str) -> None:
    assert messages(words, passage) == []


@pytest.mark.parametrize(
    ("words", "passage", "message"),
    [
        (
            "It takes 5 years.",
            "It takes 5 months.",
            "E121 '5 years' is not in herald P1S1, which has '5 months'; correct it or cite what"
            " has it",
        ),
        (
            "More than 300 people came.",
            "Fewer than 300 people came.",
            "W229 'more than 300', but herald P1S1 has 'less than 300'",
        ),
        (
            "It ends in early 2025.",
            "It ends in late 2025.",
            "W229 'early 2025', but herald P1S1 has 'late 2025'",
        ),
        (
            "Two boats arrived.",
            "Three boats arrived.",
            "W228 'Two', but herald P1S1 has 'Three'; correct one of the two",
        ),
        (
            "Three reviews run.",
            "Reviews run in Brazil, Canada and India.",
            "W228 'Three' is not in herald P1S1; correct it or cite what has it, or show under"
            " 'worked_out' how it follows from others",
        ),
    ],
)
def test_a_message_names_what_the_passage_has(words: str, passage: str, message: str) -> None:
    assert messages(words, passage) == [message]


def test_figures_of_an_inference_are_looked_up_and_are_warnings() -> None:
    inferred = ", basis: inferred"
    (message,) = messages("It closed 99 bridges.", "It closed bridges.", more=inferred)
    assert message.startswith("W228 '99' is not in herald P1S1")
    (message,) = messages("It closed 99 bridges.", "It closed 12 bridges.", more=inferred)
    assert message.startswith("E121 '99' is not in herald P1S1, which has '12'")
    assert messages("It closed 12 bridges.", "It closed 12 bridges.", more=inferred) == []


@pytest.mark.parametrize(
    ("words", "worked_out", "passage"),
    [
        ("Each costs $700 million.", "4.2e9 / 6", "Six cost $4.2 billion."),
        ("Three reviews run.", "1 + 1 + 1", "Reviews run in Brazil, Canada and India."),
        ("It rose by 4.4 %.", "(5.43 - 5.2) / 5.2", "It rose from $5.2 billion to $5.43 billion."),
        ("It rose by 4 %.", "100 * (5.43 - 5.2) / 5.2", "It went from 5.2 to 5.43."),
        ("It took three years.", "2021 - 2018", "Ordered in October 2018, it came in May 2021."),
        ("Some 5 boats, and 12 ships.", "2 + 3; 3 * 4", "2 boats, 3 boats, 4 ships"),
    ],
)
def test_a_figure_that_is_worked_out_is_not_looked_up(
    words: str, worked_out: str, passage: str
) -> None:
    more = f', worked_out: "{worked_out}"'
    assert messages(words, passage)
    assert messages(words, passage, more=more) == []
    verdicts = ledger(document(words, passage, more=more))
    assert "worked out" in [verdict.reason for verdict in verdicts]


@pytest.mark.parametrize(
    ("worked_out", "message"),
    [
        (
            "4.2e9 / 7",
            "E125 it is 600,000,000, which this entry does not say; correct one of the two",
        ),
        ("5.2e9 / 6", "E125 it is 866,666,666.67, which this entry does not say"),
        ("4.2e9 / 0", "E125 it divides by 0"),
        ("4.2e9 /", "E125 it ends too early"),
        ("(4.2e9 / 6", "E125 a bracket is not closed"),
        ("4.2e9 / 6)", "E125 ')' is out of place"),
        ("700000000", "E125 there is nothing to work out"),
        ("open('x')", "E125 'open('x')' cannot be in a sum"),
        ("9e999 * 9", "E125 '9e999' is too large"),
        ("1 +" * 90, "E125 a sum has at most 200 characters"),
        ("(" * 90 + "1", "E125 it has too many brackets"),
        ("1.4e9 / 2", "E121 '1400000000' is not in herald P1S1"),
    ],
)
def test_a_sum_is_worked_out_again(worked_out: str, message: str) -> None:
    more = f', worked_out: "{worked_out}"'
    reported = messages("Each costs $700 million.", "Six cost $4.2 billion.", more=more)
    assert any(each.startswith(message) for each in reported), reported


@pytest.mark.parametrize(
    ("language", "words", "passage", "is_right"),
    [
        (
            "de",
            "Im Dezember 2026 fahren 12 Züge.",
            "Die 12 Züge sollen im Dezember 2026 fahren.",
            True,
        ),
        ("de", "Im November 2026 fahren sie.", "Die Züge sollen im Dezember 2026 fahren.", False),
        ("de", "Es kostet 4,5 Millionen.", "Es kostet 4,5 Milliarden.", False),
        ("de", "Es sind 1200 Züge.", "Es sind 1.200 Züge.", True),
        ("ru", "Проект стоит 12,6 млн.", "Проект стоит 12,6 млрд.", False),
        ("ar", "4.8", "\u0664\u066b\u0668", True),
        ("hi", "27", "१५", False),
        ("de", "Es sind 3 Züge.", "Es sind drei Züge.", True),
    ],
)
def test_other_languages_are_compared_in_digits(
    language: str, words: str, passage: str, is_right: bool
) -> None:
    assert (messages(words, passage, language=language) == []) is is_right


def test_what_a_language_may_say_in_words_is_not_compared() -> None:
    verdicts = ledger(document("Es sind 3 Züge.", "Es sind drei Züge.", language="de"))
    assert [verdict.reason for verdict in verdicts if verdict.kind == "figure"] == ["language"]
