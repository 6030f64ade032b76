"""Lines that are edited on a terminal, without a terminal library and without control sequences."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

from briefing_tui.driver.key_decoder import DecodedKey
from briefing_tui.driver.tty_guard import in_foreground
from briefing_tui.linear.edited_line import EDITS, EditedLine, History, history_with
from briefing_tui.linear.key_stream import KeyStream
from briefing_tui.linear.line_display import LineDisplay
from briefing_tui.linear.signals import wakeup_pipe

_STOPPING = frozenset((signal.SIGTSTP, signal.SIGQUIT))
"""Signals that have their usual effect, with the modes that the terminal had before."""
_NOTICED = (*_STOPPING, signal.SIGCONT, signal.SIGWINCH)
_CHUNK = 4096


class LineInput:
    """Asks for lines on a terminal, and remembers them.

    The modes of the terminal are changed only while a line is edited. Nothing is read beyond the
    end of a line, so that what is typed ahead stays in the terminal, for the next line or for the
    shell. ``width`` returns the columns of the terminal.
    """

    def __init__(self, terminal: int, width: Callable[[], int]) -> None:
        self._terminal = terminal
        self._width = width
        self._history: History = ()
        self._killed = ""

    def ask(self, prompt: str) -> str:
        """Return the next line; bytes in it that are not UTF-8 are surrogates (PEP 383).

        Raises:
            EOFError: Ctrl-D on an empty line, or the terminal is gone.
            KeyboardInterrupt: Ctrl-C.
            OSError: The terminal cannot be used.
        """
        line = EditedLine.after(self._history, self._killed)
        display = LineDisplay(prompt)
        stream = KeyStream(EDITS)
        with wakeup_pipe(_NOTICED) as signals, _EditingModes(self._terminal) as modes:
            while True:
                ready = self._ready(signals, 0)
                if not ready:
                    _write(display.draw(line.drawn, line.cursor, self._width()))
                    ready = self._ready(signals, stream.timeout)
                if signals in ready:
                    if modes.handle(os.read(signals, _CHUNK)):
                        _write(display.restart())
                    continue
                for key in self._read(stream) if ready else stream.flush():
                    match key.name:
                        case "enter" | "ctrl+j":
                            _write(display.draw(line.drawn, line.cursor, self._width()))
                            _write(display.leave())
                            self._history = history_with(self._history, line.text)
                            self._killed = line.killed
                            return line.text
                        case "ctrl+c":
                            raise KeyboardInterrupt
                        case "ctrl+d" if not line.text:
                            raise EOFError
                        case "ctrl+z":
                            signal.raise_signal(signal.SIGTSTP)
                        case "ctrl+l":
                            _write(display.leave())
                        case _:
                            line = line.press(key.name, key.character)

    def _ready(self, signals: int, timeout: float | None) -> list[int]:
        return select.select([self._terminal, signals], [], [], timeout)[0]

    def _read(self, stream: KeyStream) -> list[DecodedKey]:
        """Return the keys that the next byte completes."""
        try:
            data = os.read(self._terminal, 1)
        except BlockingIOError:  # another process has read it
            return []
        if not data:
            raise EOFError
        return stream.feed(data)


class _EditingModes:
    """The modes of a terminal in which every key is read at once and none is echoed."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        with _as_os_error():
            self._original = termios.tcgetattr(terminal)

    def __enter__(self) -> Self:
        self._set()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._restore()

    def handle(self, numbers: bytes) -> bool:
        """Let signals stop the process; return whether others may have used the terminal since."""
        for number in _STOPPING.intersection(numbers):
            self._restore()
            handler = signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
            signal.signal(number, handler)
        is_continued = not {*_STOPPING, signal.SIGCONT}.isdisjoint(numbers)
        if is_continued:
            self._set()
        return is_continued

    def _set(self) -> None:
        """Set the modes; a process in the background is stopped until it may."""
        modes = [*self._original]
        modes[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
        modes[3] |= termios.NOFLSH  # an interrupt would drop answers on a slow line
        modes[6] = [*modes[6]]
        modes[6][termios.VMIN], modes[6][termios.VTIME] = 1, 0
        while True:
            with contextlib.suppress(InterruptedError), _as_os_error():
                termios.tcsetattr(self._terminal, termios.TCSANOW, modes)
                return

    def _restore(self) -> None:
        if in_foreground(self._terminal):
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._terminal, termios.TCSANOW, self._original)


@contextlib.contextmanager
def _as_os_error() -> Iterator[None]:
    """Raise errors of the terminal as the errors of the system that they are."""
    try:
        yield
    except termios.error as error:
        raise OSError(*error.args) from error


def _write(text: str) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()
