"""What a library takes in the reader: ``python -m benchmarks.browsing DIRECTORY``.

The directory is one that `benchmarks.library` wrote. It is indexed first, so that what is measured
is opening it again with nothing changed.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.pressing import SETTLED, press
from tests.terminal.pty_program import PROGRAM, Program, environment

_QUERY = "steel radar"
_ACTOR = "asha anders"
"""The actor in most briefings."""
_OPENED = b"Evidence"
"""Stands on the screen of whatever is read, and not on that of a list."""


def measured(library: Path, cache: Path, times: int) -> dict[str, float]:
    """Milliseconds: medians, except for the search, whose slowest key counts as well."""
    env = environment(BRIEFING_TUI_CACHE=str(cache))
    whole = f"{PROGRAM} {shlex.quote(str(library))}"
    index = [sys.executable, "-m", "briefing_tui", "search", "--library", str(library), "nothing"]
    subprocess.run(index, env={**os.environ, **env}, stdout=subprocess.DEVNULL, check=False)
    count = sum(1 for _ in library.rglob("*.yaml"))
    first = next(iter(sorted(library.rglob("*.yaml"))))
    one = f"{PROGRAM} {shlex.quote(str(first))}"
    opened = [_first_seen(one, "Bottom line", env) for _ in range(times)]
    listed = [_first_seen(whole, f"{count} briefings", env) for _ in range(times)]
    found = {
        "one_briefing": median(opened),
        "library": median(listed),
        "library_more": median(b - a for a, b in zip(opened, listed, strict=True)),
    }
    with Program(whole, emulate=False, env=env) as program:
        program.wait(lambda seen: f"{count} briefings".encode() in seen.raw)
        program.wait_quiet(SETTLED * 8)
        found["key"] = median(press(program, key).time for key in "jjjjkkkGgdu")
        found["sort"] = median(press(program, "s").time for _ in range(3))
        press(program, "/")
        for word in (_QUERY, "\x15" + _QUERY):  # twice, the second time with a warm cache
            keys = [press(program, key).time for key in word]
        found["search_key"], found["search_key_most"] = median(keys), max(keys)
    found["dossier"] = median(_dossier(whole, count, env) for _ in range(min(times, 3)))
    return {name: round(value, 1) for name, value in found.items()}


def _first_seen(command: str, word: str, env: dict[str, str]) -> float:
    with Program(command, emulate=False, env=env) as program:
        program.wait(lambda seen: word.encode() in seen.raw)
        return program.first_shown(word) * 1000


def _dossier(command: str, count: int, env: dict[str, str]) -> float:
    """Milliseconds from choosing a dossier in the palette of the list to the last byte of it."""
    with Program(command, emulate=False, env=env) as program:
        program.wait(lambda seen: f"{count} briefings".encode() in seen.raw)
        program.wait_quiet(SETTLED * 8)
        for key in f":{_ACTOR}":
            press(program, key)
        before = len(program.raw)
        start = time.perf_counter() - program.started
        program.type("\r")
        program.wait(lambda seen: _OPENED in seen.raw[before:])
        program.wait_quiet(SETTLED)
        return (program.chunks[-1].seconds - start) * 1000


def main() -> None:
    """Print the figures as JSON, in milliseconds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.browsing", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--times", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        print(json.dumps(measured(chosen.directory, Path(cache), chosen.times), indent=2))


if __name__ == "__main__":
    main()
