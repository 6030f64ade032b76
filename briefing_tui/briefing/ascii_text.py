"""Text for terminals without UTF-8: ASCII of the same width in cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from briefing_tui.briefing.terminal_text import cell_width

TYPOGRAPHIC = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u00ad", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2035\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u2036", '"'),
    "\u2044": "/",
}
"""Hyphens and dashes, quotation marks and primes, and the signs of keyboards for them."""

_GLYPHS = dict(
    zip(
        "●○✕◐◌•★✎⚠✗→▌─━┄┈▴▾▒┃├┤█░◇◆▲▼■◉┊│╭╮╰╯┬┴┼└·¶…×›",
        "*ox%~-SN!X>|-=-.^v=|++#.?&^v#@:|++++++++/P~x>",
        strict=True,
    )
)
"""What the program draws with, and signs that a name or a figure may have."""
_WORD_SIGNS = dict(
    zip(
        "❝≣✆⚇⇝☛⊢✓⊘✑☒♙∎⌕◬☍⚑⇥∆◫◷⇡⊜✹⋄⊗↺⇪⊚\u22c3⇣⇄⋎⇅⊠↥♕⌂↯✚✙",
        '"=(8~>]+/&Xi#Q!:P>D|@^=*-X<^oUv%Y%#^Wnz++',
        strict=True,
    )
)
"""Signs of words in the vocabularies."""
_SIGNS = re.compile("[\u2190-\u2bff]")
"""Arrows, mathematical signs, box drawing, blocks, shapes, dingbats."""
_LIKE = {
    **dict.fromkeys("═╌╍┅┈┉▔▁", "-"),
    **dict.fromkeys("║╎╏┆┇┋▏▎▍▋▊▉▐▕", "|"),
    # The ends of scroll bars, whose background shows them too.
    **dict.fromkeys("▀▂▃▄▅▆▇", " "),
    "▓": "#",
    **dict.fromkeys("←◀◂⟨", "<"),
    **dict.fromkeys("▶▸⟩", ">"),
    **dict.fromkeys("↑▲", "^"),
    **dict.fromkeys("↓▼", "v"),
    "≈": "-",
}
_LETTERS = dict(
    zip("ßøØłŁđĐðÐþÞæÆœŒıħŋ€£¥₹₽°«»\u2039¡¿§", "soOlLdDdDpPaAoOihnELYRRo<><!?S", strict=True)
)
_OURS = str.maketrans({**TYPOGRAPHIC, **_GLYPHS, **_WORD_SIGNS})


def to_ascii(text: str) -> str:
    """Replace our glyphs and typographic signs by ASCII, cell for cell; letters stay."""
    return text.translate(_OURS)


def without_signs(text: str) -> str:
    """Replace every sign by ASCII, our own and others; letters stay as they are."""
    return _SIGNS.sub(lambda match: ascii_of(match[0]), to_ascii(text))


def without_ambiguous(text: str) -> str:
    """Replace signs by ASCII, and letters of ambiguous width (UAX 11) that have an equivalent."""
    return "".join(
        (unicodedata.east_asian_width(char) == "A" and ascii_of(char)) or char
        for char in without_signs(text)
    )


def in_ascii(text: str, measure: Callable[[str], int] = cell_width) -> str:
    """Replace everything by ASCII of the same width, what has no equivalent by question marks."""
    if text.isascii():
        return text
    letters = (char if char.isascii() else _fitted(char, measure(char)) for char in text)
    width = measure(text)
    # Emoji and marks that join with their neighbours are wider apart than together.
    return "".join(letters)[:width].ljust(width, "?")


def _fitted(char: str, width: int) -> str:
    respelt = ascii_of(char)
    return respelt if len(respelt) == width else "?" * width


@lru_cache(maxsize=4096)
def ascii_of(char: str) -> str:
    """Return a character in ASCII, as wide as it is; empty if it has no equivalent."""
    if char.isascii():
        return char
    ours = _OURS.get(ord(char))
    if ours:
        return ours
    if _SIGNS.match(char):
        return _LIKE.get(char, "+" if "\u2500" <= char <= "\u257f" else "*" * cell_width(char))
    base = "".join(part for part in unicodedata.normalize("NFKD", char) if part.isascii())
    letter = _LETTERS.get(char, base)
    return letter if len(letter) == cell_width(char) and letter.isprintable() else ""
