"""Keys at random, and sizes: nothing breaks, whatever is done in whatever order."""

from __future__ import annotations

import random
import string
from pathlib import Path

import pytest

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load_path
from briefing_tui.storage.directories import bundled
from tests import hostile
from tests.conftest import DATA
from tests.observatory import document
from tests.pilot.driving import NARROW, Reading, piloted, reading, taken
from tests.profiles import thorough

NAMED = [
    *("enter", "escape", "tab", "shift+tab", "space", "backspace", "delete", "insert"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *("ctrl+d", "ctrl+u", "ctrl+f", "ctrl+b", "ctrl+p", "ctrl+a", "ctrl+w", "f1", "alt+x"),
]
PRINTABLE = [sign for sign in string.printable if not sign.isspace()]
OFTEN = [*"jkGgdu1234fezspy/:nN[]A", "enter", "escape", "escape", "escape", "backspace", "tab"]


def documents() -> dict[str, Document]:
    return {
        "bundled": load_path(bundled()),
        "small": load_path(DATA / "small.yaml"),
        "observatory": document(),
        "hostile": hostile.document(events=300),
    }


def size(chance: random.Random) -> tuple[int, int]:
    """Any size; small ones more often than they deserve."""
    if chance.random() < 0.4:
        return chance.randint(1, 30), chance.randint(1, 12)
    return chance.randint(1, 250), chance.randint(1, 70)


async def step(reader: Reading, chance: random.Random) -> str:
    """Do something."""
    if chance.random() < 0.06:
        width, height = size(chance)
        await reader.resize(width, height)
        return f"{width}x{height}"
    # Quitting at once ends too many a walk; q is enough.
    keys = chance.choice([OFTEN, NAMED, PRINTABLE])
    key = chance.choice([one for one in keys if one != "Q"])
    await reader.press(key)
    return str(key)


@pytest.mark.parametrize(
    ("name", "seed", "steps"),
    [
        ("bundled", 1, 30),
        ("observatory", 5, 30),
        ("hostile", 6, 20),
        *(
            pytest.param(name, seed, 300, marks=thorough)
            for seed, name in enumerate(("bundled", "small", "observatory", "hostile") * 4, 10)
        ),
    ],
)
@piloted
async def test_a_monkey(
    name: str, seed: int, steps: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # panes may be written to files
    monkeypatch.setattr("briefing_tui.tui.web_browser.open_page", taken)
    chance = random.Random(seed)
    read = documents()[name]
    done: list[str] = []
    while len(done) < steps:
        done.append("start")
        try:
            async with reading(read, NARROW) as reader:
                while len(done) < steps and reader.app.is_running:
                    done.append(await step(reader, chance))
                    if reader.app.is_running:
                        reader.check()
                assert (reader.app.return_code or 0) == 0
        except Exception as error:
            raise AssertionError(f"after {' '.join(done)}") from error
