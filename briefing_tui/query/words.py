"""Tokenisation for comparison: words without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_ASCII = re.compile(r"[a-z0-9]+")
_ASCII_FOLDED = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(256))
"""A translation table equivalent to `_ASCII`, several times faster."""
_LETTERS = re.compile(r"[^\W_]+")
_MAY_BE_MARKED = re.compile("[\u0483-\u1fff\u20d0-\U0010ffff]")
"""Scripts with vowel marks, which are parts of words."""
_RUN = re.compile(r"[^\s!-/:-@\[-`{-~]+")

# Accents that decomposition separates, and letters that it does not decompose.
_PLAIN = dict.fromkeys(range(0x300, 0x370)) | str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "þ": "th"}
)


def tokens(text: str) -> list[str]:
    """Return the normalised words of a text: ``S-400’s`` is ``s``, ``400``, ``s``."""
    if text.isascii():
        return _ASCII.findall(text.lower())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = plain.translate(_PLAIN)
    if _MAY_BE_MARKED.search(plain) is None:
        return _LETTERS.findall(plain)
    return "".join(char if _is_word_char(char) else " " for char in plain).split()


def fold_words(text: str) -> str:
    """Return the normalised words of a text, separated by one space."""
    if text.isascii():
        return b" ".join(text.encode().translate(_ASCII_FOLDED).split()).decode()
    return " ".join(tokens(text))


def token_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each normalised word of a text with its start and end, exclusive."""
    if text.isascii():
        for match in _ASCII.finditer(text.lower()):
            yield match[0], match.start(), match.end()
        return
    for run in _RUN.finditer(text):
        start = None
        for index, char in enumerate(run[0] + " ", run.start()):
            inside = char.isascii() or _is_word_char(char)
            if char != " " and inside:
                start = index if start is None else start
            elif start is not None:
                for word in tokens(text[start:index]):
                    yield word, start, index
                start = None


def _is_word_char(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"
