"""Differences between two briefings: entries added, changed and removed.

Entries with an id are matched by it. The others are matched if they are equal, then by their
identifying fields (who promised when; who spoke on which day), then by similar words. So an entry
that only moved is not a difference, and a reworded one is a change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import product
from typing import Any, Literal, get_args, get_origin

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.json_schema import canonical_fields
from briefing_tui.briefing.model import (
    LABEL_FIELDS,
    Briefing,
    Citation,
    Entry,
    Remark,
    fields_of,
    former_path,
)
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.provenance import format_citation
from briefing_tui.briefing.traversal import struct_types

Kind = Literal["added", "changed", "removed"]

_IDENTITY = ("said", "by", "stage", "date", "speaker", "amount", "currency", "name", "field")
"""Fields that identify an entry without an id."""

_MIN_SIMILARITY = 0.5
"""Similarity ratio from which two entries count as one that was reworded."""

_MOST_COMPARED = 10_000
"""Pairs of entries whose words are compared; a larger change was not made by hand."""


class FieldChange(msgspec.Struct, frozen=True):
    """The values of one field; None if it is absent."""

    name: str
    old: str | None
    new: str | None


class Change(msgspec.Struct, frozen=True):
    """An entry that was added, changed or removed."""

    kind: Kind
    id: str
    """Its path with ids in place of positions, if it has one."""
    path: EntryPath
    """Its path in the new briefing or, if it was removed, in the old one."""
    label: str
    fields: tuple[FieldChange, ...] = ()


def diff(old: Briefing, new: Briefing) -> tuple[Change, ...]:
    """Return all differences in the order of the new briefing, removals first in each list.

    Fields have the names with which the new briefing is written.
    """
    changes = _compared(old, new, (), "")
    return tuple(map(_with_former_names, changes) if _has_former_names(new) else changes)


def _has_former_names(briefing: Briefing) -> bool:
    locations = (entry.location for entry in briefing.commitments.values())
    return not any(location and location.path[0] == "commitments" for location in locations)


def _with_former_names(change: Change) -> Change:
    path = former_path(change.path)
    steps = zip(change.path, path, change.id.split("/"), strict=False)
    names = (former if former != step else name for step, former, name in steps)
    fields = (_with_former_name(field, change.path) for field in change.fields)
    id_ = "/".join(map(str, names)) or change.id
    return Change(change.kind, id_, path, change.label, tuple(fields))


def _with_former_name(field: FieldChange, path: EntryPath) -> FieldChange:
    former = former_path((*path, *field.name.split(".")))[len(path) :]
    return FieldChange(".".join(map(str, former)), field.old, field.new)


def _compared(old: Entry, new: Entry, path: EntryPath, name: str) -> Iterator[Change]:
    fields = tuple(_fields(old, new))
    if fields:
        yield Change("changed", name or "briefing", path, _label(new), fields)
    for field in canonical_fields(type(new)):
        if field.name in _entry_fields(type(new)):
            old_value, new_value = getattr(old, field.name), getattr(new, field.name)
            inner_path = (*path, field.name)
            inner_name = f"{name}/{field.name}" if name else field.name
            yield from _nested(old_value, new_value, inner_path, inner_name)


def _nested(old: Any, new: Any, path: EntryPath, name: str) -> Iterator[Change]:
    if isinstance(new, dict):
        pairs = {key: key for key in new if key in old}
    else:
        pairs = _match(old, new)
        old, new = dict(enumerate(old)), dict(enumerate(new))
    matched = set(pairs.values())
    for key, entry in old.items():
        if key not in matched:
            yield _whole("removed", entry, (*path, key), f"{name}/{_id(entry, key)}")
    for key, entry in new.items():
        entry_path, entry_name = (*path, key), f"{name}/{_id(entry, key)}"
        if key in pairs:
            yield from _compared(old[pairs[key]], entry, entry_path, entry_name)
        else:
            yield _whole("added", entry, entry_path, entry_name)


def _whole(kind: Kind, entry: Entry, path: EntryPath, name: str) -> Change:
    is_removed = kind == "removed"
    fields = (
        FieldChange(field, value if is_removed else None, None if is_removed else value)
        for field, value in _flat(entry).items()
    )
    return Change(kind, name, path, _label(entry), tuple(fields))


def _fields(old: Entry, new: Entry) -> Iterator[FieldChange]:
    old_values, new_values = _flat(old), _flat(new)
    for name in dict.fromkeys((*new_values, *old_values)):
        if old_values.get(name) != new_values.get(name):
            yield FieldChange(name, old_values.get(name), new_values.get(name))


def _flat(entry: msgspec.Struct, prefix: str = "") -> dict[str, str]:
    """Return the fields of an entry as text, those of nested single entries by dotted names."""
    texts: dict[str, str] = {}
    for field in canonical_fields(type(entry)):
        value, name = getattr(entry, field.name), prefix + field.name
        if field.name in _entry_fields(type(entry)):
            continue
        if isinstance(value, Entry) and not isinstance(value, Remark):
            texts |= _flat(value, f"{name}.")
        elif isinstance(value, dict):
            texts |= {f"{name}.{key}": _text(item) for key, item in value.items()}
        elif value not in (None, ()):
            texts[name] = _text(value)
    return texts


@cache
def _entry_fields(cls: type[msgspec.Struct]) -> frozenset[str]:
    """Return the fields with several entries, which are compared one by one."""
    return frozenset(
        field.name
        for field in fields_of(cls)
        if get_origin(field.type) in (tuple, dict)
        and any(issubclass(kind, Entry) and kind != Citation for kind in struct_types(field.type))
    )


def _text(value: Any) -> str:
    if isinstance(value, Citation):
        return format_citation(value) + (f" “{value.quote}”" if value.quote else "")
    if isinstance(value, Remark):
        return f"{value.text} (known {value.known})" if value.known else value.text
    if isinstance(value, tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, msgspec.Struct):
        return ", ".join(str(getattr(value, name)) for name in value.__struct_fields__)
    return value.text if isinstance(value, Edtf) else str(value)


def _match(old: Sequence[Entry], new: Sequence[Entry]) -> dict[int, int]:
    """Map positions in the new list to those of the same entries in the old one."""
    pairs: dict[int, int] = {}
    for key in (_own_id, _everything, _identity):
        unmatched: dict[Any, list[int]] = {}
        for index, entry in enumerate(old):
            if index not in pairs.values():
                unmatched.setdefault(key(entry), []).append(index)
        for index, entry in enumerate(new):
            same = unmatched.get(key(entry)) if key(entry) is not None else None
            if index not in pairs and same:
                pairs[index] = same.pop(0)
    return pairs | _match_reworded(old, new, pairs)


def _match_reworded(
    old: Sequence[Entry], new: Sequence[Entry], pairs: dict[int, int]
) -> dict[int, int]:
    matched = set(pairs.values())
    old_words = {
        at: _words(entry)
        for at, entry in enumerate(old)
        if at not in matched and not _own_id(entry)
    }
    new_words = {
        at: _words(entry) for at, entry in enumerate(new) if at not in pairs and not _own_id(entry)
    }
    if len(old_words) * len(new_words) > _MOST_COMPARED:
        return {}
    candidates = sorted(
        (-SequenceMatcher(None, old_words[at_old], new_words[at_new]).ratio(), at_new, at_old)
        for at_old, at_new in product(old_words, new_words)
    )
    reworded: dict[int, int] = {}
    for ratio, at_new, at_old in candidates:
        is_free = at_new not in reworded and at_old not in reworded.values()
        if -ratio >= _MIN_SIMILARITY and is_free:
            reworded[at_new] = at_old
    return reworded


def _words(entry: Entry) -> list[str]:
    texts = [getattr(entry, name, None) for name in LABEL_FIELDS]
    return [word for text in texts if isinstance(text, str) for word in text.split()]


def _own_id(entry: Entry) -> Any:
    return getattr(entry, "id", None)


def _everything(entry: Entry) -> Any:
    return None if _own_id(entry) else tuple(_flat(entry).items())


def _identity(entry: Entry) -> Any:
    parts = [(name, _text(getattr(entry, name))) for name in _IDENTITY if hasattr(entry, name)]
    return tuple(parts) if parts and not _own_id(entry) else None


def _id(entry: Entry, key: str | int) -> str:
    return str(_own_id(entry) or (key if isinstance(key, str) else key + 1))


def _label(entry: Entry) -> str:
    texts = (getattr(entry, name, None) for name in LABEL_FIELDS)
    return next((text for text in texts if isinstance(text, str) and text), "")


def count_changes(changes: Iterable[Change]) -> dict[Kind, int]:
    """Count the entries that were added, changed and removed."""
    counts = Counter(change.kind for change in changes)
    return {kind: counts[kind] for kind in get_args(Kind)}
