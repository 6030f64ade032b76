"""YAML text as a tree of written values, each with its line and column.

Scalars keep the characters that were written: what a value means is decided by the field that
holds it, so that none of YAML's guesses (``NO`` as false, ``12:30`` as 750, ``010`` as 8,
``2019-01-07`` as a timestamp) can happen. Anchors, aliases, tags, merge keys and duplicate keys
are reported and not followed. Built from parser events with a stack of our own, so that neither
nesting nor aliases can exhaust memory.
"""

from __future__ import annotations

from typing import Any

import yaml

from briefing_tui.briefing.problems import Path, Place, Problem
from briefing_tui.briefing.text import excerpt

MAX_DEPTH = 32
MAX_NODES = 200_000

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class TreeError(Exception):
    """Text that gives no tree: not YAML, not UTF-8, or over a limit."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.problem = Problem("E101", message, Place((), line, column))


class Node:
    """A value of the file; ``line`` and ``column`` count from 1."""

    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column


class Scalar(Node):
    """A value without parts: the characters written, and whether they were quoted."""

    __slots__ = ("quoted", "value")

    def __init__(self, line: int, column: int, value: str, *, quoted: bool) -> None:
        self.line = line
        self.column = column
        self.value = value
        self.quoted = quoted

    @property
    def is_null(self) -> bool:
        """Whether nothing was written, or YAML's word for nothing."""
        return not self.quoted and self.value in _NULLS


class Sequence(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.items: list[Node] = []


class Mapping(Node):
    """Keys and values, in the order of the file; of a repeated key the first counts."""

    __slots__ = ("keys", "values")

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.keys: dict[str, Scalar] = {}
        self.values: dict[str, Node] = {}


_SCALAR, _MAPPING_END, _SEQUENCE_END = yaml.ScalarEvent, yaml.MappingEndEvent, yaml.SequenceEndEvent
_NO_KEY = Scalar(0, 0, "", quoted=False)
"""Stands before a value whose key is no word."""


def find(root: Node, path: Path) -> Node:
    """The deepest node on the way to ``path``; for a missing key the mapping that lacks it."""
    node = root
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.values:
            node = node.values[step]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node


def parse(text: str) -> tuple[Node, list[Problem]]:
    """Read one YAML document.

    Raises:
        TreeError: the text is no YAML, is empty, holds several documents, or is over a limit.
    """
    builder = _Builder()
    try:
        # As `yaml.parse`, without a generator in between.
        loader = getattr(yaml, "CLoader", yaml.Loader)(text)
        try:
            while (event := loader.get_event()) is not None:
                builder.feed(event)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or "") and (mark := error.problem_mark):
            # libyaml 0.2.6 has a limit of its own, which it may meet while it looks ahead.
            raise _too_deep(mark.line + 1, mark.column + 1) from error
        from briefing_tui.briefing.yaml_advice import explain  # only a mistake pays for it

        raise TreeError(*explain(error)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise TreeError(f"this is not YAML: {error}".splitlines()[0]) from error
    if builder.root is None:
        raise TreeError("the file is empty; a briefing starts with 'briefing: 1'")
    return builder.root, builder.problems


def _too_deep(line: int, column: int) -> TreeError:
    return TreeError(f"nested more than {MAX_DEPTH} deep", line, column)


class _Builder:
    """Turns parser events into nodes."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Scalar | None] = []
        self._paths: list[Path] = []
        self._count = 0
        self._documents = 0

    def feed(self, event: Any) -> None:
        # Most of the time that a file takes is spent here, and nearly all of it on scalars.
        kind = type(event)
        if kind is not _SCALAR:
            if kind is _MAPPING_END or kind is _SEQUENCE_END:
                self._open.pop()
                self._keys.pop()
                self._paths.pop()
            else:
                self._feed_other(event, event.start_mark.line + 1, event.start_mark.column + 1)
            return
        if event.anchor is not None or event.tag is not None:
            self._check_plain(event)
        mark = event.start_mark
        node = Scalar(mark.line + 1, mark.column + 1, event.value, quoted=bool(event.style))
        if not self._open or self._count >= MAX_NODES:
            self._add(node)
            return
        self._count += 1
        parent = self._open[-1]
        if type(parent) is Sequence:
            parent.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = node
        else:
            self._take_value(parent, key, node)
            self._keys[-1] = None

    def _feed_other(self, event: Any, line: int, column: int) -> None:
        if isinstance(event, yaml.MappingStartEvent):
            self._start(event, Mapping(line, column))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start(event, Sequence(line, column))
        elif isinstance(event, yaml.AliasEvent):
            name = excerpt(str(event.anchor))
            self._report(event, f"alias '*{name}' is not followed; write the value out")
            self._add(Scalar(line, column, "", quoted=False))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                message = "a second document starts here; a file holds one briefing"
                raise TreeError(message, line, column)

    def _start(self, event: Any, node: Sequence | Mapping) -> None:
        self._check_plain(event)
        path = self._path()
        self._add(node)
        self._paths.append(path)
        self._open.append(node)
        self._keys.append(None)
        if len(self._open) > MAX_DEPTH:
            raise _too_deep(node.line, node.column)

    def _check_plain(self, event: Any) -> None:
        if event.anchor is not None:
            name = excerpt(event.anchor)
            self._report(event, f"anchor '&{name}' is not allowed; remove it")
        if event.tag is not None:
            written = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._report(event, f"tag '{excerpt(written)}' is not allowed; remove it")

    def _report(self, event: Any, message: str) -> None:
        mark = event.start_mark
        place = Place(self._path(), mark.line + 1, mark.column + 1)
        self.problems.append(Problem("E101", message, place))

    def _path(self) -> Path:
        """Where the next node belongs; for a key, its table."""
        if not self._open:
            return ()
        parent, key, path = self._open[-1], self._keys[-1], self._paths[-1]
        if isinstance(parent, Sequence):
            return (*path, len(parent.items))
        return path if key is None or key is _NO_KEY else (*path, key.value)

    def _add(self, node: Node) -> None:
        self._count += 1
        if self._count > MAX_NODES:
            message = f"more than {MAX_NODES:,} values; split the file"
            raise TreeError(message, node.line, node.column)
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif self._keys[-1] is None:
            self._take_key(node)
        else:
            self._take_value(parent, self._keys[-1], node)
            self._keys[-1] = None

    def _take_key(self, node: Node) -> None:
        if isinstance(node, Scalar):
            self._keys[-1] = node
            return
        message = "a key must be a plain word; put text that begins with [ or { in quotation marks"
        place = Place(self._path(), node.line, node.column)
        self.problems.append(Problem("E101", message, place))
        self._keys[-1] = _NO_KEY

    def _take_value(self, parent: Any, key: Scalar, node: Node) -> None:
        if key is _NO_KEY:
            return
        if key.value in parent.values:
            first, name = parent.keys[key.value].line, excerpt(key.value)
            message = f"key '{name}' was already given on line {first}; the first one counts"
        elif key.value == "<<" and not key.quoted:
            message = "merge key '<<' is not allowed; write the values out"
        else:
            parent.keys[key.value] = key
            parent.values[key.value] = node
            return
        place = Place(self._path(), key.line, key.column)
        self.problems.append(Problem("E101", message, place))
