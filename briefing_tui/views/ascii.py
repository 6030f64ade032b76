"""Text for terminals without UTF-8: ASCII of the same width in cells."""

from __future__ import annotations

import re
import unicodedata

from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.views.glyphs import to_ascii
from briefing_tui.views.line_layout import Measure

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
    **dict.fromkeys("\u2212≈", "-"),
    "✓": "+",
}
_LETTERS = dict(zip("ßøØłŁđĐðÐþÞæÆœŒıħŋ€£¥₹₽°«»¡¿§", "soOlLdDdDpPaAoOihnELYRRo<>!?S", strict=True))


def without_signs(text: str) -> str:
    """Replace every sign by ASCII, our own and others; letters stay as they are."""
    return _SIGNS.sub(_replace_sign, to_ascii(text))


def in_ascii(text: str, measure: Measure = cell_width) -> str:
    """Replace everything by ASCII of the same width, what has no equivalent by question marks."""
    if text.isascii():
        return text
    signs = without_signs(text)
    if signs.isascii():
        return signs
    width = measure(text)
    letters = (char if char.isascii() else _letter(char, measure(char)) for char in signs)
    # Emoji and marks that join with their neighbours are wider apart than together.
    return "".join(letters)[:width].ljust(width, "?")


def _replace_sign(match: re.Match[str]) -> str:
    char = match[0]
    if "\u2500" <= char <= "\u257f":
        return _LIKE.get(char, "+")
    return _LIKE.get(char, "*" * cell_width(char))


def _letter(char: str, width: int) -> str:
    base = "".join(part for part in unicodedata.normalize("NFKD", char) if part.isascii())
    letter = _LETTERS.get(char, base)
    return letter if len(letter) == width and letter.isprintable() else "?" * width
