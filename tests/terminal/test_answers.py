"""Terminals that answer late or never, and users who type early: nobody waits, nothing is lost."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections import deque
from typing import Any

import pytest

from briefing_tui.briefing.load import load_path
from briefing_tui.driver.capabilities import Terminal, detect_terminal
from briefing_tui.driver.frame_scheduler import FrameScheduler
from briefing_tui.storage.directories import bundled
from tests.pilot.driving import reading
from tests.profiles import thorough
from tests.sessions import Opening
from tests.terminal.pty_program import (
    _ANSWERS,
    PROGRAM,
    Sequences,
    control_sequences,
    environment,
    modes,
)
from tests.terminal.rough_program import RoughProgram
from tests.terminal.twins import unlike

LATE = 0.3
"""Seconds that an answer takes, as over a satellite."""
REST = "stty -icanon -echo; printf 'the rest: '; timeout 1 cat -v; printf ."
"""What a shell runs next, to show what was typed into it."""
OVER_SSH = environment(SSH_CONNECTION="192.0.2.1 50000 192.0.2.2 22", SSH_TTY="/dev/pts/0")


class LateProgram(RoughProgram):
    """A command on a terminal that answers what it is asked some time later."""

    def __init__(self, command: str, *, late: float = LATE, **options: Any) -> None:
        super().__init__(command, **options)
        self._late = late
        self.answers = False
        self.answered = 0
        self._asked = Sequences()
        self._due: deque[tuple[float, bytes]] = deque()

    def read(self, seconds: float) -> int:
        """Take what comes within so long, and answer what is due."""
        count = super().read(min(seconds, 0.02))
        now = time.monotonic()
        if count:
            for sequence in control_sequences(self._asked.whole(self.chunks[-1].data)):
                if sequence in _ANSWERS:
                    self._due.append((now + self._late, _ANSWERS[sequence]))
        while self._due and self._due[0][0] <= now:
            os.write(self._master, self._due.popleft()[1])
            self.answered += 1
        return count


def test_a_terminal_that_answers_late_is_not_waited_for() -> None:
    with LateProgram(f"exec {PROGRAM}", env=OVER_SSH) as program:
        program.wait("Bottom line")
        assert program.answered == 0, "all of the first frame is there before the first answer"
        program.type("2")
        program.wait("[2 Timeline]")
        program.type("/")
        program.wait("Search all panes")
        program.wait(lambda p: p.answered > 0)  # type: ignore[attr-defined]
        program.type("call")
        program.wait(lambda p: p.lines[-1].lstrip().startswith("call "))
        program.type("\x1b")
        program.wait("━ 2 Timeline")
        program.type("Q")
        assert program.wait_end() == 0
        assert program.modes() == modes(b"")


def test_a_terminal_that_never_answers_is_not_waited_for() -> None:
    with LateProgram(f"exec {PROGRAM}", env=OVER_SSH) as program:
        program._due = deque(maxlen=0)
        program.wait("Bottom line")
        for key, seen in (("2", "[2 Timeline]"), ("3", "[3 Actors]"), ("4", "[4 Deals]")):
            program.type(key)
            program.wait(seen)
        started = time.monotonic()
        program.type("Q")
        assert program.wait_end() == 0
        assert time.monotonic() - started < 0.8, "it does not wait for an answer at the end either"
        assert program.answered == 0


def test_an_answer_on_its_way_is_not_typed_into_the_shell() -> None:
    with LateProgram(f"{PROGRAM}; {REST}", late=1.5) as program:
        program.wait("Bottom line")
        program.wait(lambda p: p.answered > 0)  # type: ignore[attr-defined]
        program.type("2")
        program.wait("[2 Timeline]")
        # Where the machine is busy, the answer may be sent before it was looked for.
        for _ in range(10):
            program.type("R")
            program.wait("Redrawn")
            program.wait_quiet()
            if program._due:
                break
        else:
            pytest.fail("a redrawn screen asks for nothing")
        program.type("q")
        program.wait("the rest: .")


WIDE, NARROW = b"\x1b[2;7R", b"\x1b[2;4R"
"""The position after three signs, each two cells wide or one."""


@pytest.mark.parametrize(
    ("answer", "flags", "rule", "is_asked"),
    [
        (WIDE, "", "=", True),
        (NARROW, "", "━", True),
        pytest.param(WIDE, " --no-ascii", "━", False, marks=thorough),
        pytest.param(WIDE, " --ascii", "=", False, marks=thorough),
    ],
)
def test_a_terminal_with_wide_signs_gets_ascii(
    answer: bytes, flags: str, rule: str, is_asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_ANSWERS, b"6n", answer)
    with RoughProgram(f"exec {PROGRAM}{flags}") as program:
        program.wait("Bottom line")
        program.wait(f"{rule} 1 Summary")
        switched = "ASCII is drawn: signs are two cells wide"
        if answer == WIDE and is_asked:
            program.wait(switched)
            assert not re.search(r"[^\x00-\x7f]", program.text)
        program.type("2")
        program.wait(f"{rule} 2 Timeline")
        assert switched not in program.text
        assert (b"\x1b[6n" in program.raw) == is_asked
        program.type("q")
        assert program.wait_end() == 0


def test_a_key_typed_before_anything_is_there_has_its_effect_when_it_is() -> None:
    terminal = detect_terminal(OVER_SSH)
    for keys in ("2", "j", "2G1"):
        wanted = asyncio.run(_after(keys, terminal))
        with RoughProgram(f"exec {PROGRAM}", env=OVER_SSH) as program:
            program.type(keys)
            program.wait(lambda p, wanted=wanted: not unlike(wanted, p.lines))  # type: ignore[misc]
            program.type("\x03")
            assert program.wait_end() == 0


async def _after(keys: str, terminal: Terminal) -> list[str]:
    async with reading(load_path(bundled()), opening=Opening(terminal)) as reader:
        await reader.press(*keys)
        return [line.rstrip() for line in reader.lines]


def test_what_was_sent_before_the_first_answer_holds_nothing_up() -> None:
    scheduler = FrameScheduler((80, 24), lambda: 0.0)
    for sign in "abcd":
        scheduler.write("".join(f"\x1b[{y};1H{sign * 80}" for y in range(1, 25)))
        sent, _ = scheduler.next_frame()
        assert sent, "nothing is waited for before the terminal is known to answer"
    scheduler.acknowledge(1)
    scheduler.write("\x1b[1;1Hx")
    sent, _ = scheduler.next_frame()
    assert b"x" in sent
