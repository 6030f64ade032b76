"""Traversal of a briefing: the entries within a value, and the fields that can hold entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import get_args

import msgspec

from briefing_tui.briefing.model import Evidenced, fields_of


def walk_evidenced(value: object) -> Iterator[Evidenced]:
    """Iterate over every evidenced entry within a value of the model, outermost first."""
    return (entry for entry in _walk(value, _evidence_holders) if isinstance(entry, Evidenced))


def walk_entries(value: object) -> Iterator[msgspec.Struct]:
    """Yield every entry within a value of the model, outermost first, in the file's order."""
    return _walk(value, nested_fields)


def _walk(
    value: object, fields: Callable[[type[msgspec.Struct]], tuple[str, ...]]
) -> Iterator[msgspec.Struct]:
    rest = [value]
    while rest:
        part = rest.pop()
        if isinstance(part, msgspec.Struct):
            yield part
            rest.extend(inner for name in fields(type(part)) if (inner := getattr(part, name)))
        elif isinstance(part, dict):
            rest.extend(reversed(part.values()))
        elif isinstance(part, tuple):
            rest.extend(reversed(part))


@cache
def nested_fields(cls: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the fields of an entry that can hold entries, last first."""
    return tuple(field.name for field in reversed(fields_of(cls)) if any(struct_types(field.type)))


@cache
def _evidence_holders(cls: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the fields that can hold evidenced entries, at any depth, last first."""
    return tuple(
        field.name
        for field in reversed(fields_of(cls))
        for kind in struct_types(field.type)
        if issubclass(kind, Evidenced) or _evidence_holders(kind)
    )


def struct_types(kind: object) -> Iterator[type[msgspec.Struct]]:
    """Yield the structs within the declared type of a field."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for argument in get_args(kind):
        yield from struct_types(argument)
