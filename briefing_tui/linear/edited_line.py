"""The state of a line that is being edited, and the keys that change it."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple

from briefing_tui.briefing.terminal_text import clusters, without_controls

MAX_LENGTH = 1 << 14
"""Characters of a line; what is typed after them is dropped."""
MAX_HISTORY = 500
"""Lines that are kept."""

History = tuple[str, ...]
"""Earlier lines, the last one at the end."""

_WORD = re.compile(r"\w+")
_FIELD = re.compile(r"\S+")


class EditedLine(NamedTuple):
    """A line of text with a cursor, among the earlier lines that can be edited in its place."""

    lines: tuple[str, ...] = ("",)
    """Earlier lines, and at the end the new one."""
    place: int = 0
    """The index of the line that is being edited."""
    cursor: int = 0
    """Characters before the cursor."""
    killed: str = ""
    """The text that was removed last, to be inserted again."""

    @classmethod
    def after(cls, history: History, killed: str = "") -> EditedLine:
        """Return an empty line after earlier ones."""
        return cls((*history, ""), len(history), 0, killed)

    @property
    def text(self) -> str:
        """The text of the line."""
        return self.lines[self.place]

    @property
    def drawn(self) -> str:
        """The text as it is drawn, of the same length."""
        return self.text.replace("\t", " ")

    def press(self, key: str, character: str | None = None) -> EditedLine:
        """Return the line after a key, by its name and the text that it types."""
        if edit := EDITS.get(key):
            return edit(self)
        return self.insert(_safe(character)) if character else self

    def insert(self, text: str) -> EditedLine:
        """Return the line with a text at the cursor."""
        text = text[: MAX_LENGTH - len(self.text)]
        before, after = self.text[: self.cursor], self.text[self.cursor :]
        return self._edited(before + text + after, self.cursor + len(text))

    def _edited(self, text: str, cursor: int) -> EditedLine:
        lines = (*self.lines[: self.place], text, *self.lines[self.place + 1 :])
        return self._replace(lines=lines, cursor=cursor)

    def _moved(self, position: int) -> EditedLine:
        return self._replace(cursor=position)

    def _deleted(self, position: int) -> EditedLine:
        """Return the line without what is between the cursor and a position."""
        start, end = sorted((self.cursor, position))
        return self._edited(self.text[:start] + self.text[end:], start)

    def _killed(self, position: int) -> EditedLine:
        """Return the line without what is between, which can be inserted again."""
        start, end = sorted((self.cursor, position))
        if start == end:
            return self
        return self._deleted(position)._replace(killed=self.text[start:end])

    def _recalled(self, place: int) -> EditedLine:
        """Return the line at another place of the history, with the cursor at its end."""
        if not 0 <= place < len(self.lines):
            return self
        return self._replace(place=place, cursor=len(self.lines[place]))


def history_with(history: History, line: str) -> History:
    """Return the history after a line, unless it is empty or the last one again."""
    if not line or history[-1:] == (line,):
        return history
    return (*history, line)[-MAX_HISTORY:]


def _safe(text: str) -> str:
    """Return typed text without what a terminal would not show, or would take for a command.

    Bytes that are not UTF-8 are surrogates (PEP 383). They stay, but for those which are control
    codes in ISO 8859.
    """
    return "".join(
        character if "\udca0" <= character <= "\udcff" else without_controls(character)
        for character in text
    )


def _boundaries(line: EditedLine) -> list[int]:
    """Return the positions between characters as a reader counts them, with their marks."""
    return [0, *accumulate(map(len, clusters(line.drawn)))]


def _left(line: EditedLine) -> int:
    return max((at for at in _boundaries(line) if at < line.cursor), default=0)


def _right(line: EditedLine) -> int:
    return min((at for at in _boundaries(line) if at > line.cursor), default=line.cursor)


def _start(_: EditedLine) -> int:
    return 0


def _end(line: EditedLine) -> int:
    return len(line.text)


def _word_left(line: EditedLine) -> int:
    return _last_start(_WORD, line)


def _field_left(line: EditedLine) -> int:
    return _last_start(_FIELD, line)


def _last_start(pattern: re.Pattern[str], line: EditedLine) -> int:
    starts = (match.start() for match in pattern.finditer(line.text, 0, line.cursor))
    return max(starts, default=0)


def _word_right(line: EditedLine) -> int:
    match = _WORD.search(line.text, line.cursor)
    return match.end() if match else len(line.text)


_Position = Callable[[EditedLine], int]
_Edit = Callable[[EditedLine], EditedLine]


def _to(position: _Position) -> _Edit:
    return lambda line: line._moved(position(line))


def _delete(position: _Position) -> _Edit:
    return lambda line: line._deleted(position(line))


def _kill(position: _Position) -> _Edit:
    return lambda line: line._killed(position(line))


EDITS: dict[str, _Edit] = {
    **dict.fromkeys(("left", "ctrl+b"), _to(_left)),
    **dict.fromkeys(("right", "ctrl+f"), _to(_right)),
    **dict.fromkeys(("home", "ctrl+a"), _to(_start)),
    **dict.fromkeys(("end", "ctrl+e"), _to(_end)),
    **dict.fromkeys(("alt+b", "alt+left", "ctrl+left"), _to(_word_left)),
    **dict.fromkeys(("alt+f", "alt+right", "ctrl+right"), _to(_word_right)),
    "backspace": _delete(_left),
    **dict.fromkeys(("delete", "ctrl+d"), _delete(_right)),
    "ctrl+u": _kill(_start),
    "ctrl+k": _kill(_end),
    "ctrl+w": _kill(_field_left),
    "alt+backspace": _kill(_word_left),
    **dict.fromkeys(("alt+d", "ctrl+delete"), _kill(_word_right)),
    "ctrl+y": lambda line: line.insert(line.killed),
    "tab": lambda line: line.insert("\t"),
    **dict.fromkeys(("up", "ctrl+p"), lambda line: line._recalled(line.place - 1)),
    **dict.fromkeys(("down", "ctrl+n"), lambda line: line._recalled(line.place + 1)),
}
"""What keys do, by their names."""
