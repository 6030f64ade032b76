"""Formatting of single values: quotation marks, brackets, folding, and the order of keys."""

from __future__ import annotations

import json
import re
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.schema import fields_of
from briefing_tui.briefing.text import cell_width
from briefing_tui.briefing.tree import Mapping, Node, Scalar, Sequence

WIDTH = 120
"""Maximum line length, where possible."""

_TRAPS = re.compile(
    r"[-+]?[0-9][0-9_]*|0x[0-9a-f_]+|0o?[0-7_]+|0b[01_]+"  # whole numbers
    r"|[-+]?(\.[0-9_]+|[0-9][0-9_]*(\.[0-9_]*)?)(e[-+]?[0-9]+)?|[-+]?\.(inf|nan)"
    r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"  # base 60
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t\s].*)?"  # timestamps
    r"|y|yes|n|no|on|off|true|false|null|~|=|<<|",
    re.IGNORECASE,
)
"""Plain scalars that some YAML 1.1 or 1.2 parser does not read as text."""

_PLAIN = re.compile(r"(?:[^\W_]|[($€£₹“”‘’„])(?:.*\S)?")
_SPECIAL = re.compile(r":(?=\s|\Z)|\s#|\s\s|[^\S ]")
_BRACKETS = re.compile(r"[,\[\]{}]")
_WHOLE = re.compile(r"[+-]?(0|[1-9][0-9]{0,29})")


def bare(kind: Any) -> Any:
    """Return a declared type without ``None``."""
    if get_origin(kind) in (Union, UnionType):
        return bare(next(part for part in get_args(kind) if part is not type(None)))
    return kind


def kind_of(kind: Any, key: str) -> Any:
    """Return the declared type of a key in a table; None if the key is unknown."""
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    if _is_entry(kind):
        return {field.encode_name: field.type for field in fields_of(kind)}.get(key)
    return None


def item_kind(kind: Any, index: int = 0) -> Any:
    """Return the declared type of an item in a list."""
    if get_origin(kind) is tuple:
        return get_args(kind)[0]
    if _is_entry(kind) and kind.__struct_config__.array_like:
        fields = fields_of(kind)
        return fields[index].type if index < len(fields) else None
    return None


def ordered(node: Mapping, kind: Any) -> list[str]:
    """Return the keys of a table in canonical order: declared ones first, then the others."""
    declared = [field.encode_name for field in fields_of(kind)] if _is_entry(kind) else []
    others = [key for key in node.values if key not in declared]
    return [*(key for key in declared if key in node.values), *others]


def is_date(kind: Any) -> bool:
    """Return whether a scalar of a type is a date."""
    kind = bare(kind)
    short = getattr(kind, "from_text", None)
    return kind is Edtf or (short is not None and "date" in kind.__struct_fields__)


def is_number(node: Scalar, kind: Any) -> bool:
    """Return whether a scalar is a plain whole number in a field that is a number or unknown."""
    kind = bare(kind)
    kind = get_args(kind)[0] if hasattr(kind, "__metadata__") else kind
    return kind in (int, None) and not node.quoted and _WHOLE.fullmatch(node.value) is not None


def needs_quotes(text: str, *, in_brackets: bool) -> bool:
    """Return whether a text needs quotation marks to be text for every YAML parser."""
    special = _SPECIAL.search(text) or (in_brackets and _BRACKETS.search(text))
    plain = _PLAIN.fullmatch(text) and text.isprintable() and not special
    return not plain or _TRAPS.fullmatch(text) is not None


def quote(text: str, *, in_brackets: bool) -> str:
    """Return a text on one line, in quotation marks if it needs them."""
    return (
        json.dumps(text, ensure_ascii=False)
        if needs_quotes(text, in_brackets=in_brackets)
        else text
    )


def inline(node: Node, kind: Any) -> str:
    """Return a value on one line."""
    kind = bare(kind)
    if isinstance(node, Mapping):
        parts = (
            f"{quote(key, in_brackets=True)}: {inline(node.values[key], kind_of(kind, key))}"
            for key in ordered(node, kind)
        )
        return f"{{{', '.join(parts)}}}"
    if isinstance(node, Sequence):
        items = (inline(item, item_kind(kind, index)) for index, item in enumerate(node.items))
        return f"[{', '.join(items)}]"
    assert isinstance(node, Scalar)
    if is_number(node, kind):
        return str(int(node.value))
    return f'"{node.value}"' if is_date(kind) else quote(node.value, in_brackets=True)


def is_literal(text: str) -> bool:
    """Return whether a text of several lines survives a literal block scalar."""
    lines = text.removesuffix("\n").split("\n")
    is_clean = "\n\n\n" not in text and all(
        line.isprintable() and line == line.rstrip() for line in lines
    )
    return is_clean and bool(lines[0]) and not lines[0][0].isspace() and bool(lines[-1])


def can_fold(text: str) -> bool:
    """Return whether a text survives a folded block scalar."""
    return text.isprintable() and " " in text and text.split(" ") == text.split()


def fold_positions(text: str, width: int) -> list[int]:
    """Return the positions of the spaces at which to break lines of a width in cells."""
    positions: list[int] = []
    used = position = 0
    for index, word in enumerate(text.split(" ")):
        cells = cell_width(word)
        if index and used + 1 + cells > width:
            positions.append(position - 1)
            used = cells
        else:
            used += cells + (1 if position else 0)
        position += len(word) + 1
    return positions


def single_blanks(text: str) -> str:
    """Collapse consecutive blank lines, and remove those at the start and end of a text."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def _is_entry(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)
