"""The reader's own keys: which keys a command may have, and what is wrong with others."""

from __future__ import annotations

import pytest

from briefing_tui.commands.key_map import keymap_errors, normal_keymap


def test_the_default_keys_are_fine() -> None:
    assert keymap_errors({}) == []
    assert normal_keymap({}) == {}


MISTAKES = {
    "unknown command": (
        {"zom": "x"},
        ["keys: unknown command 'zom' — did you mean 'zoom'?"],
    ),
    "nothing like it": (
        {"frobnicate": "x"},
        ["keys: unknown command 'frobnicate'; 'briefing-tui keys' lists them"],
    ),
    "impossible key": (
        {"zoom": "entr"},
        ["keys.zoom: no such key 'entr' — did you mean 'enter'?"],
    ),
    "nothing like a key": (
        {"zoom": "zzzzzz"},
        ["keys.zoom: no such key 'zzzzzz'; a letter, a sign or a named key"],
    ),
    "impossible modifier": (
        {"zoom": "hyper+x"},
        ["keys.zoom: no such key 'hyper+x'; a letter, a sign or a named key"],
    ),
    "clash with a default": (
        {"zoom": "s"},
        ["keys: 's' is given to both 'zoom' and 'source'; choose another for one of them"],
    ),
    "clash of a sign": (
        {"theme": "/"},
        ["keys: '/' is given to both 'search' and 'theme'; choose another for one of them"],
    ),
    "clash of two": (
        {"zoom": "x", "theme": "x"},
        ["keys: 'x' is given to both 'zoom' and 'theme'; choose another for one of them"],
    ),
    "clash in the library only": (
        {"theme": "v"},
        ["keys: 'v' is given to both 'group' and 'theme'; choose another for one of them"],
    ),
    "empty": ({"zoom": ""}, ['keys.zoom: no key; give one, such as "z"']),
    "only commas": ({"zoom": " , ,"}, ['keys.zoom: no key; give one, such as "z"']),
    "count": (
        {"zoom": "7"},
        ["keys.zoom: '7' begins a count; choose another key"],
    ),
    "suspends": (
        {"zoom": "ctrl+z"},
        ["keys.zoom: 'ctrl+z' returns to the shell; choose another key"],
    ),
    "quits": (
        {"zoom": "ctrl+c"},
        ["keys.zoom: 'ctrl+c' quits from everywhere; choose another key"],
    ),
}


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("ctrl+i", "tab"),
        ("ctrl+m", "enter"),
        ("ctrl+h", "backspace"),
        ("ctrl+left_square_bracket", "escape"),
        ("shift+j", "J"),
        ("shift+é", "É"),
        ("ctrl+shift+x", "ctrl+x"),
        ("ctrl+X", "ctrl+x"),
        ("alt+shift+x", "alt+X"),
        ("ctrl+1", "1"),
        ("ctrl+slash", "slash"),
        ("shift+slash", "slash"),
        ("ctrl+é", "é"),
        ("ctrl+enter", "enter"),
        ("shift+space", "space"),
        ("ctrl+tab", "tab"),
        ("ctrl+shift+tab", "shift+tab"),
    ],
)
def test_a_key_that_terminals_send_as_another_is_a_mistake(key: str, sent: str) -> None:
    told = f"keys.zoom: terminals send '{key}' as '{sent}'; write that, or another key"
    assert keymap_errors({"zoom": key}) == [told]


@pytest.mark.parametrize(
    "key",
    [
        *("x", "X", "é", "É", "漢", "+", "¿", "tab", "shift+tab", "ctrl+x", "ctrl+j", "alt+x"),
        *("alt+X", "ctrl+up", "shift+f5", "ctrl+shift+end", "ctrl+backslash", "alt+enter"),
    ],
)
def test_a_key_that_terminals_send_is_none(key: str) -> None:
    free = {"next-pane": "l", "previous-pane": "h"}
    assert keymap_errors({**free, "zoom": key}) == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told(mistake: str) -> None:
    keymap, errors = MISTAKES[mistake]
    assert keymap_errors(keymap) == errors


def test_all_mistakes_are_told_at_once() -> None:
    errors = keymap_errors({"zom": "x", "zoom": "entr", "theme": "", "copy": "j", "cite": "0"})
    assert len(errors) == 5


def test_keys_may_change_places() -> None:
    assert keymap_errors({"sort": "z", "group": "e"}) == []
    assert keymap_errors({"zoom": "t", "theme": "z"}) == []
    assert keymap_errors({"zoom": "/", "search": "ctrl+s"}) == []
    assert keymap_errors({"pane-summary": "f1", "zoom": "1"}) == []
    assert normal_keymap({"search": "/, ?"}) == {"search": "slash,question_mark"}
