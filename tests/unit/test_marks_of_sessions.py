"""Several sessions on one briefing: what one saved is not lost by what another saves."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing_tui.marks import changing
from briefing_tui.marks.notebook import Notebook
from briefing_tui.marks.seen import Jump
from briefing_tui.marks.sidecar import MAX_BYTES, SidecarError
from tests.unit.test_marks import FIRST, REPAIR, STORM, edited, scene, write

Entry = tuple[str | int, ...]


@pytest.fixture
def sidecar(tmp_path: Path) -> Path:
    return tmp_path / "harbour.yaml.marks"


def notes(sidecar: Path, entry: Entry = STORM) -> tuple[str, ...]:
    """The notes on an entry, as a new session reads them."""
    return Notebook(scene(), sidecar).marks.notes.get(entry, ())


# Notes


def test_a_note_written_meanwhile_stays_beside_the_own(sidecar: Path) -> None:
    ours, theirs = Notebook(scene(), sidecar), Notebook(scene(), sidecar)
    draft = ours.draft(STORM)
    write(theirs, STORM, "theirs")
    assert changing.note(ours, draft, "ours") == "Noted; a note of another session stays"
    assert notes(sidecar) == ("ours", "theirs")
    assert ours.marks.notes[STORM] == ("ours", "theirs")


def test_a_note_that_the_prompt_shows_is_replaced(sidecar: Path) -> None:
    ours, theirs = Notebook(scene(), sidecar), Notebook(scene(), sidecar)
    write(theirs, STORM, "theirs")
    assert ours.refresh()
    assert not ours.refresh()
    draft = ours.draft(STORM)
    assert draft.saved == "theirs"
    assert changing.note(ours, draft, "both") == "Noted"
    assert notes(sidecar) == ("both",)


def test_a_note_changed_meanwhile_stays_beside_the_own(sidecar: Path) -> None:
    write(Notebook(scene(), sidecar), STORM, "first")
    ours, theirs = Notebook(scene(), sidecar), Notebook(scene(), sidecar)
    draft = ours.draft(STORM)
    write(theirs, STORM, "theirs")
    changing.note(ours, draft, "ours")
    assert notes(sidecar) == ("ours", "theirs")


def test_a_note_removed_meanwhile_is_written_again_by_who_changes_it(sidecar: Path) -> None:
    write(Notebook(scene(), sidecar), STORM, "first")
    ours, theirs = Notebook(scene(), sidecar), Notebook(scene(), sidecar)
    draft = ours.draft(STORM)
    write(theirs, STORM, "")
    assert changing.note(ours, draft, "ours") == "Noted"
    assert notes(sidecar) == ("ours",)


def test_removing_a_note_leaves_the_one_that_another_session_made_of_it(sidecar: Path) -> None:
    write(Notebook(scene(), sidecar), STORM, "first")
    ours, theirs = Notebook(scene(), sidecar), Notebook(scene(), sidecar)
    draft = ours.draft(STORM)
    write(theirs, STORM, "theirs")
    done = changing.note(ours, draft, "")
    assert done == "Note taken away; a note of another session stays"
    assert notes(sidecar) == ("theirs",)


def test_one_text_written_by_two_sessions_is_one_note(sidecar: Path) -> None:
    ours, theirs = Notebook(scene(), sidecar), Notebook(scene(), sidecar)
    draft = ours.draft(STORM)
    write(theirs, STORM, "Ask when")
    assert changing.note(ours, draft, "Ask when") == "Noted"
    assert notes(sidecar) == ("Ask when",)


def test_notes_on_an_entry_without_an_id_are_merged_across_its_versions(sidecar: Path) -> None:
    write(Notebook(scene(), sidecar), FIRST, "first")
    later = scene(edited("before the ice comes", "after the ice is gone"))
    ours, theirs = Notebook(later, sidecar), Notebook(later, sidecar)
    draft = ours.draft(FIRST)
    write(theirs, FIRST, "theirs")  # the marks have the key of the changed entry from now on
    ours.write_note(draft, "ours")
    assert Notebook(later, sidecar).marks.notes == {FIRST: ("ours", "theirs")}


# Stars


def test_a_star_is_toggled_as_the_file_has_it(sidecar: Path) -> None:
    ours, theirs = Notebook(scene(), sidecar), Notebook(scene(), sidecar)
    assert changing.star(theirs, STORM) == "Starred"
    assert changing.star(ours, STORM) == "Star taken away: another session had changed it"
    assert not ours.marks.stars
    assert not Notebook(scene(), sidecar).marks.stars
    assert changing.star(theirs, STORM) == "Starred again: another session had changed it"
    assert theirs.marks.stars == {STORM}
    assert Notebook(scene(), sidecar).marks.stars == {STORM}
    assert changing.star(theirs, STORM) == "Star taken away"


# Jump marks


def test_a_jump_mark_is_there_for_other_sessions_at_once(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    one, two = Notebook(scene(), None, path), Notebook(scene(), None, path)
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
    one, two = Notebook(scene(), None, path), Notebook(scene(), None, path)
    one.set_jump("a", Jump("timeline", "timeline/storm"))
    two.set_jump("a", Jump("deals", "deals/lantern"))
    two.save()
    one.save()
    assert Notebook(scene(), None, path).jumps == {"a": Jump("deals", "deals/lantern")}


def test_a_jump_mark_that_cannot_be_saved_is_saved_at_the_end(tmp_path: Path) -> None:
    directory = tmp_path / "state"
    notebook = Notebook(scene(), None, directory / "x.json")
    directory.rename(tmp_path / "away")
    directory.touch()
    notebook.set_jump("a", Jump("timeline", "timeline/storm"))
    assert set(notebook.jumps) == {"a"}
    directory.unlink()
    (tmp_path / "away").rename(directory)
    assert notebook.save() == ""
    assert set(Notebook(scene(), None, directory / "x.json").jumps) == {"a"}


# What cannot be saved


def test_a_sidecar_that_is_too_large_is_told_by_its_name_once(sidecar: Path) -> None:
    with sidecar.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert Notebook(scene(), sidecar).warning == f"{sidecar}: larger than 4 MiB"


def test_no_sidecar_grows_beyond_what_can_be_read(sidecar: Path) -> None:
    notebook = Notebook(scene(), sidecar)
    write(notebook, STORM, "Ask")
    with pytest.raises(SidecarError, match="would be larger than 4 MiB"):
        write(notebook, REPAIR, "x" * MAX_BYTES)
    assert notes(sidecar) == ("Ask",)
