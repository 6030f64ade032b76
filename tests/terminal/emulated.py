"""What an emulator shows, so that two can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyte

from tests.terminal.pty_program import Emulator, Screen

Shown = list[list[tuple[Any, ...]]]

_LINK = re.compile(rb"\x1b\]8;([^\x07\x1b]*)(?:\x07|\x1b\\)")
_PARAMETERS = {5: 1, 2: 3}
"""How many numbers follow 38 or 48 and the kind of a colour."""


def shown(emulator: Emulator) -> Shown:
    """Every cell with its style; of a blank only what is to be seen of it."""
    screen = emulator.screen
    return [
        [_cell(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)
    ]


def _cell(char: Any) -> tuple[Any, ...]:
    marks = (char.underscore, char.strikethrough, char.reverse)
    if char.data == " " and not any(marks):
        return (" ", char.bg, char.blink[0] if isinstance(char.blink, tuple) else b"")
    return tuple(char)


class _FaithfulScreen(Screen):
    """Keeps links and faint text too, in the place of what blinks, as nothing does here."""

    def __init__(self, columns: int, lines: int, *, bce: bool) -> None:
        self.link = b""
        self._faint = False
        self._bce = bce
        super().__init__(columns, lines)

    def follow(self, link: bytes) -> None:
        """Begin a link, or end it."""
        self.link = b"" if link == b";" else link
        self._mark()

    def select_graphic_rendition(self, *attrs: int, **kwargs: Any) -> None:
        super().select_graphic_rendition(*attrs, **kwargs)
        for code in _codes(attrs or (0,)):
            if code in (0, 2, 22):
                self._faint = code == 2
        self._mark()

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        with_style = self.cursor.attrs
        self.cursor.attrs = self._erased()
        super().erase_in_line(how, private)
        self.cursor.attrs = with_style

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        with_style = self.cursor.attrs
        self.cursor.attrs = self._erased()
        super().erase_in_display(how, *args, **kwargs)
        self.cursor.attrs = with_style

    def _erased(self) -> pyte.screens.Char:
        ground = self.cursor.attrs.bg if self._bce else "default"
        return self.default_char._replace(bg=ground)

    def _mark(self) -> None:
        marks: Any = (self.link, self._faint) if self.link or self._faint else False
        self.cursor.attrs = self.cursor.attrs._replace(blink=marks)


def _codes(attributes: tuple[int, ...]) -> Iterator[int]:
    """The codes of SGR that are no parameters of a colour."""
    left = [*attributes]
    while left:
        code = left.pop(0)
        yield code
        if code in (38, 48) and left:
            del left[: 1 + _PARAMETERS.get(left[0], 0)]


class FaithfulEmulator(Emulator):
    """Shows links and faint text as well; erases as the terminal at hand does."""

    screen: _FaithfulScreen

    def __init__(self, columns: int, lines: int, *, bce: bool = True) -> None:
        """Begin with an empty screen whose lines do not wrap.

        Args:
            columns: Its width.
            lines: Its height.
            bce: Whether erasing takes the background that is on, as xterm does.
        """
        super().__init__(columns, lines, _FaithfulScreen(columns, lines, bce=bce))
        super().feed(b"\x1b[?7l")

    def feed(self, data: bytes) -> None:
        """Show bytes, in pieces that end where a control sequence does."""
        text, *links = _LINK.split(data)
        super().feed(text)
        for link, after in zip(links[::2], links[1::2], strict=True):
            self.screen.follow(link)
            super().feed(after)
