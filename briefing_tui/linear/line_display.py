"""What stands on the line of a terminal that is being edited, and the characters that change it.

Nothing but text, spaces, backspaces, carriage returns and newlines is written, so that any terminal
shows it and a screen reader reads only what changed. The last column stays free, as terminals
disagree on where the cursor is after it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, takewhile
from typing import NamedTuple

from briefing_tui.briefing.terminal_text import cell_width, clusters, wrap_words

_AMPLE_ROOM = 16
"""Columns for the text that are enough beside a prompt that takes more than half of the line."""
_BACK = "\b"
_DISPUTED = {"\u200d", "\ufe0f"}
"""The zero width joiner, and the style of emoji."""


class _View(NamedTuple):
    """The characters on the line, with their marks, and how many are before the cursor."""

    characters: tuple[str, ...] = ()
    cursor: int = 0


class LineDisplay:
    """Shows a text after a prompt, as much of it as fits around the cursor."""

    def __init__(self, prompt: str) -> None:
        self._prompt = prompt
        self._view = _View()
        self._start = 0
        """The number of characters of the text that are left of the line."""
        self._width = 0
        """Columns of the terminal when it was drawn; 0 if nothing is on the line."""
        self._extent = 0
        """The columns that anything was ever written to."""

    def draw(self, text: str, cursor: int, width: int) -> str:
        """Return what is to be written to show a text, with so many code points before the cursor.

        ``width`` is that of the terminal, which may differ from call to call.
        """
        columns = max(width - 1, 1)
        prefix = self._prompt if _fits_beside(self._prompt, columns) else ""
        written = ""
        if self._width not in (0, width) and self._extent > columns:
            written = self.leave()  # the terminal may have wrapped it, or cut it off
        if not self._width and not prefix:
            written += "".join(f"{line}\n" for line in wrap_words(self._prompt.rstrip(), width))
        view = self._view_of(prefix, text, cursor, columns)
        written += _changes(self._view, view, self._extent)
        self._view, self._width = view, width
        self._extent = max(self._extent, _width(view.characters))
        return written

    def leave(self) -> str:
        """Return what is to be written to begin a new line, on which nothing is shown."""
        self._forget()
        return "\n"

    def restart(self) -> str:
        """Return what is to be written to draw the line again from its beginning."""
        self._forget()
        return "\r"

    def _forget(self) -> None:
        self._view, self._width, self._extent = _View(), 0, 0

    def _view_of(self, prefix: str, text: str, cursor: int, columns: int) -> _View:
        before = (*clusters(prefix),)
        room = columns - _width(before)
        characters = [_drawn(cluster, room) for cluster in clusters(text)]
        position = _characters_before(text, cursor)
        widths = [*map(_cells, characters)]
        self._start = start = _first_shown(widths, position, room, self._start)
        end = start + bisect_right([*accumulate(widths[start : start + room])], room)
        return _View((*before, *characters[start:end]), len(before) + position - start)


def _fits_beside(prompt: str, columns: int) -> bool:
    width = cell_width(prompt)
    return 2 * width <= columns or columns - width >= _AMPLE_ROOM


def _cells(character: str) -> int:
    """Return the most cells that a terminal gives to a character with its marks.

    One that knows neither joiners nor styles of emoji gives cells to every part.
    """
    return max(cell_width(character), sum(map(cell_width, character)))


def _width(characters: Iterable[str]) -> int:
    return sum(map(_cells, characters))


def _drawn(cluster: str, room: int) -> str:
    """Return a character with its marks as it is drawn: with a space before marks alone."""
    drawn = cluster if cell_width(cluster[0]) else f" {cluster}"
    return drawn if _cells(drawn) <= room else "?"


def _characters_before(text: str, cursor: int) -> int:
    """Return how many characters with their marks are before the cursor."""
    return bisect_right([*accumulate(map(len, clusters(text)))], cursor)


def _first_shown(widths: list[int], cursor: int, room: int, start: int) -> int:
    """Return the first character that is shown, which changes only if the cursor leaves the line.

    The character at the cursor is shown, too, something before it if there is room, and all if it
    fits.
    """
    if sum(widths) <= room:
        return 0
    end = min(cursor + 1, len(widths))
    if (start < cursor or start == cursor == 0) and sum(widths[start:end]) <= room:
        return start
    start, total = end, 0
    while start > 0 and (start == end or total + widths[start - 1] <= room * 2 // 3):
        start -= 1
        total += widths[start]
    return start


def _changes(before: _View, after: _View, extent: int) -> str:
    """Return what turns one view into another, on a line that was written to up to an extent."""
    if _is_disputed(before.characters) or _is_disputed(after.characters):
        whole = "".join(after.characters)
        up_to_cursor = "".join(after.characters[: after.cursor])
        return f"\r{' ' * extent}\r{whole}\r{up_to_cursor}"
    if before.characters == after.characters:
        return _move(after.characters, before.cursor, after.cursor)
    pairs = zip(before.characters, after.characters, strict=False)
    same = len([*takewhile(lambda pair: pair[0] == pair[1], pairs)])
    rest = "".join(after.characters[same:])
    blanks = max(_width(before.characters) - _width(after.characters), 0)
    back = blanks + _width(after.characters[after.cursor :])
    return f"{_move(before.characters, before.cursor, same)}{rest}{' ' * blanks}{_BACK * back}"


def _is_disputed(characters: Iterable[str]) -> bool:
    """Return whether terminals disagree on the cells of a character."""
    return not _DISPUTED.isdisjoint("".join(characters))


def _move(characters: tuple[str, ...], origin: int, target: int) -> str:
    """Return what moves the cursor: backspaces, or the characters that it passes."""
    if target < origin:
        return _BACK * _width(characters[target:origin])
    return "".join(characters[origin:target])
