"""The key interview: the user presses keys one by one, and their bytes are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from briefing_tui.commands.registry import key_name
from briefing_tui.doctor.terminal_connection import TerminalConnection

PATIENCE = 30.0
"""Seconds to wait for a key; then the user has gone."""

_CURSOR = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}
BYTES: dict[str, tuple[bytes, ...]] = {
    **{name: (f"\x1b[{end}".encode(), f"\x1bO{end}".encode()) for name, end in _CURSOR.items()},
    "home": (b"\x1b[H", b"\x1bOH", b"\x1b[1~", b"\x1b[7~"),
    "end": (b"\x1b[F", b"\x1bOF", b"\x1b[4~", b"\x1b[8~"),
    "pageup": (b"\x1b[5~",),
    "pagedown": (b"\x1b[6~",),
    "tab": (b"\t",),
    "shift+tab": (b"\x1b[Z",),
    "enter": (b"\r", b"\n"),
    "backspace": (b"\x7f", b"\x08"),
    **{f"ctrl+{letter}": (bytes([ord(letter) - 96]),) for letter in "abdefghklnoprtuwxy"},
}
"""The valid bytes of the keys that not all terminals send."""


class KeyPress(NamedTuple):
    """The result of asking for one key."""

    key: str
    received: bytes | None
    """The bytes that it sent; None if it was skipped."""

    @property
    def arrives(self) -> bool | None:
        """Whether it sent valid bytes; None if it was skipped."""
        return None if self.received is None else self.received in BYTES[self.key]


def keys_to_ask(keys: Mapping[str, Iterable[str]]) -> list[str]:
    """Return those keys of all commands that may not arrive; letters and signs always do."""
    unique = dict.fromkeys(key for command_keys in keys.values() for key in command_keys)
    return [key for key in unique if key in BYTES]


def ask_for_keys(
    terminal: TerminalConnection, keys: Iterable[str], patience: float = PATIENCE
) -> list[KeyPress]:
    """Ask for one key after the other, until one is not pressed within ``patience`` seconds."""
    terminal.show("Press the key that is named. Esc skips it, q ends.\r\n")
    presses: list[KeyPress] = []
    for key in keys:
        terminal.show(f"  {key_name(key)}: ")
        received = terminal.read_key(patience)
        if not received or received == b"q":
            terminal.show("ended\r\n")
            break
        press = KeyPress(key, None if received == b"\x1b" else received)
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
