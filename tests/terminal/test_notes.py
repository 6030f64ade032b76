"""Notes on a terminal, of two sessions at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import DATA
from tests.terminal.pty_program import PROGRAM, Program, environment

FILE = DATA / "small.yaml"


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """An environment in which positions and marks are kept."""
    state, data = str(tmp_path / "state"), str(tmp_path / "data")
    return environment(BRIEFING_TUI_STATE=state, BRIEFING_TUI_DATA=data)


def on_the_storm(program: Program) -> Program:
    """Go to the first row of the timeline."""
    program.wait("Bottom line")
    program.type("2", "g", "g")
    return program.wait("[2 Timeline]")


def ended(program: Program, key: str) -> str:
    """End a session; return what is written once the terminal is as it was."""
    program.type(key)
    program.wait_end()
    assert program.terminal_restored()
    assert b"Traceback" not in program.raw
    return program.raw.rpartition(b"\x1b[?25h")[2].decode().replace("\r\n", "\n")


def test_notes_of_two_sessions_on_one_row(env: dict[str, str]) -> None:
    with Program(f"{PROGRAM} {FILE}", env=env) as ours, Program(f"{PROGRAM} {FILE}", env=env) as b:
        on_the_storm(ours)
        on_the_storm(b).type("a", "Call the board", "enter")
        b.wait("Noted")
        ours.type("a")
        ours.wait("Call the board")
        ours.type("escape")
        ours.wait(lambda program: "Esc closes" not in program.text)
        b.type("a", " today", "enter")
        b.wait(lambda program: "board today" in program.text and "Noted" in program.text)
        ours.type("a")
        ours.wait("Call the board today")
        b.type("a", "!", "enter")
        b.wait(lambda program: "today!" in program.text and "Noted" in program.text)
        ours.type(" at noon", "enter")
        ours.wait("Noted; a note of another session stays")
        ours.type("b")
        ours.wait("Starred")
        b.type("b")
        b.wait("Star taken away: another session had changed it")
        for program in (ours, b):
            ended(program, "Q")
    with Program(f"{PROGRAM} marks {FILE}", env=env) as program:
        program.wait_end()
        assert "Call the board today at noon" in program.text
        assert "Call the board today!" in program.text
        assert "★" not in program.text
