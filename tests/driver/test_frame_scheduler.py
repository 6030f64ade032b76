"""When frames are sent: all differences at once, and nothing while the terminal is behind."""

from __future__ import annotations

import re
from typing import Any

import pytest

from briefing_tui.driver.frame_scheduler import (
    MAX_IN_FLIGHT,
    PAINT_TIMEOUT,
    REPORT_TIMEOUT,
    STATUS_REPORT,
    STATUS_REQUEST,
    FrameScheduler,
)
from tests.terminal.pty_program import Emulator

BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"
COLUMNS = 200


class Session:
    """A scheduler with a clock of its own."""

    def __init__(self, size: tuple[int, int] = (COLUMNS, 20), **options: Any) -> None:
        self.now = 100.0
        self.size = size
        self.scheduler = FrameScheduler(size, lambda: self.now, **options)

    def paint(self, character: str) -> None:
        """Fill the screen with one character and dashes: no neighbours in a row are equal."""
        columns, lines = self.size
        row = (f"{character}-" * columns)[:columns]
        self.scheduler.write("".join(f"\x1b[{y + 1};1H{row}" for y in range(lines)))

    def take(self) -> str:
        return self.scheduler.next_frame()[0].decode()


def started() -> Session:
    """Return a session whose terminal answers status requests."""
    session = Session()
    session.paint("a")
    assert session.take().endswith(STATUS_REQUEST)
    session.scheduler.acknowledge(1)
    return session


def test_a_frame_is_one_piece_of_synchronised_output() -> None:
    session = Session()
    session.scheduler.write(BEGIN)
    session.paint("a")
    session.scheduler.write(END)
    sent = session.take()
    assert sent.startswith(BEGIN)
    assert sent.endswith(f"{END}{STATUS_REQUEST}")
    assert sent.count(BEGIN) == 1


def test_nothing_is_sent_if_nothing_differs() -> None:
    session = started()
    session.paint("b")
    session.paint("a")
    assert session.scheduler.next_frame() == (b"", None)


def test_sequences_beside_the_screen_are_passed_on() -> None:
    session = started()
    session.scheduler.write("\x1b]52;c;aGk=\x07")
    assert session.take() == "\x1b]52;c;aGk=\x07"


def test_pointer_shapes_are_dropped() -> None:
    session = started()
    session.scheduler.write("\x1b]22;pointer\x07")
    assert session.take() == ""


def test_no_frame_is_made_while_the_terminal_is_behind() -> None:
    session = started()
    for character in "bcdef":
        session.paint(character)
        sent, delay = session.scheduler.next_frame()
        if character == "b":
            assert len(sent) > MAX_IN_FLIGHT
        else:
            assert (sent, delay) == (b"", REPORT_TIMEOUT)
    session.scheduler.acknowledge(1)
    last_frame = session.take()
    assert "f-" in last_frame
    assert "e-" not in last_frame


def test_small_frames_do_not_wait_for_each_other() -> None:
    session = started()
    for number in range(9):
        session.scheduler.write(f"\x1b[1;1H{number}")
        assert str(number) in session.take()


def test_a_report_that_never_comes_is_waited_for_a_limited_time() -> None:
    session = started()
    session.paint("b")
    session.take()
    session.paint("c")
    assert session.take() == ""
    session.now += REPORT_TIMEOUT
    assert "c-" in session.take()


def test_a_terminal_that_never_answered_is_asked_once_and_never_waited_for() -> None:
    session = Session()
    sent = ""
    for character in "abcd":
        session.paint(character)
        sent += session.take()
    assert "d-" in sent
    assert sent.count(STATUS_REQUEST) == 1
    assert STATUS_REPORT not in sent


def test_repainting_sends_everything() -> None:
    session = started()
    session.scheduler.invalidate()
    sent = session.take()
    assert "\x1b[2J" in sent
    assert sent.count("a-") == COLUMNS * 20 // 2


def test_a_new_size_is_sent_once_all_of_it_is_painted() -> None:
    session = started()
    session.size = (16, 4)
    session.scheduler.resize(session.size)
    session.scheduler.write("\x1b[1;1Hhalf of it      ")
    sent, delay = session.scheduler.next_frame()
    assert sent == b""
    assert delay == pytest.approx(PAINT_TIMEOUT)
    session.scheduler.write("".join(f"\x1b[{y};1H{'':16}" for y in (2, 3, 4)))
    assert "half of it" in session.take()


def test_a_screen_that_is_never_painted_completely_is_sent_in_the_end() -> None:
    session = Session((16, 4))
    session.scheduler.write("\x1b[1;1Hhalf of it")
    session.now += PAINT_TIMEOUT
    assert "half of it" in session.take()


def test_a_terminal_too_small_for_the_framework_shows_a_part() -> None:
    session = Session((16, 4))
    session.scheduler.resize((3, 2))
    session.scheduler.write("".join(f"\x1b[{y};1H{'ab漢字' + ' ' * 10}" for y in range(1, 5)))
    sent = session.take()
    assert sent.count("ab") == 2
    assert "漢" not in sent


def test_an_answer_is_waited_for_twice_as_long_as_answers_took() -> None:
    session = Session()
    assert session.scheduler.report_wait == 0
    for character, seconds, most in (("a", 0.01, 0.1), ("b", 0.7, 1.4), ("c", 3.0, REPORT_TIMEOUT)):
        session.paint(character)
        assert session.take().endswith(STATUS_REQUEST)
        session.now += seconds
        session.scheduler.acknowledge(1)
        assert session.scheduler.report_wait == 0
        session.paint(character.upper())
        assert session.take().endswith(STATUS_REQUEST)
        assert session.scheduler.report_wait == pytest.approx(most)
        session.now += most - 0.02
        assert session.scheduler.report_wait == pytest.approx(0.02)
        session.now += 0.03
        assert session.scheduler.report_wait == 0
        session.now += REPORT_TIMEOUT


@pytest.mark.parametrize("first_answer", [0.1, 1.0])
def test_a_terminal_that_never_answered_is_waited_for_only_at_first(first_answer: float) -> None:
    session = Session(first_answer=first_answer)
    session.paint("a")
    session.take()
    assert session.scheduler.report_wait == pytest.approx(first_answer)
    session.now += 1.01
    session.paint("b")
    session.take()
    assert session.scheduler.report_wait == 0


def test_nothing_is_asked_at_the_end() -> None:
    session = started()
    session.scheduler.end()
    session.paint("b")
    assert STATUS_REQUEST not in session.take()
    assert session.scheduler.report_wait == 0


def test_a_repainted_terminal_may_still_answer() -> None:
    session = started()
    session.paint("b")
    session.take()
    session.scheduler.invalidate()
    assert session.scheduler.report_wait > 0
    session.scheduler.restart()
    assert session.scheduler.report_wait == 0


def test_a_sample_is_measured_once_and_covered() -> None:
    session = Session((16, 4), sample="─●")
    session.scheduler.write("\x1b[1;1H漢字 is wide    \x1b[2;1H漢字漢 is wide  ")
    session.scheduler.write("".join(f"\x1b[{y};1Hof sixteen cells" for y in (3, 4)))
    sent = session.take()
    written, asked, rest = sent.partition("─●\x1b[6n")
    assert asked
    emulator = Emulator(16, 4)
    emulator.feed(written.encode())
    before = emulator.lines
    emulator.feed((asked + rest).encode())
    assert emulator.lines == before
    assert (emulator.screen.cursor.x, emulator.screen.cursor.y) == (0, 3)
    session.scheduler.invalidate()
    assert "\x1b[6n" not in session.take()


def test_a_terminal_of_one_line_measures_nothing() -> None:
    # Its answer would look like F3 with a modifier.
    session = Session((16, 1), sample="─●")
    session.scheduler.write("".join(f"\x1b[{y};1H{'':16}" for y in (1, 2, 3, 4)))
    assert "\x1b[6n" not in session.take()


def test_the_cursor_is_where_it_should_be_at_the_end_of_every_frame() -> None:
    session = Session((40, 9))
    emulator = Emulator(40, 9)
    rows = "".join(f"\x1b[{y};1H{'ab' * 20}" for y in range(1, 10))
    for frame, line in ((rows, 5), ("\x1b[9;20Hchanged", 5), ("\x1b[5;3Hmore", 6), ("", 8)):
        session.scheduler.write(f"{frame}\x1b[{line};2H")
        emulator.feed(session.take().encode())
        assert (emulator.screen.cursor.x, emulator.screen.cursor.y) == (1, line - 1)
    session.scheduler.write("\x1b[8;2H")
    assert session.take() == ""


def test_the_cursor_stays_on_a_terminal_that_is_too_small() -> None:
    session = Session((3, 2))
    session.scheduler.write("".join(f"\x1b[{y};1H{'ab' * 8}" for y in (1, 2, 3, 4)) + "\x1b[4;9H")
    sent = session.take()
    assert not any(
        int(number) > 3
        for number in re.findall(
            r"\d+", sent.replace(BEGIN, "").replace(END + STATUS_REQUEST, "").replace("]8;;", "")
        )
    )
