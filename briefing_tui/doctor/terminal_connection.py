"""A connection to the terminal: questions go out, answers come back in time or do not."""

from __future__ import annotations

import os
import re
import select
import termios
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager

from briefing_tui.driver.tty_guard import preserve_modes

_MAX_BYTES = 1 << 16


class TerminalConnection:
    """Reads and writes the file descriptor of a terminal."""

    KEY_SECONDS = 0.05
    """Time within which all bytes of one key arrive."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal

    def ask(self, question: bytes, answer: re.Pattern[bytes], seconds: float) -> bytes:
        """Write a question and return all bytes received until its answer or the time limit."""
        self._write(question)
        received = b""
        end = time.monotonic() + seconds
        while not answer.search(received) and len(received) < _MAX_BYTES:
            remaining = end - time.monotonic()
            if remaining <= 0 or not (more := self._read(remaining)):
                break
            received += more
        return received

    def read_key(self, seconds: float) -> bytes:
        """Return the bytes that one key press sends; empty if none comes in time."""
        received = more = self._read(seconds)
        while more and len(received) < _MAX_BYTES:
            more = self._read(self.KEY_SECONDS)
            received += more
        return received

    def show(self, text: str) -> None:
        """Write a text in UTF-8."""
        self._write(text.encode("utf-8", "replace"))

    def _read(self, seconds: float) -> bytes:
        if not select.select([self._terminal], [], [], seconds)[0]:
            return b""
        return os.read(self._terminal, 4096)

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._terminal, data) :]


@contextmanager
def open_connection(terminal: int) -> Iterator[TerminalConnection]:
    """Connect to a terminal that meanwhile neither echoes nor waits for Enter.

    Ctrl-C still interrupts. Answers that come too late are discarded at the end.

    Raises:
        OSError: it is not a terminal, or it is gone.
    """
    with preserve_modes(terminal, flush=True):
        try:
            tty.setcbreak(terminal, termios.TCSANOW)
        except termios.error as error:
            raise OSError(*error.args) from error
        yield TerminalConnection(terminal)
