"""The canonical form of a briefing's text: order of keys, quotation marks, wrapping.

Keys stand in the model's order, an entry's own before its evidence; dates and whatever another
program could take for something else than text are in quotation marks; text that is too long for
its line is folded, and a table or list in brackets that is too long is opened. Comments stay with
their entries. What is read from the file is the same before and after, which is made sure of.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

from briefing_tui.briefing.load import decode_text, load
from briefing_tui.briefing.model import Briefing
from briefing_tui.briefing.problems import Path, Refused
from briefing_tui.briefing.text import cell_width
from briefing_tui.briefing.tree import Mapping, Node, Scalar, Sequence, parse
from briefing_tui.writer import values
from briefing_tui.writer.comments import BLANK, Comments, comments

Lines = list[tuple[str, int]]
"""Lines of comment, each with its column; an empty one is blank."""


class FormatError(Exception):
    """A text that cannot be formatted; the message has its place."""


def canonical(data: bytes, name: str) -> str:
    """The canonical text of a briefing.

    Raises:
        FormatError: it cannot be read in full, so that formatting could lose something.
    """
    try:
        found = [one for one in load(data, name).problems if one.code == "E101"]
    except Refused as refused:
        found = list(refused.problems)
    if found:
        raise FormatError(found[0].located(name))
    text = decode_text(data)[0]
    root, said = parse(text)[0], comments(text)
    every = said.every()
    written = Writer(said).write(root)
    if _meaning(parse(written)[0]) != _meaning(root) or comments(written).every() != every:
        raise FormatError(f"{name}: something in it cannot be formatted; it stays as it is")
    return written


def _meaning(node: Node) -> Any:
    """A tree as plain values, as far as reading it can tell them apart."""
    if isinstance(node, Mapping):
        return {key: _meaning(value) for key, value in node.values.items()}
    if isinstance(node, Sequence):
        return [_meaning(item) for item in node.items]
    assert isinstance(node, Scalar)
    return None if node.is_null else node.value


class Entry(NamedTuple):
    """A value and where it is to be written."""

    node: Node
    path: Path
    kind: Any
    """Its declared type, where it has one."""
    column: int
    """Where its key or dash begins."""
    indent: int
    """The column that its own keys or items begin at."""
    used: int
    """Columns that are taken on the line that it begins on."""

    @property
    def is_item(self) -> bool:
        """Whether it is in a list."""
        return bool(self.path) and isinstance(self.path[-1], int)

    @property
    def is_scalar(self) -> bool:
        """Whether it is neither table nor list."""
        return isinstance(self.node, Scalar)

    def entries(self) -> Iterator[Entry]:
        """What is in it, in the order to write it."""
        node, kind = self.node, self.kind
        if isinstance(node, Mapping):
            for key in values.ordered(node, kind):
                head = len(f"{values.written(key, in_brackets=False)}: ")
                yield self._inner(key, node.values[key], values.kind_of(kind, key), head)
        elif isinstance(node, Sequence):
            for at, item in enumerate(node.items):
                yield self._inner(at, item, values.item_kind(kind, at), 2)

    def _inner(self, at: str | int, node: Node, kind: Any, head: int) -> Entry:
        in_list = isinstance(at, int)
        column = self.indent - 2 if in_list else self.indent
        deeper = (6 if in_list else 4) if isinstance(node, Sequence) else 2
        where = (*self.path, at)
        return Entry(node, where, values.bare(kind), column, column + deeper, column + head)


class Writer:
    """Writes one tree with its comments."""

    def __init__(self, said: Comments) -> None:
        from ruamel.yaml import comments as types
        from ruamel.yaml import scalarstring

        self._said = said
        self._types = types
        self._scalars = scalarstring
        self._carried: Lines = []

    def write(self, root: Node) -> str:
        """The text of a tree, in which every line of comment is at its place."""
        from ruamel.yaml import YAML

        yaml = YAML()
        yaml.Emitter = _emitter()
        yaml.indent(mapping=2, sequence=4, offset=2)
        yaml.width = 1_000_000  # lines are broken here, not there
        stream = io.StringIO()
        yaml.dump(self._node(Entry(root, (), Briefing, 0, 0, 0)), stream)
        head = [*self._said.head, *([BLANK] if self._said.head else [])]
        end = [*self._carried, *((text, 0) for text in self._said.after.get((), []))]
        below = "".join(f"{' ' * column if text else ''}{text}\n" for text, column in end)
        return values.single_blanks(
            "".join(f"{line}\n" for line in head) + stream.getvalue() + below
        )

    def _node(self, entry: Entry) -> Any:
        """A value as the library takes it."""
        if isinstance(entry.node, Scalar):
            return self._scalar(entry)
        if self._keeps_brackets(entry):
            return self._in_brackets(entry.node, entry.kind)
        return self._table(entry) if isinstance(entry.node, Mapping) else self._list(entry)

    def _table(self, whole: Entry) -> Any:
        table = self._types.CommentedMap()
        for entry in whole.entries():
            key = self._text(str(entry.path[-1]))
            lines = self._lines_above(entry)
            table[key] = self._node(entry)
            self._comment(table, key, entry.path, lines)
        self._carry(whole.path, whole.indent if table else whole.column)
        return table

    def _list(self, whole: Entry) -> Any:
        items = self._types.CommentedSeq()
        for index, entry in enumerate(whole.entries()):
            lines = self._lines_above(entry)
            items.append(self._node(entry))
            self._comment(items, index, entry.path, lines)
        self._carry(whole.path, whole.indent - 2 if items else whole.column)
        return items

    def _lines_above(self, entry: Entry) -> Lines:
        """The comments to be written above an entry, with their columns."""
        carried, self._carried = self._carried, []
        return [*carried, *((text, entry.column) for text in self._taken_above(entry))]

    def _taken_above(self, entry: Entry) -> list[str]:
        """Take the comments that have no place on the line of an entry."""
        taken = self._said.before.pop(entry.path, [])
        opened = entry.is_item and not entry.is_scalar and not self._keeps_brackets(entry)
        first = next(entry.entries(), None) if opened else None
        if first is not None:  # on the line of the item, so that only the item has a line above it
            taken = [*taken, *self._taken_above(first)]
        beside = self._said.beside.pop(entry.path, [])
        if len(beside) > 1 or (beside and (self._is_block(entry) or opened)):
            return [*taken, *beside]
        if beside:
            self._said.beside[entry.path] = beside
        return taken

    def _is_block(self, entry: Entry) -> bool:
        blocks = (self._scalars.FoldedScalarString, self._scalars.LiteralScalarString)
        return entry.is_scalar and isinstance(self._scalar(entry), blocks)

    def _carry(self, path: Path, indent: int) -> None:
        """Let the comments at the end of a table or list go above whatever comes next."""
        if path:
            self._carried += [(text, indent) for text in self._said.after.get(path, [])]

    def _comment(self, holder: Any, key: Any, path: Path, lines: Lines) -> None:
        beside = self._said.beside.pop(path, [])
        if not lines and not beside:
            return
        above = [_token(text, column) for text, column in lines]
        end = _token(beside[0], 0, ends_line=False) if beside else None
        in_list = isinstance(holder, list)
        holder.ca.items[key] = [end, above] if in_list else [None, above, end, None]

    def _keeps_brackets(self, entry: Entry) -> bool:
        if entry.is_scalar:
            return False
        if next(entry.entries(), None) is None:
            return entry.path not in self._said.opened
        if entry.path not in self._said.flow or entry.path in self._said.opened:
            return False
        written = values.inline(entry.node, entry.kind)
        return "\n" not in written and entry.used + cell_width(written) <= values.WIDTH

    def _in_brackets(self, node: Node, kind: Any) -> Any:
        kind = values.bare(kind)
        if isinstance(node, Mapping):
            table = self._types.CommentedMap()
            for key in values.ordered(node, kind):
                table[self._text(key, in_brackets=True)] = self._in_brackets(
                    node.values[key], values.kind_of(kind, key)
                )
            table.fa.set_flow_style()
            return table
        if isinstance(node, Sequence):
            items = self._types.CommentedSeq(
                self._in_brackets(item, values.item_kind(kind, at))
                for at, item in enumerate(node.items)
            )
            items.fa.set_flow_style()
            return items
        assert isinstance(node, Scalar)
        return self._plain_or_quoted(node, kind, in_brackets=True)

    def _scalar(self, entry: Entry) -> Any:
        node, kind = entry.node, entry.kind
        assert isinstance(node, Scalar)
        text = node.value
        if node.is_null or values.is_number(node, kind) or values.is_date(kind):
            return self._plain_or_quoted(node, kind, in_brackets=False)
        if "\n" in text and values.is_literal(text):
            return self._scalars.LiteralScalarString(text)
        wanted = entry.used + cell_width(values.written(text, in_brackets=False))
        if wanted > values.WIDTH and values.folds(text):
            folded = self._scalars.FoldedScalarString(text)
            folded.fold_pos = values.fold_positions(text, values.WIDTH - entry.indent)
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
    """A comment as the library keeps it."""
    from ruamel.yaml.error import CommentMark
    from ruamel.yaml.tokens import CommentToken

    return CommentToken(f"{text}\n" if ends_line else text, CommentMark(column), None)


def _emitter() -> Any:
    """The library's emitter, to which an empty table is a value like others.

    Its own goes on as if the line of a comment had not ended, and puts the next item on it.
    """
    from ruamel.yaml.emitter import Emitter
    from ruamel.yaml.events import MappingEndEvent

    class Emitting(Emitter):
        def expect_first_flow_mapping_key(self) -> None:
            is_empty = isinstance(self.event, MappingEndEvent)
            super().expect_first_flow_mapping_key()
            if is_empty:
                self.no_newline = False

    return Emitting
