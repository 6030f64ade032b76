"""What was known, promised and done when, what is said twice, and sums beside each other."""

from __future__ import annotations

import pytest

from briefing_tui.briefing.check import check
from briefing_tui.briefing.load import load

BRIEFING = """briefing: 1
title: The weir
as_of: 2026-01-01
about: post
key_points: [{point}]
sources:
  post: {{kind: news_article, title: A, publisher: B, published: 2025-03-14, reliability: C}}
  wire: {{kind: wire, title: A, publisher: B, published: 2025-03-10, reliability: B{wire}}}
  copy: {{kind: wire, title: A, publisher: B, published: 2025-03-11, reliability: C{copy}}}
actors:
  ann: {{name: Ann, kind: person, cite: [post]}}
timeline:
  - {{id: gate, headline: "The old gate gives way near Holm", type: other, {gate}}}
  - {{id: other, headline: {other}}}
deals:
  weir: {{designation: Weir, supplier: NOR, recipient: FRO{deal}}}
"""
PARTS = {
    "point": "{text: A weir., cite: [post, wire, copy]}",
    "wire": "",
    "copy": "",
    "gate": "date: 2025-03-09, actors: [ann], cite: [post]",
    "other": "Rain, type: other, date: 2025-03-01, cite: [post]",
    "deal": "",
}
CODES = {f"W{number}" for number in range(220, 228)}


def found(**parts: str) -> list[str]:
    filled = BRIEFING.format(**{**PARTS, **parts})
    problems = check(load(filled.encode(), "test.yaml"))
    return [f"{problem.code} {problem.message}" for problem in problems if problem.code in CODES]


def milestone(fields: str) -> str:
    return f", milestones: [{{id: open, label: Open, {fields}}}]"


def promised(said: str, due: str) -> str:
    return f"{{said: {said}, by: ann, due: {due}, cite: [post]}}"


def stages(*items: str) -> str:
    steps = ", ".join(
        f"{{stage: {name}, date: {date}, cite: [post]}}"
        for name, date in (item.split() for item in items)
    )
    return f", stages: [{steps}]"


def test_a_sound_file_has_no_message() -> None:
    assert found() == []


# Each case: what is wrong, what is right, and the message for what is wrong.
CASES: dict[str, tuple[dict[str, str], dict[str, str], str]] = {
    "a source that derives from itself": (
        {"wire": ", derives_from: [wire]"},
        {"copy": ", derives_from: [wire]"},
        "W220 'wire' derives from itself; name the source",
    ),
    "two sources that derive from each other": (
        {"copy": ", derives_from: [post]", "wire": ", derives_from: [post]"},
        {"copy": ", derives_from: [wire]"},
        "W220 published 2025-03-10, before 'post' (2025-03-14)",
    ),
    "known before it happened": (
        {"gate": "date: 2025-03-09, known: 2025-02-01, cite: [post]"},
        {"gate": "date: 2025-03-09, known: 2025-03-09, cite: [post]"},
        "W221 'known' is 2025-02-01, before 2025-03-09",
    ),
    "a point known before its sources": (
        {"point": "{text: A weir., known: 2025-01-05, cite: [post, wire, copy]}"},
        {"point": "{text: A, known: 2025-01-05, note: Announced., cite: [post, wire, copy]}"},
        "W221 'known' is 2025-01-05, but its first source is of 2025-03-10",
    ),
    "a promise for a day that was over": (
        {"deal": milestone(f"forecasts: [{promised('2025-03-01', '2024-06')}]")},
        {"deal": milestone(f"forecasts: [{promised('2025-03-01', '2025-06')}]")},
        "W222 due 2024-06, before it was said (2025-03-01)",
    ),
    "a promise after it was met": (
        {
            "deal": milestone(
                f"forecasts: [{promised('2024-01-01', '2024-06')},"
                f" {promised('2025-03-01', '2025-06')}], met: {{date: 2024-07, cite: [post]}}"
            )
        },
        {
            "deal": milestone(
                f"forecasts: [{promised('2024-01-01', '2024-06')}],"
                " met: {date: 2024-07, cite: [post]}"
            )
        },
        "W222 promised 2025-03-01, after it was met (2024-07)",
    ),
    "progress that falls": (
        {
            "deal": milestone(
                "progress: [{date: 2024-01, number: 3, cite: [post]},"
                " {date: 2024-05, number: 2, cite: [post]}]"
            )
        },
        {
            "deal": milestone(
                "progress: [{date: 2024-05, number: 3, cite: [post]},"
                " {date: 2024-01, number: 2, cite: [post]}]"
            )
        },
        "W223 2 by 2024-05, fewer than the 3 by 2024-01",
    ),
    "progress beyond its goal": (
        {"deal": milestone("number: 2, progress: [{date: 2024-01, number: 3, cite: [post]}]")},
        {"deal": milestone("number: 3, progress: [{date: 2024-01, number: 3, cite: [post]}]")},
        "W223 3 is more than the 2 that complete the milestone",
    ),
    "delivery before the contract": (
        {"deal": stages("in_delivery 2023-01", "contracted 2024-01")},
        {"deal": stages("contracted 2023-01", "in_delivery 2024-01", "contracted 2025-01")},
        "W224 'in_delivery' 2023-01 is before 'contracted' 2024-01",
    ),
    "payment before the contract": (
        {
            "deal": stages("contracted 2024-01")
            + ', payments: [{date: 2023-05, stated: "$5 million", cite: [post]}]'
        },
        {
            "deal": stages("contracted 2024-01")
            + ', payments: [{date: 2024-01, stated: "$5 million", cite: [post]}]'
        },
        "W224 paid 2023-05, before the order of 2024-01",
    ),
    "one event twice": (
        {"other": "The old gate near Holm gives way, type: other, date: 2025-03-10, cite: [wire]"},
        {"other": "The new gate near Tofte gives way, type: other, date: 2025-03-10, cite: [wire]"},
        "W225 has the words of 'gate' (2025-03-09)",
    ),
    "a rival that is the same": (
        {"gate": PARTS["gate"] + ", disputes: [{field: date, value: 2025-03-09, cite: [wire]}]"},
        {"gate": PARTS["gate"] + ", disputes: [{field: date, value: 2025-03-08, cite: [wire]}]"},
        "W226 the rival value '2025-03-09' is that of 'date' itself",
    ),
    "another currency than that of the words": (
        {"deal": ", values: [{amount: 5, currency: INR, stated: 5 US$, cite: [post]}]"},
        {"deal": ", values: [{amount: 5, currency: CAD, stated: $5, cite: [post]}]"},
        "W227 '5 US$' is not in INR",
    ),
    "two sums with the same digits": (
        {"point": "{text: 'It cost $54 million, not $5.4 million.', cite: [post, wire, copy]}"},
        {"point": "{text: 'It cost $54 million. Paid were $50 million, or €5.4 million.',"
                  " cite: [post, wire, copy]}"},
        "W227 '$54 million' and '$5.4 million' differ in their power of ten alone",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_history(case: str) -> None:
    wrong, right, message = CASES[case]
    assert [item for item in found(**wrong) if item.startswith(message)], found(**wrong)
    assert found(**right) == []


def test_sources_that_derive_from_each_other_in_a_circle() -> None:
    messages = found(wire=", derives_from: [copy]", copy=", derives_from: [wire]")
    assert any("derives from itself through" in message for message in messages)


@pytest.mark.parametrize(
    "other",
    [
        "The old gate near Holm gives way, type: visit, date: 2025-03-09, cite: [wire]",
        "The old gate near Holm gives way, type: other, date: 2025-03-29, cite: [wire]",
        "The old gate near Holm gives way, type: other, date: 2025, cite: [wire]",
        "The second old gate near Holm gives way, type: other, date: 2025-03-09, cite: [wire]",
        "The old gate near Tofte gives way, type: other, date: 2025-03-09, cite: [wire]",
        "The old gate near Holm gives way, type: other, date: 2025-03-09, part_of: [gate],"
        " cite: [wire]",
        "The old gate near Holm gives way, type: other, date: '2025-03-09T10:00',"
        " contradicts: [gate], cite: [wire]",
    ],
)
def test_events_that_only_look_alike(other: str) -> None:
    assert found(other=other) == []


def test_about_a_date_leaves_room() -> None:
    assert found(deal=stages("in_delivery 2023-12", "contracted 2024-01~")) == []
    promise = promised("2024-01", "2023-12~")
    assert found(deal=milestone(f"forecasts: [{promise}]")) == []
