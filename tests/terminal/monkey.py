"""A long random walk through the program on a real terminal.

``python -m tests.terminal.monkey`` types 50,000 keys, and between them bytes that are no keys,
pastes, mouse reports, signals and sizes from 1 × 1 to 500 × 200: into the bundled briefing, one
that means harm, a library and the line-by-line reader. Sessions share their directories,
so each starts with what the sessions before it saved. After every session it looks for what may
never be seen: a traceback, a report of a crash, a program that does not react or does not end,
modes that are still on, saved files that are damaged, files and processes that are left behind.
A finding is printed with the end of the walk and its seed; the exit code is 1 if there is any.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import shlex
import shutil
import signal
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests import hostile
from tests.shelves import HARBOUR
from tests.terminal.pty_program import PROGRAM, environment
from tests.terminal.rough_program import RoughProgram

Action = tuple[str, bytes]
"""A kind of action, and the bytes that are typed."""

SCENES = {
    "bundled": "",
    "hostile": "hostile.yaml",
    "library": "library harbour",
    "plain": "--plain",
    "plain-hostile": "--plain hostile.yaml",
}
"""Arguments of the program."""

_PATIENCE = 60.0
"""Seconds that a reaction may take on a busy machine."""
_MOST_FINDINGS = 30
"""Findings after which a walk is given up."""
_SESSION = (30, 250)
"""Actions of a session, at least and at most."""
_END_CODES = {0, 128 + signal.SIGINT, 128 + signal.SIGTERM, 128 + signal.SIGHUP}
_BASE_MODES = {7, 25}
_BAD_OUTPUT = re.compile(rb"Traceback|a mistake of the program|Internal error", re.IGNORECASE)
_TEMPORARY = re.compile(r"\.(?:tmp|new|part)|~$|^crash-")

_FREQUENT = "jkjkGg]][[du1234fezspy/:nNA?abmv'`,.\"rRxw"
_NAMED = (
    "\r", "\t", "\x1b", "\x1b", "\x1b", "\x7f", " ", "\n", "\b",
    "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~", "\x1b[3~",
    "\x1b[Z", "\x1bOA", "\x1bOP", "\x1b[15~", "\x10", "\x0c", "\x04", "\x15",
    "\x06", "\x02", "\x17", "\x01",
)  # fmt: skip
_LETTERS = "оЙ漢é😀ßσא́"


def _frequent(chance: random.Random) -> bytes:
    return chance.choice(_FREQUENT).encode()


def _named(chance: random.Random) -> bytes:
    return chance.choice(_NAMED).encode()


def _printable(chance: random.Random) -> bytes:
    return bytes([chance.randrange(0x20, 0x7F)])


def _letter(chance: random.Random) -> bytes:
    return chance.choice(_LETTERS).encode()


def _counted(chance: random.Random) -> bytes:
    return f"{chance.choice([5, 9, 50, 999999999])}{chance.choice('jkGdu[]')}".encode()


def _marked(chance: random.Random) -> bytes:
    """Set or follow a jump mark, in a pane that may be empty."""
    return (chance.choice("1234") + chance.choice(["ma", "'a", "''", "'", "mZ", "b"])).encode()


def _answered(chance: random.Random) -> bytes:
    """Answer a prompt with something, or leave it."""
    prompt = chance.choice("/:A@aWf")
    text = "".join(chance.choice('ab1 2019-07*"é') for _ in range(chance.randrange(12)))
    return (prompt + text + chance.choice(["\r", "\x1b", "\t\r"])).encode()


def _protocol(chance: random.Random) -> bytes:
    """A key as the keyboard protocol of kitty reports it, possible or not."""
    code = chance.choice([27, 13, 9, 127, 97, 106, 1089, 57358, 57399, 57414, 57441, 0, 1114112])
    alternates = chance.choice(["", "", "::99", ":65", ":65:97"])
    modifiers = chance.choice(["", ";1", ";2", ";3", ";5", ";1:3", ";5:2", ";129", ";99"])
    text = chance.choice(["", "", ";97", ";228:776", ";27", ";1114112"]) if modifiers else ""
    return f"\x1b[{code}{alternates}{modifiers}{text}u".encode()


def _mouse(chance: random.Random) -> bytes:
    button = chance.choice([0, 0, 0, 1, 2, 32, 35, 64, 65, 66, 128, 200])
    x, y = (chance.choice([0, 1, chance.randrange(1, 80), 9999]) for _ in "xy")
    return f"\x1b[<{button};{x};{y}{chance.choice('Mm')}".encode()


def _garbage(chance: random.Random) -> bytes:
    size = chance.choice([1, 3, 20, 20, 200])
    data = chance.randbytes(10_000 if chance.random() < 0.02 else size)
    # These are commands: they end the program, or stop it, as they should.
    return data.translate(None, b"\x03\x11\x1a\x1c")


def _partial(chance: random.Random) -> bytes:
    """A sequence that stops in the middle, or never ends."""
    whole = chance.choice(
        ["\x1b[1;2;3A", "\x1b[<0;5;5M", "\x1b]52;c;AAAA\x07", "\x1bP1$r\x1b\\", "é"]
    )
    data = whole.encode()
    return data[: chance.randrange(1, len(data))]


def _paste(chance: random.Random) -> bytes:
    texts = ["two\nlines", "\x1b[31mred", "q" * 3000, "\x00\x07", "]]\x03", "é漢😀", ""]
    end = b"" if chance.random() < 0.1 else b"\x1b[201~"
    return b"\x1b[200~" + chance.choice(texts).encode() + end


def _report(chance: random.Random) -> bytes:
    """An answer or a report that no one has asked for."""
    return chance.choice(
        [b"\x1b[I", b"\x1b[O", b"\x1b[0n", b"\x1b[7;7R", b"\x1b[?62;22c", b"\x1b[?2026;2$y"]
    )


KINDS: dict[Callable[[random.Random], bytes], int] = {
    _frequent: 30, _named: 20, _printable: 12, _letter: 2, _counted: 4, _marked: 4, _answered: 5,
    _protocol: 8, _mouse: 6, _garbage: 3, _partial: 2, _paste: 2, _report: 2,
}  # fmt: skip
"""What is typed, and how often in relation to each other."""


class Finding(NamedTuple):
    """Something that may not happen."""

    problem: str
    scene: str
    session: int
    walk: str
    """The last actions before it."""

    def __str__(self) -> str:
        return f"{self.scene}, session {self.session}: {self.problem}\n  after {self.walk}"


class Figures(Counter[str]):
    """How often something was done."""

    def __str__(self) -> str:
        return ", ".join(f"{count:,} {name}" for name, count in sorted(self.items()))


class Monkey:
    """Walks through sessions of the program, one after the other."""

    def __init__(self, seed: int, directory: Path) -> None:
        """Prepare the files and directories that all sessions share."""
        self.figures = Figures()
        self.findings: list[Finding] = []
        self.peak_memory = 0
        """Most memory that a session used, in kB."""
        self._chance = random.Random(seed)
        self._homes = directory / "homes"
        self._desk = directory / "desk"
        shutil.copytree(HARBOUR, self._desk / "harbour")
        (self._desk / "hostile.yaml").write_text(hostile.text(events=300), encoding="utf-8")
        names = ("cache", "data", "state")
        for name in names:
            (self._homes / name).mkdir(parents=True, mode=0o700)
        self._env = environment(
            **{f"BRIEFING_TUI_{name.upper()}": str(self._homes / name) for name in names},
            EDITOR="true",
            BROWSER="true",
            PYTHONFAULTHANDLER="1",
        )

    def walk(self, scene: str, keys: int) -> None:
        """Type about so many keys in sessions of a scene."""
        end = self.figures["keys"] + keys
        while self.figures["keys"] < end:
            self.figures["sessions"] += 1
            session = Session(scene, self._desk, self._env, self._chance, self.figures)
            with session.program:
                problems = [*session.run(min(end - self.figures["keys"], 10_000))]
            self.peak_memory = max(self.peak_memory, session.peak_memory)
            problems += _damaged(self._homes)
            for problem in problems:
                walk = " ".join(session.recent)
                self.findings.append(Finding(problem, scene, self.figures["sessions"], walk))
                print(self.findings[-1], flush=True)
            if len(self.findings) >= _MOST_FINDINGS:
                return


class Session:
    """One run of the program."""

    def __init__(
        self, scene: str, desk: Path, env: dict[str, str], chance: random.Random, figures: Figures
    ) -> None:
        """Start the program in a directory."""
        self.recent: deque[str] = deque(maxlen=40)
        """What was done last."""
        self.peak_memory = 0
        self._chance = chance
        self._figures = figures
        self._is_plain = scene.startswith("plain")
        command = f"exec {PROGRAM} {SCENES[scene]}"
        size = self._size()
        self.program = RoughProgram(command, size=size, env=env, cwd=desk, emulate=False)
        self.program.answers = chance.random() < 0.9
        self.recent.append(f"start {size[0]}x{size[1]}")

    def run(self, keys: int) -> Iterator[str]:
        """Walk, end the program, and yield what is wrong."""
        self.program.read(_PATIENCE)
        self.program.wait_quiet(0.3)
        for step in range(min(keys, self._chance.randint(*_SESSION))):
            if self.program.ended:
                break
            self._act()
            if step % 40 == 39 and not self._reacts():
                yield f"no reaction for {_PATIENCE:.0f} s: {self._traceback()}"
                return
        self._measure()
        yield from self._end()

    def _act(self) -> None:
        chance = self._chance.random()
        if chance < 0.01:
            number = self._chance.choice([signal.SIGWINCH, signal.SIGCONT, signal.SIGTSTP])
            self._note("signals", number.name)
            os.kill(self.program.pid, number)
        elif chance < 0.04:
            columns, lines = self._size()
            self._note("sizes", f"{columns}x{lines}")
            self.program.resize(columns, lines)
        else:
            kind = self._chance.choices([*KINDS], [*KINDS.values()])[0]
            data = kind(self._chance)
            self._note("keys", repr(data[:60])[2:-1])
            self.program.send(data)
        self.program.read(self._chance.choice([0, 0, 0.005, 0.02]))
        if self._chance.random() < 0.04:
            self.program.wait_quiet(0.05)
        if self.program.is_stopped:
            os.kill(self.program.pid, signal.SIGCONT)

    def _note(self, figure: str, action: str) -> None:
        self._figures[figure] += 1
        self.recent.append(action)

    def _size(self) -> tuple[int, int]:
        if self._chance.random() < 0.3:
            return self._chance.randint(1, 30), self._chance.randint(1, 12)
        if self._chance.random() < 0.1:
            return 500, 200
        return self._chance.randint(1, 250), self._chance.randint(1, 80)

    def _reacts(self) -> bool:
        """Return whether the program draws a screen of another size or a new line, or has ended."""
        self.program.wait_quiet(0.1)
        columns, lines = self.program.size
        self.program.resize(columns + 1, lines)
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self.program.is_stopped:
                os.kill(self.program.pid, signal.SIGCONT)
            if self._is_plain:
                # Ctrl-Q resumes what Ctrl-S stopped, and CAN breaks a sequence off.
                self.program.send(b"\x11\x18\x0c")
            if self.program.read(0.2) or self.program.ended:
                return True
        return False

    def _traceback(self) -> str:
        """End the program, and return where it was."""
        os.kill(self.program.pid, signal.SIGABRT)
        start = len(self.program.raw)
        self.program.wait_quiet(1)
        return self.program.raw[start:].decode(errors="replace")

    def _measure(self) -> None:
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{self.program.pid}/status").read_text()
            peak = re.search(r"VmHWM:\s*(\d+)", status)
            self.peak_memory = int(peak[1]) if peak else 0

    def _end(self) -> Iterator[str]:
        """Ask the program to end by a key or a signal, and look at what it leaves."""
        farewell = self._chance.choice(["key", "key", "SIGTERM", "SIGHUP"])
        self.recent.append(f"end by {farewell}")
        end = time.monotonic() + _PATIENCE
        while not self.program.ended and time.monotonic() < end:
            with contextlib.suppress(ProcessLookupError, OSError):
                if farewell != "key":
                    os.kill(self.program.pid, getattr(signal, farewell))
                    farewell = "key"
                else:
                    # Ctrl-Q resumes what Ctrl-S stopped, and a paste must end before a key.
                    self.program.send(b"\x11\x1b[201~\x03")
                os.kill(self.program.pid, signal.SIGCONT)
            self.program.wait_quiet(0.5)
        if not self.program.ended:
            yield f"does not end within {_PATIENCE:.0f} s: {self._traceback()}"
            return
        code = self.program.wait_end()
        self.program.wait_quiet(0.05)
        if code not in _END_CODES and -code + 128 not in _END_CODES:
            yield f"exit code {code}: {self.program.raw[-400:]!r}"
        if match := _BAD_OUTPUT.search(self.program.raw):
            yield repr(self.program.raw[max(match.start() - 100, 0) : match.end() + 600])
        if (modes := self.program.modes()) != _BASE_MODES:
            yield f"private modes {sorted(modes)} after the end"
        if self.program.keyboard_levels():
            yield "the keyboard protocol is still on"
        if not self.program.terminal_restored():
            yield "the settings of the terminal are not restored"
        if processes := _processes_of_session(self.program.pid):
            yield f"processes left behind: {processes}"


def _damaged(homes: Path) -> Iterator[str]:
    """Yield what is wrong with saved files; a report of a crash is removed after it."""
    for path in homes.rglob("*"):
        if _TEMPORARY.search(path.name):
            yield f"{path.name} is left in {path.parent.name}"
            if path.is_file():
                if path.name.startswith("crash-"):
                    print(path.read_text(errors="replace")[-3000:])
                path.unlink()
        elif path.suffix == ".json":
            try:
                json.loads(path.read_bytes())
            except ValueError as error:
                yield f"{path.name} is damaged: {error}"


def _processes_of_session(session: int) -> list[str]:
    """Return the command lines of processes of a session, some time after its leader has ended."""
    end = time.monotonic() + 5
    while processes := [*_command_lines(session)]:
        if time.monotonic() > end:
            break
        time.sleep(0.05)
    return processes


def _command_lines(session: int) -> Iterator[str]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(") ")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                arguments = (stat.parent / "cmdline").read_bytes().split(b"\0")
                yield shlex.join(argument.decode() for argument in arguments if argument)


def main() -> None:
    """Walk through all scenes, and print what was done and found."""
    parser = argparse.ArgumentParser(prog="python -m tests.terminal.monkey", description=__doc__)
    parser.add_argument("--keys", type=int, default=50_000, help="in all (50000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scene", choices=SCENES, action="append", help="only this one")
    arguments = parser.parse_args()
    scenes = arguments.scene or [*SCENES]
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="briefing-tui-monkey-") as directory:
        monkey = Monkey(arguments.seed, Path(directory))
        for scene in scenes:
            monkey.walk(scene, arguments.keys // len(scenes))
            print(f"{scene}: {monkey.figures}, {time.monotonic() - start:.0f} s", flush=True)
    print(
        f"{monkey.figures}, seed {arguments.seed}, at most {monkey.peak_memory // 1024} MB, "
        f"{time.monotonic() - start:.0f} s: {len(monkey.findings)} findings"
    )
    if monkey.findings:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
