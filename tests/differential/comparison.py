"""Runs a sequence through both faces, and finds the shortest one that they differ on."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.differential.line_face import LineFace
from tests.differential.reader_state import Desk, State
from tests.differential.screen_face import screen_face
from tests.differential.steps import Step
from tests.differential.worlds import World

NARROW, WIDE = (80, 24), (130, 40)


class Difference(NamedTuple):
    """A step after which the faces differ."""

    world: World
    steps: list[Step]
    """The steps up to it."""
    fields: list[str]
    """What differs: line by line, and on the screen."""

    def __str__(self) -> str:
        steps = "\n".join(f"  {number}. {step}" for number, step in enumerate(self.steps, 1))
        return "\n".join([f"{self.world.name}:", steps, *(f"  {each}" for each in self.fields)])


def line_states(world: World, steps: list[Step]) -> list[State]:
    """Return the states of the line reader, from before the first step."""
    with TemporaryDirectory() as directory:
        face = LineFace(Desk(world, Path(directory)))
        return [face.state(), *(face.run(step) for step in steps)]


async def _screen_states(
    world: World, steps: list[Step], size: tuple[int, int], expected: list[State] | None
) -> list[State]:
    with TemporaryDirectory() as directory:
        async with screen_face(Desk(world, Path(directory)), size) as face:
            states = [face.state()]
            for step in steps:
                if expected is not None and states[-1] != expected[len(states) - 1]:
                    break
                states.append(await face.run(step))
            return states


def screen_states(
    world: World,
    steps: list[Step],
    size: tuple[int, int],
    expected: list[State] | None = None,
) -> list[State]:
    """Return the states of the screen, up to the first that is not as expected."""
    return asyncio.run(_screen_states(world, steps, size, expected))


def difference(world: World, steps: list[Step], size: tuple[int, int]) -> Difference | None:
    """Return the first difference of a sequence; None if the faces agree."""
    lines = line_states(world, steps)
    screens = screen_states(world, steps, size, lines)
    for number, (line, screen) in enumerate(zip(lines, screens, strict=False)):
        if fields := line.differences(screen):
            return Difference(world, steps[:number], fields)
    return None


def shrunk(found: Difference, size: tuple[int, int]) -> Difference:
    """Return a difference with fewer steps: halves, quarters and so on are left out if possible."""
    chunk = len(found.steps) // 2
    while chunk:
        start = 0
        while start < len(found.steps) - 1:
            fewer = [*found.steps[:start], *found.steps[start + chunk :]]
            smaller = difference(found.world, fewer, size) if fewer else None
            if smaller is not None:
                found = smaller
            else:
                start += chunk
        chunk //= 2
    return found
