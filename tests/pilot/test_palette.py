"""The command palette."""

from __future__ import annotations

import pytest

from briefing_tui.commands.registry import COMMANDS, effective_keys, key_name
from briefing_tui.settings.options import Settings
from tests.observatory import document
from tests.pilot.driving import NARROW, ULTRA, WIDE, Reading, piloted, reading

Size = tuple[int, int]


def offers(reader: Reading) -> list[str]:
    """The lines that the palette offers."""
    from textual.command import CommandList

    found = reader.top.query_one(CommandList)
    return [str(found.get_option_at_index(at).prompt) for at in range(found.option_count)]


async def look_for(reader: Reading, text: str, *expected: str, opener: str = "colon") -> None:
    """Open the palette and type until it offers what is expected."""
    await reader.press(opener)
    assert reader.opened == "CommandPalette"
    await reader.type(text)
    await reader.until(
        lambda: all(any(one in offer for offer in offers(reader)) for one in expected),
        f"{expected} among {text!r}",
    )
    await reader.settle()


async def take(reader: Reading) -> None:
    """Take the first offer."""
    await reader.press("enter")
    if not reader.reading:
        await reader.press("enter")
    await reader.until(lambda: reader.opened != "CommandPalette", "the palette to close")
    await reader.settle()


@pytest.mark.parametrize(
    ("size", "opener"), [(NARROW, "ctrl+p"), (WIDE, "colon"), (ULTRA, "colon")]
)
@piloted
async def test_it_lists_every_command_with_its_keys(size: Size, opener: str) -> None:
    async with reading(document(), size) as reader:
        await look_for(reader, "", "Quit at once", opener=opener)
        listed = "\n".join(offers(reader))
        keys = effective_keys({})
        for command in [one for one in COMMANDS if "reader" in one.places]:
            if command.id != "palette":
                assert command.title in listed
                assert key_name(keys[command.id][0]) in listed
        reader.check()
        await reader.press("escape")
        assert reader.reading
        assert reader.rows.has_focus


PLACES = [
    ("Orlo Glass", "actor", ("actors", "actors/glassworks")),
    ("Steel dome", "deal", ("deals", "deals/dome")),
    ("first light", "event", ("timeline", "timeline/first-light")),
]


@piloted
async def test_going_to_a_place_by_name() -> None:
    async with reading(document()) as reader:
        await reader.press("j")
        for name, kind, place in PLACES:
            await look_for(reader, name, f"({kind})")
            assert name.lower() in offers(reader)[0].lower()
            await take(reader)
            assert reader.place == place
            assert reader.rows.has_focus
            assert "▌" in reader.text
            await reader.press("backspace")
            assert reader.place == ("summary", "key_points/0")


@piloted
async def test_every_actor_event_and_deal_can_be_found() -> None:
    async with reading(document()) as reader:
        briefing = reader.reader.scene.briefing
        named = [
            *(actor.name for actor in briefing.actors.values()),
            *(deal.name for deal in briefing.commitments.values()),
            *(event.headline for event in briefing.timeline),
        ]
        await look_for(reader, "e", *(name for name in named if "e" in name))
        assert "A delay is admitted" not in "\n".join(offers(reader)), "nobody knows it yet"


@pytest.mark.parametrize(
    ("typed", "title", "after"),
    [
        ("zoom", "Zoom this pane, and back", "-zoomed"),
        ("evidence", "Focus the evidence", "-evidence"),
        ("search all", "Search all panes", "-searching"),
    ],
)
@piloted
async def test_running_a_command(typed: str, title: str, after: str) -> None:
    async with reading(document()) as reader:
        await look_for(reader, typed, title)
        await take(reader)
        assert reader.reader.has_class(after)
        reader.check()


@piloted
async def test_running_a_command_of_the_list() -> None:
    async with reading(document()) as reader:
        await reader.press("2", "g")
        await look_for(reader, "last row", "Last row")
        await take(reader)
        assert reader.key == "timeline/opening"


@piloted
async def test_quitting_from_it() -> None:
    async with reading(document()) as reader:
        await look_for(reader, "quit at", "Quit at once")
        await reader.press("enter")
        if reader.app.is_running:
            await reader.press("enter")
        assert not reader.app.is_running


@piloted
async def test_it_shows_remapped_keys() -> None:
    settings = Settings(keys={"zoom": "x,f5", "palette": "X"})
    async with reading(document(), settings=settings) as reader:
        await reader.press("colon", "ctrl+p")
        assert reader.reading
        await look_for(reader, "zoom", "Zoom this pane, and back  (x F5)", opener="X")


@piloted
async def test_it_does_not_open_above_an_overlay() -> None:
    async with reading(document()) as reader:
        for opener in ("s", "question_mark", "p", "enter", "A"):
            await reader.press(opener)
            opened = reader.opened
            assert opened
            await reader.press("ctrl+p", "colon")
            assert reader.opened == opened
            await reader.press("escape")
            assert reader.reading


@pytest.mark.parametrize("size", [(20, 5), (59, 9), (80, 15)])
@piloted
async def test_what_is_typed_and_found_is_seen_in_a_small_terminal(size: Size) -> None:
    async with reading(document(), size) as reader:
        await look_for(reader, "orlo", "Orlo Glassworks")
        assert "orlo" in reader.text
        assert "Orlo" in reader.text
        reader.check()
        await take(reader)
        assert reader.place == ("actors", "actors/glassworks")


@piloted
async def test_no_such_thing() -> None:
    async with reading(document()) as reader:
        await reader.press("colon")
        await reader.type("zzzzqqq")
        reader.check()
        await reader.press("enter", "escape")
        if not reader.reading:
            await reader.press("escape")
        assert reader.reading
        assert reader.place == ("summary", "bottom_line/0")
