"""Parser of typed commands: keys and names of the registry, counts and arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import ascii_letters

from briefing_tui.commands.registry import SIGNS, Command, by_id
from briefing_tui.session.reading_session import Call

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
"""Commands that the line reader lacks, and why."""

OWN = (
    Command("row", "", "Go to a row by its number: row 12", "Move"),
    Command("all", "", "Read the whole pane", "Panes"),
    Command("where", "", "Where you are: pane, row, day, focus", "Panes"),
)
"""Commands that only the line reader has."""

TITLES = {
    "bottom": "Last row; 12G is row 12",
    "evidence": "The evidence of the row: voice, reliability, sources",
    "follow": "Open what the row is about; if there are several, by number",
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
    "quit-step": "Back out: search, focus, then quit",
}
"""Titles of commands that do something else than on the screen."""

_ALIASES = {
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
"""Further names of commands."""

_WITH_LETTER = ("mark", "jump")
"""Commands whose letter may follow the key at once, as on the screen."""
_WITH_ARGUMENT = (*_WITH_LETTER, "search", "as-of", "palette", "follow", "narrow", "row", "note")


class CommandParser:
    """Parses lines, with the configured keys."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        self.names: dict[str, str] = {}
        """Ids of commands by their keys and names."""
        commands = by_id()
        for command, command_keys in keys.items():
            if "reader" not in commands[command].places:
                continue  # a key of the library
            for key in command_keys:
                for name in (SIGNS.get(key, key), key):
                    self.names.setdefault(name, command)
        names = {name: name for name in (*commands, *(command.id for command in OWN))}
        for name, command in {**names, **_ALIASES}.items():
            self.names.setdefault(name, command)

    def parse(self, line: str) -> Call:
        """Parse a line that is not empty; the command is empty if it is unknown."""
        text = line.strip() or line
        if command := self._named(text):
            return Call(command)
        word, _, rest = text.partition(" ")
        sign = "" if text[0].isalnum() else text[0]
        for head, argument in ((word, rest), (sign, text[1:])):
            command = self._named(head)
            if command in _WITH_ARGUMENT:
                return Call(command, argument=argument.strip())
        if len(text) == 2 and text[1] in ascii_letters:
            command = self.names.get(text[0], "")
            if command in _WITH_LETTER:
                return Call(command, argument=text[1])
        counted = re.fullmatch(r"(\d{1,6}) *(\D.*)", text)
        if counted and (command := self._named(counted[2])):
            return Call(command, count=int(counted[1]))
        return Call("", argument=text)

    def _named(self, text: str) -> str:
        """Return the command of a key, or of a name in any case and with spaces for hyphens."""
        return self.names.get(text) or self.names.get(text.lower().replace(" ", "-"), "")
