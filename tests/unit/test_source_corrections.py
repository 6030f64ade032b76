"""Sources that correct or retract others: on every statement that cites those, from that day on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefing_tui.briefing.check import check
from briefing_tui.briefing.load import load_path
from briefing_tui.output.plain_text import render
from briefing_tui.query.parser import parse
from briefing_tui.views.copy_text import citation
from briefing_tui.views.evidence import evidence
from briefing_tui.views.query_facts import matching_facts
from briefing_tui.views.rows import Row, plain, row_text
from briefing_tui.views.scene import Scene, scene_of, scene_on
from briefing_tui.views.source_page import source_line, source_page
from briefing_tui.views.spoken_rows import spoken_evidence, spoken_row
from briefing_tui.views.timeline import timeline
from tests import briefings


@pytest.fixture
def merger(data: Path) -> Scene:
    return scene_of(load_path(data / "merger.yaml"))


BEFORE, ON = date(2032, 1, 10), date(2032, 1, 11)
"""The day before a source corrects the first one, and the day on which it does."""


def row(scene: Scene, name: str) -> Row:
    return next(row for row in timeline(scene).rows if row.key == f"timeline/{name}")


def source(fields: str) -> str:
    record = "kind: official, title: On the light, publisher: Coast Office, reliability: A"
    return f"{{{record}, {fields}}}"


def with_sources(fields: str, **sections: str) -> str:
    sources = f"{{gazette: {briefings.GAZETTE}, board: {briefings.BOARD}, coast: {source(fields)}}}"
    return briefings.text(sources=sources, **sections)


def test_a_statement_says_that_its_source_was_corrected(merger: Scene) -> None:
    cited = [plain(line.body) for line in evidence(merger, row(merger, "offer")).rows]
    notice = "⚠ corrected by Vestray Post, 11 Jan 2032"
    assert f"Vestray Post · 10 Jan 2032 · {notice} · A merger" in cited
    assert "⚠ source corrected" in row_text(row(merger, "offer"))
    assert "⚠" not in row_text(row(merger, "end"))
    assert "corrected by Vestray Post, 11 Jan 2032" in citation(merger, row(merger, "offer"))


def test_it_is_read_out_as_words(merger: Scene) -> None:
    spoken = spoken_row(row(merger, "sale"))
    assert "sold to strangers, source retracted." in spoken
    lines = list(map(spoken_evidence, evidence(merger, row(merger, "sale")).rows))
    assert any(", retracted by Harbour talk, 3 January 2032," in line for line in lines)
    assert "⚠" not in spoken + "".join(lines)


def test_before_the_day_of_a_correction_there_is_no_sign_of_it(merger: Scene) -> None:
    before, on = scene_on(merger, BEFORE), scene_on(merger, ON)
    assert "corrected" not in render(before)
    assert "corrected" not in citation(before, row(before, "offer"))
    assert "source corrected" in render(on)
    assert ON in merger.steps


def test_a_correction_that_nothing_cites_has_its_day() -> None:
    scene = briefings.scene(with_sources("published: 2021-06-12, corrects: [gazette]"))
    assert date(2021, 6, 12) in scene.steps
    assert "W205" not in briefings.codes(scene.problems)
    unrelated = briefings.scene(with_sources("published: 2021-06-12"))
    assert date(2021, 6, 12) not in unrelated.steps
    assert "W205" in briefings.codes(unrelated.problems)


def test_the_page_of_a_source_links_both_ways(merger: Scene) -> None:
    def links(name: str) -> list[tuple[str, str]]:
        rows = source_page(merger, name).view.rows
        pairs = [(plain(row.lead), link.key) for row in rows for link in row.links]
        return [pair for pair in pairs if pair[1].startswith("sources/")]

    assert links("first") == [("corrected", "sources/note")]
    assert links("note") == [("corrects", "sources/first")]
    assert links("rumour") == [("retracted", "sources/regret")]
    assert links("regret") == [("retracts", "sources/rumour")]
    assert "⚠ retracted by Harbour talk" in plain(source_line(merger, "rumour"))


def test_the_list_of_sources_names_both_ways(merger: Scene) -> None:
    text = render(merger, ("sources",))
    assert "corrected   ⚠ by Vestray Post, 11 Jan 2032" in text
    assert "retracts    Harbour talk, 2 Jan 2032" in text


def test_an_update_is_shown_from_its_day_on(merger: Scene) -> None:
    assert "updated     2 May 2033" in render(merger, ("sources",))
    cited = [plain(line.body) for line in evidence(merger, row(merger, "end")).rows]
    assert "Vestray Post · 1 May 2033, updated 2 May 2033" in cited
    assert "updated" not in render(scene_on(merger, date(2033, 5, 1)))


def test_a_query_finds_what_rests_on_them(merger: Scene) -> None:
    def events(query: str) -> list[str]:
        facts = matching_facts(merger, parse(query))
        return [fact.key for fact in facts if fact.pane == "timeline"]

    assert events("is:retracted") == ["timeline/sale"]
    assert events("is:corrected") == ["timeline/offer"]


@pytest.mark.parametrize(
    "fields",
    [
        "published: 2021-06-12, updated: §2021-06-11",
        "published: 2021-06-12, corrects: [§coast]",
        "published: 2021-06-12, retracts: [board, §coast]",
    ],
)
def test_e110_of_corrections(fields: str) -> None:
    text, places = briefings.unmarked(with_sources(fields))
    problems = briefings.errors(text)
    assert briefings.codes(problems) == ["E110"]
    assert briefings.at(problems) == places
    mended = text.replace("2021-06-11", "2021-06-12").replace("coast]", "gazette]")
    assert briefings.errors(mended) == []


@pytest.mark.parametrize(
    ("fields", "other", "expected"),
    [
        ("cite: [board]", "", True),
        ("cite: [board, gazette]", "", False),
        ("status: disputed, cite: [board]", "", False),
        ("contradicts: [calm], cite: [board]", "", False),
        ("cite: [board]", ", contradicts: [storm]", False),
        ("cite: [board], disputes: [{field: date, value: '2020', cite: [gazette]}]", "", False),
    ],
)
def test_w214_rests_on_retracted_sources_only(fields: str, other: str, *, expected: bool) -> None:
    head = "headline: The lantern is lost, type: other, date: 2020-11"
    events = (
        f"[{{id: storm, {head}, actors: [holm], {fields}}},"
        f" {{id: calm, {head}, cite: [gazette]{other}}}]"
    )
    retracted = with_sources("published: 2021-06-12, retracts: [board]", timeline=events)
    found = [p.location.path for p in check(briefings.loaded(retracted)) if p.code == "W214"]
    assert found == ([("timeline", 0, "cite")] if expected else [])
    later = retracted.replace("2021-06-12", "2021-06-16")
    assert "W214" not in briefings.codes(check(briefings.loaded(later)))
