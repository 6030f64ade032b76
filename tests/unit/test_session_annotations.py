"""Stars, notes, jump marks and unread rows of a session."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load
from briefing_tui.session.briefing_file import FileVersion
from briefing_tui.views.glyphs import NOTE
from briefing_tui.views.rows import plain
from briefing_tui.views.scene import scene_on, unchecked_scene
from tests.observatory import CHANGES, NAME, TEXT, changed, document
from tests.session_reader import SessionReader
from tests.sessions import Opening, saved_in


def test_a_note_that_cannot_be_saved_stays_in_the_prompt(tmp_path: Path) -> None:
    sidecar = tmp_path / "x.marks"
    reader = SessionReader(document(), opening=saved_in(tmp_path))
    reader.stand_on("timeline", "timeline/night-20")
    sidecar.mkdir()
    reader.press("a")
    reader.type("Ask Vale")
    for more in ("", " #verify"):
        reader.type(more)
        reader.press("enter")
        assert reader.opened == "Ask"
        _, problem, typed = reader.asked.splitlines()
        assert typed == f"Ask Vale{more}"
        assert problem.startswith("Not saved:")
        assert problem.endswith("Is a directory")
    reader.press("escape")
    assert reader.message == "Not saved yet; a offers your text again"
    reader.press("j", "a")
    assert "Ask Vale" not in reader.asked
    reader.press("escape", "k")
    sidecar.rmdir()
    reader.press("a", "enter")
    assert reader.message.startswith("Noted")
    assert "Ask Vale #verify" in reader.evidence
    assert reader.session.leave() == []


def test_a_note_of_another_session_is_shown_and_stays(tmp_path: Path) -> None:
    def written(text: str) -> None:
        theirs = Annotations(unchecked_scene(document()), tmp_path / "x.marks")
        draft = theirs.draft(("timeline", 20))
        assert draft.anchor.key == "timeline/night-20"
        theirs.write_note(draft, text)

    reader = SessionReader(document(), opening=saved_in(tmp_path))
    reader.stand_on("timeline", "timeline/night-20")
    written("Call Rook")
    reader.press("a")
    assert "Call Rook" in reader.asked
    written("Call Rook at noon")
    reader.type("!")
    reader.press("enter")
    assert reader.message.startswith("Noted; a note of another session stays")
    assert "Call Rook!" in reader.evidence
    assert "Call Rook at noon" in reader.evidence
    written("")
    reader.press("b")
    assert "Call Rook at noon" not in reader.evidence


def test_notes_for_this_session_outlast_another_version_of_the_file() -> None:
    versions = iter([changed(*CHANGES)])

    def look() -> FileVersion | None:
        version = next(versions, None)
        return FileVersion(version) if version is not None else None

    reader = SessionReader(document(), opening=Opening(look=look))
    reader.stand_on("timeline", "timeline/night-20")
    reader.press("a", "x", "enter")
    assert reader.message == "Noted, for this session only"
    reader.press("r")
    assert "Night 20 was cloudy" in reader.text
    assert NOTE in plain((*reader.row.lead, *reader.row.body, *reader.row.tail))


def test_what_is_no_entry_cannot_be_marked() -> None:
    bare = load(b"briefing: 1\ntitle: x\nas_of: '2020-01-01'\nabout: y\n", "bare.yaml")
    reader = SessionReader(bare)
    for key in "baE":
        reader.press("1", key)
        assert "There is no entry to mark here" in reader.message


def test_jump_marks(tmp_path: Path) -> None:
    reader = SessionReader(document(), opening=saved_in(tmp_path))
    reader.press("'")
    assert "No jump mark is set" in reader.asked
    reader.press("escape")
    reader.stand_on("timeline", "timeline/night-20")
    reader.press("m")
    assert "Any letter will do" in reader.asked
    reader.press("j")  # a letter that lists move by
    assert "Mark j" in reader.message
    reader.press("4", "'")
    assert reader.opened == "AskLetter"
    assert "Night 20" in reader.asked
    reader.press("j")
    assert reader.place == ("timeline", "timeline/night-20")
    reader.press("backspace")
    assert reader.pane == "deals"
    reader.press("'", "x")
    assert "There is no mark x" in reader.message
    assert reader.session.leave() == []
    reader = SessionReader(document(), opening=saved_in(tmp_path))
    reader.press("'", "enter")
    assert reader.place == ("timeline", "timeline/night-20")


def bare() -> Document:
    """A briefing without events, actors and deals."""
    return load(b"briefing: 1\ntitle: x\nas_of: '2020-01-01'\nabout: y\n", "bare.yaml")


def test_an_empty_pane_has_no_row_to_mark(tmp_path: Path) -> None:
    reader = SessionReader(bare(), opening=saved_in(tmp_path))
    reader.press("4", "m")
    assert not reader.opened
    assert reader.message.startswith("There is no row to mark here")
    reader.press("'")
    assert "No jump mark is set" in reader.asked
    reader.press("escape")
    assert not reader.session.annotations.jumps
    assert reader.session.leave() == []
    reader = SessionReader(document(), opening=saved_in(tmp_path))
    reader.press("4", "A")
    reader.type("1900")
    reader.press("enter", "m")
    assert reader.message.startswith("There is no row to mark here")


def test_a_row_that_goes_while_the_letter_is_asked_for_is_not_marked() -> None:
    reader = SessionReader(document())
    reader.press("4", "m")
    reader.session.show(scene_on(reader.session.scene, date(1900, 1, 1)))
    reader.press("a")
    assert reader.message.startswith("There is no row to mark here")
    assert not reader.session.annotations.jumps


def test_kept_jump_marks_that_lead_nowhere_say_so(tmp_path: Path) -> None:
    record = """{"version": 1, "entries": {}, "jumps": {
        "a": {"pane": "deals", "key": ""},
        "b": {"pane": "deals", "key": "deals/never\\u001b[31m\\u202e"},
        "c": {"pane": "weather", "key": "timeline/night-20"},
        "d": {"pane": 5, "key": ""},
        "\u00e9": {"pane": "deals", "key": "deals/dome"}}}"""
    (tmp_path / "x.json").write_text(record, encoding="utf-8")

    reader = SessionReader(document(), opening=saved_in(tmp_path))
    reader.press("3", "'")
    listed = [line for line in reader.asked.splitlines() if "not shown now" in line]
    assert len(listed) == 2
    assert "deals/never" in listed[1]
    assert "Timeline: Night 20 is clear" in reader.asked
    assert "dome" not in reader.asked
    reader.press("a")
    assert reader.message.startswith("Mark a is not shown now")
    reader.press("'", "b")
    assert reader.message.startswith("Mark b is not shown now")
    assert reader.pane == "actors"
    reader.press("'", "d")
    assert reader.message.startswith("There is no mark d")
    reader.press("'", "c")
    assert reader.place == ("timeline", "timeline/night-20")
    reader.press("backspace", "backspace")
    assert reader.pane == "actors"
    assert reader.message.startswith("This is the start of the history")


def test_what_changed_since_is_marked_and_stepped_over(tmp_path: Path) -> None:
    reader = SessionReader(document(), opening=saved_in(tmp_path))
    assert "unread" not in reader.header
    reader.press(".")
    assert "Nothing is unread" in reader.message
    assert reader.session.leave() == []
    reader = SessionReader(changed(*CHANGES), opening=saved_in(tmp_path))
    assert "4 unread" in reader.header
    seen = []
    for _ in range(4):
        reader.press(".")
        seen.append((reader.place, reader.message.partition(" ")[0]))
    assert seen == [
        (("summary", "key_points/2"), "Changed"),
        (("timeline", "timeline/night-20"), "Changed"),
        (("timeline", "timeline/another-night"), "New"),
        (("timeline", "withdrawn/timeline/night-21"), "Withdrawn"),
    ]
    reader.press(".")
    assert "That was the last" in reader.message
    assert reader.session.leave() == []
    reader = SessionReader(changed(*CHANGES), opening=saved_in(tmp_path))
    assert "unread" not in reader.header


@pytest.mark.parametrize(("key", "nights"), [(".", ["21", "22"]), (",", ["22", "21"])])
def test_of_several_that_were_withdrawn_none_is_passed_over(
    key: str, nights: list[str], tmp_path: Path
) -> None:
    Annotations(unchecked_scene(document()), None, tmp_path / "x.json")
    begin, end = TEXT.index("  - id: night-21"), TEXT.index("  - id: night-23")
    gone = load((TEXT[:begin] + TEXT[end:]).encode(), NAME)

    reader = SessionReader(gone, opening=saved_in(tmp_path))
    for night in nights:
        reader.press(key)
        assert reader.key == f"withdrawn/timeline/night-{night}"
        assert reader.message.startswith("Withdrawn")
    reader.press(key)
    assert "That was the last" in reader.message


def test_a_query_leads_to_what_was_withdrawn(tmp_path: Path) -> None:
    Annotations(unchecked_scene(document()), None, tmp_path / "x.json")

    reader = SessionReader(changed(*CHANGES), opening=saved_in(tmp_path))
    reader.press("/")
    reader.type("is:withdrawn")
    reader.press("enter")
    assert reader.key == "withdrawn/timeline/night-21"


def test_what_is_not_known_yet_is_gone_to_on_its_day(tmp_path: Path) -> None:
    Annotations(unchecked_scene(document()), None, tmp_path / "x.json")
    text = TEXT.replace("A delay is admitted", "A delay is denied")

    reader = SessionReader(load(text.encode(), NAME), opening=saved_in(tmp_path))
    own = reader.session.scene.as_of
    reader.press(".")
    assert "A delay is denied" in reader.row.body[0].text
    assert reader.session.scene.as_of > own
    assert "when it became known · the last unread" in reader.message
    reader.press("=", ".")
    assert reader.message == "Nothing is unread"


@pytest.mark.parametrize("record", [b'{"version": 2}', b"{nonsense"])
def test_a_record_that_cannot_be_read_is_told(record: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(record)

    reader = SessionReader(document(), opening=saved_in(tmp_path))
    assert reader.message.startswith("What was read before")
