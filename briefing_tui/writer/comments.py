"""The comments and blank lines of a YAML text, each with its entry.

Between two scalars there are only indicators, white space and comments. A comment on its own
line belongs to the next entry or, if indented deeper than that, to the end of the enclosing table
or list. A comment at the end of a line belongs to the entry on that line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import chain
from typing import NamedTuple

import msgspec
import yaml

from briefing_tui.briefing.problems import EntryPath

BLANK = ""
"""A blank line among comments."""

_LINE_END = re.compile(r"\r\n|\r|\n")


class Comments(msgspec.Struct):
    """The comments of a text by the path of their entry, each including its ``#``."""

    head: list[str] = []
    """At the top of the file, followed by a blank line."""
    before: dict[EntryPath, list[str]] = {}
    """On the lines above an entry."""
    beside: dict[EntryPath, list[str]] = {}
    """On the line of an entry."""
    after: dict[EntryPath, list[str]] = {}
    """Below the last entry of a table or list; of the whole file under the empty path."""
    flow: set[EntryPath] = set()
    """Tables and lists written in brackets."""
    opened: set[EntryPath] = set()
    """Tables and lists with comments inside."""

    def moved(self, new_path: Callable[[EntryPath], EntryPath]) -> Comments:
        """Return the same comments of entries that have other paths."""
        before, beside, after = (
            {new_path(path): lines for path, lines in group.items()}
            for group in (self.before, self.beside, self.after)
        )
        flow, opened = ({*map(new_path, paths)} for paths in (self.flow, self.opened))
        return Comments(self.head, before, beside, after, flow, opened)

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


def comments(text: str) -> Comments:
    """Collect the comments of a text that is one valid YAML document."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.result = Comments()
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self._position = 0
        self._flow: EntryPath | None = None
        """The table or list in brackets that encloses the position."""
        self._last: EntryPath = ()
        self._columns: dict[EntryPath, int] = {}
        self._pending: list[_Line] = []

    def scan(self) -> Comments:
        loader = getattr(yaml, "CLoader", yaml.Loader)
        if (root := yaml.compose(self._text, Loader=loader)) is not None:
            self._visit(root, ())
        self._scan_gap(len(self._text))
        self._assign(None)
        return self.result

    def _index(self, mark: yaml.Mark) -> int:
        # `mark.index` depends on the parser.
        return self._starts[min(mark.line, len(self._starts) - 1)] + mark.column

    def _visit(self, node: yaml.Node, path: EntryPath, column: int | None = None) -> None:
        """Collect the comments before and inside a node; a key has the path of its value.

        ``column`` is the column of the entry that begins with the node, if one does.
        """
        start, end = self._index(node.start_mark), self._index(node.end_mark)
        self._scan_gap(start)
        if column is not None:
            self._columns[path] = column
            self._assign(path)
            self._last = path
        if isinstance(node, yaml.CollectionNode):
            self._visit_children(node, path)
            end = end if node.flow_style else start
        elif isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            header = _LINE_END.search(self._text, start, end)
            self._position = start + 1
            self._scan_gap(header.start() if header else end)
            end = start + len(self._text[start:end].rstrip())
        self._position = max(self._position, end)

    def _visit_children(self, node: yaml.CollectionNode, path: EntryPath) -> None:
        enclosing_flow = self._flow
        if node.flow_style:
            self.result.flow.add(path)
            self._flow = path
            self._position += 1
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._visit(key, (*path, key.value), key.start_mark.column)
                self._visit(value, (*path, key.value))
        else:
            for index, item in enumerate(node.value):
                self._visit(item, (*path, index), node.start_mark.column)
        if node.flow_style:
            self._scan_gap(self._index(node.end_mark) - 1)
            for line in self._pending:
                if line.flow == path:
                    self._put(self.result.after, path, line.text)
            self._pending = [line for line in self._pending if line.flow != path]
            self._flow = enclosing_flow
            self._last = path

    def _scan_gap(self, end: int) -> None:
        """Collect the comments and blank lines up to the next node."""
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
                    self._pending.append(_Line(text, column, self._flow))
            elif stop and not prefix.strip(" \t\ufeff") and self._flow is None:
                self._pending.append(_Line(BLANK, 0, None))
            position = stop.end() if stop else end
        self._position = max(self._position, end)

    def _assign(self, following: EntryPath | None) -> None:
        pending, self._pending = self._pending, []
        if not self._last and following is not None:
            blanks = [index for index, line in enumerate(pending) if line.text == BLANK]
            last = blanks[-1] if blanks else 0
            cut = last if any(line.text != BLANK for line in pending[:last]) else 0
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
