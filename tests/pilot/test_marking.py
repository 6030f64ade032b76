"""Stars, notes, jump marks, and stepping over what is news."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.settings.options import Settings
from briefing_tui.views.glyphs import NOTE, STAR, UNREAD
from briefing_tui.views.scene import unchecked_scene
from tests.observatory import CHANGES, changed, document
from tests.pilot.driving import ULTRA, Reading, piloted, reading
from tests.sessions import saved_in

Change = Callable[[str], str]


def line_of(reader: Reading, part: str) -> str:
    return next(line for line in reader.within(reader.rows) if part in line)


def test_a_star_is_set_seen_kept_and_taken_away(tmp_path: Path) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=saved_in(tmp_path)) as reader:
            await reader.stand_on("timeline", "timeline/night-20")
            assert STAR not in reader.text
            await reader.press("b")
            assert reader.last.startswith("Starred")
            assert STAR in line_of(reader, "Night 20")
            assert reader.key == "timeline/night-20"
            reader.check()
        async with reading(document(), opening=saved_in(tmp_path)) as reader:
            await reader.stand_on("timeline", "timeline/night-20")
            assert STAR in line_of(reader, "Night 20")
            await reader.press("b")
            assert reader.last.startswith("Unstarred")
            assert STAR not in reader.text

    scenario()


def test_a_note_is_written_read_changed_and_taken_away(tmp_path: Path) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=saved_in(tmp_path)) as reader:
            await reader.stand_on("timeline", "timeline/night-20")
            await reader.press("a")
            assert reader.opened == "Prompt"
            await reader.type("Ask Vale [bold] #verify")
            await reader.press("enter")
            assert reader.last.startswith("Noted")
            assert NOTE in line_of(reader, "Night 20")
            assert "Ask Vale [bold] #verify" in reader.evidence
            await reader.press("a", "escape")
            assert "Ask Vale" in reader.evidence
            await reader.press("a", "!", "enter")
            assert "#verify!" in reader.evidence
            await reader.press("a", *["backspace"] * 30, "enter")
            assert reader.last.startswith("Note removed")
            assert NOTE not in reader.text

    scenario()


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q"])
def test_a_note_that_nobody_entered_is_in_a_file_at_the_end(key: str, tmp_path: Path) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=saved_in(tmp_path)) as reader:
            await reader.press("a")
            await reader.type("Ask Vale")
            await reader.press(key)
            assert not reader.app.is_running
        (file,) = (tmp_path / "state").iterdir()
        assert file.read_text().endswith("\nAsk Vale\n")
        assert reader.app.problems == [f"1 note could not be saved as marks; the text is in {file}"]
        async with reading(document(), opening=saved_in(tmp_path)) as reader:
            await reader.press("a")
            await reader.press(key)
        assert reader.app.problems == []

    scenario()


def test_a_note_in_the_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\nprintf "\\n\\nfirst\\n\\nlast\\n\\n" > "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", f"'{editor}'")
    monkeypatch.setattr("textual.app.App.suspend", suspended)

    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=saved_in(tmp_path)) as reader:
            await reader.stand_on("timeline", "timeline/night-20")
            await reader.press("E")
            assert reader.last.startswith("Noted")
            assert "first\n\nlast" in reader.evidence
            # A note of several lines goes to the editor at once.
            editor.write_text("#!/bin/sh\nexit 3\n")
            await reader.press("a")
            assert "ended with code 3; the note is as it was" in reader.last
            assert "first\n\nlast" in reader.evidence

    scenario()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory for temporary files, which an editor has its file in."""
    directory = tmp_path / "t"
    directory.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(directory))
    monkeypatch.setattr("textual.app.App.suspend", suspended)
    return directory


def test_the_file_of_the_editor_stays_until_the_note_is_saved(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "sh -c 'echo again >>\"$1\"' --")

    @piloted
    async def scenario() -> None:
        async with reading(document(), ULTRA, opening=saved_in(tmp_path / "y")) as reader:
            await reader.press("E")
            assert reader.last.startswith("Noted")
            assert list(temporary.iterdir()) == []
        async with reading(document(), ULTRA, opening=saved_in(tmp_path / "z")) as reader:
            (tmp_path / "z" / "x.marks").mkdir()
            await reader.press("E")
            (file,) = temporary.glob("*/*")
            assert file.read_text() == "again\n"
            assert reader.last.startswith(f"Your text is in {file}, not saved: ")
            (tmp_path / "z" / "x.marks").rmdir()
            await reader.press("E")
            assert reader.last.startswith("Noted")
            assert "again\nagain" in reader.evidence

    scenario()


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo again >{}; exit 3", "The editor ended with code 3; your text is in {}"),
        ("printf 'caf\\351' >{}", "The note is not UTF-8; your text is in {}"),
        ("truncate -s 5M {}", "The note is larger than 4 MiB; your text is in {}"),
        ("rm {}", "The note cannot be read: No such file or directory; the note is as it was"),
    ],
)
def test_what_an_editor_leaves_that_is_no_note_is_named(
    script: str, told: str, temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\n" + script.format('"$1"') + "\n")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))

    @piloted
    async def scenario() -> None:
        async with reading(document(), ULTRA, opening=saved_in(tmp_path)) as reader:
            await reader.press("E")
            files = list(temporary.glob("*/*"))
            assert reader.last == told.format(*files)
            assert NOTE not in reader.text

    scenario()


def test_no_room_for_the_file_of_the_editor(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "true")
    temporary.rmdir()

    @piloted
    async def scenario() -> None:
        async with reading(document()) as reader:
            await reader.press("E")
            assert reader.last.startswith("No file for the editor can be written: No such file")

    scenario()


def suspended(_: object) -> object:
    from contextlib import nullcontext

    return nullcontext()


@piloted
async def test_no_editor_where_the_configuration_has_none() -> None:
    async with reading(document(), settings=Settings(editor=False)) as reader:
        await reader.press("E")
        assert "does not let the reader start an editor" in reader.last


@piloted
async def test_an_editor_that_is_not_there_or_cannot_be_opened() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDITOR", "no-such-editor")
        async with reading(document()) as reader:
            await reader.press("E")
            assert "No editor can be opened in this terminal" in reader.last
        patch.setattr("textual.app.App.suspend", suspended)
        async with reading(document()) as reader:
            await reader.press("E")
            assert "no-such-editor: No such file" in reader.last


@piloted
async def test_what_is_said_stands_until_the_next_key() -> None:
    """Whatever is drawn before: an editor leaves with a resize."""
    async with reading(document()) as reader:
        await reader.press("b")
        for width in (70, 120):
            await reader.resize(width, 30)
            assert reader.last.startswith("Starred")
        await reader.press("j")
        assert "Starred" not in reader.text


def test_backwards_and_a_row_that_is_left_was_read(tmp_path: Path) -> None:
    Annotations(unchecked_scene(document()), None, tmp_path / "x.json")

    @piloted
    async def scenario() -> None:
        async with reading(changed(*CHANGES), opening=saved_in(tmp_path)) as reader:
            await reader.press("2", "G")
            assert reader.key == "withdrawn/timeline/night-21"
            await reader.press(",")
            assert reader.key == "timeline/another-night"
            assert "withdrawn/timeline/night-21" not in {one.key for one in reader.rows.view.rows}
            assert UNREAD in line_of(reader, "Night 21")
            assert "New since you last read it" in reader.evidence
            await reader.press("k")
            assert UNREAD not in line_of(reader, "Night 21")
            assert "2 unread" in reader.lines[1]

    scenario()
