"""Live reload: nothing moves until it is asked for, and then everything keeps its place."""

from __future__ import annotations

from functools import partial

from briefing_tui.annotations.store import diff_annotations
from briefing_tui.briefing.load import Document, load
from briefing_tui.session.briefing_file import Version
from briefing_tui.views.scene import unchecked_scene
from tests.opening import Opening
from tests.pilot import observatory
from tests.pilot.driving import NARROW, WIDE, Reading, piloted, reading

ERROR = "observatory.yaml:7:3: E101 this is not YAML"


def text() -> str:
    return observatory.TEXT


def changed(*replaced: tuple[str, str]) -> Document:
    """The briefing with some of its words written otherwise."""
    written = text()
    for old, new in replaced:
        assert old in written
        written = written.replace(old, new, 1)
    return load(written.encode(), "observatory.yaml")


class File:
    """A file that changes when it is told to."""

    def __init__(self, *found: Version) -> None:
        self.found = list(found)

    def look(self) -> Version | None:
        return self.found.pop(0) if self.found else None


async def noticed(reader: Reading, shown: str) -> None:
    """Let the reader look at its file now."""
    reader.reader.check_file()
    await reader.until(lambda: shown in reader.text, shown)
    await reader.settle()


def opening(*found: Version, follow: bool = False) -> Opening:
    return Opening(look=File(*found).look, follow=follow)


NIGHT = ("Night 20 is clear", "Night 20 was clear after all")


def test_a_change_is_told_and_moves_nothing() -> None:
    @piloted
    async def scenario() -> None:
        new = Version(changed(NIGHT))
        async with reading(observatory.document(), opening=opening(new)) as reader:
            await reader.stand_on("timeline", "timeline/night-20")
            await noticed(reader, "changed · r")
            reader.check()
            assert NIGHT[1] not in reader.text
            await reader.press("r")
            assert "1 changed" in reader.last
            assert "changed · r" not in reader.text
            assert reader.place == ("timeline", "timeline/night-20")
            assert reader.row.entry is not None
            assert "after all" in str(reader.row.body)
            reader.check()

    scenario()


@piloted
async def test_row_focus_day_and_search_are_kept() -> None:
    new = Version(changed(NIGHT, ("Night 19", "Night nineteen")))
    async with reading(observatory.document(), opening=opening(new)) as reader:
        await reader.stand_on("timeline", "timeline/night-20")
        await reader.press("f")
        await reader.press("]")
        await reader.press("/")
        await reader.type("night")
        await reader.press("enter")
        before = (reader.place, reader.reader.scene.as_of, reader.reader.scene.focus)
        assert before[2]
        await noticed(reader, "changed · r")
        await reader.press("r")
        after = (reader.place, reader.reader.scene.as_of, reader.reader.scene.focus)
        assert after == before
        assert reader.reader.session.search.text == "night"
        await reader.press("n")
        assert "/" in reader.last


@piloted
async def test_following_shows_it_at_once() -> None:
    new = Version(changed(NIGHT))
    async with reading(observatory.document(), WIDE, opening=opening(new, follow=True)) as reader:
        await reader.press("2")
        await noticed(reader, "1 changed")
        assert "file changed" not in reader.text


@piloted
async def test_a_broken_file_leaves_the_last_good_view() -> None:
    found = (Version(None, ERROR), Version(changed(NIGHT)))
    async with reading(observatory.document(), WIDE, opening=opening(*found)) as reader:
        await reader.stand_on("timeline", "timeline/night-20")
        await noticed(reader, "cannot be read")
        for _ in range(2):
            await reader.press("r")
            assert reader.last.startswith(ERROR)
        assert NIGHT[0] in reader.text
        await noticed(reader, "file changed · r reloads")
        await reader.press("r")
        assert reader.place == ("timeline", "timeline/night-20")
        assert "cannot be read" not in reader.text


AWAY = Version(None, "observatory.yaml is gone: No such file or directory", is_there=False)


@piloted
async def test_a_file_that_is_gone_is_told_when_it_is_asked_for() -> None:
    found = (AWAY, AWAY, Version(changed(NIGHT)))
    async with reading(observatory.document(), WIDE, opening=opening(*found)) as reader:
        await reader.stand_on("timeline", "timeline/night-20")
        for _ in range(2):
            await reader.press("r")
            assert reader.last.startswith(AWAY.error)
        assert NIGHT[0] in reader.text
        await noticed(reader, "file changed · r reloads")


@piloted
async def test_a_file_that_stays_away_is_told_once_to_who_follows_it() -> None:
    file = File(*[AWAY] * 2, Version(changed(NIGHT)), *[AWAY] * 4)
    begin = Opening(look=file.look, follow=True)
    async with reading(observatory.document(), WIDE, opening=begin) as reader:

        async def look(left: int) -> None:
            reader.reader.check_file()
            await reader.until(lambda: len(file.found) == left, f"{left} looks left")
            await reader.settle()

        for left in (6, 5):  # an editor takes it away for a moment
            await look(left)
            assert AWAY.error not in reader.text
        await noticed(reader, "1 changed")
        for left in (3, 2):
            await look(left)
            assert "1 changed" in reader.last
        await noticed(reader, AWAY.error)
        await reader.press("j")
        await look(0)
        assert AWAY.error not in reader.text


@piloted
async def test_a_row_that_is_gone_gives_way_to_its_neighbour() -> None:
    document = changed(("  - id: night-20\n", "  - id: night-20b\n"))
    async with reading(observatory.document(), opening=opening(Version(document))) as reader:
        await reader.stand_on("timeline", "timeline/night-20")
        await noticed(reader, "changed · r")
        await reader.press("r")
        assert reader.pane == "timeline"
        assert reader.row.selectable
        reader.check()


@piloted
async def test_there_may_be_nothing_to_reload() -> None:
    async with reading(observatory.document()) as reader:
        await reader.press("r")
        assert "There is no file" in reader.last
    async with reading(observatory.document(), NARROW, opening=opening()) as reader:
        await reader.press("r")
        assert "has not changed" in reader.last


@piloted
async def test_changes_against_another_version_are_marked_and_stepped_over() -> None:
    new = changed(NIGHT, ("Night 25", "Night 25, corrected"))
    notebook = partial(diff_annotations, former=unchecked_scene(observatory.document()))
    async with reading(new, WIDE, opening=Opening(notebook=notebook)) as reader:
        await reader.press(".")
        assert reader.place == ("timeline", "timeline/night-20")
        assert "Changed" in reader.last
        await reader.press(".")
        assert reader.place == ("timeline", "timeline/night-25")
        await reader.press(",")
        assert "Traceback" not in reader.text
