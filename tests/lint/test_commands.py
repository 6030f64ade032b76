"""The registry of commands: what it promises is there, and no two promises clash."""

from __future__ import annotations

import string
from typing import get_args

import pytest
from textual.binding import Binding
from textual.keys import Keys

from briefing_tui.commands.key_map import keymap_errors, normal_keymap
from briefing_tui.commands.registry import (
    COMMANDS,
    COUNT_KEYS,
    QUIT_KEYS,
    Command,
    Place,
    effective_keys,
    key_names,
)
from briefing_tui.library.discovery import Roots
from briefing_tui.session.library_search import LibrarySearch
from briefing_tui.session.library_session import LibrarySession
from briefing_tui.settings import Settings
from briefing_tui.tui.screens.library import LibraryScreen
from briefing_tui.tui.screens.library_search import LibrarySearchScreen
from briefing_tui.tui.screens.reader import ReaderScreen
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.tui.widgets.row_list import RowList
from tests.opening import session_of
from tests.pilot.driving import key_event, piloted, reading
from tests.pilot.observatory import document

SCOPES: dict[str, tuple[type[BaseScreen | RowList], ...]] = {
    "reader": (ReaderScreen,),
    "library": (LibraryScreen, LibrarySearchScreen),
    "both": (ReaderScreen, LibraryScreen, LibrarySearchScreen),
    "list": (RowList,),
}
KEYS = [(command.id, key) for command in COMMANDS for key in command.keys.split(",")]
PRINTABLE = [sign for sign in string.printable if not sign.isspace()]
KNOWN = {key.value for key in Keys} | {key_event(sign).key for sign in PRINTABLE}
by_id = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)


def test_ids_are_unique() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(ids) == len(set(ids))


def test_titles_are_unique_and_say_something() -> None:
    titles = [command.title for command in COMMANDS]
    assert len(titles) == len(set(titles))
    assert all(title[0].isupper() and not title.endswith(".") for title in titles)


def commands_of(screen: type[BaseScreen | RowList]) -> set[str]:
    """The commands that the session of a screen knows."""
    if screen is ReaderScreen:
        return set(session_of(document())._commands)
    if screen is LibraryScreen:
        return set(LibrarySession(Roots(), "")._commands)
    return set(LibrarySearch("", {})._commands) if screen is LibrarySearchScreen else set()


@by_id
def test_every_command_has_its_action_and_its_binding(command: Command) -> None:
    for scope in SCOPES[command.scope]:
        action = command.action if scope is RowList else f"command('{command.id}')"
        assert command.id in commands_of(scope) or callable(
            getattr(scope, f"action_{command.action}", None)
        )
        bound = [one for one in scope.BINDINGS if isinstance(one, Binding) and one.id == command.id]
        assert [(one.key, one.action) for one in bound] == [(command.keys, action)]


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_every_key_is_one_that_the_framework_knows(name: str, key: str) -> None:
    assert key in KNOWN


@pytest.mark.parametrize("place", get_args(Place))
def test_no_key_is_given_twice(place: Place) -> None:
    # Lists of rows are inside the screens, so that their keys and those of screens must differ.
    here = {command.id for command in COMMANDS if place in command.places}
    keys = [key for name, key in KEYS if name in here]
    assert sorted(keys) == sorted(set(keys))


def test_no_key_begins_a_count_or_quits_from_everywhere() -> None:
    keys = {key for _, key in KEYS}
    assert not keys & {*COUNT_KEYS, *QUIT_KEYS}


@by_id
def test_every_command_has_a_key_that_arrives_everywhere(command: Command) -> None:
    def taken_by_others(key: str) -> bool:
        function = key[0] == "f" and key[1:].isdigit()
        return function or key.startswith(("ctrl+", "alt+"))

    assert not all(map(taken_by_others, command.keys.split(",")))


REMAPPED = {
    "zoom": "x,f5",
    "down": "ctrl+n",
    "source": "é",
    "palette": "P",
    "quit": "X",
    "help": "¿",
}


@pytest.mark.parametrize("keys", [{}, REMAPPED], ids=["default", "remapped"])
@piloted
async def test_every_binding_is_on_the_keys_screen(keys: dict[str, str]) -> None:
    assert keymap_errors(keys) == []
    async with reading(document(), settings=Settings(keys=keys)) as reader:
        active = reader.reader.active_bindings
        await reader.press(effective_keys(keys)["help"][0])
        assert reader.opened == "HelpScreen"
        rows = reader.top.query_one(RowList).view.rows
        told = {row.key: "".join(span.text for span in row.lead) for row in rows}
        bodies = "\n".join("".join(span.text for span in row.body) for row in rows)
        for key, bound in active.items():
            if bound.binding.id:
                assert key_names([key]) in told[bound.binding.id].split()
            else:
                assert key_names([key]) in bodies
        for command in COMMANDS:
            if "reader" in command.places:
                assert told[command.id] == key_names(effective_keys(keys)[command.id])
            else:
                assert command.id not in told


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
