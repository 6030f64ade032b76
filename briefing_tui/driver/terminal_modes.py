"""The modes that a full-screen application sets on a terminal."""

from __future__ import annotations

from textual import constants

_KEYBOARD_PROTOCOL = 1 | 4 | 8 | 16
"""Unambiguous keys, their places, all of them, with their text (kitty's enhancements)."""


def enter_sequence(*, mouse: bool) -> str:
    """Return what takes the terminal over: alternate screen, no cursor, no wrapping, input."""
    # Motion is not requested, as every event would cross the connection. The focus of the window
    # is, to tell a click in it from one that only raises it.
    keys = "" if constants.DISABLE_KITTY_KEY else f"\x1b[>{_KEYBOARD_PROTOCOL}u"
    buttons = "\x1b[?1000h\x1b[?1006h\x1b[?1004h" if mouse else ""
    return f"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h{keys}{buttons}"


def leave_sequence(*, mouse: bool) -> str:
    """Return what restores the terminal, even in the middle of a frame or of a link."""
    keys = "" if constants.DISABLE_KITTY_KEY else "\x1b[<u"
    buttons = "\x1b[?1004l\x1b[?1006l\x1b[?1000l" if mouse else ""
    style = "\x1b]8;;\x1b\\\x1b[m\x1b[?2026l"
    return f"{style}{buttons}{keys}\x1b[?2004l\x1b[?7h\x1b[?1049l\x1b[?25h"
