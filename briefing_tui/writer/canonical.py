"""The canonical format of a briefing file: order of keys, quotation marks, line wrapping.

Dates, and text that a YAML parser may not read as text, are in quotation marks. Text that is too
long for its line is folded; a flow table or list that is too long becomes a block. Comments stay
with their entries. The result is verified to have the same content as the input.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from briefing_tui.briefing.load import decode_text, load
from briefing_tui.briefing.model import Briefing, declared_path, is_entry, present_names
from briefing_tui.briefing.problems import EntryPath, UnreadableFileError
from briefing_tui.briefing.terminal_text import cell_width, wrap_words
from briefing_tui.briefing.tree import Mapping, Node, Scalar, Sequence, TreeError, parse
from briefing_tui.writer import values
from briefing_tui.writer.comments import BLANK, Comments, comments


class FormatError(Exception):
    """A text that cannot be formatted; the message has its location."""


def canonical(data: bytes, name: str, *, renames: bool = False) -> str:
    """Return the canonical text of a briefing; with ``renames``, fields have their present names.

    Raises:
        FormatError: the file cannot be parsed in full, so formatting could lose content.
    """
    try:
        problems = [problem for problem in load(data, name).problems if problem.code == "E101"]
    except UnreadableFileError as error:
        problems = list(error.problems)
    if problems:
        raise FormatError(problems[0].format(name))
    text = decode_text(data)[0]
    root, found = parse(text)[0], comments(text)
    if renames:
        root, found = _renamed(root, Briefing), found.moved(declared_path)
    result = _Writer(found).write(root)
    if not _is_equivalent(root, text, result):
        raise FormatError(f"{name}: some of it cannot be formatted, so it is left unchanged")
    return result


def _renamed(node: Node, kind: Any) -> Node:
    """Return a tree with the present names of fields in the place of former ones."""
    if isinstance(node, Sequence):
        items = [_renamed(item, values.child_kind(kind, at)) for at, item in enumerate(node.items)]
        return Sequence(node.line, node.column, items)
    if not isinstance(node, Mapping):
        return node
    present = present_names(kind) if is_entry(kind) else {}
    names = {key: present.get(key, key) for key in node.values}
    if len(set(names.values())) < len(names):  # both names of one field: an error to be corrected
        names = dict(zip(names, names, strict=True))
    children = {
        names[key]: _renamed(value, values.child_kind(kind, key))
        for key, value in node.values.items()
    }
    keys = {names[key]: scalar for key, scalar in node.keys.items()}
    return Mapping(node.line, node.column, keys, children)


def _is_equivalent(root: Node, text: str, result: str) -> bool:
    try:
        is_same = _content(root) == _content(parse(result)[0])
    except TreeError:
        return False
    return is_same and comments(text).every() == comments(result).every()


def _content(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: _content(value) for key, value in node.values.items()}
    if isinstance(node, Sequence):
        return [_content(item) for item in node.items]
    assert isinstance(node, Scalar)
    return None if node.is_null else node.value


class _PlacedNode(NamedTuple):
    node: Node
    path: EntryPath
    kind: Any
    """Its declared type; None if it has none."""
    head: str
    """Its key or dash."""
    column: int
    """Column of its key or dash."""
    indent: int
    """Column of its children, or of the lines of a block scalar."""

    def children(self) -> Iterator[_PlacedNode]:
        """Yield its children in canonical order."""
        if isinstance(self.node, Mapping):
            for key in values.ordered(self.node, self.kind):
                yield self._child(key, self.node.values[key], f"{values.quote(key)}:")
        elif isinstance(self.node, Sequence):
            for index, item in enumerate(self.node.items):
                yield self._child(index, item, "-")

    def _child(self, step: str | int, node: Node, head: str) -> _PlacedNode:
        is_list_in_list = isinstance(self.node, Sequence) and isinstance(node, Sequence)
        indent = self.indent + (4 if is_list_in_list else 2)
        kind = values.child_kind(self.kind, step)
        return _PlacedNode(node, (*self.path, step), kind, head, self.indent, indent)


class _Writer:
    def __init__(self, text_comments: Comments) -> None:
        self._comments = text_comments
        self._lines: list[str] = []
        self._carried: list[str] = []
        """Indented comments from the end of a table or list, for the line above the next node."""

    def write(self, root: Node) -> str:
        self._lines = [*self._comments.head, BLANK]
        self._write_children(_PlacedNode(root, (), Briefing, "", 0, 0), "")
        return values.single_blanks("\n".join([*self._lines, *self._carried]))

    def _write_children(self, parent: _PlacedNode, start: str) -> None:
        """Write a block; ``start`` is the dash that its first child follows on the same line."""
        for child in parent.children():
            self._lines += [*self._carried, *_indented(self._take_above(child), child.column)]
            self._carried = []
            self._write(child, start.ljust(child.column) + child.head)
            start = ""
        self._carry(parent.path, parent.indent)

    def _write(self, placed: _PlacedNode, start: str) -> None:
        beside = self._comments.beside.pop(placed.path, [])
        if lines := self._value(placed):
            self._lines += [" ".join(filter(None, (start, lines[0], *beside))), *lines[1:]]
            self._carry(placed.path, placed.column)
        elif placed.head == "-":
            self._write_children(placed, start)
        else:
            self._lines.append(" ".join((start, *beside)))
            self._write_children(placed, "")

    def _carry(self, path: EntryPath, column: int) -> None:
        self._carried += _indented(self._comments.after.get(path, []), column)

    def _take_above(self, placed: _PlacedNode) -> list[str]:
        """Remove and return the comments that cannot be on the line of a node."""
        above = self._comments.before.pop(placed.path, [])
        value = self._value(placed)
        is_block_item = placed.head == "-" and not value
        if is_block_item:  # its first child shares its line, so has no line above it
            above = [*above, *self._take_above(next(placed.children()))]
        beside = self._comments.beside.get(placed.path, [])
        if is_block_item or len(value) > 1 or len(beside) > 1:
            above = [*above, *self._comments.beside.pop(placed.path, [])]
        return above

    def _value(self, placed: _PlacedNode) -> list[str]:
        """Return the lines of a scalar, table or list; none for a block of children."""
        node, kind, path = placed.node, placed.kind, placed.path
        text = values.inline(node, kind, in_brackets=not isinstance(node, Scalar))
        used = placed.column + len(placed.head) + 1
        fits = used + cell_width(text) <= values.WIDTH
        if not isinstance(node, Scalar):
            is_flow = fits and path in self._comments.flow and path not in self._comments.opened
            return [text] if is_flow or next(placed.children(), None) is None else []
        if node.is_null or values.is_number(node, kind) or values.is_date(kind):
            return [text]
        if values.is_literal(node.value):
            chomping = "" if node.value.endswith("\n") else "-"
            return [f"|{chomping}", *_indented(node.value.splitlines(), placed.indent)]
        if fits or not values.can_fold(node.value):
            return [text]
        folded = wrap_words(node.value, values.WIDTH - placed.indent)
        return [">-", *_indented(folded, placed.indent)]


def _indented(lines: list[str], column: int) -> list[str]:
    return [" " * column + line if line else "" for line in lines]
