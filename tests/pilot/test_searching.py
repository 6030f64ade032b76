"""Searching all panes."""

from __future__ import annotations

import pytest
from textual import events

from tests.observatory import QUOKKAS, document
from tests.pilot.driving import piloted, reading

Size = tuple[int, int]


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
async def test_signs_are_only_signs() -> None:
    async with reading(document()) as reader:
        for text in ("[/x]", "$", "\\", "mirror (", "é"):
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


@piloted
async def test_a_walk_through_a_search() -> None:
    async with reading(document()) as reader:
        await reader.press("2", "g", "slash")
        await reader.type("quo")
        assert "1/5 · Summary" not in reader.last
        assert "quo" in reader.last
        # Keys of panes and commands are letters of the word here.
        await reader.type("2q")
        assert "no match" in reader.last
        assert reader.place == ("timeline", "timeline/founded")
        await reader.press("backspace", "backspace", "enter", "n")
        assert "/5 · " in reader.last
        assert "▌" in reader.text
        await reader.press("slash")
        # The text of the previous search is selected, so that typing replaces it.
        await reader.type("thumb")
        assert reader.app.focused is not None
        assert reader.reader.session.search.text == "thumb"
        await reader.press("escape")
        assert reader.place == ("timeline", "timeline/founded")
        assert reader.rows.has_focus
        await reader.press("j")
        assert reader.key == "timeline/night-1"


@pytest.mark.parametrize("again", [(), ("quokka",)])
@piloted
async def test_the_text_of_a_search_that_ended_is_searched_for_again(again: tuple[str]) -> None:
    async with reading(document()) as reader:
        await reader.press("slash")
        await reader.type("quokka")
        await reader.press("enter", "escape", "slash")
        for text in again:
            reader.app.post_message(events.Paste(text))
        await reader.press("enter")
        assert reader.place == QUOKKAS[0]
        assert "1/5 · Summary" in reader.last
