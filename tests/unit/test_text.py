"""Cleaning, measuring and clipping of text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_tui.briefing.terminal_text import (
    cell_width,
    clean,
    clip,
    excerpt,
    one_line,
    printable,
)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
RAINBOW_FLAG = "\U0001f3f3\ufe0f\u200d\U0001f308"
INDIA = "\U0001f1ee\U0001f1f3"
RUSSIA = "\U0001f1f7\U0001f1fa"

FORBIDDEN = {
    *map(chr, [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)]),
    *map(chr, [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
    *map(chr, [0xFEFF, *range(0xFFF9, 0xFFFC), 0x2028, 0x2029]),
    *map(chr, [*range(0xE0000, 0xE0080), *range(0xD800, 0xE000)]),
}


@pytest.mark.parametrize(
    ("text", "cleaned", "dropped"),
    [
        ("", "", ()),
        ("plain", "plain", ()),
        ("tab\tand\nline", "tab\tand\nline", ()),
        ("caf\u0065\u0301", "caf\u00e9", ()),
        ("\x1b[31mred\x1b[0m", "[31mred[0m", ("U+001B",)),
        ("a\u202eb\x00c\u202ed", "abcd", ("U+202E", "U+0000")),
        ("\ufeffstart", "start", ("U+FEFF",)),
        ("one\u2028two\u2029three", "one\ntwo\nthree", ()),
        ("csi\x9b1m", "csi1m", ("U+009B",)),
        ("tag\U000e0041ged", "tagged", ("U+E0041",)),
        ("half\ud83d", "half", ("U+D83D",)),
        ("e\x00\u0301", "\u00e9", ("U+0000",)),
        (FAMILY + RAINBOW_FLAG, FAMILY + RAINBOW_FLAG, ()),
        ("\u0915\u094d\u200c\u0937", "\u0915\u094d\u200c\u0937", ()),
    ],
)
def test_clean(text: str, cleaned: str, dropped: tuple[str, ...]) -> None:
    assert clean(text) == (cleaned, dropped)


def test_clean_drops_every_forbidden_character() -> None:
    separators = {"\u2028", "\u2029"}
    for char in FORBIDDEN - separators:
        assert clean(f"a{char}b") == ("ab", (f"U+{ord(char):04X}",))


@settings(deadline=None)
@given(st.text(st.characters(codec=None) | st.sampled_from(sorted(FORBIDDEN))))
def test_clean_is_idempotent_and_thorough(text: str) -> None:
    cleaned, _ = clean(text)
    assert clean(cleaned) == (cleaned, ())
    assert not FORBIDDEN.intersection(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a\t b\r\n\nc  ", "a b c"),
        ("no\u00a0break\u202fspace", "no break space"),
        ("wide\u3000space\u2028line", "wide space line"),
        (" \n ", ""),
    ],
)
def test_one_line(text: str, expected: str) -> None:
    assert one_line(text) == expected


def test_what_is_shown_is_one_line_and_no_command() -> None:
    assert printable(" red\x1b[31m\u202e\n  alert\u2028end\t") == "red[31m alert end"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("plain", "plain"),
        ("red \x1b[31m\n\tand \u202e more", "red [31m and more"),
        ("x" * 41, "x" * 39 + "\u2026"),
        ("\u4e2d" * 30, "\u4e2d" * 19 + "\u2026"),
    ],
)
def test_excerpt(text: str, expected: str) -> None:
    assert excerpt(text) == expected


SAMPLES = [
    ("", 0),
    ("S-400 Triumf", 12),
    ("tab\tline\n", 7),
    ("T\u00fcrkiye, C\u00f4te d'Ivoire", 22),
    ("e\u0301", 1),
    ("\u041f\u0443\u0442\u0438\u043d", 5),
    ("\u4e2d\u56fd", 4),
    ("\uff21\uff22\uff71", 5),
    ("\ud55c\uad6d", 4),
    ("\u1112\u1161\u11ab", 2),
    ("\u0645\u064f\u062d\u0645\u062f", 4),
    ("\u05e9\u05b8\u05dc\u05d5\u05dd", 4),
    ("\u0928\u0930\u0947\u0928\u094d\u0926\u094d\u0930 \u092e\u094b\u0926\u0940", 8),
    ("\u0915\u094d\u200d\u0937", 1),
    ("\u0ba4\u0bae\u0bbf\u0bb4\u0bcd", 3),
    ("\u0e44\u0e17\u0e22\u0e49", 3),
    ("\U0001f680", 2),
    ("\U0001f44d\U0001f3fd", 2),
    ("\u2708", 1),
    ("\u2708\ufe0f", 2),
    ("1\ufe0f\u20e3", 2),
    (FAMILY, 2),
    (RAINBOW_FLAG, 2),
    ("\u2764\ufe0f\u200d\U0001f525", 2),
    ("\U0001f441\ufe0f\u200d\U0001f5e8\ufe0f", 2),
    (INDIA + RUSSIA, 4),
    ("\U0001fae8", 2),
    ("\u2500\u2022\u2026\u2013", 4),
    ("soft\u00adhyphen", 11),
    ("\u200d", 0),
    ("\ufe0fa", 1),
]


@pytest.mark.parametrize(("text", "width"), SAMPLES)
def test_cell_width(text: str, width: int) -> None:
    assert cell_width(text) == width


@pytest.mark.parametrize("text", [text for text, _ in SAMPLES])
def test_cell_width_agrees_with_rich(text: str) -> None:
    cells = pytest.importorskip("rich.cells")
    assert cell_width(text) == cells.cell_len(text, "latest")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (0x0000, 0x036F),
        (0x0400, 0x052F),
        (0x05D0, 0x05EA),
        (0x0600, 0x06FF),
        (0x0900, 0x097F),
        (0x0E01, 0x0E3A),
        (0x1100, 0x11FF),
        (0x2000, 0x2027),
        (0x2190, 0x21FF),
        (0x2500, 0x25FF),
        (0x3000, 0x303E),
        (0x3041, 0x3096),
        (0x4E00, 0x9FFF),
        (0xAC00, 0xD7A3),
        (0x1F300, 0x1F64F),
    ],
)
def test_cell_width_agrees_with_rich_over_a_block(first: int, last: int) -> None:
    cells = pytest.importorskip("rich.cells")
    differing = [
        f"U+{point:04X}"
        for point in range(first, last + 1)
        if cell_width(chr(point)) != cells.cell_len(chr(point), "latest")
    ]
    assert not differing


@pytest.mark.parametrize(
    ("text", "width", "in_rich"),
    [
        pytest.param("\u3164", 2, 0, id="Hangul filler"),
        pytest.param("\uffa0", 1, 0, id="half-width Hangul filler"),
        pytest.param("a\ufe0f", 2, 1, id="emoji style on a letter"),
    ],
)
def test_documented_differences_from_rich(text: str, width: int, in_rich: int) -> None:
    cells = pytest.importorskip("rich.cells")
    assert (cell_width(text), cells.cell_len(text, "latest")) == (width, in_rich)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 0, ""),
        ("", -1, ""),
        ("short", 5, "short"),
        ("longer", 5, "long\u2026"),
        ("two words", 5, "two\u2026"),
        ("text", 1, "\u2026"),
        ("text", 0, ""),
        ("text", -1, ""),
        ("\u4e2d\u56fd\u4eba", 4, "\u4e2d\u2026"),
        ("\u4e2d\u56fd\u4eba", 5, "\u4e2d\u56fd\u2026"),
        ("ae\u0301\u0302bc", 3, "ae\u0301\u0302\u2026"),
        (FAMILY + "abc", 3, FAMILY + "\u2026"),
        (FAMILY + "abc", 2, "\u2026"),
        (INDIA + RUSSIA, 3, INDIA + "\u2026"),
        (INDIA + "ab", 2, "\u2026"),
        ("a" + RAINBOW_FLAG + "bc", 4, "a" + RAINBOW_FLAG + "\u2026"),
        ("\U0001f44d\U0001f3fdabc", 3, "\U0001f44d\U0001f3fd\u2026"),
        ("\u0928\u093f\u0928\u093f\u0928\u093f", 2, "\u0928\u093f\u2026"),
    ],
)
def test_clip(text: str, width: int, expected: str) -> None:
    assert clip(text, width) == expected


def test_clip_with_another_measure() -> None:
    assert clip("text", 6, lambda text: 2 * len(text)) == "te\u2026"
    assert clip("text", 1, lambda text: 2 * len(text)) == ""


TRICKY = (
    "ab \u0301\u200d\ufe0f\u4e2d\U0001f44d\U0001f3fd\U0001f1ee\U0001f1f3\u0915\u094d\u1112\u1161\n"
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(TRICKY)), st.integers(0, 20))
def test_clip_never_exceeds_the_width(text: str, width: int) -> None:
    clipped = clip(text, width)
    assert cell_width(clipped) <= width
    assert clipped == text or text.startswith(clipped.removesuffix("\u2026"))
