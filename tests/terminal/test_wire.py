"""What is sent: the framework's screen, in few bytes, no faster than it is taken."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import wire
from benchmarks.generate import briefing
from tests.profiles import thorough
from tests.terminal.pty_program import DEADLINE, PROGRAM, ROOT, Program, environment
from tests.terminal.rough_program import SlowProgram

SCREEN = 80 * 24 * 2
"""Bytes of a whole screen of text with its styles, as an order of magnitude."""
RATE, DELAY = 9600, 0.15
"""A modem's line: bytes a second, and seconds each way."""


@pytest.mark.parametrize(
    ("depth", "colours"),
    [
        ("true", "truecolor"),
        pytest.param("256", "256", marks=thorough),
        pytest.param("16", "standard", marks=thorough),
        pytest.param("none", "truecolor, greys", marks=thorough),
    ],
)
def test_two_emulators_show_the_same(depth: str, colours: str) -> None:
    walk = [sys.executable, "-m", "tests.terminal.wire", "--depth", depth]
    walk += ["--steps", "30", "--frames", "12"]
    done = subprocess.run(
        walk, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found = re.search(
        r"\((.+)\): .* (\d+) frames the same, ([\d,]+) bytes for ([\d,]+)", done.stdout
    )
    assert found is not None
    assert found[1] == colours
    frames, ours, stock = (int(number.replace(",", "")) for number in found.groups()[1:])
    assert frames >= 12
    assert ours < stock / 3


def test_a_row_down_and_up_again_sends_little_and_all_of_it_once() -> None:
    with Program(PROGRAM) as program:
        program.wait("Bottom line")
        program.wait(lambda p: p.wait_quiet(0.3) == 0)
        assert len(program.raw) < 12_000
        assert program.raw.count(b"\x1b[2J") == 1
        for key in "jk":
            sent = len(program.raw)
            program.type(key)
            program.wait(lambda p, n=sent: len(p.raw) > n)  # type: ignore[misc]
            program.wait(lambda p: p.wait_quiet(0.3) == 0)
            assert len(program.raw) - sent < 2000
        sent = len(program.raw)
        program.type("k")
        program.wait_quiet(0.3)
        assert program.raw[sent:] == b"", "nothing differs"


def test_over_ssh_a_row_costs_its_edge_and_its_evidence() -> None:
    far = environment(COLORTERM=None, SSH_CONNECTION="192.0.2.1 50000 192.0.2.2 22")
    limits = {"timeline": 600, "timeline, zoomed": 100, "deals": 600, "deals, zoomed": 100}
    sizes = wire.key_bytes_in_turn(far, ("2g", "z", "z4g", "z"), 4)
    over = {
        name: size
        for (name, limit), size in zip(limits.items(), sizes, strict=True)
        if size > limit
    }
    assert not over


def test_a_key_repaints_what_another_program_wrote_over() -> None:
    with Program(PROGRAM) as program:
        program.wait("Bottom line")
        program.wait(lambda p: p.wait_quiet(0.3) == 0)
        before = program.lines[:-1]
        program.emulator.feed(b"\x1b[5;1HBroadcast message from root\x1b[2K\x1b[1;1H\x1b[41mx")
        assert program.lines[:-1] != before
        program.type("\x0c")
        program.wait("Redrawn")
        assert program.lines[:-1] == before
        assert program.raw.count(b"\x1b[2J") == 2


def test_no_motion_of_the_mouse_and_no_question_before_the_first_frame() -> None:
    with Program(PROGRAM) as program:
        program.wait("Bottom line")
        assert 1003 not in program.modes()
        assert {1000, 1006} <= program.modes()
        before, _, _ = program.raw.partition(b"Bottom line")
        assert not re.search(rb"\x1b\[[?>=0-9;]*(?:\$p|[cnx])", before)


def test_a_terminal_that_answers_nothing_is_asked_once() -> None:
    with Program(PROGRAM) as program:
        program.answers = False
        program.wait("Bottom line")
        for key in "2", "j", "j", "1":
            program.type(key)
            program.wait(lambda p: p.wait_quiet(0.2) == 0)
        program.wait("[1 Summary]")
        assert program.raw.count(b"\x1b[5n") == 1


def test_a_slow_line_is_never_more_than_a_screen_behind(tmp_path: Path) -> None:
    many = tmp_path / "many.yaml"
    many.write_text(briefing(300), encoding="utf-8")
    command = f"exec {PROGRAM} {shlex.quote(str(many))}"
    with SlowProgram(command, rate=RATE, delay=DELAY, env=environment()) as program:
        until(program, r"Timeline")
        program.press(b"2")
        until(program, r"━ 2 Timeline .* (\d+)/300")
        first = position(program)
        most = 0
        for _ in range(60):
            program.press(b"j")
            program.pass_on(2 / 60)
            most = max(most, program.in_line)
        released = time.monotonic()
        until(program, rf"━ 2 Timeline .* {first + 60}/300")
        assert most < SCREEN
        assert time.monotonic() - released < DEADLINE / 4
        program.press(b"q")


def until(program: SlowProgram, wanted: str) -> None:
    end = time.monotonic() + DEADLINE
    while not re.search(wanted, program.text):
        assert time.monotonic() < end, f"{wanted} was not seen\n{program.text}"
        program.pass_on(0.05)


def position(program: SlowProgram) -> int:
    found = re.search(r"━ 2 Timeline .* (\d+)/300", program.text)
    return int(found[1]) if found else 0
