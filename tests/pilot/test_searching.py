"""Searching all panes."""

from __future__ import annotations

import pytest

from tests.observatory import QUOKKAS, document
from tests.pilot.driving import piloted, reading

Size = tuple[int, int]


@piloted
async def test_matches_are_gone_to_while_typing() -> None:
    async with reading(document()) as reader:
        await reader.press("slash")
        await reader.type("quo")
        assert reader.place == QUOKKAS[0]
        assert "1/5 · Summary" in reader.last
        await reader.type("kka is")
        assert reader.place == QUOKKAS[1]
        assert "1/1 · Timeline" in reader.last
        for _ in range(3):
            await reader.press("backspace")
        assert reader.place == QUOKKAS[0]
        # Keys of panes and commands are letters of the word here.
        await reader.type("2q")
        assert reader.place == ("summary", "bottom_line/0")
        assert "no match" in reader.last
        await reader.press("backspace", "backspace")
        assert reader.place == QUOKKAS[0]


@piloted
async def test_next_and_previous_across_panes_and_round() -> None:
    async with reading(document()) as reader:
        await reader.press("slash")
        await reader.type("quokka")
        await reader.press("enter")
        places = [reader.place]
        for number in range(2, 7):
            await reader.press("n")
            places.append(reader.place)
            at = (number - 1) % 5 + 1
            assert f"{at}/5" in reader.last
            assert "▌" in reader.text
            assert "quokka" in reader.text.lower()
        assert places == [*QUOKKAS, QUOKKAS[0]]
        for place in (QUOKKAS[4], QUOKKAS[3]):
            await reader.press("N")
            assert reader.place == place
        assert "4/5 · Actors" in reader.last


@piloted
async def test_matches_are_marked() -> None:
    async with reading(document()) as reader:

        def marked() -> list[str]:
            return [
                segment.text
                for strip in reader.strips
                for segment in strip
                if segment.style and segment.style.bgcolor == background
            ]

        await reader.press("slash")
        await reader.type("quokka")
        await reader.press("enter", "n")
        styles = [
            segment.style
            for strip in reader.strips
            for segment in strip
            if segment.text == "quokka" and segment.style
        ]
        background = styles[0].bgcolor
        assert "quokka" in marked()
        await reader.press("escape")
        assert marked() == []


@piloted
async def test_the_end_of_a_search_returns_to_where_it_began() -> None:
    async with reading(document()) as reader:
        await reader.stand_on("deals", "deals/mirror/stages/0")
        for key in ("escape", "q"):
            await reader.press("slash")
            await reader.type("quo")
            await reader.press("enter", "n", "n", key)
            assert reader.place == ("deals", "deals/mirror/stages/0")
            assert reader.app.is_running
            assert "quo" not in reader.last
        await reader.press("n")
        assert reader.place == ("deals", "deals/mirror/stages/0")
        assert "No search yet; press /" in reader.last


@piloted
async def test_escape_while_typing_returns() -> None:
    async with reading(document()) as reader:
        await reader.press("2", "g", "slash")
        await reader.type("quokka")
        assert reader.place != ("timeline", "timeline/founded")
        await reader.press("escape")
        assert reader.place == ("timeline", "timeline/founded")
        assert reader.rows.has_focus
        await reader.press("j")
        assert reader.key == "timeline/night-1"


@piloted
async def test_the_first_match_is_at_or_after_the_place_of_the_search() -> None:
    async with reading(document()) as reader:
        await reader.press("3", "slash")
        await reader.type("quokka")
        assert reader.place == ("actors", "actors/rook")
        await reader.press("enter", "escape", "G", "slash")
        await reader.type("quokka")
        assert reader.place == ("actors", "actors/rook")
        assert "4/5" in reader.last


@piloted
async def test_no_match() -> None:
    async with reading(document()) as reader:
        await reader.press("2", "g", "slash")
        await reader.type("zebra")
        assert "no match" in reader.last
        assert reader.place == ("timeline", "timeline/founded")
        await reader.press("enter")
        assert "zebra" in reader.last
        assert reader.place == ("timeline", "timeline/founded")
        await reader.press("n")
        assert "No match" in reader.last
        assert "zebra" in reader.last
        await reader.press("escape")
        assert reader.place == ("timeline", "timeline/founded")
        assert "zebra" not in reader.last


@piloted
async def test_a_field_that_nobody_knows_is_advised_on_where_nothing_is_found() -> None:
    async with reading(document()) as reader:
        await reader.press("slash")
        await reader.type("actors:ministry")
        assert "unknown field 'actors'" in reader.last
        for key in ("enter", "n"):
            await reader.press(key)
            assert "unknown field 'actors' — did you mean 'actor'?" in reader.last
        await reader.press("escape", "slash")
        await reader.type("xyzzy:ministry")
        assert "no match" in reader.last


@piloted
async def test_smart_case() -> None:
    async with reading(document()) as reader:
        await reader.press("slash")
        await reader.type("Quokka")
        assert reader.place == ("timeline", "timeline/again")
        assert "1/2" in reader.last
        await reader.press("enter", "n")
        assert reader.place == ("actors", "actors/rook")
        await reader.press("n")
        assert reader.place == ("timeline", "timeline/again")


@pytest.mark.parametrize("typed", ["", "   "])
@piloted
async def test_searching_for_nothing(typed: str) -> None:
    async with reading(document()) as reader:
        await reader.press("j", "slash")
        await reader.type(typed)
        await reader.press("enter")
        assert reader.place == ("summary", "key_points/0")
        assert reader.rows.has_focus
        await reader.press("n", "escape")
        assert reader.place == ("summary", "key_points/0")


@piloted
async def test_a_new_search_after_another() -> None:
    async with reading(document()) as reader:
        await reader.press("slash")
        await reader.type("quokka")
        await reader.press("enter", "n", "slash")
        # What was sought is selected, so that typing replaces it.
        await reader.type("thumb")
        await reader.press("escape", "slash")
        await reader.type("francs")
        await reader.press("enter")
        assert reader.place == ("deals", "deals/mirror/values/0")
        assert "1/2 · Deals" in reader.last


@piloted
async def test_signs_are_only_signs() -> None:
    async with reading(document()) as reader:
        for text in ("[", "[/x]", "$", "(", "\\", "*", "{0}", "mirror (", "é"):
            await reader.press("slash")
            await reader.type(text)
            reader.check()
            assert text in reader.text
            await reader.press("enter")
            reader.check()
            assert text in reader.last
            await reader.press("escape")


@piloted
async def test_then_quitting_step_by_step() -> None:
    async with reading(document()) as reader:
        await reader.press("slash")
        await reader.type("quokka")
        await reader.press("enter", "q")
        assert reader.app.is_running
        await reader.press("q")
        assert not reader.app.is_running


@piloted
async def test_searching_in_what_is_narrowed() -> None:
    async with reading(document()) as reader:
        await reader.press("4", "G", "f", "slash")
        await reader.type("quokka")
        assert reader.place == ("deals", "deals/dome")
        assert "1/1 · Deals" in reader.last
        await reader.press("enter", "escape")
        assert "only Steel dome" in reader.text
        await reader.press("escape")
        assert "only Steel dome" not in reader.text


@piloted
async def test_searching_while_zoomed() -> None:
    async with reading(document()) as reader:
        await reader.press("z", "slash")
        await reader.type("quokka")
        assert "1/5" in reader.last
        await reader.press("enter", "n")
        assert reader.place == QUOKKAS[1]
        assert "A quokka is seen" in reader.text


@pytest.mark.parametrize("size", [(59, 24), (80, 15), (20, 5)])
@piloted
async def test_searching_in_a_small_terminal(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("slash")
        await reader.type("quokka")
        assert reader.place == QUOKKAS[0]
        assert "quokka" in reader.last
        await reader.press("enter", "n")
        assert reader.place == QUOKKAS[1]
        await reader.press("escape")
        assert reader.place == ("summary", "bottom_line/0")


@piloted
async def test_another_pane_while_typing() -> None:
    async with reading(document()) as reader:
        await reader.press("slash")
        await reader.type("quokka")
        await reader.press("tab")
        reader.check()
        assert reader.rows.has_focus
        await reader.press("escape")
        assert reader.place == ("summary", "bottom_line/0")
        assert reader.rows.has_focus
