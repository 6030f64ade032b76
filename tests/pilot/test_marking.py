"""Stars, notes, jump marks, and stepping over what is news."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from briefing_tui.annotations.store import Annotations
from briefing_tui.briefing.load import Document, load
from briefing_tui.session.briefing_file import Version
from briefing_tui.settings.options import Settings
from briefing_tui.tui.screens.pickers import LetterPicker
from briefing_tui.views.glyphs import NOTE, STAR, UNREAD
from briefing_tui.views.scene import Scene, scene_on, unchecked_scene
from tests.opening import Opening
from tests.pilot.driving import ULTRA, Reading, piloted, reading
from tests.pilot.observatory import NAME, TEXT, document

Change = Callable[[str], str]


def kept(directory: Path) -> Opening:
    """A session whose marks are kept in a directory."""

    def notebook(scene: Scene) -> Annotations:
        return Annotations(
            scene, directory / "x.marks", directory / "x.json", rescue_directory=directory / "state"
        )

    return Opening(notebook=notebook)


def changed() -> Document:
    """The briefing after a night changed, one came and one went."""
    text = TEXT.replace("Night 20 is clear", "Night 20 was cloudy")
    text = text.replace("id: night-21", "id: another-night")
    text = text.replace("Nobody expected a quokka.", "Nobody at all expected a quokka.")
    assert text != TEXT
    return load(text.encode(), NAME)


def line_of(reader: Reading, part: str) -> str:
    return next(line for line in reader.within(reader.rows) if part in line)


def test_a_star_is_set_seen_kept_and_taken_away(tmp_path: Path) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=kept(tmp_path)) as reader:
            await reader.stand_on("timeline", "timeline/night-20")
            assert STAR not in reader.text
            await reader.press("b")
            assert reader.last.startswith("Starred")
            assert STAR in line_of(reader, "Night 20")
            assert reader.key == "timeline/night-20"
            reader.check()
        async with reading(document(), opening=kept(tmp_path)) as reader:
            await reader.stand_on("timeline", "timeline/night-20")
            assert STAR in line_of(reader, "Night 20")
            await reader.press("b")
            assert reader.last.startswith("Unstarred")
            assert STAR not in reader.text

    scenario()


def test_a_note_is_written_read_changed_and_taken_away(tmp_path: Path) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=kept(tmp_path)) as reader:
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


def test_a_note_that_cannot_be_saved_stays_in_the_prompt(tmp_path: Path) -> None:
    sidecar = tmp_path / "x.marks"

    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=kept(tmp_path)) as reader:
            await reader.stand_on("timeline", "timeline/night-20")
            sidecar.mkdir()
            await reader.press("a")
            await reader.type("Ask Vale")
            for more in ("", " #verify"):
                await reader.type(more)
                await reader.press("enter")
                assert reader.opened == "Prompt"
                assert f"Ask Vale{more}" in reader.text
                problem = " ".join(reader.within(reader.top.query_one("#problem"))).split()
                assert problem[:2] == ["Not", "saved:"]
                assert problem[-3:] == ["Is", "a", "directory"]
                reader.check()
            await reader.press("escape")
            assert reader.last == "Not saved yet; a offers your text again"
            await reader.press("j", "a")
            assert "Ask Vale" not in reader.text
            await reader.press("escape", "k")
            sidecar.rmdir()
            await reader.press("a", "enter")
            assert reader.last.startswith("Noted")
            assert "Ask Vale #verify" in reader.evidence
            assert reader.app.problems == []

    scenario()


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q"])
def test_a_note_that_nobody_entered_is_in_a_file_at_the_end(key: str, tmp_path: Path) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=kept(tmp_path)) as reader:
            await reader.press("a")
            await reader.type("Ask Vale")
            await reader.press(key)
            assert not reader.app.is_running
        (file,) = (tmp_path / "state").iterdir()
        assert file.read_text().endswith("\nAsk Vale\n")
        assert reader.app.problems == [f"1 note could not be saved as marks; the text is in {file}"]
        async with reading(document(), opening=kept(tmp_path)) as reader:
            await reader.press("a")
            await reader.press(key)
        assert reader.app.problems == []

    scenario()


def test_a_note_of_another_session_is_shown_and_stays(tmp_path: Path) -> None:
    def written(text: str) -> None:
        theirs = Annotations(unchecked_scene(document()), tmp_path / "x.marks")
        draft = theirs.draft(("timeline", 20))
        assert draft.anchor.key == "timeline/night-20"
        theirs.write_note(draft, text)

    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=kept(tmp_path)) as reader:
            await reader.stand_on("timeline", "timeline/night-20")
            written("Call Rook")
            await reader.press("a")
            assert "Call Rook" in reader.text
            written("Call Rook at noon")
            await reader.type("!")
            await reader.press("enter")
            assert reader.last.startswith("Noted; a note of another session stays")
            assert "Call Rook!" in reader.evidence
            assert "Call Rook at noon" in reader.evidence
            written("")
            await reader.press("b")
            assert NOTE not in line_of(reader, "Night 20")

    scenario()


def test_notes_for_this_session_outlast_another_version_of_the_file() -> None:
    versions = iter([changed()])

    def look() -> Version | None:
        found = next(versions, None)
        return Version(found) if found is not None else None

    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=Opening(look=look)) as reader:
            await reader.stand_on("timeline", "timeline/night-20")
            await reader.press("a", "x", "enter")
            assert reader.last == "Noted, for this session only"
            await reader.press("r")
            assert "Night 20 was cloudy" in reader.text
            assert NOTE in line_of(reader, "Night 20")

    scenario()


def test_a_note_in_the_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\nprintf "\\n\\nfirst\\n\\nlast\\n\\n" > "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", f"'{editor}'")
    monkeypatch.setattr("textual.app.App.suspend", suspended)

    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=kept(tmp_path)) as reader:
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
        async with reading(document(), ULTRA, opening=kept(tmp_path / "y")) as reader:
            await reader.press("E")
            assert reader.last.startswith("Noted")
            assert list(temporary.iterdir()) == []
        async with reading(document(), ULTRA, opening=kept(tmp_path / "z")) as reader:
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
        async with reading(document(), ULTRA, opening=kept(tmp_path)) as reader:
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


@piloted
async def test_what_is_no_entry_cannot_be_marked() -> None:
    bare = load(b"briefing: 1\ntitle: x\nas_of: '2020-01-01'\nabout: y\n", "bare.yaml")
    async with reading(bare) as reader:
        for key in "baE":
            await reader.press("1", key)
            assert "There is no entry to mark here" in reader.last


def test_jump_marks(tmp_path: Path) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=kept(tmp_path)) as reader:
            await reader.press("'")
            assert "No jump mark is set" in reader.text
            await reader.press("escape")
            await reader.stand_on("timeline", "timeline/night-20")
            await reader.press("m")
            assert "Any letter will do" in reader.text
            await reader.press("j")  # a letter that lists move by
            assert "Mark j" in reader.last
            await reader.press("4", "'")
            assert isinstance(reader.top, LetterPicker)
            assert "Night 20" in reader.text
            await reader.press("j")
            assert reader.place == ("timeline", "timeline/night-20")
            await reader.press("backspace")
            assert reader.pane == "deals"
            await reader.press("'", "x")
            assert "There is no mark x" in reader.last
        async with reading(document(), opening=kept(tmp_path)) as reader:
            await reader.press("'", "enter")
            assert reader.place == ("timeline", "timeline/night-20")

    scenario()


def bare() -> Document:
    """A briefing without events, actors and deals."""
    return load(b"briefing: 1\ntitle: x\nas_of: '2020-01-01'\nabout: y\n", "bare.yaml")


def test_an_empty_pane_has_no_row_to_mark(tmp_path: Path) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(bare(), opening=kept(tmp_path)) as reader:
            await reader.press("4", "m")
            assert reader.reading
            assert reader.last.startswith("There is no row to mark here")
            await reader.press("'")
            assert "No jump mark is set" in reader.text
            await reader.press("escape")
            assert not reader.reader.session.annotations.jumps
        async with reading(document(), opening=kept(tmp_path)) as reader:
            await reader.press("4", "A")
            await reader.type("1900")
            await reader.press("enter", "m")
            assert reader.last.startswith("There is no row to mark here")

    scenario()


@piloted
async def test_a_row_that_goes_while_the_letter_is_asked_for_is_not_marked() -> None:
    async with reading(document()) as reader:
        await reader.press("4", "m")
        reader.reader.session.show(scene_on(reader.reader.scene, date(1900, 1, 1)))
        reader.reader.sync()
        await reader.settle()
        await reader.press("a")
        assert reader.last.startswith("There is no row to mark here")
        assert not reader.reader.session.annotations.jumps


def test_kept_jump_marks_that_lead_nowhere_say_so(tmp_path: Path) -> None:
    record = """{"version": 1, "entries": {}, "jumps": {
        "a": {"pane": "deals", "key": ""},
        "b": {"pane": "deals", "key": "deals/never\\u001b[31m\\u202e"},
        "c": {"pane": "weather", "key": "timeline/night-20"},
        "d": {"pane": 5, "key": ""},
        "\u00e9": {"pane": "deals", "key": "deals/dome"}}}"""
    (tmp_path / "x.json").write_text(record, encoding="utf-8")

    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=kept(tmp_path)) as reader:
            await reader.press("3", "'")
            reader.check()
            listed = [line for line in reader.lines if "not shown now" in line]
            assert len(listed) == 2
            assert "deals/never" in listed[1]
            assert "Timeline: Night 20 is clear" in reader.text
            assert "dome" not in "".join(reader.within(reader.top.query_one("#overlay")))
            await reader.press("a")
            assert reader.last.startswith("Mark a is not shown now")
            await reader.press("'", "b")
            assert reader.last.startswith("Mark b is not shown now")
            assert reader.pane == "actors"
            await reader.press("'", "d")
            assert reader.last.startswith("There is no mark d")
            await reader.press("'", "c")
            assert reader.place == ("timeline", "timeline/night-20")
            await reader.press("backspace", "backspace")
            assert reader.pane == "actors"
            assert reader.last.startswith("This is where you began")

    scenario()


def test_what_changed_since_is_marked_and_stepped_over(tmp_path: Path) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=kept(tmp_path)) as reader:
            assert UNREAD not in {line[:1] for line in reader.lines}
            await reader.press(".")
            assert "Nothing is unread" in reader.last
        async with reading(changed(), opening=kept(tmp_path)) as reader:
            assert "4 unread" in reader.lines[0] + reader.lines[1]
            seen = []
            for _ in range(4):
                await reader.press(".")
                seen.append((reader.place, reader.last.partition(" ")[0]))
                reader.check()
            assert seen == [
                (("summary", "key_points/2"), "Changed"),
                (("timeline", "timeline/night-20"), "Changed"),
                (("timeline", "timeline/another-night"), "New"),
                (("timeline", "withdrawn/timeline/night-21"), "Withdrawn"),
            ]
            await reader.press(".")
            assert "That was the last" in reader.last
        async with reading(changed(), opening=kept(tmp_path)) as reader:
            assert "unread" not in reader.lines[0] + reader.lines[1]

    scenario()


@pytest.mark.parametrize(("key", "nights"), [(".", ["21", "22"]), (",", ["22", "21"])])
def test_of_several_that_were_withdrawn_none_is_passed_over(
    key: str, nights: list[str], tmp_path: Path
) -> None:
    Annotations(unchecked_scene(document()), None, tmp_path / "x.json")
    begin, end = TEXT.index("  - id: night-21"), TEXT.index("  - id: night-23")
    gone = load((TEXT[:begin] + TEXT[end:]).encode(), NAME)

    @piloted
    async def scenario() -> None:
        async with reading(gone, opening=kept(tmp_path)) as reader:
            for night in nights:
                await reader.press(key)
                assert reader.key == f"withdrawn/timeline/night-{night}"
                assert reader.last.startswith("Withdrawn")
            await reader.press(key)
            assert "That was the last" in reader.last

    scenario()


def test_a_query_leads_to_what_was_withdrawn(tmp_path: Path) -> None:
    Annotations(unchecked_scene(document()), None, tmp_path / "x.json")

    @piloted
    async def scenario() -> None:
        async with reading(changed(), opening=kept(tmp_path)) as reader:
            await reader.press("/")
            await reader.type("is:withdrawn")
            await reader.press("enter")
            assert reader.key == "withdrawn/timeline/night-21"

    scenario()


def test_backwards_and_a_row_that_is_left_was_read(tmp_path: Path) -> None:
    Annotations(unchecked_scene(document()), None, tmp_path / "x.json")

    @piloted
    async def scenario() -> None:
        async with reading(changed(), opening=kept(tmp_path)) as reader:
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


def test_what_is_not_known_yet_is_gone_to_on_its_day(tmp_path: Path) -> None:
    Annotations(unchecked_scene(document()), None, tmp_path / "x.json")
    text = TEXT.replace("A delay is admitted", "A delay is denied")

    @piloted
    async def scenario() -> None:
        async with reading(load(text.encode(), NAME), opening=kept(tmp_path)) as reader:
            own = reader.reader.scene.as_of
            await reader.press(".")
            assert "A delay is denied" in reader.row.body[0].text
            assert reader.reader.scene.as_of > own
            assert "when it became known · the last unread" in reader.last
            await reader.press("=", ".")
            assert reader.last == "Nothing is unread"

    scenario()


@pytest.mark.parametrize("record", [b'{"version": 2}', b"{nonsense"])
def test_a_record_that_cannot_be_read_is_told(record: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(record)

    @piloted
    async def scenario() -> None:
        async with reading(document(), opening=kept(tmp_path)) as reader:
            assert reader.last.startswith("What was read before")

    scenario()
