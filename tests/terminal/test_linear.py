"""The reader of lines on a pseudo-terminal: no escape sequence, and the terminal as it was."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import signal
from pathlib import Path

import pytest

from tests.conftest import DATA
from tests.profiles import thorough
from tests.terminal.pty_program import PROGRAM, Program, environment

SMALL = f"{PROGRAM} --plain {DATA / 'small.yaml'}"


def at_prompt(program: Program) -> bool:
    """Whether the last line that is not empty is a prompt with nothing typed."""
    lines = [line for line in program.lines if line]
    return bool(lines) and lines[-1] == ">"


def told(program: Program, line: str, seen: str) -> Program:
    """Type a line and wait for what it is answered with."""
    program.type(line, "enter")
    program.wait(seen)
    return program.wait(at_prompt)


def cancelled(program: Program, times: int) -> Program:
    """Press Ctrl-C, which counts whenever it comes."""
    program.type("\x03")
    return program.wait(lambda one: one.text.count("Ctrl-C again quits") == times)


@pytest.mark.parametrize(
    "term",
    ["xterm-256color", "dumb", *(pytest.param(term, marks=thorough) for term in ("vt100", None))],
)
def test_no_escape_is_ever_written(term: str | None) -> None:
    with Program(SMALL, env=environment(TERM=term)) as program:
        program.wait("Summary, 4 points").wait(at_prompt)
        told(program, "2", "Timeline, 3 events")
        told(program, "e", "Source, C, fairly reliable")
        program.type("\x1b[A", "\x1b[A", "\x1b[B", "\x1b[D")  # arrows: through history and line
        program.type("\x1b[32~", "\x1b[57441;2u")  # and keys that there are not
        program.type("\x7f" * 9)
        told(program, "/" + "light " * 40, "No match for")
        told(program, "all", "3. By May 2022, planned")
        program.type("q", "enter", "q", "enter")
        assert program.wait_end() == 0
        assert b"\x1b" not in program.raw
        assert b"\x07" not in program.raw
        assert program.terminal_restored()


def test_enter_reads_on_and_the_end_of_input_leaves() -> None:
    with Program(SMALL) as program:
        program.wait("1 of 4.").wait(at_prompt)
        told(program, "", "2 of 4.")
        told(program, "", "3 of 4.")
        program.type("\x04")
        assert program.wait_end() == 0
        assert program.terminal_restored()


def test_following_a_file_is_for_the_full_screen() -> None:
    with Program(f"{PROGRAM} --plain --follow {DATA / 'small.yaml'}") as program:
        assert program.wait_end() == 2
        assert "--follow is for the full screen" in program.text


def test_ctrl_c_cancels_and_the_second_leaves() -> None:
    with Program(SMALL) as program:
        program.wait("1 of 4.").wait(at_prompt)
        program.type("half a line")
        cancelled(program, 1).wait(at_prompt)
        told(program, "j", "2 of 4.")
        cancelled(program, 2)
        program.type("\x03")
        program.wait_end()  # the shell around it heard Ctrl-C too
        assert b"Traceback" not in program.raw
        assert program.terminal_restored()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_it_ends_in_order_when_told_to(number: signal.Signals) -> None:
    with Program(f"sh -c {shlex.quote(f'echo pid $$; exec {SMALL}')}; echo code $?") as program:
        program.wait("1 of 4.").wait(at_prompt)
        found = re.search(r"pid (\d+)", program.text)
        assert found is not None
        os.kill(int(found[1]), number)
        program.wait(f"code {128 + number}")
        assert program.terminal_restored()


@pytest.fixture
def keeping(tmp_path: Path) -> dict[str, str]:
    """An environment in which positions and marks are kept."""
    kept = {"BRIEFING_TUI_STATE": str(tmp_path / "state"), "BRIEFING_TUI_DATA": str(tmp_path)}
    return environment(**kept)


def ended(program: Program, how: str) -> None:
    """End a session in one of the ways there are."""
    number = {"hangup": signal.SIGHUP, "terminate": signal.SIGTERM}.get(how)
    if number:
        found = re.search(rb"pid (\d+)", program.raw)
        assert found is not None
        with contextlib.suppress(ProcessLookupError):
            for _ in range(3):  # a shell tells it as well
                os.kill(int(found[1]), number)
    elif how == "interrupt":
        cancelled(program, 1).wait(at_prompt)
        program.type("\x03")
    else:
        program.type(*{"quit": ("quit", "enter"), "end of input": ("\x04",)}[how])
    program.wait_end()
    assert b"Traceback" not in program.raw
    assert program.terminal_restored()


@pytest.mark.parametrize(
    "how",
    [
        "quit",
        pytest.param("end of input", marks=thorough),
        pytest.param("interrupt", marks=thorough),
        "hangup",
        pytest.param("terminate", marks=thorough),
    ],
)
def test_it_resumes_where_it_ended(how: str, keeping: dict[str, str]) -> None:
    with Program(f"sh -c {shlex.quote(f'echo pid $$; exec {SMALL}')}", env=keeping) as program:
        program.wait("1 of 4.").wait(at_prompt)
        told(program, "[", "As of Thursday 10 June 2021.")
        told(program, "4", "Deal tracker, 1 deal")
        told(program, "row 3", "3 of ")
        told(program, "2", "Timeline, ")
        ended(program, how)
    with Program(SMALL, env=keeping) as program:
        program.wait("own-date returns to the briefing's own date.")
        program.wait("Timeline, ").wait(at_prompt)
        told(program, "4", "3 of ")
        told(program, "own-date", "As of Tuesday 15 June 2021.")
        ended(program, "quit")
    with Program(f"{SMALL} --fresh", env=keeping) as program:
        program.wait("Summary, 4 points").wait(at_prompt)
        assert "Resumed" not in program.text
        ended(program, "quit")


def test_a_day_that_is_asked_for_wins(keeping: dict[str, str]) -> None:
    with Program(SMALL, env=keeping) as program:
        program.wait("1 of 4.").wait(at_prompt)
        told(program, "[", "As of Thursday 10 June 2021.")
        ended(program, "quit")
    with Program(f"{SMALL} --as-of latest", env=keeping) as program:
        program.wait("As of Tuesday 15 June 2021.").wait(at_prompt)
        assert "Resumed" not in program.text


def test_a_star_is_listed_by_the_command_line(keeping: dict[str, str]) -> None:
    with Program(SMALL, env=keeping) as program:
        program.wait("1 of 4.").wait(at_prompt)
        told(program, "2", "Timeline, 3 events")
        told(program, "row 1", "The old lantern is lost")
        told(program, "b", "Starred.")
        told(program, "a Ask the keeper #verify", "Noted.")
        ended(program, "quit")
    with Program(f"{PROGRAM} marks {DATA / 'small.yaml'}", env=keeping) as program:
        assert program.wait_end() == 0
        assert "★ timeline/storm" in program.text
        assert "Ask the keeper #verify" in program.text


def test_what_cannot_be_kept_is_told_and_no_failure(
    tmp_path: Path, keeping: dict[str, str]
) -> None:
    (tmp_path / "state").write_text("a file where a directory should be")
    with Program(SMALL, env=keeping) as program:
        program.wait("Warning: ").wait("1 of 4.").wait(at_prompt)
        program.type("quit", "enter")
        assert program.wait_end() == 0
        assert "briefing-tui: the reading position was not kept" in program.text
        assert b"Traceback" not in program.raw


def test_keys_come_from_the_terminal_after_standard_input_was_the_briefing() -> None:
    with Program(f"cat {DATA / 'small.yaml'} | {PROGRAM} --plain -") as program:
        program.wait("1 of 4.").wait(at_prompt)
        told(program, "4", "Deal tracker, 1 deal")
        program.type("quit", "enter")
        assert program.wait_end() == 0


def test_without_a_terminal_it_is_the_plain_print() -> None:
    with Program(f"{SMALL} | cat") as program:
        assert program.wait_end() == 0
        assert b"SUMMARY (4 points)" in program.raw


def test_a_locale_without_utf8_gets_ascii() -> None:
    with Program(SMALL, env=environment(LANG="C", LC_ALL="en_US.ISO-8859-1")) as program:
        program.wait("1 of 4.").wait(at_prompt)
        told(program, "all", "Open questions")
        told(program, "c", '"Light before the ice"')
        assert program.raw.isascii()


@pytest.mark.parametrize("size", [(1, 1), pytest.param((10, 3), marks=thorough), (250, 70)])
def test_any_size(size: tuple[int, int]) -> None:
    with Program(SMALL, size=size, emulate=False) as program:
        program.wait(lambda one: b"\n>" in one.raw)
        program.type("all", "enter", "quit", "enter")
        assert program.wait_end() == 0
        assert b"Traceback" not in program.raw


@pytest.mark.parametrize("start", [(80, 24), (3, 3)])
def test_editing_in_a_narrow_terminal(start: tuple[int, int]) -> None:
    with Program(SMALL, size=start, emulate=False) as program:
        program.wait(lambda one: b"\n>" in one.raw)
        program.resize(2, 24)
        program.type("/ßßßßßß")
        program.wait(lambda one: "ß".encode() in one.raw)
        program.type("enter", "quit", "enter")
        assert program.wait_end() == 0


def test_a_line_is_edited_in_its_middle_and_called_back() -> None:
    with Program(SMALL) as program:
        program.wait("1 of 4.").wait(at_prompt)
        program.type(
            "/漢 light", "\x1b[H", "\x1b[C\x1b[C\x1b[3~", "\x05", "s\x1bb"
        )  # Home, twice right, Delete, Ctrl-E, Alt-B
        program.wait("> /漢lights")
        program.type("no ", "enter")
        program.wait("No match for “no 漢lights”").wait(at_prompt)
        program.type("\x10")
        program.wait(lambda one: one.lines[one.emulator.screen.cursor.y] == "> /no 漢lights")
        program.type("\x15quit", "enter")
        assert program.wait_end() == 0
        assert b"\x1b" not in program.raw


def test_a_terminal_that_changes_its_size_has_the_end_of_a_long_line() -> None:
    with Program(SMALL, size=(60, 24)) as program:
        program.wait("1 of 4.").wait(at_prompt)
        program.type("/the keeper of the light and 漢字")
        program.wait("> /the keeper of the light and 漢字")
        program.resize(20, 24)
        program.wait(lambda one: one.lines[one.emulator.screen.cursor.y].endswith("漢字"))
        assert len(program.lines[program.emulator.screen.cursor.y]) < 20
        program.type("\x15quit", "enter")
        assert program.wait_end() == 0


def test_what_is_typed_ahead_is_for_the_next_line_and_then_for_the_shell() -> None:
    with Program(f"{SMALL}; read -r word; echo the shell got $word") as program:
        program.type("2", "enter", "row 1\r\nwhere\rquit\rtypewriter\r")
        program.wait("the shell got typewriter")
        assert program.wait_end() == 0
        assert "Timeline, 3 events" in program.text
        assert program.terminal_restored()


def test_bytes_of_another_encoding_are_echoed_as_they_came() -> None:
    with Program(SMALL, emulate=False) as program:
        program.wait(lambda one: b"\n> " in one.raw)
        program.type("/gar\udce7on")
        program.wait(lambda one: b"/gar\xe7on" in one.raw)
        program.type("enter")
        program.wait(lambda one: "“garçon”".encode() in one.raw)
        program.type("quit", "enter")
        assert program.wait_end() == 0


def test_escape_and_a_number_repeat_nothing() -> None:
    with Program(SMALL) as program:
        program.wait("1 of 4.").wait(at_prompt)
        program.type("\x1b999999999k")
        program.wait("999999999k")
        program.type("\x15", "quit", "enter")
        assert program.wait_end() == 0


def test_the_environment_can_ask_for_it() -> None:
    with Program(
        f"{PROGRAM} {DATA / 'small.yaml'}", env=environment(BRIEFING_TUI_PLAIN="1")
    ) as one:
        one.wait("1 of 4.").wait(at_prompt)
        one.type("quit", "enter")
        assert one.wait_end() == 0
