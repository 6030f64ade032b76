"""Steps of a reader, and random sequences of them."""

from __future__ import annotations

import random
from typing import NamedTuple

from tests.differential.worlds import World


class Step(NamedTuple):
    """One command of the registry as a reader runs it, with what it asks for."""

    command: str
    """Id in the registry, or ``edit-file`` for a change of the file by somebody else."""
    times: int = 0
    """0 if none is typed."""
    text: str = ""
    """What is typed: words, a date, a letter; the number of a choice, a version or a briefing."""
    accepts: bool = True
    """Whether questions are answered; if not, they are closed."""
    is_inline: bool = False
    """Whether the line reader gets command and text in one line."""

    def __str__(self) -> str:
        count = f"{self.times} " if self.times else ""
        text = f" {self.text!r}" if self.text else ""
        return f"{count}{self.command}{text}{'' if self.accepts else ' (closed)'}"


WEIGHTS = {
    **dict.fromkeys(("down", "up"), 8),
    **dict.fromkeys(("top", "bottom", "next-pane", "previous-pane"), 3),
    **dict.fromkeys(("pane-summary", "pane-timeline", "pane-actors", "pane-deals"), 3),
    **dict.fromkeys(("follow", "search", "next-match", "next-unread"), 6),
    **dict.fromkeys(("back", "narrow", "escape", "later", "earlier"), 4),
    **dict.fromkeys(("forward", "previous-match", "as-of", "star", "note", "mark", "jump"), 3),
    **dict.fromkeys(("latest", "earliest", "own-date", "previous-unread", "reload"), 2),
    **dict.fromkeys(("edit-file", "palette", "quit-step", "open-link", "source"), 2),
    **dict.fromkeys(("copy", "copy-pane", "cite", "plain", "evidence", "help", "quit"), 1),
}
"""How often each command is run."""
COUNTED = ("down", "up", "bottom", "later", "earlier")
TOURED = ("next-unread", "previous-unread")
"""Commands that go on to another briefing on the screen if a library is open."""


def sequence(world: World, seed: int, length: int) -> list[Step]:
    """Return random steps; the same for the same seed."""
    chance = random.Random(f"{world.name} {seed}")
    weights = {
        name: weight
        for name, weight in WEIGHTS.items()
        if not (world.library and name in TOURED) and not (world.subject and name == "edit-file")
    }
    if world.library:
        weights["open"] = 5
    names = chance.choices([*weights], [*weights.values()], k=length)
    return [_step(world, name, chance) for name in names]


def _step(world: World, name: str, chance: random.Random) -> Step:
    count = chance.randint(1, 12) if name in COUNTED and chance.random() < 0.4 else 0
    accepts = chance.random() < 0.85
    is_inline = chance.random() < 0.5
    return Step(name, count, _text(world, name, chance), accepts, is_inline)


def _text(world: World, name: str, chance: random.Random) -> str:
    match name:
        case "search":
            return chance.choice([*world.words, *QUERIES, ""])
        case "as-of":
            return chance.choice([*world.dates, *DATES])
        case "palette":
            return chance.choice(world.names) if world.names else "Nobody of this name"
        case "mark" | "jump":
            return chance.choice(LETTERS)
        case "note":
            return chance.choice(NOTES)
        case "follow" | "narrow" | "open-link":
            return str(chance.randrange(9))
        case "edit-file":
            return str(chance.randrange(len(world.versions)))
        case "open":
            return str(chance.randrange(1 + len(world.others)))
    return ""


QUERIES = (
    *("the", "e", "zyx", "The", "2020", "(", "type:delivery", "type:statement", "is:new", "is:old"),
    *("type:(", "tpye:delivery", "has:dispute", "ferry OR mirror", "NOT the", "source:wire"),
)
DATES = ("2020", "2021-06", "latest", "earliest", "soon", "1800", "2999-12-31", "2020-13")
LETTERS = ("a", "b", "j", "q", "Z")
NOTES = ("ask the yard", "second thoughts #verify", "it's “odd” – 50 %", "-")
"""Texts of notes; ``-`` removes one."""
