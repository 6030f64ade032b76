"""Keys as terminals send them: by the kitty protocol, by mouse, and by way of tmux."""

# ruff: noqa: RUF001, RUF003 - letters of other scripts look like Latin ones

from __future__ import annotations

import os
import shlex
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.terminal.pty_program import PROGRAM, Program
from tests.terminal.tmux_program import need_tmux

TIMELINE, ROW, SEARCH = "━ 2 Timeline", "▌", "n next · N previous"


def kitty(code: int | str, modifiers: str = "", text: str = "") -> str:
    """Return what kitty sends for a key, with all enhancements that the reader asks for."""
    return f"\x1b[{code};{modifiers};{text}u"


def position(program: Program) -> str:
    """Return the number of the highlighted row, and how many there are."""
    return program.lines[2].rpartition("· ")[2].split(" ")[0]


class Keyboard:
    """A program, and keys sent to it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        program.wait(lambda p: p.lines[23].endswith("? keys")).wait("Bottom line")

    def send(self, *data: str, seen: str = "", at: str = "", not_seen: str = "") -> None:
        """Send bytes, and wait for a text, a row, or the absence of a text."""
        self.program.type(*data)
        self.program.wait(
            lambda p: (
                seen in p.text
                and (not at or position(p) == at)
                and (not not_seen or not_seen not in p.text)
            )
        )


def test_keys_of_the_kitty_protocol_and_the_mouse() -> None:
    with Program(PROGRAM) as program:
        keyboard = Keyboard(program)
        assert b"\x1b[>29u" in program.raw
        # Shift goes down between the count and its command.
        keyboard.send("2", seen=TIMELINE)
        keyboard.send(kitty(53, text="53"), seen="\n 5")
        program.type(kitty(57441, "2"), kitty("103:71", "2", "71"))
        keyboard.send(kitty(57441, "1:3"), at="5/13")
        # A Russian keyboard: о is on the key of j.
        keyboard.send(kitty("1086::106", text="1086"), at="6/13")
        keyboard.send(kitty("1086::106", "1:3"), kitty("1087:1055:103", "2", "1055"), at="13/13")
        keyboard.send("о", seen="No command on о · switch the keyboard layout, or set [keys]")
        keyboard.send("о", seen="No command on о · ? lists the keys")
        keyboard.send("x", seen="No command on x · ? lists the keys")
        # A message stays while a modifier is held.
        keyboard.send(kitty(57442, "5"), kitty(57439), seen="No command on x")
        # Fields get the text, and no message.
        keyboard.send("/", kitty("1086::106", text="1086"), "\x1b[15~", seen=" о ")
        keyboard.send(kitty(127, "2"), kitty(0, text="77:111:100:105"), seen=" Modi ")
        keyboard.send(kitty(13, "2"), seen=SEARCH)
        # Escape and a key at once are two keys; Alt and a key are one.
        keyboard.send("\x1b\x1b[A", seen="No command on Alt-↑")
        keyboard.send("j", seen=SEARCH)
        keyboard.send("\x1bg", at="1/13", not_seen=SEARCH)
        for opener, there in (("?", "Keys and signs"), ("s", "Source 1"), ("p", "Plain text:")):
            keyboard.send(opener, seen=there)
            keyboard.send("x", seen="No command on x")
            keyboard.send("\x1bj", seen=TIMELINE, at="2/13")
            keyboard.send(kitty(107, text="107"), at="1/13")
        for opener, there in ((":", "Half a page down"), ("A", "━ As of"), ("m", "━ Mark this")):
            keyboard.send(opener, seen=there)
            keyboard.send("\x1bj", seen=TIMELINE, at="2/13", not_seen=there)
            keyboard.send("k", at="1/13")
        # Words are deleted in fields.
        keyboard.send("A", "uno due\x1b\x7f", seen=" uno\n", not_seen="due")
        keyboard.send(kitty(91, "5"), not_seen="━ As of")
        # Of the mouse, a click moves, and a drag, another button or a lone release does not.
        row = next(y for y, line in enumerate(program.lines) if "Drift in" in line) + 1
        first = next(y for y, line in enumerate(program.lines) if "▌" in line) + 1
        nothing = (
            f"\x1b[<0;9;{first}M\x1b[<0;9;{row}m\x1b[<2;9;{row}M\x1b[<2;9;{row}m\x1b[<0;9;{row}m"
            f"\x1b[I\x1b[<0;9;{row}M\x1b[<0;9;{row}m\x1b[<0;9;999M\x1b[<0;9;999m"
        )
        keyboard.send(nothing + "e", seen="━ Evidence")
        keyboard.send("e", at="1/13")
        time.sleep(0.25)  # the window has the focus for some time
        keyboard.send(f"\x1b[<0;9;{row}M\x1b[<0;12;{row + 1}m", at="2/13")  # its second line
        program.type(kitty("1089:1057:99", "6"))
        assert program.wait_end() == 0


@pytest.fixture
def in_tmux() -> Iterator[Program]:
    need_tmux()
    tmux = f"tmux -L briefing-tui-keyboard-{os.getpid()}"
    with Program(
        f'exec 0<>"$(tty)"; {tmux} -f {os.devnull} new-session {shlex.quote(PROGRAM)}'
    ) as program:
        yield program
        subprocess.run([*tmux.split(), "kill-server"], check=False)


def test_escape_and_a_key_in_tmux(in_tmux: Program) -> None:
    in_tmux.wait(lambda p: p.lines[22].endswith("? keys")).wait("Bottom line")
    in_tmux.type("2")
    in_tmux.wait(TIMELINE)
    for number, gap in enumerate((0, 0.05, 0.2, 0.4), 1):
        in_tmux.type("/", "Modi", "enter")
        in_tmux.wait(SEARCH)
        in_tmux.type("\x1b", *("g" if gap == 0 else ""))
        if gap:
            time.sleep(gap)
            in_tmux.type("g")
        place = f"{number}/13"
        in_tmux.wait(lambda p: SEARCH not in p.text and position(p) == "1/13")
        in_tmux.type(*"0", *str(number), "G")
        in_tmux.wait(lambda p, place=place: position(p) == place)  # type: ignore[misc]
