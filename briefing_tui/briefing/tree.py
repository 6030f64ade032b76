"""YAML text as a tree of nodes with their line and column.

Scalars are the characters as written: the field decides what a value means, so that none of YAML's
guesses (``NO`` as false, ``12:30`` as 750, ``010`` as 8, ``2019-01-07`` as a timestamp) apply.
Anchors, aliases, tags, merge keys and duplicate keys are reported and not followed. Depth and
number of nodes are limited, so that neither nesting nor aliases can exhaust memory.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

import msgspec
import yaml

from briefing_tui.briefing.problems import EntryPath, FileLocation, Problem
from briefing_tui.briefing.terminal_text import excerpt

MAX_DEPTH = 32
MAX_NODES = 200_000
_LOOK_BACK = 50
"""Lines before an error among which its cause is looked for."""

_COMMENT = re.compile(r"[ \t]+(#.*)")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

_QUOTE = "put text that holds ': ' in quotation marks"
_ALIGN = "begin the line where its neighbours begin, with nothing after a closing quotation mark"
_REMEDIES = (
    ("document start", "remove the line that ends the document"),
    ("mapping values are not allowed", f"{_QUOTE}, and fix the indentation"),
    ("sequence entries are not allowed", "begin a list on a line of its own"),
    ("mapping keys are not allowed", "put text that begins with ? in quotation marks"),
    (
        "cannot start any token",
        "indent with spaces, not tabs; put text that begins with @, ` or % in quotation marks",
    ),
    ("a tab character", "indent with spaces, not tabs"),
    ("unexpected end of stream", "close the quotation mark"),
    ("flow sequence", f"close the '[' of line {{line}}, and {_QUOTE}"),
    ("flow mapping", f"close the '{{{{' of line {{line}}, and {_QUOTE}"),
    ("flow node", "remove the comma that has nothing before it"),
    ("block mapping", _ALIGN),
    ("block collection", _ALIGN),
    ("simple key", "write 'key: value', with a colon and a space"),
    ("escape", "write \\\\ for a backslash, or use single quotation marks"),
    ("an alias", "put text that begins with * in quotation marks"),
    ("an anchor", "put text that begins with & in quotation marks"),
    ("a tag", "put text that begins with ! in quotation marks"),
    ("block scalar", "begin the text after | or > on a line of its own"),
)
"""Remedies for invalid YAML by words of the parser's message."""

_VALUE = r"(?:^\s*(?:- +)*(?:[\w-]+: +)?|[\[{,]\s*[\w-]+: +|[\[{])"
"""What precedes a value on its line."""
_CAUSES = (
    (
        r"^\s*(?:- +)*(?:[\w-]+:)?(?P<at>[^\S \t])",
        "an invisible character is in place of a space; write a plain space",
    ),
    (r"^ *(?:- *)*(?P<at>\t)", "indent with spaces, not tabs"),
    (
        r"^\s*(?:- +)*(?P<at>[a-z_]+:(?!//)[^\s:].*)$",
        "a space is missing after a colon; write 'key: value'",
    ),
    (
        rf"{_VALUE}(?P<at>\[[^\[\]]*\]|\{{[^{{}}]*\}})\s*[^\s,:#\]}}]",
        "text goes on after the closing bracket; put text that begins with [ or { in quotation"
        " marks",
    ),
    (
        rf"""{_VALUE}(?P<at>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s,:#\]}}]""",
        "text goes on after the closing quotation mark; put all of it in quotation marks",
    ),
    (
        r"[^\s#]\s+(?P<at>#(?:\w[^\"']*|)$)",
        "' #' begins a comment, which ends the text; put text that holds ' #' in quotation marks",
    ),
)
"""Mistakes by a pattern of their line: they are often reported at the next one, in other words."""


class TreeError(Exception):
    """Text that cannot be parsed: not YAML, not UTF-8, or over a limit."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.problem = Problem("E101", message, FileLocation((), line, column))


class Node(msgspec.Struct, eq=False):
    """A value in the file; ``line`` and ``column`` count from 1."""

    line: int
    column: int


class Scalar(Node, eq=False):
    """A single value: the characters as written, and whether they were quoted."""

    value: str
    quoted: bool
    comment: str = ""
    """The comment right behind a plain value, with its ``#``."""

    @property
    def is_null(self) -> bool:
        """Whether the value is empty or a YAML null."""
        return not self.quoted and self.value in _NULLS


class Sequence(Node, eq=False):
    """A list."""

    items: list[Node] = []


class Mapping(Node, eq=False):
    """Keys and values in the file's order; a repeated key has its first value."""

    keys: dict[str, Scalar] = {}
    values: dict[str, Node] = {}
    pieces: dict[str, list[tuple[str, str]]] = {}
    """What looks like the rest of a plain value, cut at a comma in ``{…}``, by the value's key.

    That is each key that follows without a value of its own, or has a blank in it, with the text
    from the beginning of the value to there.
    """


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
    try:
        loader = getattr(yaml, "CLoader", yaml.Loader)(text)
        try:
            return _Parser(loader, text).parse()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or "") and (mark := error.problem_mark):
            # libyaml 0.2.6 has its own limit, which it may reach first while it looks ahead.
            raise _too_deep(mark.line + 1, mark.column + 1) from error
        raise TreeError(*_explain(error, text)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise TreeError(f"this is not YAML: {error}".splitlines()[0]) from error


def _too_deep(line: int, column: int) -> TreeError:
    return TreeError(f"nested more than {MAX_DEPTH} deep", line, column)


def _explain(error: yaml.MarkedYAMLError, text: str) -> tuple[str, int, int]:
    """Return what is wrong and a remedy, with the line and column.

    That is the cause, if a line has a common mistake, or else what the parser says.
    """
    message = ", ".join(part for part in (error.context, error.problem) if part)
    start = error.context_mark
    mark = error.problem_mark or start
    if start is not None and ("unexpected end of stream" in message or "simple key" in message):
        mark = start  # where it begins, not where it was missed
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    begins_in_brackets = start is not None and "flow" in message
    first = start.line + 1 if start is not None and begins_in_brackets else line - 1
    lines = text.splitlines()
    for number in (line, *range(line - 1, max(first, line - _LOOK_BACK, 1) - 1, -1)):
        for pattern, cause in _CAUSES:
            if number <= len(lines) and (match := re.search(pattern, lines[number - 1])):
                return f"this is not YAML: {cause}", number, match.start("at") + 1
    remedy = next((remedy for words, remedy in _REMEDIES if words in message), "")
    if remedy:
        message = f"{message}; {remedy.format(line=start.line + 1 if start else line)}"
    return f"this is not YAML: {message}", line, column


class _Source:
    """The lines of a text, by marks of the parser."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def lines(self) -> list[str]:
        return self._text.splitlines()

    def lines_with(self, sign: str) -> frozenset[int]:
        """Return the numbers of the lines that have a text."""
        return frozenset(number for number, line in enumerate(self.lines) if sign in line)

    def after(self, mark: Any) -> tuple[str, int]:
        """Return the line of a mark, and the position in it."""
        return (self.lines[mark.line] if mark.line < len(self.lines) else ""), mark.column

    def between(self, start: Any, end: Any) -> str:
        """Return the text between two marks on one line."""
        lines = self.lines[start.line : end.line + 1]
        lines[-1] = lines[-1][: end.column]
        lines[0] = lines[0][start.column :]
        return " ".join(line.strip() for line in lines)


def _is_plain(event: Any) -> bool:
    """Return whether an event is a value without quotation marks, anchor or tag."""
    return type(event) is yaml.ScalarEvent and not event.style and not (event.anchor or event.tag)


class _Parser:
    def __init__(self, loader: Any, text: str) -> None:
        self._next_event = loader.get_event
        self._source = _Source(text)
        self._commented = self._source.lines_with("#") if "#" in text else frozenset()
        self._problems: list[Problem] = []
        self._count = 0
        self._depth = 0

    def parse(self) -> tuple[Node, list[Problem]]:
        root: Node | None = None
        while (event := self._next_event()) is not None:
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, ())
            elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
                mark: Any = event.start_mark
                message = "a second document starts here; a file holds one briefing"
                raise TreeError(message, mark.line + 1, mark.column + 1)
        if root is None:
            raise TreeError("the file is empty; a briefing starts with 'briefing: 1'")
        return root, self._problems

    def _node(self, event: Any, parent: EntryPath, step: str | int | None = None) -> Node:
        """Build the node that starts with an event; ``step`` leads to it from its parent."""
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        self._count += 1
        if self._count > MAX_NODES:
            raise TreeError(f"more than {MAX_NODES:,} values; split the file", line, column)
        kind = type(event)
        if kind is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            if event.style or event.end_mark.line not in self._commented:
                return Scalar(line, column, event.value, bool(event.style))
            return self._commented_scalar(event, line, column)
        path = parent if step is None else (*parent, step)
        if kind is yaml.AliasEvent:
            message = f"alias '*{excerpt(event.anchor)}' is not followed; write the value out"
            self._report(message, line, column, path)
            return Scalar(line, column, "", quoted=False)
        self._reject_properties(event, line, column, path)
        if kind is yaml.ScalarEvent:
            return self._commented_scalar(event, line, column)
        if self._depth == MAX_DEPTH:
            raise _too_deep(line, column)
        self._depth += 1
        is_list = kind is yaml.SequenceStartEvent
        if is_list:
            node: Node = self._sequence(line, column, path)
        else:
            node = self._mapping(line, column, path, in_braces=bool(event.flow_style))
        self._depth -= 1
        return node

    def _commented_scalar(self, event: Any, line: int, column: int) -> Scalar:
        comment = _COMMENT.match(*self._source.after(event.end_mark)) if not event.style else None
        comment_text = comment[1] if comment else ""
        return Scalar(line, column, event.value, bool(event.style), comment_text)

    def _sequence(self, line: int, column: int, path: EntryPath) -> Sequence:
        node = Sequence(line, column)
        while type(event := self._next_event()) is not yaml.SequenceEndEvent:
            node.items.append(self._node(event, path, len(node.items)))
        return node

    def _mapping(self, line: int, column: int, path: EntryPath, *, in_braces: bool) -> Mapping:
        node = Mapping(line, column)
        cut: Any = None
        """Events of the last key that is whole, and of its value."""
        while type(event := self._next_event()) is not yaml.MappingEndEvent:
            key = self._node(event, path)
            step = key.value if isinstance(key, Scalar) else None
            value_event = self._next_event()
            repeats = False
            if in_braces:
                if step and (" " in step or getattr(value_event, "value", step) == ""):
                    pieces = self._pieces(node, cut, event, value_event)
                    repeats = pieces.count(step) > 1
                    cut = cut if pieces else None
                else:
                    cut = event, value_event
            problem = _key_problem(node, key)
            if problem and not repeats:
                self._report(problem, key.line, key.column, path if step is None else (*path, step))
            value = self._node(value_event, path, step)
            if isinstance(key, Scalar) and not problem:
                node.keys[key.value] = key
                node.values[key.value] = value
            elif not repeats:
                cut = None
        return node

    def _pieces(self, node: Mapping, cut: Any, key: Any, value: Any) -> tuple[str, ...]:
        """Add a key to the pieces of the value before it, and return them; none if it is not one.

        A piece has no colon, or a blank in it.
        """
        if cut is None or not all(map(_is_plain, (*cut, key, value))) or not cut[1].value:
            return ()
        line, column = self._source.after(key.end_mark)
        if " " not in key.value and line[column:].lstrip().startswith(":"):
            return ()
        end = (value if value.value else key).end_mark
        pieces = node.pieces.setdefault(cut[0].value, [])
        pieces.append((key.value, self._source.between(cut[1].start_mark, end)))
        return tuple(piece for piece, _ in pieces)

    def _reject_properties(self, event: Any, line: int, column: int, path: EntryPath) -> None:
        if event.anchor is not None:
            message = f"anchor '&{excerpt(event.anchor)}' is not allowed; remove it"
            self._report(message, line, column, path)
        if event.tag is not None:
            tag = excerpt(event.tag.replace("tag:yaml.org,2002:", "!!"))
            self._report(f"tag '{tag}' is not allowed; remove it", line, column, path)

    def _report(self, message: str, line: int, column: int, path: EntryPath) -> None:
        self._problems.append(Problem("E101", message, FileLocation(path, line, column)))


def _key_problem(mapping: Mapping, key: Node) -> str:
    """Return why a table cannot have a key, or an empty string."""
    if not isinstance(key, Scalar):
        return "a key must be a plain word; put text that begins with [ or { in quotation marks"
    if key.value in mapping.values:
        first, name = mapping.keys[key.value].line, excerpt(key.value)
        return f"key '{name}' was already given on line {first}; the first one counts"
    if not key.value.isascii() and not key.quoted and key.value != key.value.strip():
        return "an invisible character begins or ends this key; write plain spaces"
    if key.value == "<<" and not key.quoted:
        return "merge key '<<' is not allowed; write the values out"
    return ""
