"""The reader of lines: the reader's own marks, what is unread, and taking up where one was."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from briefing_tui.annotations.read_state import Jump
from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load
from briefing_tui.commands.registry import effective_keys
from briefing_tui.linear.answers import item
from briefing_tui.linear.answers import position as spoken_position
from briefing_tui.linear.command_parser import CommandParser
from briefing_tui.linear.reader import LineReader
from briefing_tui.session.history import Location
from briefing_tui.session.reading_session import NO_LETTER, Call
from briefing_tui.storage.positions import Position
from briefing_tui.views.focus_filter import scene_at
from briefing_tui.views.scene import Scene, scene_of, unchecked_scene
from tests.observatory import CHANGES, NAME, TEXT, changed, document
from tests.sessions import line_reader

NIGHT = ("timeline", 20)
"""Where the twentieth night stands."""
LATER = ("A delay is admitted", "A delay is denied")
"""A change to what only a later day knows."""


Kept = Callable[[Scene], Annotations]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """Opens marks that are kept; the briefing as it was counts as read."""

    def notebook(scene: Scene) -> Annotations:
        return Annotations(
            scene,
            tmp_path / "x.marks",
            tmp_path / "x.json",
            rescue_directory=tmp_path / "state",
        )

    notebook(unchecked_scene(document()))
    return notebook


def session(kept: Kept | None = None, read: Document | None = None) -> LineReader:
    return line_reader(scene_of(read or document()), notebook=kept or Annotations)


def after(*lines: str, kept: Kept | None = None) -> str:
    """What the last of some lines is answered with."""
    found = session(kept)
    return [found.do(line) for line in lines][-1]


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("mx", Call("mark", argument="x")),
        ("mX", Call("mark", argument="X")),
        ("m x", Call("mark", argument="x")),
        ("mark x", Call("mark", argument="x")),
        ("'x", Call("jump", argument="x")),
        ("' x", Call("jump", argument="x")),
        ("jump x", Call("jump", argument="x")),
        ("m", Call("mark")),
        ("m5", Call("", argument="m5")),
        ("mxy", Call("", argument="mxy")),
        ("gx", Call("", argument="gx")),
        ("a Ask Vale #Verify", Call("note", argument="Ask Vale #Verify")),
        ("note -", Call("note", argument="-")),
    ],
)
def test_what_a_line_means(line: str, order: Call) -> None:
    assert CommandParser(effective_keys({})).parse(line) == order


# Stars and notes


def test_a_star_is_set_said_kept_and_taken_away(kept: Kept) -> None:
    found = session(kept)
    found.do("2")
    assert found.do("row 21").splitlines()[-1].startswith("21 of 37. Sunday 20 January")
    assert found.do("b") == "Starred."
    assert item(found.session).startswith(
        "21 of 37. Starred, Sunday 20 January 2019, occurred: Night 20"
    )
    assert NIGHT in kept(unchecked_scene(document())).marks.stars
    again = session(kept)
    again.do("2")
    assert "Starred" in again.do("row 21")
    assert again.do("star") == "Unstarred."
    assert "Starred" not in item(again.session)
    assert not kept(unchecked_scene(document())).marks.stars


def test_a_note_is_asked_for_read_out_changed_and_taken_away(kept: Kept) -> None:
    found = session(kept)
    assert found.do("a") == "What to remember? Words with # are tags; Enter leaves it."
    assert found.prompt == "Note: "
    assert found.do("") == "Still in Summary, row 1 of 5."
    assert found.prompt == "> "
    assert "With a note" not in item(found.session)
    found.do("note")
    assert found.do("Ask Vale #verify") == "Noted."
    assert item(found.session).startswith("1 of 5. With a note: The great mirror")
    assert "Your note: Ask Vale #verify." in found.do("e").splitlines()
    asked = found.do("a").splitlines()
    assert asked[0] == "Your note: Ask Vale #verify"
    assert found.do("escape") == "Still in Summary, row 1 of 5."
    found.do("a")
    assert found.do("Ask Rook") == "Noted. Before: Ask Vale #verify"
    assert kept(unchecked_scene(document())).draft(("bottom_line", 0)).saved == "Ask Rook"
    found.do("a")
    assert found.do("-") == "Note removed. Before: Ask Rook"
    assert "With a note" not in item(found.session)
    assert kept(unchecked_scene(document())).draft(("bottom_line", 0)).saved == ""


def test_a_note_is_written_at_once() -> None:
    assert after("a Ask Vale") == "Noted, for this session only."
    assert after("note Ask Vale", "note Ask Vale").startswith("The note is as it was.")
    said = after("note Ask Vale", "note -")
    assert said == "Note removed, for this session only. Before: Ask Vale"
    assert after("note -") == "There is no note to remove here."
    assert after("note", "-") == "There is no note to remove here."


def test_a_note_holds_no_commands_for_the_terminal(kept: Kept) -> None:
    found = session(kept)
    found.do("note red \x1b[31malert\x07")
    found.do("a")
    for said in (found.do("-"), found.do("e"), item(found.session)):
        assert "\x1b" not in said
        assert "\x07" not in said


def test_a_note_of_several_lines_is_read_on_one(kept: Kept) -> None:
    notebook = kept(unchecked_scene(document()))
    notebook.write_note(notebook.draft(("bottom_line", 0)), "first\n\nlast")
    assert session(kept).do("a").splitlines()[0] == "Your note: first last"


def test_what_is_no_entry_cannot_be_marked() -> None:
    bare = load(b"briefing: 1\ntitle: x\nas_of: '2020-01-01'\nabout: y\n", "bare.yaml")
    for line in ("b", "a", "note x", "note -"):
        assert session(read=bare).do(line) == "There is no entry to mark here."


def test_marks_that_are_not_kept_are_said_to_be_for_now() -> None:
    assert after("b") == "Starred, for this session only."
    assert after("b", "b") == "Unstarred, for this session only."


def test_marks_that_cannot_be_read_are_told_at_the_beginning_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.marks"
    path.write_text("no marks\n")
    found = line_reader(scene_of(document()), notebook=lambda scene: Annotations(scene, path))
    assert f"\nWarning: {path}: not a file of marks" in found.opening()
    assert found.do("b") == "Starred, for this session only."
    assert path.read_text() == "no marks\n"


def test_a_note_that_cannot_be_saved_is_offered_again(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_TUI_STATE", str(tmp_path / "state"))
    found = session(kept)
    sidecar = tmp_path / "x.marks"
    sidecar.mkdir()
    for line in ("note Ask Vale #verify", "a"):
        if line == "a":
            found.do(line)
        said = found.do(line if line != "a" else "")
        assert said.startswith("Not saved: ")
        assert said.endswith("Your text is still here: note and Enter tries again.")
        assert "With a note" not in item(found.session)
    found.do("j")
    assert found.do("note").startswith("What to remember?")
    found.do("escape")
    found.do("k")
    sidecar.rmdir()
    assert found.do("a").splitlines() == [
        "Not saved yet: Ask Vale #verify",
        "Enter tries again, another takes its place, - drops it.",
    ]
    assert found.do("") == "Noted."
    assert found.do("a").startswith("Your note: Ask Vale #verify\n")
    assert found.session.leave() == []
    assert not (tmp_path / "state").exists()


def test_a_note_that_cannot_be_saved_can_be_dropped(kept: Kept, tmp_path: Path) -> None:
    found = session(kept)
    assert found.do("note first") == "Noted."
    (tmp_path / "x.marks").rename(tmp_path / "aside")
    (tmp_path / "x.marks").mkdir()
    found.do("note second")
    found.do("note")
    assert found.do("-") == "Dropped. Your note stays: first."
    assert found.do("note").startswith("Your note: first\n")
    assert found.do("-").startswith("Not saved: ")
    assert found.do("note").startswith("Your note: first\n")
    assert found.session.leave() == []


def test_the_end_names_the_file_with_notes_that_could_not_be_saved(
    kept: Kept, tmp_path: Path
) -> None:
    found = session(kept)
    (tmp_path / "x.marks").mkdir()
    found.do("note Ask Vale")
    found.do("q")
    (problem,) = found.session.leave()
    (file,) = (tmp_path / "state").iterdir()
    assert problem == f"1 note could not be saved as marks; the text is in {file}"
    assert file.read_text().endswith("\nAsk Vale\n")


def test_what_another_session_wrote_is_shown_and_stays(kept: Kept) -> None:
    found, other = session(kept), session(kept)
    assert other.do("note Call Rook") == "Noted."
    assert other.do("b") == "Starred."
    assert found.do("note Ask Vale") == "Noted; a note of another session stays."
    assert found.do("a").splitlines()[0] == "Your note: Ask Vale Call Rook"
    found.do("escape")
    other.do("note -")
    assert found.do("a").splitlines()[0] == "Your note: Ask Vale"
    found.do("escape")
    assert found.do("b") == "Unstarred."
    assert other.do("b") == "Starred again: another session had changed it."


def test_jump_marks_of_another_session_are_led_to(kept: Kept) -> None:
    found, other = session(kept), session(kept)
    other.do("2")
    other.do("mj")
    assert found.do("m").splitlines()[0] == "Letters in use: j."
    found.do("escape")
    assert found.do("'j").startswith("Timeline, ")


def test_marks_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    found = line_reader(
        scene_of(document()), notebook=lambda scene: Annotations(scene, tmp_path / "a" / "x.marks")
    )
    (tmp_path / "a").write_text("a file where a directory should be")
    assert found.do("b").startswith("Not saved: ")
    assert "Starred" not in item(found.session)


# Jump marks


def test_jump_marks_lead_back_and_are_kept(kept: Kept) -> None:
    found = session(kept)
    assert found.do("'") == "No jump mark is set; mark and a letter set one, as in mark x."
    found.do("2")
    found.do("row 21")
    assert found.do("mj") == "Mark j set; jump j returns here."
    found.do("4")
    assert found.do("'j").splitlines()[-1].startswith("21 of 37.")
    assert found.do("H").startswith("Deal tracker, ")
    found.session.leave()
    again = session(kept)
    asked = again.do("'")
    assert asked == "Mark j: Timeline: Night 20 is clear.\nEnter leaves it."
    assert again.prompt == "Letter: "
    assert again.do("j").startswith("Timeline, ")
    again.do("'")
    assert again.do("") == "Still in Timeline, row 21 of 37."
    again.do("'")
    assert again.do("G").startswith("There is no mark G"), "one letter is an answer"
    again.do("'")
    assert again.do("where").startswith("Timeline, row 21 of 37."), "more are a command"


def test_a_letter_can_be_asked_for() -> None:
    found = session()
    assert found.do("m").startswith("Any letter will do.")
    assert found.do("q") == "Mark q set; jump q returns here."
    assert found.do("mark").startswith("Letters in use: q.")
    assert found.do("") == "Still in Summary, row 1 of 5."
    assert not found.done


@pytest.mark.parametrize("letter", ["5", "é", "xy", "²", "."])
def test_wrong_letters(letter: str) -> None:
    assert after(f"mark {letter}") == after(f"jump {letter}") == f"{NO_LETTER}."
    if len(letter) == 1:
        assert after("m", letter) == after("mx", "'", letter) == f"{NO_LETTER}."
    assert not session().session.annotations.jumps


def test_jump_marks_that_lead_nowhere_say_so() -> None:
    assert after("'x") == "There is no mark x."
    found = session()
    for line in ("2", "G", "mx", "{"):
        found.do(line)
    assert found.do("'x") == "Mark x is not shown now."
    assert found.do("'").startswith("Mark x: not shown now.")


def bare() -> Document:
    """A briefing without events, actors and deals."""
    return load(b"briefing: 1\ntitle: x\nas_of: '2020-01-01'\nabout: y\n", "bare.yaml")


def test_a_pane_without_rows_cannot_be_marked() -> None:
    reader = session(read=bare())
    reader.do("4")
    for line in ("m", "mx", "mark x", "mark 5"):
        assert reader.do(line) == "There is no row to mark here."
        assert reader.question is None
    assert not reader.session.annotations.jumps


def test_a_place_without_a_row_is_returned_to() -> None:
    reader = session(read=bare())
    reader.session.annotations.set_jump("s", Jump("summary", "problems/0"))
    reader.do("4")
    assert reader.do("'s").startswith("Summary, ")
    assert reader.do("H").startswith("Deal tracker, 0 deals")
    assert reader.session.location == Location(3, None)
    assert reader.do("L").startswith("Summary, ")


LOST = {
    "no key": Jump("deals", ""),
    "no such row": Jump("deals", "deals/never"),
    "a heading": Jump("summary", "bottom_line"),
    "no such pane": Jump("weather", ""),
    "neither": Jump("", "\x1b[31mred"),
    "long": Jump("x" * 100_000, "y" * 100_000),
}


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("read", [document, bare])
def test_a_kept_jump_mark_without_a_row_says_so(lost: str, read: Callable[[], Document]) -> None:
    reader = session(read=read())
    reader.session.annotations.set_jump("x", LOST[lost])
    assert reader.do("'x") == "Mark x is not shown now."
    assert reader.do("'") == "Mark x: not shown now.\nEnter leaves it."
    assert reader.do("x") == "Mark x is not shown now."
    assert reader.do("H") == "This is the start of the history."


def test_a_jump_mark_of_a_pane_that_is_gone_leads_to_its_row() -> None:
    reader = session()
    reader.session.annotations.set_jump("x", Jump("weather", "timeline/night-20"))
    assert reader.do("'x").splitlines()[-1].startswith("21 of 37.")


# What is unread


def test_nothing_is_unread_the_first_time(tmp_path: Path) -> None:
    found = line_reader(
        scene_of(document()), notebook=lambda scene: Annotations(scene, None, tmp_path / "x.json")
    )
    assert "unread" not in found.opening().lower()
    assert found.do(".") == found.do(",") == "Nothing is unread."
    assert after(".") == "Nothing is unread."


def test_unread_rows_are_stepped_over_across_panes(kept: Kept) -> None:
    found = session(kept, changed(*CHANGES))
    assert " 4 unread." in found.opening()
    said = [found.do(".").splitlines() for _ in range(4)]
    assert [lines[0] for lines in said] == [
        "Changed, Summary, 4 unread.",
        "Changed, Timeline, 3 unread.",
        "New, Timeline, 2 unread.",
        "Withdrawn, Timeline, the last unread.",
    ]
    assert said[0][1:] == [
        "Key points",
        "4 of 5. Unread, changed: Nobody at all expected a quokka. "
        "A judgement, not a reported fact.",
    ]
    assert said[1][-1].startswith("21 of 38. Unread, changed, Sunday 20 January 2019, occurred: ")
    assert said[2][-1].startswith("22 of 38. Unread, new, Monday 21 January 2019, occurred: ")
    assert said[3][1:] == [
        "Withdrawn since you last read it",
        "38 of 38. Unread, withdrawn: Night 21 is clear.",
    ]
    last = found.do(".").splitlines()
    assert last[0] == "That was the last unread row."
    assert last[-1].startswith("37 of 37."), "what was withdrawn is gone once it is read"
    assert found.do(".") == "Nothing is unread."
    assert found.do("H").splitlines()[-1].startswith("22 of 37.")
    assert "unread" not in found.do("where")
    found.session.leave()
    assert "unread" not in session(kept, changed(*CHANGES)).opening().lower()


def test_backwards_and_round(kept: Kept) -> None:
    found = session(kept, changed(*CHANGES))
    assert found.do(",").startswith("Withdrawn, Timeline, 4 unread.")
    assert found.do("previous-unread").startswith("New, Timeline, 3 unread.")
    found.do("G")
    assert found.do(".").startswith("Changed, Summary, 2 unread."), "round to the beginning"
    assert found.do("next unread").startswith("Changed, Timeline, the last unread.")


def test_of_several_that_were_withdrawn_none_is_passed_over(kept: Kept) -> None:
    begin, end = TEXT.index("  - id: night-21"), TEXT.index("  - id: night-23")
    gone = load((TEXT[:begin] + TEXT[end:]).encode(), NAME)
    found = session(kept, gone)
    assert found.do(".").splitlines()[-1] == "36 of 37. Unread, withdrawn: Night 21 is clear."
    assert found.do(".").splitlines()[-1] == "36 of 36. Unread, withdrawn: Night 22 is clear."


def test_a_row_that_is_left_was_read_however_it_is_left(kept: Kept) -> None:
    for leave in ("k", "", "3", "g", "/mirror", "follow 1", ":dome", "l", "row 1"):
        found = session(kept, changed(CHANGES[0]))
        found.do(".")
        assert "Unread" in item(found.session)
        found.do("e")
        found.do("where")
        assert "1 unread." in found.do("where")
        found.do(leave)
        assert "unread" not in found.do("where"), leave


def test_the_row_on_which_a_session_ends_was_read(kept: Kept) -> None:
    found = session(kept, changed(*CHANGES))
    found.do(".")
    assert found.session.leave() == []
    assert " 3 unread." in session(kept, changed(*CHANGES)).opening()
    untold = session(kept, changed(*CHANGES))
    untold.session.leave()
    assert " 3 unread." in session(kept, changed(*CHANGES)).opening()


def test_what_is_not_known_yet_is_gone_to_on_its_day(kept: Kept) -> None:
    found = session(kept, changed(CHANGES[0], LATER))
    assert " 1 unread." in found.opening()
    found.do(".")
    own = found.session.scene.as_of
    said = found.do(".").splitlines()
    assert said[0] == (
        "Changed, Timeline, as of 1 September 2020, when it became known, the last unread."
    )
    assert "New, unread, changed, Monday 31 August 2020, occurred: A delay is denied" in said[-1]
    assert found.session.scene.as_of > own
    assert found.do(".") == "That was the last unread row."
    found.do("=")
    assert found.do(".") == "Nothing is unread."


def test_what_the_focus_hides_is_said(kept: Kept) -> None:
    found = session(kept, changed(CHANGES[2], LATER))
    found.do(":dome")
    found.do("f")
    assert found.do(".") == "2 unread, but hidden by the focus; escape widens it."
    found.do("esc")
    assert found.do(".").startswith("Changed, Summary, 2 unread.")


def test_marks_on_what_is_gone_are_read(kept: Kept) -> None:
    before = kept(unchecked_scene(document()))
    night = next(
        path for path, one in before._anchors.by_path.items() if one.key == "timeline/night-21"
    )
    before.write_note(before.draft(night), "Ask Vale")
    found = session(kept, changed(CHANGES[1]))
    found.do("2")
    assert found.do("G").splitlines() == [
        "Your marks on what is gone",
        "39 of 39. With a note: Night 21 is clear. Your note: Ask Vale.",
    ]
    assert found.do("b") == "There is no entry to mark here."
    assert found.do("k").splitlines() == [
        "Withdrawn since you last read it",
        "38 of 39. Unread, withdrawn: Night 21 is clear.",
    ]
    assert found.do("G").endswith("38 of 38. With a note: Night 21 is clear. Your note: Ask Vale.")


# Taking up where one was


def resumed(position: Position | None, day: datetime.date | None = None) -> LineReader:
    place = position or Position()
    scene = scene_at(document(), day or place.as_of, place.focus)
    return line_reader(scene, position=position)


def test_everything_is_as_it_was() -> None:
    found = session()
    for line in ("2", "row 35", "]", "3", ":rook", "f", "4"):
        found.do(line)
    found.session.remember_theme(("light", "dark"))
    found.session.zoomed = True
    left = found.session.position
    assert (left.pane, left.as_of, left.focus) == (
        "deals",
        datetime.date(2020, 9, 1),
        ("actors/rook",),
    )
    assert (left.theme, left.theme_before, left.zoomed) == ("light", "dark", True)
    again = resumed(left)
    assert again.session.position == left
    assert (
        again.opening()
        .splitlines()[0]
        .endswith(
            "As of Tuesday 1 September 2020. Only Tom Rook. Resumed where you left; "
            "own-date returns to the briefing's own date."
        )
    )
    assert item(again.session) == item(found.session)
    again.do("own-date")
    assert again.session.position.as_of is None


def test_on_the_own_day_nothing_is_said_of_it() -> None:
    found = session()
    found.do("4")
    left = found.session.position
    assert left.as_of is None
    said = resumed(left).opening()
    assert "Resumed where you left.\n" in said
    assert "\nDeal tracker, " in said


def test_it_begins_anew_without_a_position() -> None:
    for position in (None, Position(theme="light", theme_before="dark")):
        found = resumed(position)
        assert "Resumed" not in found.opening()
        assert spoken_position(found.session) == "Summary, row 1 of 5"


def test_rows_of_panes_that_hold_none_are_remembered() -> None:
    rows = {"timeline": "timeline/crack", "summary": "key_points/0"}
    found = resumed(Position(pane="timeline", focus=("actors/rook",), rows=rows))
    empty = [pane.spec.name for pane in found.session.panes if not pane.key]
    assert empty
    assert all(found.session.position.rows.get(name) == rows.get(name) for name in empty)


@pytest.mark.parametrize(
    "position",
    [
        Position(pane="weather"),
        Position(pane="timeline", rows={"timeline": "timeline/never", "weather": "x"}),
        Position(pane="summary", focus=("actors/nobody", "deals/nothing", "x", "")),
        Position(pane="summary", rows={"summary": "bottom_line"}),
        Position(pane="summary", as_of=datetime.date(1, 1, 1)),
        Position(pane="summary", as_of=datetime.date(9999, 12, 31)),
    ],
)
def test_what_is_gone_is_not_missed(position: Position) -> None:
    found = resumed(position)
    assert found.session.scene.focus == ()
    for line in ("", "2", "j", "k", "=", "where"):
        assert found.do(line)
    assert found.session.position.as_of is None


def test_a_warning_is_one_line_and_clean() -> None:
    found = line_reader(scene_of(document()), warning="It cannot be read:\n\x1b[31mfile")
    lines = found.opening().splitlines()
    assert lines[1] == "Warning: It cannot be read: [31mfile."
    assert msgspec.structs.asdict(found.session.position)["pane"] == "summary"


def test_a_jump_mark_that_cannot_be_saved_says_so_at_once(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = line_reader(unchecked_scene(document()), notebook=kept)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("briefing_tui.annotations.read_state.save", fail)
    told = found.do("mj")
    assert told == "Mark j is set until you leave, but not saved: No space left on device."
    assert found.session.leave() == ["what was read is not saved: No space left on device"]
