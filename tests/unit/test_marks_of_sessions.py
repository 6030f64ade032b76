"""Several sessions on one briefing: what one saved is not lost by what another saves."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from briefing_tui.annotations import actions
from briefing_tui.annotations.drafts import Draft
from briefing_tui.annotations.read_state import Jump
from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.annotations.sidecar import MAX_BYTES, SidecarError
from tests.places import directories
from tests.profiles import examples
from tests.unit.test_marks import FIRST, HOLM, REPAIR, STORM, edited, scene, write

Entry = tuple[str | int, ...]


@pytest.fixture
def sidecar(tmp_path: Path) -> Path:
    return tmp_path / "harbour.yaml.marks"


@contextlib.contextmanager
def unusable(path: Path) -> Iterator[None]:
    """A directory in the place of a file, which not even the superuser can write to."""
    aside = path.with_suffix(".aside")
    if path.exists():
        path.rename(aside)
    path.mkdir()
    try:
        yield
    finally:
        path.rmdir()
        if aside.exists():
            aside.rename(path)


def opened(sidecar: Path) -> Annotations:
    """The annotations of a session; unsaved notes go to its state directory."""
    return Annotations(scene(), sidecar, rescue_directory=directories().state)


def notes(sidecar: Path, entry: Entry = STORM) -> tuple[str, ...]:
    """The notes on an entry, as a new session reads them."""
    return opened(sidecar).marks.notes.get(entry, ())


# Notes


def test_a_note_written_meanwhile_stays_beside_the_own(sidecar: Path) -> None:
    ours, theirs = (
        opened(sidecar),
        opened(sidecar),
    )
    draft = ours.draft(STORM)
    write(theirs, STORM, "theirs")
    assert actions.write_note(ours, draft, "ours") == "Noted; a note of another session stays"
    assert notes(sidecar) == ("ours", "theirs")
    assert ours.marks.notes[STORM] == ("ours", "theirs")


def test_a_note_that_the_prompt_shows_is_replaced(sidecar: Path) -> None:
    ours, theirs = (
        opened(sidecar),
        opened(sidecar),
    )
    write(theirs, STORM, "theirs")
    assert ours.refresh()
    assert not ours.refresh()
    draft = ours.draft(STORM)
    assert draft.saved == "theirs"
    assert actions.write_note(ours, draft, "both") == "Noted"
    assert notes(sidecar) == ("both",)


def test_a_note_changed_meanwhile_stays_beside_the_own(sidecar: Path) -> None:
    write(opened(sidecar), STORM, "first")
    ours, theirs = (
        opened(sidecar),
        opened(sidecar),
    )
    draft = ours.draft(STORM)
    write(theirs, STORM, "theirs")
    actions.write_note(ours, draft, "ours")
    assert notes(sidecar) == ("ours", "theirs")


def test_a_note_removed_meanwhile_is_written_again_by_who_changes_it(sidecar: Path) -> None:
    write(opened(sidecar), STORM, "first")
    ours, theirs = (
        opened(sidecar),
        opened(sidecar),
    )
    draft = ours.draft(STORM)
    write(theirs, STORM, "")
    assert actions.write_note(ours, draft, "ours") == "Noted"
    assert notes(sidecar) == ("ours",)


def test_removing_a_note_leaves_the_one_that_another_session_made_of_it(sidecar: Path) -> None:
    write(opened(sidecar), STORM, "first")
    ours, theirs = (
        opened(sidecar),
        opened(sidecar),
    )
    draft = ours.draft(STORM)
    write(theirs, STORM, "theirs")
    done = actions.write_note(ours, draft, "")
    assert done == "Note removed; a note of another session stays"
    assert notes(sidecar) == ("theirs",)


def test_one_text_written_by_two_sessions_is_one_note(sidecar: Path) -> None:
    ours, theirs = (
        opened(sidecar),
        opened(sidecar),
    )
    draft = ours.draft(STORM)
    write(theirs, STORM, "Ask when")
    assert actions.write_note(ours, draft, "Ask when") == "Noted"
    assert notes(sidecar) == ("Ask when",)


def test_notes_on_an_entry_without_an_id_are_merged_across_its_versions(sidecar: Path) -> None:
    write(opened(sidecar), FIRST, "first")
    later = scene(edited("before the ice comes", "after the ice is gone"))
    ours, theirs = Annotations(later, sidecar), Annotations(later, sidecar)
    draft = ours.draft(FIRST)
    write(theirs, FIRST, "theirs")  # the marks have the key of the changed entry from now on
    ours.write_note(draft, "ours")
    assert Annotations(later, sidecar).marks.notes == {FIRST: ("ours", "theirs")}


# Stars


def test_a_star_is_toggled_as_the_file_has_it(sidecar: Path) -> None:
    ours, theirs = (
        opened(sidecar),
        opened(sidecar),
    )
    assert actions.toggle_star(theirs, STORM) == "Starred"
    assert actions.toggle_star(ours, STORM) == "Unstarred: another session had changed it"
    assert not ours.marks.stars
    assert not opened(sidecar).marks.stars
    assert actions.toggle_star(theirs, STORM) == "Starred again: another session had changed it"
    assert theirs.marks.stars == {STORM}
    assert opened(sidecar).marks.stars == {STORM}
    assert actions.toggle_star(theirs, STORM) == "Unstarred"


# Jump marks


def test_a_jump_mark_is_there_for_other_sessions_at_once(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    one, two = Annotations(scene(), None, path), Annotations(scene(), None, path)
    one.set_jump("a", Jump("timeline", "timeline/storm"))
    assert two.jumps == {}
    two.refresh()
    assert set(two.jumps) == {"a"}
    two.set_jump("b", Jump("deals", "deals/lantern"))
    assert set(two.jumps) == {"a", "b"}
    one.refresh()
    assert set(one.jumps) == {"a", "b"}


def test_the_jump_mark_that_was_set_last_stays_whoever_leaves_last(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    one, two = Annotations(scene(), None, path), Annotations(scene(), None, path)
    one.set_jump("a", Jump("timeline", "timeline/storm"))
    two.set_jump("a", Jump("deals", "deals/lantern"))
    two.save()
    one.save()
    assert Annotations(scene(), None, path).jumps == {"a": Jump("deals", "deals/lantern")}


def test_a_jump_mark_that_cannot_be_saved_is_saved_at_the_end(tmp_path: Path) -> None:
    directory = tmp_path / "state"
    notebook = Annotations(scene(), None, directory / "x.json")
    directory.rename(tmp_path / "away")
    directory.touch()
    notebook.set_jump("a", Jump("timeline", "timeline/storm"))
    assert set(notebook.jumps) == {"a"}
    directory.unlink()
    (tmp_path / "away").rename(directory)
    assert notebook.save() == ""
    assert set(Annotations(scene(), None, directory / "x.json").jumps) == {"a"}


# What cannot be saved


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory of the state."""
    monkeypatch.setenv("BRIEFING_TUI_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def test_a_note_that_cannot_be_saved_is_offered_until_it_is(sidecar: Path) -> None:
    notebook = opened(sidecar)
    write(notebook, STORM, "before")
    with unusable(sidecar):
        for text in ("first try", "second try"):
            with pytest.raises(SidecarError, match="Is a directory"):
                write(notebook, STORM, text)
            assert notebook.draft(STORM).text == text
            assert notebook.marks.notes == {STORM: ("before",)}
        assert notebook.draft(REPAIR).text == ""
    write(opened(sidecar), STORM, "theirs")
    draft = notebook.draft(STORM)
    assert notebook.write_note(draft, draft.text)
    assert notes(sidecar) == ("second try", "theirs")
    assert not notebook.unsaved
    assert notebook.close() == []


def test_a_note_that_is_not_saved_at_the_end_is_in_a_file_of_its_own(
    sidecar: Path, state: Path
) -> None:
    notebook = opened(sidecar)
    with unusable(sidecar):
        for entry, text in ((STORM, "Ask\n\nthe keeper"), (REPAIR, "Who pays?")):
            with pytest.raises(SidecarError):
                write(notebook, entry, text)
        (problem,) = notebook.close()
    (file,) = state.iterdir()
    assert problem == f"2 notes could not be saved as marks; the text is in {file}"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text().splitlines() == [
        "Unsaved notes on: The harbour light",
        "",
        "[timeline/storm] The lantern is lost",
        "Ask",
        "",
        "the keeper",
        "",
        "[timeline/repair] Repair begins",
        "Who pays?",
    ]
    assert notebook.close() == []


def test_a_note_that_no_file_takes_is_in_the_message(
    sidecar: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    for state in ("", str(tmp_path / "file")):
        monkeypatch.setenv("BRIEFING_TUI_STATE", state)
        notebook = opened(sidecar)
        with unusable(sidecar):
            with pytest.raises(SidecarError):
                write(notebook, STORM, "Ask the keeper")
            (problem,) = notebook.close()
        assert problem.splitlines() == [
            "1 note could not be saved:",
            "[timeline/storm] The lantern is lost",
            "Ask the keeper",
        ]


def test_notes_beside_a_damaged_sidecar_are_not_lost_with_the_session(
    sidecar: Path, state: Path
) -> None:
    sidecar.write_text("no marks")
    notebook = opened(sidecar)
    for text in ("a", "Ask"):
        message = actions.write_note(notebook, notebook.draft(STORM), text)
        assert message == "Noted, for this session only"
    actions.write_note(notebook, notebook.draft(REPAIR), "a slip")
    actions.write_note(notebook, notebook.draft(REPAIR), "")
    assert notebook.marks.notes == {STORM: ("Ask",)}
    notebook.close()
    assert [file.read_text().splitlines()[2:] for file in state.iterdir()] == [
        ["[timeline/storm] The lantern is lost", "Ask"]
    ]
    assert sidecar.read_text() == "no marks"


def test_notes_that_are_not_to_be_kept_are_not(state: Path) -> None:
    notebook = Annotations(scene())
    write(notebook, STORM, "Ask")
    assert notebook.close() == []
    assert not state.exists()


def test_what_is_not_saved_outlasts_another_version_of_the_briefing(sidecar: Path) -> None:
    notebook = opened(sidecar)
    later = scene(edited("is lost", "was lost"))
    with unusable(sidecar), pytest.raises(SidecarError):
        write(notebook, STORM, "Ask")
    reopened = Annotations(later, sidecar)
    reopened.take_over(notebook)
    assert reopened.draft(STORM).text == "Ask"
    for_now = Annotations(scene())
    for_now.toggle_star(STORM)
    write(for_now, REPAIR, "Who pays?")
    reopened = Annotations(later)
    reopened.take_over(for_now)
    assert reopened.marks.stars == {STORM}
    assert reopened.marks.notes == {REPAIR: ("Who pays?",)}


def test_a_sidecar_that_is_too_large_is_told_by_its_name_once(sidecar: Path) -> None:
    with sidecar.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert opened(sidecar).warning == f"{sidecar}: larger than 4 MiB"


def test_no_sidecar_grows_beyond_what_can_be_read(sidecar: Path) -> None:
    notebook = opened(sidecar)
    write(notebook, STORM, "Ask")
    with pytest.raises(SidecarError, match="would be larger than 4 MiB"):
        write(notebook, REPAIR, "x" * MAX_BYTES)
    assert notes(sidecar) == ("Ask",)
    assert len(notebook.draft(REPAIR).text) == MAX_BYTES


ENTRIES = st.sampled_from([STORM, REPAIR, HOLM])
SESSIONS = st.integers(0, 2)
LETTERS = st.sampled_from("ab")
TEXTS = st.sampled_from(["", "ask", "call back", "who pays?", "#verify"])


class Sessions(RuleBasedStateMachine):
    """Three sessions that mark one briefing in any order.

    A saved note is there until somebody who saw it replaces or removes it; a note that could not be
    saved is offered again, and is in a file once its session has ended.
    """

    @initialize()
    def begin(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="briefing-marks-"))
        self.sidecar = self.directory / "harbour.yaml.marks"
        self.monkeypatch = pytest.MonkeyPatch()
        self.monkeypatch.setenv("BRIEFING_TUI_STATE", str(self.directory / "state"))
        self.scene = scene()
        self.sessions = [self.opened() for _ in range(3)]
        self.drafts: dict[tuple[int, Entry], Draft] = {}
        self.unusable = contextlib.ExitStack()
        self.damaged = False
        self.stars: set[Entry] = set()
        self.notes: dict[Entry, set[str]] = {}
        self.unsaved: list[dict[Entry, str]] = [{}, {}, {}]
        self.jumps: dict[str, Jump] = {}

    def teardown(self) -> None:
        self.unusable.close()
        self.monkeypatch.undo()
        shutil.rmtree(self.directory)

    def opened(self) -> Annotations:
        return Annotations(
            self.scene,
            self.sidecar,
            self.directory / "x.json",
            rescue_directory=self.directory / "state",
        )

    @rule(session=SESSIONS)
    def refresh(self, session: int) -> None:
        self.sessions[session].refresh()
        if not self.damaged:
            self.shows(session)
        assert self.sessions[session].jumps == self.jumps

    def shows(self, session: int) -> None:
        marks = self.sessions[session].marks
        assert marks.stars == self.stars
        assert {entry: set(texts) for entry, texts in marks.notes.items()} == self.notes

    @rule(session=SESSIONS, entry=ENTRIES)
    def star(self, session: int, entry: Entry) -> None:
        if self.damaged:
            with pytest.raises(SidecarError):
                self.sessions[session].toggle_star(entry)
        else:
            starred = self.sessions[session].toggle_star(entry)
            assert starred == (entry not in self.stars)
            self.stars ^= {entry}
            self.shows(session)

    @rule(session=SESSIONS, entry=ENTRIES)
    def open_prompt(self, session: int, entry: Entry) -> None:
        draft = self.sessions[session].draft(entry)
        assert draft.unsaved == self.unsaved[session].get(entry, "")
        self.drafts[session, entry] = draft

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), text=TEXTS)
    def enter(self, data: st.DataObject, text: str) -> None:
        session, entry = data.draw(st.sampled_from(sorted(self.drafts, key=str)))
        draft = self.drafts.pop((session, entry))
        self.unsaved[session].pop(entry, None)
        if self.damaged:
            with pytest.raises(SidecarError):
                self.sessions[session].write_note(draft, text)
            if text:
                self.unsaved[session][entry] = text
            return
        stay = self.notes.get(entry, set()) - {note.text for note in draft.notes}
        others = self.sessions[session].write_note(draft, text)
        assert others == bool(stay - {text})
        self.notes[entry] = stay | ({text} if text else set())
        if not self.notes[entry]:
            del self.notes[entry]
        self.shows(session)

    @rule(session=SESSIONS, letter=LETTERS, entry=ENTRIES)
    def jump(self, session: int, letter: str, entry: Entry) -> None:
        self.jumps[letter] = Jump("timeline", str(entry))
        self.sessions[session].set_jump(letter, self.jumps[letter])

    @precondition(lambda self: not self.damaged)
    @rule()
    def damage(self) -> None:
        self.unusable.enter_context(unusable(self.sidecar))
        self.damaged = True

    @precondition(lambda self: self.damaged)
    @rule()
    def repair(self) -> None:
        self.unusable.close()
        self.damaged = False

    @precondition(lambda self: not self.damaged)
    @rule(session=SESSIONS)
    def leave_and_return(self, session: int) -> None:
        problems = self.sessions[session].close()
        unsaved = self.unsaved[session]
        self.unsaved[session] = {}
        files = list((self.directory / "state").glob("*"))
        assert len(files) == len(problems) == bool(unsaved)
        for file in files:
            lines = file.read_text().splitlines()
            assert all(text in lines for text in unsaved.values())
            file.unlink()
        self.sessions[session] = self.opened()
        for key in [key for key in self.drafts if key[0] == session]:
            del self.drafts[key]
        self.shows(session)

    @invariant()
    def the_files_hold_what_was_saved(self) -> None:
        if not self.damaged:
            marks = self.opened().marks
            assert marks.stars == self.stars
            assert {entry: set(texts) for entry, texts in marks.notes.items()} == self.notes
        assert self.opened().jumps == self.jumps


Sessions.TestCase.settings = settings(max_examples=examples(10), stateful_step_count=30)
TestSessions = Sessions.TestCase
