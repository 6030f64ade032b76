"""Every terminal, locale and size: what is shown is what is meant, in characters that arrive.

The cases are a covering set: every value of a column is in one of them. In a thorough run, every
two values of different columns meet.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from briefing_tui.driver.capabilities import Terminal, detect_terminal
from briefing_tui.storage.directories import bundled
from tests.profiles import thorough
from tests.terminal.pty_program import PROGRAM, Program, environment
from tests.terminal.tmux_program import Tmux
from tests.terminal.twins import Size, Twin, twins, unlike, variables

TERMS = ("xterm-256color", "xterm-direct", "screen-256color", "tmux-256color", "linux", "vt100")
COLOURS: dict[str, dict[str, str | None]] = {
    "plain": {"COLORTERM": None},
    "truecolor": {"COLORTERM": "truecolor"},
    "no-color": {"COLORTERM": None, "NO_COLOR": "1"},
    "truecolor-no-color": {"COLORTERM": "truecolor", "NO_COLOR": "1"},
}
LOCALES: dict[str, dict[str, str | None]] = {
    "utf-8": {"LANG": "en_GB.UTF-8"},
    "c": {"LANG": None, "LC_ALL": "C"},
    "posix": {"LANG": "POSIX"},
    "latin-1": {"LANG": "en_US.ISO-8859-1"},
}
WITHOUT_UTF8 = ("c", "posix", "latin-1")
SIZES: tuple[tuple[Size, ...], ...] = (
    ((80, 24), (20, 5)),
    ((20, 5), (250, 70)),
    ((132, 43), (40, 12)),
    ((110, 16), (109, 30)),
)
"""Sizes in which a terminal begins, and those that it is given next."""


class Case(NamedTuple):
    """One terminal."""

    term: str
    colours: str
    locale: str
    sizes: tuple[Size, ...]

    def __str__(self) -> str:
        begin = "x".join(map(str, self.sizes[0]))
        return f"{self.term}-{self.colours}-{self.locale}-{begin}"

    @property
    def variables(self) -> dict[str, str | None]:
        """What differs from the usual environment."""
        return {"TERM": self.term, **COLOURS[self.colours], **LOCALES[self.locale]}


def covering(*columns: tuple[object, ...]) -> Iterator[tuple[object, ...]]:
    """Few rows in which every two values of different columns meet; the same ones every time."""
    pairs = list(itertools.combinations(range(len(columns)), 2))
    open_pairs = {
        (one, two, first, second)
        for one, two in pairs
        for first in columns[one]
        for second in columns[two]
    }

    def met(row: tuple[object, ...]) -> set[tuple[int, int, object, object]]:
        return {(one, two, row[one], row[two]) for one, two in pairs}

    rows = [*itertools.product(*columns)]
    while open_pairs:
        row = max(rows, key=lambda one: len(met(one) & open_pairs))
        open_pairs -= met(row)
        yield row


CASES = [
    Case(*row)  # type: ignore[arg-type]
    for row in covering(TERMS, tuple(COLOURS), tuple(LOCALES), SIZES)
]
QUICK = [
    Case(term, [*COLOURS][number % 4], [*LOCALES][number % 4], SIZES[(number + number // 4) % 4])
    for number, term in enumerate(TERMS)
]


@cache
def terminal(case: Case) -> Terminal:
    """What the program must find out about a terminal."""
    environ = {name: value for name, value in case.variables.items() if value is not None}
    found = detect_terminal(environ, "utf-8")
    # Colours change no character, so that one twin does for all of them.
    return found._replace(colours=256)


def legible(program: Program) -> str:
    """Characters drawn in the colour of their own ground; nothing if there are none."""
    screen = program.emulator.screen
    return "\n".join(
        f"row {y + 1}, column {x + 1}: {char.data!r} in {char.fg} on {char.bg}"
        for y in range(screen.lines)
        for x in range(screen.columns)
        if (char := screen.buffer[y][x]).data.strip() and char.fg == char.bg != "default"
    )


def shows(program: Program | Tmux, twin: Twin) -> bool:
    return not unlike(twin.lines, program.lines)


def wait_for(program: Program | Tmux, twin: Twin, what: Case) -> None:
    try:
        program.wait(lambda p: shows(p, twin))
    except AssertionError as error:
        where = f"{what}, {twin.size}, pane {twin.pane}"
        raise AssertionError(f"{where}\n{unlike(twin.lines, program.lines)}\n{error}") from error


@pytest.mark.parametrize(
    "case", [*QUICK, *(pytest.param(case, marks=thorough) for case in CASES)], ids=str
)
def test_the_panes_are_what_is_meant(case: Case) -> None:
    wanted = twins(bundled(), terminal(case), case.sizes)
    env = environment(**case.variables)
    with Program(f"exec {PROGRAM}", size=case.sizes[0], env=env) as program:
        for twin in wanted:
            if twin.size != program.size:
                program.resize(*twin.size)
            program.type(twin.pane)
            wait_for(program, twin, case)
            assert not legible(program)
        program.type("Q")
        assert program.wait_end() == 0
        assert program.terminal_restored()
    assert b"\\u" not in program.raw
    if case.locale in WITHOUT_UTF8:
        assert program.raw.isascii()


IN_TMUX = [
    pytest.param(next(case for case in CASES if (case.term, case.locale) == wanted), marks=marks)
    for wanted, marks in (
        (("tmux-256color", "utf-8"), ()),
        (("screen-256color", "c"), ()),
        (("linux", "utf-8"), thorough),
        (("xterm-direct", "latin-1"), thorough),
    )
]


@pytest.mark.parametrize("case", IN_TMUX, ids=str)
def test_tmux_shows_the_same(case: Case) -> None:
    wanted = twins(bundled(), terminal(case), case.sizes)
    command = f"{variables(case.variables)} {PROGRAM}"
    with Tmux(command, size=case.sizes[0]) as tmux:
        for before, twin in itertools.pairwise((wanted[0], *wanted)):
            if twin.size != before.size:
                columns, lines = map(str, twin.size)
                tmux.tmux("resize-window", "-x", columns, "-y", lines)
            tmux.press(twin.pane)
            wait_for(tmux, twin, case)
        tmux.press("Q")
        tmux.wait("exit code 0")


@pytest.mark.parametrize(
    ("term", "locale"),
    [
        ("dumb", "utf-8"),
        (None, "latin-1"),
        pytest.param(None, "c", marks=thorough),
        pytest.param("dumb", "posix", marks=thorough),
    ],
)
def test_a_terminal_without_a_screen_gets_what_show_prints(term: str | None, locale: str) -> None:
    env = environment(TERM=term, **LOCALES[locale])
    printed = []
    for command in (PROGRAM, f"{PROGRAM} show"):
        with Program(command, size=(100, 24), env=env) as program:
            assert program.wait_end() == 0
        printed.append(program.raw)
    assert printed[0] == printed[1]
    assert b"SUMMARY" in printed[0]
    assert b"\x1b" not in printed[0]
    if locale in WITHOUT_UTF8:
        assert printed[0].isascii()


def test_a_flag_overrides_what_the_terminal_seems_to_be() -> None:
    env = environment(TERM="linux", COLORTERM=None)
    with Program(f"{PROGRAM} --no-ascii --theme dark", env=env) as program:
        program.wait("━ 1 Summary")
        assert re.search(rb"\x1b\[[0-9;]*48;2;|\x1b\[[0-9;]*4[0-7]m", program.raw)
    with Program(f"{PROGRAM} --ascii --theme ansi", env=environment()) as program:
        program.wait("= 1 Summary")
        assert program.raw.isascii()


@pytest.mark.parametrize(
    "term",
    [
        "xterm-direct",
        pytest.param("konsole-direct", marks=thorough),
        pytest.param("xterm-direct256", marks=thorough),
    ],
)
def test_a_direct_terminal_gets_24_bits_of_colour(term: str) -> None:
    with Program(PROGRAM, env=environment(TERM=term, COLORTERM=None)) as program:
        program.wait("Bottom line")
        assert re.search(rb"\x1b\[[0-9;]*48;2;", program.raw)
        assert not re.search(rb"\x1b\[(?:[0-9;]*;)?4[0-7]m", program.raw)
