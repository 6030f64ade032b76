"""What was read of a briefing, and so what is new, changed or gone when it is opened again.

A briefing that is opened for the first time counts as read: only what changes afterwards is news.
"""

from __future__ import annotations

import contextlib
import string
from collections.abc import Callable, Iterable
from pathlib import Path as FilePath
from typing import Annotated, Any, TypeVar

import msgspec

from briefing_tui.annotations.anchors import Anchor, Anchors
from briefing_tui.annotations.sidecar import replace
from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.text import printable
from briefing_tui.storage.atomic_write import locked
from briefing_tui.views.marks import News, RemovedEntry

VERSION = 1
LETTERS = string.ascii_letters
"""What a jump mark is named by."""
_MOST_BYTES = 32 * 1024 * 1024

K = TypeVar("K")
S = TypeVar("S", bound="Reckoned")


class NewerError(OSError):
    """What is kept is of a later version, which may hold what this one would lose."""

    strerror = "it was kept by a newer version, and is left alone"


class DamagedError(OSError):
    """What is kept is no record of what was read."""

    strerror = "it is damaged"


class Jump(msgspec.Struct, frozen=True):
    """Where a jump mark leads."""

    pane: str
    key: str
    """Of the row."""


Entries = dict[Annotated[str, msgspec.Meta(min_length=1)], tuple[str, str]]
Jumps = dict[Annotated[str, msgspec.Meta(pattern=rf"\A[{LETTERS}]\Z")], Jump]


class Reckoned(msgspec.Struct, kw_only=True):
    """How much of a content is unread, kept so that lists need not compare all of it."""

    version: int = VERSION
    digest: str = ""
    """Of the content, in hexadecimal; empty where it is not known which one was counted."""
    unread: Annotated[int, msgspec.Meta(ge=0)] = 0
    """How many of its entries are new or changed, and how many are gone."""


class Seen(Reckoned, kw_only=True):
    """The entries of a briefing as they were read, and the jump marks in it."""

    entries: Entries = {}
    """By the keys of entries: hash and label."""
    jumps: Jumps = {}
    """By their letters."""


class _Version(msgspec.Struct):
    version: int


class _Tables(msgspec.Struct):
    """The tables of a record, whatever their items are."""

    entries: dict[str, Any]
    jumps: Any = None


class Difference(msgspec.Struct, frozen=True):
    """What changed since a briefing was read."""

    news: dict[EntryPath, News]
    withdrawn: tuple[RemovedEntry, ...]

    @property
    def count(self) -> int:
        """How many entries are unread."""
        return len(self.news) + len(self.withdrawn)


def first_seen(anchors: Anchors) -> Seen:
    """Everything as read."""
    return Seen(entries={one.key: (one.hash, one.label) for one in anchors.by_key.values()})


def difference(seen: Seen, anchors: Anchors) -> Difference:
    """What is new, changed and gone."""
    known = seen.entries
    changed: set[str] = set()
    withdrawn: list[RemovedEntry] = []
    for key, (_, label) in known.items():
        if key in anchors.by_key:
            continue
        heir = anchors.heir(key, label, changed | known.keys())
        if heir is not None:
            changed.add(heir.key)
        else:
            withdrawn.append(RemovedEntry(key, printable(label)))
    news: dict[EntryPath, News] = {}
    for one in anchors.by_key.values():  # of two entries of one id, which is a mistake, the first
        if one.key not in known:
            news[one.path] = "changed" if one.key in changed else "new"
        elif known[one.key][0] != one.hash:
            news[one.path] = "changed"
    return Difference(news, tuple(withdrawn))


def recall(path: FilePath | None) -> Seen | None:
    """What was read before; nothing where nothing is known.

    Entries and jump marks that are not valid are dropped.

    Raises:
        OSError: there is something, and it cannot be read, or not by this version.
    """
    return _decoded(path, Seen, _valid_part) if path is not None else None


def reckoned(path: FilePath) -> Reckoned | None:
    """How much was unread when somebody last counted; nothing where nothing is known.

    Raises:
        OSError: there is something, and it cannot be read, or not by this version.
    """
    return _decoded(path, Reckoned, lambda _: Reckoned())  # to be counted


def reckon(path: FilePath, digest: str, anchors: Anchors) -> int:
    """Count what is unread in a content, and keep the number.

    Args:
        path: Where it is kept what was read.
        digest: Of the content.
        anchors: Of its entries.

    Raises:
        OSError: it cannot be read or written.
    """
    with locked(path.parent):
        seen = recall(path)
        if seen is None:
            return 0
        seen.digest, seen.unread = digest, difference(seen, anchors).count
        replace(path, msgspec.json.encode(seen))
        return seen.unread


def _decoded(path: FilePath, kind: type[S], salvage: Callable[[bytes], S | None]) -> S | None:
    """Decode a record; what is not valid as a whole is left to ``salvage``."""
    try:
        data = read_bytes(path, _MOST_BYTES)
    except FileNotFoundError:
        return None
    record = _of_kind(data, kind)
    if record is not None and record.version == VERSION:
        return record
    # Of a later version only the number is known to be where it was.
    header = _of_kind(data, _Version)
    if header is not None and header.version > VERSION:
        raise NewerError
    record = salvage(data) if header is not None and header.version == VERSION else None
    if record is None:
        raise DamagedError
    return record


def _valid_part(data: bytes) -> Seen | None:
    """Return a record of the items that are valid, or None if there is no table of entries."""
    tables = _of_kind(data, _Tables)
    if tables is None:
        return None
    jumps = tables.jumps if isinstance(tables.jumps, dict) else {}
    # Without a digest, what is unread is counted again.
    return Seen(entries=_valid_items(tables.entries, Entries), jumps=_valid_items(jumps, Jumps))


def _valid_items(table: dict[str, Any], kind: type[K]) -> K:
    valid: Any = {}
    for item in table.items():
        with contextlib.suppress(msgspec.ValidationError):
            valid |= msgspec.convert(dict([item]), kind)
    return valid  # type: ignore[no-any-return]


def _of_kind(data: bytes, kind: type[K]) -> K | None:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _to_change(path: FilePath) -> Seen | None:
    """What was read before; of what is damaged nothing can be kept."""
    try:
        return recall(path)
    except DamagedError:
        return None


def keep(
    path: FilePath,
    base: Seen,
    read: Iterable[Anchor],
    gone: Iterable[str],
    jumps: dict[str, Jump],
    content: tuple[str, Anchors],
) -> Seen:
    """Add to what is kept what was read in this session.

    What another session has kept meanwhile stays.

    Args:
        path: Where it is kept.
        base: What was known at the beginning of the session.
        read: The entries that were read, as they are now.
        gone: The keys of entries that are no more, and are known to be.
        jumps: New jump marks by their letters.
        content: The digest of what was read, empty where nobody knows it, and its entries.

    Returns:
        What is kept now.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(path.parent):
        seen = _to_change(path) or base
        for key in gone:
            seen.entries.pop(key, None)
        seen.entries.update({one.key: (one.hash, one.label) for one in read})
        seen.jumps.update(jumps)
        seen.digest, seen.unread = content[0], difference(seen, content[1]).count
        replace(path, msgspec.json.encode(seen))
        return seen
