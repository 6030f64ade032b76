"""Dossiers: what several briefings tell of one actor or deal."""

from __future__ import annotations

import datetime
import random
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_tui.briefing.check import check
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load
from briefing_tui.briefing.model import Briefing, Commitment, Event, Milestone
from briefing_tui.cli import cli
from briefing_tui.library.dossier.builder import dossier
from briefing_tui.library.dossier.newest_briefings import DossierScope, newest
from briefing_tui.library.entity_resolution import named
from briefing_tui.output.plain_text import render
from briefing_tui.storage.document_cache import decode, encode
from briefing_tui.views.evidence import evidence
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.rows import Row, TypeSign, plain, row_text
from briefing_tui.views.scene import Scene, scene_of, scene_on
from tests.profiles import examples
from tests.subjects import subjects_of

HEAD = """\
briefing: 1
title: {title}
as_of: "{as_of}"
about: article
sources:
  article: {{kind: news_article, title: {title}, publisher: Sund Post, published: "{as_of}",
    reliability: F}}
  wire: {{kind: wire, title: Wire to {title}, publisher: Skerry Wire, published: "{as_of}",
    reliability: B}}
"""
FIRST = """\
key_points:
  - {text: The ferry is promised for 2021., about: [ferry, falk], cite: [article]}
actors:
  falk: {name: Ragna Falk, kind: person, role: Harbour master, country: NOR, cite: [article]}
  yard: {name: Sund Yard, kind: organisation, country: NOR, aka: [the yard], cite: [wire]}
timeline:
  - {id: talks, headline: Falk meets the yard, type: meeting, date: "2020-01-10",
     actors: [falk, yard], deals: [ferry], cite: [article]}
  - {id: launch, headline: The ferry is launched, type: delivery, date: "2021-06",
     status: planned, actors: [yard, falk], deals: [ferry], cite: [wire]}
  - {id: storm, headline: A storm closes the harbour, type: other, date: "2020-01-12",
     actors: [falk], cite: [article]}
deals:
  ferry:
    designation: Ferry Ternen
    supplier: NOR
    recipient: FRO
    order: {number: 2, unit: ferry, date: "2019-12", cite: [wire]}
    stages: [{stage: contracted, date: "2019-12", cite: [wire]}]
    milestones:
      - {id: first, label: First ferry, forecasts: [
          {said: "2020-01-10", by: falk, due: "2021-06", cite: [article]}]}
    statements:
      - {date: "2020-01-10", speaker: falk, text: It will be on time., cite: [article]}
"""
SECOND = """\
key_points:
  - {text: The ferry is promised for 2021., about: [ferry], cite: [wire]}
actors:
  master: {name: R. Falk, kind: person, role: Harbour master, country: NOR,
    same_as: [falk], cite: [wire]}
  sund-yard: {name: The Yard, kind: organisation, country: NOR, cite: [wire]}
timeline:
  - {id: meeting, headline: Falk meets the Yard, type: meeting, date: "2020-01-10",
     actors: [master, sund-yard], deals: [ferry], cite: [wire]}
  - {id: storm, headline: A storm closes the harbour, type: other, date: "2020-01-13",
     actors: [master], cite: [wire]}
deals:
  ferry:
    designation: Ferry Ternen
    supplier: NOR
    recipient: FRO
    order: {number: 3, unit: ferry, date: "2019-12", cite: [wire]}
    milestones:
      - {id: first-ferry, label: First ferry, forecasts: [
          {said: "2020-01-10", by: master, due: "2021-09", cite: [wire]}]}
"""
THIRD = """\
actors:
  falk: {name: Ragna Falk, kind: person, role: Minister, country: NOR, cite: [article]}
timeline:
  - {id: launched, headline: The ferry is launched, type: delivery, date: "2021-06-20",
     actors: [falk], deals: [ferry], cite: [article]}
deals:
  ferry:
    designation: Ferry Ternen
    supplier: NOR
    recipient: FRO
    milestones:
      - id: first
        label: First ferry
        forecasts: [{said: "2021-05-02", by: falk, due: "2021-06-20", cite: [article]}]
        met: {date: "2021-06-20", cite: [article]}
"""
FOURTH = """\
actors:
  falk: {name: Otto Brandt, kind: person, country: DEU, cite: [article]}
timeline:
  - {id: talks, headline: Brandt opens a museum, type: other, date: "2020-01-10", actors: [falk],
     cite: [article]}
"""
TEXTS = {
    "first.yaml": HEAD.format(title="Ferry talks", as_of="2020-01-15") + FIRST,
    "second.yaml": HEAD.format(title="Yard report", as_of="2020-02-01") + SECOND,
    "third.yaml": HEAD.format(title="Launch day", as_of="2021-06-21") + THIRD,
    "fourth.yaml": HEAD.format(title="A museum", as_of="2020-03-01") + FOURTH,
}


@cache
def briefings() -> dict[str, Briefing]:
    documents = {name: load(text.encode(), name) for name, text in TEXTS.items()}
    for document in documents.values():
        assert not [one for one in check(document) if one.is_error and one.code != "E107"], (
            document.name
        )
    return {name: one.briefing for name, one in documents.items()}


class Dossier(NamedTuple):
    scope: DossierScope
    document: Document


def made(query: str, library: dict[str, Briefing] | None = None) -> Dossier:
    known = library or briefings()
    found, _ = subjects_of(known)
    (subject,) = named(found, query)
    scope = DossierScope(subject)
    return Dossier(scope, dossier(scope, lambda file, _: known.get(file)))


def on(day: str, query: str = "Ragna Falk") -> Scene:
    return scene_of(made(query).document, datetime.date.fromisoformat(day))


def rows(scene: Scene, pane: str) -> list[Row]:
    view = next(spec.view for spec in PANES if spec.name == pane)
    return list(view(scene).rows)


def headlines(scene: Scene) -> list[str]:
    return [row_text(row) for row in rows(scene, "timeline") if isinstance(row.entry, Event)]


def event(scene: Scene, headline: str) -> Event:
    (found,) = (one for one in scene.briefing.timeline if one.headline == headline)
    return found


def ferry(scene: Scene) -> Commitment:
    (found,) = scene.briefing.commitments.values()
    return found


def first_ferry(scene: Scene) -> Milestone:
    (found,) = ferry(scene).milestones
    return found


LATEST = "2021-12-31"


def test_whoever_only_shares_the_id_is_left_out() -> None:
    found = made("Ragna Falk")
    assert found.scope.subject.files == ("first.yaml", "second.yaml", "third.yaml")
    assert "museum" not in render(scene_of(found.document))
    _, conflicts = subjects_of(briefings())
    assert [one.id for one in conflicts] == ["falk"]


def test_what_two_briefings_report_is_one_entry_with_both_sources() -> None:
    talks = event(on(LATEST), "Falk meets the yard")
    assert talks.cite[0].source != talks.cite[1].source
    document = on(LATEST).document
    assert talks.location
    assert [one.file for one in document.origins[talks.location.path]] == [
        "first.yaml",
        "second.yaml",
    ]
    assert [one.path for one in document.origins[talks.location.path]] == [("timeline", 0)] * 2
    sources = document.briefing.sources
    assert [sources[one.source].publisher for one in talks.cite] == ["Sund Post", "Skerry Wire"]


def talks_from(first: str, second: str) -> Scene:
    """A dossier of the meeting, which each of two briefings cites from its wire."""
    heads = [HEAD.format(title=title, as_of="2020-02-01") for title in ("Ferry talks", "Report")]
    texts = {
        "first.yaml": heads[0] + FIRST.replace("deals: [ferry], cite: [article]", "cite: [wire]"),
        "second.yaml": heads[1] + SECOND,
    }
    for (name, text), record in zip(list(texts.items()), (first, second), strict=True):
        texts[name] = text.replace("    reliability: B}\n", f"    reliability: {record}\n")
    library = {name: load(text.encode(), name).briefing for name, text in texts.items()}
    return scene_of(made("Ragna Falk", library).document, datetime.date(2020, 2, 1))


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("B}", "B}", "2 sources"),
        # The same page, rated otherwise by another briefer.
        ("B, url: https://wire.example/1}", "C, url: https://wire.example/1}",
         "2 sources, 1 rests on the other"),
        # What one briefing knows of a page holds for the other, too.
        ("B, url: https://wire.example/1}",
         "B, url: https://wire.example/2, derives_from: [first]}\n"
         "  first: {kind: wire, title: T, publisher: P, published: '2020-02-01', reliability: B,"
         " url: https://wire.example/1}",
         "2 sources, 1 rests on the other"),
    ],
)  # fmt: skip
def test_one_page_is_one_source(first: str, second: str, count: str) -> None:
    scene = talks_from(first, second)
    row = next(one for one in rows(scene, "timeline") if "meets" in row_text(one))
    assert evidence(scene, row, brief=True).quantity == count


def test_the_evidence_names_the_briefings() -> None:
    scene = on(LATEST)
    row = next(one for one in rows(scene, "timeline") if "meets" in row_text(one))
    told = [plain(one.body) for one in evidence(scene, row).rows]
    assert "From “Ferry talks”; “Yard report”" in told


def test_rival_dates_stand_side_by_side() -> None:
    storm = event(on(LATEST), "A storm closes the harbour")
    assert storm.date.text == "2020-01-12"
    (dispute,) = storm.disputes
    assert (dispute.field, dispute.value, dispute.note) == (
        "date",
        "2020-01-13",
        "in “Yard report”",
    )


def test_a_rival_is_not_known_before_its_source() -> None:
    assert event(on("2020-01-20"), "A storm closes the harbour").disputes == ()
    assert event(on("2020-02-01"), "A storm closes the harbour").disputes


def test_a_plan_of_one_briefing_comes_about_in_another() -> None:
    texts = headlines(on(LATEST))
    assert any("launched · came about" in one for one in texts)
    assert len([one for one in texts if "launched" in one]) == 2
    before = headlines(on("2020-01-20"))
    assert len([one for one in before if "launched" in one]) == 1
    assert not any("came about" in one for one in before)


def test_all_promises_are_in_one_chart_and_contradictions_are_told() -> None:
    milestone = first_ferry(on(LATEST))
    assert sorted(one.due.text for one in milestone.forecasts) == [
        "2021-06",
        "2021-06-20",
        "2021-09",
    ]
    rivals = {one.due.text: [each.value for each in one.disputes] for one in milestone.forecasts}
    assert rivals == {"2021-06": ["2021-09"], "2021-09": ["2021-06"], "2021-06-20": []}
    assert milestone.met is not None
    charts = [row.chart for row in rows(on(LATEST), "deals") if row.chart]
    assert [len(one.promises) for one in charts] == [3]
    assert {one.by for one in milestone.forecasts} == {"falk"}


def test_a_promise_that_is_told_in_two_ways_has_not_moved() -> None:
    def told(day: str) -> list[str]:
        (row,) = (row for row in rows(on(day), "deals") if isinstance(row.entry, Milestone))
        return [plain(detail) for detail in row.details]

    assert told("2020-12-31") == ["promised Jun 2021 · not due yet"]
    assert told(LATEST)[0].startswith("promised Jun 2021 · now 20 Jun 2021 · met")
    assert told(LATEST)[1].endswith("moved once")


def test_orders_that_differ_stand_side_by_side() -> None:
    order = ferry(on(LATEST)).order
    assert order is not None
    assert order.number == 2
    assert [(one.field, one.value) for one in order.disputes] == [("number", "3")]


def test_roles_are_told_with_their_days() -> None:
    (falk,) = (one for one in on(LATEST).briefing.actors.values() if "Falk" in one.name)
    assert [(one.role, one.date.text) for one in falk.roles] == [
        ("Harbour master", "2020-01-15"),
        ("Minister", "2021-06-21"),
    ]
    (before,) = (one for one in on("2020-12-01").briefing.actors.values() if "Falk" in one.name)
    assert [one.role for one in before.roles] == ["Harbour master"]
    assert "Minister" not in render(on("2020-12-01"))


def test_a_statement_made_twice_is_one() -> None:
    points = on(LATEST, "ferry").briefing.key_points
    assert [point.text for point in points] == ["The ferry is promised for 2021."]
    assert len(points[0].cite) == 2
    assert set(points[0].about) == {"falk", "ferry"}


def test_an_article_is_graded_as_an_article() -> None:
    row = next(one for one in rows(on(LATEST), "timeline") if "storm" in row_text(one))
    assert plain(row.tail).strip() == "article F"


def test_stepping_through_a_dossier_is_stepping_through_a_briefing() -> None:
    scene = on(LATEST)
    assert [day.isoformat() for day in scene.steps] == ["2020-01-15", "2020-02-01", "2021-06-21"]
    assert len(scene_on(scene, scene.steps[0]).briefing.timeline) == 3


def test_every_key_of_a_dossier_is_unique() -> None:
    for spec in PANES:
        keys = [row.key for row in spec.view(on(LATEST)).rows]
        assert len(keys) == len(set(keys))


def test_a_deal_has_a_dossier_too() -> None:
    found = made("ferry")
    assert found.scope.subject.kind == "deal"
    assert len(found.document.briefing.timeline) == 3
    assert "Otto" not in render(scene_of(found.document))


@pytest.mark.parametrize("query", ["Ragna Falk", "ferry", "Sund Yard"])
def test_what_an_index_keeps_is_enough(query: str) -> None:
    packed = {name: encode(one) for name, one in briefings().items()}
    whole = made(query)
    again = dossier(whole.scope, lambda file, ids: decode(packed[file], ids))
    assert again.origins == whole.document.origins
    assert render(scene_of(again)) == render(scene_of(whole.document))


def test_a_briefing_that_is_gone_is_told() -> None:
    found, _ = subjects_of(briefings())
    (subject,) = named(found, "ferry")
    without = {name: one for name, one in briefings().items() if name != "second.yaml"}
    partial = dossier(DossierScope(subject), lambda file, _: without.get(file))
    assert partial.left_out == ("second.yaml: cannot be read",)
    nothing = dossier(DossierScope(subject), lambda *_: None)
    assert len(nothing.left_out) == 3
    assert "from 0 briefings" in render(scene_of(nothing))


def chosen(most: int) -> DossierScope:
    """The newest briefings that tell of Ragna Falk, by the days of all."""
    whole = made("Ragna Falk").scope.subject
    days = {name: one.as_of.text for name, one in briefings().items()}
    return newest(whole, lambda: days, most)


def test_past_a_limit_the_newest_briefings_are_brought_together_and_the_others_told() -> None:
    found = dossier(chosen(2), lambda file, _: briefings().get(file))
    assert chosen(2).subject.files == ("second.yaml", "third.yaml")
    assert found.briefing.title == "Ragna Falk: from the newest 2 of 3 briefings"
    told = render(scene_of(found))
    assert "NOT IN THIS DOSSIER" in told.upper()
    assert "1 older briefing, the newest as of 15 Jan 2020" in told
    origins = {one.file for some in found.origins.values() for one in some}
    assert origins == {"second.yaml", "third.yaml"}


def test_at_the_limit_nothing_is_left_out_and_no_day_is_asked_for() -> None:
    whole = made("Ragna Falk").scope.subject
    assert newest(whole, lambda: pytest.fail("days were asked for"), 3) == DossierScope(whole)
    assert "not in this dossier" not in render(scene_of(made("Ragna Falk").document)).lower()


def test_what_is_newest_goes_by_dates_not_by_their_letters() -> None:
    whole = made("Ragna Falk").scope.subject
    days = {"first.yaml": "2020", "second.yaml": "2020-03-01", "third.yaml": ""}
    assert newest(whole, lambda: days, 1).subject.files == ("second.yaml",)
    assert newest(whole, lambda: days, 2).until == "an unknown day"


def test_of_the_newest_one_may_be_gone() -> None:
    found = dossier(chosen(2), lambda file, _: None if file[0] == "t" else briefings()[file])
    assert found.briefing.title == "Ragna Falk: from the newest 1 of 3 briefings"
    assert "third.yaml: cannot be read" in render(scene_of(found))


@given(st.permutations(list(TEXTS)))
@settings(max_examples=examples(6))
def test_the_order_of_reading_does_not_matter(order: list[str]) -> None:
    known = {name: briefings()[name] for name in order}
    assert made("Ragna Falk", known) == made("Ragna Falk")


@given(st.integers(0, 10_000))
@settings(max_examples=examples(10), deadline=None)
def test_nothing_is_lost_when_briefings_overlap(seed: int) -> None:
    """However events are spread over briefings, every headline and every source is there."""
    pick = random.Random(seed)
    whole = briefings()["first.yaml"]
    library: dict[str, Briefing] = {}
    for number in range(3):
        events = tuple(one for one in whole.timeline if pick.random() < 0.7)
        library[f"{number}.yaml"] = msgspec.structs.replace(whole, timeline=events)
    found = made("Ragna Falk", library)
    told = {one.headline for each in library.values() for one in each.timeline}
    assert {one.headline for one in found.document.briefing.timeline} == told
    assert len(found.document.briefing.timeline) == len(told)
    assert len(found.document.briefing.sources) == 2


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "broken.yaml").write_text("briefing: 1\ntitle: [")
    return tmp_path


def run(library: Path, *arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli, ["dossier", "--library", str(library), *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_printed(library: Path) -> None:
    code, out, told = run(library, "Ragna Falk")
    assert code == 0
    assert out.startswith("Ragna Falk: from 3 briefings\nas of 21 Jun 2021\n")
    assert "BRIEFINGS (3 briefings)" in out
    assert str(library / "second.yaml") in out
    assert "'falk' is “Otto Brandt (DEU)”" in told


def test_printed_from_the_newest_or_from_all(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing_tui.library.dossier.newest_briefings.MOST", 2)
    code, out, told = run(library, "Ragna Falk")
    assert code == 0
    assert "from the newest 2 of 3 briefings" in out
    assert "BRIEFINGS (the newest 2 of 3 briefings)" in out
    assert str(library / "first.yaml") not in out
    assert "1 older briefing, the newest as of 15 Jan 2020: left out" in out
    assert "from the newest 2 of 3 briefings; --all reads all" in told
    code, out, told = run(library, "Ragna Falk", "--all")
    assert code == 0
    assert "BRIEFINGS (3 briefings)" in out
    assert "--all" not in told


def test_printed_as_of_a_day_and_by_pane(library: Path) -> None:
    code, out, _ = run(library, "ferry", "--as-of", "2020-01", "--pane", "timeline")
    assert code == 0
    assert "Launch day" not in out
    assert "SUMMARY" not in out
    assert "came about" not in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["falk"], "'falk' is ambiguous: "),
        (["ragna falc"], "did you mean"),
        (["ferry", "--pane", "ferries"], "unknown pane 'ferries'"),
        (["ferry", "--as-of", "soon"], "--as-of soon"),
        (["ferry", "--library", "no-such-place"], "no such file or directory"),
    ],
)
def test_mistakes_are_told(library: Path, arguments: list[str], message: str) -> None:
    code, out, told = run(library, *arguments)
    assert (code, out) == (2, "")
    assert message in told


def test_a_country_chooses(library: Path) -> None:
    code, out, _ = run(library, "falk", "--country", "deu")
    assert code == 0
    assert "museum" in out


def test_a_dossier_has_the_words_of_all_its_briefings() -> None:
    words = "words: {events: {gale: {label: gale, sign: ⌁}}}\n"
    second = TEXTS["second.yaml"].replace("type: other", "type: gale") + words
    library = {
        "first.yaml": load((TEXTS["first.yaml"] + "vocabularies: [space]\n").encode(), "").briefing,
        "second.yaml": load(second.encode(), "").briefing,
    }
    briefing = made("Ragna Falk", library).document.briefing
    assert {*briefing.vocabularies} == {"space", "diplomacy"}
    types = [row.type for row in rows(scene_of(made("Ragna Falk", library).document), "timeline")]
    assert TypeSign("⌁", "gale") in types
    assert made("Ragna Falk").document.briefing.vocabularies == ()


def test_relations_are_kept_inside_the_dossier() -> None:
    related = TEXTS["first.yaml"].replace(
        "actors: [falk], cite: [article]}\ndeals",
        "actors: [falk], part_of: [talks, elsewhere], because_of: [talks, storm], by: yard,\n"
        "     place: Sund, cite: [article]}\n"
        "  - {id: elsewhere, headline: Nobody is there, type: other, date: 2020-01-01,\n"
        "     cite: [article]}\ndeals",
    )
    texts = {**TEXTS, "first.yaml": related}
    library = {name: load(text.encode(), name).briefing for name, text in texts.items()}
    scene = scene_of(made("Ragna Falk", library).document)
    storm = event(scene, "A storm closes the harbour")
    talks = event(scene, "Falk meets the yard")
    assert (storm.part_of, storm.because_of, storm.place) == ((talks.id,), (talks.id,), "Sund")
    assert storm.by is not None
    assert scene.briefing.actors[storm.by].name in ("Sund Yard", "The Yard")


def test_a_retraction_reaches_the_dossier() -> None:
    retraction = (
        "  denial: {kind: wire, title: No storm, publisher: Skerry Wire, published: 2020-01-14,\n"
        "    reliability: B, retracts: [article]}\n"
    )
    text = TEXTS["first.yaml"].replace("key_points:", f"{retraction}key_points:", 1)
    library = {**briefings(), "first.yaml": load(text.encode(), "first.yaml").briefing}
    scene = scene_of(made("Ragna Falk", library).document)
    retracting = [source for source in scene.known.sources.values() if source.retracts]
    assert [source.title for source in retracting] == ["No storm"]
    (name,) = retracting[0].retracts
    assert scene.known.sources[name].title == "Ferry talks"
