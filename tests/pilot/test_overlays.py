"""The keys screen, remapped keys, and how messages and overlays go away."""

from __future__ import annotations

import pytest

from briefing_tui.commands.registry import COMMANDS, effective_keys, key_names
from briefing_tui.settings.options import Settings
from briefing_tui.tui.widgets.row_list import RowList
from tests.observatory import document
from tests.pilot.driving import NARROW, Reading, piloted, reading, sizes
from tests.profiles import thorough

Size = tuple[int, int]


async def whole_text(reader: Reading) -> str:
    """Everything that can be scrolled to in the list that is on top."""
    rows = reader.top.query_one(RowList)
    pages = [reader.within(rows)]
    while True:
        await reader.press("space")
        if reader.within(rows) == pages[-1]:
            return "\n".join(line for page in pages for line in page)
        pages.append(reader.within(rows))


@sizes
@piloted
async def test_the_keys_screen_lists_every_command(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("question_mark")
        assert reader.opened == "HelpScreen"
        text = await whole_text(reader)
        for command in [one for one in COMMANDS if "reader" in one.places]:
            line = next(line for line in text.splitlines() if command.title[:40] in line)
            assert key_names(effective_keys({})[command.id]) in line
        for meaning in ("planned, or promised", "reliability of the source", "a judgement"):
            assert meaning in text
        reader.check()
        await reader.press("escape")
        assert reader.reading


@piloted
async def test_remapped_keys_work_and_are_shown() -> None:
    settings = Settings(
        keys={"zoom": "x, f5", "down": "s", "source": "S", "help": "f1", "as-of": "/"}
    )
    # '/' is taken from the search by a user who gave that another key.
    settings = Settings(keys={**settings.keys, "search": "ctrl+s,;"})
    async with reading(document(), settings=settings) as reader:
        await reader.press("z")
        assert not reader.reader.has_class("-zoomed")
        for key in ("x", "f5"):
            await reader.press(key)
            assert reader.reader.has_class("-zoomed") == (key == "x")
        await reader.press("s")
        assert reader.place == ("summary", "key_points/0")
        await reader.press("S")
        assert reader.opened == "SourceScreen"
        await reader.press("escape", ";")
        assert reader.reader.has_class("-searching")
        await reader.press("escape", "question_mark")
        assert reader.reading
        await reader.press("f1")
        assert reader.opened == "HelpScreen"
        text = await whole_text(reader)

        def keys_of(title: str) -> str:
            line = next(line for line in text.splitlines() if title in line)
            return line.split(title)[0].strip()

        assert keys_of("Zoom this pane, and back") == "x F5"
        assert keys_of("Next row") == "s"
        assert keys_of("Search all panes") == "Ctrl-s ;"
        assert keys_of("Go to a date") == "/"
        assert keys_of("Keys and signs") == "F1"
        await reader.press("escape")
        assert "x zoom" in reader.last
        assert "F1 keys" in reader.last


@pytest.mark.parametrize("key", ["é", "语", "ctrl+alt+k"])
@piloted
async def test_any_key_can_be_given(key: str) -> None:
    async with reading(document(), settings=Settings(keys={"help": key})) as reader:
        await reader.press(key)
        assert reader.opened == "HelpScreen"
        reader.check()


OPENERS = ["question_mark", "s", "p", "colon", "enter", "A"]
"""Keys that open something above the reader: lists, plain text, and fields to type in."""


@sizes
@piloted
async def test_escape_closes_whatever_opened(size: Size) -> None:
    async with reading(document(), size) as reader:
        for opener in OPENERS:
            await reader.press(opener)
            assert not reader.reading
            reader.check()
            await reader.press("escape")
            if not reader.reading:
                await reader.press("escape")
            assert reader.reading
            assert reader.rows.has_focus
            assert reader.place == ("summary", "bottom_line/0")
            await reader.press("j")
            assert reader.place == ("summary", "key_points/0")
            await reader.press("k")


@pytest.mark.parametrize(
    "opener", [pytest.param(key, marks=() if key == "s" else thorough) for key in OPENERS]
)
@piloted
async def test_resizing_below_an_overlay(opener: str) -> None:
    async with reading(document(), (200, 60)) as reader:
        await reader.press("2", opener)
        for size in ((80, 24), (20, 5), (10, 3), (1, 1), (120, 36)):
            await reader.resize(*size)
            reader.check()
        await reader.press("escape")
        if not reader.reading:
            await reader.press("escape")
        assert reader.place == ("timeline", "timeline/crack")
        assert "4 Deals" in reader.text
        assert "▌" in reader.text
        reader.check()


@piloted
async def test_a_message_vanishes_at_the_next_key() -> None:
    async with reading(document()) as reader:
        hints = reader.last
        for key, message in (("j", ""), ("k", ""), ("x", "No command on x"), ("tab", "")):
            await reader.press("y")
            assert "clipboard" in reader.last
            await reader.press(key)
            assert reader.last.startswith(message or hints)
        await reader.press("y", "escape")
        assert reader.last == "Nothing to leave; q quits"
        await reader.press("j")
        assert reader.last == hints
        await reader.press("y", "5")
        assert "clipboard" not in reader.last
        assert "5" in reader.last
        await reader.press("j")
        assert reader.last == hints
        # The same message twice is told twice.
        await reader.press("y", "y")
        assert "clipboard" in reader.last


@pytest.mark.parametrize("size", [pytest.param((59, 24), marks=thorough), (80, 15), (20, 5)])
@piloted
async def test_messages_are_seen_in_a_small_terminal(size: Size) -> None:
    async with reading(document(), size) as reader:
        assert "Tab panes" not in reader.text
        await reader.press("y")
        assert reader.last.startswith("Sent to the")
        reader.check()
        await reader.press("j")
        assert "Sent to the" not in reader.text


@pytest.mark.parametrize(
    "size",
    [
        (1, 1),
        (19, 5),
        (20, 4),
        *(pytest.param(size, marks=thorough) for size in ((5, 2), (19, 60), (200, 4), (0, 0))),
    ],
)
@piloted
async def test_a_terminal_that_is_too_small(size: Size) -> None:
    async with reading(document(), NARROW) as reader:
        await reader.press("2", "k", "k")
        await reader.resize(*size)
        reader.check()
        message = "Terminal too small: 20 × 5 at least".replace(" ", "")
        assert message.startswith(reader.letters)
        if size[0] * size[1] >= 80:
            assert reader.letters == message
        await reader.press("j", "escape", "colon", "ctrl+p", "z")
        assert reader.app.is_running
        await reader.resize(120, 36)
        assert reader.reading
        assert reader.place == ("timeline", "timeline/contract")
        assert "▌" in reader.text
        await reader.press("j")
        assert reader.key == "timeline/again"


@pytest.mark.parametrize(
    "key", ["q", "ctrl+c", *(pytest.param(key, marks=thorough) for key in ("Q", "ctrl+q"))]
)
@piloted
async def test_a_small_terminal_can_be_left(key: str) -> None:
    async with reading(document(), (10, 3)) as reader:
        assert reader.letters.startswith("Terminaltoosmall")
        await reader.press(key)
        assert not reader.app.is_running


@pytest.mark.parametrize("key", ["w", "A"])
@piloted
async def test_a_prompt_in_which_nothing_was_typed_says_so(key: str) -> None:
    async with reading(document()) as reader:
        for typed in ("", " "):
            await reader.press(key, *typed, "enter")
            assert reader.reading
            assert reader.last == "Empty; nothing done"
            await reader.press("j")
        await reader.press(key, "escape")
        assert reader.reading
        assert reader.last != "Empty; nothing done"


@pytest.mark.parametrize("size", [NARROW, (40, 12)])
def test_a_day_that_is_no_date_stays_in_the_prompt(size: tuple[int, int]) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document(), size) as reader:
            await reader.press("A", *"2020-13", "enter")
            assert reader.opened == "Prompt"
            problem = " ".join(reader.within(reader.top.query_one("#problem")))
            assert problem.split()[:4] == ["2020-13:", "there", "is", "no"]
            reader.check()
            await reader.press("backspace", "2", "enter")
            assert reader.reading
            assert "As of Dec 2020" in reader.last or "31 Dec 2020" in reader.last

    scenario()
