"""The mouse."""

from __future__ import annotations

import pytest
from textual.geometry import Offset
from textual.widget import Widget

from tests.observatory import document
from tests.pilot.driving import ULTRA, WIDE, Reading, piloted, reading, sizes

Size = tuple[int, int]


def line_of(reader: Reading, widget: Widget, text: str) -> int:
    """The line of a widget that holds a text."""
    return next(at for at, line in enumerate(reader.within(widget)) if text in line)


@sizes
@piloted
async def test_a_click_selects_a_row(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("2")
        for text, key in (("Night 28", "night-28"), ("The contract", "contract")):
            await reader.click(reader.rows, 12, line_of(reader, reader.rows, text))
            assert reader.key == f"timeline/{key}"
            assert reader.reading
        # A heading cannot be selected.
        await reader.click(reader.rows, 2, line_of(reader, reader.rows, "2020"))
        assert reader.key == "timeline/contract"
        assert "Senn Gazette" in reader.evidence


@pytest.mark.parametrize("size", [WIDE, ULTRA], ids=["120x36", "200x60"])
@piloted
async def test_a_click_in_another_pane(size: Size) -> None:
    async with reading(document(), size) as reader:
        deals = reader.reader.panes[3]
        await reader.click(deals, 10, line_of(reader, deals, "ordered"))
        assert reader.place == ("deals", "deals/mirror/order")
        assert deals.has_focus
        assert "━ 4 Deals ━" in reader.text
        assert "Alpine Wire" in reader.evidence
        await reader.press("j")
        assert reader.pane == "deals"


@sizes
@piloted
async def test_a_double_click_follows(size: Size) -> None:
    async with reading(document(), size) as reader:
        line = line_of(reader, reader.rows, "The ministry pays")
        await reader.click(reader.rows, 8, line, times=2)
        assert reader.place == ("actors", "actors/ministry")
        await reader.press("backspace")
        assert reader.place == ("summary", "key_points/0")
        line = line_of(reader, reader.rows, "The glassworks found")
        await reader.click(reader.rows, 8, line, times=2)
        assert reader.opened == "LinkPicker"
        rows = reader.top.query_one("RowList")
        await reader.click(rows, 8, line_of(reader, rows, "Orlo Glassworks"), times=2)
        assert reader.place == ("actors", "actors/glassworks")


@sizes
@piloted
async def test_the_wheel_scrolls_what_is_below_it_and_nothing_else(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("2", "g", "3")
        actors = reader.reader.panes[2]
        place, others = reader.place, offsets(reader)
        before = others.pop("actors")
        assert before.y == 0
        await reader.wheel(actors, times=2)
        assert reader.place == place
        after = offsets(reader)
        if size == ULTRA:
            assert after.pop("actors").y >= before.y
        else:
            assert after.pop("actors").y > before.y
        assert after == others
        await reader.wheel(actors, times=9, down=False)
        assert offsets(reader) == {**others, "actors": before}
        # The next step of the cursor brings it back into view.
        await reader.wheel(actors, times=6)
        await reader.press("j")
        assert "▌" in "".join(reader.within(actors))


@piloted
async def test_the_wheel_above_a_pane_without_the_keys() -> None:
    async with reading(document(), WIDE) as reader:
        await reader.press("1")
        timeline = reader.reader.panes[1]
        before = offsets(reader)
        await reader.wheel(timeline, times=3, down=False)
        after = offsets(reader)
        assert after.pop("timeline").y < before.pop("timeline").y
        assert after == before
        assert reader.place == ("summary", "bottom_line/0")
        assert reader.reader.panes[1].row
        assert reader.reader.panes[1].row.key == "timeline/crack"


@piloted
async def test_clicks_elsewhere_do_nothing() -> None:
    async with reading(document()) as reader:
        for y in (0, 1, 2, 17, 23):
            await reader.click(reader.reader, 30, y, times=2)
            reader.check()
            assert reader.app.is_running
            assert reader.app.focused is not None
        assert reader.reading


def offsets(reader: Reading) -> dict[str, Offset]:
    """How far each pane is scrolled."""
    return {str(pane.id): pane.scroll_offset for pane in reader.reader.panes}
