"""Moving through the rows of a pane, with counts."""

from __future__ import annotations

import pytest

from tests.observatory import document
from tests.pilot.driving import NARROW, ULTRA, piloted, reading, sizes

Size = tuple[int, int]


@piloted
async def test_one_row_at_a_time() -> None:
    async with reading(document()) as reader:
        await reader.press("4")
        assert reader.key == "deals/mirror"
        await reader.press("j")
        assert reader.number == 2
        await reader.press("down")
        assert reader.number == 3
        await reader.press("k")
        assert reader.number == 2
        await reader.press("up")
        assert reader.number == 1
        await reader.press("up")
        assert reader.number == 1


@piloted
async def test_first_and_last_row() -> None:
    async with reading(document()) as reader:
        await reader.press("2", "G")
        assert reader.place == ("timeline", "timeline/opening")
        assert "The doors open" in reader.text
        await reader.press("g")
        assert reader.key == "timeline/founded"
        assert "1931" in reader.text
        await reader.press("end")
        assert reader.key == "timeline/opening"
        await reader.press("home")
        assert reader.key == "timeline/founded"
        await reader.press("G", "j", "j")
        assert reader.key == "timeline/opening"


COUNTS = {
    "5j": 6,
    "012j": 13,
    "03↓": 4,
    "0j": 2,
    "999999999999999999j": 37,
    "06k": 1,
    "07G": 7,
    "010G": 10,
    "999G": 37,
    "8G03k": 5,
    "5xj": 2,
}
"""The row, counted from 1, that keys lead to from the first of 37."""


@piloted
async def test_counts() -> None:
    async with reading(document()) as reader:
        for keys, number in COUNTS.items():
            await reader.press("2", "g")
            assert (reader.number, reader.stops) == (1, 37)
            await reader.press(*("down" if key == "↓" else key for key in keys))
            assert reader.pane == "timeline"
            assert reader.number == number, keys


@piloted
async def test_a_count_with_a_page() -> None:
    async with reading(document()) as reader:
        await reader.press("2", "g", "d")
        once = reader.number
        await reader.press("g", "6", "d")
        assert reader.number > once > 1
        at = reader.number
        await reader.press("u")
        assert reader.number < at


@sizes
@piloted
async def test_pages(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("2", "g")
        height = reader.rows.size.height
        for half, back, full in (("d", "u", False), ("ctrl+d", "ctrl+u", False)):
            await reader.press(half)
            assert not full
            assert 1 < reader.number <= height // 2 + 1
            await reader.press(back)
            assert reader.key == "timeline/founded"
        for forth, back in (("space", "pageup"), ("pagedown", "ctrl+b"), ("ctrl+f", "pageup")):
            await reader.press(forth)
            assert height // 2 < reader.number <= height
            await reader.press(back)
            assert reader.key == "timeline/founded"
        pages = 80 // height + 1
        await reader.press(*["space"] * pages)
        assert reader.key == "timeline/opening"
        await reader.press(*["pageup"] * pages)
        assert reader.key == "timeline/founded"


@sizes
@piloted
async def test_the_row_is_always_seen(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("2", "g")
        for key in "jjjjdddduukkGgG":
            await reader.press(key)
            marked = [line for line in reader.lines if line.split("▌")[1:]]
            assert any(said(reader.row.body) in line for line in marked), key


@piloted
async def test_digits_go_to_panes_where_no_count_is_pending() -> None:
    async with reading(document()) as reader:
        await reader.press("2")
        assert reader.pane == "timeline"
        await reader.press("g", "5", "1")
        assert reader.pane == "timeline"
        await reader.press("k", "3")
        assert reader.pane == "actors"
        # A count ends with whatever uses it, and with whatever does not.
        await reader.press("5", "z", "z", "1")
        assert reader.pane == "summary"
        await reader.press("5", "tab", "3")
        assert reader.pane == "actors"


@pytest.mark.parametrize("size", [NARROW, ULTRA])
@piloted
async def test_a_count_is_for_one_pane(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("2", "g", "5", "tab", "shift+tab", "j")
        assert reader.number == 2


@piloted
async def test_the_timeline_opens_before_what_was_ahead() -> None:
    async with reading(document()) as reader:
        await reader.press("2")
        assert reader.key == "timeline/crack"
        rule = next(line for line in reader.lines if "as of 15 Jun 2020" in line and "┄" in line)
        before = reader.lines[reader.lines.index(rule) - 1]
        assert "A crack is found" in before
        assert "▌" in before


def said(spans: object) -> str:
    """The text of a body's first span."""
    return str(spans[0].text)[:18]  # type: ignore[index]
