"""The registry of commands, for bindings, footer, help, palette, `keys` and the documentation.

Every command has a key that is printable, an arrow, Tab, Enter, Escape, Space or Backspace: the
others are taken by multiplexers and terminals in editors. A control key is an alternative only.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from briefing_tui.driver.key_names import key_of

Scope = Literal["reader", "library", "both", "list"]
"""Where a command is available: in a briefing, in a library, in both, or in every list of rows."""
Place = Literal["reader", "library"]
"""The screens that have keys."""


class Command(NamedTuple):
    """A command of the reader."""

    id: str
    keys: str
    """Default keys by Textual's names, separated by commas."""
    title: str
    group: str
    """Heading in the help."""
    scope: Scope = "reader"
    hint: str = ""
    """Its word in the footer; empty if it is not there."""

    @property
    def places(self) -> tuple[Place, ...]:
        """The screens that it is available on."""
        if self.scope == "reader" or self.scope == "library":
            return (self.scope,)
        return ("reader", "library")


COMMANDS: tuple[Command, ...] = (
    Command("down", "j,down", "Next row", "Move", "list"),
    Command("up", "k,up", "Previous row", "Move", "list"),
    Command("half-down", "d,ctrl+d", "Half a page down", "Move", "list"),
    Command("half-up", "u,ctrl+u", "Half a page up", "Move", "list"),
    Command("page-down", "space,pagedown,ctrl+f", "A page down", "Move", "list"),
    Command("page-up", "pageup,ctrl+b", "A page up", "Move", "list"),
    Command("top", "g,home", "First row", "Move", "list"),
    Command("bottom", "G,end", "Last row; with a count, that row", "Move", "list"),
    Command("pane-summary", "1", "Summary", "Panes"),
    Command("pane-timeline", "2", "Timeline", "Panes"),
    Command("pane-actors", "3", "Key actors", "Panes"),
    Command("pane-deals", "4", "Deal tracker", "Panes"),
    Command("next-pane", "tab,l,right", "Next pane", "Panes", hint="panes"),
    Command("previous-pane", "shift+tab,h,left", "Previous pane", "Panes"),
    Command("evidence", "e", "Focus the evidence; again to return", "Panes"),
    Command("zoom", "z", "Zoom this pane, and back", "Panes", hint="zoom"),
    Command("follow", "enter", "Open what the row is about", "Follow", hint="follow"),
    Command("back", "backspace,H", "Go back", "Follow", "both"),
    Command("forward", "L", "Go forward", "Follow"),
    Command("narrow", "f", "Show only this actor or deal", "Follow", hint="focus"),
    Command("escape", "escape", "Clear the search, then the focus; never quits", "Follow", "both"),
    Command("search", "slash", "Search all panes, or all briefings", "Find", "both", hint="search"),
    Command("next-match", "n", "Next match", "Find"),
    Command("previous-match", "N", "Previous match", "Find"),
    Command("single-source", "S", "Find what has one source alone", "Find", "both"),
    Command("palette", "colon,ctrl+p", "Any command, actor, event or deal by name", "Find", "both"),
    Command("later", "right_square_bracket", "Next day with news", "As of"),
    Command("earlier", "left_square_bracket", "Previous day with news", "As of"),
    Command("latest", "right_curly_bracket", "As of the last day", "As of"),
    Command("earliest", "left_curly_bracket", "As of the first day", "As of"),
    Command("own-date", "equals_sign", "As of the briefing's own date", "As of"),
    Command("as-of", "A", "Go to a date", "As of"),
    Command("source", "s", "Show the row's sources in full", "Evidence", hint="source"),
    Command("open-link", "o", "Open a source's page; over SSH, show and copy it", "Evidence"),
    Command("copy", "y", "Copy the row", "Copy", hint="copy"),
    Command("copy-pane", "Y", "Copy the pane", "Copy"),
    Command("cite", "c", "Copy a citation of the row", "Copy"),
    Command("plain", "p", "Show the pane as plain text, to select", "Copy"),
    Command("write", "w", "Write the pane to a file", "Copy"),
    Command("star", "b", "Star or unstar the row", "Marks"),
    Command("note", "a", "Write a note on the row; #words in it are tags", "Marks"),
    Command("edit-note", "E", "Write the note in your editor", "Marks"),
    Command("mark", "m", "Set a jump mark, by a letter", "Marks"),
    Command("jump", "apostrophe", "Go to a jump mark, by its letter", "Marks"),
    Command("next-unread", "full_stop", "Next unread row, then the next briefing", "Marks", "both"),
    Command("previous-unread", "comma", "Previous unread row", "Marks", "both"),
    Command("dossier", "D", "Dossier on this actor or deal, from all briefings", "Library"),
    Command("whole-dossier", "W", "Dossier without the limit of 2,000 briefings", "Library"),
    Command("library", "B", "Open your library", "Library"),
    Command("open", "enter", "Open the briefing, at the hit", "Library", "library", hint="open"),
    Command("sort", "s", "Sort by day, title, path or unread", "Library", "library", hint="sort"),
    Command("group", "v", "Group by year, tag, or nothing", "Library", "library", hint="group"),
    Command("rescan", "r", "Look for changes on disk", "Library", "library", hint="rescan"),
    Command("theme", "t", "Next theme: dark, light, the terminal's own colours", "Program", "both"),
    Command("reload", "r", "Reload the file", "Program"),
    Command("repaint", "R,ctrl+l", "Redraw the screen", "Program", "both"),
    Command("help", "question_mark", "Keys and signs", "Program", "both", hint="keys"),
    Command("quit-step", "q", "Back out: search, focus, zoom, then quit", "Program", "both"),
    Command("quit", "Q", "Quit at once", "Program", "both"),
)

SOURCE_VIEW = {
    "next-match": ("move_to_citation(1)", "Next sentence that a statement cites"),
    "previous-match": ("move_to_citation(-1)", "The one before"),
    "follow": ("follow", "To the statement in the reader that cites it"),
    "next-pane": ("move_to_source(1)", "Next source of the row"),
    "previous-pane": ("move_to_source(-1)", "The source before"),
    "copy": ("copy", "Copy the sentence with its citation"),
    "cite": ("cite", "Copy the citation alone"),
    "plain": ("plain", "As plain text, for selecting"),
    "help": ("help", "Keys and signs"),
    "source": ("close", "Close it"),
    "back": ("close", "Close it"),
    "quit-step": ("close", "Close it"),
    "escape": ("close", "Close it"),
}
"""What commands do in the view of a source, on the keys that they have: action and title."""

COUNT_KEYS = "567890"
"""Digits that begin a count; 1 to 4 select panes unless a count has begun."""
QUIT_KEYS = ("ctrl+c", "ctrl+q")
SUSPEND_KEY = "ctrl+z"
KEYS_HELP = (
    "A count begins with 5 to 9, or with 0: 5j is five rows down, 012j is twelve.",
    "Ctrl-c and Ctrl-q quit from everywhere.",
    "Ctrl-z returns to the shell from everywhere; fg resumes.",
)
"""Help on keys without a command, which cannot be bound."""

SIGNS = {key_of(sign): sign for sign in string.punctuation}
"""Signs by Textual's names of their keys."""

_KEY_NAMES = {
    **SIGNS,
    **{name: name.capitalize() for name in ("enter", "space", "backspace", "tab", "home", "end")},
    "insert": "Ins",
    "delete": "Del",
    "menu": "Menu",
    "begin": "5 of the keypad",
    "escape": "Esc",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
}


def by_id() -> dict[str, Command]:
    """Return the commands by their ids."""
    return {command.id: command for command in COMMANDS}


def effective_keys(keymap: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the keys of every command: those in a key map, else the defaults."""
    return {
        command.id: tuple(
            key.strip() for key in keymap.get(command.id, command.keys).split(",") if key.strip()
        )
        for command in COMMANDS
    }


def key_name(key: str) -> str:
    """Return the name of a key as it is printed on keyboards."""
    if len(key) == 1 or key.startswith("“"):  # a text
        return key
    *modifiers, last = key.split("+")
    try:
        name = _KEY_NAMES.get(last) or unicodedata.lookup(last.replace("_", " "))
    except KeyError:  # a key without a character
        name = last.capitalize() if len(last) > 1 else last
    if not name.isprintable():
        name = last.replace("_", " ")
    return "-".join([*map(str.capitalize, modifiers), name])


def key_names(keys: Iterable[str]) -> str:
    """Return the names of keys, separated by spaces."""
    return " ".join(key_name(key) for key in keys)


def groups() -> list[tuple[str, list[Command]]]:
    """Return the commands by their headings, in the order of the registry."""
    commands: dict[str, list[Command]] = {}
    for command in COMMANDS:
        commands.setdefault(command.group, []).append(command)
    return list(commands.items())


def key_table(keymap: Mapping[str, str]) -> str:
    """Return a table of all commands with their keys and ids, as text."""
    keys = {name: key_names(names) for name, names in effective_keys(keymap).items()}
    width = max(map(len, keys.values()))
    titles = max(len(command.title) for command in COMMANDS)
    lines: list[str] = []
    for group, commands in groups():
        lines += ["", group]
        lines += [
            f"  {keys[command.id]:<{width}}  {command.title:<{titles}}  {command.id}"
            for command in commands
        ]
    return "\n".join([*lines[1:], "", *KEYS_HELP]) + "\n"
