"""Stepping over what is unread from one briefing of a library to the next."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from briefing_tui.annotations.read_state import ReadState
from briefing_tui.storage.paths import identity, read_state_file
from briefing_tui.tui.screens.library import LibraryScreen
from briefing_tui.tui.screens.library_search import LibrarySearchScreen
from briefing_tui.tui.screens.reader import ReaderScreen
from briefing_tui.views.annotations import entry_paths
from tests.conftest import DATA
from tests.pilot.driving import piloted
from tests.pilot.test_library import Browsing, browsing
from tests.places import directories
from tests.shelves import HARBOUR, desk, knows_harbour, reads


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is kept what is read."""
    monkeypatch.setenv("BRIEFING_TUI_STATE", str(tmp_path / "kept"))
    monkeypatch.setenv("BRIEFING_TUI_DATA", str(tmp_path / "kept"))
    return tmp_path / "kept"


def at(reader: Browsing) -> tuple[str, str]:
    """The title of the briefing that is read, and the key of the highlighted row."""
    assert isinstance(reader.top, ReaderScreen)
    row = reader.top.session.row
    return reader.top.scene.document.briefing.title[:11], row.key if row else ""


def test_it_goes_on_to_the_next_briefing_and_back() -> None:
    knows_harbour()

    @piloted
    async def scenario() -> None:
        async with browsing() as reader:
            await reader.do(".", "enter", ".")
            assert at(reader) == ("Two ferries", "timeline/signing")
            assert reader.last == "Changed · Timeline · 2 unread here, 3 in all"
            await reader.do(".")
            assert reader.last == "Changed · Timeline · 1 unread here, 2 in all"
            await reader.do(".")
            assert at(reader) == ("Dredging at", "bottom_line/0")
            assert reader.last == "Next briefing · Changed · Summary · the last unread"
            reader.check()
            await reader.do(",")
            assert at(reader) == ("Two ferries", "timeline/first-ferry")
            assert reader.last == "Back in Two ferries for the Vestray crossing"
            await reader.do(".", ".")
            assert reader.last == "Nothing is unread any more, here or in another briefing"
            await reader.do("q")
            assert isinstance(reader.top, LibraryScreen)
            assert len(reader.app.screen_stack) == 1
            assert reader.here.startswith("Two ferries")
            assert "unread in" not in reader.lines[0]

    scenario()


def test_backwards_it_begins_at_the_last_unread_row() -> None:
    knows_harbour()

    @piloted
    async def scenario() -> None:
        async with browsing() as reader:
            await reader.do("G", "k", "enter", ",")
            assert at(reader) == ("Two ferries", "timeline/first-ferry")
            # The row at which the other one was opened was unread, and is read now.
            assert reader.last == "Briefing before · Changed · Timeline · 2 unread"
            await reader.do(",")
            assert at(reader)[1] == "timeline/signing"
            await reader.do(",")
            assert reader.last.startswith("Nothing is unread any more")

    scenario()


def test_it_goes_on_from_a_hit_and_returns_to_the_hits() -> None:
    knows_harbour()

    @piloted
    async def scenario() -> None:
        async with browsing() as reader:
            await reader.ask("mast")
            await reader.do("enter", ".")
            assert at(reader) == ("Two ferries", "timeline/signing")
            await reader.do("q")
            assert isinstance(reader.top, LibrarySearchScreen)

    scenario()


def test_what_is_known_later_is_shown_on_its_day() -> None:
    (radar,) = (HARBOUR / "2021").glob("*radar*")
    later = radar.read_bytes().replace(b"rane", b"raine")
    assert later != radar.read_bytes()
    reads(str(radar), later)

    @piloted
    async def scenario() -> None:
        async with browsing() as reader:
            await reader.do("enter", ".")
            assert at(reader) == ("A coastal r", "timeline/antenna")
            assert "as of 4 Oct 2021, when it became known" in reader.last
            assert isinstance(reader.top, ReaderScreen)
            assert reader.top.scene.as_of.isoformat() == "2021-10-04"

    scenario()


def test_what_cannot_be_read_any_more_is_passed_over(tmp_path: Path) -> None:
    library = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    for path in library.glob("*.yaml"):
        if path.name != "unfinished.yaml":
            reads(str(path), path.read_bytes().replace(b"text: ", b"text: Perhaps "))

    @piloted
    async def scenario() -> None:
        async with browsing(desk([library], tmp_path / "library.db")) as reader:
            await reader.do("enter")
            assert at(reader)[0] == "The night l"
            (library / "ferry-order.yaml").unlink()
            await reader.do(".")
            assert at(reader)[0] == "Dredging at"

    scenario()


# Every unread entry, once


def forget_some(path: Path, chance: random.Random) -> Counter[tuple[str, object]]:
    """Let some of what was read of a briefing be new, changed or gone; what that is."""
    reads(str(path), path.read_bytes())
    file = read_state_file(directories().state, identity(str(path), ""))
    assert file is not None
    seen = msgspec.json.decode(file.read_bytes(), type=ReadState)
    for key in list(seen.entries):
        if chance.random() < 0.25:
            del seen.entries[key]
        elif chance.random() < 0.2:
            seen.entries[key] = ("0" * 16, seen.entries[key][1])
    for section in ("timeline", "deals", "key_points", "actors"):
        if chance.random() < 0.3:
            seen.entries[f"{section}/gone-{chance.random()}"] = ("0" * 16, "It was said")
    seen.digest = ""
    file.write_bytes(msgspec.json.encode(seen))
    from briefing_tui.annotations.store import Annotations
    from briefing_tui.briefing.load import load
    from briefing_tui.views.scene import unchecked_scene

    marks = Annotations(unchecked_scene(load(path.read_bytes(), "")), None, file).marks
    file.write_bytes(msgspec.json.encode(seen))
    gone = [f"withdrawn/{one.key}" for one in marks.withdrawn]
    return Counter((path.name, one) for one in [*marks.news, *gone])


def seen_here(reader: Browsing) -> Counter[tuple[str, object]]:
    """What is unread about the highlighted row."""
    screen = reader.top
    assert isinstance(screen, ReaderScreen)
    marks, row = screen.scene.marks, screen.session.row
    assert marks.is_open
    assert row is not None
    file = Path(screen.scene.document.name).name
    found: list[object] = [path for path in entry_paths(row.entry) if path in marks.news]
    found += [row.key] if row.key.startswith("withdrawn/") else []
    return Counter((file, one) for one in found)


@pytest.mark.parametrize("seed", range(4))
def test_every_unread_entry_is_visited_once(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    library = tmp_path / "library"
    shutil.copytree(HARBOUR, library)
    for name in ("whole.yaml", "ropeway.yaml", "icebreaker.yaml"):
        shutil.copy(DATA / name, library)
    wanted: Counter[tuple[str, object]] = Counter()
    for path in sorted(library.rglob("*.yaml")):
        if path.name != "unfinished.yaml" and chance.random() < 0.8:
            wanted += forget_some(path, chance)
    assert len(wanted) > 10

    @piloted
    async def scenario() -> None:
        visited: Counter[tuple[str, object]] = Counter()
        async with browsing(desk([library], tmp_path / "library.db"), (120, 15)) as reader:
            assert f"{len(wanted)} unread in" in reader.lines[0]
            await reader.do(*["j"] * chance.randrange(6), "enter")
            visited += seen_here(reader)  # where it was opened may be unread
            key = "." if seed % 2 == 0 else ","
            for _ in range(len(wanted) + 1):
                await reader.press(key)
                if reader.last.startswith("Nothing is unread"):
                    break
                assert seen_here(reader), at(reader)
                visited += seen_here(reader)
                left = len(wanted) - sum(visited.values()) + sum(seen_here(reader).values())
                assert (
                    f"{left} in all" in reader.last
                    or "last unread" in reader.last
                    or (f"· {left} unread" in reader.last)
                )
            assert visited == wanted
            await reader.do("q")
            assert "unread in" not in reader.lines[0]

    scenario()
