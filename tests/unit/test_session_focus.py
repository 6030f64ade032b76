"""Narrowing every pane to an actor or deal, one inside the other."""

from __future__ import annotations

from tests.observatory import document
from tests.session_reader import SessionReader

PANES = ("summary", "timeline", "actors", "deals")


def test_every_pane_is_narrowed_and_widened() -> None:
    reader = SessionReader(document())
    before = [reader.keys_of(pane) for pane in PANES]
    reader.press("j", "f")
    assert not reader.opened
    assert "only Ministry of Works" in reader.header
    assert reader.keys_of("summary") == ["key_points/0", "key_points/1"]
    assert reader.keys_of("timeline") == ["timeline/contract"]
    assert "actors/glassworks" in reader.keys_of("actors")
    assert "actors/rook" not in reader.keys_of("actors")
    assert "deals/mirror" in reader.keys_of("deals")
    assert "deals/dome" not in reader.keys_of("deals")
    reader.press("escape")
    assert "only" not in reader.header
    assert [reader.keys_of(pane) for pane in PANES] == before
    reader.press("escape", "escape")
    assert reader.is_open


def test_narrowing_twice_and_widening_level_by_level() -> None:
    reader = SessionReader(document())
    # From a row of several actors and deals one is asked for.
    reader.press("2", "k", "k", "f")
    assert reader.place == ("timeline", "timeline/contract")
    assert reader.opened == "Choose"
    assert "Orlo Glassworks" in reader.asked
    reader.press("3")
    assert "only Great mirror" in reader.header
    mirror = reader.keys_of("timeline")
    assert mirror == ["timeline/contract", "timeline/crack", "timeline/first-light"]
    reader.press("f")
    assert "Great mirror" not in reader.asked
    reader.press("1")
    assert "only Great mirror › Ministry of Works" in reader.header
    assert reader.keys_of("timeline") == ["timeline/contract"]
    reader.press("escape")
    assert reader.keys_of("timeline") == mirror
    assert "only Great mirror" in reader.header
    assert "›" not in reader.header
    reader.press("q")
    assert "only" not in reader.header
    assert len(reader.keys_of("timeline")) == 37
    assert reader.is_open


def test_the_cursor_stays_with_its_row() -> None:
    reader = SessionReader(document())
    reader.press("2", "G", "k")
    assert reader.key == "timeline/first-light"
    reader.press("f", "2")
    assert reader.key == "timeline/first-light"
    assert reader.number == 3
    reader.press("escape")
    assert reader.key == "timeline/first-light"
    assert "First light" in reader.text


def test_a_row_that_is_hidden_gives_way_to_another() -> None:
    reader = SessionReader(document())
    reader.press("3", "G")
    assert reader.key == "actors/rook"
    reader.press("2", "G", "k", "f", "2", "3")
    assert reader.row.key in reader.keys_of("actors")


def test_leaving_the_choice_narrows_nothing() -> None:
    reader = SessionReader(document())
    reader.press("2", "f", "escape")
    assert not reader.opened
    assert len(reader.keys_of("timeline")) == 37


def test_nothing_to_narrow_to() -> None:
    reader = SessionReader(document())
    reader.press("2", "g", "f")
    assert "narrow" in reader.message
    assert len(reader.keys_of("timeline")) == 37


def test_history_into_what_is_narrowed_away() -> None:
    reader = SessionReader(document())
    reader.press("2", "G", "k", "enter", "2")
    assert reader.place == ("deals", "deals/mirror")
    reader.press("4", "G", "f")
    assert "only Steel dome" in reader.header
    reader.press("backspace")
    assert "hidden" in reader.message
    assert reader.place == ("deals", "deals/dome/values/0")
    reader.press("escape", "backspace")
    assert reader.place == ("timeline", "timeline/first-light")
    reader.press("L")
    assert reader.place == ("deals", "deals/dome/values/0")


def test_in_an_empty_pane_no_command_fails() -> None:
    reader = SessionReader(document())
    for key in ("j", "k", "G", "g", "enter", "y", "Y", "c", "s", "o", "f", "e", "b", "a", "m", "."):
        reader.press("4", "G", "f", "2")
        assert reader.keys_of("timeline") == []
        assert "No event involves this as of 15 Jun 2020." in reader.text
        reader.press(key)
        while reader.opened or reader.session.scene.focus or reader.session.in_evidence:
            reader.press("escape")
