"""What one briefing says that another does not: entries added, changed and removed.

Entries of tables, and those with an id, are matched by it. Others are matched first where they are
the same, then by what makes them what they are (who promised when; whose voice on which day), then
by their words; so an entry that only moved is no difference, and one that was reworded is a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import product
from typing import Any, Literal

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.model import Briefing, Citation, Entry
from briefing_tui.briefing.problems import Path
from briefing_tui.briefing.provenance import short_form
from briefing_tui.briefing.schema import fields_of

Kind = Literal["added", "changed", "removed"]

_LABELS = ("headline", "title", "name", "designation", "label", "text", "regime", "stated", "role")
_IDENTITY = ("said", "by", "stage", "date", "speaker", "amount", "currency", "regime", "field")
"""Fields that make an entry without an id what it is."""

_ALIKE = 0.5
"""How much of their words two entries share that are taken for one, reworded."""

_MOST_COMPARED = 10_000
"""Pairs of entries whose words are compared; more than that were not changed by hand."""


class Field(msgspec.Struct, frozen=True):
    """One field, before and after; nothing where it is not given."""

    name: str
    old: str | None
    new: str | None


class Change(msgspec.Struct, frozen=True):
    """One entry that differs."""

    kind: Kind
    path: Path
    """Where it stands: in the new briefing, or, if it was removed, in the old one."""
    id: str
    """Its path with ids in place of positions, where it has one."""
    label: str
    """What it is called."""
    fields: tuple[Field, ...] = ()


def diff(old: Briefing, new: Briefing) -> tuple[Change, ...]:
    """All differences, in the order of the new briefing.

    What was removed stands before the rest of its list or table.
    """
    return tuple(_compared(old, new, (), ""))


def _compared(old: Entry, new: Entry, path: Path, name: str) -> Iterator[Change]:
    fields = tuple(_fields(old, new))
    if fields:
        yield Change("changed", path, name or "briefing", _label(new), fields)
    for field in fields_of(type(new)):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if _holds_entries(before, after):
            where = (*path, field.encode_name)
            inner = f"{name}/{field.encode_name}" if name else field.encode_name
            if isinstance(after, dict):
                yield from _tables(before, after, where, inner)
            else:
                yield from _lists(before, after, where, inner)


def _tables(
    old: dict[str, Entry], new: dict[str, Entry], path: Path, name: str
) -> Iterator[Change]:
    for key in old:
        if key not in new:
            yield _whole("removed", old[key], (*path, key), f"{name}/{key}")
    for key, entry in new.items():
        if key in old:
            yield from _compared(old[key], entry, (*path, key), f"{name}/{key}")
        else:
            yield _whole("added", entry, (*path, key), f"{name}/{key}")


def _lists(old: Sequence[Entry], new: Sequence[Entry], path: Path, name: str) -> Iterator[Change]:
    pairs = _matched(old, new)
    kept = set(pairs.values())
    for at, entry in enumerate(old):
        if at not in kept:
            yield _whole("removed", entry, (*path, at), f"{name}/{_id(entry, at)}")
    for at, entry in enumerate(new):
        named = f"{name}/{_id(entry, at)}"
        if at in pairs:
            yield from _compared(old[pairs[at]], entry, (*path, at), named)
        else:
            yield _whole("added", entry, (*path, at), named)


def _whole(kind: Kind, entry: Entry, path: Path, name: str) -> Change:
    """An entry that is only in one of the two, with all that it says."""
    given = _flat(entry).items()
    sides = [(value, None) if kind == "removed" else (None, value) for _, value in given]
    fields = (Field(one, *side) for (one, _), side in zip(given, sides, strict=True))
    return Change(kind, path, name, _label(entry), tuple(fields))


def _fields(old: Entry, new: Entry) -> Iterator[Field]:
    before, after = _flat(old), _flat(new)
    for name in dict.fromkeys((*after, *before)):
        if before.get(name) != after.get(name):
            yield Field(name, before.get(name), after.get(name))


def _flat(entry: msgspec.Struct, prefix: str = "") -> dict[str, str]:
    """The fields of an entry as text, those of single entries in it by dotted names."""
    found: dict[str, str] = {}
    for field in fields_of(type(entry)):
        value, name = getattr(entry, field.name), prefix + field.encode_name
        if isinstance(value, Entry):
            found |= _flat(value, f"{name}.")
        elif isinstance(value, dict):
            for key, one in value.items():
                if not isinstance(one, Entry):
                    found[f"{name}.{key}"] = _text(one)
        elif value not in (None, ()) and not _holds_entries((), value):
            found[name] = _text(value)
    return found


def _text(value: Any) -> str:
    if isinstance(value, Citation):
        return short_form(value) + (f" “{value.quote}”" if value.quote else "")
    if isinstance(value, tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, msgspec.Struct):
        return ", ".join(str(getattr(value, name)) for name in value.__struct_fields__)
    return value.text if isinstance(value, Edtf) else str(value)


def _holds_entries(old: Any, new: Any) -> bool:
    """Whether values are lists or tables of entries that are compared one by one."""
    for value in (old, new):
        items = value.values() if isinstance(value, dict) else value
        if isinstance(value, (dict, tuple)) and any(isinstance(one, Entry) for one in items):
            return not any(isinstance(one, Citation) for one in items)
    return False


def _matched(old: Sequence[Entry], new: Sequence[Entry]) -> dict[int, int]:
    """For positions in the new list those of the same entries in the old one."""
    pairs: dict[int, int] = {}
    for key in (_own_id, _everything, _identity):
        left = [at for at in range(len(old)) if at not in pairs.values()]
        waiting: dict[Any, list[int]] = {}
        for at in left:
            waiting.setdefault(key(old[at]), []).append(at)
        for at, entry in enumerate(new):
            same = waiting.get(key(entry)) if key(entry) is not None else None
            if at not in pairs and same:
                pairs[at] = same.pop(0)
    return pairs | _reworded(old, new, pairs)


def _reworded(old: Sequence[Entry], new: Sequence[Entry], pairs: dict[int, int]) -> dict[int, int]:
    """Those of the unmatched whose words are most alike."""
    before = [at for at in range(len(old)) if at not in pairs.values() and not _own_id(old[at])]
    after = [at for at in range(len(new)) if at not in pairs and not _own_id(new[at])]
    if len(before) * len(after) > _MOST_COMPARED:
        return {}
    words = {("old", at): _words(old[at]) for at in before}
    words |= {("new", at): _words(new[at]) for at in after}
    likeness = sorted(
        (
            (SequenceMatcher(None, words["old", one], words["new", other]).ratio(), other, one)
            for one, other in product(before, after)
        ),
        key=lambda found: (-found[0], found[1:]),
    )
    found: dict[int, int] = {}
    for ratio, at_new, at_old in likeness:
        if ratio >= _ALIKE and at_new not in found and at_old not in found.values():
            found[at_new] = at_old
    return found


def _words(entry: Entry) -> list[str]:
    named = [getattr(entry, name, None) for name in _LABELS]
    return [word for text in named if isinstance(text, str) for word in text.split()]


def _own_id(entry: Entry) -> Any:
    return getattr(entry, "id", None)


def _everything(entry: Entry) -> Any:
    return None if _own_id(entry) else repr(_bare(entry))


def _bare(value: Any) -> Any:
    """A value without the places of what is in it."""
    if isinstance(value, Entry):
        return {field.name: _bare(getattr(value, field.name)) for field in fields_of(type(value))}
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_bare(one) for one in value]
    return value.text if isinstance(value, Edtf) else value


def _identity(entry: Entry) -> Any:
    parts = [(name, _text(getattr(entry, name))) for name in _IDENTITY if hasattr(entry, name)]
    return tuple(parts) if parts and not _own_id(entry) else None


def _id(entry: Entry, at: int) -> str:
    return str(_own_id(entry) or at + 1)


def _label(entry: Entry) -> str:
    named = (getattr(entry, name, None) for name in _LABELS)
    return next((text for text in named if isinstance(text, str) and text), "")


def sums(changes: Iterable[Change]) -> dict[Kind, int]:
    """How many entries were added, changed and removed."""
    found: dict[Kind, int] = {"added": 0, "changed": 0, "removed": 0}
    for change in changes:
        found[change.kind] += 1
    return found
