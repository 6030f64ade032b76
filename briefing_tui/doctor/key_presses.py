"""The keys that arrive: pressed by hand one after the other, and told apart by their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from briefing_tui.commands.registry import key_name
from briefing_tui.doctor.connection import Line

PATIENCE = 30.0
"""Seconds that a key is waited for; whoever went away shall not be waited for."""

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
"""What terminals send for the keys that not all of them send."""

_SKIP = b"\x1b"


class Pressed(NamedTuple):
    """What came of asking for a key."""

    key: str
    came: bytes | None
    """What it sent; nothing where it was skipped."""

    @property
    def arrives(self) -> bool | None:
        """Whether it sent what it should; nothing where that was not tried."""
        return None if self.came is None else self.came in BYTES[self.key]


def worth_asking(keys: Mapping[str, Iterable[str]]) -> list[str]:
    """Of the keys of every command those that may not arrive; letters and signs always do."""
    every = dict.fromkeys(key for own in keys.values() for key in own)
    return [key for key in every if key in BYTES]


def press_all(line: Line, keys: Iterable[str], patience: float = PATIENCE) -> list[Pressed]:
    """Ask for keys until one is not pressed in time."""
    line.show("Press the key that is named. Esc skips it, q ends.\r\n")
    found: list[Pressed] = []
    for key in keys:
        line.show(f"  {key_name(key)}: ")
        came = line.press(patience)
        if not came or came == b"q":
            line.show("ended\r\n")
            break
        pressed = Pressed(key, None if came == _SKIP else came)
        found.append(pressed)
        told = {True: "arrived", False: f"came as {shown(came)}", None: "skipped"}
        line.show(f"{told[pressed.arrives]}\r\n")
    return found


def shown(came: bytes) -> str:
    """Bytes of a key in letters and signs that no terminal takes for a command."""
    return came[:16].decode("latin-1").encode("unicode_escape").decode("ascii")


def lost(pressed: Iterable[Pressed], keys: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The commands of which no key arrives."""
    arrived = {one.key: one.arrives for one in pressed}
    return [
        command for command, own in keys.items() if all(arrived.get(key) is False for key in own)
    ]
