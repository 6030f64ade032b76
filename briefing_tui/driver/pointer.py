"""Turns mouse reports into clicks and turns of the wheel, and drops everything else."""

from __future__ import annotations

import re
from collections.abc import Callable

from textual import events

_REPORT = re.compile(rb"\x1b\[<([0-9]{1,5});([0-9]{1,5});([0-9]{1,5})([Mm])")
"""A report in SGR mode (1006): button and modifiers, column, line, press or release."""
_BUTTON, _MODIFIERS, _WHEEL = 0b1110_0011, 0b0001_1100, 0b0100_0000
_RELEASED = 3
"""The button of a release from a terminal that does not report which."""
_FOCUS_CLICK = 0.2
"""Seconds after the window got the focus in which a press belongs to that."""


class Pointer:
    """Follows the left button, so that only press and release together are passed on."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._focused_at = float("-inf")
        self._pressed: events.MouseEvent | None = None

    def focused(self) -> None:
        """Note that the terminal's window got the focus, perhaps by a click."""
        self._focused_at = self._clock()
        self._pressed = None

    def decode(self, report: bytes) -> list[events.MouseEvent]:
        """Return the events of a report: a turn of the wheel, or a press and its release.

        Other buttons are dropped, and so is a press of the left button if another button or the
        wheel is used before its release. Whether both hit the same target is up to the application.
        """
        match = _REPORT.fullmatch(report)
        if match is None:
            return []
        code, column, line = (int(match[number]) for number in (1, 2, 3))
        is_press = match[4] == b"M"
        button = code & _BUTTON
        pressed, self._pressed = self._pressed, None
        if column < 1 or line < 1:
            return []
        if button & ~1 == _WHEEL and is_press:
            wheel = events.MouseScrollDown if button & 1 else events.MouseScrollUp
            return [_event(wheel, 0, code, column, line)]
        if button and (is_press or button != _RELEASED):
            return []
        if not is_press:
            release = _event(events.MouseUp, 1, code, column, line)
            return [pressed, release] if pressed else []
        if self._clock() - self._focused_at > _FOCUS_CLICK:
            self._pressed = _event(events.MouseDown, 1, code, column, line)
        return []


def _event(
    kind: type[events.MouseEvent], button: int, code: int, column: int, line: int
) -> events.MouseEvent:
    x, y = column - 1, line - 1
    shift, meta, ctrl = (bool(code & bit) for bit in (4, 8, 16))
    return kind(None, x, y, 0, 0, button, shift, meta, ctrl, screen_x=x, screen_y=y)
