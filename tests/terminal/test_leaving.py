"""Whatever ends the reader, the terminal is as it was, nothing runs on, and the shell is told."""

from __future__ import annotations

import os
import re
import shlex
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.profiles import thorough
from tests.terminal.pty_program import DEADLINE, PROGRAM, control_sequences, environment, modes
from tests.terminal.rough_program import RoughProgram

READER = f"exec {PROGRAM}"
"""The program in place of the shell, so that signals for one reach the other."""


def open_reader(command: str = READER, **changes: str | None) -> RoughProgram:
    return RoughProgram(command, env=environment(**changes))


def in_place_of(patch: str) -> str:
    """The program with something in it replaced."""
    code = f"{patch}\nfrom briefing_tui.cli import main\nmain()"
    return f"exec {shlex.quote(sys.executable)} -c {shlex.quote(code)}"


def as_before(program: RoughProgram) -> None:
    """The terminal is as it was, and no process is left."""
    assert program.modes() == modes(b"")
    assert program.terminal_restored()
    assert program.keyboard_levels() == 0, "the keyboard protocol is left on"
    sequences = control_sequences(program.raw)
    assert sequences[-1] not in (b"5n", b"6n"), "an answer would be typed into the shell"
    last_line = b"\x1b[r\x1b[999H\x1b[K"
    assert program.raw.rpartition(b"\x1b[?1049l")[0].endswith(last_line), "for the prompt"
    with pytest.raises(ProcessLookupError):
        os.killpg(program.pid, 0)


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("q", id="q"),
        pytest.param("Q", id="Q", marks=thorough),
        pytest.param("\x03", id="Ctrl-C"),
        pytest.param("\x11", id="Ctrl-Q", marks=thorough),
    ],
)
def test_a_key(key: str) -> None:
    with open_reader() as program:
        program.wait("Bottom line")
        program.type(key)
        assert program.wait_end() == 0
        as_before(program)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal(number: signal.Signals) -> None:
    with open_reader() as program:
        program.wait("Bottom line")
        os.kill(program.pid, number)
        assert program.wait_end() == 128 + number
        as_before(program)


def test_a_signal_before_anything_is_shown() -> None:
    with open_reader() as program:
        program.wait(lambda p: b"\x1b[?1049h" in p.raw)
        os.kill(program.pid, signal.SIGTERM)
        assert program.wait_end() == 128 + signal.SIGTERM
        as_before(program)


def told_to_stop(program: RoughProgram) -> None:
    os.kill(int(program.title.removeprefix("reader ")), signal.SIGTSTP)


def stopped_by_key(program: RoughProgram) -> None:
    program.type("\x1a")


@pytest.mark.parametrize("stop", [told_to_stop, stopped_by_key])
def test_a_stop_lends_the_terminal_to_the_shell_and_takes_it_back(
    stop: Callable[[RoughProgram], None],
) -> None:
    with open_reader(shell()) as program:
        program.wait("Bottom line")
        program.type("2")
        program.wait("[2 Timeline]")
        program.wait(lambda p: p.wait_quiet(0.3) == 0)
        before = program.lines
        stop(program)
        program.wait("stopped")
        assert program.modes() == modes(b"")
        assert program.terminal_restored()
        program.type("\n")
        program.wait(lambda p: p.lines == before)
        assert 1049 in program.modes()
        program.type("j")
        program.wait(lambda p: p.lines != before and "[2 Timeline]" in p.text)
        program.type("q")
        assert program.wait_end() == 0
        as_before(program)


@pytest.mark.parametrize(
    ("arguments", "keys", "seen"),
    [
        ("library content", "", "Enter open"),
        ("", "?", "Keys and signs"),
        pytest.param("", "w", "Enter accepts", marks=thorough),
        pytest.param("", ":", "Search", marks=thorough),
    ],
)
def test_the_stopping_key_works_in_the_library_and_above_the_reader(
    arguments: str, keys: str, seen: str
) -> None:
    with open_reader(shell(arguments)) as program:
        program.wait("? keys")
        program.type(keys)
        program.wait(seen)
        program.wait(lambda p: p.wait_quiet(0.3) == 0)
        before = program.lines
        stopped_by_key(program)
        program.wait("stopped")
        assert program.terminal_restored()
        program.type("\n")
        program.wait(lambda p: p.lines == before)
        program.type("\x03")
        assert program.wait_end() == 0
        as_before(program)


def test_the_stopping_key_stops_what_the_shell_started_together() -> None:
    with open_reader(shell(wrapper="/bin/sh")) as program:
        program.wait("Bottom line")
        stopped_by_key(program)
        program.wait("stopped")
        assert program.terminal_restored()
        program.type("\n")
        program.wait("Bottom line")
        program.type("q")
        assert program.wait_end() == 0
        as_before(program)


def shell(arguments: str = "", wrapper: str = "") -> str:
    """A shell with job control, in which the reader runs, perhaps inside another program."""
    words = [sys.executable, "-m", "briefing_tui", *arguments.split()]
    if wrapper:
        words = [wrapper, "-c", f"{shlex.join(words)}; exit $?"]
    return f"exec {shlex.quote(sys.executable)} -c {shlex.quote(_SHELL)} {shlex.join(words)}"


@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM, *(pytest.param(n, marks=thorough) for n in (signal.SIGHUP, signal.SIGINT))],
)
def test_a_stopped_reader_leaves_the_terminal_alone_and_ends_on_a_signal(
    number: signal.Signals,
) -> None:
    code = _SHELL[: _SHELL.index("os.tcsetpgrp(0, reader)")] + _ENDS_THE_READER
    command = shlex.join([sys.executable, "-c", code, sys.executable, "-m", "briefing_tui"])
    with open_reader(f"exec {command}", NUMBER=str(int(number))) as program:
        program.wait("Bottom line")
        program.wait(lambda p: p.wait_quiet(0.2) == 0)
        stopped_by_key(program)
        program.wait("stopped")
        sent = len(program.raw)
        program.type("\n")
        program.wait("continued")
        assert program.raw[sent:] == b"\r\ncontinued\r\n"
        program.type("\n")
        assert program.wait_end() == 128 + number
        as_before(program)


@pytest.mark.parametrize(
    ("arguments", "seen"), [("--plain", "quit leaves"), ("doctor", "Press the key")]
)
def test_what_reads_lines_ends_on_a_signal_when_stopped(arguments: str, seen: str) -> None:
    code = _SHELL.replace("os.tcsetpgrp(0, reader)", "os.killpg(reader, signal.SIGTERM)")
    command = [sys.executable, "-c", code, sys.executable, "-m", "briefing_tui", arguments]
    with open_reader(f"exec {shlex.join(command)}") as program:
        program.wait(seen)
        stopped_by_key(program)
        program.wait("stopped")
        program.type("\n")
        assert program.wait_end() == 128 + signal.SIGTERM


def test_a_stop_keeps_a_line_that_is_edited() -> None:
    with open_reader(shell("--plain")) as program:
        program.wait("\n>")
        program.type("/light")
        program.wait("> /light")
        stopped_by_key(program)
        program.wait("stopped")
        assert program.terminal_restored()
        program.type("\n")
        program.wait("> /light")
        program.type("\x15quit\r")
        assert program.wait_end() == 0
        assert program.terminal_restored()


_ENDS_THE_READER = """
import time
os.killpg(reader, signal.SIGCONT)
time.sleep(0.3)
print("continued", flush=True)
sys.stdin.readline()
os.killpg(reader, signal.SIGSTOP)
os.killpg(reader, int(os.environ["NUMBER"]))
os.killpg(reader, signal.SIGCONT)
_, status = os.waitpid(reader, 0)
sys.exit(os.waitstatus_to_exitcode(status))
"""
_SHELL = """
import os, signal, sys
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
reader = os.fork()
if not reader:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.argv[1], sys.argv[1:])
print(f"\\x1b]2;reader {reader}\\x07", end="", flush=True)
_, status = os.waitpid(reader, os.WUNTRACED)
os.tcsetpgrp(0, os.getpgrp())
print("\\x1b[H\\x1b[Jstopped", flush=True)
sys.stdin.readline()
os.tcsetpgrp(0, reader)
os.killpg(reader, signal.SIGCONT)
_, status = os.waitpid(reader, 0)
os.tcsetpgrp(0, os.getpgrp())
sys.exit(os.waitstatus_to_exitcode(status))
"""


@pytest.mark.parametrize("key", ["", "\x1a"], ids=["signal", "key"])
def test_a_stop_that_nobody_could_end_does_not_happen(key: str) -> None:
    with open_reader() as program:
        program.wait("Bottom line")
        if key:
            program.type(key)
        else:
            os.kill(program.pid, signal.SIGTSTP)
        program.wait(lambda p: p.raw.count(b"\x1b[?1049h") == 2)
        program.type("2")
        program.wait("[2 Timeline]")
        program.type("q")
        assert program.wait_end() == 0
        as_before(program)


def test_a_terminal_that_another_program_may_have_changed_gets_all_modes_and_cells() -> None:
    with open_reader() as program:
        program.wait("Bottom line")
        program.type("2j")
        program.wait("10/13")
        program.wait(lambda p: p.wait_quiet(0.3) == 0)
        before = program.lines[:-1]
        on = program.modes()
        for signals in ([signal.SIGSTOP, signal.SIGCONT], [signal.SIGWINCH], []):
            program.emulator.feed(b"\x1b[H\x1b[2Jnot ours")
            sent = len(program.raw)
            for number in signals:
                os.kill(program.pid, number)
            if not signals:
                program.type("R")
            program.wait(lambda p: p.lines[:-1] == before)
            assert modes(program.raw[sent:]) == on
        program.type("q")
        assert program.wait_end() == 0
        as_before(program)


def test_what_interrupts_an_editor_does_not_end_the_reader(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nkill -INT $PPID\nsleep 0.1\necho "edited" >"$1"\n')
    editor.chmod(0o755)
    with open_reader(EDITOR=str(editor), VISUAL=str(editor)) as program:
        program.wait("Bottom line")
        program.type("E")
        program.wait(lambda p: p.raw.count(b"\x1b[?1049h") == 2)
        program.type("2")
        program.wait("[2 Timeline]")
        program.type("\x03")
        assert program.wait_end() == 0
        as_before(program)


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        ("/nonexistent/ed -w", "/nonexistent/ed: No such file or directory"),
        pytest.param('"unbalanced', '"unbalanced: No closing quotation', marks=thorough),
        ("sh -c 'exit 3' --", "The editor ended with code 3; the note is as it was"),
        ("sh -c 'echo again >\"$1\"' --", "Noted"),
    ],
)
def test_the_reader_comes_back_from_an_editor_and_says_how_it_went(editor: str, told: str) -> None:
    with open_reader(EDITOR=editor) as program:
        program.wait("Bottom line")
        program.type("E")
        program.wait(told)
        program.type("2")
        program.wait(lambda p: "[2 Timeline]" in p.text and told not in p.text)
        program.type("q")
        assert program.wait_end() == 0
        as_before(program)


FAILS = """
from briefing_tui.tui.app import BriefingApp
async def quit(self):
    value = "a value of a local variable"
    raise ValueError("what went wrong")
BriefingApp.action_quit = quit
"""


def test_a_mistake_of_the_program_is_told_in_two_lines(tmp_path: Path) -> None:
    with open_reader(in_place_of(FAILS), BRIEFING_TUI_STATE=str(tmp_path)) as program:
        program.wait("Bottom line")
        program.type("\x03")
        assert program.wait_end() == 1
        as_before(program)
        told = program.raw.rpartition(b"\x1b[?25h")[2].decode().split("\r\n")
        assert told[0] == "briefing-tui: a mistake of the program ended it (ValueError)"
        assert re.fullmatch(r"please report it with .*/crash-\d+-\d+-\d+\.log", told[1])
        assert told[2:] == [""]
        assert b"a value of a local variable" not in program.raw
        assert b"Traceback" not in program.raw
    log = next(tmp_path.glob("crash-*.log")).read_text(encoding="utf-8")
    assert "ValueError: what went wrong" in log
    assert "in quit" in log
    assert "a value of a local variable" not in log


def test_a_mistake_is_told_where_no_log_can_be_written() -> None:
    with open_reader(in_place_of(FAILS), BRIEFING_TUI_STATE="/dev/null/state") as program:
        program.wait("Bottom line")
        program.type("\x03")
        assert program.wait_end() == 1
        as_before(program)
        assert "no log could be written" in program.text


@pytest.mark.parametrize("ignoring", ["", "trap '' HUP; "], ids=["", "SIGHUP ignored"])
def test_a_terminal_that_goes_away(ignoring: str) -> None:
    with open_reader(f"{ignoring}{READER}") as program:
        program.wait("Bottom line")
        program.hang_up()
        assert program.wait_end() == 128 + signal.SIGHUP


def test_a_terminal_that_goes_away_and_controls_nothing(tmp_path: Path) -> None:
    found = tmp_path / "pid"
    inner = f"echo $$ >{shlex.quote(str(found))}; {READER}"
    with open_reader(f"setsid sh -c {shlex.quote(inner)}; sleep 60") as program:
        program.wait("Bottom line")
        pid = int(found.read_text())
        program.hang_up()
        end = time.monotonic() + DEADLINE
        while _runs(pid):
            assert time.monotonic() < end, "it runs for ever"
            time.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


HOSTILE = {
    "no text": b"\xff\xfe\xc3\x28\x80",
    "no character": b"\x1b[99999999u\x1b[55296u\x1b[1114112;2u",
    "huge numbers": b"\x1b[" + b"9" * 5000 + b"u\x1b[1;" + b"9" * 40 + b"A",
    "a size": b"\x1b[48;9999;9999;9;9t\x1b[8;9999;9999t",
    "answers": b"\x1b[?62;22c\x1b[>0;276;0c\x1b[?2026;2$y\x1b[0n\x1b[0n\x1b[3n",
    "strings": b"\x1b]11;rgb:2222/2222/2222\x07\x1bP>|XTerm(390)\x1b\\",
    "clicks nowhere": b"\x1b[<0;9999;9999M\x1b[<0;-5;-5M\x1b[M\xff\xff\xff",
    "controls": bytes(one for one in range(0x20) if one not in (0x03, 0x0D, 0x11, 0x1B)),
    "unfinished": b"\x1b[200~never ended",
}
"""What a terminal may send that is no key."""


def test_what_is_no_key_does_no_harm() -> None:
    with open_reader() as program:
        program.wait("Bottom line")
        for data in HOSTILE.values():
            program.send(data)
            program.wait_quiet(0.25)
            program.type("\x1b")
        start = time.monotonic()
        while "[3 Actors]" not in program.text:
            assert time.monotonic() - start < DEADLINE
            program.wait_quiet(2.2)  # after which a paste without an end is one
            program.type("3")
            program.wait_quiet(0.3)
        program.type("\x03")
        assert program.wait_end() == 0
        as_before(program)


@pytest.mark.parametrize(
    ("before", "times", "after"),
    [
        pytest.param(b"\x1b[200~", 100_000, b"\x1b[201~", id="as a paste"),
        pytest.param(b"\x1b[200~", 1_700_000, b"\x1b[201~", id="as a long paste", marks=thorough),
        pytest.param(b"", 20_000, b"", id="as keys"),
        pytest.param(b"", 1_700_000, b"", id="as megabytes of keys", marks=thorough),
    ],
)
def test_a_flood_of_pasted_text(before: bytes, times: int, after: bytes) -> None:
    with open_reader() as program:
        program.wait("Bottom line")
        program.send(before + b"kjj" * times + after)
        start = time.monotonic()
        while "[2 Timeline]" not in program.text:  # of a flood the end is lost
            assert time.monotonic() - start < DEADLINE
            program.type("2")
            program.wait_quiet(0.2)
        program.type("Q")
        assert program.wait_end() == 0
        as_before(program)


def test_any_size() -> None:
    with open_reader() as program:
        program.wait("Bottom line")
        for size in ((1, 1), (2, 1), (1, 40), (400, 2), (600, 200)):
            program.resize(*size)
            program.wait_quiet(0.2)
            program.resize(80, 24)
            program.wait("[1 Summary]")
        program.type("q")
        assert program.wait_end() == 0
        as_before(program)


def test_a_terminal_that_takes_nothing_holds_nobody() -> None:
    with open_reader() as program:
        program.wait("Bottom line")
        for _ in range(60):  # nothing is read, so that the buffers in between fill up
            program.send_unread(b"\x0c2j1j")
            time.sleep(0.01)
        os.kill(program.pid, signal.SIGTERM)
        assert program.wait_end_unread(deadline=20) == 128 + signal.SIGTERM
        assert program.terminal_restored()
