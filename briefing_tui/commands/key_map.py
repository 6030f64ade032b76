"""Checking a user's keys before any screen is drawn."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping

from briefing_tui.briefing.problems import suggestion
from briefing_tui.commands.registry import (
    COUNT_KEYS,
    QUIT_KEYS,
    SIGNS,
    SUSPEND_KEY,
    Command,
    by_id,
    effective_keys,
    key_name,
)

_NAMED = {
    *("enter", "escape", "tab", "space", "backspace", "delete", "insert"),
    *("home", "end", "pageup", "pagedown", "up", "down", "left", "right"),
    *(f"f{number}" for number in range(1, 25)),
}
_ALONE = {"enter", "escape", "space", "backspace"}
"""Keys that are the same with Ctrl or Shift held."""
_OF_CONTROL = {
    *(f"ctrl+{letter}" for letter in string.ascii_lowercase),
    *("ctrl+backslash", "ctrl+right_square_bracket"),
    *("ctrl+circumflex_accent", "ctrl+underscore"),
}
_CONTROL_ALIASES = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
}
"""Pairs that are one byte, so that no terminal can tell which key it was."""
_NAME_OF_SIGN = {sign: name for name, sign in SIGNS.items()}


def normal_key(key: str) -> str:
    """A key under the terminal library's name: ``/`` is ``slash``."""
    if len(key) > 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return _NAME_OF_SIGN.get(key, name)


def normal_keymap(keymap: Mapping[str, str]) -> dict[str, str]:
    """A user's keys under the terminal library's names."""
    return {
        command: ",".join(normal_key(key) for key in keys)
        for command, keys in effective_keys(keymap).items()
        if command in keymap
    }


def commands_of_keys(keymap: Mapping[str, str]) -> dict[str, Command]:
    """What each key does while one reads, by the terminal library's names of keys."""
    commands = by_id()
    return {
        normal_key(key): commands[name]
        for name, keys in effective_keys(keymap).items()
        if commands[name].scope != "library"
        for key in keys
    }


def keymap_errors(keymap: Mapping[str, str]) -> list[str]:
    """What is wrong with a user's keys, one line each: unknown command, impossible key, clash."""
    commands = by_id()
    errors = [
        f"keys: unknown command '{name}'{suggestion(name, commands) or _LIST}"
        for name in keymap
        if name not in commands
    ]
    taken: dict[tuple[str, str], str] = {}
    for name, keys in effective_keys(keymap).items():
        if not keys:
            errors.append(f'keys.{name}: no key; give one, such as "{commands[name].keys}"')
        for written in keys:
            key = normal_key(written)
            if name in keymap and not _is_key(written):
                hint = suggestion(key, [*_NAMED, *SIGNS]) or "; a letter, a sign or a named key"
                errors.append(f"keys.{name}: no such key '{key}'{hint}")
            elif name in keymap and (sent := _sent(key)) != key:
                errors.append(
                    f"keys.{name}: terminals send '{key}' as '{sent}'; write that, or another key"
                )
            elif name in keymap and key in QUIT_KEYS:
                errors.append(f"keys.{name}: '{key}' quits from everywhere; choose another key")
            elif name in keymap and key == SUSPEND_KEY:
                errors.append(f"keys.{name}: '{key}' returns to the shell; choose another key")
            elif name in keymap and key in COUNT_KEYS:
                errors.append(f"keys.{name}: '{key}' begins a count; choose another key")
            else:
                others = [taken[key, one] for one in commands[name].places if (key, one) in taken]
                errors += [
                    f"keys: '{key_name(key)}' is given to both '{other}' and '{name}'; "
                    "choose another for one of them"
                    for other in dict.fromkeys(others)
                ]
            for place in commands[name].places:
                taken.setdefault((key, place), name)
    return errors


_LIST = "; 'briefing-tui keys' lists them"


def _is_key(key: str) -> bool:
    if len(key) == 1:
        return key.isprintable()
    modifiers, _, last = key.rpartition("+")
    known = (
        last in _NAMED
        or last in SIGNS
        or (len(last) == 1 and (last in string.ascii_letters + string.digits or not last.isascii()))
    )
    return known and all(one in ("ctrl", "shift", "alt") for one in modifiers.split("+") if one)


def _sent(key: str) -> str:
    """The key that arrives where a terminal has bytes only for characters and named keys."""
    *held, last = key.split("+")
    alt = ["alt"] if "alt" in held else []
    control, shift = "ctrl" in held, "shift" in held
    if last == "tab":
        found = "shift+tab" if shift else "tab"
    elif last in _ALONE:
        found = last
    elif last in _NAMED or not (control or shift):
        return key
    elif control:
        found = f"ctrl+{last.lower()}"
        found = _CONTROL_ALIASES.get(found, found if found in _OF_CONTROL else last)
    else:
        found = last.upper() if len(last.upper()) == 1 else last
    return "+".join([*alt, found])
