"""Notes on a terminal: those of two sessions at once, and those that cannot be saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import DATA
from tests.profiles import thorough
from tests.terminal.pty_program import PROGRAM, Program, environment
from tests.terminal.rough_program import RoughProgram

FILE = DATA / "small.yaml"
NOTED = "[timeline/storm] The old lantern is lost"


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


def unsaved_notes(directory: Path) -> list[str]:
    """The notes in the only file with unsaved ones."""
    (file,) = (directory / "state").glob("unsaved-notes-*.txt")
    return file.read_text(encoding="utf-8").splitlines()[2:]


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
        b.wait("Unstarred: another session had changed it")
        for program in (ours, b):
            ended(program, "Q")
    with Program(f"{PROGRAM} marks {FILE}", env=env) as program:
        program.wait_end()
        assert "Call the board today at noon" in program.text
        assert "Call the board today!" in program.text
        assert "★" not in program.text


@pytest.mark.parametrize("key", [pytest.param("Q", marks=thorough), "\x03"])
def test_a_note_that_cannot_be_saved(key: str, env: dict[str, str], tmp_path: Path) -> None:
    with Program(f"{PROGRAM} {FILE}", env=env) as program:
        on_the_storm(program).type("b")
        program.wait("Starred")
        (sidecar,) = (tmp_path / "data" / "marks").iterdir()
        marks = sidecar.read_text(encoding="utf-8")
        sidecar.write_text("no marks\n", encoding="utf-8")
        program.type("a", "Ask the keeper", "enter")
        program.wait("not a file of marks").wait("Ask the keeper").wait("Esc closes")
        sidecar.write_text(marks, encoding="utf-8")
        program.type("enter")
        program.wait("Noted")
        sidecar.write_text("no marks\n", encoding="utf-8")
        program.type("a", " #verify", "enter")
        program.wait("not a file of marks").wait("Ask the keeper #verify")
        if key == "Q":
            program.type("escape")
            program.wait("Not saved yet; a offers your text again")
        text = ended(program, key)
    assert "1 note could not be saved as marks; the text is in" in text
    assert unsaved_notes(tmp_path) == [NOTED, "Ask the keeper #verify"]
    assert sidecar.read_text(encoding="utf-8") == "no marks\n"


def test_a_note_where_no_file_can_be_written(env: dict[str, str]) -> None:
    with Program(f"ulimit -f 0; {PROGRAM} {FILE}", env=env) as program:
        on_the_storm(program).type("a", "Ask the keeper", "enter")
        program.wait("File too large").wait("Ask the keeper").wait("Esc closes")
        text = ended(program, "\x03")
    assert f"1 note could not be saved:\n{NOTED}\nAsk the keeper\n" in text


def test_a_note_line_by_line_where_no_file_can_be_written(env: dict[str, str]) -> None:
    with Program(f"ulimit -f 0; {PROGRAM} --plain {FILE}", env=env) as program:
        program.wait("1 of 4.")
        program.type("2", "enter", "row 1", "enter", "note Ask the keeper", "enter")
        program.wait("Your text is still here: note and Enter tries again.")
        program.type("note", "enter")
        program.wait("Not saved yet: Ask the keeper")
        program.type("enter", "quit", "enter")
        program.wait_end()
        assert f"1 note could not be saved:\n{NOTED}\nAsk the keeper\n" in program.text
        assert program.terminal_restored()


def test_a_note_whose_terminal_goes_away_is_in_a_file(env: dict[str, str], tmp_path: Path) -> None:
    with RoughProgram(f"exec {PROGRAM} {FILE}", env=env) as program:
        on_the_storm(program).type("a", "Ask the keeper")
        program.wait("Ask the keeper")
        program.hang_up()
        program.wait_end()
    assert unsaved_notes(tmp_path) == [NOTED, "Ask the keeper"]
