"""The last line of a check, and its counts for programs: they claim only what was compared."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial

import msgspec
import pytest

from briefing_tui.briefing.check.text import ledger as ledgers
from briefing_tui.briefing.check.text.statement_result import StatementResult, statement_result
from briefing_tui.briefing.check.text.verdict import Kind, Reason, Result, Verdict
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load
from briefing_tui.briefing.model import Citation, Point
from briefing_tui.output import check_report, comparison
from briefing_tui.output.check_report import CheckedFile, Report
from briefing_tui.output.tally import Tally, tally
from tests.conftest import DATA

BRIEFING = (DATA / "icebreaker.yaml").read_text(encoding="utf-8")
TEXT = (DATA / "icebreaker.txt").read_bytes().decode()

Atoms = dict[tuple[Kind, Result, Reason | None], int]
Statements = dict[tuple[StatementResult, Reason | None], int]

VERIFIED: Statements = {("verified", None): 1}

LINES: dict[str, tuple[Atoms, Statements]] = {
    "1 of 1 figure found in the passages cited; 1 of 1 statement verified": (
        {("figure", "found", None): 1},
        VERIFIED,
    ),
    "0 of 1 date found in the passages cited; 0 of 1 statement verified,"
    " 1 at odds with its passages": (
        {("date", "absent", None): 1},
        {("at odds", None): 1},
    ),
    "12 of 14 figures and dates, 9 of 10 names and 3 of 3 quotations found in the passages cited;"
    " 31 of 42 statements verified, 6 in part, 2 at odds with their passages,"
    " 3 not compared (2 with no text attached, 1 judged by the briefer)": (
        {
            ("figure", "found", None): 8,
            ("date", "found", None): 4,
            ("date", "contradicted", None): 1,
            ("figure", "elsewhere", None): 1,
            ("name", "found", None): 9,
            ("name", "absent", None): 1,
            ("quotation", "found", None): 3,
        },
        {
            ("verified", None): 31,
            ("in part", None): 6,
            ("at odds", None): 2,
            ("not compared", "no text"): 2,
            ("not compared", "own words"): 1,
        },
    ),
    "20 of 1,235 figures and dates found in the passages cited; not compared: 1,213 figures"
    " and dates and 1 quotation (no text attached), 2 figures (worked out);"
    " 4 of 1,004 statements verified, 1,000 not compared (with no text attached)": (
        {
            ("figure", "found", None): 18,
            ("date", "found", None): 2,
            ("figure", "not compared", "no text"): 213,
            ("date", "not compared", "no text"): 1000,
            ("figure", "not compared", "worked out"): 2,
            ("quotation", "not compared", "no text"): 1,
        },
        {("verified", None): 4, ("not compared", "no text"): 1000},
    ),
    "0 of 3 figures found in the passages cited; not compared: 2 names (no text attached),"
    " 3 figures and 4 negations (no rules for the language);"
    " 0 of 2 statements verified, 2 not compared (in a language without rules)": (
        {
            ("figure", "not compared", "language"): 3,
            ("negation", "not compared", "language"): 4,
            ("name", "not compared", "no text"): 2,
        },
        {("not compared", "language"): 2},
    ),
    "0 of 4 statements verified, 4 not compared (with nothing to look up)": (
        {},
        {("not compared", "no rule"): 4},
    ),
}


@pytest.mark.parametrize("line", LINES)
def test_what_the_last_line_says(line: str) -> None:
    atoms, statements = LINES[line]
    counts = Tally(Counter(atoms), Counter(statements), has_text=True)
    assert comparison.in_words(counts) == line


def test_without_a_text_nothing_is_verified() -> None:
    words = comparison.in_words(tally(load(BRIEFING.encode(), "test.yaml")))
    assert words == "no source text attached: 19 statements not compared"
    nothing = Tally(Counter(), Counter({("not compared", "no text"): 1}), has_text=False)
    assert comparison.in_words(nothing) == "no source text attached: 1 statement not compared"


def test_of_a_briefing_without_statements_nothing_is_said() -> None:
    assert comparison.in_words(tally(load((DATA / "bare.yaml").read_bytes(), "bare.yaml"))) == ""


def attached(briefing: str = BRIEFING) -> Document:
    return msgspec.structs.replace(load(briefing.encode(), "test.yaml"), texts={"herald": TEXT})


def test_several_files_are_counted_together() -> None:
    with_text, without = tally(attached()), tally(load(BRIEFING.encode(), "test.yaml"))
    words = comparison.in_words(with_text + without)
    assert words.startswith("17 of 18 figures and dates, 14 of 14 names, 3 of 3 quotations ")
    assert "; 18 of 38 statements verified, 20 not compared (with no text attached)" in words
    assert comparison.as_data(with_text + without)["figures"]["verified"] == 17
    assert comparison.as_data(without)["figures"] is None


def test_the_counts_for_programs() -> None:
    wrong = BRIEFING.replace("count 42", "count 43").replace("speaker: hagen", "speaker: mehta")
    found = comparison.as_data(tally(attached(wrong)))
    assert found["figures"] == {"total": 18, "verified": 16, "unattached": 1}
    assert found["atoms"]["date"]["not_compared"] == {"no_text": 1}
    assert {result: found["atoms"]["name"][result] for result in ("found", "contradicted")} == {
        "found": 13, "contradicted": 1
    }  # fmt: skip
    assert found["statements"] == {
        "total": 19, "verified": 16, "in_part": 0, "at_odds": 2, "not_compared": {"no_text": 1}
    }  # fmt: skip
    assert comparison.as_data(None) == {
        "figures": None,
        "atoms": {},
        "statements": {
            "total": 0, "verified": 0, "in_part": 0, "at_odds": 0, "not_compared": {}
        },
    }  # fmt: skip


def test_a_problem_shows_the_words_of_both() -> None:
    document = attached(BRIEFING.replace("speaker: hagen", "speaker: mehta"))
    (problem, *_) = ledgers.check_ledger(document)
    report = Report((CheckedFile("a.yaml", (problem,)),))
    (written,) = json.loads(check_report.as_json(report))["problems"]
    assert (written["written"], written["rival"], written["passage"]) == (
        "Arjun Mehta", "Tor Hagen", "herald P3S2"
    )  # fmt: skip


def test_the_ledger_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Document] = []

    def compare(document: Document) -> list[Verdict]:
        calls.append(document)
        return []

    monkeypatch.setattr(ledgers, "_COMPARERS", (compare,))
    document = attached()
    assert (*ledgers.check_ledger(document), *ledgers.ledger(document)) == ()
    assert tally(document).statements.total() == 19
    assert len(calls) == 1


POINT = Point(text="12 ships", cite=(Citation(source="herald", at="P2S2"),))
WRITTEN = partial(Verdict, entry=POINT, keys=("text",), written="12")
FOUND = partial(WRITTEN, result="found")
ABSENT = partial(WRITTEN, result="absent")
OPEN = partial(WRITTEN, result="not compared", reason="no rule")


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([FOUND(kind="figure"), FOUND(kind="name")], ("verified", None)),
        ([FOUND(kind="figure"), OPEN(kind="name")], ("in part", None)),
        ([FOUND(kind="figure"), ABSENT(kind="name")], ("in part", None)),
        ([FOUND(kind="figure"), ABSENT(kind="name", code="E121")], ("at odds", None)),
        ([FOUND(kind="figure"), ABSENT(kind="relevance", code="W211")], ("at odds", None)),
        ([FOUND(kind="figure"), FOUND(kind="copy", code="E123")], ("verified", None)),
        ([OPEN(kind="name")], ("not compared", "no rule")),
        ([ABSENT(kind="name"), OPEN(kind="figure")], ("at odds", None)),
        ([FOUND(kind="relevance")], ("not compared", "no rule")),
        ([], ("not compared", "no rule")),
    ],
)  # fmt: skip
def test_how_a_statement_comes_out(verdicts: list[Verdict], expected: object) -> None:
    assert statement_result(attached(), POINT, verdicts) == expected


def test_a_judgement_or_what_cites_no_text_is_never_verified() -> None:
    verdicts = [FOUND(kind="figure")]
    judgement = msgspec.structs.replace(POINT, basis="judgement")
    elsewhere = msgspec.structs.replace(POINT, cite=(Citation(source="minutes"),))
    assert statement_result(attached(), judgement, verdicts) == ("not compared", "own words")
    assert statement_result(attached(), elsewhere, []) == ("not compared", "no text")
