"""Giving entries that were put together, or read back, their places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from briefing_tui.briefing.model import Entry, Source
from briefing_tui.briefing.problems import EntryPath, FileLocation
from briefing_tui.briefing.provenance import nested_fields

E = TypeVar("E", bound=Entry)
Visit = Callable[[Entry, EntryPath], object]


def placed(entry: E, path: EntryPath, visit: Visit | None = None) -> E:
    """Return an entry, and all entries in it, at a path and without line numbers.

    Args:
        entry: What has no place, or another.
        path: Where it stands now.
        visit: Called with each original entry and its path.
    """
    if visit is not None:
        visit(entry, path)
    changes: dict[str, Any] = {"place": FileLocation(path, 1, 1)}
    for name in nested_fields(type(entry)):
        value = getattr(entry, name)
        if not value or name in ("cite", "disputes"):
            continue
        if isinstance(value, tuple):
            items = (placed(item, (*path, name, at), visit) for at, item in enumerate(value))
            changes[name] = tuple(items)
        elif isinstance(value, dict):
            changes[name] = {
                key: placed(item, (*path, name, key), visit) for key, item in value.items()
            }
        elif not isinstance(entry, Source):
            changes[name] = placed(value, (*path, name), visit)
    return msgspec.structs.replace(entry, **changes)
