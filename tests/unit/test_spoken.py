"""Rows in words: no sign, no column and no abbreviation of ours is left to be read aloud."""

from __future__ import annotations

import re

import msgspec
import pytest

from briefing_tui.briefing.load import load_path
from briefing_tui.briefing.model import Basis
from briefing_tui.views import glyphs
from briefing_tui.views.evidence import evidence
from briefing_tui.views.labels import CREDIBILITY, RELIABILITY, VOICES, VOICES_LONG
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.rows import Row, Span, plain
from briefing_tui.views.scene import Marks, RemovedEntry, Scene, scene_of
from briefing_tui.views.spoken_rows import (
    join_sentences,
    row_label,
    spoken_evidence,
    spoken_row,
    spoken_text,
    spoken_voice,
)
from tests import hostile
from tests.conftest import DATA

OWN_SIGNS = {
    sign
    for name, sign in vars(glyphs).items()
    if name.isupper() and isinstance(sign, str) and not sign.isascii()
} - {glyphs.DASH}


def example(name: str) -> Scene:
    return scene_of(load_path(DATA / name, name))


def told(scene: Scene) -> list[str]:
    """All that is said of a scene, each row with its evidence behind it."""
    said = []
    for pane in PANES:
        rows = pane.view(scene).rows
        for at, row in enumerate(rows):
            said.append(spoken_row(row, row_label(rows, at)))
            said += [spoken_evidence(one) for one in evidence(scene, row).rows]
    return said


def row(scene: Scene, pane: int, key: str) -> str:
    rows = PANES[pane].view(scene).rows
    at = next(at for at, one in enumerate(rows) if one.key == key)
    return spoken_row(rows[at], row_label(rows, at))


SPELLED = {
    "7 Jan 2019": "7 January 2019",
    "Tue 8 Jan 2019": "Tuesday 8 January 2019",
    "Jan 2019": "January 2019",
    "4–5 Oct 2018": "4 to 5 October 2018",
    "Nov – Dec 2021": "November to December 2021",
    "March – April 2021": "March to April 2021",
    "28 Dec 2019 – 3 Jan 2020": "28 December 2019 to 3 January 2020",
    "about Apr 2022": "about April 2022",
    "2016–2019": "2016 to 2019",
    "Q3 – Q4 2024": "Q3 to Q4 2024",
    "Q3 2024 – Q1 2025": "Q3 2024 to Q1 2025",
    "first half – second half of 2024": "first half to second half of 2024",
    "1990s – 2000s": "1990s to 2000s",
    "20 Jul 2023, 12:17–12:30 UTC": "20 July 2023, 12:17 to 12:30 UTC",
    "20 Jul, 12:17 UTC – 21 Jul 2023, 01:00 UTC+2": (
        "20 July, 12:17 UTC to 21 July 2023, 01:00 UTC+2"
    ),
    "Senn Gazette ¶2 s3": "Senn Gazette paragraph 2 sentence 3",
    "P4S1": "paragraph 4 sentence 1",
    "France → Norway": "France to Norway",
    "5 × lantern": "5 lantern",
    "“Tuesday” = Tue 8 Jan 2019": "“Tuesday”, that is Tuesday 8 January 2019",
    "a\nb  c": "a b c",
}
KEPT = [
    "“7 Jan 2019 → 2020”",
    "Mar the ship, Jan the keeper, May the month",
    "Modi–Putin call",
    "well-known 18-19 months",
]


@pytest.mark.parametrize("text", SPELLED)
def test_what_is_ours_is_spelled_out(text: str) -> None:
    assert spoken_text(text) == SPELLED[text]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_theirs_is_kept(text: str) -> None:
    assert spoken_text(text) == text


def test_sentences_end() -> None:
    assert (
        join_sentences(["who was it?", "", "he said “so.”", "no"])
        == "Who was it? He said “so.” No."
    )
    assert join_sentences(["see https://a.example/b"]) == "See https://a.example/b"
    assert (
        join_sentences(["eBay sells", "news.example writes"]) == "eBay sells. news.example writes."
    )


@pytest.mark.parametrize("basis", VOICES)
@pytest.mark.parametrize("letter", ["", *RELIABILITY])
def test_voices_and_grades_are_words(basis: Basis, letter: str) -> None:
    said = spoken_voice(f"{VOICES[basis]} {letter}2" if letter else VOICES[basis])
    assert said.startswith(VOICES_LONG[basis].capitalize())
    if letter:
        assert f"; {letter}, {RELIABILITY[letter]}; 2, {CREDIBILITY[2]}" in said


def test_grades_of_several_sources_are_a_range() -> None:
    assert spoken_voice("external A–C2").startswith(
        "From another source; A, completely reliable, to C, fairly reliable; 2, "
    )


def test_other_columns_at_the_edge_stay() -> None:
    assert spoken_voice("8 did · 1 said") == "8 did, 1 said"
    assert spoken_voice("in delivery") == "in delivery"
    assert spoken_voice("") == ""


def test_an_event_says_day_status_and_dispute() -> None:
    said = row(example("small.yaml"), 1, "timeline/pledge")
    assert said == (
        "Monday 14 June 2021, occurred: The board promises a light, “Tuesday”. Sources disagree. "
        "Inferred from the article; C, fairly reliable."
    )


def test_a_milestone_says_its_dates_and_a_chart_its_promises_in_order() -> None:
    scene = example("small.yaml")
    key = "deals/lantern/milestones/0"
    assert row(scene, 3, key).startswith(
        "Milestones: Lantern lit. Promised December 2021, now by May 2022, not due yet. "
        "4 to 5 months late, moved once."
    )
    assert row(scene, 3, f"{key}/chart") == (
        "2 promises in order: said Tuesday 2 March 2021, due December 2021; "
        "said Monday 14 June 2021, due by May 2022."
    )
    assert row(scene, 3, f"{key}/forecasts/1").startswith("Promise 2 of 2, due by May 2022")


def test_a_bar_says_its_years_and_its_legend_nothing() -> None:
    scene = example("small.yaml")
    said = row(scene, 3, "deals/lantern/window")
    assert said == (
        "From 2021 to 2022: ordered 2021; as of 2021; promised first 2021; promised now 2022."
    )
    assert row(scene, 3, "deals/lantern/legend") == ""


def test_the_label_of_a_section_is_said_on_each_of_its_rows() -> None:
    scene = example("small.yaml")
    assert row(scene, 3, "deals/lantern/stages/0").startswith("Stage: approved")
    assert row(scene, 3, "deals/lantern/values/1").startswith("Value: EUR 240,000")


def test_the_day_of_knowledge_is_a_sentence() -> None:
    assert row(example("small.yaml"), 1, "as-of") == "As of 15 June 2021; what follows lies ahead."


def test_evidence_names_the_reliability_in_words() -> None:
    scene = example("small.yaml")
    pledge = next(one for one in PANES[1].view(scene).rows if one.key == "timeline/pledge")
    said = [spoken_evidence(one) for one in evidence(scene, pledge).rows]
    assert "Inferred from the article, “Tuesday”, that is Monday 14 June 2021." in said
    assert any(one.startswith("Sources disagree: Other date: Thursday 10 June") for one in said)
    assert any(one.startswith("Source, C, fairly reliable: Karsholm Gazette") for one in said)


def test_mistakes_of_the_file_are_said() -> None:
    said = told(example("mistakes.yaml"))
    assert any("cannot be read" in one and one.startswith("Error") for one in said)


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.yaml")))
def test_no_sign_of_ours_is_left(name: str) -> None:
    for said in told(example(name)):
        assert not OWN_SIGNS & set(said), said
        assert " · " not in said
        assert "  " not in said
        assert said == said.strip()
        assert not re.search(r"[,:;] ?[.,:;]", said), said


def test_everything_that_a_row_says_is_said() -> None:
    scene = example("whole.yaml")
    for pane in PANES:
        for one in pane.view(scene).rows:
            said = spoken_row(one)
            for span in one.body if one.kind == "item" else ():
                words = spoken_text(span.text).strip(" ·⚠✗")
                assert words.lower() in said.lower(), (words, said)


def test_hostile_text_is_on_one_line_and_clean() -> None:
    for said in told(scene_of(hostile.document(events=40))):
        assert not hostile.CONTROL.search(said)


def test_marks_of_the_reader_are_words() -> None:
    tail = (Span(f"{glyphs.STAR} "), Span(f"{glyphs.NOTE} "), Span("external B"))
    starred = Row(key="x", body=(Span("It rains"),), tail=tail, sign=Span(glyphs.UNREAD))
    said = spoken_row(starred)
    assert said.startswith("Unread, starred, with a note: It rains. From another source; B, ")
    note = Row(key="note/0", kind="note", lead=(Span(glyphs.NOTE),), body=(Span("so it is"),))
    assert spoken_evidence(note) == "Your note: so it is."


@pytest.mark.parametrize("news", ["new", "changed", "withdrawn"])
def test_what_is_unread_about_a_row_is_said(news: str) -> None:
    unread = Row(key="x", body=(Span("It rains"),), sign=Span(glyphs.UNREAD))
    assert spoken_row(unread, news=news) == f"Unread, {news}: It rains."
    known = Row(key="x", body=(Span("It rains"),))
    assert spoken_row(known, news=news) == "It rains."


def test_new_is_said_once() -> None:
    both = Row(key="x", body=(Span("It rains"),), new=True, sign=Span(glyphs.UNREAD))
    assert spoken_row(both, news="new") == "New, unread: It rains."


def test_marks_on_what_is_gone_are_words() -> None:
    gone = (
        RemovedEntry("timeline/a", "It rained", "Ask #verify"),
        RemovedEntry("timeline/b", "It snowed"),
    )
    scene = example("small.yaml")
    marks = Marks(orphans=gone, withdrawn=(RemovedEntry("timeline/c", "It hailed"),))
    rows = PANES[1].view(msgspec.structs.replace(scene, marks=marks)).rows
    assert [spoken_row(one) for one in rows[-5:]] == [
        "Withdrawn since you last read it",
        "Unread: It hailed.",
        "Your marks on what is gone",
        "With a note: It rained. Your note: Ask #verify.",
        "Starred: It snowed.",
    ]


def test_a_row_of_nothing_says_nothing() -> None:
    assert spoken_row(Row(key="x")) == ""
    assert plain(()) == ""
    assert spoken_row(Row(key="x", body=(Span("  "),))) == ""
