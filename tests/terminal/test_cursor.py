"""The cursor of the terminal, which is hidden, but which braille displays and magnifiers follow."""

from __future__ import annotations

import pytest

from briefing_tui.views.glyphs import CURSOR
from tests.terminal.pty_program import PROGRAM, Program

STEPS = {
    "": [
        ("", "▌ Russia said"),
        ("j", "▌ Modi and Putin"),
        ("2", "▌   9 Jan"),
        ("G", "▌   by Apr"),
        ("?", "   Move"),
        ("\x1b", "▌   by Apr"),
        ("s", " ▌"),
        ("\x1b", "▌   by Apr"),
        ("/", " Search all"),
        ("call", " call"),
        ("\r", "▌   7 Jan"),
        ("\x1b", "▌   by Apr"),
        ("w", "   notes.txt"),
        ("\x1b", "▌   by Apr"),
        ("p", ""),
    ],
    "library content": [("", "▌  1 May 2026"), ("/", ""), ("x", "  x"), ("\x1b", "▌  1 May 2026")],
}
"""Keys, and how the line of the cursor begins then."""


@pytest.mark.parametrize("arguments", STEPS)
def test_the_cursor_is_on_the_highlighted_row_or_in_the_field(arguments: str) -> None:
    with Program(f"exec {PROGRAM} {arguments}") as program:
        program.wait("? keys")
        for keys, start in STEPS[arguments]:
            program.type(keys)
            program.wait(lambda p, start=start: _is_on(p, start))  # type: ignore[misc]


def _is_on(program: Program, start: str) -> bool:
    cursor = program.emulator.screen.cursor
    line = program.lines[cursor.y]
    return line.startswith(start) and (CURSOR not in start or line[cursor.x] == CURSOR)
