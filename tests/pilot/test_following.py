"""Following rows to what they are about, and going back."""

from __future__ import annotations

from tests.observatory import document
from tests.pilot.driving import piloted, reading, sizes

Size = tuple[int, int]


@piloted
async def test_one_link_is_followed_at_once() -> None:
    async with reading(document()) as reader:
        await reader.press("j", "enter")
        assert reader.reading
        assert reader.place == ("actors", "actors/ministry")
        assert "▌" in reader.text
        for back in ("backspace", "H"):
            await reader.press(back)
            assert reader.place == ("summary", "key_points/0")
            await reader.press("L")
            assert reader.place == ("actors", "actors/ministry")


@piloted
async def test_of_several_links_one_is_asked_for() -> None:
    async with reading(document()) as reader:
        await reader.press("enter")
        assert reader.opened == "LinkPicker"
        assert "Great mirror" in reader.text
        assert "First light" in reader.text
        await reader.press("escape")
        assert reader.reading
        assert reader.place == ("summary", "bottom_line/0")
        await reader.press("enter", "enter")
        assert reader.place == ("deals", "deals/mirror")
        await reader.press("backspace", "enter", "2")
        assert reader.place == ("timeline", "timeline/first-light")
        await reader.press("backspace", "enter", "j", "enter")
        assert reader.place == ("timeline", "timeline/first-light")
        await reader.press("backspace", "enter", "down", "up", "enter")
        assert reader.place == ("deals", "deals/mirror")


SEVEN = [
    ("timeline", "timeline/crack"),
    ("actors", "actors/glassworks"),
    ("deals", "deals/mirror"),
    ("actors", "actors/vale"),
    ("actors", "actors/rook"),
    ("actors", "actors/ministry"),
    ("deals", "deals/dome"),
]


@piloted
async def test_every_digit_takes_its_link() -> None:
    async with reading(document()) as reader:
        await reader.press("j", "j")
        for number, place in enumerate(SEVEN, 1):
            await reader.press("enter", str(number))
            assert reader.place == place
            await reader.press("backspace")


@piloted
async def test_a_digit_without_a_link_takes_nothing() -> None:
    async with reading(document()) as reader:
        await reader.press("j", "j", "enter", "8", "9", "0")
        assert reader.opened == "LinkPicker"
        await reader.press("enter")
        assert reader.place == SEVEN[0]


@piloted
async def test_the_chooser_is_left_without_a_choice() -> None:
    async with reading(document()) as reader:
        await reader.press("j", "j")
        for key in ("escape", "q", "backspace"):
            await reader.press("enter", key)
            assert reader.reading
            assert reader.place == ("summary", "key_points/1")
        await reader.press("backspace")
        assert reader.place == ("summary", "key_points/1")


@sizes
@piloted
async def test_a_long_list_of_links_scrolls(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("3")
        assert reader.key == "actors/vale"
        await reader.press("enter")
        assert reader.opened == "LinkPicker"
        reader.check()
        await reader.press("G")
        assert "First light" in reader.text
        await reader.press("enter")
        assert reader.place == ("timeline", "timeline/first-light")


@piloted
async def test_history_goes_both_ways_across_panes() -> None:
    async with reading(document()) as reader:
        left = []
        for key in ("", "deals/mirror/milestones/0", ""):
            if key:
                await reader.stand_on("deals", key)
            left.append(reader.place)
            await reader.press("enter")
            if not reader.reading:
                await reader.press("1")
        arrived = reader.place
        assert left == [
            ("summary", "bottom_line/0"),
            ("deals", "deals/mirror/milestones/0"),
            ("actors", "actors/glassworks"),
        ]
        for place in reversed(left):
            await reader.press("backspace")
            assert reader.place == place
            assert "▌" in reader.text
        await reader.press("backspace")
        assert reader.place == left[0]
        assert "began" in reader.last
        for place in (*left[1:], arrived):
            await reader.press("L")
            assert reader.place == place
        await reader.press("L")
        assert reader.place == arrived
        assert reader.last == "Nothing to go forward to"
        await reader.press("H")
        assert reader.place == left[-1]


@piloted
async def test_following_anew_forgets_the_way_ahead() -> None:
    async with reading(document()) as reader:
        await reader.press("j", "enter", "backspace", "k", "enter", "1")
        assert reader.place == ("deals", "deals/mirror")
        await reader.press("L")
        assert reader.place == ("deals", "deals/mirror")
        await reader.press("backspace")
        assert reader.place == ("summary", "bottom_line/0")
        await reader.press("L")
        assert reader.place == ("deals", "deals/mirror")


@piloted
async def test_a_row_without_links_leads_to_its_sources() -> None:
    async with reading(document()) as reader:
        await reader.press("2", "g", "enter")
        assert reader.opened == "SourceScreen"
        assert "Almanac of the canton" in reader.text
        await reader.press("escape")
        assert reader.place == ("timeline", "timeline/founded")


@piloted
async def test_following_to_a_hidden_pane_while_zoomed() -> None:
    async with reading(document()) as reader:
        await reader.press("z", "j", "enter")
        assert reader.place == ("actors", "actors/ministry")
        assert "Ministry of Works" in reader.text
        await reader.press("backspace")
        assert reader.place == ("summary", "key_points/0")
