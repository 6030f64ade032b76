"""Safe text for a terminal: cleaning at load, measuring in cells, clipping."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

# Control sequences, invisible reordering and smuggled text. Joiners and variation selectors
# are allowed: emoji and Indic scripts need them.
_FORBIDDEN = re.compile(
    r"["
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 except tab and newline, DEL, C1
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls (UAX #9, section 2)
    r"\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # BOM, interlinear annotation, tags
    r"\ud800-\udfff"  # lone surrogates
    r"]"
)
_SEPARATORS = re.compile(r"[\u2028\u2029]")

_ELLIPSIS = "\u2026"
_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_VISIBLE_FORMATS = frozenset(
    "\u00ad\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without unsafe characters, in Unicode form C (UAX #15), and their names.

    Line and paragraph separators become newlines. The names, such as `U+001B`, are in order of
    appearance, without duplicates.
    """
    if text.isascii() and text.isprintable():
        return text, ()
    dropped = dict.fromkeys(_FORBIDDEN.findall(text))
    if dropped:
        text = _FORBIDDEN.sub("", text)
    text = unicodedata.normalize("NFC", _SEPARATORS.sub("\n", text))
    return text, tuple(f"U+{ord(char):04X}" for char in dropped)


def without_controls(text: str) -> str:
    """Return text to print, without unsafe characters; unlike `clean`, it normalises nothing."""
    if text.isascii() and text.isprintable():
        return text
    return _FORBIDDEN.sub("", _SEPARATORS.sub(" ", text))


def escaped_json(text: str) -> str:
    """Return JSON in which unsafe characters are escaped (RFC 8259, section 7)."""

    def escape(match: re.Match[str]) -> str:
        units = match[0].encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))

    return re.sub(f"{_FORBIDDEN.pattern}|{_SEPARATORS.pattern}", escape, text)


def typed_text(text: str) -> str:
    """Decode what a terminal sent and the locale's encoding lacks as UTF-8, or else Latin-1.

    Python reads UTF-8 in the C locale, whatever the terminal sends, and escapes other bytes (PEP
    383).
    """
    data = text.encode("utf-8", "surrogateescape")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def one_line(text: str) -> str:
    """Collapse each run of white space into one space and strip the ends."""
    return " ".join(text.split())


def printable(text: str) -> str:
    """Return untrusted text on one line, without control sequences."""
    return one_line(clean(text)[0])


def excerpt(text: str, width: int = 40) -> str:
    """Return untrusted text as a message quotes it: cleaned, on one line, clipped."""
    return clip(printable(text), width)


def cell_width(text: str) -> int:
    """Return the width of a line of text in terminal cells.

    Wide and full-width characters (UAX #11) have two cells; marks, controls and most format
    characters none; a zero width joiner merges the next character into the previous one; U+FE0F
    turns a narrow character into a wide emoji. Rich, with which the full screen measures, differs
    on characters newer than Python's Unicode data, on the Hangul fillers, and on U+FE0F after a
    character without an emoji form.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    if _JOINER not in text and _EMOJI_STYLE not in text:
        return sum(map(_char_width, text))
    width = base = 0
    joined = False
    for char in text:
        if joined or char == _JOINER:
            joined = not joined
        elif char == _EMOJI_STYLE:
            width += base == 1
            base = 0
        elif cells := _char_width(char):
            width += cells
            base = cells
    return width


def clip(text: str, width: int, measure: Callable[[str], int] = cell_width) -> str:
    """Truncate a line of text to a width in cells, with an ellipsis at the end if it is cut.

    Cuts between grapheme clusters (UAX #29), so that no letter loses its marks and no joined
    emoji or flag is split. Below a width of 1 the result is empty.
    """
    if measure(text) <= width:
        return text
    room = width - measure(_ELLIPSIS)
    if room < 0:
        return ""
    head = []
    for cluster in clusters(text):
        room -= measure(cluster)
        if room < 0:
            break
        head.append(cluster)
    return "".join(head).rstrip() + _ELLIPSIS


def wrap_words(text: str, width: int) -> list[str]:
    """Break a text at its spaces into lines of a width in cells; a longer word stays whole."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cell_width(lines[-1]) + 1 + cell_width(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def clusters(text: str) -> Iterator[str]:
    """Yield the grapheme clusters of a text (UAX #29), as far as their widths depend on it."""
    cluster = ""
    for char in text:
        extends = not _char_width(char) or cluster.endswith(_JOINER)
        pairs = len(cluster) == 1 and _is_flag_letter(cluster) and _is_flag_letter(char)
        if cluster and not extends and not pairs:
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    category = unicodedata.category(char)
    if category[0] == "M" or category in ("Cc", "Zl", "Zp"):
        return 0
    if category == "Cf":
        return int(char in _VISIBLE_FORMATS)
    # Hangul vowels and final consonants combine with a syllable, skin tones with an emoji.
    if (
        "\u1160" <= char <= "\u11ff"
        or "\ud7b0" <= char <= "\ud7ff"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    ):
        return 0
    if category == "Cn":
        # Newer than this Python: the block of new emoji, and the two planes for ideographs.
        wide = "\U0001fa70" <= char <= "\U0001faff" or "\U00020000" <= char <= "\U0003fffd"
        return 2 if wide else 1
    return 2 if unicodedata.east_asian_width(char) in "FW" else 1
