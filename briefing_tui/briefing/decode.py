"""From a tree of written values to the model's types, entry by entry.

The decoders are made from the model's own declarations. Everything wrong is reported, not only the
first mistake. An entry that cannot be understood is left out and kept aside as `Broken` wherever
the rest makes sense without it, so that one slip costs one row and not the file. An unknown key is
reported and ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec

from briefing_tui.briefing.dates import DateError, Edtf
from briefing_tui.briefing.document import Broken
from briefing_tui.briefing.problems import Guesses, Path, Place, Problem
from briefing_tui.briefing.text import clean, excerpt
from briefing_tui.briefing.tree import Mapping, Node, Scalar, Sequence
from briefing_tui.briefing.vocabulary import PATTERNS

INVALID: Any = object()
"""Stands for a value that could not be understood."""

_WHOLE = re.compile(r"[+-]?(0|[1-9][0-9]*)")

_LABELS = ("headline", "title", "name", "text", "designation", "label", "id", "regime", "stated")


class Findings:
    """What decoding one file brought to light."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.broken: list[Broken] = []
        self.guess = Guesses()

    def report(self, code: str, message: str, node: Node, path: Path) -> Any:
        """Record a problem; the result is `INVALID`, for the caller to return."""
        self.problems.append(Problem(code, message, Place(path, node.line, node.column)))
        return INVALID


Decoder = Callable[[Node, Path, Findings], Any]


def decode_fields(cls: type[msgspec.Struct], node: Mapping, findings: Findings) -> dict[str, Any]:
    """The understood fields of a mapping that is read however much of it is broken."""
    return _fields(cls, node, (), findings)


@cache
def required(cls: type[msgspec.Struct]) -> tuple[str, ...]:
    """Names of the fields that a file must give."""
    return tuple(name for name, field in _fields_of(cls).items() if field.required)


class _Field(NamedTuple):
    """How one key of an entry is read; worked out once for each class."""

    name: str
    required: bool
    decode: Decoder
    is_entry: bool


@cache
def _fields_of(cls: type[msgspec.Struct]) -> dict[str, _Field]:
    return {
        field.encode_name: _Field(
            field.name, field.required, _decoder(field.type), _is_entry(field.type)
        )
        for field in msgspec.structs.fields(cls)
        if field.encode_name != "place"
    }


_SHORTENED = 1000
"""Short forms that are remembered at a time."""


@cache
def _decoder(kind: Any) -> Decoder:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _constrained(_decoder(args[0]), args[1])
    if origin is Literal:
        return _one_of(args)
    if origin in (Union, UnionType):
        return _decoder(next(arg for arg in args if arg is not type(None)))
    if origin is tuple:
        return _list_of(args[0])
    if origin is dict:
        return _table_of(args[0], args[1])
    if kind is str:
        return _text
    if kind is int:
        return _whole_number
    if kind is Edtf:
        return _date
    if kind.__struct_config__.array_like:
        return _row_of(kind)
    return _entry_of(kind)


def _text(node: Node, path: Path, findings: Findings) -> Any:
    if not isinstance(node, Scalar):
        return findings.report("E102", f"'{_name(path)}' takes text, not {_noun(node)}", node, path)
    if node.is_null:
        message = f"'{_name(path)}' holds nothing here; remove it, or put it in quotation marks"
        return findings.report("E102", message, node, path)
    cleaned, dropped = clean(node.value)
    if dropped:
        shown = ", ".join(dropped[:5]) + (" and more" if len(dropped) > 5 else "")
        message = f"'{_name(path)}' holds {shown}, which is not shown; remove it"
        findings.report("W210", message, node, path)
    return cleaned


def _whole_number(node: Node, path: Path, findings: Findings) -> Any:
    if isinstance(node, Scalar) and not node.quoted and _is_whole(node.value):
        return int(node.value)
    message = f"'{_name(path)}' takes a whole number"
    if not isinstance(node, Scalar):
        message += f", not {_noun(node)}"
    elif _is_whole(node.value):
        message += "; remove the quotation marks"
    else:
        plain = re.sub(r"[,_ ]", "", node.value).lstrip("0")
        hint = f"; write {plain}" if _is_whole(plain) else ""
        message += f", not '{excerpt(node.value)}'{hint}"
    return findings.report("E102", message, node, path)


def _is_whole(text: str) -> bool:
    return len(text) <= 30 and _WHOLE.fullmatch(text) is not None


def _date(node: Node, path: Path, findings: Findings) -> Any:
    value = _text(node, path, findings)
    if value is INVALID:
        return INVALID
    try:
        return Edtf.parse(value)
    except DateError as error:
        return findings.report("E105", f"'{_name(path)}': {error}", node, path)


def _one_of(choices: tuple[str, ...]) -> Decoder:
    def decode(node: Node, path: Path, findings: Findings) -> Any:
        value = _text(node, path, findings)
        if value is INVALID or value in choices:
            return value
        hint = findings.guess(value, choices) or f"; one of {', '.join(choices)}"
        message = f"'{_name(path)}' cannot be '{excerpt(value)}'{hint}"
        return findings.report("E102", message, node, path)

    return decode


def _constrained(inner: Decoder, meta: msgspec.Meta) -> Decoder:
    pattern = re.compile(meta.pattern) if meta.pattern else None
    code, rule = PATTERNS.get(meta.pattern or "", ("E102", "badly formed"))

    def decode(node: Node, path: Path, findings: Findings) -> Any:
        value = inner(node, path, findings)
        if value is INVALID:
            return INVALID
        # Not `search`: there, `$` would let a line end pass.
        if pattern is not None and not pattern.fullmatch(value):
            return findings.report(code, f"'{excerpt(value)}': {rule}", node, path)
        if (meta.ge is not None and value < meta.ge) or (meta.le is not None and value > meta.le):
            bounds = f"{meta.ge} to {meta.le}" if meta.le is not None else f"at least {meta.ge}"
            return findings.report("E102", f"'{_name(path)}' is {bounds}", node, path)
        return value

    return decode


def _list_of(kind: Any) -> Decoder:
    inner = _decoder(kind)
    holds_entries = _is_entry(kind)

    def decode(node: Node, path: Path, findings: Findings) -> Any:
        if not isinstance(node, Sequence):
            message = f"'{_name(path)}' takes a list; start each item with '- ' or use [ ]"
            return findings.report("E102", message, node, path)
        found = []
        whole = True
        for index, item in enumerate(node.items):
            where = (*path, index)
            value = inner(item, where, findings)
            if value is not INVALID:
                found.append(value)
            elif holds_entries:
                findings.broken.append(_broken(item, where))
            else:
                whole = False
        return tuple(found) if whole else INVALID

    return decode


def _table_of(name: Any, kind: Any) -> Decoder:
    named, inner = _decoder(name), _decoder(kind)

    def decode(node: Node, path: Path, findings: Findings) -> Any:
        if not isinstance(node, Mapping):
            message = f"'{_name(path)}' takes a table of 'id: …', not {_noun(node)}"
            return findings.report("E102", message, node, path)
        found = {}
        for key, item in node.values.items():
            where = (*path, key)
            value = inner(item, where, findings)
            if named(node.keys[key], where, findings) is INVALID or value is INVALID:
                findings.broken.append(_broken(item, where))
            else:
                found[key] = value
        return found

    return decode


def _row_of(cls: type[msgspec.Struct]) -> Decoder:
    fields = list(_fields_of(cls).values())
    inner = [field.decode for field in fields]
    shape = f"[{', '.join(field.name for field in fields)}]"

    def decode(node: Node, path: Path, findings: Findings) -> Any:
        if not isinstance(node, Sequence) or len(node.items) != len(fields):
            return findings.report("E102", f"'{_name(path)}' is written {shape}", node, path)
        values = [
            one(item, (*path, index), findings)
            for index, (one, item) in enumerate(zip(inner, node.items, strict=True))
        ]
        return INVALID if INVALID in values else cls(*values)

    return decode


def _entry_of(cls: Any) -> Decoder:
    short: Callable[[str], dict[str, str]] | None = getattr(cls, "from_text", None)
    needed = required(cls)
    shortened: dict[str, dict[str, Any]] = {}
    """What short forms stand for, of those that no problem was found in: a file repeats them."""

    def decode(node: Node, path: Path, findings: Findings) -> Any:
        written, problems = None, len(findings.problems)
        if isinstance(node, Scalar) and short is not None and not node.is_null:
            if (known := shortened.get(node.value)) is not None:
                return cls(place=Place(path, node.line, node.column), **known)
            expanded = _expand(node, short, path, findings)
            if expanded is None:
                return INVALID
            written, node = node.value, expanded
        if not isinstance(node, Mapping):
            hint = f", or {cls.SHORT}" if short is not None else ""
            message = f"'{_name(path)}' takes 'key: value' lines{hint}, not {_noun(node)}"
            return findings.report("E102", message, node, path)
        values = _fields(cls, node, path, findings)
        missing = [name for name in needed if name not in node.values]
        for name in missing:
            findings.report("E102", f"'{name}' is missing", node, path)
        if missing or any(value is INVALID for value in values.values()):
            return INVALID
        if written is not None and len(findings.problems) == problems:
            if len(shortened) >= _SHORTENED:
                shortened.clear()
            shortened[written] = values
        return cls(place=Place(path, node.line, node.column), **values)

    return decode


def _fields(
    cls: type[msgspec.Struct], node: Mapping, path: Path, findings: Findings
) -> dict[str, Any]:
    known = _fields_of(cls)
    values: dict[str, Any] = {}
    for key, item in node.values.items():
        field = known.get(key)
        where = (*path, key)
        if field is None:
            hint = findings.guess(key, known) or f"; known here: {', '.join(known)}"
            message = f"unknown key '{excerpt(key)}'{hint}"
            findings.report("E102", message, node.keys[key], where)
        elif isinstance(item, Scalar) and item.is_null:
            if field.required:
                values[field.name] = findings.report("E102", f"'{key}' is empty", item, where)
        else:
            value = field.decode(item, where, findings)
            if value is INVALID and not field.required and field.is_entry:
                findings.broken.append(_broken(item, where))
            else:
                values[field.name] = value
    return values


def _expand(
    node: Scalar, short: Callable[[str], dict[str, str]], path: Path, findings: Findings
) -> Mapping | None:
    try:
        parts = short(node.value)
    except ValueError as error:
        findings.report("E102", str(error), node, path)
        return None
    mapping = Mapping(node.line, node.column)
    for key, value in parts.items():
        mapping.keys[key] = node
        mapping.values[key] = Scalar(node.line, node.column, value, quoted=True)
    return mapping


def _broken(node: Node, path: Path) -> Broken:
    last = path[-1]
    label = last if isinstance(last, str) else f"{_name(path)} {last + 1}"
    if isinstance(node, Scalar) and not node.is_null:
        label = node.value
    elif isinstance(node, Mapping):
        for key in _LABELS:
            item = node.values.get(key)
            if isinstance(item, Scalar) and not item.is_null:
                label = item.value
                break
    return Broken(Place(path, node.line, node.column), excerpt(label, 200))


def _is_entry(kind: Any) -> bool:
    kinds = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    return any(isinstance(one, type) and issubclass(one, msgspec.Struct) for one in kinds)


def _name(path: Path) -> str:
    names = [step for step in path if isinstance(step, str)]
    return excerpt(names[-1]) if names else "the file"


def _noun(node: Node) -> str:
    if isinstance(node, Scalar):
        return "nothing" if node.is_null else "a single value"
    return "a list" if isinstance(node, Sequence) else "a table"
