"""Text that is safe to show and fits its cells: cleaning at load, measuring and clipping."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Terminal commands, invisible reordering and smuggled text. The joiners and the variation
# selectors stay: emoji and Indic scripts are written with them.
_FORBIDDEN = re.compile(
    r"["
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
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
    """Make a text from a file safe to show, in Unicode normalisation form C (UAX #15).

    Dropped are the C0 controls but tab and newline, DEL, the C1 controls, bidi controls, the
    byte order mark, interlinear annotation, the tag block and lone surrogates. The line and
    paragraph separators U+2028 and U+2029 become newlines.

    Args:
        text: Any string.

    Returns:
        The cleaned text, and the names of what was dropped, such as `U+001B`, each once and in
        order of appearance.
    """
    if text.isascii() and text.isprintable():
        return text, ()
    dropped = dict.fromkeys(_FORBIDDEN.findall(text))
    if dropped:
        text = _FORBIDDEN.sub("", text)
    text = unicodedata.normalize("NFC", _SEPARATORS.sub("\n", text))
    return text, tuple(f"U+{ord(char):04X}" for char in dropped)


def one_line(text: str) -> str:
    """Set a text on one line: every run of white space becomes one space, none at the ends."""
    return " ".join(text.split())


def shown(text: str) -> str:
    """A text from outside as it may be shown: on one line, without commands for the terminal."""
    return one_line(clean(text)[0])


def excerpt(text: str, width: int = 40) -> str:
    """A text as a message quotes it: cleaned, on one line, and not longer than it needs to be."""
    return clip(shown(text), width)


def cell_width(text: str) -> int:
    """Count the terminal cells of a line of text.

    It serves plain-text output. The reader lays out with the measure of its own toolkit, Rich,
    and the two agree on text as people write it: wide and full-width characters (UAX #11) take
    two cells; marks, controls and most format characters none; a zero width joiner draws the
    next character into the one before; U+FE0F turns a narrow character into a wide emoji.
    They part on characters newer than Python's Unicode data, on the Hangul fillers, and on
    U+FE0F after a character that has no emoji form.
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
    """Cut a line of text to a width, ending in an ellipsis where something was cut.

    The cut falls between grapheme clusters (UAX #29): no letter loses its marks, no joined emoji
    or flag is halved. Space before the ellipsis goes too.

    Args:
        text: One line.
        width: The cells there are. Below one nothing fits, and the result is empty.
        measure: The function that counts cells.
    """
    if measure(text) <= width:
        return text
    room = width - measure(_ELLIPSIS)
    if room < 0:
        return ""
    kept = []
    for cluster in _clusters(text):
        room -= measure(cluster)
        if room < 0:
            break
        kept.append(cluster)
    return "".join(kept).rstrip() + _ELLIPSIS


def _clusters(text: str) -> Iterator[str]:
    cluster = ""
    for char in text:
        extends = not _char_width(char) or cluster.endswith(_JOINER)
        pairs = len(cluster) == 1 and _is_flag_letter(cluster) and _is_flag_letter(char)
        if cluster and not extends and not pairs:
            yield cluster
            cluster = ""
        cluster += char
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
    # Vowels and final consonants are drawn into a Hangul syllable, skin tones into an emoji.
    if (
        "\u1160" <= char <= "\u11ff"
        or "\ud7b0" <= char <= "\ud7ff"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    ):
        return 0
    if category == "Cn":
        # Newer than this Python: the block of new emoji, and the two planes kept for ideographs.
        wide = "\U0001fa70" <= char <= "\U0001faff" or "\U00020000" <= char <= "\U0003fffd"
        return 2 if wide else 1
    return 2 if unicodedata.east_asian_width(char) in "FW" else 1
