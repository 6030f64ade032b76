"""Runs a command on a pseudo-terminal and keeps what a terminal would show of it.

A command is a line for `sh`, so that pipes and redirections are written as a user types them. The
terminal is pyte's, with the answers that real ones give to the queries of the program. Nothing
here sleeps: everything waits for what is to be seen, up to a deadline.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import pty
import re
import select
import shlex
import signal
import struct
import subprocess
import tempfile
import termios
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self

import pyte
from pyte.screens import wcwidth

from tests.terminal.warm_start import COMMAND, WarmProcess, WarmStart, can_start

PROGRAM = COMMAND
"""The program as a command line; its arguments come after a space."""
ROOT = Path(__file__).resolve().parents[2]
# Documents of earlier starts: parsing one again is a third of the program's start.
_CACHE = tempfile.TemporaryDirectory(prefix="briefing-tui-cache-")
atexit.register(_CACHE.cleanup)

DEADLINE = 60.0
"""Seconds until a wait gives up; only a failure ever takes so long."""

KEYS = {
    "down": "\x1b[B",
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
}

_SEQUENCE = re.compile(
    rb"\x1b(?:"
    rb"\[(?P<csi>[0-?]*[ -/]*[@-~])"  # control sequence
    rb"|\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"  # operating system command
    rb"|[PX^_][^\x1b]*\x1b\\"  # device control and other strings
    rb"|[ -/]*[0-OQ-WYZ\\`-~])"  # two characters, or a character set
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?|[ -/]*)?\Z")
_MODE = re.compile(rb"\?([0-9;]+)([hl])")
_ANSWERS = {
    b"?2026$p": b"\x1b[?2026;2$y",  # synchronised output: known, and off
    b"?2048$p": b"\x1b[?2048;0$y",  # resizes in band: not known
    b"c": b"\x1b[?62;22c",
    b"6n": b"\x1b[1;1R",
    b"5n": b"\x1b[0n",  # well, and all that came before is shown
}
# pyte prints the tails of these: keyboard protocols and the queries of modes.
_UNKNOWN_TO_PYTE = re.compile(rb"[<>=][0-9;]*[A-Za-z]|\?[0-9;]*(?:\$p|[rsu])")


def environment(**changes: str | None) -> dict[str, str]:
    """A modern terminal's environment without the settings of whoever runs the tests."""
    personal = ("BRIEFING_TUI", "LC_", "PYTEST", "PYTHON", "SSH_", "TERM", "TEXTUAL", "TMUX")
    exact = {"COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "LANGUAGE", "BROWSER"}
    exact |= {"EDITOR", "VISUAL"}
    found: dict[str, str | None] = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(personal) and name not in exact
    }
    found |= {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "BRIEFING_TUI_CACHE": _CACHE.name,
        "BRIEFING_TUI_DATA": "",
        "BRIEFING_TUI_STATE": "",
        "BRIEFING_TUI_CONFIG": os.devnull,
    }
    found |= changes
    return {name: value for name, value in found.items() if value is not None}


_warm_starts: list[WarmStart] = []


@contextlib.contextmanager
def warm_starts() -> Iterator[None]:
    """Import the program once for all programs that are started meanwhile, where none would see."""
    with WarmStart(environment()) as start:
        _warm_starts.append(start)
        yield
        _warm_starts.remove(start)


class Chunk(NamedTuple):
    """What one reading of the terminal gave."""

    seconds: float
    """When, counted from the start of the program."""
    data: bytes


class Sequences:
    """Divides bytes, in pieces of any size, where no control sequence is cut."""

    def __init__(self) -> None:
        self._rest = b""

    def whole(self, data: bytes) -> bytes:
        """The bytes that are complete by now."""
        data = self._rest + data
        cut = _UNFINISHED.search(data)
        end = cut.start() if cut else len(data)
        self._rest = data[end:]
        return data[:end]


def without_idle_marks(text: str) -> str:
    """A text without what takes no cell and is no mark to pyte, which would drop all after it."""
    return "".join(one for one in text if unicodedata.combining(one) or wcwidth(one) > 0)


class Screen(pyte.Screen):
    """Erases all of the screen with the background that is on, as xterm does.

    Of a wide character that loses a half, a blank is left, as terminals have it.
    """

    def draw(self, data: str) -> None:
        with self._halves_blanked():
            super().draw(data if data.isascii() else without_idle_marks(data))

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        with self._halves_blanked():
            super().erase_in_line(how, private)

    def erase_characters(self, count: int | None = None) -> None:
        with self._halves_blanked():
            super().erase_characters(count)

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        super().erase_in_display(how, *args, **kwargs)
        if how == 2:
            for y in range(self.lines):
                self.buffer[y].update(dict.fromkeys(range(self.columns), self.cursor.attrs))

    @contextlib.contextmanager
    def _halves_blanked(self) -> Iterator[None]:
        """Do something on the cursor's line, and leave no half of a wide character there."""
        row = self.buffer[self.cursor.y]
        wide = [x - 1 for x, cell in row.items() if not cell.data]
        yield
        for x in wide:
            halves = row[x], row[x + 1]
            if (wcwidth(halves[0].data[:1] or " ") == 2) != (not halves[1].data):
                half = x if halves[1].data else x + 1
                row[half] = row[half]._replace(data=" ")


class Emulator:
    """A screen that bytes are fed to, in pieces of any size."""

    def __init__(self, columns: int, lines: int, screen: Screen | None = None) -> None:
        self.screen = screen or Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._sequences = Sequences()

    def feed(self, data: bytes) -> None:
        """Show bytes."""
        self._stream.feed(_SEQUENCE.sub(_known, self._sequences.whole(data)))

    @property
    def lines(self) -> list[str]:
        """What the screen shows, without spaces at the ends of lines."""
        # Not by its display, which fails where half of a wide character was written over.
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        return ["".join(row[x].data for x in range(self.screen.columns)).rstrip() for row in rows]


def _known(match: re.Match[bytes]) -> bytes:
    """A sequence, or nothing in place of one that pyte does not know."""
    return b"" if match["csi"] and _UNKNOWN_TO_PYTE.fullmatch(match["csi"]) else match[0]


class Program:
    """A command on a pseudo-terminal of its own, which is its controlling terminal."""

    def __init__(
        self,
        command: str,
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        cwd: Path = ROOT,
        emulate: bool = True,
    ) -> None:
        self.chunks: list[Chunk] = []
        self.size = size
        self.emulator = Emulator(*size)
        self.answers = True
        """Whether the terminal answers what it is asked."""
        self._emulate = emulate
        self._sequences = Sequences()
        self._master, self._slave = pty.openpty()
        self._set_size(*size)
        self.line_settings = termios.tcgetattr(self._slave)
        self.started = time.perf_counter()
        self._process = self._start(command, env if env is not None else environment(), cwd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the command, if it has not ended, and free the terminal."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        os.close(self._master)
        os.close(self._slave)

    @property
    def raw(self) -> bytes:
        """Every byte that came from the command."""
        return b"".join(chunk.data for chunk in self.chunks)

    @property
    def lines(self) -> list[str]:
        """What the screen shows."""
        return self.emulator.lines

    @property
    def text(self) -> str:
        """What the screen shows, in one piece."""
        return "\n".join(self.lines)

    def type(self, *keys: str) -> None:
        """Type keys by name, or characters as they are."""
        data = "".join(KEYS.get(key, key) for key in keys).encode(errors="surrogateescape")
        while data:
            data = data[os.write(self._master, data) :]

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size; the kernel tells the command by SIGWINCH."""
        self.size = (columns, lines)
        self.emulator.screen.resize(lines, columns)
        self._set_size(columns, lines)

    def wait(self, seen: str | Callable[[Program], bool], *, deadline: float = DEADLINE) -> Self:
        """Wait until the screen shows a text, or a condition holds."""
        shown = (lambda program: seen in program.text) if isinstance(seen, str) else seen
        wanted = repr(seen) if isinstance(seen, str) else "what was waited for"
        end = time.monotonic() + deadline
        while not shown(self):
            if self._process.poll() is not None and not self.read(0):
                raise AssertionError(self._told(f"ended before {wanted} was seen"))
            if time.monotonic() > end:
                raise AssertionError(self._told(f"{wanted} was not seen"))
            self.read(0.05)
        return self

    def wait_quiet(self, seconds: float = 0.15) -> int:
        """Wait until nothing has come for so long; the result is the number of bytes that did."""
        count = 0
        while found := self.read(seconds):
            count += found
        return count

    def wait_end(self, *, deadline: float = DEADLINE) -> int:
        """Wait until the command ends; the result is its exit code."""
        end = time.monotonic() + deadline
        while self._process.poll() is None:
            if time.monotonic() > end:
                raise AssertionError(self._told("did not end"))
            self.read(0.02)
        while self.read(0):
            pass
        return self._process.wait()

    def read(self, seconds: float) -> int:
        """Take what comes within so long, if anything; the result is how many bytes."""
        if not select.select([self._master], [], [], seconds)[0]:
            return 0
        data = os.read(self._master, 1 << 16)
        self.chunks.append(Chunk(time.perf_counter() - self.started, data))
        for sequence in control_sequences(self._sequences.whole(data)):
            if self.answers and sequence in _ANSWERS:
                os.write(self._master, _ANSWERS[sequence])
        if self._emulate:
            self.emulator.feed(data)
        return len(data)

    def modes(self) -> set[int]:
        """Private modes that are on now, by the bytes that came."""
        return modes(self.raw)

    def keyboard_levels(self) -> int:
        """Levels of the keyboard protocol of kitty that were begun, less those that were ended."""
        sequences = control_sequences(self.raw)
        begun = sum(bool(re.fullmatch(rb">\d*u", one)) for one in sequences)
        return begun - sum(bool(re.fullmatch(rb"<\d*u", one)) for one in sequences)

    def terminal_restored(self) -> bool:
        """Whether echo, line editing and the rest are as they were before the command."""
        return bool(termios.tcgetattr(self._slave) == self.line_settings)

    def first_shown(self, word: str) -> float:
        """When the screen first showed a word, in seconds from the start."""
        emulator = Emulator(*self.size)
        for chunk in self.chunks:
            emulator.feed(chunk.data)
            if any(word in line for line in emulator.lines):
                return chunk.seconds
        raise AssertionError(self._told(f"{word!r} was never shown"))

    def _start(
        self, command: str, env: Mapping[str, str], cwd: Path
    ) -> subprocess.Popen[bytes] | WarmProcess:
        terminal = os.ttyname(self._slave)
        if _warm_starts and can_start(command, env):
            return _warm_starts[-1].start(command, terminal, env, cwd)
        # A leader of a new session gets the terminal that it opens first for its own.
        terminal = shlex.quote(terminal)
        return subprocess.Popen(
            ["/bin/sh", "-c", f"exec <{terminal} >{terminal} 2>&1; {command}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # Whoever runs the tests in the background has Ctrl-C ignored, and children inherit it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            cwd=cwd,
            env=dict(env),
        )

    def _set_size(self, columns: int, lines: int) -> None:
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    def _told(self, what: str) -> str:
        code = self._process.poll()
        state = "running" if code is None else f"exit code {code}"
        frame = "\n".join(f"|{line:<{self.size[0]}}|" for line in self.lines)
        return f"{what} ({state}, {len(self.raw)} bytes)\n{frame}"


def control_sequences(data: bytes) -> list[bytes]:
    """The control sequences among bytes, each without its beginning."""
    found: list[bytes | Any] = [match["csi"] for match in _SEQUENCE.finditer(data)]
    return [sequence for sequence in found if sequence is not None]


def commands_to_system(data: bytes) -> list[bytes]:
    """The operating system commands among bytes, such as that for the clipboard."""
    found: list[bytes | Any] = [match["osc"] for match in _SEQUENCE.finditer(data)]
    return [command for command in found if command is not None]


def modes(data: bytes) -> set[int]:
    """Private modes that are on after bytes, where those of a fresh terminal were on before."""
    on = {7, 25}  # lines wrap, the cursor is shown
    for sequence in control_sequences(data):
        if match := _MODE.fullmatch(sequence):
            for number in map(int, match[1].split(b";")):
                (on.add if match[2] == b"h" else on.discard)(number)
    return on
