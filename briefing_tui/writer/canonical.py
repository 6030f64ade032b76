"""The canonical format of a briefing file: order of keys, quotation marks, line wrapping.

Keys are in the model's order, an entry's own before its evidence. Dates, and text that a YAML
parser may not read as text, are in quotation marks. Text that is too long for its line is folded; a
flow table or list that is too long becomes a block. Comments stay with their entries. The result is
verified to have the same content as the input.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

from briefing_tui.briefing.load import decode_text, load
from briefing_tui.briefing.model import Briefing
from briefing_tui.briefing.problems import EntryPath, UnreadableFileError
from briefing_tui.briefing.text import cell_width
from briefing_tui.briefing.tree import Mapping, Node, Scalar, Sequence, parse
from briefing_tui.writer import values
from briefing_tui.writer.comments import BLANK, Comments, comments

Lines = list[tuple[str, int]]
"""Comment lines with their columns; an empty text is a blank line."""


class FormatError(Exception):
    """A text that cannot be formatted; the message has its location."""


def canonical(data: bytes, name: str) -> str:
    """Return the canonical text of a briefing.

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
    root, text_comments = parse(text)[0], comments(text)
    all_comments = text_comments.every()
    result = Writer(text_comments).write(root)
    if _content(parse(result)[0]) != _content(root) or comments(result).every() != all_comments:
        raise FormatError(f"{name}: some of it cannot be formatted, so it is left unchanged")
    return result


def _content(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: _content(value) for key, value in node.values.items()}
    if isinstance(node, Sequence):
        return [_content(item) for item in node.items]
    assert isinstance(node, Scalar)
    return None if node.is_null else node.value


class PlacedNode(NamedTuple):
    """A node with its position in the output."""

    node: Node
    path: EntryPath
    kind: Any
    """Its declared type; None if it has none."""
    column: int
    """Column of its key or dash."""
    indent: int
    """Column of its own keys or items."""
    used: int
    """Columns used before it on its first line."""

    @property
    def is_item(self) -> bool:
        """Whether it is in a list."""
        return bool(self.path) and isinstance(self.path[-1], int)

    @property
    def is_scalar(self) -> bool:
        """Whether it is neither table nor list."""
        return isinstance(self.node, Scalar)

    def children(self) -> Iterator[PlacedNode]:
        """Yield its children in canonical order."""
        node, kind = self.node, self.kind
        if isinstance(node, Mapping):
            for key in values.ordered(node, kind):
                head = len(f"{values.quote(key, in_brackets=False)}: ")
                yield self._child(key, node.values[key], values.kind_of(kind, key), head)
        elif isinstance(node, Sequence):
            for index, item in enumerate(node.items):
                yield self._child(index, item, values.item_kind(kind, index), 2)

    def _child(self, step: str | int, node: Node, kind: Any, head: int) -> PlacedNode:
        in_list = isinstance(step, int)
        column = self.indent - 2 if in_list else self.indent
        indent = column + ((6 if in_list else 4) if isinstance(node, Sequence) else 2)
        path = (*self.path, step)
        return PlacedNode(node, path, values.bare(kind), column, indent, column + head)


class Writer:
    """Writes one tree with its comments."""

    def __init__(self, text_comments: Comments) -> None:
        from ruamel.yaml import comments as types
        from ruamel.yaml import scalarstring

        self._comments = text_comments
        self._types = types
        self._scalars = scalarstring
        self._carried: Lines = []

    def write(self, root: Node) -> str:
        """Return the text of a tree, with every comment line in its place."""
        from ruamel.yaml import YAML

        yaml = YAML()
        yaml.Emitter = _emitter()
        yaml.indent(mapping=2, sequence=4, offset=2)
        yaml.width = 1_000_000  # this module breaks lines, not the library
        stream = io.StringIO()
        yaml.dump(self._node(PlacedNode(root, (), Briefing, 0, 0, 0)), stream)
        head = [*self._comments.head, *([BLANK] if self._comments.head else [])]
        end = [*self._carried, *((text, 0) for text in self._comments.after.get((), []))]
        below = "".join(f"{' ' * column if text else ''}{text}\n" for text, column in end)
        return values.single_blanks(
            "".join(f"{line}\n" for line in head) + stream.getvalue() + below
        )

    def _node(self, placed: PlacedNode) -> Any:
        """Convert a node to a value for the library."""
        if isinstance(placed.node, Scalar):
            return self._scalar(placed)
        if self._is_flow(placed):
            return self._flow(placed.node, placed.kind)
        return self._table(placed) if isinstance(placed.node, Mapping) else self._list(placed)

    def _table(self, placed: PlacedNode) -> Any:
        table = self._types.CommentedMap()
        for child in placed.children():
            key = self._text(str(child.path[-1]))
            lines = self._lines_above(child)
            table[key] = self._node(child)
            self._attach(table, key, child.path, lines)
        self._carry(placed.path, placed.indent if table else placed.column)
        return table

    def _list(self, placed: PlacedNode) -> Any:
        items = self._types.CommentedSeq()
        for index, child in enumerate(placed.children()):
            lines = self._lines_above(child)
            items.append(self._node(child))
            self._attach(items, index, child.path, lines)
        self._carry(placed.path, placed.indent - 2 if items else placed.column)
        return items

    def _lines_above(self, placed: PlacedNode) -> Lines:
        """Remove and return the comments to write above a node, with their columns."""
        carried, self._carried = self._carried, []
        return [*carried, *((text, placed.column) for text in self._take_above(placed))]

    def _take_above(self, placed: PlacedNode) -> list[str]:
        """Remove and return the comments that cannot be on the line of a node."""
        above = self._comments.before.pop(placed.path, [])
        is_block_item = placed.is_item and not placed.is_scalar and not self._is_flow(placed)
        first = next(placed.children(), None) if is_block_item else None
        if first is not None:  # it shares the line of the item, so has no line above it
            above = [*above, *self._take_above(first)]
        beside = self._comments.beside.pop(placed.path, [])
        if len(beside) > 1 or (beside and (self._is_block_scalar(placed) or is_block_item)):
            return [*above, *beside]
        if beside:
            self._comments.beside[placed.path] = beside
        return above

    def _is_block_scalar(self, placed: PlacedNode) -> bool:
        blocks = (self._scalars.FoldedScalarString, self._scalars.LiteralScalarString)
        return placed.is_scalar and isinstance(self._scalar(placed), blocks)

    def _carry(self, path: EntryPath, indent: int) -> None:
        """Move the comments at the end of a table or list above the next node."""
        if path:
            self._carried += [(text, indent) for text in self._comments.after.get(path, [])]

    def _attach(self, container: Any, key: Any, path: EntryPath, lines: Lines) -> None:
        """Attach the comments above and beside a value to its container."""
        beside = self._comments.beside.pop(path, [])
        if not lines and not beside:
            return
        above = [_token(text, column) for text, column in lines]
        end = _token(beside[0], 0, ends_line=False) if beside else None
        in_list = isinstance(container, list)
        container.ca.items[key] = [end, above] if in_list else [None, above, end, None]

    def _is_flow(self, placed: PlacedNode) -> bool:
        """Return whether a table or list is written in brackets."""
        if placed.is_scalar:
            return False
        if next(placed.children(), None) is None:
            return placed.path not in self._comments.opened
        if placed.path not in self._comments.flow or placed.path in self._comments.opened:
            return False
        text = values.inline(placed.node, placed.kind)
        return "\n" not in text and placed.used + cell_width(text) <= values.WIDTH

    def _flow(self, node: Node, kind: Any) -> Any:
        kind = values.bare(kind)
        if isinstance(node, Mapping):
            table = self._types.CommentedMap()
            for key in values.ordered(node, kind):
                table[self._text(key, in_brackets=True)] = self._flow(
                    node.values[key], values.kind_of(kind, key)
                )
            table.fa.set_flow_style()
            return table
        if isinstance(node, Sequence):
            items = self._types.CommentedSeq(
                self._flow(item, values.item_kind(kind, index))
                for index, item in enumerate(node.items)
            )
            items.fa.set_flow_style()
            return items
        assert isinstance(node, Scalar)
        return self._plain_or_quoted(node, kind, in_brackets=True)

    def _scalar(self, placed: PlacedNode) -> Any:
        node, kind = placed.node, placed.kind
        assert isinstance(node, Scalar)
        text = node.value
        if node.is_null or values.is_number(node, kind) or values.is_date(kind):
            return self._plain_or_quoted(node, kind, in_brackets=False)
        if "\n" in text and values.is_literal(text):
            return self._scalars.LiteralScalarString(text)
        width = placed.used + cell_width(values.quote(text, in_brackets=False))
        if width > values.WIDTH and values.can_fold(text):
            folded = self._scalars.FoldedScalarString(text)
            folded.fold_pos = values.fold_positions(text, values.WIDTH - placed.indent)
            return folded
        return self._plain_or_quoted(node, kind, in_brackets=False)

    def _plain_or_quoted(self, node: Scalar, kind: Any, *, in_brackets: bool) -> Any:
        if node.is_null:
            return None
        if values.is_number(node, kind):
            return int(node.value)
        return self._text(node.value, in_brackets=in_brackets, quoted=values.is_date(kind))

    def _text(self, text: str, *, in_brackets: bool = False, quoted: bool = False) -> Any:
        if quoted or values.needs_quotes(text, in_brackets=in_brackets):
            return self._scalars.DoubleQuotedScalarString(text)
        return text


def _token(text: str, column: int, *, ends_line: bool = True) -> Any:
    """Return a comment as the library stores it."""
    from ruamel.yaml.error import CommentMark
    from ruamel.yaml.tokens import CommentToken

    return CommentToken(f"{text}\n" if ends_line else text, CommentMark(column), None)


def _emitter() -> Any:
    """Return the library's emitter with a fix for an empty table after a comment.

    The original does not notice that the comment ended its line, and puts the next item on it.
    """
    from ruamel.yaml.emitter import Emitter
    from ruamel.yaml.events import MappingEndEvent

    class FixedEmitter(Emitter):
        def expect_first_flow_mapping_key(self) -> None:
            is_empty = isinstance(self.event, MappingEndEvent)
            super().expect_first_flow_mapping_key()
            if is_empty:
                self.no_newline = False

    return FixedEmitter
