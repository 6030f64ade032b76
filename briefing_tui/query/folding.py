"""Folding of text for comparison: without case, accents, typographic signs and joiners.

Text is compared in two spellings: as it is written, and as ASCII shows it. `“Straße” – €5` is found
as `"strasse" - €5` and as `"strase" - e5`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

import msgspec

from briefing_tui.briefing.ascii_text import TYPOGRAPHIC, ascii_of

_SIGNS = {
    **TYPOGRAPHIC,
    **dict.fromkeys("«»", '"'),
    **dict.fromkeys("\u2039\u203a", "'"),
    "→": "->",
    "←": "<-",
    "\u00ad": "",
}
_PLAIN = {
    **_SIGNS,
    # Letters that Unicode does not decompose.
    **dict(zip("øłđð\u0131ħŋ", "olddihn", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
_DROPPED = re.compile(
    "["
    "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # accents
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06ed"  # Arabic ones
    "]"
)
_VARIATIONS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Variation selectors (Unicode, section 23.4)."""


def _decomposed(char: str) -> str:
    """Return compatible characters in lower case (Unicode, section 3.13, D146)."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf" or _VARIATIONS.match(char) is not None


class _Folding(dict[int, str]):
    """A table for `str.translate`, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = self._fold(chr(code))
        return folded

    def _fold(self, char: str) -> str:
        if char in _PLAIN:
            return _PLAIN[char]
        if char.isspace():
            return " "
        if _DROPPED.match(char) or _is_invisible(char):
            return ""
        parts = _decomposed(char)
        return char if parts == char else "".join(self[ord(part)] for part in parts)


class _AsciiFolding(_Folding):
    """A table that folds what ASCII shows for a character."""

    def _fold(self, char: str) -> str:
        return "".join(_WRITTEN[ord(part)] for part in ascii_of(char) or char)


_WRITTEN, _IN_ASCII = _Folding(), _AsciiFolding()
_WITHOUT_SIGNS = str.maketrans(_SIGNS)


def fold(text: str) -> str:
    """Fold a text as it is written."""
    return _folded(text, _WRITTEN)


@lru_cache(maxsize=16_384)
def foldings(text: str) -> tuple[str, ...]:
    """Fold a text as it is written, and as ASCII shows it if that is another spelling."""
    if text.isascii():
        return (fold(text),)
    return tuple(dict.fromkeys(_folded(text, table) for table in (_WRITTEN, _IN_ASCII)))


def _folded(text: str, table: _Folding) -> str:
    if text.isascii() and text.isprintable():
        folded = text.lower()
    else:
        composed = unicodedata.normalize("NFC", text).translate(table)
        folded = unicodedata.normalize("NFD", composed)
    return re.sub("  +", " ", folded) if "  " in folded else folded


class Mapped(msgspec.Struct, frozen=True):
    """A folded text whose characters know where they are in the text."""

    folded: str
    positions: list[int]
    """The index in the text of each character of `folded`, and the length of the text."""
    source: str
    """The text, or what ASCII shows for it, by the indices of the text."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the text of a span of `folded`, with the marks that follow."""
        first, last = self.positions[start], self.positions[end - 1]
        return first, next((at for at in self.positions[end:] if at > last), last + 1)


def mapped(text: str) -> Iterator[Mapped]:
    """Yield the `foldings` of a text with their positions in it."""
    tables = (_WRITTEN,) if text.isascii() else (_WRITTEN, _IN_ASCII)
    seen = set()
    for table in tables:
        letters: list[str] = []
        positions: list[int] = []
        for index, char in enumerate(text):
            for letter in table[ord(char)]:
                if letter != " " or not letters or letters[-1] != " ":
                    letters.append(letter)
                    positions.append(index)
        folded = "".join(letters)
        if folded not in seen:
            seen.add(folded)
            respelt = (ascii_of(char)[:1] or char for char in text)
            source = text if table is _WRITTEN else "".join(respelt)
            yield Mapped(folded, [*positions, len(text)], source)


class Needle:
    """A text that is searched for.

    Without capitals it matches both cases; without accents, letters with and without them; without
    typographic signs, every kind of dash, quotation mark and arrow.
    """

    def __init__(self, text: str) -> None:
        self._text = unicodedata.normalize("NFC", text)
        self.folded = fold(self._text)
        accented = _accented(self._text)
        self._accented = accented if accented != self.folded else None
        self._signs = _signs(self._text)
        self._capitals = None if text == text.lower() else _capitals(next(mapped(self._text)))

    def is_in(self, text: str) -> bool:
        """Return whether a text matches."""
        if not any(self.folded in folded for folded in foldings(text)):
            return False
        is_loose = self._accented is None and not self._signs and self._capitals is None
        return is_loose or next(self._spans(text), None) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the start and end of each match in a text, in order."""
        return merged(self._spans(text))

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        if not self.folded or not any(self.folded in folded for folded in foldings(text)):
            return
        for place in mapped(text):
            at = place.folded.find(self.folded)
            while at >= 0:
                start, end = place.span(at, at + len(self.folded))
                if self._agrees(place, at, text[start:end]):
                    yield start, end
                    at += len(self.folded) - 1
                at = place.folded.find(self.folded, at + 1)

    def _agrees(self, place: Mapped, at: int, found: str) -> bool:
        if self._accented is not None and _accented(found) != self._accented:
            return False
        if self._signs and _signs(found) != self._signs:
            return False
        if self._capitals is None:
            return True
        capitals = _capitals(place, at, at + len(self.folded))
        return all(
            capitals.get(index, is_capital) == is_capital
            for index, is_capital in self._capitals.items()
        )


def _signs(text: str) -> list[str]:
    """Return the typographic signs of a text."""
    return [char for char in text if _SIGNS.get(char)]


def _accented(text: str) -> str:
    """Return a text without case and typographic signs, but with its accents."""
    # Dotted and dotless i are each other's capitals, depending on the language.
    decomposed = _decomposed(text).replace("i\u0307", "i").replace("\u0131", "i")
    decomposed = decomposed.translate(_WITHOUT_SIGNS)
    if not decomposed.isascii():
        decomposed = "".join(char for char in decomposed if not _is_invisible(char))
    return re.sub(r"\s+", " ", decomposed)


def _capitals(place: Mapped, start: int = 0, end: int | None = None) -> dict[int, bool]:
    """Return which of some folded letters are capitals, by index from ``start``.

    A capital that is folded to several letters counts as the first of them.
    """
    ats = place.positions[start : len(place.folded) if end is None else end]
    chars = (
        (index, place.source[at])
        for index, (before, at) in enumerate(pairwise([-1, *ats]))
        if at != before
    )
    return {index: char.isupper() for index, char in chars if char.isupper() or char.islower()}


@lru_cache(maxsize=64)
def needle(text: str) -> Needle:
    """Return the needle of a text, which a search looks for in many rows."""
    return Needle(text)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap as one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if result and start < result[-1][1]:
            result[-1] = result[-1][0], max(end, result[-1][1])
        else:
            result.append((start, end))
    return result
