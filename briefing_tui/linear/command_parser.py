"""What is typed at the prompt: the keys and names of the registry, counts and arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import ascii_letters
from typing import NamedTuple

from briefing_tui.commands.registry import COMMANDS, SIGNS, Command

_LIBRARY = "the command line lists them: briefing-tui library"

UNAVAILABLE = {
    "half-down": "there are no pages here; a count goes further, as in 10j",
    "half-up": "there are no pages here; a count goes further, as in 10k",
    "page-down": "there are no pages here; a count goes further, as in 20j",
    "page-up": "there are no pages here; a count goes further, as in 20k",
    "zoom": "one pane is read at a time",
    "theme": "nothing is coloured here",
    "repaint": "nothing is drawn over here",
    "edit-note": "no editor is started; note writes a line",
    "dossier": "the command line prints dossiers: briefing-tui dossier NAME",
    "whole-dossier": "the command line prints them: briefing-tui dossier NAME --all",
    **dict.fromkeys(("library", "open", "sort", "group", "rescan"), _LIBRARY),
    "write": "the command line writes panes: briefing-tui show --pane timeline > file",
}
"""Commands of the registry that mean nothing to a reader of lines, and why."""

OWN = (
    Command("row", "", "Go to a row by its number: row 12", "Move"),
    Command("all", "", "Read the whole pane", "Panes"),
    Command("where", "", "Where you are: pane, row, day, focus", "Panes"),
)
"""Commands that only this reader has."""

TITLES = {
    "bottom": "Last row; 12G is row 12",
    "evidence": "What the row rests on: voice, reliability, sources",
    "follow": "Follow the row to what it is about; where there are several, by number",
    "palette": "Go to an actor, event or deal by name",
    "source": "The sources of the row in full, one at a time",
    "open-link": "Print the address of a source's page",
    "copy": "Print the row and its citation on their own",
    "copy-pane": "Read the whole pane",
    "cite": "Print a citation of the row",
    "plain": "Read the whole pane",
    "note": "Write a note on the row: note and a line; words with # are tags",
    "mark": "Set a jump mark, by a letter: mark x",
    "jump": "Go to a jump mark, by its letter: jump x",
    "next-unread": "Next unread row, also of other panes and later days",
    "help": "These commands, group by group",
    "quit-step": "Back out one step: search, focus, program",
}
"""What a command does here, where that differs from the screen's."""

_ALSO = {
    "summary": "pane-summary",
    "timeline": "pane-timeline",
    "actors": "pane-actors",
    "deals": "pane-deals",
    "next": "down",
    "previous": "up",
    "go": "row",
    "focus": "narrow",
    "esc": "escape",
    "\x1b": "escape",
    "\t": "next-pane",
    "exit": "quit",
}
"""Further names, that anybody tries."""

_WITH_ARGUMENT = (
    *("search", "as-of", "palette", "follow", "narrow", "row"),
    *("note", "mark", "jump"),
)
_WITH_LETTER = ("mark", "jump")
"""What takes a letter right behind its key, as on the screen."""


class ParsedCommand(NamedTuple):
    """What the reader asked for."""

    command: str
    """Id of the command; nothing where it is not known."""
    times: int = 0
    """0 where none was given."""
    argument: str = ""


class CommandParser:
    """Every word that can be typed, by the keys that a user has."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        self.names: dict[str, str] = {}
        """The id of the command for each key and name."""
        places = {one.id: one.places for one in COMMANDS}
        for command, own in keys.items():
            if "reader" not in places[command]:
                continue  # what a key does among many briefings
            for key in own:
                for name in (SIGNS.get(key, key), key):
                    self.names.setdefault(name, command)
        for name in (one.id for one in (*COMMANDS, *OWN)):
            self.names.setdefault(name, name)
        for name, command in _ALSO.items():
            self.names.setdefault(name, command)

    def parse(self, line: str) -> ParsedCommand:
        """What a line asks for, which is not blank."""
        text = line.strip() or line
        if found := self._named(text):
            return ParsedCommand(found)
        word, _, rest = text.partition(" ")
        sign = "" if text[0].isalnum() else text[0]
        for head, argument in ((word, rest), (sign, text[1:])):
            found = self._named(head)
            if found in _WITH_ARGUMENT:
                return ParsedCommand(found, argument=argument.strip())
        if len(text) == 2 and text[1] in ascii_letters:
            found = self.names.get(text[0], "")
            if found in _WITH_LETTER:
                return ParsedCommand(found, argument=text[1])
        counted = re.fullmatch(r"(\d{1,6}) *(\D.*)", text)
        if counted and (found := self._named(counted[2])):
            return ParsedCommand(found, times=int(counted[1]))
        return ParsedCommand("", argument=text)

    def _named(self, text: str) -> str:
        """Keys as they are; names in any case, with spaces as people say them."""
        return self.names.get(text) or self.names.get(text.lower().replace(" ", "-"), "")
