"""The registry of commands: what it promises is there, and no two promises clash."""

from __future__ import annotations

import string
from collections import Counter
from typing import get_args

import pytest
from textual.binding import Binding
from textual.keys import Keys

from briefing_tui.commands.key_map import keymap_errors
from briefing_tui.commands.registry import (
    COMMANDS,
    COUNT_KEYS,
    QUIT_KEYS,
    Place,
    effective_keys,
    key_names,
)
from briefing_tui.library.discovery import Roots
from briefing_tui.session.library_search import LibrarySearch
from briefing_tui.session.library_session import LibrarySession
from briefing_tui.settings.options import Settings
from briefing_tui.tui.screens.library import LibraryScreen
from briefing_tui.tui.screens.library_search import LibrarySearchScreen
from briefing_tui.tui.screens.reader import ReaderScreen
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.tui.widgets.row_list import RowList
from tests.observatory import document
from tests.pilot.driving import key_event, piloted, reading
from tests.sessions import session_of

SCOPES: dict[str, tuple[type[BaseScreen | RowList], ...]] = {
    "reader": (ReaderScreen,),
    "library": (LibraryScreen, LibrarySearchScreen),
    "both": (ReaderScreen, LibraryScreen, LibrarySearchScreen),
    "list": (RowList,),
}
KEYS = [(command.id, key) for command in COMMANDS for key in command.keys.split(",")]
PRINTABLE = [sign for sign in string.printable if not sign.isspace()]
KNOWN = {key.value for key in Keys} | {key_event(sign).key for sign in PRINTABLE}


def test_ids_are_unique() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(ids) == len(set(ids))


def test_titles_are_unique_and_say_something() -> None:
    titles = [command.title for command in COMMANDS]
    assert len(titles) == len(set(titles))
    assert all(title[0].isupper() and not title.endswith(".") for title in titles)


def commands_of(screen: type[BaseScreen | RowList]) -> set[str]:
    """The commands that a list, or the session of a screen, knows."""
    if screen is ReaderScreen:
        return set(session_of(document())._commands)
    if screen is LibraryScreen:
        return set(LibrarySession(Roots(), "")._commands)
    if screen is LibrarySearchScreen:
        return set(LibrarySearch("", {})._commands)
    return set(RowList()._commands)


def bindings_of(screen: type[BaseScreen | RowList], command: str) -> list[tuple[str, str]]:
    """The keys and the actions that a screen binds for a command."""
    bindings = [binding for binding in screen.BINDINGS if isinstance(binding, Binding)]
    return [(binding.key, binding.action) for binding in bindings if binding.id == command]


def test_every_command_is_executed_by_a_session_or_an_action() -> None:
    assert [
        (command.id, scope.__name__)
        for command in COMMANDS
        for scope in SCOPES[command.scope]
        if command.id not in commands_of(scope)
        and not callable(getattr(scope, f"action_{command.id.replace('-', '_')}", None))
    ] == []


def test_every_command_has_its_binding() -> None:
    assert [
        (command.id, scope.__name__)
        for command in COMMANDS
        for scope in SCOPES[command.scope]
        if bindings_of(scope, command.id) != [(command.keys, f"command('{command.id}')")]
    ] == []


def test_every_key_is_one_that_the_framework_knows() -> None:
    assert [(name, key) for name, key in KEYS if key not in KNOWN] == []


def test_no_key_is_given_twice() -> None:
    # Lists of rows are inside the screens, so that their keys and those of screens must differ.
    for place in get_args(Place):
        here = {command.id for command in COMMANDS if place in command.places}
        keys = Counter(key for name, key in KEYS if name in here)
        assert [key for key, count in keys.items() if count > 1] == [], place


def test_no_key_begins_a_count_or_quits_from_everywhere() -> None:
    keys = {key for _, key in KEYS}
    assert not keys & {*COUNT_KEYS, *QUIT_KEYS}


def test_every_command_has_a_key_that_arrives_everywhere() -> None:
    def taken_by_others(key: str) -> bool:
        function = key[0] == "f" and key[1:].isdigit()
        return function or key.startswith(("ctrl+", "alt+"))

    assert [
        command.id for command in COMMANDS if all(map(taken_by_others, command.keys.split(",")))
    ] == []


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
