"""Leaving the program, and not leaving it."""

from __future__ import annotations

import pytest

from tests.observatory import document
from tests.pilot.driving import piloted, reading


@piloted
async def test_q_backs_out_step_by_step() -> None:
    async with reading(document()) as reader:
        await reader.press("z", "j", "f", "slash")
        await reader.type("mirror")
        await reader.press("enter", "n")
        assert "mirror" in reader.last
        await reader.press("q")
        assert "mirror" not in reader.last
        assert reader.place == ("summary", "key_points/0")
        assert "only Ministry of Works" in reader.text
        await reader.press("q")
        assert "only Ministry of Works" not in reader.text
        assert reader.reader.has_class("-zoomed")
        await reader.press("q")
        assert not reader.reader.has_class("-zoomed")
        assert reader.app.is_running
        await reader.press("q")
        assert not reader.app.is_running
        assert (reader.app.return_code or 0) == 0


@pytest.mark.parametrize("keys", ["Q", "zjfQ", "eQ", "^"])
@piloted
async def test_quitting_at_once(keys: str) -> None:
    async with reading(document()) as reader:
        await reader.press(*("ctrl+c" if key == "^" else key for key in keys))
        assert not reader.app.is_running
        assert (reader.app.return_code or 0) == 0


@pytest.mark.parametrize("opener", ["question_mark", "s", "p", "enter", "slash", "colon", "A", "e"])
@piloted
async def test_quitting_from_anywhere(opener: str) -> None:
    async with reading(document()) as reader:
        await reader.press(opener, "ctrl+q" if opener in "sp" else "ctrl+c")
        assert not reader.app.is_running


@piloted
async def test_escape_never_quits() -> None:
    async with reading(document()) as reader:
        await reader.press("z", "j", "f", "e", "slash")
        for _ in range(12):
            await reader.press("escape")
        assert reader.app.is_running
        assert reader.reading
        assert not reader.reader.has_class("-zoomed")
        assert "only" not in reader.lines[0] + reader.lines[1]
        assert reader.rows.has_focus
