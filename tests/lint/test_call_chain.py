"""The way from the command line to the first frame stays short: see ``tests/call_chain.py``."""

from __future__ import annotations

from tests.call_chain import Call, chain, recorded, returns
from tests.conftest import DATA

MOST_FUNCTIONS = 35
MOST_RETURNS = 2
"""The number of times that the chain may come back to one file."""


def test_opening_a_briefing_passes_few_functions_and_files() -> None:
    steps = chain(recorded(DATA / "small.yaml"))
    assert steps[0].name == "main"
    assert steps[-1].name == "RowList.watch_view"
    listing = "\n".join(f"{step.file} {step.name}" for step in steps)
    assert len(steps) <= MOST_FUNCTIONS, listing
    assert {file: count for file, count in returns(steps).items() if count > MOST_RETURNS} == {}


def test_a_chain_has_the_functions_that_go_on_to_other_files() -> None:
    calls = [
        Call("cli/run.py", "main", -1, True),
        Call("session/open.py", "open", 0, True),
        Call("session/open.py", "_check", 1, True),  # asks no other file
        Call("views/scene.py", "scene", 1, True),
        Call("views/rows.py", "rows", 3, True),  # inside a room of data
        Call("driver/tty.py", "size", 1, True),
        Call("storage/state.py", "load", 1, True),
        Call("storage/record.py", "read", 6, True),  # answers at once
        Call("tui/app.py", "App.on_resize", 0, False),
        Call("tui/size.py", "is_small", 8, True),  # of an event without rows
        Call("tui/screen.py", "Screen.on_mount", 0, False),
        Call("tui/list.py", "List.watch_view", 10, True),
    ]
    assert [(step.name, step.returns_to) for step in chain(calls)] == [
        ("main", ""),
        ("open", ""),
        ("scene", ""),
        ("load", "session/open.py"),
        ("Screen.on_mount", ""),
        ("List.watch_view", ""),
    ]
