"""Prompt loop of the line reader.

It writes no escape sequences, which screen readers would read out: no colours, no cursor movement.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator

from briefing_tui.briefing.terminal_text import typed_text, without_controls, wrap_words
from briefing_tui.driver.tty_guard import preserve_modes
from briefing_tui.linear.line_input import LineInput
from briefing_tui.linear.reader import LineReader
from briefing_tui.linear.signals import run_at_exit, uninterrupted_end

WIDTH = 80
"""Columns if the terminal does not report its size."""

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that end a session."""

Spell = Callable[[str], str]
Ask = Callable[[str], str]
"""Returns the line that answers a prompt."""


def run(reader: LineReader, leave: Callable[[], object], spell: Spell = str) -> int:
    """Run commands from the terminal until the reader leaves; return the exit code.

    ``leave`` is called at the end, in any case. ``spell`` transliterates a line.
    """
    with _terminal() as ask, run_at_exit(ENDS, leave):
        try:
            _say(reader.opening(), spell)
            _loop(reader, spell, ask)
        except OSError:
            _discard_output()  # the output is closed, or the terminal is gone
    return 0


def _loop(reader: LineReader, spell: Spell, ask: Ask) -> None:
    interrupted = False
    while not reader.done:
        try:
            line = typed_text(ask(reader.prompt))
            interrupted = False
            _say(reader.do(line), spell)
        except KeyboardInterrupt:
            with contextlib.suppress(termios.error):
                termios.tcflush(0, termios.TCIFLUSH)
            sys.stdout.write("\n")
            if interrupted:
                return
            interrupted = True
            _say(f"{reader.cancel()} Ctrl-C again quits.", spell)
        except EOFError:
            sys.stdout.write("\n")
            return


def _say(text: str, spell: Spell) -> None:
    width = _width()
    for line in text.split("\n") if text else ():
        sys.stdout.writelines(
            f"{part}\n" for part in wrap_words(spell(without_controls(line)), width)
        )
    sys.stdout.flush()


def _width() -> int:
    try:
        return os.get_terminal_size(1).columns or WIDTH
    except OSError:
        return WIDTH


def _discard_output() -> None:
    """Discard buffered output, which Python flushes at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextlib.contextmanager
def _terminal() -> Iterator[Ask]:
    """Set up the terminal; yield what asks for a line."""
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace")):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors=errors)  # type: ignore[union-attr]
    with preserve_modes(0), uninterrupted_end(ENDS):
        yield LineInput(0, _width).ask if os.isatty(0) else input
