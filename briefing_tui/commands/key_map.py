"""Key maps: the configured keys, and errors in them."""

from __future__ import annotations

from collections.abc import Mapping

from briefing_tui.briefing.problems import suggestion
from briefing_tui.commands import registry
from briefing_tui.commands.registry import SIGNS, Command, by_id, effective_keys
from briefing_tui.driver.key_names import NAMED_KEYS, key_of, sent_key


def normal_keymap(keymap: Mapping[str, str]) -> dict[str, str]:
    """Return a key map with Textual's names of keys."""
    return {
        command: ",".join(key_of(key) for key in keys)
        for command, keys in effective_keys(keymap).items()
        if command in keymap
    }


def commands_of_keys(keymap: Mapping[str, str]) -> dict[str, Command]:
    """Return the command of each key in an open briefing, by Textual's names of keys."""
    commands = by_id()
    return {
        key_of(key): commands[name]
        for name, keys in effective_keys(keymap).items()
        if commands[name].scope != "library"
        for key in keys
    }


def keymap_errors(keymap: Mapping[str, str]) -> list[str]:
    """Return the errors in a key map: unknown commands, impossible keys and conflicts."""
    commands = by_id()
    hint = "; 'briefing-tui keys' lists them"
    errors = [
        f"keys: unknown command '{name}'{suggestion(name, commands) or hint}"
        for name in keymap
        if name not in commands
    ]
    taken: dict[tuple[str, str], str] = {}
    for name, keys in effective_keys(keymap).items():
        if not keys:
            errors.append(f'keys.{name}: no key; give one, such as "{commands[name].keys}"')
        for configured in keys:
            key = key_of(configured)
            places = [(key, place) for place in commands[name].places]
            error = _key_error(configured, key) if name in keymap else ""
            others = dict.fromkeys(taken[place] for place in places if place in taken)
            if error:
                errors.append(f"keys.{name}: {error}")
            else:
                errors += [
                    f"keys: '{registry.key_name(key)}' is given to both '{other}' and '{name}'; "
                    "choose another for one of them"
                    for other in others
                ]
            for place in places:
                taken.setdefault(place, name)
    return errors


def _key_error(configured: str, key: str) -> str:
    """Return why a key cannot be bound; empty if it can."""
    if not _is_key(configured):
        hint = suggestion(key, [*NAMED_KEYS, *SIGNS]) or "; a letter, a sign or a named key"
        return f"no such key '{key}'{hint}"
    if (sent := sent_key(key)) != key:
        return f"terminals send '{key}' as '{sent}'; write that, or another key"
    if key in registry.QUIT_KEYS:
        return f"'{key}' quits from everywhere; choose another key"
    if key == registry.SUSPEND_KEY:
        return f"'{key}' returns to the shell; choose another key"
    if key in registry.COUNT_KEYS:
        return f"'{key}' begins a count; choose another key"
    return ""


def _is_key(key: str) -> bool:
    if len(key) == 1:
        return key.isprintable()
    modifiers, _, last = key.rpartition("+")
    is_character = len(last) == 1 and (last.isalnum() or not last.isascii())
    return (last in NAMED_KEYS or last in SIGNS or is_character) and all(
        modifier in ("ctrl", "shift", "alt") for modifier in modifiers.split("+") if modifier
    )
