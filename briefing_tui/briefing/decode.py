"""Decode a YAML tree into the model's types, entry by entry.

Every mistake is reported, not only the first. An entry that cannot be decoded becomes an
`UnreadableEntry` wherever the rest makes sense without it: one slip costs one row, not the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from functools import cache
from itertools import takewhile
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.document import UnreadableEntry
from briefing_tui.briefing.model import LABEL_FIELDS, Remark, fields_of, is_entry, present_names
from briefing_tui.briefing.problems import EntryPath, FileLocation, Guesses, Problem
from briefing_tui.briefing.quantities import Quantity
from briefing_tui.briefing.terminal_text import clean, excerpt
from briefing_tui.briefing.tree import Mapping, Node, Scalar, Sequence

INVALID: Any = object()
"""A value that could not be decoded."""

_CUT_BY_COMMENT = re.compile(r"#(?:\w|\Z)")
"""A comment that is more likely the rest of a text, as in "ticket #77" or "C #"."""
_WHOLE = re.compile(r"[+-]?(0|[1-9][0-9]*)")


class Findings:
    """Collects the problems of one file while it is decoded."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.broken: list[UnreadableEntry] = []
        self.guess = Guesses()

    def report(self, code: str, message: str, node: Node, path: EntryPath) -> Any:
        """Record a problem and return `INVALID`, for the caller to return."""
        self.problems.append(Problem(code, message, FileLocation(path, node.line, node.column)))
        return INVALID


Decoder = Callable[[Node, EntryPath, Findings], Any]


class _Field(NamedTuple):
    required: bool
    decode: Decoder
    is_entry: bool
    former: str | None


@cache
def _fields_of(cls: type[msgspec.Struct]) -> dict[str, _Field]:
    return {
        field.name: _Field(field.required, _decoder(field.type), _is_row(field.type), field.former)
        for field in fields_of(cls)
    }


def _is_row(kind: Any) -> bool:
    """Whether a value that cannot be read is listed by itself, and not with its entry."""
    return is_entry(kind) and kind is not Remark


_SHORT_FORM_CACHE = 1000
"""Number of short forms cached for each kind of entry."""


@cache
def _decoder(kind: Any) -> Decoder:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _constrained(_text if args[0] is str else _decoder(args[0]), args[1])
    if origin is Literal:
        return _one_of(args)
    if origin is tuple:
        return _list_of(args[0])
    if origin is dict:
        return _table_of(args[0], args[1])
    if kind is str:
        return _prose
    if kind is Remark:
        return _remark
    if kind is int:
        return _whole_number
    if kind is Edtf:
        return _parsed(Edtf.parse, "E105", "'{name}': {error}")
    if kind is Quantity:
        return _parsed(Quantity.parse, "E102", "'{name}' cannot be '{value}': {error}")
    return _row_of(kind) if kind.__struct_config__.array_like else _entry_of(kind)


def _text(node: Node, path: EntryPath, findings: Findings) -> Any:
    if not isinstance(node, Scalar):
        return findings.report("E102", f"'{_name(path)}' takes text, not {_noun(node)}", node, path)
    if node.is_null:
        message = f"'{_name(path)}' holds nothing here; remove it, or put it in quotation marks"
        return findings.report("E102", message, node, path)
    cleaned, dropped = clean(node.value)
    if dropped:
        names = ", ".join(dropped[:5]) + (" and more" if len(dropped) > 5 else "")
        message = f"'{_name(path)}' holds {names}, which is not shown; remove it"
        findings.report("W210", message, node, path)
    return cleaned


def _prose(node: Node, path: EntryPath, findings: Findings) -> Any:
    """Decode text of the writer's own, of which YAML may have taken the end for a comment."""
    if _is_cut_by_comment(node):
        assert isinstance(node, Scalar)
        message = (
            f"'{_name(path)}' ends before '{excerpt(node.comment)}', which is a comment in YAML;"
            " put text that holds ' #' in quotation marks"
        )
        findings.report("E102", message, node, path)
        if node.is_null:
            return INVALID
    return _text(node, path, findings)


def _remark(node: Node, path: EntryPath, findings: Findings) -> Any:
    """Decode a remark: its text, or a table of its fields; None if its text is empty."""
    if isinstance(node, Mapping):
        return _remark_table()(node, path, findings)
    text = _prose(node, path, findings)
    if text is INVALID or not text:
        return text or None
    return Remark(text=text, location=FileLocation(path, node.line, node.column))


@cache
def _remark_table() -> Decoder:
    return _entry_of(Remark)


def _is_cut_by_comment(node: Node) -> bool:
    return isinstance(node, Scalar) and _CUT_BY_COMMENT.match(node.comment) is not None


def _whole_number(node: Node, path: EntryPath, findings: Findings) -> Any:
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


def _parsed(parse: Callable[[str], Any], code: str, message: str) -> Decoder:
    """Decode a text that has a syntax; ``message`` has the name of the field, value and error."""

    def decode(node: Node, path: EntryPath, findings: Findings) -> Any:
        value = _text(node, path, findings)
        if value is INVALID:
            return INVALID
        try:
            return parse(value)
        except ValueError as error:
            text = message.format(name=_name(path), value=excerpt(value), error=error)
            return findings.report(code, text, node, path)

    return decode


def _one_of(choices: tuple[str, ...]) -> Decoder:
    def decode(node: Node, path: EntryPath, findings: Findings) -> Any:
        value = _text(node, path, findings)
        if value is INVALID or value in choices:
            return value
        hint = findings.guess(value, choices) or f"; one of {', '.join(choices)}"
        message = f"'{_name(path)}' cannot be '{excerpt(value)}'{hint}"
        return findings.report("E102", message, node, path)

    return decode


def _constrained(inner: Decoder, meta: msgspec.Meta) -> Decoder:
    pattern = re.compile(meta.pattern) if meta.pattern else None
    extra = meta.extra or {}

    def decode(node: Node, path: EntryPath, findings: Findings) -> Any:
        value = inner(node, path, findings)
        if value is INVALID:
            return INVALID
        # Not `search`: its `$` also matches before a trailing newline.
        if pattern is not None and not pattern.fullmatch(value):
            message = f"'{excerpt(value)}': {extra['rule']}"
            return findings.report(extra["code"], message, node, path)
        if (meta.ge is not None and value < meta.ge) or (meta.le is not None and value > meta.le):
            bounds = f"{meta.ge} to {meta.le}" if meta.le is not None else f"at least {meta.ge}"
            return findings.report("E102", f"'{_name(path)}' is {bounds}", node, path)
        return value

    return decode


def _list_of(kind: Any) -> Decoder:
    inner = _decoder(kind)
    holds_entries = is_entry(kind)

    def decode(node: Node, path: EntryPath, findings: Findings) -> Any:
        if not isinstance(node, Sequence):
            message = f"'{_name(path)}' takes a list; start each item with '- ' or use [ ]"
            return findings.report("E102", message, node, path)
        values = []
        complete = True
        for index, item in enumerate(node.items):
            item_path = (*path, index)
            value = inner(item, item_path, findings)
            if value is not INVALID:
                values.append(value)
            elif holds_entries:
                findings.broken.append(_broken(item, item_path))
            else:
                complete = False
        return tuple(values) if complete else INVALID

    return decode


def _table_of(key_kind: Any, kind: Any) -> Decoder:
    decode_key, inner = _decoder(key_kind), _decoder(kind)

    def decode(node: Node, path: EntryPath, findings: Findings) -> Any:
        if not isinstance(node, Mapping):
            message = f"'{_name(path)}' takes a table of 'id: …', not {_noun(node)}"
            return findings.report("E102", message, node, path)
        values = {}
        for key, item in node.values.items():
            item_path = (*path, key)
            value = inner(item, item_path, findings)
            if decode_key(node.keys[key], item_path, findings) is INVALID or value is INVALID:
                findings.broken.append(_broken(item, item_path))
            else:
                values[key] = value
        return values

    return decode


def _row_of(cls: type[msgspec.Struct]) -> Decoder:
    decoders = [field.decode for field in _fields_of(cls).values()]
    shape = f"[{', '.join(_fields_of(cls))}]"

    def decode(node: Node, path: EntryPath, findings: Findings) -> Any:
        if not isinstance(node, Sequence) or len(node.items) != len(decoders):
            return findings.report("E102", f"'{_name(path)}' is written {shape}", node, path)
        values = [
            decode_item(item, (*path, index), findings)
            for index, (decode_item, item) in enumerate(zip(decoders, node.items, strict=True))
        ]
        return INVALID if INVALID in values else cls(*values)

    return decode


def _entry_of(cls: Any) -> Decoder:
    short: Callable[[str], dict[str, str]] | None = getattr(cls, "from_text", None)
    is_located = "location" in cls.__struct_fields__
    cache: dict[str, dict[str, Any]] = {}
    """Fields of the valid short forms decoded so far: a file repeats them."""

    def decode(node: Node, path: EntryPath, findings: Findings) -> Any:
        short_form, problems = None, len(findings.problems)
        if isinstance(node, Scalar) and short is not None and not node.is_null:
            if (cached := cache.get(node.value)) is not None:
                return cls(location=FileLocation(path, node.line, node.column), **cached)
            expanded = _expand(node, short, path, findings)
            if expanded is None:
                return INVALID
            short_form, node = node.value, expanded
        if not isinstance(node, Mapping):
            hint = f", or {cls.SHORT}" if short is not None else ""
            message = f"'{_name(path)}' takes 'key: value' lines{hint}, not {_noun(node)}"
            return findings.report("E102", message, node, path)
        values = decode_fields(cls, node, path, findings)
        if any(value is INVALID for value in values.values()):
            return INVALID
        if short_form is not None and len(findings.problems) == problems:
            if len(cache) >= _SHORT_FORM_CACHE:
                cache.clear()
            cache[short_form] = values
        location = {"location": FileLocation(path, node.line, node.column)} if is_located else {}
        return cls(**location, **values)

    return decode


def decode_fields(
    cls: type[msgspec.Struct], node: Mapping, path: EntryPath, findings: Findings
) -> dict[str, Any]:
    """Decode the fields of a mapping; one that is missing or cannot be decoded is `INVALID`."""
    fields, former_names = _fields_of(cls), present_names(cls)
    values: dict[str, Any] = {}
    rejoined = _rejoined(node, {*fields, *former_names}) if node.pieces else node
    for key, item in rejoined.values.items():
        name = former_names.get(key, key)
        field = fields.get(name)
        item_path = (*path, key)
        if name in values:
            other = name if key != name else fields[name].former
            message = f"'{key}' and '{other}' are two names of one field; keep one of them"
            findings.report("E102", message, node.keys[key], item_path)
        elif field is None:
            hint = findings.guess(key, fields) or f"; known here: {', '.join(fields)}"
            message = f"unknown key '{excerpt(key)}'{hint}"
            findings.report("E102", message, node.keys[key], item_path)
        elif (
            isinstance(item, Scalar)
            and item.is_null
            and not (field.decode in (_prose, _remark) and _is_cut_by_comment(item))
        ):
            if field.required:
                values[name] = findings.report("E102", f"'{key}' is empty", item, item_path)
        else:
            value = field.decode(item, item_path, findings)
            if value is INVALID and not field.required and field.is_entry:
                findings.broken.append(_broken(item, item_path))
            else:
                values[name] = value
    if rejoined is not node:
        _report_commas(node, rejoined, path, findings)
    for name, field in fields.items():
        if field.required and name not in values:
            values[name] = findings.report("E102", f"'{name}' is missing", node, path)
    return values


def _rejoined(node: Mapping, fields: Container[str]) -> Mapping:
    """Return a mapping with the values that commas have cut in one piece each."""
    result = Mapping(node.line, node.column, node.keys, dict(node.values))
    for key, pieces in node.pieces.items():
        for piece, whole in takewhile(lambda piece: piece[0] not in fields, pieces):
            result.values.pop(piece, None)
            result.values[key] = Scalar(
                node.values[key].line, node.values[key].column, whole, False
            )
    return result


def _report_commas(node: Mapping, rejoined: Mapping, path: EntryPath, findings: Findings) -> None:
    """Report each value that a comma has cut and that has no other problem."""
    reported = {problem.location.path for problem in findings.problems}
    for key, pieces in node.pieces.items():
        item_path = (*path, key)
        if rejoined.values.get(key) is node.values[key] or item_path in reported:
            continue
        message = (
            f"'{excerpt(key)}' ends at the comma before '{excerpt(pieces[0][0])}';"
            " put text that holds a comma in quotation marks"
        )
        place = node.keys.get(pieces[0][0], node.values[key])
        findings.report("E102", message, place, item_path)


def _expand(
    node: Scalar, short: Callable[[str], dict[str, str]], path: EntryPath, findings: Findings
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


def _broken(node: Node, path: EntryPath) -> UnreadableEntry:
    last = path[-1]
    label = last if isinstance(last, str) else f"{_name(path)} {last + 1}"
    if isinstance(node, Scalar) and not node.is_null:
        label = node.value
    elif isinstance(node, Mapping):
        for key in LABEL_FIELDS:
            item = node.values.get(key)
            if isinstance(item, Scalar) and not item.is_null:
                label = item.value
                break
    return UnreadableEntry(FileLocation(path, node.line, node.column), excerpt(label, 200))


def _name(path: EntryPath) -> str:
    names = [step for step in path if isinstance(step, str)]
    return excerpt(names[-1]) if names else "the file"


def _noun(node: Node) -> str:
    if isinstance(node, Scalar):
        return "nothing" if node.is_null else "a single value"
    return "a list" if isinstance(node, Sequence) else "a table"
