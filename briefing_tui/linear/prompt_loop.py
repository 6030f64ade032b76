"""Prompt loop of the line reader.

It writes no escape sequences, which screen readers would read out: no colours, no cursor movement.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator

from briefing_tui.briefing.terminal_text import typed_text, without_controls, wrap_words
from briefing_tui.driver.tty_guard import preserve_modes
from briefing_tui.linear.reader import LineReader
from briefing_tui.linear.signals import forwarded_signals, run_at_exit

WIDTH = 80
"""Columns if the terminal does not report its size."""

_MIN_EDITABLE = 4
"""Columns that a line editor needs: GNU readline 8 divides by a third of the width, less one."""
_HEIGHT = 24
"""Lines for the line editor, which uses one of them."""

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that end a session."""

Spell = Callable[[str], str]


def run(reader: LineReader, leave: Callable[[], object], spell: Spell = str) -> int:
    """Run commands from the terminal until the reader leaves; return the exit code.

    ``leave`` is called at the end, in any case. ``spell`` transliterates a line.
    """
    with _terminal() as adapt_editor, run_at_exit(ENDS, leave):
        try:
            _say(reader.opening(), spell)
            _loop(reader, spell, adapt_editor)
        except OSError:
            _discard_output()  # the output is closed, or the terminal is gone
    return 0


def _loop(reader: LineReader, spell: Spell, adapt_editor: Callable[[], object]) -> None:
    interrupted = False
    while not reader.done:
        try:
            adapt_editor()
            line = typed_text(input(reader.prompt))
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
def _terminal() -> Iterator[Callable[[], object]]:
    """Set up the terminal; yield what adapts the line editor to its width."""
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace")):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors=errors)  # type: ignore[union-attr]
    # Continued in the background, readline sets its modes at once: SIGTTOU would stop the process
    # again, before a signal that was sent during the stop could end it.
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    with preserve_modes(0), forwarded_signals(ENDS):
        former = signal.getsignal(signal.SIGWINCH)
        adapt_editor = _set_up_readline()
        _keep_input_on_interrupt()
        try:
            yield adapt_editor
        finally:
            signal.signal(signal.SIGWINCH, former)


def _keep_input_on_interrupt() -> None:
    """Keep the input queue on Ctrl-C: readline would wait for it without handling signals."""
    with contextlib.suppress(termios.error):
        modes = termios.tcgetattr(0)
        modes[3] |= termios.NOFLSH
        termios.tcsetattr(0, termios.TCSANOW, modes)


def _set_up_readline() -> Callable[[], object]:
    """Set up readline, if there is one, to write no escape sequences, as for a dumb terminal.

    Returns:
        What adapts it to the width of the terminal, to be called between two lines.
    """
    os.environ["TERM"] = "dumb"
    if _width() < _MIN_EDITABLE:
        return lambda: None  # readline would cut letters in two
    try:
        import readline
    except ImportError:
        return lambda: None
    for setting in ("enable-bracketed-paste off", "bell-style none", "show-mode-in-prompt off"):
        readline.parse_and_bind(f"set {setting}")
    readline.parse_and_bind("tab: self-insert")
    # The arrow keys stay; of other sequences, readline would insert the ends.
    readline.parse_and_bind(r'"\e[": skip-csi-sequence')
    # Escape and a number would repeat the next character, a billion times if asked to.
    for sign in "-0123456789":
        readline.parse_and_bind(rf'"\e{sign}": "{sign}"')
    with contextlib.suppress(AttributeError, OSError, ValueError):  # other libraries than GNU's
        library = ctypes.CDLL(readline.__file__)
        set_size = library.rl_set_screen_size
        ctypes.c_int.in_dll(library, "rl_catch_sigwinch").value = 0
        # It would draw the line again, for any width and at any moment.
        signal.signal(signal.SIGWINCH, lambda *_: None)
        return lambda: set_size(_HEIGHT, max(_width(), _MIN_EDITABLE))
    return lambda: None
