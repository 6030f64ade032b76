"""In GNU screen, inside a terminal that has what screen lacks: colours, and an alternate screen."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.pty_program import PROGRAM, environment
from tests.terminal.rough_program import RoughProgram

_SETTINGS = """
startup_message off
vbell off
term xterm-256color
"""


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[RoughProgram]:
    """A shell in screen, in a terminal with 24-bit colours."""
    if shutil.which("screen") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("GNU screen is not installed")
        pytest.skip("GNU screen is not installed")
    settings = tmp_path / "screenrc"
    settings.write_text(_SETTINGS)
    sockets = tmp_path / "sockets"
    sockets.mkdir(mode=0o700)
    env = environment(COLORTERM="truecolor", PS1="prompt: ", SCREENDIR=str(sockets), STY=None)
    command = f"exec screen -c {settings} /bin/bash --norc --noprofile -i"
    with RoughProgram(command, env=env) as program:
        program.wait("prompt:")
        yield program
        program.type("\x03\rexit\r")
        program.wait_end()


def has_prompt(program: RoughProgram) -> bool:
    """Whether the last line has a prompt and nothing else, and the cursor."""
    cursor = program.emulator.screen.cursor
    return program.lines[-1] == "prompt:" and cursor.y == program.size[1] - 1


def test_what_screen_lacks_is_not_used_and_the_prompt_is_on_a_line_of_its_own(
    shell: RoughProgram,
) -> None:
    program = shell
    program.type(f"{PROGRAM}\r")
    program.wait("Bottom line")
    program.type("2")
    program.wait("[2 Timeline]")
    colours = re.findall(rb"\x1b\[[\d;]*m", program.raw)
    assert any(b"48;5;" in colour for colour in colours)
    misread = re.compile(rb"[34]8;2;|(?:^|[;\[])(?:4[12]|10[0-7]|3[1-6])[;m]")
    assert not [colour for colour in colours if misread.search(colour)]
    cells = [program.emulator.screen.buffer[y][x] for y in range(24) for x in range(80)]
    assert not [cell for cell in cells if cell.bg == "default"], "screen erases without colours"

    program.type("\x1a")
    program.wait("Stopped")
    program.wait(has_prompt)  # type: ignore[arg-type]
    program.type("fg\r")
    program.wait("[2 Timeline]")
    program.type("q")
    program.wait(has_prompt)  # type: ignore[arg-type]
