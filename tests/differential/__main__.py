"""The long run: ``python -m tests.differential --seed 1 --sequences 50 --length 40``."""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

import click
import msgspec

from tests import conftest  # noqa: F401 - an environment that nobody set
from tests.differential.comparison import (
    NARROW,
    WIDE,
    difference,
    line_states,
    screen_states,
    shrunk,
)
from tests.differential.steps import sequence
from tests.differential.worlds import WORLDS


@click.command()
@click.option("--seed", default=1, show_default=True)
@click.option("--sequences", default=20, show_default=True, help="How many, for each world.")
@click.option("--length", default=40, show_default=True, help="Steps of a sequence.")
@click.option("--world", "names", multiple=True, type=click.Choice([each.name for each in WORLDS]))
@click.option("--shrink/--no-shrink", default=True, show_default=True)
@click.option("--record", type=click.Path(path_type=Path), help="Write all states to a file.")
def main(
    seed: int,
    sequences: int,
    length: int,
    names: tuple[str, ...],
    shrink: bool,
    record: Path | None,
) -> None:
    """Run random sequences through both faces, and print where they differ."""
    start, count, differences = time.monotonic(), 0, 0
    for world in WORLDS:
        if names and world.name not in names:
            continue
        for number in range(seed, seed + sequences):
            steps = sequence(world, number, length)
            size = random.Random(number).choice([NARROW, WIDE])
            count += len(steps)
            if record is not None:
                line, screen = line_states(world, steps), screen_states(world, steps, size)
                with record.open("a") as file:
                    entry = [world.name, number, size, steps, line, screen]
                    file.write(json.dumps(msgspec.to_builtins(entry)) + "\n")
                continue
            found = difference(world, steps, size)
            if found is not None:
                differences += 1
                found = shrunk(found, size) if shrink else found
                print(f"seed {number}, {size}:", found, flush=True)
    total = f"{count:,} commands, {differences} differences"
    print(f"{total}, {time.monotonic() - start:.0f} s")
    sys.exit(bool(differences))


main()
