"""Formatting of single values: quotation marks, brackets, folding, and the order of keys."""

from __future__ import annotations

import json
import re
from typing import Any, get_args, get_origin

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.json_schema import canonical_fields
from briefing_tui.briefing.load import NOT_YAML
from briefing_tui.briefing.model import is_entry
from briefing_tui.briefing.quantities import Quantity
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
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_WHOLE = re.compile(r"[+-]?(0|[1-9][0-9]{0,29})")


def child_kind(kind: Any, step: str | int) -> Any:
    """Return the declared type of a value in a table or list; None if it has none."""
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    if get_origin(kind) is tuple:
        return get_args(kind)[0]
    fields = canonical_fields(kind) if is_entry(kind) else ()
    if isinstance(step, int):
        is_row = fields and kind.__struct_config__.array_like and step < len(fields)
        return fields[step].type if is_row else None
    return next((field.type for field in fields if step in (field.name, field.former)), None)


def ordered(node: Mapping, kind: Any) -> list[str]:
    """Return the keys of a table in canonical order: declared ones first, then the others."""
    fields = canonical_fields(kind) if is_entry(kind) else ()
    declared = [name for field in fields for name in (field.name, field.former)]
    others = [key for key in node.values if key not in declared]
    return [*(key for key in declared if key in node.values), *others]


def is_date(kind: Any) -> bool:
    """Return whether a scalar of a type is a date."""
    short = getattr(kind, "from_text", None)
    return kind is Edtf or (short is not None and "date" in kind.__struct_fields__)


def is_number(node: Scalar, kind: Any) -> bool:
    """Return whether a scalar is a plain number in a field that is a number or unknown."""
    if kind is Quantity:
        return not node.quoted and _DECIMAL.fullmatch(node.value) is not None
    kind = get_args(kind)[0] if hasattr(kind, "__metadata__") else kind
    return kind in (int, None) and not node.quoted and _WHOLE.fullmatch(node.value) is not None


def quote(text: str, *, in_brackets: bool = False, always: bool = False) -> str:
    """Return a text on one line, in quotation marks if a YAML parser needs them."""
    special = _SPECIAL.search(text) or (in_brackets and _BRACKETS.search(text))
    is_plain = _PLAIN.fullmatch(text) and text.isprintable() and not special
    if is_plain and not always and not _TRAPS.fullmatch(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return NOT_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def inline(node: Node, kind: Any, *, in_brackets: bool = True) -> str:
    """Return a value on one line."""
    if isinstance(node, Mapping):
        parts = (
            f"{quote(key, in_brackets=True)}: {inline(node.values[key], child_kind(kind, key))}"
            for key in ordered(node, kind)
        )
        return f"{{{', '.join(parts)}}}"
    if isinstance(node, Sequence):
        items = (inline(item, child_kind(kind, index)) for index, item in enumerate(node.items))
        return f"[{', '.join(items)}]"
    assert isinstance(node, Scalar)
    if node.is_null:
        return "null" if in_brackets else ""
    if is_number(node, kind):
        return node.value if kind is Quantity else str(int(node.value))
    return quote(node.value, in_brackets=in_brackets, always=is_date(kind))


def is_literal(text: str) -> bool:
    """Return whether a text has several lines and survives a literal block scalar."""
    lines = text.removesuffix("\n").split("\n")
    is_clean = "\n\n\n" not in text and all(
        line.isprintable() and line == line.rstrip() for line in lines
    )
    has_ends = bool(lines[0]) and not lines[0][0].isspace() and bool(lines[-1])
    return "\n" in text and is_clean and has_ends


def can_fold(text: str) -> bool:
    """Return whether a text survives a folded block scalar."""
    return text.isprintable() and " " in text and text.split(" ") == text.split()


def single_blanks(text: str) -> str:
    """Collapse consecutive blank lines, and remove those at the start and end of a text."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
