"""Leaving the program, and not leaving it."""

from __future__ import annotations

import pytest

from tests.observatory import document
from tests.pilot.driving import piloted, reading


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
