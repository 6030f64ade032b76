"""Searching all panes of a session."""

from __future__ import annotations

import pytest

from tests.briefings import loaded, text
from tests.observatory import QUOKKAS, document
from tests.session_reader import SessionReader


def test_matches_are_gone_to_while_typing() -> None:
    reader = SessionReader(document())
    reader.press("slash")
    reader.type("quo")
    assert reader.place == QUOKKAS[0]
    assert "1/5 · Summary" in reader.message
    reader.type("kka is")
    assert reader.place == QUOKKAS[1]
    assert "1/1 · Timeline" in reader.message
    for _ in range(3):
        reader.press("backspace")
    assert reader.place == QUOKKAS[0]
    # Keys of panes and commands are letters of the word here.
    reader.type("2q")
    assert reader.place == ("summary", "bottom_line/0")
    assert "No match" in reader.message
    reader.press("backspace", "backspace")
    assert reader.place == QUOKKAS[0]


def test_next_and_previous_across_panes_and_round() -> None:
    reader = SessionReader(document())
    reader.press("slash")
    reader.type("quokka")
    reader.press("enter")
    places = [reader.place]
    for number in range(2, 7):
        reader.press("n")
        places.append(reader.place)
        at = (number - 1) % 5 + 1
        assert f"{at}/5" in reader.message
        assert "quokka" in reader.text.lower()
    assert places == [*QUOKKAS, QUOKKAS[0]]
    for place in (QUOKKAS[4], QUOKKAS[3]):
        reader.press("N")
        assert reader.place == place
    assert "4/5 · Actors" in reader.message


def test_the_end_of_a_search_returns_to_where_it_began() -> None:
    reader = SessionReader(document())
    reader.stand_on("deals", "deals/mirror/stages/0")
    for key in ("escape", "q"):
        reader.press("slash")
        reader.type("quo")
        reader.press("enter", "n", "n", key)
        assert reader.place == ("deals", "deals/mirror/stages/0")
        assert reader.is_open
        assert "quo" not in reader.message
    reader.press("n")
    assert reader.place == ("deals", "deals/mirror/stages/0")
    assert "No search yet; / starts one" in reader.message


def test_escape_while_typing_returns() -> None:
    reader = SessionReader(document())
    reader.press("2", "g", "slash")
    reader.type("quokka")
    assert reader.place != ("timeline", "timeline/founded")
    reader.press("escape")
    assert reader.place == ("timeline", "timeline/founded")
    reader.press("j")
    assert reader.key == "timeline/night-1"


def test_the_first_match_is_at_or_after_the_place_of_the_search() -> None:
    reader = SessionReader(document())
    reader.press("3", "slash")
    reader.type("quokka")
    assert reader.place == ("actors", "actors/rook")
    reader.press("enter", "escape", "G", "slash")
    reader.type("quokka")
    assert reader.place == ("actors", "actors/rook")
    assert "4/5" in reader.message


def test_no_match() -> None:
    reader = SessionReader(document())
    reader.press("2", "g", "slash")
    reader.type("zebra")
    assert "No match" in reader.message
    assert reader.place == ("timeline", "timeline/founded")
    reader.press("enter")
    assert "zebra" in reader.message
    assert reader.place == ("timeline", "timeline/founded")
    reader.press("n")
    assert "No match" in reader.message
    assert "zebra" in reader.message
    reader.press("escape")
    assert reader.place == ("timeline", "timeline/founded")
    assert "zebra" not in reader.message


def test_a_field_that_nobody_knows_is_advised_on_where_nothing_is_found() -> None:
    reader = SessionReader(document())
    reader.press("slash")
    reader.type("actors:ministry")
    assert "unknown field 'actors'" in reader.message
    for key in ("enter", "n"):
        reader.press(key)
        assert "unknown field 'actors' — did you mean 'actor'?" in reader.message
    reader.press("escape", "slash")
    reader.type("xyzzy:ministry")
    assert "No match" in reader.message


def test_smart_case() -> None:
    reader = SessionReader(document())
    reader.press("slash")
    reader.type("Quokka")
    assert reader.place == ("timeline", "timeline/again")
    assert "1/2" in reader.message
    reader.press("enter", "n")
    assert reader.place == ("actors", "actors/rook")
    reader.press("n")
    assert reader.place == ("timeline", "timeline/again")


def test_accents_and_signs_are_found_without_them() -> None:
    written = text(
        bottom_line="[{text: Recep Erdoğan met “Ærø” on 4–5 May, cite: [log]}]",
        open_questions="[{text: Will the Straße cost €5m?}]",
    )
    reader = SessionReader(loaded(written))
    for typed in (
        "Erdogan",
        "Erdog\u0306an",
        '"Aero" on 4-5',
        '"aro"',
        "strasse",
        "Strase cost E5",
    ):
        reader.press("slash")
        reader.type(typed)
        assert "1/1 · Summary" in reader.message, typed
        reader.press("escape")
    for typed in ("Erdogan met ‘", "4—5", "ERDOGAN"):
        reader.press("slash")
        reader.type(typed)
        assert "No match" in reader.message, typed
        reader.press("escape")


def test_the_last_word_of_a_query_is_a_prefix() -> None:
    reader = SessionReader(document())
    reader.press("slash")
    reader.type("pane:actors quok")
    assert "· Actors" in reader.message
    reader.type(" ")
    assert "No match" in reader.message


@pytest.mark.parametrize("typed", ["", "   "])
def test_searching_for_nothing(typed: str) -> None:
    reader = SessionReader(document())
    reader.press("j", "slash")
    reader.type(typed)
    reader.press("enter")
    assert reader.place == ("summary", "key_points/0")
    reader.press("n", "escape")
    assert reader.place == ("summary", "key_points/0")


def test_a_new_search_after_another() -> None:
    reader = SessionReader(document())
    reader.press("slash")
    reader.type("quokka")
    reader.press("enter", "n", "slash")
    # What was sought is selected, so that typing replaces it.
    reader.type("thumb")
    reader.press("escape", "slash")
    reader.type("francs")
    reader.press("enter")
    assert reader.place == ("deals", "deals/mirror/values/0")
    assert "1/2 · Deals" in reader.message


def test_searching_in_what_is_narrowed() -> None:
    reader = SessionReader(document())
    reader.press("4", "G", "f", "slash")
    reader.type("quokka")
    assert reader.place == ("deals", "deals/dome")
    assert "1/1 · Deals" in reader.message
    reader.press("enter", "escape")
    assert "only Steel dome" in reader.header
    reader.press("escape")
    assert "only Steel dome" not in reader.header


def test_a_type_in_no_vocabulary_is_pointed_out_if_nothing_has_it() -> None:
    reader = SessionReader(document())
    reader.press("slash")
    reader.type("type:rulng")
    assert reader.message == ("Unknown type 'rulng' — did you mean 'ruling'?")
    reader.press("backspace", "backspace")
    reader.type("ing")
    assert reader.message == "No match for “type:ruling”"


def test_what_has_one_source_alone() -> None:
    reader = SessionReader(loaded(text(timeline=None, deals=None)))
    reader.press("S")
    assert reader.place == ("actors", "actors/holm")
    assert "1/1 · Actors" in reader.message
    reader.press("S")
    assert reader.place[0] == "summary"
    assert "Actors" not in reader.message


def test_nothing_has_one_source_alone() -> None:
    reader = SessionReader(loaded(text(timeline=None, deals=None, actors=None)))
    reader.press("S")
    assert "Nothing here has one source alone" in reader.message
    reader.press("n")
    assert "No search yet" in reader.message
