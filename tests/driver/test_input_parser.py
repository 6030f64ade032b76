"""Keys, mouse events and pasted text are parsed; nothing else that a terminal sends is."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App
from textual.message import Message
from textual.scroll_view import ScrollView

from briefing_tui.driver.input_parser import BURST, PASTE_LIMIT, InputParser, RateLimit
from briefing_tui.driver.textual_private import KeyParser, SizedView


def names(messages: list[Message]) -> list[str]:
    """Return keys by name, and other events by class."""
    return [
        message.key if isinstance(message, events.Key) else type(message).__name__
        for message in messages
    ]


def parsed(*pieces: bytes) -> list[str]:
    parser = InputParser()
    return names([message for piece in pieces for message in parser.feed(piece)] + parser.flush())


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
    assert parsed(data) == keys


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
def test_what_is_not_a_key(data: bytes) -> None:
    assert parsed(data) == []
    assert parsed(data, b"j") == ["j"]
    for cut in range(2, len(data)):
        if data.startswith(b"\x1b[") and b"M" not in data:
            assert parsed(data[:cut], data[cut:], b"j") == ["j"], "however it arrives"


def test_status_reports_are_counted() -> None:
    parser = InputParser()
    assert parser.feed(b"\x1b[0n\x1b[") == []
    assert parser.feed(b"0n") == []
    assert parser.take_report_count() == 2
    assert parser.take_report_count() == 0


@pytest.mark.parametrize("cut", range(1, 17))
def test_pasted_text_in_two_pieces(cut: int) -> None:
    data = b"\x1b[200~one two\x1b[201~j"
    parser = InputParser()
    paste, key = [*parser.feed(data[:cut]), *parser.feed(data[cut:])]
    assert names([paste, key]) == ["Paste", "j"]
    assert isinstance(paste, events.Paste)
    assert paste.text == "one two"


def test_a_paste_without_an_end_marker_ends_after_a_timeout() -> None:
    parser = InputParser()
    assert parser.feed(b"\x1b[200~never ended") == []
    assert parser.is_incomplete
    assert names(parser.flush()) == ["Paste"]
    assert names(parser.feed(b"j")) == ["j"]


def test_a_paste_is_cut() -> None:
    parser = InputParser()
    for _ in range(100):
        parser.feed(b"\x1b[200~" + b"x" * 50_000)
    (paste,) = parser.feed(b"\x1b[201~")
    assert isinstance(paste, events.Paste)
    assert len(paste.text) == PASTE_LIMIT


def test_a_flood_of_keys_is_cut() -> None:
    assert len(InputParser().feed(b"j" * 1_000_000, max_keys=10)) < 1000


def test_keys_beyond_the_rate_limit_are_dropped() -> None:
    now = [0.0]
    limit = RateLimit(lambda: now[0])
    assert sum(limit.acquire() for _ in range(10_000)) == BURST
    now[0] = 0.5
    assert sum(limit.acquire() for _ in range(10_000)) == 50


def test_a_parser_that_fails_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = InputParser()
    with monkeypatch.context() as failing:
        failing.setattr(KeyParser, "feed", lambda *_: 1 / 0)
        assert parser.feed(b"x") == []
    assert names(parser.feed(b"j")) == ["j"]


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_no_bytes_do_harm(pieces: list[bytes]) -> None:
    parser = InputParser()
    for piece in pieces:
        parser.feed(piece)
    parser.flush()
    parser.flush()


def test_the_private_parts_of_textual_that_are_used_exist() -> None:
    assert names([*KeyParser().feed("j\x1b[A")]) == ["j", "up"]
    assert "self._fatal_error()" in inspect.getsource(App)
    assert "_exit_renderables" in inspect.getsource(App.panic)
    assert [*inspect.signature(App._fatal_error).parameters] == ["self"]
    sized, own = (inspect.signature(cls._size_updated) for cls in (ScrollView, SizedView))
    assert sized == own
