"""Moving the as-of date."""

from __future__ import annotations

import pytest

from tests.observatory import document
from tests.pilot.driving import Reading, piloted, reading, sizes

Size = tuple[int, int]

DAYS = ["2019-12-31", "2020-06-11", "2020-06-12", "2020-06-15", "2020-09-01"]


def day(reader: Reading) -> str:
    return reader.reader.scene.as_of.isoformat()


@piloted
async def test_through_all_days_and_back() -> None:
    async with reading(document()) as reader:
        assert day(reader) == "2020-06-15"
        await reader.press("{")
        days = [day(reader)]
        for _ in range(5):
            await reader.press("]")
            days.append(day(reader))
        assert days == [*DAYS, DAYS[-1]]
        assert "later" in reader.last
        back = []
        for _ in range(5):
            await reader.press("[")
            back.append(day(reader))
            reader.check()
        assert back == [*reversed(DAYS[:-1]), DAYS[0]]
        assert "earlier" in reader.last
        await reader.press("}")
        assert day(reader) == DAYS[-1]
        await reader.press("=")
        assert day(reader) == "2020-06-15"
        assert "15 Jun 2020" in reader.lines[0]


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
    ("keys", "expected"), [("06[", DAYS[0]), ("{03]", DAYS[3]), ("{5]", DAYS[4]), ("02[", DAYS[1])]
)
@piloted
async def test_counts(keys: str, expected: str) -> None:
    async with reading(document()) as reader:
        await reader.press(*keys)
        assert day(reader) == expected


@piloted
async def test_the_row_stays_where_it_is_still_known() -> None:
    async with reading(document()) as reader:
        await reader.stand_on("timeline", "timeline/founded")
        await reader.press("{")
        assert reader.key == "timeline/founded"
        await reader.press("}", "=")
        assert reader.key == "timeline/founded"
        await reader.stand_on("actors", "actors/rook")
        await reader.press("{")
        reader.check()
        await reader.press("j", "k", "y", "e", "escape")
        assert "No actors" in reader.text


@piloted
async def test_the_focus_stays() -> None:
    async with reading(document()) as reader:
        await reader.stand_on("deals", "deals/mirror")
        await reader.press("f", "2", "]")
        keys = [row.key for row in reader.rows.view.rows if row.selectable]
        assert "timeline/delay" in keys
        assert "timeline/quokka" not in keys
        assert "only Great mirror" in reader.text
        await reader.press("{", "escape", "=")
        assert "timeline/quokka" in [row.key for row in reader.rows.view.rows]


TYPED = {
    "2020-06": "2020-06-30",
    "2021": "2021-12-31",
    "latest": "2020-09-01",
    "1931": "1931-12-31",
}


@piloted
async def test_a_typed_date() -> None:
    async with reading(document()) as reader:
        for typed, expected in TYPED.items():
            await reader.press("A")
            await reader.type(typed)
            assert typed in reader.text
            await reader.press("enter")
            assert reader.reading
            assert day(reader) == expected
            reader.check()


@piloted
async def test_what_is_no_date_is_told() -> None:
    async with reading(document()) as reader:
        for typed in ("soon", "[b]", "2020-13", "32 May", "9999999", "{0}", "$x"):
            await reader.press("A")
            await reader.type(typed)
            await reader.press("enter")
            assert reader.opened == "Prompt"
            assert day(reader) == "2020-06-15"
            assert f" {typed}: " in reader.text
            reader.check()
            await reader.press("escape")
            assert reader.reading


@piloted
async def test_no_answer() -> None:
    async with reading(document()) as reader:
        for keys in (["escape"], ["enter"], ["space", "enter"]):
            await reader.press("A", *keys)
            assert reader.reading
            assert day(reader) == "2020-06-15"
            assert reader.rows.has_focus


@piloted
async def test_history_into_what_is_not_known() -> None:
    async with reading(document()) as reader:
        await reader.press("2", "]")
        await reader.stand_on("timeline", "timeline/delay")
        await reader.press("enter", "1", "[", "backspace")
        assert "not known" in reader.last
        await reader.press("]", "backspace")
        assert reader.key == "timeline/delay"
