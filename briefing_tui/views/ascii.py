"""Text for terminals without UTF-8: letters spelt in ASCII, cell for cell."""

from __future__ import annotations

import re
import unicodedata

from briefing_tui.briefing.text import cell_width
from briefing_tui.views.glyphs import to_ascii
from briefing_tui.views.lines import Measure

_SIGNS = re.compile("[\u2190-\u2bff]")
"""Arrows, mathematical signs, box drawing, blocks, shapes, dingbats."""
_LIKE = {
    **dict.fromkeys("═╌╍┅┈┉▔▁", "-"),
    **dict.fromkeys("║╎╏┆┇┋▏▎▍▋▊▉▐▕", "|"),
    # The ends of scroll bars, which are seen by their background too.
    **dict.fromkeys("▀▂▃▄▅▆▇", " "),
    "▓": "#",
    **dict.fromkeys("←◀◂⟨", "<"),
    **dict.fromkeys("▶▸⟩", ">"),
    **dict.fromkeys("↑▲", "^"),
    **dict.fromkeys("↓▼", "v"),
    **dict.fromkeys("\u2212≈", "-"),
    "✓": "+",
}
_LETTERS = dict(zip("ßøØłŁđĐðÐþÞæÆœŒıħŋ€£¥₹₽°«»¡¿§", "soOlLdDdDpPaAoOihnELYRRo<>!?S", strict=True))


def without_signs(text: str) -> str:
    """A text with every sign in ASCII, our own and others; letters stay as they are."""
    return _SIGNS.sub(_like, to_ascii(text))


def in_ascii(text: str, measure: Measure = cell_width) -> str:
    """A text in ASCII alone, as wide as before; what has no likeness becomes question marks."""
    if text.isascii():
        return text
    signs = without_signs(text)
    if signs.isascii():
        return signs
    width = measure(text)
    spelt = "".join(char if char.isascii() else _spelt(char, measure(char)) for char in signs)
    # Emoji and marks that join with their neighbours are wider apart than together.
    return spelt[:width].ljust(width, "?")


def _like(match: re.Match[str]) -> str:
    char = match[0]
    if "\u2500" <= char <= "\u257f":
        return _LIKE.get(char, "+")
    # A sign that is two cells wide stays so.
    return _LIKE.get(char, "*" * cell_width(char))


def _spelt(char: str, width: int) -> str:
    letters = "".join(one for one in unicodedata.normalize("NFKD", char) if one.isascii())
    found = _LETTERS.get(char, letters)
    return found if len(found) == width and found.isprintable() else "?" * width
