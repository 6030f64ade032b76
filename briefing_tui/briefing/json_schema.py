"""The JSON Schema of a briefing, for editors: completion, descriptions and validation.

A file that loads without a problem is valid, however a YAML 1.2 parser types its plain scalars,
with two exceptions that only the loader accepts: a key without a value, and a bare ``true`` or
``false`` as text. It follows draft 7 (https://json-schema.org/draft-07/json-schema-release-notes),
which the editors' YAML language server supports in full.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec

from briefing_tui.briefing import model
from briefing_tui.briefing.dates import GRAMMAR, Edtf
from briefing_tui.briefing.quantities import GRAMMAR as QUANTITY
from briefing_tui.briefing.quantities import Quantity
from briefing_tui.briefing.traversal import struct_types
from briefing_tui.vocabulary import words
from briefing_tui.vocabulary.catalogue import all_words

Schema = dict[str, Any]

_MODULES = (model, words)
"""The modules that declare the format."""

FILE_NAME = "briefing.schema.json"
"""File name of the schema when it is saved beside briefings."""

_TEXT = ["string", "number"]
"""Types that YAML 1.2 may give to a plain scalar: here ``2019`` is as much text as ``May``."""

_DATE = {
    "type": _TEXT,
    "pattern": f"^({GRAMMAR.pattern})$",
    "patternErrorMessage": "a date is written like 2019-01-07, 2019-01~, 2019-Q1, "
    "2019-01-07T14:30Z or 2020-10/2023-04",
    "description": "A date as precise as it is known, in EDTF: 2018 · 2019-01 · 2019-01-07 · "
    "2019-01~ · 2019-01-07T14:30Z · 2019-Q1 · 2019-H1 · 199X · unknown · 2020-10/2023-04 · "
    "../2023-04",
}

_QUANTITY = {
    "type": _TEXT,
    "pattern": f"^({QUANTITY.pattern})$",
    "patternErrorMessage": "a quantity is written like 36, 33.50, 36~ or 4/6",
    "description": "A quantity as precise as it is known: 36 · 33.50 · 36~ (about) · 36? · "
    "4/6 (a range) · ../6 (at most) · 6/.. (at least)",
}

_WORD = r"\s*[a-z0-9][a-z0-9-]*"
_SHORT = {
    model.Citation: {
        "type": _TEXT,
        "pattern": rf"^{_WORD}(\s+P[1-9][0-9]*S[1-9][0-9]*)?\s*$",
        "patternErrorMessage": f"a citation is {model.Citation.SHORT}",
    },
    model.Published: _DATE,
    model.Remark: {"type": _TEXT},
}
"""Schemas of the short forms."""


def json_schema() -> Schema:
    """Return the schema of a whole file."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Briefing",
        **_entry(model.Briefing),
        "definitions": {name: _definition(cls) for name, cls in nested_types().items()},
    }


@cache
def nested_types() -> dict[str, type[msgspec.Struct]]:
    """Return the types of everything that is nested in a briefing, by their names."""
    types = sorted(_nested(model.Briefing), key=attrgetter("__name__"))
    return {cls.__name__: cls for cls in types}


@cache
def canonical_fields(cls: type[msgspec.Struct]) -> tuple[model.Field, ...]:
    """Return the fields of an entry in canonical order: its own, its evidence, then ``about``."""
    bases = (base for base in _evidence_of(cls) if issubclass(base, model.Entry))
    inherited = {field.name for base in bases for field in model.fields_of(base)}

    def position(field: model.Field) -> tuple[bool, bool]:
        is_last = issubclass(cls, model.Point) and field.name == "about"
        return is_last, field.name in inherited

    return tuple(sorted(model.fields_of(cls), key=position))


def _evidence_of(cls: type[msgspec.Struct]) -> tuple[type, ...]:
    """Return the classes with the fields that are not an entry's own: those of its evidence."""
    has_evidence = issubclass(cls, model.Evidenced) and cls is not model.Evidenced
    return (model.Evidenced,) if has_evidence else cls.__bases__


def _nested(cls: type[msgspec.Struct]) -> set[type[msgspec.Struct]]:
    inner = {kind for field in model.fields_of(cls) for kind in struct_types(field.type)}
    return inner.union(*map(_nested, inner))


def _definition(cls: type[msgspec.Struct]) -> Schema:
    if cls.__struct_config__.array_like:
        return _row(cls)
    if cls not in _SHORT:
        return _entry(cls)
    return {"description": _summary(cls), "anyOf": [_SHORT[cls], _entry(cls)]}


def _row(cls: type[msgspec.Struct]) -> Schema:
    fields = canonical_fields(cls)
    return {
        "description": _summary(cls),
        "type": "array",
        "items": [_described(cls, field) for field in fields],
        "additionalItems": False,
        "minItems": len(fields),
        "maxItems": len(fields),
    }


def _entry(cls: type[msgspec.Struct]) -> Schema:
    fields = canonical_fields(cls)
    return {
        "description": _summary(cls),
        "type": "object",
        "properties": dict(_properties(cls, fields)),
        "required": [field.name for field in fields if field.required and not field.former],
        **_either_name(fields),
        "additionalProperties": False,
    }


def _properties(
    cls: type[msgspec.Struct], fields: Iterable[model.Field]
) -> Iterator[tuple[str, Schema]]:
    for field in fields:
        schema = _described(cls, field)
        yield field.name, schema
        if field.former:
            yield field.former, {**schema, "description": f"The same as '{field.name}'."}


def _either_name(fields: Iterable[model.Field]) -> Schema:
    """Return the condition that a required field has its name or its former name."""
    names = [(field.name, field.former) for field in fields if field.required and field.former]
    either = [{"oneOf": [{"required": [name]} for name in pair]} for pair in names]
    return {"allOf": either} if either else {}


def _described(cls: type[msgspec.Struct], field: model.Field) -> Schema:
    """Return the schema of a field, described by its own docstring and that of its type."""
    if cls is model.Briefing and field.name == "briefing":
        result: Schema = {"const": model.VERSION}
    else:
        result = _schema_of(field.type)
    docs = (_docs().get(base.__name__, {}) for base in cls.__mro__)
    doc = next((names[field.name] for names in docs if field.name in names), "")
    type_doc = result.pop("description", "") or _summary(next(struct_types(field.type), object))
    fallback = f"{field.name.replace('_', ' ').capitalize()}."
    return {**result, "description": "\n\n".join(filter(None, (doc, type_doc))) or fallback}


def _schema_of(kind: Any) -> Schema:
    doc = next(
        (
            doc
            for module in _MODULES
            for name, doc in _docs()[module.__name__].items()
            if getattr(module, name) == kind
        ),
        None,
    )
    return {**_plain(kind), "description": doc} if doc else _plain(kind)


def _plain(kind: Any) -> Schema:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _of_section(kind, {**_plain(args[0]), **_limits(args[1])})
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple:
        return {"type": "array", "items": _schema_of(args[0])}
    if origin is dict:
        return {
            "type": "object",
            "propertyNames": _names(args[0]),
            "additionalProperties": _schema_of(args[1]),
        }
    if kind is str:
        return {"type": _TEXT}
    if kind is int:
        return {"type": "integer"}
    if kind is Edtf:
        return dict(_DATE)
    if kind is Quantity:
        return dict(_QUANTITY)
    return {"$ref": f"#/definitions/{kind.__name__}"}


def _names(kind: Any) -> Schema:
    """Return what the keys of a table are like."""
    return _of_section(kind, _limits(get_args(kind)[1]))


def _of_section(kind: Any, limited: Schema) -> Schema:
    """Return a schema that also lists words, if the type takes those of a section."""
    section = model.section_of(kind)
    return {"anyOf": [_known_words(section), limited]} if section else limited


@cache
def _known_words(section: str) -> Schema:
    """Return the words of a section in all vocabularies, with what editors show about each."""
    meanings: dict[str, list[str]] = {}
    for occurrence in all_words():
        if occurrence.section == section:
            meaning = f"{occurrence.vocabulary}: {occurrence.definition.meaning}"
            meanings.setdefault(occurrence.word, []).append(meaning)
    lines = [" ".join(texts) for texts in meanings.values()]
    title = words.SECTIONS[section].heading
    # Draft 7 has no descriptions of values; editors know this keyword of VS Code.
    return {"title": title, "enum": [*meanings], "enumDescriptions": lines}


def _limits(meta: msgspec.Meta) -> Schema:
    limits = {"pattern": meta.pattern, "minimum": meta.ge, "maximum": meta.le}
    limits["patternErrorMessage"] = (meta.extra or {}).get("rule")
    return {name: limit for name, limit in limits.items() if limit is not None}


@cache
def _docs() -> dict[str, dict[str, str]]:
    """Return the docstrings of names in the model: of its modules, and of each class."""
    bodies: dict[str, list[ast.stmt]] = {}
    for module in _MODULES:
        tree = ast.parse(inspect.getsource(module))
        bodies |= {node.name: node.body for node in tree.body if isinstance(node, ast.ClassDef)}
        bodies[module.__name__] = tree.body
    return {owner: dict(_attribute_docs(body)) for owner, body in bodies.items()}


def _attribute_docs(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Yield the assigned names with the strings below them."""
    for pair in pairwise(body):
        match pair:
            case (
                ast.AnnAssign(target=ast.Name(name)) | ast.Assign(targets=[ast.Name(name)]),
                ast.Expr(ast.Constant(str(doc))),
            ):
                yield name, _plain_text(doc)


def _summary(cls: type) -> str:
    return "" if cls is object else _plain_text((cls.__doc__ or "").partition("\n")[0])


def _plain_text(doc: str) -> str:
    return " ".join(doc.replace("``", "'").split())
