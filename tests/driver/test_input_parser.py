"""Keys, mouse events and pasted text are parsed; nothing else that a terminal sends is."""

# ruff: noqa: RUF001 - letters of other scripts look like Latin ones

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Collection
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App
from textual.message import Message
from textual.scroll_view import ScrollView

from briefing_tui.driver.input_parser import (
    BURST,
    PASTE_LIMIT,
    InputParser,
    Key,
    RateLimit,
)
from briefing_tui.driver.textual_private import SizedView


def names(messages: list[Message]) -> list[str]:
    """Return keys by name, and other events by class."""
    return [
        message.key if isinstance(message, events.Key) else type(message).__name__
        for message in messages
    ]


def events_of(*pieces: bytes, alt_keys: Collection[str] = ()) -> list[Message]:
    parser = InputParser(alt_keys)
    return [message for piece in pieces for message in parser.feed(piece)] + parser.flush()


def parsed(*pieces: bytes, alt_keys: Collection[str] = ()) -> list[str]:
    return names(events_of(*pieces, alt_keys=alt_keys))


SENT = {
    "enter": b"\r \n \x1bOM \x1b[13u \x1b[13;;13u \x1b[13;2u \x1b[13;5u \x1b[109;5u \x1b[106;5u"
    b" \x1b[57414u \x1b[57414;129u \x1b[27;2;13~ \x1b[27;5;109~ \x1b[10;2u",
    "escape": b"\x1b \x1b[27u \x1b[27;129u \x1b[91;5u \x1b[27;1;27~ \x1b[27;5;91~ \x1b[27;2u",
    "tab": b"\t \x1b[9u \x1b[105;5u \x1b[9;5u \x1b[27;5;105~ \x1bOI",
    "shift+tab": b"\x1b[Z \x1b[1;2Z \x1b[9;2u \x1b[27;2;9~ \x1b[9;6u",
    "backspace": b"\x7f \x08 \x1b[127u \x1b[127;2u \x1b[127;5u \x1b[104;5u \x1b[8;5u"
    b" \x1b[27;5;8~ \x1b[27;2;127~",
    "space": b"\0 \x1b[32u \x1b[32;;32u \x1b[32;2;32u \x1b[32;5u \x1b[27;2;32~ \x1b[64;5u",
    "j": b"j \x1b[106u \x1b[106;;106u \x1b[106;129;106u \x1b[106;1:2;106u \x1b[27;1;106~",
    "J": b"J \x1b[106;2;74u \x1b[106:74;2u \x1b[106;2u \x1b[106;65;74u \x1b[106;65u \x1b[27;2;74~"
    b" \x1b[74;2u",
    "ctrl+c": b"\x03 \x1b[99;5u \x1b[99;6u \x1b[99;69u \x1b[99;5;99u \x1b[27;5;99~ \x1b[27;6;67~"
    b" \x1b[67;5u \x1b[3;5u",
    "ctrl+underscore": b"\x1f \x1b[45:95;6u \x1b[95;5u",
    "1": b"1 \x1b[49;5u \x1b[57400u \x1b[57400;129;49u \x1bOq",
    "slash": b"/ \x1bOo \x1b[57410u \x1b[57410;129;47u \x1b[47;5u",
    "full_stop": b". \x1bOn \x1b[57409u \x1b[57409;129;46u",
    "comma": b", \x1bOl \x1b[57416u \x1b[57409;129;44u",
    "equals_sign": b"= \x1bOX \x1b[57415;129;61u \x1b[57415u",
    "plus": b"+ \x1bOk \x1b[57413u",
    "left_square_bracket": b"[ \x1b[91u \x1b[56;;91u \x1b[56;3;91u \x1b[56;7;91u",
    "exclamation_mark": b"! \x1b[49:33;2u \x1b[49;2;33u \x1b[49:33;2;33u",
    "up": b"\x1b[A \x1bOA \x1b[1;129A \x1b[57419u \x1b[1;1:2A",
    "begin": b"\x1b[E \x1b[57427u \x1b[57427~",
    "home": b"\x1b[H \x1bOH \x1b[1~ \x1b[7~ \x1b[57423u",
    "pagedown": b"\x1b[6~ \x1b[6;129~ \x1b[57422u",
    "ctrl+up": b"\x1b[1;5A \x1b[5A \x1bOa \x1bO5A",
    "shift+right": b"\x1b[1;2C \x1b[c",
    "shift+delete": b"\x1b[3;2~ \x1b[3$",
    "ctrl+shift+end": b"\x1b[1;6F \x1b[8@",
    "ctrl+pageup": b"\x1b[5;5~ \x1b[5^",
    "alt+up": b"\x1b\x1b[A \x1b\x1bOA \x1b[1;3A",
    "alt+j": b"\x1b[106;3u \x1b[27;3;106~ \x1b[106;3;106u",
    "alt+J": b"\x1b[106;4u \x1b[106:74;4u",
    "alt+exclamation_mark": b"\x1b[49:33;4u",
    "super+j": b"\x1b[106;9u",
    "f1": b"\x1bOP \x1b[[A \x1b[11~ \x1b[P \x1b[1;129P",
    "f3": b"\x1bOR \x1b[[C \x1b[13~ \x1b[R",
    "f5": b"\x1b[15~ \x1b[[E",
    "shift+f5": b"\x1b[15;2~",
    "f13": b"\x1b[25~ \x1b[57376u",
    "f18": b"\x1b[32~",
}
"""What terminals send for a key, in their own ways, separated by spaces."""


@pytest.mark.parametrize("key", SENT)
def test_a_key_is_the_same_in_all_terminals(key: str) -> None:
    for data in SENT[key].split(b" "):
        assert parsed(data) == [key], data
        assert parsed(data, b"x")[-1] == "x"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ("1089::99;5", "ctrl+c"),
        ("1089:1057:99;6", "ctrl+c"),
        ("1089:1057:99;5;1089", "ctrl+c"),
        ("1081::113;5", "ctrl+q"),
        ("1103::122;5", "ctrl+z"),
        ("968::99;5", "ctrl+c"),
        ("1489::99;5", "ctrl+c"),
        ("1093::91;5", "escape"),
        ("1089::99;3", "alt+c"),
        ("1089;5", "ctrl+c"),  # by the usual layouts, where no place is reported
        ("1071;5", "ctrl+z"),
        ("968;5", "ctrl+c"),
        ("1489;5", "ctrl+c"),
        ("97::113;5", "ctrl+a"),  # a French keyboard has an A of its own
        ("246::59;;246", "ö"),
    ],
)
def test_keys_with_ctrl_are_those_of_a_us_keyboard(data: str, key: str) -> None:
    assert parsed(f"\x1b[{data}u".encode()) == [key]
    assert parsed(f"\x1b[{data}u\x1b[{data}u".encode()) == [key, key]


@pytest.mark.parametrize(
    ("data", "key", "us_key"),
    [
        ("1086::106;;1086", "о", "j"),
        ("1086:1054:106;2;1054", "О", "J"),
        ("1087:1055:103;2;1055", "П", "G"),
        ("1093:1061:91;2;1061", "Х", "left_curly_bracket"),
        ("1086::106", "о", "j"),
        ("1637::53;;1637", "٥", "5"),
        ("3627::115;;3627", "ห", "s"),
        ("1604::98;;1604:1575", "“لا”", "b"),
        ("233::50;;233", "é", ""),  # a Latin keyboard: no place stands for a letter
        ("246::59;;246", "ö", ""),
        ("8470::51;2;8470", "numero_sign", ""),
        ("122::121;;122", "z", ""),
    ],
)
def test_a_letter_of_another_script_has_its_place(data: str, key: str, us_key: str) -> None:
    (event,) = events_of(f"\x1b[{data}u".encode())
    assert isinstance(event, Key)
    assert (event.key, event.us_key) == (key, us_key)
    if len(key) <= 2:
        assert event.character == key


@pytest.mark.parametrize(
    "text",
    [
        "é",
        "e\u0301",
        "漢字",
        "日本語の長い文" * 8,
        "😀",
        "👍🏽",
        "👩\u200d🚀",
        "می\u200cخواهم",
        "ก็",
        "🇫🇷",
        "\u3000",
    ],
)
def test_text_arrives_whole(text: str) -> None:
    codes = ":".join(str(ord(character)) for character in text)
    for form in (f"0;;{codes}", f"101;;{codes}", f"56;3;{codes}"):
        (event,) = events_of(f"\x1b[{form}u".encode())
        assert isinstance(event, Key)
        assert event.character == text
        assert event.is_printable
    typed = [event for event in events_of(text.encode()) if isinstance(event, Key)]
    assert "".join(event.character or "" for event in typed) == text
    assert all(event.is_printable for event in typed)


def test_text_of_a_terminal_without_utf_8() -> None:
    parser = InputParser(utf8=False)
    text = "Erdoçan é"
    keys = [
        *parser.feed(text.encode("latin-1")),
        *parser.feed(text.encode()),
        *parser.feed(b"\xe9"),
    ]
    assert parser.is_incomplete, "the beginning of a character in UTF-8"
    keys += parser.flush()
    characters = [key.character or "" for key in keys if isinstance(key, Key)]
    assert "".join(characters) == f"{text}{text}é"
    (paste,) = parser.feed(b"\x1b[200~\xe9t\xe9\x1b[201~")
    assert isinstance(paste, events.Paste)
    assert paste.text == "été"


@pytest.mark.parametrize("word", ["enter", "escape", "ctrl+c", "ctrl+q", "f1", "a+b"])
def test_a_word_of_an_input_method_is_no_key(word: str) -> None:
    (event,) = events_of(f"\x1b[0;;{':'.join(str(ord(letter)) for letter in word)}u".encode())
    assert isinstance(event, Key)
    assert (event.key, event.character) == (f"“{word}”", word)


def test_control_characters_are_no_text() -> None:
    assert parsed(b"\x1b[0;;7:27u", "\x9b\x85".encode(), b"\x1b[155u") == []
    (event,) = events_of(b"\x1b[97;;97:7:98u")
    assert isinstance(event, Key)
    assert event.character == "ab"


@pytest.mark.parametrize(
    "code",
    [*range(57358, 57363), *range(57428, 57455), 57344, 63743],
)
def test_modifiers_and_media_keys_are_no_keys(code: int) -> None:
    for form in (f"{code}", f"{code};2", f"{code};2:1", f"{code};2:2", f"{code};1:3"):
        assert parsed(f"\x1b[53;;53u\x1b[{form}u\x1b[103;2;71u".encode()) == ["5", "G"]


@pytest.mark.parametrize(
    "data", ["106;1:3u", "106;1:3;106u", "1;1:3A", "6;1:3~", "27;1:3u", "99;5:3u"]
)
def test_a_key_that_goes_up_is_none(data: str) -> None:
    assert parsed(f"\x1b[{data}".encode()) == []


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"\x1bj", ["escape", "j"]),
        (b"\x1bj\x1bk", ["escape", "j", "escape", "k"]),
        (b"\x1b5G", ["escape", "5", "G"]),
        (b"\x1b\r", ["escape", "enter"]),
        (b"\x1b\t", ["escape", "tab"]),
        (b"\x1b\x7f", ["escape", "backspace"]),
        (b"\x1b\x03", ["escape", "ctrl+c"]),
        (b"\x1b[", ["escape", "left_square_bracket"]),
        (b"\x1b]", ["escape", "right_square_bracket"]),
        (b"\x1b]j", ["escape", "right_square_bracket", "j"]),
        (b"\x1b]]", ["escape", "right_square_bracket", "right_square_bracket"]),
        (b"\x1bO", ["escape", "O"]),
        (b"\x1bP", ["escape", "P"]),
        (b"\x1bPj", ["escape", "P", "j"]),
        ("\x1bé".encode(), ["escape", "é"]),
        ("\x1bж".encode(), ["escape", "ж"]),
        (b"\x1b\x1b", ["escape", "escape"]),
        (b"\x1b\x1bj", ["escape", "escape", "j"]),
        (b"\x1b\x1b\x1b[A", ["escape", "alt+up"]),
        (b"\x1b\x1b[0n", ["escape"]),
        (b"\x1b\x1b[200~x\x1b[201~", ["escape", "Paste"]),
        (b"\x1b\x1b[106;;106u", ["escape", "j"]),
    ],
)
def test_escape_and_another_key(data: bytes, keys: list[str]) -> None:
    assert parsed(data) == keys
    assert parsed(*(data[at : at + 1] for at in range(len(data)))) == keys


def test_a_key_with_alt_that_has_a_command() -> None:
    keys = {"alt+x", "alt+backspace", "ctrl+j"}
    assert parsed(b"\x1bx\x1b\x7f\x1bj\n", alt_keys=keys) == [
        *("alt+x", "alt+backspace", "escape", "j", "ctrl+j")
    ]
    parser = InputParser(keys)
    assert parser.feed(b"\x1b") == []
    (event,) = parser.feed(b"x")
    assert isinstance(event, Key)
    assert names([*event.parts]) == ["escape", "x"]
    assert parsed(b"\x1b\t", alt_keys={"alt+tab"}) == ["shift+tab"]


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[99999999u",
        b"\x1b[55296u",
        b"\x1b[1;1114112u",
        b"\x1b[1114112u",
        b"\x1b[u",
        b"\x1b[~",
        b"\x1b[0~",
        b"\x1b[9~",
        b"\x1b[35~",
        b"\x1b[65~",
        b"\x1b[106~",
        b"\x1b[1061~",
        b"\x1b[;;~",
        b"\x1b[1;2;3;4A",
        b"\x1b[12;40R",
        b"\x1b[1;99999A",
        b"\x1b[j",
        b"\x1b[1;2j",
        b"\x1b[?1;2A",
        b"\x1b[>1u",
        b"\x1b[?25u",
        b"\x1b[1 q",
        b"\x1bOZ",
        b"\x1b[[Z",
        b"\x1b[I",
        b"\x1b[O",
        b"\x1b[201~",
        b"\x1b[48;9999;9999;9;9t",
        b"\x1b[?62;22c",
        b"\x1b[?2026;2$y",
        b"\x1b[0n",
        b"\x1b[M\x20\x21\x22",
        b"\x1b[M \xc3\xa9",
        b"\x1b[32;10;20M",
        b"\x1b[<0;99999999;1M",
        b"\x1b[<0;0;1M",
        b"\x1b]11;rgb:22/22/22\x07",
        b"\x1b]52;c;" + b"eHg=" * 5000 + b"\x1b\\",
        b"\x1bP>|term\x1b\\",
        b"\x1bP1$r0m\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b[" + b"1;" * 5000 + b"u",
        # Interrupted:
        b"\x1b[1;2\x1b[0n",
        b"\x1b[\x1b[0n",
        b"\x1b]11;rgb\x1b[0n",
    ],
)
def test_what_is_not_a_key(data: bytes) -> None:
    assert parsed(data) == []
    assert parsed(data, b"j") == ["j"]
    for cut in range(2, len(data), 1 + len(data) // 50):
        assert parsed(data[:cut], data[cut:] + b"j") == ["j"], "however it arrives"


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"\x1b[1;2\x03", ["ctrl+c"]),
        (b"\x1b[1;2\rj", ["enter", "j"]),
        ("\x1b[1;2é".encode(), ["é"]),
        (b"\x1b[M\x03", ["ctrl+c"]),
        (b"\x1b]11;rgb:\x03j", ["ctrl+c", "j"]),
        (b"\x1b]11;rgb:\x1bj", ["escape", "j"]),
        (b"\x1b[1;2\x1b[A", ["up"]),
        (b"\xff\x1b[Aj", ["�", "up", "j"]),
        (b"\xe2\x82\rj", ["�", "enter", "j"]),
    ],
)
def test_a_broken_sequence_is_dropped_and_no_more(data: bytes, keys: list[str]) -> None:
    replaced = [key.replace("replacement_character", "�") for key in parsed(data)]
    assert replaced == keys


@pytest.mark.parametrize(
    "data", [b"\x1b[1;5", b"\x1b[1", b"\x1b]11;rgb:22", b"\x1b[M!", b"\x1b[<0;1"]
)
def test_a_sequence_that_never_ends_is_dropped_after_a_while(data: bytes) -> None:
    parser = InputParser()
    assert parser.feed(data) == []
    assert parser.is_incomplete
    assert parser.flush() == []
    assert names(parser.feed(b"j")) == ["j"]


def test_an_escape_character_waits_for_less_time_than_a_sequence() -> None:
    parser = InputParser()
    parser.feed(b"\x1b")
    escape = parser.timeout
    parser.feed(b"[1;")
    assert parser.timeout > escape


KEYS = st.sampled_from(
    [data for forms in SENT.values() for data in forms.split(b" ") if data[-1:] != b"\x1b"]
)


FRAGMENTS = st.sampled_from(
    [
        *(b"\x1b", b"[", b"O", b"1", b";", b":", b"M", b"~", b"u", b"$", b"]", b"P", b"_", b"\\"),
        *(b"\x1b[<0;1;1M", b"\x1b[200~", b"\x1b[201~", b"\xe2\x82", "é".encode(), b"\x9b", b"\x07"),
    ]
)


@given(st.lists(FRAGMENTS | KEYS | st.binary(max_size=3), max_size=20).map(b"".join), st.data())
def test_no_cut_changes_the_keys(data: bytes, cuts: st.DataObject) -> None:
    places = sorted(cuts.draw(st.lists(st.integers(0, len(data)), max_size=6)))
    pieces = [data[start:end] for start, end in pairwise([0, *places, len(data)])]
    whole = events_of(data)
    assert parsed(*pieces) == names(whole)
    for event in whole:
        if isinstance(event, events.Key) and event.character:
            assert not any(unicodedata.category(part) in ("Cc", "Cs") for part in event.character)


@given(st.lists(FRAGMENTS | st.binary(max_size=3), max_size=12).map(b"".join), KEYS)
def test_no_key_is_lost_after_garbage(garbage: bytes, key: bytes) -> None:
    parser = InputParser()
    parser.feed(garbage)
    while parser.is_incomplete:
        parser.flush()
    parser.feed(b" ")  # ends a character that the garbage began
    assert names(parser.feed(key)) == parsed(key)


class TestMouse:
    """Only a press of the left button and its release are passed on, and the wheel."""

    @pytest.mark.parametrize(
        ("data", "passed"),
        [
            ("0;5;6M 0;5;6m", ["MouseDown", "MouseUp"]),
            ("0;5;6M 3;5;6m", ["MouseDown", "MouseUp"]),
            ("0;5;6M", []),
            ("0;5;6m", []),
            ("1;5;6M 1;5;6m", []),
            ("2;5;6M 2;5;6m", []),
            ("0;5;6M 2;5;6M 2;5;6m 0;5;6m", []),
            ("0;5;6M 64;5;6M 0;5;6m", ["MouseScrollUp"]),
            ("32;5;6M 35;5;6M", []),
            ("0;5;6M 32;6;6M 0;6;6m", []),
            ("64;5;6M 65;5;6M", ["MouseScrollUp", "MouseScrollDown"]),
            ("65;5;6m 66;5;6M 67;5;6M 97;5;6M", []),
            ("128;5;6M 128;5;6m 129;5;6M 129;5;6m", []),
            ("0;0;6M 0;0;6m 64;5;0M", []),
        ],
    )
    def test_reports(self, data: str, passed: list[str]) -> None:
        reports = b"".join(f"\x1b[<{report}".encode() for report in data.split())
        assert parsed(reports) == passed

    def test_both_have_their_places(self) -> None:
        down, up = events_of(b"\x1b[<0;5;6M\x1b[<0;9;7m")
        assert isinstance(down, events.MouseDown)
        assert isinstance(up, events.MouseUp)
        assert (down.x, down.y, up.x, up.y, up.button) == (4, 5, 8, 6, 1)

    def test_a_click_that_raises_the_window_is_none(self) -> None:
        now = [0.0]
        parser = InputParser(clock=lambda: now[0])
        assert parser.feed(b"\x1b[I\x1b[<0;5;6M\x1b[<0;5;6m") == []
        now[0] += 1
        assert len(parser.feed(b"\x1b[<0;5;6M\x1b[<0;5;6m")) == 2


@pytest.mark.parametrize(
    ("data", "positions"),
    [
        (b"\x1b[2;4R", [(2, 4)]),
        (b"\x1b[24;80R\x1b[1;1R", [(24, 80), (1, 1)]),
        (b"\x1b[1;80R", [(1, 80)]),
        (b"\x1b[1;2R", []),
        (b"\x1b[1;5R", []),
        (b"\x1b[1;16R", []),
    ],
)
def test_f3_with_a_modifier_is_no_position_of_the_cursor(
    data: bytes, positions: list[tuple[int, int]]
) -> None:
    parser = InputParser()
    keys = parser.feed(data)
    assert parser.take_positions() == positions
    assert parser.take_positions() == []
    assert not (keys and positions), "an answer is no key"


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


@pytest.mark.parametrize("flood", [b"j", b"\x1b[A", b"\x1b", b"\x1b[106;;106u", b"\0", b"\x1bj"])
def test_a_flood_of_keys_is_cut(flood: bytes) -> None:
    parser = InputParser()
    assert len(parser.feed(flood * 300_000, max_keys=10)) <= 11
    messages = parser.feed(flood * 1000 + b"\x1b[0n\x1b[200~text\x1b[201~\x1b[0", max_keys=10)
    assert names(messages).count("Paste") == 1
    parser.feed(b"n", max_keys=0)
    assert parser.take_report_count() == 2


def test_keys_beyond_the_rate_limit_are_dropped() -> None:
    now = [0.0]
    limit = RateLimit(lambda: now[0])
    assert sum(limit.acquire() for _ in range(10_000)) == BURST
    now[0] = 0.5
    assert sum(limit.acquire() for _ in range(10_000)) == 50


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_no_bytes_do_harm(pieces: list[bytes]) -> None:
    parser = InputParser()
    for piece in pieces:
        parser.feed(piece)
    parser.flush()
    parser.flush()


def test_the_private_parts_of_textual_that_are_used_exist() -> None:
    assert "self._fatal_error()" in inspect.getsource(App)
    assert "_exit_renderables" in inspect.getsource(App.panic)
    assert [*inspect.signature(App._fatal_error).parameters] == ["self"]
    assert [*inspect.signature(App._check_bindings).parameters] == ["self", "key", "priority"]
    assert "self._check_bindings(event.key)" in inspect.getsource(App._on_key)
    sized, own = (inspect.signature(cls._size_updated) for cls in (ScrollView, SizedView))
    assert sized == own
