"""What a commitment and its lists need together."""

from __future__ import annotations

import pytest

from briefing_tui.briefing.check import check
from briefing_tui.briefing.load import load

HEAD = """\
briefing: 1
title: A
as_of: 2020-06-01
about: a
sources: {a: {kind: blog, title: A, publisher: B, published: 2020-06-01, reliability: C}}
actors: {yard: {name: Yard, kind: company, cite: [a]}}
timeline: [{id: e, headline: E, type: other, date: 2020, actors: [yard], cite: [a]}]
commitments:
"""


OUTCOME = "{date: 2020, cite: [a]}"


def deal(fields: str) -> str:
    return f"  x: {{name: X, supplier: FRA, recipient: NOR, {fields}}}"


def value(fields: str) -> str:
    return deal(f"values: [{{{fields}, cite: [a]}}]")


def milestone(fields: str) -> str:
    return deal(f"milestones: [{{id: m, label: M, {fields}}}]")


def problems(written: str) -> list[str]:
    return [f"{one.code} {one.message}" for one in check(load((HEAD + written).encode(), "a.yaml"))]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("  x: {name: X, supplier: FRA}", "E102 'recipient' is missing"),
        ("  x: {name: X, parties: {supplier: [yrad]}}", "E104 unknown actor 'yrad'"),
        ("  x: {name: X, parties: {supplier: [FRX]}}", "E102 unknown country 'FRX'"),
        ("  x: {name: X, parties: {supplier: [e]}}", "E104 'e' is an event"),
        (value("amount: 1, stated: one"), "E102 'currency' is missing, or 'unit'"),
        (
            value("amount: 1, currency: NOK, unit: share, stated: one"),
            "E102 an amount is in a 'currency' or a 'unit', not both",
        ),
        (
            value("amount: 4000000/7000000, currency: NOK, stated: 4 to 6 million"),
            "E109 amount is 7,000,000, but",
        ),
        (deal("payments: [{stated: one, cite: [a]}]"), "E102 'date' is missing, or 'due'"),
        (
            milestone(f"met: {OUTCOME}, missed: {OUTCOME}"),
            "E102 a milestone is 'met' or 'missed', not both",
        ),
        (
            milestone("replaced: {date: 2020, by: n, cite: [a]}"),
            "E104 no other milestone here has the id 'n'",
        ),
        (
            milestone("dropped: {date: 2020, by: m, cite: [a]}"),
            "E102 'by' names what replaces a milestone",
        ),
        (
            deal("measures: [{date: 2020, name: Act, by: yrad, status: imposed, cite: [a]}]"),
            "E104 unknown actor 'yrad'",
        ),
    ],
)  # fmt: skip
def test_what_is_missing_or_contradicts(written: str, problem: str) -> None:
    (found, *_) = problems(written)
    assert found.startswith(problem)


@pytest.mark.parametrize(
    "written",
    [
        "  x: {name: X, parties: {supplier: [yard, FRA], recipient: [unknown]}}",
        "  x: {kind: promise, name: X}",
        value("amount: 2.2~, unit: percent, of: votes, stated: 2.2 per cent"),
        deal("payments: [{due: 2021, stated: one, cite: [a]}]"),
    ],
)  # fmt: skip
def test_what_is_sound(written: str) -> None:
    assert problems(written) == []
