"""The canonical form of a briefing's text: order of keys, quotation marks, wrapping.

Keys stand in the model's order, an entry's own before its evidence; dates and whatever another
program could take for something else than text are in quotation marks; text that is too long for
its line is folded, and a table or list in brackets that is too long is opened. Comments stay with
their entries. What is read from the file is the same before and after, which is made sure of.
"""

from __future__ import annotations

import io
from typing import Any

from briefing_tui.briefing.load import decode_text, load
from briefing_tui.briefing.model import Briefing
from briefing_tui.briefing.problems import Path, Refused
from briefing_tui.briefing.text import cell_width
from briefing_tui.briefing.tree import Mapping, Node, Scalar, Sequence, parse
from briefing_tui.writing import values
from briefing_tui.writing.comments import BLANK, Comments, comments

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
        yaml.indent(mapping=2, sequence=4, offset=2)
        yaml.width = 1_000_000  # lines are broken here, not there
        stream = io.StringIO()
        yaml.dump(self._node(root, (), Briefing, 0), stream)
        head = [*self._said.head, *([BLANK] if self._said.head else [])]
        end = [*self._carried, *((text, 0) for text in self._said.after.get((), []))]
        below = "".join(f"{' ' * column if text else ''}{text}\n" for text, column in end)
        return values.single_blanks(
            "".join(f"{line}\n" for line in head) + stream.getvalue() + below
        )

    def _node(self, node: Node, path: Path, kind: Any, indent: int, used: int = 0) -> Any:
        """A value as the library takes it.

        Args:
            node: The value as it was read.
            path: Where it stands.
            kind: Its declared type, where it has one.
            indent: The column that its own keys or items begin at.
            used: Columns that are taken on the line that it begins on.
        """
        kind = values.bare(kind)
        if isinstance(node, Scalar):
            return self._scalar(node, kind, indent, used)
        if self._keeps_brackets(node, path, kind, used):
            return self._in_brackets(node, kind)
        if isinstance(node, Mapping):
            return self._table(node, path, kind, indent)
        assert isinstance(node, Sequence)
        return self._list(node, path, kind, indent)

    def _table(self, node: Mapping, path: Path, kind: Any, indent: int) -> Any:
        table = self._types.CommentedMap()
        for key in values.ordered(node, kind):
            where, value = (*path, key), node.values[key]
            head = f"{values.written(key, in_brackets=False)}: "
            lines = self._lines_above(where, indent)
            inner = indent + 4 if isinstance(value, Sequence) else indent + 2
            one = self._node(value, where, values.kind_of(kind, key), inner, indent + len(head))
            table[self._text(key)] = one
            self._comment(table, self._text(key), one, where, lines, indent)
        self._carry(path, indent if node.values else indent - 2)
        return table

    def _list(self, node: Sequence, path: Path, kind: Any, indent: int) -> Any:
        items = self._types.CommentedSeq()
        dash = indent - 2
        for index, value in enumerate(node.items):
            where = (*path, index)
            lines = self._lines_above(where, dash)
            if isinstance(value, Mapping) and value.values:
                first = (*where, next(iter(values.ordered(value, values.item_kind(kind)))))
                if not self._keeps_brackets(value, where, values.item_kind(kind), indent):
                    lines += self._lines_above(first, dash)
            one = self._node(value, where, values.item_kind(kind), indent, indent)
            items.append(one)
            self._comment(items, index, one, where, lines, dash)
        self._carry(path, dash if node.items else dash - 2)
        return items

    def _lines_above(self, path: Path, indent: int) -> Lines:
        """The comments to be written above an entry, with their columns."""
        carried, self._carried = self._carried, []
        return [*carried, *((text, indent) for text in self._said.before.pop(path, []))]

    def _carry(self, path: Path, indent: int) -> None:
        """Let the comments at the end of a table or list go above whatever comes next."""
        if path:
            self._carried += [(text, indent) for text in self._said.after.get(path, [])]

    def _comment(
        self,
        holder: Any,
        key: Any,
        value: Any,
        path: Path,
        lines: Lines,
        indent: int,
    ) -> None:
        beside = self._said.beside.pop(path, [])
        is_block = isinstance(
            value, (self._scalars.FoldedScalarString, self._scalars.LiteralScalarString)
        )
        opened = hasattr(value, "fa") and not value.fa.flow_style()
        in_list = isinstance(holder, list)
        if beside and (len(beside) > 1 or is_block or (in_list and opened)):
            lines = [*lines, *((text, indent) for text in beside)]
            beside = []
        if not lines and not beside:
            return
        above = [_token(text, column) for text, column in lines]
        end = _token(beside[0], 0, ends_line=False) if beside else None
        holder.ca.items[key] = [end, above] if in_list else [None, above, end, None]

    def _keeps_brackets(self, node: Node, path: Path, kind: Any, used: int) -> bool:
        if not isinstance(node, (Mapping, Sequence)):
            return False
        if not (node.values if isinstance(node, Mapping) else node.items):
            return path not in self._said.opened
        if path not in self._said.flow or path in self._said.opened:
            return False
        written = values.inline(node, kind)
        return "\n" not in written and used + cell_width(written) <= values.WIDTH

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

    def _scalar(self, node: Scalar, kind: Any, indent: int, used: int) -> Any:
        text = node.value
        if node.is_null or values.is_number(node, kind) or values.is_date(kind):
            return self._plain_or_quoted(node, kind, in_brackets=False)
        if "\n" in text and values.is_literal(text):
            return self._scalars.LiteralScalarString(text)
        if used + cell_width(
            values.written(text, in_brackets=False)
        ) > values.WIDTH and values.folds(text):
            folded = self._scalars.FoldedScalarString(text)
            folded.fold_pos = values.fold_positions(text, values.WIDTH - indent)
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
