"""The registry of commands: what it promises is there, and no two promises clash."""

from __future__ import annotations

import string
from collections import Counter
from typing import get_args

import pytest
from textual.binding import Binding
from textual.keys import Keys

from briefing_tui.reader.commands import (
    COMMANDS,
    COUNT_KEYS,
    QUIT_KEYS,
    Place,
    effective_keys,
    key_names,
)
from briefing_tui.reader.keymap import keymap_errors
from briefing_tui.reader.panes.rowlist import RowList
from briefing_tui.reader.screens.common import Everywhere
from briefing_tui.reader.screens.finding import FindingScreen
from briefing_tui.reader.screens.library import LibraryScreen
from briefing_tui.reader.screens.reader import ReaderScreen
from briefing_tui.settings import Settings
from tests.pilot.driving import key_event, piloted, reading
from tests.pilot.observatory import document

SCOPES: dict[str, tuple[type[Everywhere | RowList], ...]] = {
    "reader": (ReaderScreen,),
    "library": (LibraryScreen, FindingScreen),
    "both": (ReaderScreen, LibraryScreen, FindingScreen),
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


def test_every_command_has_its_action() -> None:
    assert [
        (command.id, scope.__name__)
        for command in COMMANDS
        for scope in SCOPES[command.scope]
        if not callable(getattr(scope, f"action_{command.action}", None))
    ] == []


def test_every_command_has_its_binding() -> None:
    def bound(scope: type[Everywhere | RowList], name: str) -> list[tuple[str, str]]:
        bindings = [binding for binding in scope.BINDINGS if isinstance(binding, Binding)]
        return [(binding.key, binding.action) for binding in bindings if binding.id == name]

    assert [
        (command.id, scope.__name__)
        for command in COMMANDS
        for scope in SCOPES[command.scope]
        if bound(scope, command.id) != [(command.keys, command.action)]
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
        assert reader.opened == "KeysScreen"
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
