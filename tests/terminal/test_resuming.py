"""The program on a pseudo-terminal: resumed, configured, in characters that arrive."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
from pathlib import Path

import pytest

from tests.conftest import DATA
from tests.profiles import thorough
from tests.terminal.pty_program import PROGRAM, Emulator, Program, environment

END_OF_FRAME = b"\x1b[?2026l"
QUESTION = b"\x1b[5n"


def read(
    arguments: str, keys: str, seen: str, env: dict[str, str], *, size: tuple[int, int] = (80, 24)
) -> Program:
    """A session that ended: keys, what they lead to, and the key that leaves."""
    with Program(f"{PROGRAM} {arguments}", env=env, size=size) as program:
        program.wait("Evidence")
        for key in keys:
            program.type(key)
        program.wait(seen)
        program.type("\x03")
        assert program.wait_end() == 0
    return program


def test_a_briefing_opens_where_it_was_left(tmp_path: Path) -> None:
    env = environment(BRIEFING_TUI_STATE=str(tmp_path / "state"))
    read("", "2G", "━ 2 Timeline", env)
    with Program(PROGRAM, env=env) as program:
        program.wait("━ 2 Timeline")
        place = re.search(r"(\d+)/(\d+)", "\n".join(program.lines))
        assert place
        assert place[1] == place[2]
        program.type("Q")
        assert program.wait_end() == 0
    with Program(f"{PROGRAM} --fresh", env=env) as program:
        program.wait("━ 1 Summary")
        program.type("Q")
        assert program.wait_end() == 0


def first_frame(program: Program) -> tuple[Emulator, bytes]:
    """What the first frame with anything in it shows, and the bytes that follow it."""
    emulator = Emulator(*program.size)
    *frames, rest = program.raw.split(END_OF_FRAME)
    for at, frame in enumerate(frames, 1):
        emulator.feed(frame + END_OF_FRAME)
        if any(emulator.lines):
            return emulator, END_OF_FRAME.join([*frames[at:], rest])
    raise AssertionError("nothing was drawn")


@pytest.mark.parametrize(
    "size",
    [(80, 24), *(pytest.param(size, marks=thorough) for size in ((40, 12), (200, 60)))],
    ids=str,
)
def test_the_first_frame_is_scrolled_to_the_row_and_the_only_one(
    size: tuple[int, int], tmp_path: Path
) -> None:
    env = environment(BRIEFING_TUI_STATE=str(tmp_path / "state"))
    with Program(PROGRAM, env=env, size=size) as program:
        program.wait("1 Summary")
        program.type("2G")
        program.wait("13/13")
        program.type("Q")
        assert program.wait_end() == 0
    with Program(PROGRAM, env=env, size=size) as program:
        program.wait("13/13")
        program.wait_quiet(0.5)
        emulator, rest = first_frame(program)
        assert any(re.search("━ 2 Timeline ━.* 13/13 ", line) for line in emulator.lines)
        assert any(re.search("▌ +by Apr", line) for line in emulator.lines)
        assert emulator.lines == program.lines
        # The terminal is asked whether it has taken the frame; nothing else is sent.
        assert rest in (b"", QUESTION)
        program.type("Q")
        assert program.wait_end() == 0


@pytest.mark.parametrize(
    "number",
    [signal.SIGHUP, pytest.param(signal.SIGTERM, marks=thorough)],
    ids=lambda number: number.name,
)
def test_whoever_is_ended_from_outside_resumes_too(number: int, tmp_path: Path) -> None:
    env = environment(BRIEFING_TUI_STATE=str(tmp_path / "state"))
    with Program(f"{PROGRAM} & echo process $! >&2; wait $!", env=env, size=(80, 24)) as program:
        program.wait("Evidence")
        program.type("3")
        program.wait("━ 3 Actors")
        found = re.search(rb"process (\d+)", program.raw)
        assert found
        os.kill(int(found[1]), number)
        program.wait_end()
    with Program(PROGRAM, env=env) as program:
        program.wait("━ 3 Actors")
        program.type("Q")
        assert program.wait_end() == 0


def test_state_that_cannot_be_kept_is_told_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    env = environment(BRIEFING_TUI_STATE=str(tmp_path / "file" / "state"))
    errors = tmp_path / "errors"
    with Program(f"{PROGRAM} 2>{shlex.quote(str(errors))}", env=env) as program:
        # Other things that are kept there may be told of in the same place.
        program.wait(lambda program: "ot be" in program.lines[-1])
        program.type("Q")
        assert program.wait_end() == 0
    assert errors.read_text().startswith("briefing-tui: the reading position was not kept: ")


LOCALES: dict[str, dict[str, str | None]] = {
    "latin": {"LC_ALL": "en_US.ISO-8859-1"},
    "ascii stream": {"PYTHONIOENCODING": "ascii"},
    "c without utf-8 mode": {"LC_ALL": "C", "PYTHONUTF8": "0"},
    "c": {"LANG": "C"},
    "posix": {"LANG": None, "LC_ALL": "POSIX"},
}


IN_THE_MATRIX = ("c", "posix")
"""Locales that `test_matrix` has, too."""


@pytest.mark.parametrize(
    "locale",
    [pytest.param(locale, marks=thorough if locale in IN_THE_MATRIX else ()) for locale in LOCALES],
)
def test_without_utf8_all_that_arrives_is_ascii(locale: str) -> None:
    program = read("", "4?", "Keys and signs", environment(**LOCALES[locale]))
    assert program.raw.isascii()
    assert b"\\u" not in program.raw


def test_a_flag_overrides_the_choice() -> None:
    program = read("--no-ascii", "", "━ 1 Summary", environment(LC_ALL="C"))
    assert "━".encode() in program.raw
    program = read("--ascii", "", "= 1 Summary", environment())
    assert "━".encode() not in program.raw


def test_without_a_terminal_type_the_briefing_is_printed() -> None:
    for term in (None, "", "unknown"):
        with Program(PROGRAM, env=environment(TERM=term)) as program:
            assert program.wait_end() == 0
        assert b"\x1b" not in program.raw
        assert b"SUMMARY" in program.raw


def test_a_moved_library_opens_with_its_marks_and_where_it_was_left(tmp_path: Path) -> None:
    names = {f"BRIEFING_TUI_{name}": str(tmp_path / name.lower()) for name in ("STATE", "DATA")}
    env = environment(**names)
    library = tmp_path / "library"
    shutil.copytree(DATA / "harbour", library)
    read(str(library / "ferry-order.yaml"), "2b", "Starred", env)
    moved = library.rename(tmp_path / "moved")
    with Program(f"{PROGRAM} {moved / 'ferry-order.yaml'}", env=env) as program:
        program.wait(lambda p: re.search("(?s)━ 2 Timeline.*★", p.text) is not None)
        program.type("Q")
        assert program.wait_end() == 0
