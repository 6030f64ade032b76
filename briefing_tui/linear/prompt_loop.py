"""The terminal of a reader of lines: a prompt, and nothing that a screen reader would stumble over.

No escape sequence is ever written: no colours, no cursor addressing, no redrawing.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator

from briefing_tui.briefing.text import cell_width
from briefing_tui.driver.tty_guard import preserve_modes
from briefing_tui.linear.reader import LineReader
from briefing_tui.linear.signals import ending, signals_heard

WIDTH = 80
"""Columns of a terminal that does not know its size."""

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals by which a session may end."""

Spell = Callable[[str], str]


def run(reader: LineReader, leave: Callable[[], object], spell: Spell = str) -> int:
    """Read with whoever sits at the terminal until they leave; the result is the exit code.

    Args:
        reader: The reading.
        leave: Is called at the end, however that comes.
        spell: Puts a line into the letters that the terminal has.
    """
    with _terminal(), ending(ENDS, leave):
        try:
            _say(reader.opening(), spell)
            _converse(reader, spell)
        except OSError:
            _silence()  # nobody reads on, or the terminal is gone
    return 0


def _converse(reader: LineReader, spell: Spell) -> None:
    interrupted = False
    while not reader.done:
        try:
            line = input(reader.prompt)
            interrupted = False
            _say(reader.do(line), spell)
        except KeyboardInterrupt:
            _drop_input()
            sys.stdout.write("\n")
            if interrupted:
                return
            interrupted = True
            _say(f"{reader.cancel()} Ctrl-C again quits.", spell)
        except EOFError:
            sys.stdout.write("\n")
            return


def wrapped(text: str, width: int) -> str:
    """A line broken at spaces into lines of at most ``width`` cells; a longer word stays whole."""
    return "\n".join(_lines(text, max(width, 1)))


def _lines(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for word in text.split(" "):
        size = cell_width(word)
        if line and used + 1 + size > width:
            yield line
            line, used = word, size
        else:
            line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    yield line


def _say(text: str, spell: Spell) -> None:
    width = _width()
    for line in text.split("\n") if text else ():
        sys.stdout.write(f"{wrapped(spell(line), width)}\n")
    sys.stdout.flush()


def _width() -> int:
    try:
        return os.get_terminal_size(1).columns or WIDTH
    except OSError:
        return WIDTH


def _silence() -> None:
    """Let what is still to be written go nowhere: Python flushes once more at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextlib.contextmanager
def _terminal() -> Iterator[None]:
    """Lend the terminal for reading lines; it gets its modes back however that ends."""
    for stream in (sys.stdin, sys.stdout):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    with preserve_modes(0), signals_heard(ENDS):
        _line_editing()
        _input_outlives_interrupts()
        yield


def _input_outlives_interrupts() -> None:
    """Let Ctrl-C drop nothing that was typed: readline would wait for it, deaf to signals."""
    with contextlib.suppress(termios.error):
        modes = termios.tcgetattr(0)
        modes[3] |= termios.NOFLSH
        termios.tcsetattr(0, termios.TCSANOW, modes)


def _drop_input() -> None:
    with contextlib.suppress(termios.error):
        termios.tcflush(0, termios.TCIFLUSH)


def _line_editing() -> None:
    """Edit lines where that can be had, without a sequence for the cursor.

    Readline writes none to a terminal that it takes for a dumb one.
    """
    os.environ["TERM"] = "dumb"
    try:
        import readline
    except ImportError:
        return
    for setting in ("enable-bracketed-paste off", "bell-style none", "show-mode-in-prompt off"):
        readline.parse_and_bind(f"set {setting}")
    readline.parse_and_bind("tab: self-insert")
