"""The modes that a full-screen application sets on a terminal."""

from __future__ import annotations

from textual import constants

_KEYBOARD_PROTOCOL = 1 | 4 | 8 | 16
"""Unambiguous keys, their places, all of them, with their text (kitty's enhancements)."""
_BUTTONS = "\x1b[?1000h\x1b[?1006h\x1b[?1004h"
"""Motion is not requested, as every event would cross the connection; the focus of the window is,
to tell a click in it from one that only raises it."""
_CLEAN_LAST_LINE = "\x1b[r\x1b[999H\x1b[K"
"""For the prompt of the shell on a terminal without an alternate screen; ncurses does the same."""


def enter_sequence(*, mouse: bool) -> str:
    """Return what takes the terminal over: alternate screen, no cursor, no wrapping, input."""
    keys = "" if constants.DISABLE_KITTY_KEY else f"\x1b[>{_KEYBOARD_PROTOCOL}u"
    return f"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h{keys}{_BUTTONS if mouse else ''}"


def leave_sequence(*, mouse: bool) -> str:
    """Return what restores the terminal, even in the middle of a frame or of a link."""
    keys = "" if constants.DISABLE_KITTY_KEY else "\x1b[<u"
    buttons = "\x1b[?1004l\x1b[?1006l\x1b[?1000l" if mouse else ""
    style = "\x1b]8;;\x1b\\\x1b[m\x1b[?2026l"
    return f"{style}{buttons}{keys}\x1b[?2004l\x1b[?7h{_CLEAN_LAST_LINE}\x1b[?1049l\x1b[?25h"


def repeat_sequence(*, mouse: bool) -> str:
    """Return what sets the modes again, except that the screen is not switched.

    For a terminal that was resized, and may have been replaced by another one at that moment.
    """
    keys = "" if constants.DISABLE_KITTY_KEY else f"\x1b[={_KEYBOARD_PROTOCOL}u"
    return f"\x1b[?25l\x1b[?7l\x1b[?2004h{keys}{_BUTTONS if mouse else ''}"
