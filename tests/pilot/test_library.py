"""The library in the reader: its list, opening from it, searching all of it, dossiers."""

from __future__ import annotations

import asyncio
import re
import shutil
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from briefing_tui.briefing.load import load_path
from briefing_tui.library.discovery import Roots
from briefing_tui.library.index.library_index import Index
from briefing_tui.library.index.sync import Report
from briefing_tui.library.workspace import Workspace
from briefing_tui.tui.screens.library import LibraryScreen
from briefing_tui.tui.screens.library_search import LibrarySearchScreen
from briefing_tui.tui.screens.reader import ReaderScreen
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.views.glyphs import UNREAD
from briefing_tui.views.rows import plain
from tests.apps import app_of
from tests.briefings import text
from tests.pilot.driving import Reading, key_event, piloted, reading, sizes
from tests.profiles import thorough
from tests.shelves import HARBOUR, desk, knows_harbour, reads

Size = tuple[int, int]
DEADLINE = 60.0
NEWEST = [
    *("The night line ends", "A coastal radar for Cape Sorrow"),
    *("The first Vestray ferry slips to the winter", "Two ferries for the Vestray crossing"),
    *("Dredging at Karsholm, and a [b]draft[/b] that got out", "unfinished.yaml"),
]


class Browsing(Reading):
    """A reader that began with a library."""

    @property
    def screen(self) -> BaseScreen:
        """What takes the keys, where it is no overlay."""
        assert isinstance(self.top, BaseScreen), type(self.top)
        return self.top

    @property
    def titles(self) -> list[str]:
        """The rows of the list, without what stands behind their titles."""
        rows = self.screen.rows.view.rows
        return [plain(row.body[:1]).strip() for row in rows if row.selectable]

    @property
    def here(self) -> str:
        """The highlighted row in one line."""
        row = self.screen.rows.row
        return plain(row.body) if row else ""

    async def wait(self, condition: Callable[[], object], what: str) -> None:
        """Wait for what is done in threads."""
        end = asyncio.get_running_loop().time() + DEADLINE
        while not condition():
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"waited in vain for {what}:\n{self.text}")
            await asyncio.sleep(0.002)
        await self.settle()

    async def idle(self) -> None:
        """Wait until no worker is under way."""
        await self.settle()
        await self.wait(lambda: all(one.is_finished for one in self.app.workers), "the workers")

    async def do(self, *keys: str) -> None:
        """Press keys, and wait for what they bring about."""
        for key in keys:
            await self.press(key)
            await self.idle()

    async def ask(self, query: str) -> None:
        """Search the library."""
        await self.press("/")
        await self.type(query)
        await self.idle()


@asynccontextmanager
async def browsing(
    library: Workspace | None = None, size: Size = (80, 24), *, idle: bool = True
) -> AsyncIterator[Browsing]:
    """Open a library."""
    at_hand = library or desk()
    app = app_of(None, workspace=lambda: at_hand)
    async with app.run_test(size=size) as pilot:
        found = Browsing(app, pilot)
        await (found.idle() if idle else found.settle())
        yield found


@sizes
@piloted
async def test_it_lists_the_briefings_newest_first(size: Size) -> None:
    async with browsing(size=size) as reader:
        assert reader.titles == NEWEST
        assert "1 cannot be read" in reader.lines[0]
        assert "last voyage" in reader.text  # the bottom line of the highlighted one
        await reader.press("G")
        assert "this is not YAML" in reader.text
        assert "unfinished.yaml" in reader.text
        reader.check()


@piloted
async def test_a_briefing_is_opened_and_left_for_its_place_in_the_list() -> None:
    async with browsing() as reader:
        for back in ("q", "escape", "backspace", "B"):
            await reader.do("g", "j", "enter")
            assert isinstance(reader.top, ReaderScreen)
            assert "A coastal radar" in reader.lines[0]
            await reader.press(back)
            assert isinstance(reader.top, LibraryScreen)
            assert reader.here.startswith("A coastal radar")
            reader.check()
        await reader.press("enter", "2", "f")
        await reader.press("q")
        assert isinstance(reader.top, ReaderScreen)  # the focus is backed out of first
        await reader.press("q", "q")
        assert not reader.app.is_running


@piloted
async def test_back_goes_through_the_history_before_it_leaves() -> None:
    async with browsing() as reader:
        await reader.do("j", "j", "enter", "2", "enter")
        assert reader.opened
        await reader.press("1")
        assert isinstance(reader.top, ReaderScreen)
        await reader.press("backspace")
        assert isinstance(reader.top, ReaderScreen)
        await reader.press("backspace")
        assert isinstance(reader.top, LibraryScreen)


@piloted
async def test_q_quits_at_once_from_a_briefing_of_the_library() -> None:
    async with browsing() as reader:
        await reader.do("enter")
        await reader.press("Q")
        assert not reader.app.is_running


@piloted
async def test_a_file_that_cannot_be_read_is_told_with_its_error() -> None:
    async with browsing() as reader:
        await reader.press("G", "enter")
        assert isinstance(reader.top, LibraryScreen)
        assert reader.last.startswith("unfinished.yaml:3:8: E101")
        await reader.press("k")
        assert "E101" not in reader.last


@piloted
async def test_a_file_may_vanish_while_it_is_listed(tmp_path: Path) -> None:
    library = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    async with browsing(desk([library])) as reader:
        (library / "night-line.yaml").unlink()
        await reader.press("enter")
        assert reader.last == "night-line.yaml: No such file or directory"
        await reader.ask("voyage")
        await reader.press("enter")
        assert isinstance(reader.top, LibrarySearchScreen)
        assert "No such file" in reader.last
        await reader.press("escape")
        await reader.do("r")
        assert reader.titles == NEWEST[1:]
        assert "1 gone" in reader.last
        await reader.do("r")
        assert "Nothing has changed on disk" in reader.last


@piloted
async def test_changes_on_disk_are_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing_tui.tui.screens.library.FOLLOWING", 0.01)
    library = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    async with browsing(desk([library], follow=True), idle=False) as reader:
        await reader.wait(lambda: len(reader.titles) == 6, "the list")
        (library / "unfinished.yaml").unlink()
        await reader.wait(lambda: len(reader.titles) == 5, "the change")


@piloted
async def test_a_mistaken_pattern_in_an_ignore_file_is_told_once(tmp_path: Path) -> None:
    library = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    (library / ".gitignore").write_text("[z-a]\n")
    async with browsing(desk([library])) as reader:
        assert len(reader.titles) == 6
        assert " .gitignore:1: pattern [z-a] skipped: the range z-a is reversed" in reader.lines[-1]
        await reader.do("r")
        assert "[z-a]" not in reader.text
        (library / ".gitignore").write_text("\nx\\\n")
        await reader.do("r")
        assert " .gitignore:2: pattern x\\ skipped: a backslash at the end" in reader.lines[-1]


@piloted
async def test_a_directory_that_ignores_its_briefings_says_so(tmp_path: Path) -> None:
    library = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    (library / ".gitignore").write_text("*\n")
    async with browsing(desk([library])) as reader:
        assert "No briefings, apart from what .gitignore leaves out, in /" in " ".join(
            reader.text.split()
        )


@piloted
async def test_an_empty_directory_is_told_in_words(tmp_path: Path) -> None:
    async with browsing(desk([tmp_path])) as reader:
        assert "No briefings in" in reader.text
        for key in ("enter", "s", "v", "j", "G", "r", "/", "escape", "?", "escape"):
            await reader.do(key)
        assert isinstance(reader.top, LibraryScreen)
        reader.check()


@piloted
async def test_the_list_fills_while_indexing_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going_on = threading.Event()
    whole = Index.refresh

    def refresh(
        index: Index, roots: Roots, report: Report | None = None, processes: int | None = None
    ) -> Any:
        first = Roots(files=tuple(sorted(map(str, HARBOUR.glob("*.yaml")))[:2]))
        whole(index, first, report, processes)
        assert going_on.wait(DEADLINE)
        return whole(index, roots, report, processes)

    monkeypatch.setattr(Index, "refresh", refresh)
    try:
        async with browsing(desk(index_file=tmp_path / "library.db"), idle=False) as reader:
            await reader.wait(lambda: len(reader.titles) == 2, "the first of them")
            assert "Indexing" in reader.last
            assert "2 of 2" in reader.last
            await reader.press("j", "enter")
            assert isinstance(reader.top, ReaderScreen)
            await reader.press("q")
            assert isinstance(reader.top, LibraryScreen)
            going_on.set()
            await reader.idle()
            assert reader.titles == NEWEST
            assert "Indexing" not in reader.last
    finally:
        going_on.set()


@piloted
async def test_quitting_does_not_wait_for_indexing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = threading.Event()
    monkeypatch.setattr(Index, "refresh", lambda *_: never.wait(DEADLINE))
    try:
        async with browsing(desk(index_file=tmp_path / "library.db"), idle=False) as reader:
            await reader.press("q")
            assert not reader.app.is_running
    finally:
        never.set()


# Searching


@piloted
async def test_hits_are_listed_as_typed_and_opened_at_the_entry() -> None:
    async with browsing() as reader:
        await reader.ask("mast")
        assert "mast" in reader.here
        before = len(reader.titles)
        assert f"{before} hits, best first" in reader.text
        await reader.type(" raised")
        await reader.idle()
        assert 0 < len(reader.titles) < before
        await reader.press("enter")
        assert isinstance(reader.top, ReaderScreen)
        assert reader.top.session.row is not None
        assert reader.top.session.row.key == "timeline/mast"
        assert reader.top.rows.id == "timeline"
        await reader.press("q")
        assert isinstance(reader.top, LibrarySearchScreen)
        assert reader.titles
        reader.check()


@piloted
async def test_a_hit_that_became_known_later_is_opened_on_that_day() -> None:
    async with browsing() as reader:
        await reader.ask("crane")
        assert "opens as of 4 Oct 2021" in reader.text
        await reader.press("enter")
        assert isinstance(reader.top, ReaderScreen)
        assert reader.top.scene.as_of.isoformat() == "2021-10-04"
        assert reader.top.session.row is not None
        assert reader.top.session.row.key == "timeline/antenna"
        assert "= goes to the briefing's own date" in reader.last
        await reader.press("=")
        assert reader.top.scene.as_of.isoformat() == "2021-09-02"


@piloted
async def test_the_hits_are_walked_from_the_query_and_from_the_list() -> None:
    async with browsing() as reader:
        await reader.ask("ferry")
        count = len(reader.titles)
        assert count > 3
        await reader.press("down", "down", "up")
        assert reader.screen.rows.cursor == 1
        await reader.press("tab", "j")
        assert reader.screen.rows.cursor == 2
        assert reader.screen.rows.has_focus
        await reader.press("/")
        await reader.type("crane")
        await reader.idle()
        assert len(reader.titles) == 1


@pytest.mark.parametrize(
    ("query", "column", "message"),
    [
        ("ferry basis:ship", 13, "'basis' cannot be 'ship'"),
        ("actr:holm", 1, "unknown field 'actr'"),
        ("(ferry", 7, "expected ')'"),
        ('"ferry', 1, "not closed"),
    ],
)
@piloted
async def test_a_mistake_is_pointed_at(query: str, column: int, message: str) -> None:
    async with browsing() as reader:
        await reader.ask(query)
        assert reader.lines[1].strip() == query
        assert reader.lines[2].index("^") == reader.lines[1].index(query) + column - 1
        assert message in reader.text
        await reader.press("enter")
        assert isinstance(reader.top, LibrarySearchScreen)


@piloted
async def test_what_can_be_asked_is_told_and_saved_queries_are_run() -> None:
    saved = {"late": "slips or late", "[red]odd": "type:\x1b[2J"}
    async with browsing(desk(saved=saved)) as reader:
        assert reader.titles[:2] == ["late", "[red]odd"]
        await reader.press("g", "enter")
        await reader.idle()
        assert reader.lines[1].strip() == "slips or late"
        assert "slips" in reader.text
        await reader.press("escape")
        await reader.press("/")
        await reader.idle()
        assert "actor:putin" in reader.text
        await reader.press("enter")
        await reader.idle()
        assert reader.lines[1].strip() == "slips or late"
        reader.check()


@piloted
async def test_a_search_sees_what_is_new_on_disk(tmp_path: Path) -> None:
    library = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    async with browsing(desk([library], tmp_path / "library.db")) as reader:
        file = library / "night-line.yaml"
        file.write_text(file.read_text().replace("last voyage", "farewell voyage"))
        await reader.do("r")
        await reader.ask("farewell")
        assert "farewell" in reader.here


# Dossiers


@piloted
async def test_an_index_that_is_not_as_expected_is_told_of_once(tmp_path: Path) -> None:
    index = tmp_path / "library.db"
    index.write_bytes(b"garbage")
    async with browsing(desk(index_file=index)) as reader:
        assert "The index was damaged; it is rebuilt." in reader.last
        assert reader.titles == NEWEST
        await reader.do("r")
        assert "Nothing has changed on disk" in reader.last
    async with browsing(desk(index_file=tmp_path / "library.db" / "no")) as reader:
        assert "The index cannot be stored at" in reader.last
        await reader.ask("ferry")
        assert "best first" in reader.text


@piloted
async def test_a_dossier_is_opened_from_a_row_and_left_for_it() -> None:
    async with browsing() as reader:
        await reader.do("j", "j", "enter", "4", "D")
        assert isinstance(reader.top, ReaderScreen)
        assert reader.lines[0].startswith(" Dossier: Vestray ferries")
        await reader.press("2")
        told = [row.key for row in reader.top.rows.view.rows if row.selectable]
        assert len(told) == 4  # the signing is told by both
        await reader.press("q")
        assert "The first Vestray ferry slips" in reader.lines[0]
        assert reader.last.startswith("Tab panes")


@piloted
async def test_a_dossier_asks_which_of_several() -> None:
    async with browsing() as reader:
        await reader.do("j", "j", "enter", "2", "g", "D")
        assert reader.opened == "LinkPicker"
        await reader.do("enter")
        assert reader.lines[0].startswith(" Dossier: ")
        await reader.do("3", "D")
        assert len(reader.app.screen_stack) == 4  # a dossier from a dossier


@piloted
async def test_a_long_dossier_says_how_far_it_is_and_can_be_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, go_on, asked = Index.briefing, threading.Event(), 0

    def slow(self: Index, path: str, ids: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == 2:
            go_on.wait(DEADLINE)
        return whole(self, path, ids)

    monkeypatch.setattr(Index, "briefing", slow)
    async with browsing() as reader:
        await reader.do("j", "j", "enter", "4")
        await reader.press("D")
        await reader.wait(lambda: "together 1 of" in reader.last, "how far it is")
        assert "Esc ends it" in reader.last
        await reader.press("escape")
        go_on.set()
        await reader.wait(lambda: reader.last == "Dossier cancelled", "the end")
        assert "The first Vestray ferry slips" in reader.lines[0]
        await reader.do("D")
        await reader.wait(lambda: " Dossier: " in reader.lines[0], "the dossier")


@piloted
async def test_a_dossier_of_many_briefings_is_of_the_newest_until_all_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("briefing_tui.library.dossier_job.MOST", 1)
    async with browsing(size=(120, 30)) as reader:
        await reader.do("j", "j", "enter", "4", "D")
        assert "from the newest 1 of 2 briefings" in reader.lines[0]
        assert reader.last == "From the newest 1 of 2 briefings; W brings together all"
        await reader.do("1")
        assert "1 older briefing, the newest as of" in reader.text
        await reader.do("W")
        assert "from 2 briefings" in reader.lines[0]
        assert "older briefing" not in reader.text
        await reader.do("W")
        assert reader.last == "This dossier is from all briefings"
        await reader.do("q")
        assert "from the newest 1 of 2 briefings" in reader.lines[0]


@piloted
async def test_the_palette_of_the_list_offers_dossiers() -> None:
    async with browsing() as reader:
        await reader.idle()
        await reader.press("colon")
        await reader.type("yar")
        await reader.until(lambda: "Dossier: Lindesund yard" in reader.text, "the offer")
        assert "Marta" not in reader.text
        await reader.press("escape")
        await reader.do("colon", *"marta sund", "enter")
        await reader.wait(lambda: isinstance(reader.top, ReaderScreen), "the dossier")
        assert reader.lines[0].startswith(" Dossier: Marta Sund")
        await reader.do("q")
        assert isinstance(reader.top, LibraryScreen)


@piloted
async def test_a_dossier_typed_in_one_burst() -> None:
    async with browsing() as reader:
        await reader.idle()
        for key in ["colon", *"marta", "enter"]:
            reader.app.post_message(key_event(key))
        await reader.wait(lambda: isinstance(reader.top, ReaderScreen), "the dossier")
        assert reader.lines[0].startswith(" Dossier: Marta Sund")


@piloted
async def test_a_dossier_from_the_list_can_be_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, go_on = Index.briefing, threading.Event()

    def slow(self: Index, path: str, ids: Any) -> Any:
        go_on.wait(DEADLINE)
        return whole(self, path, ids)

    monkeypatch.setattr(Index, "briefing", slow)
    async with browsing() as reader:
        await reader.idle()
        for key in ["colon", *"marta", "enter"]:
            reader.app.post_message(key_event(key))
        await reader.wait(lambda: "Bringing together" in reader.text, "how far it is")
        await reader.press("escape")
        go_on.set()
        await reader.wait(lambda: reader.last == "Dossier cancelled", "the end")
        assert isinstance(reader.top, LibraryScreen)


@piloted
async def test_a_row_about_nobody_has_no_dossier() -> None:
    async with browsing() as reader:
        await reader.do("enter", "2", "D")
        assert reader.last == "No actor or deal here"


@piloted
async def test_the_library_is_opened_from_a_briefing_and_left_for_it() -> None:
    document = load_path(HARBOUR / "night-line.yaml")
    app = app_of(document, workspace=desk)
    async with app.run_test(size=(80, 24)) as pilot:
        reader = Browsing(app, pilot)
        await reader.do("B")
        assert isinstance(reader.top, LibraryScreen)
        assert reader.titles == NEWEST
        await reader.do("q")
        assert isinstance(reader.top, ReaderScreen)
        await reader.press("q")
        assert not app.is_running


# What is hostile


@pytest.mark.parametrize(
    "size",
    [(20, 5), (60, 16), *(pytest.param(size, marks=thorough) for size in ((59, 15), (200, 60)))],
)
@piloted
async def test_hostile_titles_and_paths_in_any_size(tmp_path: Path, size: Size) -> None:
    where = tmp_path / "[red]\x1b[31m x"
    where.mkdir()
    text = (HARBOUR / "night-line.yaml").read_text(encoding="utf-8")
    for number, title in enumerate(
        ("[/b] [@click=app.quit]x", "日本語" * 40, "\\u0000 \\t \\e[2J")
    ):
        quoted = f'"{title}"' if number == 2 else f"'{title}'"
        changed = text.replace("The night line ends", quoted)
        (where / f"[b]{number}.yaml").write_text(changed, encoding="utf-8")
    (where / "\udcff.yaml").write_text("briefing: 1\ntitle: [", encoding="utf-8")
    async with browsing(desk([tmp_path]), size) as reader:
        for key in ("j", "j", "j", "v", "v", "s", "G", "enter", "/", "x", "escape", "?", "escape"):
            await reader.do(key)
            reader.check()
        await reader.resize(80, 24)
        while not isinstance(reader.top, LibraryScreen):
            await reader.do("escape")
        assert len({title for title in reader.titles if title}) >= 3


@piloted
async def test_a_list_of_many_lays_out_only_what_is_seen() -> None:
    from briefing_tui.library.index.library_index import Listed
    from briefing_tui.library.list_rows import Listing

    many = [
        Listed(f"Number {n}", "2020-01-01", (), 1, 1, 1, 0, 0, "", "Line", path=f"/x/{n:06}.yaml")
        for n in range(20_000)
    ]
    async with browsing() as reader:
        rows = reader.screen.rows
        rows.view = Listing(many, "/x", order="path").view()
        await reader.settle()
        await reader.press("G")
        assert "Number 19999" in reader.text
        await reader.press("g")
        assert "Number 1 " in reader.text
        # A row takes a fraction of a millisecond: laying all out would not go unnoticed.
        assert rows.lines_seen[2] == 20_000


# The query language where one briefing is read


@piloted
async def test_a_query_is_understood_in_a_briefing_too() -> None:
    document = load_path(HARBOUR / "ferry-order.yaml")
    async with reading(document) as reader:
        await reader.type("/is:planned ferry")
        assert reader.place == ("timeline", "timeline/first-ferry")
        assert "1/" in reader.last
        await reader.press("escape")
        await reader.type("/basis:ferry")
        assert "column 7: 'basis' cannot be 'ferry'" in reader.last
        await reader.press("enter")
        assert "column 7" in reader.last
        await reader.press("escape")
        await reader.type("/ferry and")  # no query: the words as they are
        assert "no match" in reader.last
        reader.check()


# What is unread and marked


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory where what is read is kept, by a reader who knows some of the briefings."""
    kept = tmp_path / "kept"
    monkeypatch.setenv("BRIEFING_TUI_STATE", str(kept))
    monkeypatch.setenv("BRIEFING_TUI_DATA", str(kept))
    knows_harbour()
    return kept


@sizes
@pytest.mark.usefixtures("known")
def test_rows_tell_what_is_unread_and_marked(size: Size) -> None:
    @piloted
    async def scenario() -> None:
        async with browsing(size=size) as reader:
            assert "3 unread in 2 briefings" in reader.lines[0]
            line = next(one for one in reader.lines if "Mar 2020" in one)
            assert re.search(r" 2 ★ ✎ +2 +1", line)
            assert UNREAD in line
            new = [one for one in reader.lines if " new " in one]
            assert len(new) == 1
            assert "The night line" in new[0]
            await reader.press(".")
            assert reader.here.startswith("Two ferries")
            assert reader.last == "2 unread here · 3 unread in 2 briefings"
            assert "1 star · 1 note" in reader.text
            await reader.press(".")
            assert reader.here.startswith("Dredging")
            await reader.press(".")
            assert reader.here.startswith("Two ferries")
            await reader.press("k", ",")
            assert reader.here.startswith("Dredging")
            reader.check()

    scenario()


@pytest.mark.usefixtures("known")
def test_a_row_is_up_to_date_when_its_briefing_was_left() -> None:
    @piloted
    async def scenario() -> None:
        async with browsing() as reader:
            await reader.do(".", "enter", ".", ".", "b", "q")
            assert isinstance(reader.top, LibraryScreen)
            line = next(one for one in reader.lines if "Mar 2020" in one)
            assert re.search(r"… +★2 ✎ +2 +1", line)
            assert "1 unread in 1 briefing " in reader.lines[0]
            await reader.do("g", "enter", "q")
            assert not any(" new " in line for line in reader.lines)
        async with browsing(size=(120, 36)) as reader:
            assert "1 unread in 1 briefing " in reader.lines[0]
            assert not any(" new " in line for line in reader.lines)

    scenario()


def test_a_note_that_cannot_be_saved_is_told_of_in_the_library(known: Path) -> None:
    @piloted
    async def scenario() -> None:
        async with browsing(size=(200, 60)) as reader:
            await reader.do("enter")
            shutil.rmtree(known / "marks")
            (known / "marks").touch()
            await reader.do("a", "x", "enter", "escape", "q")
            assert isinstance(reader.top, LibraryScreen)
            (file,) = known.glob("unsaved-notes-*.txt")
            told = f"1 note could not be saved as marks; the text is in {file}"
            assert reader.last == told
            assert reader.app.problems == [told]

    scenario()


@pytest.mark.usefixtures("known")
def test_what_changed_on_disk_is_unread_from_then_on(tmp_path: Path) -> None:
    library = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    file = library / "night-line.yaml"
    reads(str(file), file.read_bytes())

    @piloted
    async def scenario() -> None:
        async with browsing(desk([library], tmp_path / "library.db"), (120, 36)) as reader:
            assert "unread in" not in reader.lines[0]
            file.write_text(file.read_text().replace("The last voyage", "The final voyage"))
            await reader.do("r")
            assert "1 unread in 1 briefing " in reader.lines[0]
            assert reader.here == "The night line ends"
            await reader.do("s", "s", "s")
            assert reader.titles[0] == "The night line ends"
            assert "unread first" in reader.lines[0]

    scenario()


@pytest.mark.usefixtures("known")
def test_order_and_grouping_are_remembered(known: Path) -> None:
    @piloted
    async def scenario() -> None:
        async with browsing() as reader:
            await reader.do("s", "v")
            arranged = reader.titles
        async with browsing(size=(120, 36)) as reader:
            assert reader.titles == arranged
            assert reader.titles[0] == "The night line ends"
            assert "by title · by year" in reader.lines[0]
        for damaged in ("{", '{"order": "size"}', '{"order": "path", "version": 2}'):
            (known / "library.json").write_text(damaged)
            async with browsing() as reader:
                assert reader.titles == NEWEST

    scenario()


@pytest.mark.usefixtures("known")
def test_marks_are_asked_for_in_the_library_and_in_a_briefing() -> None:
    @piloted
    async def scenario() -> None:
        async with browsing() as reader:
            await reader.ask("is:unread")
            assert len(reader.titles) == 3
            await reader.type(" mark:verify")
            await reader.idle()
            assert len(reader.titles) == 1
            await reader.do("enter")
            assert isinstance(reader.top, ReaderScreen)
            await reader.type("/is:noted")
            assert "1/1 · Timeline" in reader.last
            await reader.do("escape", "b", "q", "escape")
            await reader.ask("is:starred")
            assert reader.titles == []  # its star was taken away
            assert "No matches" in reader.text

    scenario()


@piloted
async def test_a_row_of_a_dossier_leads_to_the_briefings_that_tell_it() -> None:
    async with browsing() as reader:
        await reader.do("j", "j", "enter", "4", "D", "2", "g")
        dossier = reader.top
        assert isinstance(dossier, ReaderScreen)
        row = dossier.session.row
        assert row is not None
        await reader.press("enter")
        assert reader.opened == "LinkPicker"
        told = [line for line in reader.lines if "briefing" in line.split()]
        assert len(told) == 2  # the signing is told by both
        await reader.press("2")
        assert isinstance(reader.top, ReaderScreen)
        assert reader.top is not dossier
        assert reader.top.session.row is not None
        assert reader.top.session.row.key == "timeline/signed"  # its id there
        reader.check()
        await reader.press("backspace")
        assert reader.top is dossier
        assert dossier.session.row is row
        await reader.press("j", "enter")
        if reader.opened == "LinkPicker":
            await reader.press("1")
        assert not reader.lines[0].startswith(" Dossier")


@piloted
async def test_a_briefing_opens_on_the_day_of_the_dossier() -> None:
    async with browsing() as reader:
        await reader.do("j", "j", "enter", "4", "D", "{", "2", "g")
        dossier = reader.top
        assert isinstance(dossier, ReaderScreen)
        await reader.press("enter")
        if reader.opened == "LinkPicker":
            await reader.press("1")
        assert isinstance(reader.top, ReaderScreen)
        assert reader.top is not dossier
        assert reader.top.scene.as_of >= dossier.scene.as_of
        assert reader.last.startswith("As of ")
        assert "= goes to the briefing's own date" in reader.last


@piloted
async def test_a_dossier_is_of_whom_the_briefing_means(tmp_path: Path) -> None:
    for name, board, country in (
        ("a", "Harbour Board", "NOR"),
        ("b", "Harbour Board", "NOR"),
        ("c", "Cricket Board", "IND"),
    ):
        one = f"name: {board}, kind: public_body, country: {country}, cite: [gazette]"
        actors = f"{{board: {{{one}}}}}"
        file = tmp_path / "library" / f"{name}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text(title=f"Of {name}", actors=actors), encoding="utf-8")
    async with browsing(desk([tmp_path / "library"], tmp_path / "library.db")) as reader:
        await reader.do("s", "s", "g", "enter", "3")
        assert "Of c" not in reader.lines[0]
        assert "Harbour Board" in reader.text
        await reader.do("D")
        assert reader.lines[0].startswith(" Dossier: Harbour Board: from 2 briefings")


@piloted
async def test_a_dossier_opens_on_the_day_of_the_briefing() -> None:
    async with browsing() as reader:
        await reader.do("j", "j", "enter", "4", "A", *"2030", "enter")
        briefing = reader.top
        assert isinstance(briefing, ReaderScreen)
        await reader.do("D")
        assert isinstance(reader.top, ReaderScreen)
        assert reader.top is not briefing
        assert reader.top.scene.as_of == briefing.scene.as_of
        assert reader.last.startswith("As of ")


@piloted
async def test_the_whole_of_a_dossier_opens_where_one_was_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("briefing_tui.library.dossier_job.MOST", 1)
    async with browsing() as reader:
        await reader.do("j", "j", "enter", "4", "D", "{", "2", "G")
        dossier = reader.top
        assert isinstance(dossier, ReaderScreen)
        row = dossier.session.row
        assert row is not None
        await reader.do("W")
        assert isinstance(reader.top, ReaderScreen)
        assert reader.top is not dossier
        assert reader.top.session.position.pane == "timeline"
        assert reader.top.scene.as_of == dossier.scene.as_of
        assert reader.top.session.row is not None
        assert reader.top.session.row.key == row.key


@piloted
async def test_a_briefing_of_a_dossier_may_be_gone(tmp_path: Path) -> None:
    library = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    async with browsing(desk([library], tmp_path / "library.db")) as reader:
        await reader.do("j", "j", "enter", "4", "D", "2", "g", "enter")
        for file in library.rglob("*.yaml"):
            file.unlink()
        await reader.press("1")
        assert "No such file or directory" in reader.last
        assert reader.lines[0].startswith(" Dossier")
