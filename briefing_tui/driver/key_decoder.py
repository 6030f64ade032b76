"""Decodes one key from the bytes that a terminal sends for it.

Understood are characters and control codes, the function keys of xterm, rxvt and the Linux console,
xterm's ``modifyOtherKeys``, and the kitty keyboard protocol
(https://sw.kovidgoyal.net/kitty/keyboard-protocol/). Every key ends as one that any terminal can
send: Shift-Enter is Enter, and Ctrl on a Russian keyboard is held with Latin letters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from briefing_tui.driver.key_names import is_of_another_script, key_of, sent_key


class DecodedKey(NamedTuple):
    """A key press."""

    name: str
    character: str | None = None
    """The text that it types, which may be several code points; never a control character."""
    us_key: str = ""
    """The key at its place on a US keyboard, if it types a letter of another script."""


_SHIFT, _ALT, _CTRL, _CAPS_LOCK = 1, 2, 4, 64
_MODIFIERS = {_ALT: "alt", _CTRL: "ctrl", _SHIFT: "shift", 8: "super", 16: "hyper", 32: "meta"}
_RELEASE = 3
"""The kitty protocol's event type of a key that goes up."""

_CURSOR = ("up", "down", "right", "left", "begin", "end", "home")
_LETTERS = dict(zip("ABCDEFHPQRS", (*_CURSOR, "f1", "f2", "f3", "f4"), strict=True))
_EDITING = ("home", "insert", "delete", "end", "pageup", "pagedown", "home", "end")
_NUMBERS = {
    **dict(enumerate(_EDITING, 1)),
    **{number: f"f{number - 10}" for number in range(11, 16)},
    **{number: f"f{number - 11}" for number in range(17, 22)},
    **{number: f"f{number - 12}" for number in range(23, 27)},
    28: "f15",
    29: "f16",
    **{number: f"f{number - 14}" for number in range(31, 35)},
    57427: "begin",
}
_KEYPAD = dict(zip("jklmnopqrstuvwxyX ", "*+,-./0123456789= ", strict=True))
"""Final characters of the keypad in application mode (DECKPAM)."""
_RXVT = {"a": "up", "b": "down", "c": "right", "d": "left"}
_RXVT_MODIFIERS = {"$": _SHIFT, "^": _CTRL, "@": _CTRL | _SHIFT}

_CODES = {
    0: "space",  # Ctrl-Space
    8: "backspace",
    9: "tab",
    10: "ctrl+j",
    13: "enter",
    27: "escape",
    28: "ctrl+backslash",
    29: "ctrl+right_square_bracket",
    30: "ctrl+circumflex_accent",
    31: "ctrl+underscore",
    32: "space",
    127: "backspace",
}
_FUNCTIONAL_CODES = range(57344, 63744)
"""Codes that the kitty protocol reserves for keys without a character."""
_FUNCTIONAL = {
    57363: "menu",
    **{57376 + number: f"f{13 + number}" for number in range(23)},
    57414: "enter",
    **dict(enumerate(("left", "right", "up", "down", "pageup", "pagedown"), 57417)),
    **dict(enumerate(("home", "end", "insert", "delete", "begin"), 57423)),
}
"""Those of them that are keys. All others only modify others, or control media."""
_KEYPAD_CODES = {
    **dict(enumerate("0123456789./*-+", 57399)), 57415: "=", 57416: ","
}  # fmt: skip
_US_SHIFT = str.maketrans("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?')

_LAYOUTS = (
    ("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,."),
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    ("קראטוןםפשדגכעיחלךףזסבהנמצתץ", "ertyuiopasdfghjkl;zxcvbnm,."),
)
_ON_US_KEYBOARD = {
    foreign: key
    for letters, keys in _LAYOUTS
    for lower, key in zip(letters, keys, strict=True)
    for foreign in (lower, lower.upper())
}
"""What Ctrl and Alt are held with, where a terminal does not report the place of a letter."""

_CSI = re.compile(rb"\x1b\[([0-9:;]*)([ -/]*)([@-~])")
_RXVT_SHIFT = re.compile(rb"\x1b\[([0-9]+)\$")
_LINUX = re.compile(rb"\x1b\[\[([A-E])")
_SS3 = re.compile(rb"\x1bO([2-8]?)([ A-Za-z])")
_ALT_KEY = re.compile(rb"\x1b(\x1b(?:\[[A-H]|O[A-H]|\[[0-9]{1,2}[~^$@]))")
"""A key with Alt as PuTTY, rxvt and macOS send it."""


@lru_cache(maxsize=512)
def decode_key(data: bytes) -> DecodedKey | None:
    """Return the key of a complete sequence, control code or character; None if it is none."""
    if data[:1] == b"\x1b" and len(data) > 1:
        return _decode_sequence(data)
    if len(data) == 1 and (data < b" " or data == b"\x7f"):
        return _named(_CODES.get(data[0]) or f"ctrl+{chr(data[0] + 96)}")
    return typed_key(data.decode("utf-8", "replace"))


def typed_key(text: str) -> DecodedKey | None:
    """Return the key that types a text; None if the text has no characters but controls.

    Text of several characters is in quotation marks, as it may be that of a name: ``enter``.
    """
    text = "".join(character for character in text if _is_text(character))
    if not text:
        return None
    return DecodedKey(key_of(text) if len(text) == 1 else f"“{text}”", text)


def _decode_sequence(data: bytes) -> DecodedKey | None:
    if match := _CSI.fullmatch(data):
        parameters, between, final = (part.decode("ascii") for part in match.groups())
        return None if between else _decode_csi(parameters, final)
    if match := _SS3.fullmatch(data):
        modifiers, final = match[1].decode("ascii"), match[2].decode("ascii")
        return _decode_ss3(int(modifiers or 1) - 1, final)
    if match := _RXVT_SHIFT.fullmatch(data):
        return _modified(_NUMBERS.get(int(match[1])), _SHIFT)
    if match := _LINUX.fullmatch(data):
        return _named(f"f{b'ABCDE'.index(match[1]) + 1}")
    if match := _ALT_KEY.fullmatch(data):
        key = _decode_sequence(match[1])
        return key and _named(f"alt+{key.name}")
    return None


def _decode_ss3(modifiers: int, final: str) -> DecodedKey | None:
    if final in _KEYPAD:
        return typed_key(_KEYPAD[final])
    if final in _RXVT:
        return _modified(_RXVT[final], _CTRL)
    return _modified({"M": "enter", "I": "tab", **_LETTERS}.get(final), modifiers)


def _decode_csi(parameters: str, final: str) -> DecodedKey | None:
    fields = [_numbers(field) for field in parameters.split(";")]
    if len(fields) > 3 or not all(0 <= number <= 0x10FFFF for field in fields for number in field):
        return None
    code, *alternatives = fields[0] or [0]
    modifiers, event = (*(fields[1] if len(fields) > 1 else ()), 1, 1)[:2]
    if event == _RELEASE:
        return None
    modifiers = max(modifiers - 1, 0)
    if modifiers > 255:
        return None
    if final == "u":
        text = "".join(map(chr, fields[2])) if len(fields) > 2 else ""
        shifted, us_code = (*alternatives, 0, 0)[:2]
        return _decode_code(code, shifted, us_code, modifiers, text)
    if final == "~":
        if code == 27 and len(fields) == 3:  # modifyOtherKeys
            return _decode_code((fields[2] or [0])[0], 0, 0, modifiers, "")
        return _modified(_NUMBERS.get(code), modifiers)
    if final in _RXVT_MODIFIERS:
        return _modified(_NUMBERS.get(code), _RXVT_MODIFIERS[final])
    if final in _RXVT and not parameters:
        return _modified(_RXVT[final], _SHIFT)
    if final == "Z":
        return DecodedKey("shift+tab")
    if len(fields) == 1 and code > 1:
        modifiers = code - 1  # as old terminals send it
    if final not in _LETTERS or modifiers > 255 or (final == "R" and parameters):
        return None  # with parameters, R is the position of the cursor
    return _modified(_LETTERS[final], modifiers)


def _numbers(field: str) -> list[int]:
    """Return the numbers in a field; -1 for one that is too long."""
    if not field:
        return []
    return [(int(part) if len(part) < 8 else -1) if part else 0 for part in field.split(":")]


def _decode_code(
    code: int, shifted: int, us_code: int, modifiers: int, text: str
) -> DecodedKey | None:
    """Decode a key that is named by the character it types without modifiers."""
    if code in _FUNCTIONAL_CODES and code not in _KEYPAD_CODES:
        name = _FUNCTIONAL.get(code)
        return _modified(name, modifiers)
    typed = typed_key(text)
    character = _KEYPAD_CODES.get(code) or chr(code)
    us_character = chr(us_code) if 32 < us_code < 127 else ""
    is_foreign = bool(us_character) and is_of_another_script(character)
    if typed and _types_text(typed.name, code, shifted, modifiers):
        us_key = _us_key(us_character, modifiers) if is_foreign else ""
        return typed._replace(us_key=us_key)
    if code and (name := _CODES.get(code)):
        return _modified(name, modifiers)
    if 0 < code < 32:  # Ctrl and a letter, as a control code
        return _modified(chr(code + 96), modifiers | _CTRL)
    if not _is_text(character):
        return None
    place = us_character if is_foreign else _ON_US_KEYBOARD.get(character)
    if place and modifiers & (_CTRL | _ALT):
        character = place
    elif modifiers & _SHIFT and _is_text(chr(shifted)):
        character = chr(shifted)
    elif bool(modifiers & _SHIFT) != bool(modifiers & _CAPS_LOCK) and character.isalpha():
        character = character.upper() if len(character.upper()) == 1 else character
    key = _modified("space" if character == " " else key_of(character), modifiers, character)
    if key and is_foreign and key.character:
        key = key._replace(us_key=_us_key(us_character, modifiers))
    return key


def _types_text(typed: str, code: int, shifted: int, modifiers: int) -> bool:
    """Return whether the text of a key counts, not the modifiers that are held.

    AltGr and Option type characters, and may be reported as Alt, or as Ctrl and Alt.
    """
    held = modifiers & (_CTRL | _ALT | 8 | 16 | 32)
    if not held or not code:
        return True
    own = {key_of(chr(number)) for number in (code, shifted) if number and number < 0xD800}
    return held in (_ALT, _ALT | _CTRL) and typed not in own


def _us_key(character: str, modifiers: int) -> str:
    if modifiers & _SHIFT:
        character = character.upper() if character.isalpha() else character.translate(_US_SHIFT)
    return key_of(character)


def _modified(name: str | None, modifiers: int, character: str | None = None) -> DecodedKey | None:
    """Return a key with its modifiers as any terminal can send it; None for no key."""
    if name is None:
        return None
    prefixes = [prefix for bit, prefix in _MODIFIERS.items() if modifiers & bit]
    key = sent_key("+".join([*prefixes, name]))
    return DecodedKey(key, character) if character and key == key_of(character) else _named(key)


def _named(name: str) -> DecodedKey:
    """Return a key by its name, with the character that it types."""
    return DecodedKey(name, " " if name == "space" else name if len(name) == 1 else None)


def _is_text(character: str) -> bool:
    """Return whether a character is neither a control character nor half of one."""
    return not (
        character < " " or "\x7f" <= character <= "\x9f" or "\ud800" <= character <= "\udfff"
    )
