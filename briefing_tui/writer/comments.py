"""The comments and blank lines of a YAML text, and the entry that each belongs to.

Found between the parser's events, where nothing but indicators, white space and comments can stand.
A comment on lines of its own belongs to the entry after it or, written deeper than that, to the end
of the table or list that it stands in. A comment at the end of a line belongs to the entry there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any, NamedTuple

import yaml

from briefing_tui.briefing.problems import Path

BLANK = ""
"""Stands among comments for a blank line."""

_LINE_END = re.compile(r"\r\n|\r|\n")


class Comments:
    """The comments of a text by the path of their entry, each from its ``#`` on."""

    def __init__(self) -> None:
        self.head: list[str] = []
        """At the top of the file, set off by a blank line."""
        self.before: dict[Path, list[str]] = {}
        """On the lines above an entry."""
        self.beside: dict[Path, list[str]] = {}
        """On the line of an entry."""
        self.after: dict[Path, list[str]] = {}
        """Below the last entry of a table or list; of the whole file under the empty path."""
        self.flow: set[Path] = set()
        """The tables and lists that are written in brackets."""
        self.opened: set[Path] = set()
        """Those of them that hold comments."""

    def every(self) -> list[str]:
        """All comments, sorted, without blank lines."""
        kinds = (self.before, self.beside, self.after)
        found = [one for kind in kinds for some in kind.values() for one in some]
        return sorted(comment for comment in [*self.head, *found] if comment != BLANK)


class _Waiting(NamedTuple):
    """A comment or blank line that waits for the entry after it."""

    text: str
    column: int
    flow: Path | None
    """The table or list in brackets that it stands in."""


class _Open(NamedTuple):
    """A table or list that the parser is in."""

    path: Path
    column: int
    is_table: bool
    in_flow: bool


def comments(text: str) -> Comments:
    """All comments of a text that is one sound YAML document."""
    scanner = _Scanner(text)
    for event in yaml.parse(text, Loader=getattr(yaml, "CLoader", yaml.Loader)):
        scanner.feed(event)
    return scanner.finish()


class _Scanner:
    """Follows the parser's events through a text."""

    def __init__(self, text: str) -> None:
        self.found = Comments()
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self._at = 0
        self._open: list[_Open] = []
        self._counts: list[int] = []
        self._key: list[str | None] = []
        self._last: Path = ()
        self._columns: dict[Path, int] = {}
        self._waiting: list[_Waiting] = []

    def feed(self, event: Any) -> None:
        mark: Any = event.start_mark
        start, end = self._index(mark), self._index(event.end_mark)
        self._gap(start)
        if isinstance(event, yaml.ScalarEvent):
            self._begin(event)
            if event.style in ("|", ">"):
                self._header_of_block(start, end)
                end = start + len(self._text[start:end].rstrip())
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            path = self._begin(event)
            is_table = isinstance(event, yaml.MappingStartEvent)
            in_flow = bool(event.flow_style)
            self._open.append(_Open(path, mark.column, is_table, in_flow))
            self._counts.append(0)
            self._key.append(None)
            if in_flow:
                self.found.flow.add(path)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._end()
        self._at = max(self._at, end)

    def finish(self) -> Comments:
        """What was found, once the text has ended."""
        self._gap(len(self._text))
        self._settle(None)
        return self.found

    def _index(self, mark: Any) -> int:
        """Position in the text; lines and columns are right for both parsers, positions are not."""
        return int(self._starts[min(mark.line, len(self._starts) - 1)] + mark.column)

    def _begin(self, event: Any) -> Path:
        """The path of the node that begins; a key and its value have the same."""
        if not self._open:
            return ()
        start: Any = event.start_mark
        inside = self._open[-1]
        if not inside.is_table:
            path = (*inside.path, self._counts[-1])
            self._counts[-1] += 1
            self._enter(path, inside.column)
            return path
        key = self._key[-1]
        if key is None:
            path = (*inside.path, event.value)
            self._key[-1] = event.value
            self._enter(path, int(start.column))
            return path
        self._key[-1] = None
        return (*inside.path, key)

    def _enter(self, path: Path, column: int) -> None:
        self._columns[path] = column
        self._settle(path)
        self._last = path

    def _end(self) -> None:
        closed = self._open.pop()
        self._counts.pop()
        self._key.pop()
        if closed.in_flow:
            inside = [one for one in self._waiting if one.flow == closed.path]
            self._waiting = [one for one in self._waiting if one.flow != closed.path]
            for one in inside:
                self._put(self.found.after, closed.path, one.text)
            self._last = closed.path

    def _gap(self, end: int) -> None:
        """Take the comments and blank lines up to the next node."""
        flow = next((one.path for one in reversed(self._open) if one.in_flow), None)
        at = self._at
        while at < end:
            stop = _LINE_END.search(self._text, at, end)
            line_end = stop.start() if stop else end
            comment = self._text.find("#", at, line_end)
            line_start = self._starts[bisect_right(self._starts, at) - 1]
            written = self._text[line_start : comment if comment >= 0 else line_end]
            if comment >= 0:
                words = self._text[comment:line_end].rstrip()
                if written.strip(" \t-?\ufeff"):
                    self._put(self.found.beside, self._last, words)
                else:
                    column = (
                        len(written) - len(written.lstrip())
                        if written.strip()
                        else comment - line_start
                    )
                    self._waiting.append(_Waiting(words, column, flow))
            elif stop and not written.strip(" \t\ufeff") and flow is None:
                self._waiting.append(_Waiting(BLANK, 0, None))
            at = stop.end() if stop else end

    def _header_of_block(self, start: int, end: int) -> None:
        """Take the comment after the sign that begins a block of text."""
        header = _LINE_END.split(self._text[start:end], maxsplit=1)[0]
        if (at := header.find("#")) >= 0:
            self._put(self.found.beside, self._last, header[at:].rstrip())

    def _settle(self, following: Path | None) -> None:
        """Give what waits to its entry, now that it is known which one follows."""
        waiting, self._waiting = self._waiting, []
        if not self._last and following is not None:
            blanks = [at for at, one in enumerate(waiting) if one.text == BLANK]
            commented = any(one.text != BLANK for one in waiting[: blanks[-1]]) if blanks else False
            cut = blanks[-1] if commented else 0
            self.found.head = [one.text for one in waiting[:cut]]
            waiting = waiting[cut:]
        blanks_held: list[str] = []
        for one in waiting:
            if one.text == BLANK:
                blanks_held = [BLANK]
                continue
            kind, path = self._owner(one, following)
            for text in (*blanks_held, one.text):
                self._put(kind, path, text)
            blanks_held = []
        if blanks_held and following is not None:
            self._put(self.found.before, following, BLANK)

    def _owner(self, one: _Waiting, following: Path | None) -> tuple[dict[Path, list[str]], Path]:
        if one.flow is not None and following is not None:
            return self.found.before, following
        chain = (self._last[:length] for length in range(len(self._last), 0, -1))
        level = next((path for path in chain if self._columns[path] <= one.column), ())
        parent = level[:-1]
        if following is None:
            return self.found.after, parent
        if parent == following[: len(parent)]:
            return self.found.before, following
        return self.found.after, parent

    def _put(self, kind: dict[Path, list[str]], path: Path, text: str) -> None:
        kind.setdefault(path, []).append(text)
        if text != BLANK:
            inner = path if kind is self.found.after else path[:-1]
            self.found.opened |= {inner[:length] for length in range(len(inner) + 1)}
