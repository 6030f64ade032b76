"""Stepping over what is unread from one briefing of a library to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing_tui.tui.screens.library import LibraryScreen
from briefing_tui.tui.screens.library_search import LibrarySearchScreen
from briefing_tui.tui.screens.reader import ReaderScreen
from tests.pilot.driving import piloted
from tests.pilot.test_library import Browsing, browsing
from tests.shelves import knows_harbour


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
