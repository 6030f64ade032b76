"""Names of keys, and which of them a terminal can send.

The names are Textual's: ``j``, ``J``, ``slash``, ``ctrl+x``, ``shift+tab``. This module imports
nothing, so that key maps can be checked without a terminal library.
"""

from __future__ import annotations

import string
import unicodedata

NAMED_KEYS = frozenset(
    (
        *("enter", "escape", "tab", "space", "backspace", "delete", "insert"),
        *("home", "end", "pageup", "pagedown", "up", "down", "left", "right"),
        *(f"f{number}" for number in range(1, 36)),
    )
)
"""Keys that have a name instead of a character."""

_SHORT_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Textual's names of keys whose Unicode names differ."""
_WITHOUT_MODIFIERS = {"enter", "escape", "space", "backspace"}
"""Keys that are the same with Ctrl or Shift held."""
_CONTROL_KEYS = {
    *(f"ctrl+{letter}" for letter in string.ascii_lowercase),
    *("ctrl+backslash", "ctrl+right_square_bracket"),
    *("ctrl+circumflex_accent", "ctrl+underscore"),
}
_SAME_BYTE = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
    "ctrl+at": "space",
}
"""Keys that terminals send as the same byte."""


def key_of(character: str) -> str:
    """Return the name of the key that types a character: ``slash`` for ``/``.

    A longer string is the name of a key already.
    """
    if len(character) > 1 or character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _SHORT_NAMES.get(name, name)


def is_of_another_script(character: str) -> bool:
    """Return whether a character is a letter or digit that no Latin keyboard has."""
    if character.isascii() or len(character) != 1:
        return False
    category = unicodedata.category(character)
    is_letter = category[0] in "LM" or category == "Nd"
    return is_letter and "LATIN" not in unicodedata.name(character, "")


def sent_key(key: str) -> str:
    """Return the key that arrives from a terminal that sends characters and named keys only.

    A terminal with a keyboard protocol can send more. Its keys are reduced to these, so that a key
    does the same in all terminals. Keys with Super, Hyper or Meta exist only there, and stay.
    """
    *modifiers, last = key.split("+")
    others = sorted({*modifiers} - {"ctrl", "shift"})
    has_control, has_shift = "ctrl" in modifiers, "shift" in modifiers
    if last == "tab":
        sent = "shift+tab" if has_shift else "tab"
    elif last in _WITHOUT_MODIFIERS:
        sent = last
    elif last in NAMED_KEYS:
        return "+".join([*sorted(modifiers), last])
    elif has_control:
        sent = f"ctrl+{last.lower()}"
        sent = _SAME_BYTE.get(sent, sent if sent in _CONTROL_KEYS else last)
    elif has_shift:
        sent = last.upper() if len(last.upper()) == 1 else last
    else:
        sent = last
    return "+".join([*others, sent])
