"""The one registry of commands: bindings, footer, help, palette, `keys` and the docs use it.

Plain data, so that it can be listed without a terminal library. Every default is a printable key,
an arrow, Tab, Enter, Escape, Space or Backspace: multiplexers and editors' terminals take the
others. Where a control key is given it is a second way, for those whose terminal sends it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Scope = Literal["reader", "library", "both", "list"]
"""Where a command is known: reading a briefing, among many, in both, or in every list of rows."""
Place = Literal["reader", "library"]
"""The screens that keys are for."""


class Command(NamedTuple):
    """One thing that a reader can do."""

    id: str
    """Names it in the configuration; its action is the same with underscores."""
    keys: str
    """Default keys, separated by commas, as the terminal library names them."""
    title: str
    """What it does, for help and palette."""
    group: str
    """Heading in the help."""
    scope: Scope = "reader"
    hint: str = ""
    """The word beside the key in the footer; nothing keeps it out of there."""

    @property
    def action(self) -> str:
        """The name of its action."""
        return self.id.replace("-", "_")

    @property
    def places(self) -> tuple[Place, ...]:
        """The screens that it is known on."""
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
    Command("evidence", "e", "Evidence, to scroll it; again to return", "Panes"),
    Command("zoom", "z", "One pane on the whole screen, and back", "Panes", hint="zoom"),
    Command("follow", "enter", "Follow the row to what it is about", "Follow", hint="follow"),
    Command("back", "backspace,H", "Back to where you came from", "Follow", "both"),
    Command("forward", "L", "Forward again", "Follow"),
    Command("narrow", "f", "Narrow every pane to this actor or deal", "Follow", hint="focus"),
    Command(
        "escape", "escape", "End the search, then widen the focus; never quits", "Follow", "both"
    ),
    Command("search", "slash", "Search all panes, or all briefings", "Find", "both", hint="search"),
    Command("next-match", "n", "Next match", "Find"),
    Command("previous-match", "N", "Previous match", "Find"),
    Command(
        "palette", "colon,ctrl+p", "Commands, actors, events and deals by name", "Find", "both"
    ),
    Command(
        "later", "right_square_bracket", "As of the next day that something became known", "As of"
    ),
    Command("earlier", "left_square_bracket", "As of the day before that", "As of"),
    Command("latest", "right_curly_bracket", "As of the last day", "As of"),
    Command("earliest", "left_curly_bracket", "As of the first day", "As of"),
    Command("own-date", "equals_sign", "As of the briefing's own date", "As of"),
    Command("as-of", "A", "As of a date that you type", "As of"),
    Command("source", "s", "The sources of the row, in full", "Evidence", hint="source"),
    Command("open-link", "o", "Open a source's page; over SSH, show and copy it", "Evidence"),
    Command("copy", "y", "Copy the row", "Copy", hint="copy"),
    Command("copy-pane", "Y", "Copy the pane", "Copy"),
    Command("cite", "c", "Copy a citation of the row", "Copy"),
    Command("plain", "p", "The pane as plain text, for selecting", "Copy"),
    Command("write", "w", "Write the pane to a file", "Copy"),
    Command("star", "b", "Star the row, or take its star away", "Marks"),
    Command("note", "a", "Write a note on the row; #words in it are tags", "Marks"),
    Command("edit-note", "E", "Write the note in your editor", "Marks"),
    Command("mark", "m", "Set a jump mark, by a letter", "Marks"),
    Command("jump", "apostrophe", "Go to a jump mark, by its letter", "Marks"),
    Command("next-unread", "full_stop", "Next unread row, then the next briefing", "Marks", "both"),
    Command("previous-unread", "comma", "The unread row before", "Marks", "both"),
    Command("dossier", "D", "What all briefings tell of this actor or deal", "Library"),
    Command("whole-dossier", "W", "The dossier from all briefings, however many", "Library"),
    Command("library", "B", "The library of your briefings", "Library"),
    Command("open", "enter", "Open the briefing, at the hit", "Library", "library", hint="open"),
    Command("sort", "s", "Sort by day, title, path or unread", "Library", "library", hint="sort"),
    Command("group", "v", "Group by year, by tag, or not", "Library", "library", hint="group"),
    Command("rescan", "r", "Look for changes on disk", "Library", "library", hint="rescan"),
    Command("theme", "t", "Next theme: dark, light, the terminal's own colours", "Program", "both"),
    Command("reload", "r", "Read the file again, where it has changed", "Program"),
    Command("repaint", "R,ctrl+l", "Draw the screen anew", "Program", "both"),
    Command("help", "question_mark", "Keys and signs", "Program", "both", hint="keys"),
    Command("quit-step", "q", "Back out one step: search, focus, zoom, program", "Program", "both"),
    Command("quit", "Q", "Quit at once", "Program", "both"),
)

SOURCE_VIEW = {
    "next-match": ("next_cited", "Next sentence that a statement cites"),
    "previous-match": ("previous_cited", "The one before"),
    "follow": ("follow", "To the statement in the reader that cites it"),
    "next-pane": ("next_source", "Next source of the row"),
    "previous-pane": ("previous_source", "The source before"),
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
"""Digits that begin a count; 1 to 4 go to panes, and join a count that has begun."""

COUNT_HELP = "A count begins with 5 to 9, or with 0: 5j is five rows down, 012j is twelve."

QUIT_KEYS = ("ctrl+c", "ctrl+q")
"""Quit from everywhere, whatever is typed or open; they cannot be given away."""

QUIT_HELP = "Ctrl-c and Ctrl-q quit from everywhere."

SUSPEND_KEY = "ctrl+z"
"""Gives the terminal back to the shell, whatever is typed or open; it cannot be given away."""

SUSPEND_HELP = "Ctrl-z returns to the shell from everywhere; fg goes on reading."

KEYS_HELP = (COUNT_HELP, QUIT_HELP, SUSPEND_HELP)
"""What there is to say of keys that belong to no command."""

SIGNS = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "semicolon": ";",
    "comma": ",",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "equals_sign": "=",
    "plus": "+",
    "minus": "-",
    "underscore": "_",
    "apostrophe": "'",
    "quotation_mark": '"',
    "grave_accent": "`",
    "tilde": "~",
    "exclamation_mark": "!",
    "at": "@",
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "circumflex_accent": "^",
    "ampersand": "&",
    "asterisk": "*",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "backslash": "\\",
    "vertical_line": "|",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}
"""Signs by the names that the terminal library has for their keys."""

_SHOWN = {
    **SIGNS,
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "backspace": "Backspace",
    "tab": "Tab",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
}


def by_id() -> dict[str, Command]:
    """The commands by their id."""
    return {command.id: command for command in COMMANDS}


def effective_keys(keymap: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The keys of every command, those of ``keymap`` in place of the defaults."""
    return {
        command.id: tuple(
            key.strip() for key in keymap.get(command.id, command.keys).split(",") if key.strip()
        )
        for command in COMMANDS
    }


def key_name(key: str) -> str:
    """A key as it is printed on keyboards."""
    if len(key) == 1:
        return key
    *modifiers, last = key.split("+")
    return "-".join([*(one.capitalize() for one in modifiers), _SHOWN.get(last) or _sign(last)])


def _sign(name: str) -> str:
    """A sign that only some keyboards have, from its name."""
    try:
        return unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return name


def key_names(keys: Iterable[str]) -> str:
    """Several keys on one line."""
    return " ".join(key_name(key) for key in keys)


def groups() -> list[tuple[str, list[Command]]]:
    """The commands below their headings, in the order of the registry."""
    found: dict[str, list[Command]] = {}
    for command in COMMANDS:
        found.setdefault(command.group, []).append(command)
    return list(found.items())


def key_table(keymap: Mapping[str, str]) -> str:
    """Every command with its keys and id, as text."""
    keys = effective_keys(keymap)
    shown = {name: key_names(found) for name, found in keys.items()}
    wide = max(len(text) for text in shown.values())
    titles = max(len(command.title) for command in COMMANDS)
    lines: list[str] = []
    for group, commands in groups():
        lines += ["", group]
        lines += [
            f"  {shown[command.id]:<{wide}}  {command.title:<{titles}}  {command.id}"
            for command in commands
        ]
    return "\n".join([*lines[1:], "", *KEYS_HELP]) + "\n"
