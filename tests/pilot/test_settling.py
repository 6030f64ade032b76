"""What keys do while all but the active pane is still being made."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.briefing.document import Document
from briefing_tui.session.reading_session import ReadingSession
from briefing_tui.storage.positions import Position
from briefing_tui.tui.widgets.pane import Pane
from briefing_tui.views.rows import View
from briefing_tui.views.scene import Scene, unchecked_scene
from tests.apps import app_of
from tests.observatory import CHANGES, changed, document
from tests.pilot.driving import NARROW, Reading, key_event, piloted
from tests.sessions import Opening, saved_in

_DEADLINE = 60


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Opens the way to the marks and the other panes."""
    opened = threading.Event()
    whole = ReadingSession.completed

    def completed(session: ReadingSession, scene: Scene) -> Scene:
        assert opened.wait(_DEADLINE)
        return whole(session, scene)

    monkeypatch.setattr(ReadingSession, "completed", completed)
    yield opened
    opened.set()


@asynccontextmanager
async def begun(document: Document, opening: Opening | None = None) -> AsyncIterator[Reading]:
    """A reader of which no more is there than the first picture."""
    app = app_of(document, opening=opening)
    async with app.run_test(size=NARROW) as pilot:
        reader = Reading(app, pilot)
        await reader.settle()
        yield reader


def test_keys_that_move_need_not_wait_and_others_do(gate: threading.Event) -> None:
    @piloted
    async def scenario() -> None:
        async with begun(document()) as reader:
            await reader.press("j", "j", "k", "pagedown", "home", "down")
            assert (reader.place[0], reader.number) == ("summary", 2)
            for key in "3j":
                reader.app.post_message(key_event(key))
            for _ in range(100):
                await asyncio.sleep(0)
            assert reader.place[0] == "summary"
            gate.set()
            await reader.until(lambda: reader.place[0] == "actors", "the pane that was asked for")
            await reader.settle()
            assert reader.number == 2

    scenario()


@pytest.mark.parametrize("name", ["summary", "timeline", "actors", "deals"])
def test_the_first_frame_has_rows_in_the_active_pane_only(name: str, gate: threading.Event) -> None:
    @piloted
    async def scenario() -> None:
        async with begun(document(), Opening(position=Position(pane=name))) as reader:
            panes = reader.app.screen.query(Pane)
            assert [pane.id for pane in panes if pane.view.rows] == [name]

    scenario()


def test_a_row_that_was_left_before_the_marks_were_open_was_read(
    gate: threading.Event, tmp_path: Path
) -> None:
    Annotations(unchecked_scene(document()), None, tmp_path / "x.json")

    @piloted
    async def scenario() -> None:
        async with begun(changed(*CHANGES), saved_in(tmp_path)) as reader:
            while reader.key != "key_points/2":
                await reader.press("j")
            await reader.press("j")
            assert not reader.reader.scene.marks.is_open
            gate.set()
            await reader.reader.settled()
            await reader.settle()
            marks = reader.reader.scene.marks
            assert marks.is_open
            assert {path[0] for path in marks.news} == {"timeline"}
            assert marks.unread == 3

    scenario()


@pytest.mark.parametrize("keys", [[], ["3"], ["3", "enter"], ["slash", "enter", "j"]], ids=" ".join)
def test_quitting_while_keys_wait(gate: threading.Event, keys: list[str]) -> None:
    @piloted
    async def scenario() -> None:
        async with begun(document()) as reader:
            for key in keys:
                reader.app.post_message(key_event(key))
            for _ in range(20):
                await asyncio.sleep(0)
            threading.Timer(0.2, gate.set).start()
            reader.app.exit()
        assert reader.app.failure is None
        assert reader.app.return_code == 0

    scenario()


@pytest.mark.parametrize("key", ["Q", "q"])
def test_leaving_waits_for_nothing(gate: threading.Event, key: str) -> None:
    @piloted
    async def scenario() -> None:
        async with begun(document()) as reader:
            reader.app.post_message(key_event(key))
            await reader.until(lambda: not reader.app.is_running, "the end")
        assert reader.app.failure is None

    scenario()
    assert not gate.is_set()


def test_a_pane_waits_for_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, opened = Pane.prepare, threading.Event()

    def prepare(pane: Pane, view: View, width: int) -> None:
        assert pane.id != "actors" or opened.wait(_DEADLINE)
        whole(pane, view, width)

    monkeypatch.setattr(Pane, "prepare", prepare)

    @piloted
    async def scenario() -> None:
        async with begun(document()) as reader:
            for key in "23":
                reader.app.post_message(key_event(key))
            await reader.until(lambda: reader.place[0] == "timeline", "the pane")
            for _ in range(20):
                await asyncio.sleep(0)
            assert reader.place[0] == "timeline"
            opened.set()
            await reader.until(lambda: reader.place[0] == "actors", "the other pane")

    try:
        scenario()
    finally:
        opened.set()


def test_who_waits_no_longer_holds_nothing_up(gate: threading.Event, tmp_path: Path) -> None:
    @piloted
    async def scenario() -> None:
        async with begun(document(), saved_in(tmp_path)) as reader:
            waiting = asyncio.create_task(reader.reader.settled())
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.wait([waiting])
            gate.set()
            await reader.reader.settled()
            await reader.settle()
            assert reader.reader.scene.marks.is_open
        assert reader.app.failure is None

    scenario()
