"""The differences between two briefings, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from briefing_tui.briefing.diff import Change, FieldChange, count_changes
from briefing_tui.briefing.terminal_text import clip, printable

SIGNS = {"added": "+", "changed": "~", "removed": "-"}

_LABEL = 60
_TEXT = 300


def as_text(changes: Sequence[Change]) -> str:
    """Return a line for each entry, its fields below it, then the totals."""
    lines = [line for change in changes for line in _lines(change)]
    return "\n".join([*lines, totals(changes)]) + "\n"


def totals(changes: Sequence[Change]) -> str:
    """Return the number of changes of each kind in words."""
    if not changes:
        return "no differences"
    return ", ".join(f"{number} {kind}" for kind, number in count_changes(changes).items())


def _lines(change: Change) -> Iterator[str]:
    label = clip(printable(change.label), _LABEL)
    title = f"  {label}" if label and label != change.id else ""
    yield f"{SIGNS[change.kind]} {printable(change.id)}{title}"
    for field in change.fields:
        if change.kind == "changed":
            yield from _field(field)
        elif (value := field.new or field.old) and field.name != "id":
            yield f"    {field.name}: {clip(printable(value), _TEXT)}"


def _field(field: FieldChange) -> Iterator[str]:
    old, new = (printable(side) if side is not None else None for side in (field.old, field.new))
    if old is not None and new is not None and len(old) + len(new) > _LABEL:
        yield f"    {field.name}:"
        yield f"      - {clip(old, _TEXT)}"
        yield f"      + {clip(new, _TEXT)}"
        return
    sides = [clip(side, _TEXT) if side is not None else "(none)" for side in (old, new)]
    yield f"    {field.name}: {sides[0]} → {sides[1]}"


def as_json(old: str, new: str, changes: Sequence[Change]) -> str:
    """Return one object in ASCII: the two names, ``changes`` in order, and the totals."""
    import json

    report = {"old": old, "new": new, "changes": msgspec.to_builtins(changes)}
    return json.dumps({**report, **count_changes(changes)}, indent=2) + "\n"
