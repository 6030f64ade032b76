"""The comparison of two emulators can fail: it finds every fault that is put in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.terminal.faults import FAULTS, broken
from tests.terminal.two_emulators import Event, TwoEmulators

SIZE = (60, 14)
PLAIN, BOLD = "\x1b[97;44m", "\x1b[1;97;44m"


def session() -> Iterator[Event]:
    """A list that is scrolled, with bold, wide and blank pieces, and another program's writing."""
    yield Event(0.0, size=SIZE)
    for seconds, first in enumerate((0, 1, 2, 5, 4)):
        yield from _frame(float(seconds), [_row(first + y) for y in range(SIZE[1])])
    yield Event(5.0, repaint=True)
    yield from _frame(5.0, [_row(4 + y) for y in range(SIZE[1])])
    for step in (6, 7):
        yield from _frame(float(step), [_row(step * y) for y in range(SIZE[1])])


def _row(number: int) -> str:
    """A row of its own, as wide as the screen; some end in blanks, some begin with wide text."""
    wide = "漢字" if number % 3 == 0 else "abcd"
    text = f"{number} {wide} " + "word " * (number * 7 % 5)
    room = SIZE[0] - len(text) - (2 if number % 3 == 0 else 0) - 4
    ground = "\x1b[0;42m" if number % 2 else "\x1b[0;44m"
    return f"{BOLD}{number % 7:4}\x1b[m{PLAIN}{text}{ground}{' ' * room}\x1b[m"


def _frame(seconds: float, rows: list[str]) -> Iterator[Event]:
    painted = "".join(f"\x1b[{y};1H{row}" for y, row in enumerate(rows, 1))
    yield Event(seconds, write=painted)
    yield Event(seconds)


def go() -> int:
    """Go through the session; how often two emulators were compared."""
    first, *others = session()
    emulators = TwoEmulators(SIZE, first.seconds)
    return sum(emulators.take(event) for event in others)


def test_without_a_fault_there_is_no_difference() -> None:
    assert go() > 5


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault: str) -> None:
    with broken(fault), pytest.raises(AssertionError, match=r"row \d+, column \d+: "):
        go()


def test_a_wide_character_in_place_of_another() -> None:
    emulators = TwoEmulators(SIZE, 0.0)
    for seconds, text in enumerate(("漢" * 17, "漢字かな交じり文の見出し全角ＡＢＣ", "字" * 17)):
        rows = [f"{PLAIN}{text}{' ' * (SIZE[0] - 34)}\x1b[m"] * SIZE[1]
        assert [emulators.take(event) for event in _frame(float(seconds), rows)] == [False, True]


@pytest.mark.parametrize("column", range(1, 11))
def test_what_is_written_over_halves_of_wide_characters(column: int) -> None:
    emulators = TwoEmulators(SIZE, 0.0)
    rows = [f"{PLAIN}{'漢' * 5}{' ' * (SIZE[0] - 10)}\x1b[m"] * SIZE[1]
    assert [emulators.take(event) for event in _frame(0.0, rows)] == [False, True]
    for seconds, text in enumerate(("x", "字", "Ж \u0301", "  "), 1):
        for event in (Event(seconds, f"\x1b[2;{column}H{BOLD}{text}\x1b[m"), Event(seconds)):
            emulators.take(event)
    assert emulators.frames == 5
