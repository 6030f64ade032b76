"""Stepping over what is unread from one briefing of a library to the next."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from briefing_tui.annotations.read_state import ReadState
from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.briefing.load import load
from briefing_tui.library.index.sync import Changes
from briefing_tui.library.service import LibraryService
from briefing_tui.library.workspace import Workspace
from briefing_tui.session.library_session import LibrarySession, open_library
from briefing_tui.session.opener import Opener
from briefing_tui.session.outcomes import Moved, OpenNext, Outcome, Said
from briefing_tui.session.unread_briefings import UnreadTour
from briefing_tui.settings.options import Settings
from briefing_tui.storage.per_briefing_files import identity, read_state_file
from briefing_tui.views.mark_overlay import entry_paths
from briefing_tui.views.scene import unchecked_scene
from tests.conftest import DATA
from tests.places import directories
from tests.shelves import HARBOUR, desk, knows_harbour, reads

UNFINISHED = "unfinished.yaml"
"""The briefing of the harbour that cannot be read."""


@pytest.fixture(autouse=True)
def reading_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Record in a directory of the test what is read."""
    monkeypatch.setenv("BRIEFING_TUI_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("BRIEFING_TUI_DATA", str(tmp_path / "state"))


async def _listed(workspace: Workspace) -> LibrarySession:
    service = LibraryService(workspace)
    library = open_library(service)
    library.refresh_begins()
    async for _ in service.refresh():
        pass
    library.refreshed(Changes(), await service.list_refreshed(), is_asked=False)
    library.refresh_ends()
    async for standings in service.survey():
        library.surveyed(standings)
    library.update()
    service.close()
    return library


class Tourist:
    """A reader in a library, who opens a briefing and goes on to what is unread."""

    def __init__(self, workspace: Workspace | None = None) -> None:
        self.library = asyncio.run(_listed(workspace or desk()))
        self.opener = Opener(Settings(), directories())
        self.message = ""

    def open(self, name: str) -> None:
        """Open a briefing of the library."""
        (path,) = (entry.path for entry in self.library.briefings if Path(entry.path).name == name)
        self.session = self.opener.session(self.opener.read(path))
        self.session.join_tour(UnreadTour(self.library, self.opener, self.session.file))
        self.session.annotate()
        self.session.settle()

    def step(self, *, back: bool = False) -> None:
        """Go to the next unread row, or to the one before."""
        outcome = self.session.do("previous-unread" if back else "next-unread")
        if isinstance(outcome, OpenNext):
            tour = self.session.tour
            assert isinstance(tour, UnreadTour)
            session = tour.next(self.session, back=back)
            if session is not None:
                self.session.leave()
                self.session = session
                session.settle()
                self.message = session.notice
                return
            outcome = self.session.stay(outcome)
        self.message = _message(outcome)

    @property
    def place(self) -> tuple[str, str]:
        """The beginning of the briefing's title, and the key of the row."""
        row = self.session.row
        return self.session.scene.document.briefing.title[:11], row.key if row else ""

    @property
    def unread_here(self) -> Counter[tuple[str, object]]:
        """What is unread about the highlighted row."""
        session = self.session
        marks, row = session.scene.marks, session.row
        assert marks is not None
        assert row is not None
        entries: list[object] = [path for path in entry_paths(row.entry) if path in marks.news]
        entries += [row.key] if row.key.startswith("withdrawn/") else []
        return Counter((Path(session.file).name, entry) for entry in entries)


def _message(outcome: Outcome) -> str:
    assert isinstance(outcome, Moved | Said)
    return outcome.message


def test_it_goes_on_to_the_next_briefing_and_back() -> None:
    knows_harbour()
    reader = Tourist()
    reader.open("ferry-order.yaml")
    reader.step()
    assert reader.place == ("Two ferries", "timeline/signing")
    assert reader.message == "Changed · Timeline · 2 unread here, 3 in all"
    reader.step()
    assert reader.message == "Changed · Timeline · 1 unread here, 2 in all"
    reader.step()
    assert reader.place == ("Dredging at", "bottom_line/0")
    assert reader.message == "Next briefing · Changed · Summary · the last unread"
    reader.step(back=True)
    assert reader.place == ("Two ferries", "timeline/first-ferry")
    assert reader.message == "Back in Two ferries for the Vestray crossing"
    for _ in range(2):
        reader.step()
    assert reader.message == "Nothing is unread any more, here or in another briefing"
    assert reader.library.unread_total == ""


def test_backwards_it_begins_at_the_last_unread_row() -> None:
    knows_harbour()
    reader = Tourist()
    reader.open("dredging.yaml")
    reader.step(back=True)
    assert reader.place == ("Two ferries", "timeline/first-ferry")
    # The row at which the other one was opened was unread, and is read now.
    assert reader.message == "Briefing before · Changed · Timeline · 2 unread"
    reader.step(back=True)
    assert reader.place[1] == "timeline/signing"
    reader.step(back=True)
    assert reader.message.startswith("Nothing is unread any more")


def test_what_is_known_later_is_shown_on_its_day() -> None:
    (radar,) = (HARBOUR / "2021").glob("*radar*")
    later = radar.read_bytes().replace(b"rane", b"raine")
    assert later != radar.read_bytes()
    reads(str(radar), later)
    reader = Tourist()
    reader.open("night-line.yaml")
    reader.step()
    assert reader.place == ("A coastal r", "timeline/antenna")
    assert "as of 4 Oct 2021, when it became known" in reader.message
    assert reader.session.scene.as_of.isoformat() == "2021-10-04"


def test_what_cannot_be_read_any_more_is_passed_over(tmp_path: Path) -> None:
    library = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    for path in library.glob("*.yaml"):
        if path.name != UNFINISHED:
            reads(str(path), path.read_bytes().replace(b"text: ", b"text: Perhaps "))
    reader = Tourist(desk([library], tmp_path / "library.db"))
    reader.open("night-line.yaml")
    (library / "ferry-order.yaml").unlink()
    while reader.place[0] == "The night l":
        reader.step()
    assert reader.place[0] == "Dredging at"


# Every unread entry, once


def forget_some(path: Path, chance: random.Random) -> Counter[tuple[str, object]]:
    """Make some of what was read of a briefing new, changed or withdrawn; return what that is."""
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
    marks = Annotations(unchecked_scene(load(path.read_bytes(), "")), None, file).marks
    file.write_bytes(msgspec.json.encode(seen))
    withdrawn = [f"withdrawn/{entry.key}" for entry in marks.withdrawn]
    return Counter((path.name, entry) for entry in [*marks.news, *withdrawn])


@pytest.mark.parametrize("seed", range(4))
def test_every_unread_entry_is_visited_once(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    library = tmp_path / "library"
    shutil.copytree(HARBOUR, library)
    for name in ("whole.yaml", "ropeway.yaml", "icebreaker.yaml"):
        shutil.copy(DATA / name, library)
    unread: Counter[tuple[str, object]] = Counter()
    for path in sorted(library.rglob("*.yaml")):
        if path.name != UNFINISHED and chance.random() < 0.8:
            unread += forget_some(path, chance)
    assert len(unread) > 10
    reader = Tourist(desk([library], tmp_path / "library.db"))
    names = [Path(entry.path).name for entry in reader.library.briefings]
    reader.open(chance.choice([name for name in names if name != UNFINISHED]))
    visited = reader.unread_here  # where it was opened may be unread
    for _ in range(len(unread) + 1):
        reader.step(back=seed % 2 == 1)
        if reader.message.startswith("Nothing is unread"):
            break
        assert reader.unread_here, reader.place
        visited += reader.unread_here
        rest = len(unread) - sum(visited.values()) + sum(reader.unread_here.values())
        counts = (f"{rest} in all", "last unread", f"· {rest} unread")
        assert any(count in reader.message for count in counts)
    assert visited == unread
