"""Stars, notes, jump marks, and stepping over what is news."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing_tui.briefing.load import Document, load
from briefing_tui.marks.notebook import Notebook
from briefing_tui.reader.resuming import Opening
from briefing_tui.reader.screens.letters import Letters
from briefing_tui.settings import Settings
from briefing_tui.views.glyphs import NOTE, STAR, UNREAD
from briefing_tui.views.scene import Scene, first_scene
from tests.pilot.driving import Reading, piloted, reading
from tests.pilot.observatory import NAME, TEXT, document

Change = Callable[[str], str]


def kept(directory: Path) -> Opening:
    """A session whose marks are kept in a directory."""

    def notebook(scene: Scene) -> Notebook:
        return Notebook(scene, directory / "x.marks", directory / "x.json")

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
            assert reader.last.startswith("Star taken away")
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
            assert reader.last.startswith("Note taken away")
            assert NOTE not in reader.text

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
            assert "ended with code 3" in reader.last
            assert "first\n\nlast" in reader.evidence

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
            assert isinstance(reader.top, Letters)
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
    Notebook(first_scene(document()), None, tmp_path / "x.json")
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
    Notebook(first_scene(document()), None, tmp_path / "x.json")

    @piloted
    async def scenario() -> None:
        async with reading(changed(), opening=kept(tmp_path)) as reader:
            await reader.press("/")
            await reader.type("is:withdrawn")
            await reader.press("enter")
            assert reader.key == "withdrawn/timeline/night-21"

    scenario()


def test_backwards_and_a_row_that_is_left_was_read(tmp_path: Path) -> None:
    Notebook(first_scene(document()), None, tmp_path / "x.json")

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
    Notebook(first_scene(document()), None, tmp_path / "x.json")
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
