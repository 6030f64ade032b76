"""Live reload: nothing moves until it is asked for, and then everything keeps its place."""

from __future__ import annotations

import pytest

from briefing_tui.session.briefing_file import FileVersion
from tests import observatory
from tests.observatory import changed
from tests.pilot.driving import WIDE, Reading, piloted, reading
from tests.sessions import Opening


@pytest.fixture(autouse=True)
def checked_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check the file only if the test says so, however slow the machine is."""
    monkeypatch.setattr("briefing_tui.tui.screens.reader.INTERVAL", 3600.0)


ERROR = "observatory.yaml:7:3: E101 this is not YAML"


def text() -> str:
    return observatory.TEXT


class File:
    """A file that changes when it is told to."""

    def __init__(self, *found: FileVersion) -> None:
        self.found = list(found)

    def look(self) -> FileVersion | None:
        return self.found.pop(0) if self.found else None


async def noticed(reader: Reading, shown: str) -> None:
    """Let the reader look at its file now."""
    reader.reader.check_file()
    await reader.until(lambda: shown in reader.text, shown)
    await reader.settle()


def opening(*found: FileVersion, follow: bool = False) -> Opening:
    return Opening(look=File(*found).look, follow=follow)


NIGHT = ("Night 20 is clear", "Night 20 was clear after all")


def test_a_change_is_told_and_moves_nothing() -> None:
    @piloted
    async def scenario() -> None:
        new = FileVersion(changed(NIGHT))
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
async def test_following_shows_it_at_once() -> None:
    new = FileVersion(changed(NIGHT))
    async with reading(observatory.document(), WIDE, opening=opening(new, follow=True)) as reader:
        await reader.press("2")
        await noticed(reader, "1 changed")
        assert "file changed" not in reader.text


@piloted
async def test_a_broken_file_leaves_the_last_good_view() -> None:
    found = (FileVersion(None, ERROR), FileVersion(changed(NIGHT)))
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


AWAY = FileVersion(None, "observatory.yaml is gone: No such file or directory", is_there=False)


@piloted
async def test_a_file_that_stays_away_is_told_once_to_who_follows_it() -> None:
    file = File(*[AWAY] * 2, FileVersion(changed(NIGHT)), *[AWAY] * 4)
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
