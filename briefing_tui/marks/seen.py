"""What was read of a briefing, and so what is new, changed or gone when it is opened again.

A briefing that is opened for the first time counts as read: only what changes afterwards is news.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path as FilePath

import msgspec

from briefing_tui.briefing.problems import Path
from briefing_tui.marks.anchors import Anchor, Anchors
from briefing_tui.marks.sidecar import locked, replace
from briefing_tui.views.marked import Gone, News

VERSION = 1
_MOST_BYTES = 32 * 1024 * 1024


class Jump(msgspec.Struct, frozen=True):
    """Where a jump mark leads."""

    pane: str
    key: str
    """Of the row."""


class Seen(msgspec.Struct, kw_only=True):
    """The entries of a briefing as they were read, and the jump marks in it."""

    version: int = VERSION
    entries: dict[str, tuple[str, str]] = {}
    """By the keys of entries: hash and label."""
    jumps: dict[str, Jump] = {}
    """By their letters."""


class Difference(msgspec.Struct, frozen=True):
    """What changed since a briefing was read."""

    news: dict[Path, News]
    withdrawn: tuple[Gone, ...]


def first_seen(anchors: Anchors) -> Seen:
    """Everything as read."""
    return Seen(entries={one.key: (one.hash, one.label) for one in anchors.by_key.values()})


def difference(seen: Seen, anchors: Anchors) -> Difference:
    """What is new, changed and gone."""
    known = seen.entries
    changed: set[str] = set()
    withdrawn: list[Gone] = []
    for key, (_, label) in known.items():
        if key in anchors.by_key:
            continue
        heir = anchors.heir(key, label, changed | known.keys())
        if heir is not None:
            changed.add(heir.key)
        else:
            withdrawn.append(Gone(key, label))
    news: dict[Path, News] = {}
    for path, one in anchors.by_path.items():
        if one.key not in known:
            news[path] = "changed" if one.key in changed else "new"
        elif known[one.key][0] != one.hash:
            news[path] = "changed"
    return Difference(news, tuple(withdrawn))


def recall(path: FilePath | None) -> Seen | None:
    """What was read before; nothing where nothing is known.

    Raises:
        OSError: there is something, and it cannot be read.
    """
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            found = msgspec.json.decode(file.read(_MOST_BYTES), type=Seen)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found if found.version == VERSION else None


def keep(
    path: FilePath,
    base: Seen,
    read: Iterable[Anchor],
    gone: Iterable[str],
    jumps: dict[str, Jump],
) -> None:
    """Add to what is kept what was read in this session.

    What another session has kept meanwhile stays.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(path.parent):
        seen = recall(path) or base
        for key in gone:
            seen.entries.pop(key, None)
        seen.entries.update({one.key: (one.hash, one.label) for one in read})
        seen.jumps.update(jumps)
        replace(path, msgspec.json.encode(seen))
