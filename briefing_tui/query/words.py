"""Tokenisation for comparison: words without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from briefing_tui.query.fact import BETWEEN
from briefing_tui.query.folding import fold, foldings, mapped

_ASCII = re.compile(r"[a-z0-9]+")
_ASCII_FOLDED = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(256))
"""A translation table equivalent to `_ASCII`, several times faster."""
_LETTERS = re.compile(r"[^\W_]+")
_MAY_BE_MARKED = re.compile("[\u0483-\u1fff\u20d0-\U0010ffff]")
"""Scripts with vowel marks, which are parts of words."""


def tokens(text: str) -> list[str]:
    """Return the normalised words of a text: ``S-400’s`` is ``s``, ``400``, ``s``."""
    return _ASCII.findall(text.lower()) if text.isascii() else _split(fold(text))


def fold_words(text: str) -> str:
    """Return the normalised words of a text, separated by one space."""
    if text.isascii():
        return b" ".join(text.encode().translate(_ASCII_FOLDED).split()).decode()
    return " ".join(tokens(text))


def spellings(text: str) -> list[str]:
    """Return the words of each of the `foldings` of a text, separated by one space."""
    if text.isascii():
        return [fold_words(text)]
    return list(dict.fromkeys(" ".join(_split(folded)) for folded in foldings(text)))


def searchable_words(*texts: str) -> str:
    """Return the words by which texts are found, in all spellings, which no phrase spans."""
    return join_spellings(words for text in texts for words in spellings(text))


def join_spellings(spellings: Iterable[str]) -> str:
    """Join words so that no phrase matches across two of them; each once."""
    return f" {BETWEEN} ".join(dict.fromkeys(filter(None, spellings)))


def token_spans(text: str) -> Iterator[list[tuple[str, int, int]]]:
    """Yield, for each spelling, the normalised words with their start and end, exclusive."""
    if text.isascii():
        yield [(match[0], *match.span()) for match in _ASCII.finditer(text.lower())]
        return
    for place in mapped(text):
        folded = place.folded
        if _MAY_BE_MARKED.search(folded):
            folded = "".join("x" if _is_word_char(char) else " " for char in folded)
        yield [
            (place.folded[match.start() : match.end()], *place.span(*match.span()))
            for match in _LETTERS.finditer(folded)
        ]


def _split(folded: str) -> list[str]:
    if _MAY_BE_MARKED.search(folded) is None:
        return _LETTERS.findall(folded)
    return "".join(char if _is_word_char(char) else " " for char in folded).split()


def _is_word_char(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"
