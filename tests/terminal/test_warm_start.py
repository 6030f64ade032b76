"""A program that is forked from a process with its imports is like one that is started alone."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal import pty_program
from tests.terminal.pty_program import PROGRAM, Program, environment
from tests.terminal.rough_program import RoughProgram
from tests.terminal.warm_start import can_start


@pytest.mark.parametrize(
    ("command", "variables"),
    [
        (f"{PROGRAM} >report", {}),
        (f"{PROGRAM} $HOME", {}),
        (f"{PROGRAM}; echo end", {}),
        (f"cat file | {PROGRAM} -", {}),
        (PROGRAM, {"LANG": "C"}),
        (PROGRAM, {"LC_ALL": "C.UTF-8"}),
        (PROGRAM, {"PYTHONIOENCODING": "ascii"}),
    ],
)
def test_what_only_a_shell_or_an_interpreter_can_do_is_left_to_them(
    command: str, variables: dict[str, str]
) -> None:
    assert can_start(PROGRAM, environment())
    assert can_start(f"exec {PROGRAM} 'a file; of mine' --fresh", environment())
    assert not can_start(command, environment(**variables))


@pytest.fixture
def cold_starts(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    return lambda: monkeypatch.setattr(pty_program, "_warm_starts", [])


def test_it_has_the_same_surroundings(tmp_path: Path, cold_starts: Callable[[], None]) -> None:
    def report() -> tuple[int, bytes]:
        env = environment(TERM="screen-256color", COLORTERM=None)
        with Program(f"{PROGRAM} doctor --no-keys --json", env=env, cwd=tmp_path) as program:
            code = program.wait_end()
            return code, re.sub(rb"[0-9.]+ ms", b"some ms", program.raw)

    warm = report()
    cold_starts()
    assert warm == report()
    assert b"screen-256color" in warm[1]


@pytest.mark.parametrize(
    ("command", "code"),
    [(f"exec {PROGRAM} --plain", -signal.SIGUSR1), (f"{PROGRAM} --plain", 128 + signal.SIGUSR1)],
)
def test_a_signal_ends_it_with_the_exit_code_of_a_process_or_a_shell(
    command: str, code: int
) -> None:
    with RoughProgram(command) as program:
        program.wait("Bottom line")
        os.kill(program.pid, signal.SIGUSR1)
        assert program.wait_end() == code
