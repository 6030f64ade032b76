"""Following rows to what they are about, and going back."""

from __future__ import annotations

from tests.observatory import document
from tests.pilot.driving import piloted, reading, sizes

Size = tuple[int, int]


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
async def test_following_to_a_hidden_pane_while_zoomed() -> None:
    async with reading(document()) as reader:
        await reader.press("z", "j", "enter")
        assert reader.place == ("actors", "actors/ministry")
        assert "Ministry of Works" in reader.text
        await reader.press("backspace")
        assert reader.place == ("summary", "key_points/0")


@piloted
async def test_a_walk_through_choices_and_letters() -> None:
    async with reading(document()) as reader:
        await reader.press("enter")
        assert reader.opened == "LinkPicker"
        assert "Great mirror" in reader.text
        for key in ("escape", "q", "backspace"):
            await reader.press(key)
            assert reader.reading
            assert reader.place == ("summary", "bottom_line/0")
            await reader.press("enter")
        await reader.press("9", "0", "down", "up", "j", "enter")
        assert reader.place == ("timeline", "timeline/first-light")
        await reader.press("m")
        assert reader.opened == "LetterPicker"
        assert "Any letter will do" in reader.text
        await reader.press("j")  # which moves in other lists
        assert "Mark j" in reader.last
        await reader.press("backspace", "'")
        assert "First light" in reader.text
        await reader.press("j")
        assert reader.place == ("timeline", "timeline/first-light")
        await reader.press("'", "enter")
        assert reader.place == ("timeline", "timeline/first-light")
        assert reader.rows.has_focus
