"""What an entry rests on: whose voice, how good, known since when."""

from __future__ import annotations

import pytest

from briefing_tui.briefing.model import Briefing, Citation, Evidenced, Point
from briefing_tui.briefing.provenance import (
    format_citation,
    grade,
    has_voice,
    known_since,
    passage_label,
    sources,
    voice,
)
from briefing_tui.briefing.traversal import walk_entries, walk_evidenced
from tests.briefings import BOARD, GAZETTE, loaded, text

SOURCES = (
    f"{{gazette: {GAZETTE}, board: {BOARD}, "
    "later: {kind: blog, title: A, publisher: B, published: 2021-07, reliability: E}, "
    "older: {kind: wire, title: A, publisher: B, published: ../2020-05, reliability: B}}"
)


def point(fields: str) -> tuple[Point, Briefing]:
    """A point with these fields, and its briefing, which is about ``gazette``."""
    written = text(sources=SOURCES, key_points=f"[{{text: A light, {fields}}}]")
    briefing = loaded(written).briefing
    return briefing.key_points[0], briefing


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("cite: [gazette]", "stated"),
        ("cite: [gazette P1S1]", "stated"),
        ("cite: [board, gazette]", "stated"),
        ("cite: [board]", "external"),
        ("cite: [nobody]", "external"),
        ("cite: []", "external"),
        ("basis: stated, cite: [board]", "stated"),
        ("basis: inferred, cite: [gazette]", "inferred"),
        ("basis: external, cite: [gazette]", "external"),
        ("basis: judgement, cite: [gazette]", "judgement"),
    ],
)
def test_voice(fields: str, expected: str) -> None:
    entry, briefing = point(fields)
    assert voice(entry, briefing.about) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("cite: []", False),
        ("hedge: perhaps, credibility: 2", False),
        ("cite: [nobody]", True),
        ("basis: judgement, confidence: low", True),
    ],
)
def test_a_bare_statement_has_no_voice(fields: str, expected: bool) -> None:
    assert has_voice(point(fields)[0]) is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("cite: [gazette]", "C"),
        ("cite: [gazette P1S1], credibility: 2", "C2"),
        ("cite: [board, gazette]", "C"),
        ("cite: [later, board]", "A–E"),
        ("cite: [later, board, older], credibility: 2", "A–E2"),
        ("cite: [board, gazette, later]", "C"),
        ("cite: [later]", "E"),
        ("basis: external, cite: [gazette, later]", "E"),
        ("basis: external, cite: [gazette], credibility: 6", "C6"),
        ("basis: stated, cite: [later]", "E"),
        ("basis: inferred, cite: [gazette, board]", "C"),
        ("cite: [nobody, later]", "E"),
        ("cite: [nobody]", ""),
        ("cite: [], credibility: 3", "3"),
        ("cite: []", ""),
    ],
)
def test_grade(fields: str, expected: str) -> None:
    assert grade(*point(fields)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("cite: [gazette]", "2021-06-15"),
        ("cite: [gazette, board]", "2021-06-10"),
        ("cite: [later, gazette]", "2021-06-15"),
        ("cite: [board, older]", "../2020-05"),
        ("cite: [nobody, board]", "2021-06-10"),
        ("cite: [board], known: 2021-08", "2021-08"),
        ("cite: [], known: 2019", "2019"),
        ("cite: [nobody]", "None"),
        ("cite: []", "None"),
    ],
)
def test_known_since(fields: str, expected: str) -> None:
    assert str(known_since(*point(fields))) == expected


def test_sources_are_those_of_the_file_in_the_order_cited() -> None:
    found = sources(*point("cite: [later, nobody, board, later]"))
    assert [source.kind for source in found] == ["blog", "official", "blog"]


@pytest.mark.parametrize(
    ("passage", "expected"), [("P4S3", "¶4 s3"), ("P1S1", "¶1 s1"), ("P12S10", "¶12 s10")]
)
def test_address(passage: str, expected: str) -> None:
    assert passage_label(passage) == expected


def test_short_form() -> None:
    assert format_citation(Citation(source="gazette")) == "gazette"
    assert format_citation(Citation(source="gazette", at="P1S2", quote="soon")) == "gazette P1S2"


def test_parts_are_everything_and_entries_what_has_evidence() -> None:
    whole = loaded(text(key_points="[{text: A, cite: [board]}]")).briefing
    names = [type(part).__name__ for part in walk_entries(whole)]
    assert names[0] == "Briefing"
    assert {"Point", "Citation", "Source", "Published", "SourceText", "Passage"} < {*names}
    evidenced = [*walk_evidenced(whole)]
    assert all(isinstance(entry, Evidenced) for entry in evidenced)
    assert [type(entry).__name__ for entry in evidenced] == [
        "Point",
        "Actor",
        "Event",
        "Commitment",
    ]
    assert [*walk_entries("text"), *walk_entries(None), *walk_entries(())] == []
