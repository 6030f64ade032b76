"""When frames are sent: all that differs at once, and nothing while the terminal is behind."""

from __future__ import annotations

import pytest

from briefing_tui.driver.frame_scheduler import (
    ANSWER,
    PATIENCE,
    QUESTION,
    UNPAINTED,
    WINDOW,
    Output,
)

BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"
COLUMNS = 200


class Session:
    """An output with a clock of its own."""

    def __init__(self, size: tuple[int, int] = (COLUMNS, 20)) -> None:
        self.now = 100.0
        self.size = size
        self.output = Output(size, lambda: self.now)

    def paint(self, sign: str) -> None:
        """Paint everything with one character; neither a row nor its neighbour is one."""
        columns, lines = self.size
        row = (f"{sign}-" * columns)[:columns]
        self.output.write("".join(f"\x1b[{y + 1};1H{row}" for y in range(lines)))

    def take(self) -> str:
        return self.output.take()[0].decode()


def started() -> Session:
    """A session whose terminal answers."""
    session = Session()
    session.paint("a")
    assert session.take().endswith(QUESTION)
    session.output.answered(1)
    return session


def test_a_frame_is_one_piece_of_synchronised_output() -> None:
    session = Session()
    session.output.write(BEGIN)
    session.paint("a")
    session.output.write(END)
    sent = session.take()
    assert sent.startswith(BEGIN)
    assert sent.endswith(f"{END}{QUESTION}")
    assert sent.count(BEGIN) == 1


def test_nothing_is_sent_where_nothing_differs() -> None:
    session = started()
    session.paint("b")
    session.paint("a")
    assert session.output.take() == (b"", None)


def test_what_is_no_screen_goes_along_as_it_is() -> None:
    session = started()
    session.output.write("\x1b]52;c;aGk=\x07")
    assert session.take() == "\x1b]52;c;aGk=\x07"


def test_a_pointer_shape_is_not_worth_its_bytes() -> None:
    session = started()
    session.output.write("\x1b]22;pointer\x07")
    assert session.take() == ""


def test_no_frame_is_made_while_the_terminal_is_behind() -> None:
    session = started()
    for sign in "bcdef":
        session.paint(sign)
        sent, later = session.output.take()
        if sign == "b":
            assert len(sent) > WINDOW
        else:
            assert (sent, later) == (b"", PATIENCE)
    session.output.answered(1)
    sent_at_last = session.take()
    assert "f-" in sent_at_last
    assert "e-" not in sent_at_last


def test_small_frames_do_not_wait_for_each_other() -> None:
    session = started()
    for number in range(9):
        session.output.write(f"\x1b[1;1H{number}")
        assert str(number) in session.take()


def test_an_answer_that_never_comes_is_not_waited_for_for_ever() -> None:
    session = started()
    session.paint("b")
    session.take()
    session.paint("c")
    assert session.take() == ""
    session.now += PATIENCE
    assert "c-" in session.take()


def test_a_terminal_that_never_answered_is_asked_once_and_never_waited_for() -> None:
    session = Session()
    sent = ""
    for sign in "abcd":
        session.paint(sign)
        sent += session.take()
    assert "d-" in sent
    assert sent.count(QUESTION) == 1
    assert ANSWER not in sent


def test_repainting_sends_everything() -> None:
    session = started()
    session.output.forget()
    sent = session.take()
    assert "\x1b[2J" in sent
    assert sent.count("a-") == COLUMNS * 20 // 2


def test_a_new_size_is_sent_when_all_of_it_was_painted() -> None:
    session = started()
    session.size = (16, 4)
    session.output.resize(session.size)
    session.output.write("\x1b[1;1Hhalf of it      ")
    sent, later = session.output.take()
    assert sent == b""
    assert later == pytest.approx(UNPAINTED)
    session.output.write("".join(f"\x1b[{y};1H{'':16}" for y in (2, 3, 4)))
    assert "half of it" in session.take()


def test_a_size_that_is_never_painted_wholly_is_shown_at_last() -> None:
    session = Session((16, 4))
    session.output.write("\x1b[1;1Hhalf of it")
    session.now += UNPAINTED
    assert "half of it" in session.take()


def test_a_terminal_too_small_for_the_framework_shows_a_part() -> None:
    session = Session((16, 4))
    session.output.resize((3, 2))
    session.output.write("".join(f"\x1b[{y};1H{'ab漢字' + ' ' * 10}" for y in range(1, 5)))
    sent = session.take()
    assert sent.count("ab") == 2
    assert "漢" not in sent
