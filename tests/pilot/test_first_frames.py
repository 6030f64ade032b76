"""The first frame in a size is the right one: nothing in it is scrolled or said otherwise after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip

from briefing_tui.driver.textual_private import SizedView
from briefing_tui.settings.options import Settings
from briefing_tui.storage.positions import Position
from briefing_tui.tui.screens.pickers import LinkPicker
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.rows import Link
from briefing_tui.views.scene import unchecked_scene
from tests import ropeway
from tests.observatory import document
from tests.pilot.driving import NARROW, ULTRA, WIDE, Reading, piloted, reading
from tests.pilot.test_library import browsing
from tests.profiles import thorough
from tests.sessions import Opening

TINY = (40, 12)
sizes = pytest.mark.parametrize(
    "size",
    [
        pytest.param(TINY, id="40x12"),
        pytest.param(NARROW, id="80x24", marks=thorough),
        pytest.param(WIDE, id="120x36"),
        pytest.param(ULTRA, id="200x60", marks=thorough),
    ],
)


class Frame:
    """One frame as it was drawn."""

    def __init__(self, screen: Screen[Any], strips: list[Strip]) -> None:
        self.screen = screen
        self.lines = [strip.text for strip in strips]

    def shows_cursor(self, rows: RowList) -> bool:
        """Whether the highlighted row of a list is marked in the list's part of the frame."""
        x, y, _, height = rows.region
        return any(line[x : x + 1] in ("▌", "█") for line in self.lines[y : y + height])


@contextmanager
def recorded() -> Iterator[list[Frame]]:
    """Record every frame that is drawn."""
    frames: list[Frame] = []
    display = App._display

    def record(app: App[Any], screen: Screen[Any], update: Any) -> None:
        display(app, screen, update)
        if screen is app.screen:
            frames.append(Frame(screen, screen._compositor.render_strips()))

    App._display = record  # type: ignore[method-assign,assignment]
    try:
        yield frames
    finally:
        App._display = display  # type: ignore[method-assign]


def frames_of_top(frames: list[Frame], reader: Reading) -> list[list[str]]:
    """The different frames of the screen that is on top now, in its present size."""
    width, height = reader.app.size
    drawn: list[list[str]] = []
    for frame in frames:
        in_size = len(frame.lines) == height and len(frame.lines[0]) == width
        if frame.screen is reader.top and in_size and drawn[-1:] != [frame.lines]:
            drawn.append(frame.lines)
    return drawn


def cropped(lines: list[str], region: Region) -> list[str]:
    """A part of a frame."""
    x, y, width, height = region
    return [line[x : x + width] for line in lines[y : y + height]]


@piloted
async def test_a_view_has_its_size_before_it_is_drawn() -> None:
    log: list[tuple[str, Size]] = []

    class Logging(SizedView):
        def sized(self) -> None:
            log.append(("sized", self.size))

        def render_line(self, y: int) -> Strip:
            log.append(("drawn", self.size))
            return Strip.blank(self.size.width)

    class Host(App[None]):
        def compose(self) -> ComposeResult:
            yield Logging()

    async with Host().run_test(size=(30, 10)) as pilot:
        await pilot.pause()
        assert log[0] == ("sized", Size(30, 10))
        assert ("drawn", Size(30, 10)) in log
        log.clear()
        await pilot.resize_terminal(50, 5)
        for _ in range(100):
            if ("drawn", Size(50, 5)) in log:
                break
            await pilot.pause(0.01)
        in_new_size = [what for what, size in log if size == Size(50, 5)]
        assert in_new_size[0] == "sized"
        assert "drawn" in in_new_size


@sizes
@pytest.mark.parametrize("number", range(len(PANES)), ids=[spec.name for spec in PANES])
@pytest.mark.parametrize("zoomed", [False, pytest.param(True, marks=thorough)], ids=["", "zoomed"])
@piloted
async def test_a_resumed_pane(zoomed: bool, number: int, size: tuple[int, int]) -> None:
    spec = PANES[number]
    last = [row for row in spec.view(unchecked_scene(document())).rows if row.selectable][-1]
    position = Position(pane=spec.name, rows={spec.name: last.key}, zoomed=zoomed)
    with recorded() as frames:
        async with reading(document(), size, opening=Opening(position=position)) as reader:
            assert reader.place == (spec.name, last.key)
            first = cropped(frames[0].lines, reader.rows.region)
            assert first == reader.within(reader.rows)
            assert frames[0].shows_cursor(reader.rows)


CHANGES = {
    "another pane": (["2", "G", "1"], "2"),
    "a pane for the first time": (["1"], "3"),
    "zoom": (["2", "G"], "z"),
    "all panes again": (["2", "G", "z"], "z"),
    "the evidence": (["1"], "e"),
    "the pane again": (["2", "G", "e"], "e"),
    "the keys": ([], "question_mark"),
    "the end of the keys": (["question_mark"], "G"),
    "a choice": (["3", "G"], "m"),
    "plain text": (["2", "G"], "p"),
}


@sizes
@pytest.mark.parametrize("change", CHANGES)
@piloted
async def test_a_change(change: str, size: tuple[int, int]) -> None:
    before, key = CHANGES[change]
    async with reading(document(), size) as reader:
        await reader.press(*before)
        with recorded() as frames:
            await reader.press(key)
        assert frames_of_top(frames, reader) == [reader.lines]


@sizes
@pytest.mark.parametrize("keys", [["s"], ["s", "tab"]], ids="".join)
@piloted
async def test_a_source(keys: list[str], size: tuple[int, int]) -> None:
    async with reading(ropeway.document(), size) as reader:
        await reader.press("2", "G", *keys[:-1])
        with recorded() as frames:
            await reader.press(keys[-1])
        assert reader.opened == "SourceScreen"
        assert frames_of_top(frames, reader) == [reader.lines]


@pytest.mark.parametrize(
    "layout", ["auto", *(pytest.param(layout, marks=thorough) for layout in ("tabs", "grid"))]
)
@pytest.mark.parametrize("keys", [["2", "G"], ["2", "G", "z"], ["4", "e"], ["question_mark", "G"]])
@piloted
async def test_another_size(keys: list[str], layout: str) -> None:
    async with reading(document(), NARROW, Settings(layout=layout)) as reader:
        await reader.press(*keys)
        for size in (ULTRA, TINY, WIDE, (100, 15), NARROW):
            with recorded() as frames:
                await reader.resize(*size)
            # What is behind an overlay follows it.
            frame = reader.top if reader.reading else reader.top.query_one("#overlay")
            region = frame.region
            parts = [cropped(lines, region) for lines in frames_of_top(frames, reader)]
            assert parts
            assert all(part == cropped(reader.lines, region) for part in parts), size


@pytest.mark.parametrize("count", [2, 30])
@sizes
@piloted
async def test_a_choice_is_no_taller_than_its_rows_or_the_screen(
    size: tuple[int, int], count: int
) -> None:
    links = [Link(str(number), f"Way {number}", "actor") for number in range(count)]
    async with reading(document(), size) as reader:
        with recorded() as frames:
            chooser = LinkPicker("Follow", links)
            reader.app.push_screen(chooser)
            await reader.settle()
        assert frames_of_top(frames, reader) == [reader.lines]
        most = int(size[1] * 0.8) - 2
        assert chooser.list.size.height == min(count, most)
        await reader.press("G")
        assert any(f"Way {count - 1} " in line for line in reader.within(chooser.list))


@sizes
@piloted
async def test_a_briefing_opened_from_the_library_and_left_for_it(size: tuple[int, int]) -> None:
    async with browsing(size=size) as reader:
        await reader.press("j", "j")
        with recorded() as frames:
            await reader.do("enter")
        opened = [frame for frame in frames if frame.screen is reader.top]
        rows = reader.screen.rows
        assert opened
        assert all(frame.shows_cursor(rows) for frame in opened)
        with recorded() as frames:
            await reader.do("escape")
        left = [frame for frame in frames if frame.screen is reader.top]
        assert left
        assert all(frame.shows_cursor(reader.screen.rows) for frame in left)


@sizes
@piloted
async def test_a_briefing_opened_at_a_hit(size: tuple[int, int]) -> None:
    async with browsing(size=size) as reader:
        await reader.ask("mast raised")
        with recorded() as frames:
            await reader.do("enter")
        drawn = [frame for frame in frames if frame.screen is reader.top]
        rows = reader.screen.rows
        assert rows.id == "timeline"
        assert drawn
        assert all(frame.shows_cursor(rows) for frame in drawn)
        first = cropped(drawn[0].lines, rows.region)
        assert first[1:] == reader.within(rows)[1:]
