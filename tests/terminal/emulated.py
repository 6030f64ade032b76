"""What an emulator shows, so that two can be compared."""

from __future__ import annotations

from typing import Any

from tests.terminal.pty_program import Emulator

Shown = list[list[tuple[Any, ...]]]


def shown(emulator: Emulator) -> Shown:
    """Every cell with its style; of a blank only what is to be seen of it."""
    screen = emulator.screen
    return [
        [_cell(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)
    ]


def _cell(char: Any) -> tuple[Any, ...]:
    marks = (char.underscore, char.strikethrough, char.reverse, char.blink)
    if char.data == " " and not any(marks):
        return (" ", char.bg)
    return tuple(char)
