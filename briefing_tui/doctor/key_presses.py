"""The key interview: keys that the user presses one by one are decoded as in the reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from briefing_tui.commands.registry import key_name
from briefing_tui.doctor.terminal_connection import TerminalConnection
from briefing_tui.driver.key_decoder import decode_key

PATIENCE = 30.0
"""Seconds to wait for a key; then the user has gone."""

ASKED = frozenset(
    (
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
        *("tab", "shift+tab", "enter", "backspace"),
        *(f"ctrl+{letter}" for letter in "abdefghklnoprtuwxy"),
    )
)
"""The keys that not all terminals send."""

_PIECES = re.compile(rb"\x1b?\x1b[^\x1b]*|[^\x1b]+")
_NO_KEY = re.compile(rb"(?:\x1b\[(?:[0-9:;]*u|[IO]|<[0-9;]*[Mm]))+")
"""Modifiers pressed alone, keys that go up, clicks, and the focus of the window."""


def key_in(data: bytes) -> str:
    """Return the first key in what a terminal sent; empty if there is none."""
    keys = map(decode_key, _PIECES.findall(data))
    name = next((key.name for key in keys if key), "")
    return "enter" if name == "ctrl+j" else name


class KeyPress(NamedTuple):
    """The result of asking for one key."""

    key: str
    received: bytes | None
    """The bytes that it sent; None if it was skipped."""

    @property
    def arrives(self) -> bool | None:
        """Whether the reader takes what it sent for this key; None if it was skipped."""
        return None if self.received is None else key_in(self.received) == self.key


def keys_to_ask(keys: Mapping[str, Iterable[str]]) -> list[str]:
    """Return those keys of all commands that may not arrive; letters and signs always do."""
    unique = dict.fromkeys(key for command_keys in keys.values() for key in command_keys)
    return [key for key in unique if key in ASKED]


def ask_for_keys(
    terminal: TerminalConnection, keys: Iterable[str], patience: float = PATIENCE
) -> list[KeyPress]:
    """Ask for one key after the other, until one is not pressed within ``patience`` seconds."""
    terminal.show("Press the key that is named. Esc skips it, q ends.\r\n")
    presses: list[KeyPress] = []
    for key in keys:
        terminal.show(f"  {key_name(key)}: ")
        received = terminal.read_key(patience)
        while _NO_KEY.fullmatch(received) and not key_in(received):
            received = terminal.read_key(patience)
        if not received or key_in(received) == "q":
            terminal.show("ended\r\n")
            break
        press = KeyPress(key, None if key_in(received) == "escape" else received)
        presses.append(press)
        results = {True: "arrived", False: f"came as {escaped(received)}", None: "skipped"}
        terminal.show(f"{results[press.arrives]}\r\n")
    return presses


def escaped(data: bytes) -> str:
    """Return the bytes of a key in printable ASCII."""
    return data[:16].decode("latin-1").encode("unicode_escape").decode("ascii")


def unreachable_commands(
    presses: Iterable[KeyPress], keys: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Return the commands of which no key arrives."""
    arrives = {press.key: press.arrives for press in presses}
    return [
        command
        for command, command_keys in keys.items()
        if all(arrives.get(key) is False for key in command_keys)
    ]
