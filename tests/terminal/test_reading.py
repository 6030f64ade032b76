"""The program on a terminal: what it shows, and what it sends."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from benchmarks.generate import TITLE, briefing
from tests.conftest import DATA
from tests.profiles import thorough
from tests.terminal.pty_program import (
    PROGRAM,
    ROOT,
    Program,
    commands_to_system,
    control_sequences,
    environment,
)

BUNDLED = shlex.quote(str(ROOT / "content" / "india-russia-s400-2019.yaml"))
MOUSE = {1000, 1002, 1003, 1005, 1006, 1015, 1016}
ALTERNATE_SCREEN = 1049

HOSTILE = r"""
briefing: 1
title: "Harmless\e]0;pwned\a \e[2J\e]52;c;cHduZWQ=\a end"
as_of: 2021-06-15
about: gazette
bottom_line:
  - {text: "Line \x9d0;pwned\x9c \eP+q\e\\ of text\e[?1003h.", cite: [gazette]}
sources:
  gazette: {kind: wire, title: "T\e]0;pwned\a", publisher: "P\e]8;;pwned:\a", published: 2021-06-15,
            url: "https://a.example/\e]0;pwned\a", reliability: C}
actors:
  holm: {name: "Holm \e]0;pwned\a", kind: person, cite: [gazette]}
timeline:
  - {id: one, headline: "H\e]0;pwned\a", type: "\e]0;pwned\a", date: 2021-06-10, cite: [gazette]}
  - {id: two, headline: "H\e]0;pwned\a", type: call, date: "\e]0;pwned\a", cite: [gazette],
     "\e]0;pwned\a": x}
"""


def test_the_bundled_briefing_opens() -> None:
    with Program(PROGRAM) as program:
        program.wait(lambda p: p.lines[23].endswith("? keys"))
        program.wait("Bottom line")
        assert program.lines[0].startswith(" India and Russia: the leaders' call")
        assert "as of 9 Jan 2019" in program.lines[0]
        assert re.match(r" \[1 Summary\] +2 Timeline +3 Actors +4 Deals", program.lines[1])
        assert program.lines[23].startswith(" Tab panes")
        assert program.lines[23].endswith("? keys")
        assert ALTERNATE_SCREEN in program.modes()
        assert MOUSE & program.modes()


def test_a_briefing_from_a_pipe_leaves_the_keys_to_the_terminal() -> None:
    with Program(f"cat {BUNDLED} | {PROGRAM} -") as program:
        program.wait("Bottom line")
        program.type("2")
        program.wait("[2 Timeline]")
        program.type("q")
        assert program.wait_end() == 0
        assert program.terminal_restored()


def test_standard_input_that_is_no_terminal_does_not_take_the_keys() -> None:
    with Program(f"{PROGRAM} </dev/null") as program:
        program.wait("Bottom line")
        program.type("2")
        program.wait("[2 Timeline]")
        program.type("q")
        assert program.wait_end() == 0


@pytest.mark.parametrize(
    "arguments", ["--fresh", pytest.param(BUNDLED, marks=thorough), "library content"]
)
def test_standard_input_that_is_closed_leaves_the_keys_to_the_terminal(arguments: str) -> None:
    with Program(f"{PROGRAM} {arguments} <&-") as program:
        program.wait("Enter")
        program.type("?")
        program.wait("Keys and signs")
        program.type("Q")
        program.type("\x03")
        assert program.wait_end() == 0
        assert program.terminal_restored()


def test_standard_error_that_is_closed_leaves_the_screen_to_the_reader() -> None:
    with Program(f"{PROGRAM} 2>&-") as program:
        program.wait("Bottom line")
        program.type("q")
        assert program.wait_end() == 0
        assert program.terminal_restored()


def test_standard_output_that_is_closed_has_no_screen() -> None:
    with Program(f"{PROGRAM} >&-") as program:
        assert program.wait_end() == 0
        assert program.raw == b""


def test_standard_error_may_be_a_file(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Program(f"{PROGRAM} 2>{shlex.quote(str(log))}; echo shell again >&2") as program:
        program.wait("Bottom line")
        program.type("q")
        program.wait("shell again")
        assert program.terminal_restored()
    assert log.read_bytes() == b""


def test_messages_still_go_to_the_file_of_standard_error(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Program(f"{PROGRAM} nowhere.yaml 2>{shlex.quote(str(log))}") as program:
        assert program.wait_end() == 2
        assert program.raw == b""
    assert "nowhere.yaml" in log.read_text(encoding="utf-8")


def test_output_that_is_no_terminal_is_plain_text(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Program(f"{PROGRAM} >{shlex.quote(str(out))}") as program:
        assert program.wait_end() == 0
        assert program.raw == b""
    assert b"\x1b" not in out.read_bytes()
    assert out.read_text(encoding="utf-8").startswith("India and Russia: the leaders' call")


@pytest.mark.parametrize("theme", ["", " --theme light"])
def test_a_dumb_terminal_gets_plain_text(theme: str) -> None:
    with Program(PROGRAM + theme, env=environment(TERM="dumb")) as program:
        assert program.wait_end() == 0
        assert b"\x1b" not in program.raw
        assert program.raw.startswith(b"India and Russia: the leaders' call")


def test_keys_typed_at_once_go_where_the_first_of_them_leads() -> None:
    with Program(PROGRAM) as program:
        program.wait("Bottom line")
        program.type("2", "G")
        program.wait("[2 Timeline]")
        program.wait(lambda p: bool(re.search(r"━ 2 Timeline .* (\d+)/\1\b", p.text)))
        program.type("1")
        program.wait(lambda p: bool(re.search(r"━ 1 Summary .* 1/", p.text)))


def test_a_search_typed_at_once_is_that_search() -> None:
    with Program(PROGRAM) as program:
        program.wait("Bottom line")
        program.type("/Ryab")
        program.wait(lambda p: bool(re.search(r"Ryab +1/\d+ · Summary", p.text)))
        program.type("\x15Modi\rn")
        program.wait(lambda p: "/Modi  2/" in p.text)


def test_a_kept_briefing_looks_the_same(tmp_path: Path) -> None:
    shown = []
    for _ in range(2):
        with Program(PROGRAM, env=environment(BRIEFING_TUI_CACHE=str(tmp_path))) as program:
            program.wait("Bottom line")
            program.wait(lambda p: p.wait_quiet() == 0)
            shown.append(program.lines)
            program.type("q")
            assert program.wait_end() == 0
        assert len([*tmp_path.iterdir()]) == 1
    assert shown[0] == shown[1]


def test_no_mouse_asks_for_no_mouse() -> None:
    with Program(f"{PROGRAM} --no-mouse") as program:
        program.wait("Bottom line")
        program.type("q")
        assert program.wait_end() == 0
        asked = {
            int(number)
            for sequence in control_sequences(program.raw)
            if (match := re.fullmatch(rb"\?([0-9;]+)h", sequence))
            for number in match[1].split(b";")
        }
        assert ALTERNATE_SCREEN in asked
        assert not asked & MOUSE


def test_the_terminal_may_change_its_size() -> None:
    with Program(PROGRAM) as program:
        program.wait("[1 Summary]")
        program.resize(120, 36)
        program.wait(lambda p: "─ 4 Deals" in p.text and "as of 9 Jan 2019" in p.lines[0][90:])
        assert "[1 Summary]" not in program.text
        program.resize(20, 5)
        program.wait(lambda p: "Bottom line" in p.text and "Evidence" not in p.text)
        program.type("j")
        program.wait("▌")
        program.resize(80, 24)
        program.wait(lambda p: "[1 Summary]" in p.text and p.lines[23].endswith("? keys"))
        program.type("q")
        assert program.wait_end() == 0


@pytest.mark.parametrize("events", [1000, pytest.param(10_000, marks=thorough)])
def test_thousands_of_events_open(events: int, tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    big.write_text(briefing(events), encoding="utf-8")
    with Program(f"{PROGRAM} {shlex.quote(str(big))}") as program:
        program.wait(TITLE)
        program.type("2")
        program.wait(lambda p: bool(re.search(f"━ 2 Timeline .* {events:,} events", p.text)))
        program.type("G")
        program.wait(f"{events}/{events}")
        program.type("q")
        assert program.wait_end() == 0


@pytest.mark.parametrize(
    "theme", ["ansi", *(pytest.param(theme, marks=thorough) for theme in ("dark", "light"))]
)
def test_no_color_means_none_in_overlays_and_fields_too(theme: str) -> None:
    with Program(f"{PROGRAM} --theme {theme}", env=environment(NO_COLOR="1")) as program:
        program.wait("Bottom line")
        assert not coloured(program)
        for keys, seen in (
            (":put", "Putin"),
            ("A2021", "2021"),
            ("/S-400", "S-400"),
            ("?", "Keys and signs"),
            ("s", "Source"),
        ):
            program.type(*keys)
            program.wait(seen).wait(lambda p: p.wait_quiet(0.1) == 0)
            assert not coloured(program), program.text
            program.type("escape")
        program.type("Q")
        assert program.wait_end() == 0


def test_colours_would_be_found() -> None:
    with Program(PROGRAM) as program:
        program.wait("Bottom line")
        assert coloured(program)


def coloured(program: Program) -> set[tuple[str, str]]:
    """The colours on the screen, of text and ground, that are not the terminal's own."""
    rows = program.emulator.screen.buffer.values()
    return {(cell.fg, cell.bg) for row in rows for cell in row.values()} - {("default", "default")}


def test_nothing_of_a_file_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    hostile = tmp_path / "a\x1b]0;pwned\x07.yaml"
    hostile.write_text(HOSTILE, encoding="utf-8")
    name = shlex.quote(str(hostile))
    with Program(f"{PROGRAM} {name}; {PROGRAM} show {name}; {PROGRAM} check {name}") as program:
        program.wait("Bottom line")
        for key, seen in (
            ("2", "[2 Timeline]"),
            ("3", "[3 Actors]"),
            ("4", "[4 Deals]"),
            ("1", "[1 Summary]"),
            ("s", "━ Source"),
        ):
            program.type(key)
            program.wait(seen)
        program.type("escape")
        program.wait("[1 Summary]")
        program.type("Q")
        assert program.wait_end() == 1
        told = program.raw
    # The shape of the mouse pointer, the end of any link, and nothing else: even a title is not
    # the file's to set.
    assert {*commands_to_system(told)} <= {b"22;default", b"22;pointer", b"8;;"}
    assert b"pwned" in told
    assert b"pwned\x07" not in told
    assert b"pwned\x1b\\" not in told
    assert not re.search(rb"\x1b[P^_X]|\xc2[\x80-\x9f]|[\x00-\x06\x0e-\x1a\x7f]", told)
    # The first picture begins on a cleared screen; the file's own wish to clear it is not heard.
    assert control_sequences(told).count(b"2J") == 1
    assert b"?1003h" not in control_sequences(told)


@pytest.mark.parametrize(
    ("flag", "variable"), [("--follow", None), ("", "yes")], ids=["flag", "variable"]
)
def test_a_file_is_followed(flag: str, variable: str | None, tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    before = (DATA / "small.yaml").read_text("utf-8")
    file.write_text(before, encoding="utf-8")
    env = environment(BRIEFING_TUI_FOLLOW=variable)
    with Program(f"{PROGRAM} {flag} {shlex.quote(str(file))}", env=env) as program:
        program.wait("Bottom line")
        title = before.split("title: ")[1].splitlines()[0]
        file.write_text(before.replace(title, "Of another light"), encoding="utf-8")
        program.wait("Of another light")
        program.type("Q")
        assert program.wait_end() == 0
