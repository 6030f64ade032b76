"""Narrowing every pane to an actor or deal, one inside the other."""

from __future__ import annotations

import pytest

from tests.observatory import document
from tests.pilot.driving import piloted, reading


@piloted
async def test_an_empty_pane_says_why() -> None:
    async with reading(document()) as reader:
        await reader.press("4", "G", "f", "2")
        assert reader.pane == "timeline"
        assert "No event involves this as of 15 Jun 2020." in reader.text
        reader.check()
        for key in ("j", "G", "d", "enter", "e"):
            await reader.press(key)
            await reader.press("escape")
            await reader.press("4", "G", "f", "2")
            reader.check()
        assert reader.app.is_running


@piloted
async def test_why_a_pane_is_empty_is_wrapped_in_a_narrow_terminal() -> None:
    async with reading(document(), (30, 12)) as reader:
        await reader.press("4", "G", "f", "2")
        assert "No event involves this as" in reader.text
        assert "of 15 Jun 2020." in reader.text


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
