"""The line to the terminal: questions go out, answers come back, or do not."""

from __future__ import annotations

import os
import re
import select
import termios
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from briefing_tui.driver.tty_guard import modes_kept

_MOST = 1 << 16
"""Bytes after which an answer is none."""


class Line(Protocol):
    """Something that can be asked."""

    def ask(self, question: bytes, answer: re.Pattern[bytes], seconds: float) -> bytes:
        """Write a question, and wait until what has come back ends in its answer.

        The result is all that came, also where time ran out before the answer.
        """

    def press(self, seconds: float) -> bytes:
        """What one press of a key sends; nothing where none comes in time."""

    def show(self, text: str) -> None:
        """Write a text."""


class TerminalLine:
    """The terminal behind a file descriptor, read byte by byte."""

    REST = 0.05
    """Seconds within which all bytes of one key arrive."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal

    def ask(self, question: bytes, answer: re.Pattern[bytes], seconds: float) -> bytes:
        """Write a question, and wait for its answer."""
        self._write(question)
        came = b""
        end = time.monotonic() + seconds
        while not answer.search(came) and len(came) < _MOST:
            left = end - time.monotonic()
            if left <= 0 or not (more := self._read(left)):
                break
            came += more
        return came

    def press(self, seconds: float) -> bytes:
        """Wait for a key."""
        came = more = self._read(seconds)
        while more and len(came) < _MOST:
            more = self._read(self.REST)
            came += more
        return came

    def show(self, text: str) -> None:
        """Write a text."""
        self._write(text.encode("utf-8", "replace"))

    def _read(self, seconds: float) -> bytes:
        if not select.select([self._terminal], [], [], seconds)[0]:
            return b""
        return os.read(self._terminal, 4096)

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._terminal, data) :]


@contextmanager
def borrowed(terminal: int) -> Iterator[TerminalLine]:
    """A line to a terminal that neither echoes nor waits for Enter meanwhile.

    Ctrl-C still interrupts. Answers that come too late are dropped with the line.

    Raises:
        OSError: it is no terminal, or it is gone.
    """
    with modes_kept(terminal, flush=True):
        try:
            tty.setcbreak(terminal, termios.TCSANOW)
        except termios.error as error:
            raise OSError(*error.args) from error
        yield TerminalLine(terminal)
