"""Relations between events: what an event is part of, because of, contradicts and resolves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefing_tui.briefing.check import check
from briefing_tui.briefing.load import load_path
from briefing_tui.output.plain_text import render
from briefing_tui.query.parser import parse
from briefing_tui.views.actors import actors
from briefing_tui.views.evidence import evidence
from briefing_tui.views.focus_filter import narrow_to
from briefing_tui.views.query_facts import matching_facts
from briefing_tui.views.rows import Row, plain
from briefing_tui.views.scene import Scene, scene_of, scene_on
from briefing_tui.views.spoken_rows import spoken_evidence, spoken_row
from briefing_tui.views.timeline import timeline
from tests import briefings
from tests.sessions import session_of


@pytest.fixture
def merger(data: Path) -> Scene:
    return scene_of(load_path(data / "merger.yaml"))


def row(scene: Scene, name: str) -> Row:
    return next(row for row in timeline(scene).rows if row.key == f"timeline/{name}")


def lines(scene: Scene, name: str) -> list[str]:
    return [plain(line.body) for line in evidence(scene, row(scene, name)).rows]


def event(name: str, fields: str = "") -> str:
    return (
        f"{{id: {name}, headline: The {name}, type: other, date: 2020-11, cite: [gazette]{fields}}}"
    )


@pytest.mark.parametrize(
    ("name", "related", "line"),
    [
        ("offer", "refusal", "Its parts: The board refuses the merger, 20 Apr 2033"),
        ("offer", "sale", "Contradicted by: South Line is sold to strangers, 2 Jan 2032"),
        ("sale", "offer", "Contradicts: North Line offers for South Line, 10 Jan 2032"),
        ("refusal", "offer", "Part of: North Line offers for South Line, 10 Jan 2032"),
        ("refusal", "end", "Led to: The merger is called off, 1 May 2033"),
        ("end", "refusal", "Because of: The board refuses the merger, 20 Apr 2033"),
    ],
)
def test_a_relation_is_followed_and_named_from_both_sides(
    merger: Scene, name: str, related: str, line: str
) -> None:
    assert f"timeline/{related}" in [link.key for link in row(merger, name).links]
    assert line in lines(merger, name)
    assert line in " ".join(render(merger, ("timeline",), 200).split("\n"))


def test_an_outcome_and_its_plan_lead_to_each_other() -> None:
    plan, outcome = event("plan", ", status: planned"), event("end", ", resolves: [plan]")
    scene = briefings.scene(briefings.text(timeline=f"[{plan}, {outcome}]"))
    assert [link.key for link in row(scene, "plan").links] == ["timeline/end"]
    assert [link.key for link in row(scene, "end").links] == ["timeline/plan"]
    assert "Outcome: The end, Nov 2020, on time" in lines(scene, "plan")
    assert "Outcome of: The plan, Nov 2020, on time" in lines(scene, "end")


def test_a_relation_to_what_is_not_known_yet_is_not_shown(merger: Scene) -> None:
    scene = scene_on(merger, date(2032, 2, 1))
    assert [link.key for link in row(scene, "offer").links if "timeline" in link.key] == [
        "timeline/sale"
    ]
    assert not any(line.startswith("Its parts") for line in lines(scene, "offer"))


def test_the_focus_hides_no_relation_of_the_evidence(merger: Scene) -> None:
    scene = narrow_to(merger, ["actors/board"])
    assert "Led to: The merger is called off, 1 May 2033" in lines(scene, "refusal")


def test_who_says_so_and_where_it_was(merger: Scene) -> None:
    assert "Place: Vestray" in lines(merger, "offer")
    assert "agreement · from another source · according to North Line" in lines(merger, "offer")
    assert "South Line, according to North Line" in spoken_row(row(merger, "offer"))
    spoken = map(spoken_evidence, evidence(merger, row(merger, "offer")).rows)
    assert "Place: Vestray." in list(spoken)


@pytest.mark.parametrize("query", ["vestray type:agreement", "actor:holm", '"according to inge"'])
def test_a_query_finds_place_and_speaker(query: str) -> None:
    said = event("offer", ", type: agreement, place: Vestray, by: holm").replace(
        "type: other, ", ""
    )
    scene = briefings.scene(briefings.text(timeline=f"[{said}, {event('storm')}]"))
    events = [fact.key for fact in matching_facts(scene, parse(query)) if fact.pane == "timeline"]
    assert events == ["timeline/offer"]


def test_a_speaker_is_involved(merger: Scene) -> None:
    said = event("storm", ", by: holm")
    scene = narrow_to(briefings.scene(briefings.text(timeline=f"[{said}]")), ["actors/holm"])
    assert [entry.id for entry in scene.briefing.timeline] == ["storm"]
    text = render(scene, ("actors",))
    assert "said: The storm" in text
    assert "1 said" in text


@pytest.mark.parametrize(
    ("fields", "other"),
    [
        ("part_of: [§one]", ""),
        ("because_of: [§one]", ""),
        ("contradicts: [§one]", ""),
        ("part_of: [two]", "part_of: [§one]"),
        ("because_of: [two]", "because_of: [§one]"),
    ],
)
def test_e107_related_to_itself(fields: str, other: str) -> None:
    first, second = event("one", f", {fields}"), event("two", f", {other}" if other else "")
    text, places = briefings.unmarked(briefings.text(timeline=f"[{first}, {second}]"))
    problems = briefings.errors(text)
    assert briefings.codes(problems) == ["E107"]
    assert briefings.at(problems) == places
    mended = text.replace("part_of: [one]", "").replace("because_of: [one]", "")
    mended = mended.replace("contradicts: [one]", "")
    assert briefings.errors(mended) == []


def test_a_diamond_is_no_circle() -> None:
    events = [
        event("one", ", part_of: [two, three], because_of: [two]"),
        event("two", ", part_of: [four]"),
        event("three", ", part_of: [four]"),
        event("four", ", because_of: [one]"),
    ]
    assert briefings.errors(briefings.text(timeline=f"[{', '.join(events)}]")) == []


def test_w213_before_its_cause() -> None:
    def codes(cause: str) -> list[str]:
        effect = event("one", ", because_of: [two]")
        two = event("two").replace("2020-11", cause)
        return briefings.codes(
            check(briefings.loaded(briefings.text(timeline=f"[{effect}, {two}]")))
        )

    assert "W213" in codes("2020-12-01")
    assert "W213" not in codes("2020-11-30")
    assert "W213" not in codes("2020-12-01~")
    assert "W213" not in codes("2021-06-14, status: planned")


def test_an_actor_shows_and_opens_its_wikidata_item(data: Path) -> None:
    reader = session_of(load_path(data / "merger.yaml"))
    reader.go_to("actors/north")
    assert reader.row is not None
    lines = [plain(line.body) for line in evidence(reader.scene, reader.row).rows]
    assert "Wikidata Q1065" in lines
    assert ("Wikidata", "https://www.wikidata.org/wiki/Q1065") in list(reader.pages_of_row())
    reader.go_to("actors/south")
    assert list(reader.pages_of_row()) == []


def test_a_query_finds_an_actor_by_its_wikidata_id(merger: Scene) -> None:
    keys = {fact.key for fact in matching_facts(merger, parse("actor:Q1065"))}
    assert {"actors/north", "timeline/offer"} <= keys
    assert "timeline/refusal" not in keys


def test_only_who_says_so_has_said_it() -> None:
    call = (
        "{id: call, headline: A call, type: statement, date: 2020, by: holm, actors: [holm, ida]}"
    )
    people = f"{{holm: {briefings.HOLM}, ida: {{name: Ida, kind: person, cite: [board]}}}}"
    shown = actors(scene_of(briefings.loaded(briefings.text(actors=people, timeline=f"[{call}]"))))
    acts = [plain(row.body) for row in shown.rows if plain(row.body).endswith("A call")]
    assert acts == ["said: A call", "named: A call"]
