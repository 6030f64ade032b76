"""How a terminal is taken over and given back: its modes, and the settings of its line."""

from __future__ import annotations

import contextlib
import os
import termios
import tty
from typing import Any

from textual import constants

LARGEST = (1000, 400)
"""Columns and lines beyond which a size is a mistake, or an attack."""
USUAL = (80, 24)
"""Size of a terminal that does not know its own, such as one on a serial line."""

_KEY_PROTOCOL = 1 | 8 | 16
"""Unambiguous keys, all of them, with their text (kitty's progressive enhancement)."""
_FILLING = ("xterm", "linux", "rxvt", "konsole", "alacritty", "foot", "wezterm", "ghostty", "vte")
"""Terminals that erase with the background that is on (``bce`` of terminfo)."""

Settings = list[Any]


def entering(*, mouse: bool) -> str:
    """Take over: alternate screen, no cursor, no wrapping, keys, pasted text, clicks.

    Of the mouse only buttons, the wheel and dragging: each motion would cross the line.
    """
    keys = "" if constants.DISABLE_KITTY_KEY else f"\x1b[>{_KEY_PROTOCOL}u"
    clicks = "\x1b[?1000h\x1b[?1002h\x1b[?1006h" if mouse else ""
    return f"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h{keys}{clicks}"


def leaving(*, mouse: bool) -> str:
    """Give back all that was taken, also in the middle of a frame or of a link."""
    keys = "" if constants.DISABLE_KITTY_KEY else "\x1b[<u"
    clicks = "\x1b[?1006l\x1b[?1002l\x1b[?1000l" if mouse else ""
    style = "\x1b]8;;\x1b\\\x1b[m\x1b[?2026l"
    return f"{style}{clicks}{keys}\x1b[?2004l\x1b[?7h\x1b[?1049l\x1b[?25h"


def raw(descriptor: int) -> Settings | None:
    """Let every key through as it is; the result is what to give back, if it is a terminal."""
    for _ in range(3):  # a signal may come between
        with contextlib.suppress(termios.error):
            before = termios.tcgetattr(descriptor)
            now = [*before]
            now[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
            now[tty.IFLAG] &= ~(
                termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
            )
            now[tty.CC] = [*before[tty.CC]]
            now[tty.CC][termios.VMIN] = 1
            now[tty.CC][termios.VTIME] = 0
            termios.tcsetattr(descriptor, termios.TCSANOW, now)
            return before
    return None


def cooked(descriptor: int, settings: Settings | None) -> None:
    """Give the settings back; what was typed meanwhile is not for the shell."""
    if settings is not None:
        with contextlib.suppress(termios.error):
            termios.tcflush(descriptor, termios.TCIFLUSH)
            termios.tcsetattr(descriptor, termios.TCSANOW, settings)


def own_descriptor(descriptor: int, way: int) -> int | None:
    """A descriptor of our own for a terminal, which never waits; nothing where there is none.

    ``way`` is ``os.O_RDONLY`` or ``os.O_WRONLY``.
    """
    try:
        return os.open(os.ttyname(descriptor), way | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None


def size(descriptor: int) -> tuple[int, int]:
    """Columns and lines of a terminal, at least one of each."""
    found = (0, 0)
    with contextlib.suppress(OSError):
        found = os.get_terminal_size(descriptor)
    columns, lines = (
        min(number or usual, largest)
        for number, usual, largest in zip(found, USUAL, LARGEST, strict=True)
    )
    return columns, lines


def fills(term: str) -> bool:
    """Whether erasing takes the background that is on."""
    return term.startswith(_FILLING)
