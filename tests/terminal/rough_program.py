"""A program on a terminal that treats it badly: hangs up, floods it, is slow, takes nothing."""

from __future__ import annotations

import os
import select
import time
from collections import deque
from pathlib import Path
from typing import Any

from tests.terminal.pty_program import DEADLINE, Program, control_sequences


class RoughProgram(Program):
    """A command on a pseudo-terminal that may be gone."""

    @property
    def pid(self) -> int:
        """The process, or its shell's."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether the process has ended."""
        return self._process.poll() is not None

    @property
    def is_stopped(self) -> bool:
        """Whether the process is stopped by a signal."""
        try:
            status = Path(f"/proc/{self.pid}/stat").read_text()
        except OSError:
            return False
        return status.rpartition(") ")[2].startswith("T")

    @property
    def title(self) -> str:
        """What the terminal's window would be called."""
        return str(self.emulator.screen.title)

    def send(self, data: bytes) -> None:
        """Send bytes of any number, and take what comes meanwhile."""
        while data:
            readable, writable, _ = select.select([self._master], [self._master], [], 1)
            if readable:
                self.read(0)
            if writable:
                data = data[os.write(self._master, data[:1024]) :]

    def send_unread(self, data: bytes) -> None:
        """Send bytes, and take nothing of what comes."""
        os.write(self._master, data)

    def hang_up(self) -> None:
        """Be gone, like a window that was closed."""
        os.close(self._master)
        self._master = os.open(os.devnull, os.O_RDWR)

    def wait_end_unread(self, *, deadline: float = DEADLINE) -> int:
        """Wait until the command ends, and take nothing of what comes; the result as ever."""
        return self._process.wait(deadline)


class SlowProgram(RoughProgram):
    """A command at the far end of a line that is slow both ways."""

    def __init__(self, command: str, *, rate: float, delay: float, **options: Any) -> None:
        """Run a command.

        Args:
            command: A line for ``sh``.
            rate: Bytes a second to the terminal.
            delay: Seconds that every byte is on the way, to the terminal and back.
            options: Those of any program.
        """
        super().__init__(command, **options)
        self._rate = rate
        self._delay = delay
        self._coming: deque[tuple[float, bytes]] = deque()
        self._going: deque[tuple[float, bytes]] = deque()
        self._free_at = 0.0
        self.in_line = 0
        """Bytes that have left the program and are not shown yet."""

    def press(self, data: bytes) -> None:
        """Type something here, which arrives there later."""
        self._going.append((time.monotonic() + self._delay, data))

    def pass_on(self, seconds: float) -> None:
        """Let the line work for a while."""
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            while self._going and self._going[0][0] <= now:
                os.write(self._master, self._going.popleft()[1])
            if select.select([self._master], [], [], 0.005)[0]:
                data = os.read(self._master, 1 << 16)
                self.in_line += len(data)
                for start in range(0, len(data), 96):
                    piece = data[start : start + 96]
                    self._free_at = max(self._free_at, now) + len(piece) / self._rate
                    self._coming.append((self._free_at + self._delay, piece))
            while self._coming and self._coming[0][0] <= now:
                self._show(self._coming.popleft()[1])

    def _show(self, data: bytes) -> None:
        self.in_line -= len(data)
        self.emulator.feed(data)
        for sequence in control_sequences(self._sequences.whole(data)):
            if sequence == b"5n":
                self.press(b"\x1b[0n")
