"""Keys and clicks as the bytes of a terminal, on the screens that they go to."""

# ruff: noqa: RUF001 - letters of other scripts look like Latin ones

from __future__ import annotations

from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import Input

from briefing_tui.driver.input_parser import InputParser
from briefing_tui.settings.options import Settings
from tests.observatory import document
from tests.pilot.driving import WIDE, Reading, piloted, reading

KITTY_O = "\x1b[1086::106;;1086u"
"""The key of j on a Russian keyboard."""


async def send(reader: Reading, *data: str) -> None:
    """Send bytes all at once."""
    parser = InputParser(reader.app.alt_keys)
    for message in [*parser.feed("".join(data).encode()), *parser.flush()]:
        reader.app.post_message(message)
    await reader.settle()


def place_in(widget: Widget, line: int, column: int = 9) -> str:
    """Return a place of a widget as mouse reports name it."""
    x, y = widget.region.offset + Offset(column, line)
    return f"{x + 1};{y + 1}"


@piloted
async def test_a_key_with_alt_that_has_a_command() -> None:
    settings = Settings(keys={"zoom": "z,alt+x", "star": "b,alt+b", "theme": "t,ctrl+j"})
    async with reading(document(), settings=settings) as reader:
        await send(reader, "\x1bx")
        assert reader.reader.has_class("-zoomed")
        await send(reader, "\x1b[120;3u")
        assert not reader.reader.has_class("-zoomed")
        await send(reader, "\x1bb")
        assert reader.last.startswith("Starred")
        await send(reader, "\n")
        assert reader.last.startswith("Theme:")
        # It has none in the help, so it is Escape and x.
        await send(reader, "?", "\x1bx")
        assert reader.reading
        assert reader.last.startswith("No command on x")


@piloted
async def test_alt_edits_words_in_a_field_only() -> None:
    async with reading(document()) as reader:
        await send(reader, "A", "uno due\x1bbX\x1bfY\x1b[1;3DZ")
        assert reader.top.query_one(Input).value == "uno ZXdueY"
        await send(reader, "\x1b\x7f")
        assert reader.top.query_one(Input).value == "uno XdueY"
        await send(reader, "\x1b", "\x1bb")
        assert reader.reading
        assert reader.last.startswith("Starred"), "Escape, and b"
        await send(reader, "\x1b[98;3u")
        assert reader.last.startswith("No command on Alt-b")


@piloted
async def test_a_letter_of_another_script_is_a_command_or_text() -> None:
    async with reading(document()) as reader:
        await send(reader, "2", "g", KITTY_O, KITTY_O)
        assert reader.number == 3
        await send(reader, "/", KITTY_O)
        assert reader.reader.query_one(Input).value == "о"
        await send(reader, "\x1b", "m", "\x1b[1092::97;;1092u")
        assert reader.last.startswith("Mark a set")
        # Nothing is on the key of i, in any script.
        await send(reader, "\x1b[1096::105;;1096u")
        assert reader.last == "No command on ш · switch the keyboard layout, or set [keys]"


@piloted
async def test_text_of_an_input_method_is_typed_whole() -> None:
    async with reading(document()) as reader:
        await send(reader, "A", "\x1b[0;;101:769:128105:8205:128640u", "👩\u200d🚀")
        assert reader.top.query_one(Input).value == "e\u0301👩\u200d🚀👩\u200d🚀"


@piloted
async def test_a_chooser_takes_escape_and_the_next_key() -> None:
    async with reading(document()) as reader:
        await send(reader, "o")
        if reader.reading:
            await send(reader, "2", "s")
        opened = reader.opened
        assert opened
        await send(reader, "x")
        assert "No command on x" in reader.text
        assert reader.opened == opened
        await send(reader, "\x1b3")
        assert reader.reading
        assert reader.pane == "actors"


@piloted
async def test_a_drag_neither_selects_nor_moves_the_focus() -> None:
    async with reading(document(), WIDE) as reader:
        place = reader.place
        first, other = reader.rows, reader.reader.panes[2]
        for press, release in (
            (place_in(other, 2), place_in(first, 2)),
            (place_in(first, 2), place_in(other, 2)),
            (place_in(first, 1), place_in(first, 7)),
        ):
            await send(reader, f"\x1b[<0;{press}M\x1b[<0;{release}m")
            assert reader.place == place
            assert first.has_focus
        await send(reader, f"\x1b[<0;{place_in(other, 2)}M\x1b[<0;{place_in(other, 2, 11)}m")
        assert other.has_focus


@piloted
async def test_a_double_click_that_closes_the_palette_does_no_more() -> None:
    async with reading(document()) as reader:
        place = reader.place
        await send(reader, ":", "Next theme")
        await reader.until(lambda: "own colours" in reader.text, "the palette")
        at = place_in(reader.top.query_one("CommandList"), 1)
        click = f"\x1b[<0;{at}M\x1b[<0;{at}m"
        await send(reader, click)
        await send(reader, click)
        assert reader.reading
        assert reader.last == "Theme: light"
        assert reader.place[0] == place[0], "the row below was not followed"
