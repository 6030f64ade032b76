"""Copies of a row, of a pane and of a citation, and the pages of sources."""

from __future__ import annotations

import pytest

from briefing_tui.session.outcomes import Copy, OpenPage
from tests.observatory import document
from tests.session_reader import SessionReader


def test_copying_a_row() -> None:
    reader = SessionReader(document())
    reader.press("j", "y")
    assert reader.copied == "The ministry pays for the mirror. [article C]"
    assert reader.outcome == Copy(reader.copied, "the row")
    reader.stand_on("deals", "deals/dome")
    reader.press("y")
    assert reader.copied.startswith("Steel dome Austria → Switzerland")
    assert "with a quokka for a weathercock" in reader.copied
    assert "\n" not in reader.copied


def test_copying_a_pane() -> None:
    reader = SessionReader(document())
    reader.press("2", "Y")
    copied = reader.copied
    assert copied.splitlines()[0] == "Timeline (37 events)"
    assert len(copied.splitlines()) > 37
    for text in ("1931", "The observatory is founded", "Night 30 is clear", "The doors open"):
        assert text in copied
    assert "as of 15 Jun 2020" in copied
    assert "▌" not in copied
    assert copied.endswith("\n")
    assert all(line == line.rstrip() for line in copied.splitlines())
    assert reader.outcome == Copy(copied, "the pane")
    reader.press("f", "2", "Y")
    assert reader.copied.splitlines()[0] == "Timeline (3 events)"


def test_copying_a_citation() -> None:
    reader = SessionReader(document())
    reader.press("j", "c")
    assert reader.copied == (
        "The ministry pays for the mirror. Senn Gazette, “Light on the mountain”, 12 Jun 2020,"
        " https://gazette.example/light, retrieved 13 Jun 2020, ¶1 s2 [C]."
        " In: “The observatory on Mount Senn”, briefing as of 15 Jun 2020."
    )
    assert reader.outcome == Copy(reader.copied, "a citation")
    reader.press("2", "g", "c")
    assert reader.copied == (
        "The observatory is founded. Canton of Senn, “Almanac of the canton”, 31 Dec 2019 [A]."
        " In: “The observatory on Mount Senn”, briefing as of 15 Jun 2020."
    )


@pytest.mark.parametrize("key", ["y", "c", "o", "s"])
def test_nothing_to_take(key: str) -> None:
    reader = SessionReader(document())
    reader.press("4", "G", "f", "2")
    assert reader.pane == "timeline"
    reader.press(key)
    assert reader.copied == ""
    assert not reader.opened
    assert "here" in reader.message


def test_a_row_without_sources() -> None:
    reader = SessionReader(document())
    reader.press("j", "j", "s")
    assert reader.opened == "ShowSources"
    reader.press("escape")
    assert reader.place == ("summary", "key_points/1")


def test_a_source_without_an_address() -> None:
    reader = SessionReader(document())
    reader.press("2", "g", "o")
    assert "No source" in reader.message
    assert not isinstance(reader.outcome, OpenPage)
