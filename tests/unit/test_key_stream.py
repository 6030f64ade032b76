"""Keys as they come byte by byte: sequences that are no keys type nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.linear.edited_line import EDITS
from briefing_tui.linear.key_stream import KeyStream


def keys_of(data: bytes, size: int = 1) -> list[str]:
    """The names of the keys in bytes that come in pieces of a size."""
    stream = KeyStream(EDITS)
    keys = [
        key for at in range(0, len(data), size) for key in stream.feed(data[at : at + size])
    ] + stream.flush()
    assert stream.timeout is None
    return [key.name for key in keys]


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"ab", ["a", "b"]),
        ("é漢😀".encode(), ["é", "漢", "😀"]),
        (b"\x1b[A\x1bOB\x1b[3~", ["up", "down", "delete"]),
        (b"\x7f\x08\r\n", ["backspace", "backspace", "enter", "ctrl+j"]),
        (b"\x1bb\x1b\x7f\x1b[1;5D", ["alt+b", "alt+backspace", "ctrl+left"]),
        (b"\x1b99k", ["escape", "9", "9", "k"]),
        (b"\x1b", ["escape"]),
        (b"\x1b[", ["escape", "left_square_bracket"]),
        (b"\x1b\r", ["escape", "enter"]),
        (b"\x1b[99;5u\x1b[1089::99;5u", ["ctrl+c", "ctrl+c"]),
        (b"\x1b[57441;2u\x1b[32;1:3u\x1b[<0;5;5M\x1b[7;7Rx", ["x"]),
        (b"\x1b]11;rgb:22/22/22\x07\x1bP>|X\x1b\\x", ["x"]),
        (b"\x1b[200~a\x1b[201~", ["a"]),
        pytest.param(b"\x1b[12" + b"3" * 9000 + b"~x", ["x"], id="a long parameter"),
        (b"\xe7a\xe7", ["\udce7", "a", "\udce7"]),
        (b"\xc3\x1b[A", ["\udcc3", "up"]),
    ],
)
def test_keys(data: bytes, keys: list[str]) -> None:
    assert keys_of(data) == keys


@given(st.binary(max_size=60) | st.text("\x1b[O0;<mAu~b\r", max_size=30).map(str.encode))
def test_it_does_not_matter_in_which_pieces_they_come(data: bytes) -> None:
    assert keys_of(data) == keys_of(data, 3) == keys_of(data, len(data) or 1)


@given(st.binary(max_size=60))
def test_the_end_of_a_line_is_the_last_key_of_its_byte(data: bytes) -> None:
    stream = KeyStream(EDITS)
    for byte in data:
        names = [key.name for key in stream.feed(bytes([byte]))]
        assert not {"enter", "ctrl+j"} & {*names[:-1]}
