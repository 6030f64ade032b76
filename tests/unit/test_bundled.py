"""The bundled briefing is one, whether it is opened by itself or in a library."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from briefing_tui import state
from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.load import load
from briefing_tui.cli import cli
from briefing_tui.cli.resuming import take_over_bundled
from briefing_tui.library.examine import digest
from briefing_tui.library.standings import Survey
from briefing_tui.marks import sidecar
from briefing_tui.marks.bundled import take_over
from briefing_tui.marks.notebook import Notebook
from briefing_tui.marks.places import Places, seen_file, sidecar_of
from briefing_tui.settings import Settings, bundled
from briefing_tui.views.scene import Scene, first_scene

FORMER = os.path.realpath(bundled())


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the reader's own things are kept."""
    monkeypatch.setenv("BRIEFING_TUI_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("BRIEFING_TUI_DATA", str(tmp_path / "data"))
    return tmp_path


def scene() -> Scene:
    return first_scene(load(read_bytes(bundled()), "bundled"))


def former_notebook(kept: Path) -> Notebook:
    """The marks as they were kept under the path of the briefing."""
    name = hashlib.sha256(os.fsencode(FORMER)).hexdigest()
    sidecar = kept / "data" / "marks" / f"{bundled().stem}-{name[:12]}.marks"
    return Notebook(scene(), sidecar, seen_file(FORMER), FORMER)


def notebook() -> Notebook:
    return Notebook(
        scene(), sidecar_of(None, "bundled", beside=False), seen_file("bundled"), "bundled"
    )


def forget(seen: Path | None, *keys: str) -> None:
    """Let some entries never have been seen."""
    assert seen is not None
    known = json.loads(seen.read_bytes())
    for key in keys:
        del known["entries"][key]
    seen.write_text(json.dumps(known))


def files(kept: Path) -> list[str]:
    return sorted(one.name for one in kept.rglob("*") if one.is_file())


def test_it_has_one_name_and_one_place() -> None:
    assert state.identity(str(bundled()), "") == state.identity(None, "") == "bundled"
    ways = {
        sidecar_of(file, "bundled", beside=beside)
        for file in (None, str(bundled()))
        for beside in (True, False)
    }
    assert len(ways) == 1
    assert ways.pop() is not None


def test_a_library_knows_what_was_read_and_marked_of_it() -> None:
    own = notebook()
    own.toggle_star(("timeline", 0))
    read, sidecars = Places().of(str(bundled()))
    assert read == seen_file("bundled")
    assert sidecars == [sidecar_of(None, "bundled", beside=False)]
    known = {str(bundled()): digest(read_bytes(bundled()))}
    standing = Survey(known, sidecars=True).found[str(bundled())]
    assert (standing.opened, standing.stars) == (True, 1)


def test_stars_and_notes_under_its_path_are_taken_over(kept: Path) -> None:
    before, own = former_notebook(kept), notebook()
    before.toggle_star(("timeline", 0))
    before.write_note(before.draft(("timeline", 1)), "Ask the yard #verify")
    own.toggle_star(("timeline", 2))
    own.write_note(own.draft(("timeline", 1)), "Asked")
    take_over()
    marks = notebook().marks
    assert marks.stars == {("timeline", 0), ("timeline", 2)}
    assert set(marks.notes["timeline", 1]) == {"Ask the yard #verify", "Asked"}
    assert len([name for name in files(kept) if name.endswith(".marks")]) == 1
    told = CliRunner().invoke(cli, ["marks"]).stdout
    assert told.startswith("bundled\n")
    assert FORMER not in told


def test_a_note_written_while_marks_are_taken_over_is_not_lost(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = former_notebook(kept)
    before.toggle_star(("timeline", 0))
    change = sidecar.change

    def interrupted(*args: Any, **options: Any) -> sidecar.Sidecar:
        monkeypatch.setattr(sidecar, "change", change)
        before.write_note(before.draft(("timeline", 1)), "Ask the yard")
        return change(*args, **options)

    monkeypatch.setattr(sidecar, "change", interrupted)
    take_over()
    take_over()
    assert notebook().marks.stars == {("timeline", 0)}
    assert notebook().marks.notes == {("timeline", 1): ("Ask the yard",)}


@pytest.mark.parametrize("own", [True, False])
def test_marks_beside_it_are_taken_over_from_their_owner_alone(
    own: bool,
    kept: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = kept / "briefing.yaml"
    beside = kept / "briefing.yaml.marks"
    before = Notebook(scene(), beside)
    before.toggle_star(("timeline", 0))
    monkeypatch.setattr(state, "bundled_path", lambda: str(file))
    if not own:
        stranger = os.geteuid() + 1
        monkeypatch.setattr(os, "geteuid", lambda: stranger)
    take_over()
    assert beside.exists() is not own
    assert bool(notebook().marks.stars) is own


def test_a_star_that_was_taken_away_after_that_does_not_return(kept: Path) -> None:
    former_notebook(kept).toggle_star(("timeline", 0))
    take_over()
    notebook().toggle_star(("timeline", 0))
    take_over()
    assert not notebook().marks.stars


def test_what_was_read_under_either_name_is_read(kept: Path) -> None:
    former_notebook(kept).save()
    notebook().save()
    keys = list(json.loads(seen_file("bundled").read_bytes())["entries"])  # type: ignore[union-attr]
    forget(seen_file("bundled"), keys[0], keys[1])
    forget(seen_file(FORMER), keys[1], keys[2])
    take_over()
    assert len(notebook().marks.news) == 1
    assert not seen_file(FORMER).exists()  # type: ignore[union-attr]


@pytest.mark.parametrize("newer", ["bundled", FORMER])
def test_it_begins_where_it_was_left_last(newer: str, kept: Path) -> None:
    older = FORMER if newer == "bundled" else "bundled"
    state.keep(older, state.Position(pane="deals"))
    for one in kept.rglob("*.json"):
        os.utime(one, (1, 1))
    state.keep(newer, state.Position(pane="timeline"))
    state.take_over_bundled()
    assert state.recall("bundled").position == state.Position(pane="timeline")
    assert state.recall(FORMER).position is None


def test_what_cannot_be_understood_stays_where_it_is(kept: Path) -> None:
    former_notebook(kept).toggle_star(("timeline", 0))
    state.keep(FORMER, state.Position(pane="deals"))
    for one in kept.rglob("*"):
        if one.is_file():
            one.write_text("?")
    before = files(kept)
    take_over()
    assert files(kept) == before


def test_without_leave_to_write_files_marks_stay(kept: Path) -> None:
    former_notebook(kept).toggle_star(("timeline", 0))
    take_over_bundled(Settings(files=False))
    assert not notebook().marks.stars
    take_over_bundled(Settings())
    assert notebook().marks.stars


def test_where_nothing_is_kept_nothing_is_taken_over(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_TUI_STATE", "")
    monkeypatch.setenv("BRIEFING_TUI_DATA", "")
    take_over()
    assert files(kept) == []
