"""Narrowing every pane to an actor or deal, one inside the other."""

from __future__ import annotations

import pytest

from tests.observatory import document
from tests.pilot.driving import Reading, piloted, reading


def held(reader: Reading, pane: int) -> list[str]:
    """The keys of a pane's rows that can be highlighted."""
    return [row.key for row in reader.reader.panes[pane].view.rows if row.selectable]


@piloted
async def test_every_pane_is_narrowed_and_widened() -> None:
    async with reading(document()) as reader:
        before = [held(reader, pane) for pane in range(4)]
        await reader.press("j", "f")
        assert reader.reading
        assert "only Ministry of Works" in reader.text
        assert held(reader, 0) == ["key_points/0", "key_points/1"]
        assert held(reader, 1) == ["timeline/contract"]
        assert "actors/glassworks" in held(reader, 2)
        assert "actors/rook" not in held(reader, 2)
        assert "deals/mirror" in held(reader, 3)
        assert "deals/dome" not in held(reader, 3)
        await reader.press("escape")
        assert "only" not in reader.lines[0] + reader.lines[1]
        assert [held(reader, pane) for pane in range(4)] == before
        await reader.press("escape", "escape")
        assert reader.app.is_running


@piloted
async def test_narrowing_twice_and_widening_level_by_level() -> None:
    async with reading(document()) as reader:
        # From a row of several actors and deals one is asked for.
        await reader.press("2", "k", "k", "f")
        assert reader.place == ("timeline", "timeline/contract")
        assert reader.opened == "LinkPicker"
        assert "Orlo Glassworks" in reader.text
        await reader.press("3")
        assert "only Great mirror" in reader.text
        mirror = held(reader, 1)
        assert mirror == ["timeline/contract", "timeline/crack", "timeline/first-light"]
        await reader.press("f")
        assert "Great mirror" not in reader.text.split("Narrow every pane to")[1]
        await reader.press("1")
        assert "only Great mirror › Ministry of Works" in reader.text
        assert held(reader, 1) == ["timeline/contract"]
        await reader.press("escape")
        assert held(reader, 1) == mirror
        assert "only Great mirror" in reader.text
        assert "›" not in reader.lines[0] + reader.lines[1]
        await reader.press("q")
        assert "only" not in reader.lines[0] + reader.lines[1]
        assert len(held(reader, 1)) == 37
        assert reader.app.is_running


@piloted
async def test_the_cursor_stays_with_its_row() -> None:
    async with reading(document()) as reader:
        await reader.press("2", "G", "k")
        assert reader.key == "timeline/first-light"
        await reader.press("f", "2")
        assert reader.key == "timeline/first-light"
        assert reader.number == 3
        await reader.press("escape")
        assert reader.key == "timeline/first-light"
        assert "First light" in reader.text


@piloted
async def test_a_row_that_is_hidden_gives_way_to_another() -> None:
    async with reading(document()) as reader:
        await reader.press("3", "G")
        assert reader.key == "actors/rook"
        await reader.press("2", "G", "k", "f", "2", "3")
        assert reader.row.key in held(reader, 2)
        assert "▌" in reader.text


@piloted
async def test_leaving_the_choice_narrows_nothing() -> None:
    async with reading(document()) as reader:
        await reader.press("2", "f", "escape")
        assert reader.reading
        assert len(held(reader, 1)) == 37


@piloted
async def test_nothing_to_narrow_to() -> None:
    async with reading(document()) as reader:
        await reader.press("2", "g", "f")
        assert "narrow" in reader.last
        assert len(held(reader, 1)) == 37


@piloted
async def test_an_empty_pane_says_why() -> None:
    async with reading(document()) as reader:
        await reader.press("4", "G", "f", "2")
        assert reader.pane == "timeline"
        assert "No event involves this." in reader.text
        reader.check()
        for key in ("j", "k", "G", "g", "d", "space", "enter", "y", "Y", "c", "s", "o", "f", "e"):
            await reader.press(key)
            await reader.press("escape")
            await reader.press("4", "G", "f", "2")
            reader.check()
        assert reader.app.is_running


@piloted
async def test_history_into_what_is_narrowed_away() -> None:
    async with reading(document()) as reader:
        await reader.press("2", "G", "k", "enter", "2")
        assert reader.place == ("deals", "deals/mirror")
        await reader.press("4", "G", "f")
        assert "only Steel dome" in reader.text
        await reader.press("backspace")
        assert "hidden" in reader.last
        assert reader.place == ("deals", "deals/dome/values/0")
        await reader.press("escape", "backspace")
        assert reader.place == ("timeline", "timeline/first-light")
        await reader.press("L")
        assert reader.place == ("deals", "deals/dome/values/0")


@pytest.mark.parametrize("width", [60, 80, 109])
@piloted
async def test_the_current_tab_is_whole_whatever_is_told_beside_it(width: int) -> None:
    # Two names, of which there is room for one, and what became known at the step.
    async with reading(document(), (width, 24)) as reader:
        await reader.press("3", "g", "f", "3", "G", "f", "}")
        focus = reader.reader.scene.focus
        assert len(focus) == 2
        for number, title in enumerate(("Summary", "Timeline", "Actors", "Deals"), 1):
            await reader.press(str(number))
            tabs = reader.lines[1]
            assert f"[{number} {title}]" in tabs
            assert all(f" {other} " in tabs for other in range(1, 5) if other != number)
            assert focus[-1].label in tabs
