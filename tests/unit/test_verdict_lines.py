"""What a comparison shows: counts in the evidence, and both wordings of a difference."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from briefing_tui.briefing.load import load
from briefing_tui.linear import answers
from briefing_tui.output.plain_text import render
from briefing_tui.session.reading_session import ReadingSession
from briefing_tui.views.evidence import evidence
from briefing_tui.views.rows import Row, plain, row_text
from briefing_tui.views.scene import Scene, scene_of, scene_on, unchecked_scene
from briefing_tui.views.source_page import source_page
from briefing_tui.views.summary import summary
from briefing_tui.views.verdict_lines import disagreements
from tests.conftest import DATA

BRIEFING = (DATA / "icebreaker.yaml").read_text(encoding="utf-8")
TEXT = (DATA / "icebreaker.txt").read_bytes().decode()
WRONG = BRIEFING.replace("count 42", "count 43").replace("speaker: hagen", "speaker: mehta")


def scene(briefing: str = BRIEFING, texts: dict[str, str] | None = None) -> Scene:
    texts = {"herald": TEXT} if texts is None else texts
    return scene_of(msgspec.structs.replace(load(briefing.encode(), "test.yaml"), texts=texts))


def point(of: Scene, words: str) -> Row:
    return next(row for row in summary(of).rows if words in plain(row.body))


def compared(of: Scene, words: str) -> list[str]:
    rows = evidence(of, point(of, words)).rows
    return [row_text(row) for row in rows if row.key == "compared"]


def below(of: Scene, at: str) -> list[str]:
    rows = source_page(of, "herald").view.rows
    return [plain(line) for row in rows if row.key.endswith(f"#{at}") for line in row.details]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("Critics count 42", "2 of 2 figures and 1 of 1 name found in the passage"),
        ("The premier says", "1 of 1 date and 1 of 1 name found in the passages"),
    ],
)
def test_the_evidence_counts_what_was_found(words: str, line: str) -> None:
    assert compared(scene(), words) == [line]


def test_the_evidence_counts_what_was_not_found() -> None:
    (line,) = compared(scene(WRONG), "Critics count 43")
    assert line == "1 of 2 figures and 1 of 1 name found in the passage"


def test_where_nothing_was_compared_the_evidence_says_nothing_of_it() -> None:
    assert compared(scene(), "The council will vote") == []
    assert compared(scene(texts={}), "Critics count 42") == []
    assert evidence(scene(), None).rows == ()


def test_a_sentence_shows_what_is_taken_from_it() -> None:
    (taken,) = below(scene(), "P2S3")
    assert taken.startswith("found here: ")
    assert {"Arjun Mehta", "reportedly", "tight but fair"} <= {
        *taken.removeprefix("found here: ").split(" · ")
    }
    assert below(scene(), "P3S1") == []


def test_a_sentence_shows_what_disagrees_with_it() -> None:
    _, figure, name = below(scene(WRONG), "P3S2")
    assert figure.startswith("⚠ briefing: “43” · text: ")
    assert name == "⚠ briefing: “Arjun Mehta” · text: “Tor Hagen”"


def test_printed_text_shows_what_disagrees() -> None:
    lines = [line.strip() for line in render(scene(WRONG)).splitlines()]
    start = lines.index("[herald P3S2]")
    assert lines[start + 1].startswith("⚠ briefing: “43” · text: ")
    assert "briefing: “" not in render(scene())


def test_the_line_reader_says_what_disagrees() -> None:
    session = ReadingSession(scene(WRONG), {})
    spoken = "\n".join(answers.source(session, "herald"))
    assert "Briefing: “Arjun Mehta”; text: “Tor Hagen”." in spoken
    assert "Found here: Tor Hagen." in spoken


def test_no_text_of_a_later_source_is_shown() -> None:
    later = WRONG.replace('published: "2031-11-19"', 'published: "2031-11-20"')
    checked = scene(later)
    entry = point(checked, "Critics count 43").entry
    assert disagreements(checked, entry)
    earlier = scene_on(checked, datetime.date(2031, 11, 18))
    assert all("Tor Hagen" not in text for text in disagreements(earlier, entry))


def test_before_the_checks_nothing_is_compared() -> None:
    document = msgspec.structs.replace(load(WRONG.encode(), "test.yaml"), texts={"herald": TEXT})
    assert compared(unchecked_scene(document), "Critics count 43") == []
