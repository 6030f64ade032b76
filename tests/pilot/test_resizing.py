"""Other sizes while reading."""

from __future__ import annotations

import pytest

from briefing_tui.tui.screens.prompt import Prompt
from tests.observatory import document
from tests.pilot.driving import PANES, piloted, reading
from tests.profiles import thorough

WALK = [(200, 60), (80, 24), (20, 5), (120, 36)]


@pytest.mark.parametrize("pane", PANES)
@piloted
async def test_focus_row_and_scroll_are_kept(pane: str) -> None:
    async with reading(document(), WALK[0]) as reader:
        await reader.press(str(PANES.index(pane) + 1), "G", "k", "k")
        place = reader.place
        others = [one.cursor for one in reader.reader.panes]
        for size in WALK[1:]:
            await reader.resize(*size)
            reader.check()
            assert reader.place == place
            assert reader.rows.has_focus
            assert any("▌" in line for line in reader.within(reader.rows))
        assert [one.cursor for one in reader.reader.panes] == others
        assert all(reader.seen(one) for one in reader.reader.panes)


@piloted
async def test_the_same_part_is_seen_after_a_way_there_and_back() -> None:
    async with reading(document(), (120, 36)) as reader:
        await reader.press("2", "g", "0", "1", "8", "j", "k", "k", "k", "k")
        first, last, _ = reader.rows.lines_seen
        assert first > 0
        for size in ((80, 24), (120, 36), (200, 60), (120, 36)):
            await reader.resize(*size)
        now, _, _ = reader.rows.lines_seen
        assert abs(now - first) <= last - first


@piloted
async def test_scroll_of_panes_that_were_hidden_is_kept() -> None:
    async with reading(document(), (120, 36)) as reader:
        await reader.press("3", "0", "2", "0", "j", "1")
        scrolled = [pane.scroll_offset.y for pane in reader.reader.panes]
        assert scrolled[1] > 0
        assert scrolled[2] > 0
        await reader.resize(80, 24)
        await reader.press("z", "z")
        await reader.resize(120, 36)
        now = [pane.scroll_offset.y for pane in reader.reader.panes]
        assert all(abs(one - two) <= 3 for one, two in zip(now, scrolled, strict=True))


@pytest.mark.parametrize(
    "keys",
    [
        ["z", "e"],
        ["slash", "q", "u"],
        ["f"],
        *(pytest.param([key], marks=thorough) for key in "ez"),
    ],
)
@piloted
async def test_states_survive(keys: list[str]) -> None:
    async with reading(document(), WALK[0]) as reader:
        await reader.press("j", *keys)
        place, focus = reader.place, reader.reader.scene.focus
        focused = reader.app.focused
        for size in (*WALK[1:], (10, 2), (60, 16), (59, 15), WALK[0]):
            await reader.resize(*size)
            reader.check()
            assert reader.place == place
            assert reader.reader.scene.focus == focus
        assert reader.app.focused is focused
        for _ in range(4):
            await reader.press("escape")
        assert reader.app.is_running
        assert reader.rows.has_focus


@piloted
async def test_at_the_borders_between_layouts() -> None:
    async with reading(document()) as reader:
        for width in (20, 59, 60, 109, 110, 250):
            for height in (5, 15, 16):
                await reader.resize(width, height)
                reader.check()
                shown = [pane.id for pane in reader.reader.panes if reader.seen(pane)]
                assert shown == (list(PANES) if width >= 110 and height >= 16 else ["summary"])
                assert "The great mirror" in reader.text or width < 30


@piloted
async def test_a_key_does_not_close_what_is_covered() -> None:
    """Textual hands over the result of the screen, but closes the one on top."""
    async with reading(document(), (80, 24)) as reader:
        await reader.press("A")
        prompt = reader.app.screen
        assert isinstance(prompt, Prompt)
        await reader.resize(10, 3)
        assert reader.app.screen is not prompt
        cover = reader.app.screen
        prompt.action_close()
        prompt.action_close()
        assert reader.app.screen_stack[-2:] == [prompt, cover]
        await reader.resize(80, 24)
        await reader.press("escape")
        assert reader.app.screen is reader.reader
        prompt.action_close()
        assert reader.app.screen is reader.reader
