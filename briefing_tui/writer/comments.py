"""The comments and blank lines of a YAML text, each with its entry.

Between two parser events there are only indicators, white space and comments. A comment on its own
line belongs to the next entry or, if indented deeper than that, to the end of the enclosing table
or list. A comment at the end of a line belongs to the entry on that line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain
from typing import Any, NamedTuple

import yaml

from briefing_tui.briefing.problems import EntryPath

BLANK = ""
"""A blank line among comments."""

_LINE_END = re.compile(r"\r\n|\r|\n")


class Comments:
    """The comments of a text by the path of their entry, each including its ``#``."""

    def __init__(self) -> None:
        self.head: list[str] = []
        """At the top of the file, followed by a blank line."""
        self.before: dict[EntryPath, list[str]] = {}
        """On the lines above an entry."""
        self.beside: dict[EntryPath, list[str]] = {}
        """On the line of an entry."""
        self.after: dict[EntryPath, list[str]] = {}
        """Below the last entry of a table or list; of the whole file under the empty path."""
        self.flow: set[EntryPath] = set()
        """Tables and lists written in brackets."""
        self.opened: set[EntryPath] = set()
        """Tables and lists with comments inside."""

    def every(self) -> list[str]:
        """Return all comments, sorted, without blank lines."""
        groups = (self.before, self.beside, self.after)
        lines = [*self.head, *chain.from_iterable(chain(*(group.values() for group in groups)))]
        return sorted(line for line in lines if line != BLANK)


class _Line(NamedTuple):
    """A comment or blank line whose entry is not known yet."""

    text: str
    column: int
    flow: EntryPath | None
    """The enclosing table or list in brackets."""


class _Container(NamedTuple):
    """A table or list that the parser is in."""

    path: EntryPath
    column: int
    is_table: bool
    is_flow: bool


def comments(text: str) -> Comments:
    """Collect the comments of a text that is one valid YAML document."""
    scanner = _Scanner(text)
    for event in yaml.parse(text, Loader=getattr(yaml, "CLoader", yaml.Loader)):
        scanner.feed(event)
    return scanner.finish()


class _Scanner:
    """Follows the parser's events through a text."""

    def __init__(self, text: str) -> None:
        self.result = Comments()
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self._position = 0
        self._containers: list[_Container] = []
        self._counts: list[int] = []
        self._keys: list[str | None] = []
        self._last: EntryPath = ()
        self._columns: dict[EntryPath, int] = {}
        self._pending: list[_Line] = []

    def feed(self, event: Any) -> None:
        mark: Any = event.start_mark
        start, end = self._index(mark), self._index(event.end_mark)
        self._scan_gap(start)
        if isinstance(event, yaml.ScalarEvent):
            self._start_node(event)
            if event.style in ("|", ">"):
                self._scan_block_header(start, end)
                end = start + len(self._text[start:end].rstrip())
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            path = self._start_node(event)
            is_table = isinstance(event, yaml.MappingStartEvent)
            is_flow = bool(event.flow_style)
            self._containers.append(_Container(path, mark.column, is_table, is_flow))
            self._counts.append(0)
            self._keys.append(None)
            if is_flow:
                self.result.flow.add(path)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._end_container()
        self._position = max(self._position, end)

    def finish(self) -> Comments:
        """Return the comments, after the last event."""
        self._scan_gap(len(self._text))
        self._assign(None)
        return self.result

    def _index(self, mark: Any) -> int:
        """Return the index of a mark in the text; ``mark.index`` depends on the parser."""
        return int(self._starts[min(mark.line, len(self._starts) - 1)] + mark.column)

    def _start_node(self, event: Any) -> EntryPath:
        """Return the path of a new node; a key has the path of its value."""
        if not self._containers:
            return ()
        start: Any = event.start_mark
        container = self._containers[-1]
        if not container.is_table:
            path = (*container.path, self._counts[-1])
            self._counts[-1] += 1
            self._enter(path, container.column)
            return path
        key = self._keys[-1]
        if key is None:
            path = (*container.path, event.value)
            self._keys[-1] = event.value
            self._enter(path, int(start.column))
            return path
        self._keys[-1] = None
        return (*container.path, key)

    def _enter(self, path: EntryPath, column: int) -> None:
        self._columns[path] = column
        self._assign(path)
        self._last = path

    def _end_container(self) -> None:
        container = self._containers.pop()
        self._counts.pop()
        self._keys.pop()
        if container.is_flow:
            inside = [line for line in self._pending if line.flow == container.path]
            self._pending = [line for line in self._pending if line.flow != container.path]
            for line in inside:
                self._put(self.result.after, container.path, line.text)
            self._last = container.path

    def _scan_gap(self, end: int) -> None:
        """Collect the comments and blank lines before the next node."""
        containers = reversed(self._containers)
        flow = next((container.path for container in containers if container.is_flow), None)
        position = self._position
        while position < end:
            stop = _LINE_END.search(self._text, position, end)
            line_end = stop.start() if stop else end
            comment = self._text.find("#", position, line_end)
            line_start = self._starts[bisect_right(self._starts, position) - 1]
            prefix = self._text[line_start : comment if comment >= 0 else line_end]
            if comment >= 0:
                text = self._text[comment:line_end].rstrip()
                if prefix.strip(" \t-?\ufeff"):
                    self._put(self.result.beside, self._last, text)
                else:
                    indent = len(prefix) - len(prefix.lstrip())
                    column = indent if prefix.strip() else comment - line_start
                    self._pending.append(_Line(text, column, flow))
            elif stop and not prefix.strip(" \t\ufeff") and flow is None:
                self._pending.append(_Line(BLANK, 0, None))
            position = stop.end() if stop else end

    def _scan_block_header(self, start: int, end: int) -> None:
        """Collect the comment after the indicator of a block scalar."""
        header = _LINE_END.split(self._text[start:end], maxsplit=1)[0]
        if (index := header.find("#")) >= 0:
            self._put(self.result.beside, self._last, header[index:].rstrip())

    def _assign(self, following: EntryPath | None) -> None:
        """Assign the pending lines to entries, now that the following entry is known."""
        pending, self._pending = self._pending, []
        if not self._last and following is not None:
            blanks = [index for index, line in enumerate(pending) if line.text == BLANK]
            has_head = (
                any(line.text != BLANK for line in pending[: blanks[-1]]) if blanks else False
            )
            cut = blanks[-1] if has_head else 0
            self.result.head = [line.text for line in pending[:cut]]
            pending = pending[cut:]
        blank: list[str] = []
        for line in pending:
            if line.text == BLANK:
                blank = [BLANK]
                continue
            group, path = self._owner(line, following)
            for text in (*blank, line.text):
                self._put(group, path, text)
            blank = []
        if blank and following is not None:
            self._put(self.result.before, following, BLANK)

    def _owner(
        self, line: _Line, following: EntryPath | None
    ) -> tuple[dict[EntryPath, list[str]], EntryPath]:
        """Return the group and path that a pending line belongs to."""
        if line.flow is not None and following is not None:
            return self.result.before, following
        ancestors = (self._last[:length] for length in range(len(self._last), 0, -1))
        level = next((path for path in ancestors if self._columns[path] <= line.column), ())
        parent = level[:-1]
        if following is None:
            return self.result.after, parent
        if parent == following[: len(parent)]:
            return self.result.before, following
        return self.result.after, parent

    def _put(self, group: dict[EntryPath, list[str]], path: EntryPath, text: str) -> None:
        group.setdefault(path, []).append(text)
        if text != BLANK:
            inner = path if group is self.result.after else path[:-1]
            self.result.opened |= {inner[:length] for length in range(len(inner) + 1)}
