"""Measures of what is sent to the terminal: bytes, processor time, lag on a slow line."""

from __future__ import annotations

import re
import shlex
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median

from benchmarks.pressing import SETTLED, Taken, press
from tests.terminal.pty_program import DEADLINE
from tests.terminal.rough_program import RoughProgram, SlowProgram

STOCK = {"TEXTUAL_DRIVER": "textual.drivers.linux_driver:LinuxDriver"}
"""The environment in which the framework's own driver is used."""
FAR: dict[str, str | None] = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22", "COLORTERM": None}
"""What differs over SSH: there are 256 colours, unless the user has COLORTERM sent along."""
RATE, DELAY = 9600, 0.15
"""A modem's line: bytes a second, and seconds each way."""
HELD, REPEAT = 2.0, 30
"""Seconds that a key is held, and how often a second it repeats."""

PROGRAM = f"{shlex.quote(sys.executable)} -P -m briefing_tui"
"""The program of the checkout in ``PYTHONPATH``, not of the current directory."""
_COMMAND = f"exec {PROGRAM}"


def key_bytes(env: Mapping[str, str], before: str, keys: int) -> float:
    """Bytes of one row down or up, where some keys were pressed before."""
    (size,) = key_bytes_in_turn(env, [before], keys)
    return size


def key_bytes_in_turn(env: Mapping[str, str], before: Iterable[str], keys: int) -> list[float]:
    """Bytes of one row down or up in one program, after each of some groups of keys."""
    sizes = []
    with RoughProgram(_COMMAND, emulate=False, env=env) as program:
        for group in before:
            _settle(program, group)
            sizes.append(median(press(program, key).size for key in _to_and_fro(keys)))
    return sizes


def step(env: Mapping[str, str], keys: int, command: str = PROGRAM) -> Taken:
    """Bytes and milliseconds of processor time of one row down or up in the timeline."""
    with RoughProgram(f"exec {command}", emulate=False, env=env) as program:
        _settle(program, "2g")
        before = _processor_seconds(program.pid)
        sizes = [press(program, key).size for key in _to_and_fro(keys)]
        took = (_processor_seconds(program.pid) - before) * 1000 / keys
        return Taken(median(sizes), took)


def lag(env: Mapping[str, str], briefing: str) -> float:
    """Milliseconds until a slow line has shown all after a key was held in a long briefing."""
    command = f"{_COMMAND} {shlex.quote(briefing)}"
    with SlowProgram(command, rate=RATE, delay=DELAY, env=env) as program:
        _pass_until(program, r"\[1 Summary\]")
        program.press(b"2")
        _pass_until(program, r"━ 2 Timeline")
        for _ in range(int(HELD * REPEAT)):
            program.press(b"j")
            program.pass_on(1 / REPEAT)
        released = time.monotonic()
        shown = released
        while time.monotonic() - shown < 1.0:
            before = program.lines
            program.pass_on(0.02)
            if program.lines != before:
                shown = time.monotonic()
        return (shown - released) * 1000


def _settle(program: RoughProgram, keys: str) -> None:
    program.wait(lambda it: b"Evidence" in it.raw or b"telephone" in it.raw)
    program.wait_quiet(SETTLED)
    for key in keys:
        program.type(key)
        program.wait_quiet(SETTLED)


def _to_and_fro(keys: int) -> str:
    """Keys that move the highlight down over rows not seen before, and up again."""
    return "j" * (keys - keys // 2) + "k" * (keys // 2)


def _processor_seconds(process: int) -> float:
    """Time that all threads of a process have run, as Linux counts it."""
    tasks = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def _pass_until(program: SlowProgram, wanted: str) -> None:
    end = time.monotonic() + DEADLINE
    while not re.search(wanted, program.text):
        if time.monotonic() > end:
            raise TimeoutError(f"{wanted} was not seen")
        program.pass_on(0.05)
