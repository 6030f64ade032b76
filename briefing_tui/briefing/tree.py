"""YAML text as a tree of nodes with their line and column.

Scalars are the characters as written: the field decides what a value means, so that none of YAML's
guesses (``NO`` as false, ``12:30`` as 750, ``010`` as 8, ``2019-01-07`` as a timestamp) apply.
Anchors, aliases, tags, merge keys and duplicate keys are reported and not followed. The tree is
built from parser events with an explicit stack, so that neither nesting nor aliases can exhaust
memory.
"""

from __future__ import annotations

from typing import Any

import yaml

from briefing_tui.briefing.problems import EntryPath, FileLocation, Problem
from briefing_tui.briefing.text import excerpt

MAX_DEPTH = 32
MAX_NODES = 200_000

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class TreeError(Exception):
    """Text that cannot be parsed: not YAML, not UTF-8, or over a limit."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.problem = Problem("E101", message, FileLocation((), line, column))


class Node:
    """A value in the file; ``line`` and ``column`` count from 1."""

    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column


class Scalar(Node):
    """A single value: the characters as written, and whether they were quoted."""

    __slots__ = ("quoted", "value")

    def __init__(self, line: int, column: int, value: str, *, quoted: bool) -> None:
        self.line = line
        self.column = column
        self.value = value
        self.quoted = quoted

    @property
    def is_null(self) -> bool:
        """Whether the value is empty or a YAML null."""
        return not self.quoted and self.value in _NULLS


class Sequence(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.items: list[Node] = []


class Mapping(Node):
    """Keys and values in the file's order; a repeated key has its first value."""

    __slots__ = ("keys", "values")

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.keys: dict[str, Scalar] = {}
        self.values: dict[str, Node] = {}


_SCALAR, _MAPPING_END, _SEQUENCE_END = yaml.ScalarEvent, yaml.MappingEndEvent, yaml.SequenceEndEvent
_NO_KEY = Scalar(0, 0, "", quoted=False)
"""Placeholder for a key that is not a scalar."""


def find(root: Node, path: EntryPath) -> Node:
    """Return the deepest existing node on a path; for a missing key, the mapping without it."""
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
    """Parse one YAML document.

    Raises:
        TreeError: the text is not YAML, is empty, has several documents, or is over a limit.
    """
    builder = _Builder()
    try:
        # Like `yaml.parse`, without the overhead of its generator.
        loader = getattr(yaml, "CLoader", yaml.Loader)(text)
        try:
            while (event := loader.get_event()) is not None:
                builder.feed(event)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or "") and (mark := error.problem_mark):
            # libyaml 0.2.6 has its own limit, which it may reach first while it looks ahead.
            raise _too_deep(mark.line + 1, mark.column + 1) from error
        from briefing_tui.briefing.yaml_advice import explain  # only needed for mistakes

        raise TreeError(*explain(error)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise TreeError(f"this is not YAML: {error}".splitlines()[0]) from error
    if builder.root is None:
        raise TreeError("the file is empty; a briefing starts with 'briefing: 1'")
    return builder.root, builder.problems


def _too_deep(line: int, column: int) -> TreeError:
    return TreeError(f"nested more than {MAX_DEPTH} deep", line, column)


class _Builder:
    """Builds nodes from parser events."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Scalar | None] = []
        self._paths: list[EntryPath] = []
        self._count = 0
        self._documents = 0

    def feed(self, event: Any) -> None:
        # The hot path of loading: nearly all events are scalars.
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
            self._reject_properties(event)
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
            self._set_value(parent, key, node)
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
        self._reject_properties(event)
        path = self._path()
        self._add(node)
        self._paths.append(path)
        self._open.append(node)
        self._keys.append(None)
        if len(self._open) > MAX_DEPTH:
            raise _too_deep(node.line, node.column)

    def _reject_properties(self, event: Any) -> None:
        """Report an anchor or a tag (node properties, YAML 1.2 section 6.9)."""
        if event.anchor is not None:
            name = excerpt(event.anchor)
            self._report(event, f"anchor '&{name}' is not allowed; remove it")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._report(event, f"tag '{excerpt(tag)}' is not allowed; remove it")

    def _report(self, event: Any, message: str) -> None:
        mark = event.start_mark
        place = FileLocation(self._path(), mark.line + 1, mark.column + 1)
        self.problems.append(Problem("E101", message, place))

    def _path(self) -> EntryPath:
        """Return the path of the next node; for a key, that of its mapping."""
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
            self._set_key(node)
        else:
            self._set_value(parent, self._keys[-1], node)
            self._keys[-1] = None

    def _set_key(self, node: Node) -> None:
        if isinstance(node, Scalar):
            self._keys[-1] = node
            return
        message = "a key must be a plain word; put text that begins with [ or { in quotation marks"
        place = FileLocation(self._path(), node.line, node.column)
        self.problems.append(Problem("E101", message, place))
        self._keys[-1] = _NO_KEY

    def _set_value(self, parent: Any, key: Scalar, node: Node) -> None:
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
        place = FileLocation(self._path(), key.line, key.column)
        self.problems.append(Problem("E101", message, place))
