"""Keys that come in one burst do what they do one after the other."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from textual.widgets import Input

from briefing_tui.tui import key_queue
from tests.observatory import document
from tests.pilot.driving import DEADLINE, NARROW, key_event, piloted, reading
from tests.pilot.test_monkey import OFTEN, PRINTABLE
from tests.profiles import thorough


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the effect of a key however slow the machine is."""
    monkeypatch.setattr(key_queue, "PATIENCE", DEADLINE)


SEARCHING = ["slash", *"quokka", "enter", "n"]
BURSTS = [
    pytest.param([*"/the", "enter", "n", "a", "escape"], marks=thorough),
    SEARCHING,
    [*"?jjq", *"jj"],
    pytest.param([*"?q?q", *"2jz"], marks=thorough),
    [*":dea", "enter"],
    ["slash", *"quo", "escape", *"3G"],
    [*"A2021", "enter", "4", *"jj"],
    ["2", *"jj", "enter", "enter", "H"],
    ["a", *"remember #this", "enter", "j"],
    [*"3jf", "enter", "1", "j"],
]


async def outcome(keys: list[str], *, burst: bool) -> tuple[object, ...]:
    """Where some keys lead; how far a pane is scrolled depends on when it was drawn, too."""
    async with reading(document(), NARROW) as reader:
        if burst:
            for key in keys:
                reader.app.post_message(key_event(key))
            await reader.settle()
        else:
            await reader.press(*keys)
        await reader.settle()
        screen, scene = reader.reader, reader.reader.scene
        typed = reader.app.focused.value if isinstance(reader.app.focused, Input) else ""
        states = {one for one in screen.classes if one != "-saying"}
        shown = (scene.as_of, scene.focus, scene.marks, screen.session.search.text)
        return reader.opened, reader.place, typed, states, shown, reader.last


@pytest.mark.parametrize("keys", BURSTS, ids=" ".join)
@piloted
async def test_a_burst_does_what_its_keys_do(keys: list[str]) -> None:
    keys = ["space" if key == " " else key for key in keys]
    assert await outcome(keys, burst=True) == await outcome(keys, burst=False)


@pytest.mark.parametrize(
    "seed", [1, 2, *(pytest.param(seed, marks=thorough) for seed in range(3, 30))]
)
@piloted
async def test_any_burst_does_what_its_keys_do(
    seed: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # panes may be written to files
    chance = random.Random(seed)
    ends = {"q", "Q", "o", "E"}
    keys = [
        chance.choice([one for one in chance.choice([OFTEN, PRINTABLE]) if one not in ends])
        for _ in range(14)
    ]
    assert await outcome(keys, burst=True) == await outcome(keys, burst=False), keys


@piloted
async def test_what_is_typed_and_what_is_pasted_keep_their_order() -> None:
    from textual.events import Paste

    async with reading(document(), NARROW) as reader:
        reader.app.post_message(key_event("slash"))
        reader.app.post_message(Paste("quok"))
        reader.app.post_message(key_event("k"))
        await reader.until(lambda: reader.reader.session.search.text == "quokk", "the search")


@piloted
async def test_enter_takes_what_the_whole_query_finds() -> None:
    from tests.pilot.test_library import browsing

    async with browsing() as reader:
        for key in ("slash", *"winter", "enter"):
            reader.app.post_message(key_event(key))
        await reader.wait(lambda: len(reader.app.screen_stack) == 3, "the briefing of the hit")
        assert "winter" in reader.text
        await reader.press("q")
        await reader.idle()
        assert "winter" in reader.text.splitlines()[1]
