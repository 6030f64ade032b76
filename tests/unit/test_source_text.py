"""One source as a view: its text, what cites it, and what it is without a text."""

from __future__ import annotations

import datetime

import pytest

from briefing_tui.briefing.check import check
from briefing_tui.briefing.source_verification import compare
from briefing_tui.views.evidence import evidence
from briefing_tui.views.focus_filter import narrow
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.rows import Link, Row, View, plain, row_text
from briefing_tui.views.scene import scene_of
from briefing_tui.views.source_page import (
    SourcePage,
    citing_view,
    passage_of,
    source_page,
    source_row_for_copy,
)
from briefing_tui.views.sources import source_uses, sources
from tests import ropeway
from tests.hostile import CONTROL, NASTY


def sentence(found: SourcePage, at: str) -> Row:
    return next(row for row in found.view.rows if passage_of(row) == at)


def texts(view: View) -> list[str]:
    return [row_text(row) for row in view.rows]


def said_of(found: SourcePage, at: str) -> list[str]:
    return texts(citing_view(found, sentence(found, at)))


def test_the_fixture_is_sound() -> None:
    document = ropeway.document()
    known = document.briefing.sources["courier"].text
    assert known is not None
    assert compare(ropeway.ARTICLE.encode(), known).is_sound
    assert list(check(document)) == []


def test_the_whole_text_is_there_in_its_order() -> None:
    found = source_page(ropeway.scene(), "courier")
    rows = found.view.rows
    first = next(at for at, row in enumerate(rows) if row.key.endswith("/text")) + 1
    last = next(at for at, row in enumerate(rows) if row.key.endswith("/uses"))
    told = " ".join(plain(row.body) for row in rows[first:last])
    assert told == " ".join(ropeway.ARTICLE.split())


def test_sentences_bear_their_numbers_and_how_often_they_are_cited() -> None:
    found = source_page(ropeway.scene(), "courier")
    assert plain(sentence(found, "P1S1").lead) == "P1S1 ◆5"
    cited = sentence(found, "P3S2")
    assert (plain(cited.lead), plain(cited.tail)) == ("P3S2 ◆2", "")
    left_out = sentence(found, "P3S4")
    assert (plain(left_out.lead), plain(left_out.tail)) == ("P3S4", "uncited")
    assert {span.role for span in left_out.body} == {"muted"}
    assert (found.sentences, found.uncited) == (15, 6)
    numbers = [at for row in found.view.rows if (at := passage_of(row))]
    assert len(numbers) == 15
    assert numbers == sorted(numbers)


def test_paragraphs_are_set_apart() -> None:
    found = source_page(ropeway.scene(), "courier")
    spaced = {passage_of(row) for row in found.view.rows if row.spaced}
    assert {"P1S1", "P2S1", "P3S1", "P4S1", "P5S1"} < spaced
    assert not {"P1S2", "P2S2", "P5S3"} & spaced


def test_what_cites_a_sentence() -> None:
    found = source_page(ropeway.scene(), "courier")
    assert said_of(found, "P3S2") == [
        "key point  The maker wants another 2.1 million pounds, "
        "which the council has not agreed to pay.",
        "open question  Who will pay for the deeper anchors?",
    ]
    promises = [one for one in said_of(found, "P1S1") if "First passengers" in one]
    assert len(promises) == 2
    assert citing_view(found, sentence(found, "P3S2")).title == "2 statements cite P3S2"
    assert citing_view(found, sentence(found, "P3S3")).title == "1 statement cites P3S3"
    assert citing_view(found, sentence(found, "P3S4")).title == "No statement cites P3S4"
    assert citing_view(found, found.view.rows[0]).rows == citing_view(found, None).rows == ()


def test_statements_without_a_passage_come_last() -> None:
    found = source_page(ropeway.scene(), "courier")
    last = found.view.rows[-1]
    assert row_text(last).strip() == "How steep is the slope above the new site?  [open question]"
    assert plain(found.view.rows[-2].body) == "1 statement cites it without a passage"
    assert [*found.citing][-1] == last.key


def test_every_sentence_leads_to_rows_of_the_reader() -> None:
    scene = ropeway.scene()
    found = source_page(scene, "courier")
    keys = {row.key for spec in PANES for row in spec.view(scene).rows if row.selectable}
    links = [link for row in found.view.rows for link in row.links if link.kind != "source"]
    assert links
    assert {link.key for link in links} <= keys
    assert [link.key for link in sentence(found, "P2S1").links] == [
        "key_points/2",
        "actors/tanner",
        "deals/cabins/statements/0",
    ]


@pytest.mark.parametrize(
    ("entry", "at"),
    [
        (lambda briefing: briefing.key_points[1], "P3S2"),
        (lambda briefing: briefing.timeline[0], "P2S2"),
        (lambda briefing: briefing.commitments["cabins"].values[0], "P3S1"),
        # What cites nothing itself is where the first part of it is.
        (lambda briefing: briefing.commitments["cabins"], "P1S1"),
        (lambda briefing: briefing.commitments["cabins"].milestones[0], "P1S1"),
    ],
)
def test_where_an_entry_rests(entry: object, at: str) -> None:
    scene = ropeway.scene()
    assert callable(entry)
    key = source_page(scene, "courier").row_of(entry(scene.briefing))
    assert key == f"sources/courier#{at}"


def test_an_entry_that_rests_elsewhere_is_nowhere() -> None:
    scene = ropeway.scene()
    found = source_page(scene, "survey")
    assert found.row_of(scene.briefing.key_points[2]) == ""
    assert found.row_of(None) == ""


def test_only_what_is_known_is_told() -> None:
    early = source_page(ropeway.scene(), "courier")
    late = source_page(ropeway.scene(ropeway.LATEST), "courier")
    assert plain(sentence(late, "P1S1").lead) == "P1S1 ◆6"
    assert not any("walkers" in one.lower() for one in said_of(early, "P1S1"))
    assert "event  The walkers repeat the news" in said_of(late, "P1S1")
    assert not any("used by" in text for text in texts(early.view))
    assert any(text.startswith("used by  Fell Walkers' Bulletin") for text in texts(late.view))
    before = ropeway.scene(datetime.date(2031, 1, 20))
    assert [plain(row.body) for row in source_page(before, "survey").view.rows if row.entry] == [
        "The slope gives way above the top station",
        "A slide of earth in November 2030 covered the footings of the top station.",
    ]


def test_a_rival_version_is_told_as_one() -> None:
    late = ropeway.scene(ropeway.LATEST)
    assert [use.rival for use in source_uses(late, "bulletin")] == [True, False]
    assert any(
        "other version · The council may vote" in text
        for text in texts(source_page(late, "bulletin").view)
    )


def test_a_source_without_its_text() -> None:
    scene = scene_of(ropeway.bare())
    found = source_page(scene, "courier")
    shown = texts(found.view)
    assert (found.sentences, found.uncited) == (0, 0)
    for text in (
        "about it  Signed; speaks with both sides, but saw no papers.",
        "text  15 passages marked, no copy attached",
        "based on  Dunmere Council · “Survey of the slope at Tarn Fell”",
        "19 statements cite it",
    ):
        assert text in shown
    *at, last = [plain(row.lead) for row in found.view.rows if row.entry]
    first = [one.split()[0] for one in at]
    assert first == sorted(first)
    assert "P3S2 P3S3" in at
    assert last == " "
    related = next(row for row in found.view.rows if row.key == "sources/survey/based on")
    assert related.links == (Link("sources/survey", "Dunmere Council", "source"),)


def test_what_the_focus_hides_has_no_way_to_it() -> None:
    scene = ropeway.scene()
    narrowed = narrow(scene, (Link("actors/zurbriggen", "Beat Zurbriggen", "actor"),))
    found = source_page(narrowed, "courier")
    assert found.uncited == 6
    assert len(said_of(found, "P3S2")) == 2
    assert sentence(found, "P3S2").links == ()


def test_a_text_without_marks_is_shown_all_the_same() -> None:
    found = source_page(scene_of(ropeway.written("One.\n\n  Two\tthree. \n", {})), "courier")
    assert [plain(row.body) for row in found.view.rows if row.key.startswith("sources/courier/0/")]
    assert "Two three." in [plain(row.body) for row in found.view.rows]
    assert "19 statements cite it" in map(str.strip, texts(found.view))


@pytest.mark.parametrize(
    "passages",
    [
        {"P1S1": (0, 9999)},
        {"P1S1": (500, 600), "P1S2": (2, 1)},
        {"P1S1": (0, 8), "P1S2": (4, 12), "P2S1": (4, 5)},
    ],
)
def test_marks_that_do_not_fit_do_no_harm(passages: dict[str, tuple[int, int]]) -> None:
    found = source_page(scene_of(ropeway.written("One two three four.", passages)), "courier")
    assert [at for row in found.view.rows if (at := passage_of(row))]
    assert all(plain(row.body) for row in found.view.rows)


@pytest.mark.parametrize("name", NASTY)
def test_a_hostile_text(name: str) -> None:
    text = f"before {NASTY[name]} after\n{NASTY[name]}"
    scene = scene_of(ropeway.written(text, {"P1S1": (7, 7 + len(NASTY[name]))}))
    found = source_page(scene, "courier")
    for row in found.view.rows:
        assert not CONTROL.search(plain(row.body))
        assert not CONTROL.search(source_row_for_copy(scene, "courier", row))
    assert not any(CONTROL.search(text) for text in texts(citing_view(found, found.view.rows[-3])))


def test_an_empty_text() -> None:
    found = source_page(scene_of(ropeway.written("", {"P1S1": (0, 0)})), "courier")
    assert plain(sentence(found, "P1S1").body) == "(no text at this position)"


def test_copying() -> None:
    scene = ropeway.scene()
    found = source_page(scene, "courier")
    record = (
        "Dunmere Courier, “Ropeway to Tarn Fell will open a year late”, 19 May 2031, "
        f"{scene.briefing.sources['courier'].url}, retrieved 20 May 2031"
    )
    row = sentence(found, "P3S3")
    quoted = f"“The council has not agreed to pay it.” {record}, ¶3 s3 [C]"
    assert source_row_for_copy(scene, "courier", row) == quoted
    assert source_row_for_copy(scene, "courier", row, quoted=False) == f"{record}, ¶3 s3 [C]"
    assert source_row_for_copy(scene, "courier", found.view.rows[0]) == f"{record} [C]"
    assert source_row_for_copy(scene, "courier", found.view.rows[-1]).startswith(
        "How steep is the slope"
    )


def test_evidence_has_the_words_of_the_passage() -> None:
    scene = ropeway.scene()
    row = next(row for row in PANES[0].view(scene).rows if row.key == "key_points/1")
    for brief in (False, True):
        rows = {one.key: one for one in evidence(scene, row, brief=brief).rows}
        assert plain(rows["words/cite/1"].body) == "“The council has not agreed to pay it.”"
        assert rows["words/cite/0"].cropped is brief
    assert evidence(scene, row).quantity == "1 source", "it is cited twice"
    without = evidence(scene_of(ropeway.bare()), row)
    assert not any(one.key.startswith("words") for one in without.rows)


def test_records_say_whether_the_text_is_attached() -> None:
    assert "text  attached, 15 passages marked" in texts(sources(ropeway.scene()))
    assert "text  15 passages marked, no copy attached" in texts(sources(scene_of(ropeway.bare())))
