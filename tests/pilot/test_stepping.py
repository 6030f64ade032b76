"""Moving the as-of date."""

from __future__ import annotations

import pytest

from tests.observatory import document
from tests.pilot.driving import piloted, reading, sizes

Size = tuple[int, int]


@sizes
@piloted
async def test_what_became_known_appears_and_is_marked(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("2")
        assert "A delay is admitted" not in reader.text
        await reader.press("]")
        assert "1 Sep 2020" in reader.lines[0]
        lines = reader.within(reader.rows)
        new = next(line for line in lines if "A delay is admitted" in line)
        assert "+" in new
        assert "1 new" in reader.lines[0] + reader.lines[1]
        await reader.press("[")
        assert "A delay is admitted" not in reader.text


@pytest.mark.parametrize(
    ("keys", "expected"), [("06[", "2019-12-31"), ("{03]", "2020-06-15"), ("{5]", "2020-09-01")]
)
@piloted
async def test_counts(keys: str, expected: str) -> None:
    async with reading(document()) as reader:
        await reader.press(*keys)
        assert reader.reader.scene.as_of.isoformat() == expected
