"""What a terminal sends: keys, clicks and pasted text, and nothing of the rest."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App
from textual.message import Message
from textual.scroll_view import ScrollView

from briefing_tui.reader.terminal.framework import SizedView, key_parser
from briefing_tui.reader.terminal.keyboard import PASTE_LIMIT, TYPED_AHEAD, Allowance, Keyboard


def told(found: list[Message]) -> list[str]:
    """Keys by name, and the rest by kind."""
    return [one.key if isinstance(one, events.Key) else type(one).__name__ for one in found]


def typed(*pieces: bytes) -> list[str]:
    keyboard = Keyboard()
    return told([one for piece in pieces for one in keyboard.feed(piece)] + keyboard.tick())


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"j", ["j"]),
        (b"\x1b[A\x1b[B", ["up", "down"]),
        (b"\x1bOP", ["f1"]),
        (b"\x1b[[A", ["f1"]),
        (b"\x1b[1;5C", ["ctrl+right"]),
        (b"\x1b[27u", ["escape"]),
        (b"\x1b[106;;106u", ["j"]),
        (b"\x1b[99;5u", ["ctrl+c"]),
        (b"\x03", ["ctrl+c"]),
        (b"\x1b", ["escape"]),
        ("é漢".encode(), ["é", "漢"]),
        (b"\x1b[<0;5;6M\x1b[<0;5;6m", ["MouseDown", "MouseUp"]),
        (b"\x1b[<65;5;6M", ["MouseScrollDown"]),
        (b"\x1b[200~two\nlines\x1b[201~", ["Paste"]),
    ],
)
def test_keys(data: bytes, keys: list[str]) -> None:
    assert typed(data) == keys


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[99999999u",
        b"\x1b[55296u",
        b"\x1b[1;1114112u",
        b"\x1b[48;9999;9999;9;9t",
        b"\x1b[?62;22c",
        b"\x1b[?2026;2$y",
        b"\x1b[0n",
        b"\x1b[M\x20\x21\x22",
        b"\x1b[<0;99999999;1M",
        b"\x1b]11;rgb:22/22/22\x07",
        b"\x1bP>|term\x1b\\",
    ],
)
def test_what_is_no_key(data: bytes) -> None:
    assert typed(data) == []
    assert typed(data, b"j") == ["j"]
    for cut in range(2, len(data)):
        if data.startswith(b"\x1b[") and b"M" not in data:
            assert typed(data[:cut], data[cut:], b"j") == ["j"], "however it arrives"


def test_answers_are_counted() -> None:
    keyboard = Keyboard()
    assert keyboard.feed(b"\x1b[0n\x1b[") == []
    assert keyboard.feed(b"0n") == []
    assert keyboard.take_answers() == 2
    assert keyboard.take_answers() == 0


@pytest.mark.parametrize("cut", range(1, 17))
def test_pasted_text_in_two_pieces(cut: int) -> None:
    data = b"\x1b[200~one two\x1b[201~j"
    keyboard = Keyboard()
    found = [*keyboard.feed(data[:cut]), *keyboard.feed(data[cut:])]
    assert told(found) == ["Paste", "j"]
    assert isinstance(found[0], events.Paste)
    assert found[0].text == "one two"


def test_a_paste_has_an_end_even_where_it_has_none() -> None:
    keyboard = Keyboard()
    assert keyboard.feed(b"\x1b[200~never ended") == []
    assert keyboard.unfinished
    assert told(keyboard.tick()) == ["Paste"]
    assert told(keyboard.feed(b"j")) == ["j"]


def test_a_paste_is_cut() -> None:
    keyboard = Keyboard()
    for _ in range(100):
        keyboard.feed(b"\x1b[200~" + b"x" * 50_000)
    (found,) = keyboard.feed(b"\x1b[201~")
    assert isinstance(found, events.Paste)
    assert len(found.text) == PASTE_LIMIT


def test_a_flood_of_keys_is_cut() -> None:
    assert len(Keyboard().feed(b"j" * 1_000_000, room=10)) < 1000


def test_more_than_anybody_types_is_not_let_through() -> None:
    now = [0.0]
    allowance = Allowance(lambda: now[0])
    assert sum(allowance.take() for _ in range(10_000)) == TYPED_AHEAD
    now[0] = 0.5
    assert sum(allowance.take() for _ in range(10_000)) == 50


def test_a_parser_that_fails_is_replaced() -> None:
    class Failing:
        def feed(self, data: str) -> list[Message]:
            raise ValueError(data)

        def tick(self) -> list[Message]:
            raise ValueError

    parsers = iter([Failing(), key_parser(), key_parser()])
    keyboard = Keyboard(lambda: next(parsers))
    assert keyboard.feed(b"x") == []
    assert told(keyboard.feed(b"j")) == ["j"]


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_no_bytes_do_harm(pieces: list[bytes]) -> None:
    keyboard = Keyboard()
    for piece in pieces:
        keyboard.feed(piece)
    keyboard.tick()
    keyboard.tick()


def test_what_is_private_of_the_framework_is_as_it_was() -> None:
    assert told([*key_parser().feed("j\x1b[A")]) == ["j", "up"]
    assert "self._fatal_error()" in inspect.getsource(App)
    assert "_exit_renderables" in inspect.getsource(App.panic)
    assert [*inspect.signature(App._fatal_error).parameters] == ["self"]
    sized, own = (inspect.signature(cls._size_updated) for cls in (ScrollView, SizedView))
    assert sized == own
