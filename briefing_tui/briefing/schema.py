"""The JSON Schema of a briefing, for editors: completion, descriptions and errors while writing.

Made from the model's own declarations and their docstrings. A file that reads without a mistake
fits it, whatever a YAML 1.2 reader takes the plain words in it for, but for two habits that it
faults and reading forgives: a key with nothing after it, and a bare ``true`` or ``false`` as text.

Draft 7 (https://json-schema.org/draft-07/json-schema-release-notes), the one that the editors'
YAML language server knows in full.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from briefing_tui.briefing import model, vocabulary
from briefing_tui.briefing.dates import GRAMMAR, Edtf

Schema = dict[str, Any]

FILE = "briefing.schema.json"
"""What the schema is called where it is kept beside briefings."""

_TEXT = ["string", "number"]
"""What a reader of YAML 1.2 may take plain words for: here ``2019`` is as much text as ``May``."""

_DATE = {
    "type": _TEXT,
    "pattern": f"^({GRAMMAR.pattern})$",
    "patternErrorMessage": "a date is written like 2019-01-07, 2019-01~ or 2020-10/2023-04",
    "description": "A date as precise as it is known, in EDTF: 2018 · 2019-01 · 2019-01-07 · "
    "2019-01~ · 2020-10/2023-04 · ../2023-04",
}

_WORD = r"\s*[a-z0-9][a-z0-9-]*"
_SHORT = {
    model.Citation: {
        "type": _TEXT,
        "pattern": rf"^{_WORD}(\s+P[1-9][0-9]*S[1-9][0-9]*)?\s*$",
        "patternErrorMessage": f"a citation is {model.Citation.SHORT}",
    },
    model.Published: _DATE,
}
"""How the entries that have a short form are written in it."""


def schema() -> Schema:
    """The whole schema."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Briefing",
        **_entry(model.Briefing),
        "definitions": {cls.__name__: _definition(cls) for cls in _entries_in(model.Briefing)},
    }


@cache
def fields_of(cls: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """The fields of an entry in the order that they are best written in.

    Its own come first, then its evidence, and at the end what it is about.
    """
    fields = [field for field in msgspec.structs.fields(cls) if field.encode_name != "place"]
    inherited = {field.name for base in cls.__bases__ for field in _declared(base)}

    def place(field: msgspec.structs.FieldInfo) -> tuple[bool, bool]:
        return cls is model.Point and field.name == "about", field.name in inherited

    return tuple(sorted(fields, key=place))


def _declared(cls: type) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(cls) if issubclass(cls, model.Entry) else ()


def _entries_in(cls: type[msgspec.Struct]) -> list[type[msgspec.Struct]]:
    """All kinds of entries below one, each once."""
    found: dict[type[msgspec.Struct], None] = {}
    rest = [cls]
    while rest:
        inner = [kind for field in fields_of(rest.pop()) for kind in _structs(field.type)]
        rest += [kind for kind in inner if kind not in found]
        found |= dict.fromkeys(inner)
    return sorted(found, key=lambda one: one.__name__)


def _structs(kind: Any) -> Iterator[type[msgspec.Struct]]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for part in get_args(kind):
        yield from _structs(part)


def _definition(cls: type[msgspec.Struct]) -> Schema:
    if cls.__struct_config__.array_like:
        return _row(cls)
    if cls not in _SHORT:
        return _entry(cls)
    return {"description": _summary(cls), "anyOf": [_SHORT[cls], _entry(cls)]}


def _row(cls: type[msgspec.Struct]) -> Schema:
    fields = fields_of(cls)
    return {
        "description": _summary(cls),
        "type": "array",
        "items": [_described(cls, field) for field in fields],
        "additionalItems": False,
        "minItems": len(fields),
        "maxItems": len(fields),
    }


def _entry(cls: type[msgspec.Struct]) -> Schema:
    fields = fields_of(cls)
    return {
        "description": _summary(cls),
        "type": "object",
        "properties": {field.encode_name: _described(cls, field) for field in fields},
        "required": [field.encode_name for field in fields if field.required],
        "additionalProperties": False,
    }


def _described(cls: type[msgspec.Struct], field: msgspec.structs.FieldInfo) -> Schema:
    """The schema of a field, with what its own docstring says, and what that of its type says."""
    if cls is model.Briefing and field.name == "briefing":
        found: Schema = {"const": model.VERSION}
    else:
        found = _schema_of(field.type)
    own = _documented(cls).get(field.name, "")
    general = found.pop("description", "") or _summary(next(_structs(field.type), object))
    plain = f"{field.encode_name.replace('_', ' ').capitalize()}."
    return {**found, "description": "\n\n".join(filter(None, (own, general))) or plain}


def _schema_of(kind: Any) -> Schema:
    named = next((doc for known, doc in _vocabulary() if known == kind), None)
    return {**_plain(kind), "description": named} if named else _plain(kind)


def _plain(kind: Any) -> Schema:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return {**_plain(args[0]), **_limits(args[1])}
    if origin is Literal:
        return {"enum": list(args)}
    if origin in (Union, UnionType):
        return _schema_of(next(arg for arg in args if arg is not type(None)))
    if origin is tuple:
        return {"type": "array", "items": _schema_of(args[0])}
    if origin is dict:
        return {
            "type": "object",
            "propertyNames": _limits(get_args(args[0])[1]),
            "additionalProperties": _schema_of(args[1]),
        }
    if kind is str:
        return {"type": _TEXT}
    if kind is int:
        return {"type": "integer"}
    if kind is Edtf:
        return dict(_DATE)
    return {"$ref": f"#/definitions/{kind.__name__}"}


def _limits(meta: msgspec.Meta) -> Schema:
    limits = {"pattern": meta.pattern, "minimum": meta.ge, "maximum": meta.le}
    if meta.pattern in vocabulary.PATTERNS:
        limits["patternErrorMessage"] = vocabulary.PATTERNS[meta.pattern][1]
    return {name: limit for name, limit in limits.items() if limit is not None}


@cache
def _vocabulary() -> list[tuple[Any, str]]:
    """The named types of fields, each with its docstring."""
    found = _attributes(ast.parse(inspect.getsource(vocabulary)).body)
    return [(getattr(vocabulary, name), doc) for name, doc in found.items()]


@cache
def _documented(cls: type) -> dict[str, str]:
    """The docstrings of a class's fields, inherited ones included."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if base.__module__.startswith("briefing_tui."):
            (body,) = ast.parse(inspect.getsource(base)).body
            assert isinstance(body, ast.ClassDef)
            found |= _attributes(body.body)
    return found


def _attributes(body: list[ast.stmt]) -> dict[str, str]:
    """The strings that stand below assignments, by the name that is assigned."""
    found = {}
    for assigned, below in pairwise(body):
        target: ast.expr | None = None
        if isinstance(assigned, ast.AnnAssign):
            target = assigned.target
        elif isinstance(assigned, ast.Assign):
            target = assigned.targets[0]
        if isinstance(target, ast.Name) and isinstance(below, ast.Expr):
            found[target.id] = _plainly(ast.literal_eval(below.value))
    return found


def _summary(cls: type) -> str:
    if cls is object:
        return ""
    return _plainly((cls.__doc__ or "").partition("\n")[0])


def _plainly(doc: str) -> str:
    """A docstring as a sentence for those who write briefings, on one line."""
    return " ".join(doc.replace("``", "'").split())
