"""Read state: the entries of a briefing as they were read, jump marks, and the status for lists.

Everything in a briefing that is opened for the first time counts as read: only later changes are
unread.
"""

from __future__ import annotations

import contextlib
import string
from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import Annotated, Any, TypeVar

import msgspec

from briefing_tui.annotations.anchors import Anchor, Anchors
from briefing_tui.annotations.sidecar import Sidecar
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.terminal_text import printable
from briefing_tui.storage.atomic_write import locked
from briefing_tui.storage.json_record import JsonRecord, decode
from briefing_tui.views.scene import News, RemovedEntry

VERSION = 1
LETTERS = string.ascii_letters
"""Names of jump marks."""
_MAX_BYTES = 32 * 1024 * 1024

Table = TypeVar("Table")


class Jump(msgspec.Struct, frozen=True):
    """The row that a jump mark is on."""

    pane: str
    key: str


Entries = dict[Annotated[str, msgspec.Meta(min_length=1)], tuple[str, str]]
Jumps = dict[Annotated[str, msgspec.Meta(pattern=rf"\A[{LETTERS}]\Z")], Jump]


class UnreadCount(msgspec.Struct, kw_only=True):
    """The number of unread entries, so that a list need not compare every briefing."""

    version: int = VERSION
    digest: str = ""
    """Of the content that was compared, in hexadecimal; empty if unknown."""
    unread: Annotated[int, msgspec.Meta(ge=0)] = 0
    briefing: str = ""
    """Identity of the briefing; empty if unknown."""
    title: str = ""


class ReadState(UnreadCount, kw_only=True):
    """The entries of a briefing as they were read, and the jump marks in it."""

    entries: Entries = {}
    """Hash and label, by key."""
    jumps: Jumps = {}


class _Tables(msgspec.Struct):
    entries: dict[str, Any]
    jumps: Any = None
    briefing: Any = ""
    title: Any = ""


class Content(msgspec.Struct, frozen=True):
    """The content of a briefing's file, and what identifies the briefing."""

    identity: str
    """Its key in stored data; empty if unknown."""
    title: str
    digest: str
    """Of the file, in hexadecimal; empty if unknown."""
    anchors: Anchors


class Difference(msgspec.Struct, frozen=True):
    """What changed since a briefing was read."""

    news: dict[EntryPath, News]
    withdrawn: tuple[RemovedEntry, ...]

    @property
    def count(self) -> int:
        """The number of unread entries."""
        return len(self.news) + len(self.withdrawn)


class ReadingStatus(msgspec.Struct, frozen=True):
    """What a list shows of a reader's progress in one briefing."""

    opened: bool = False
    unread: int = 0
    """Entries that are new, changed or removed since they were read."""
    stars: int = 0
    notes: int = 0


NOT_OPENED = ReadingStatus()


def reading_status(sidecars: Iterable[Sidecar], *, opened: bool, unread: int) -> ReadingStatus:
    """Return the status with the marks of some sidecars, including those on removed entries."""
    entries = [marked for sidecar in sidecars for key, marked in sidecar.items() if key]
    stars = sum(marked.star is not None for marked in entries)
    return ReadingStatus(opened, unread, stars, sum(len(marked.notes) for marked in entries))


def all_read(anchors: Anchors) -> ReadState:
    """Return the state in which every entry is read."""
    return ReadState(entries=_entries(anchors.by_key.values()))


def difference(state: ReadState, anchors: Anchors) -> Difference:
    """Return the entries that are new, changed or removed since a state."""
    changed: set[str] = set()
    withdrawn: list[RemovedEntry] = []
    for key, (_, label) in state.entries.items():
        if key in anchors.by_key:
            continue
        anchor = anchors.resolve(key, label, changed | state.entries.keys())
        if anchor is not None:
            changed.add(anchor.key)
        else:
            withdrawn.append(RemovedEntry(key, printable(label)))
    news: dict[EntryPath, News] = {}
    for anchor in anchors.by_key.values():
        if anchor.key not in state.entries:
            news[anchor.path] = "changed" if anchor.key in changed else "new"
        elif state.entries[anchor.key][0] != anchor.hash:
            news[anchor.path] = "changed"
    return Difference(news, tuple(withdrawn))


def load(path: FilePath | None) -> ReadState | None:
    """Read a read state; None if there is none. Invalid entries and jump marks are dropped.

    Raises:
        NewerRecordError: it is of a newer version.
        DamagedRecordError: it is damaged.
        OSError: it cannot be read.
    """
    return _STATE.read(path) if path is not None else None


def load_unread_count(path: FilePath) -> UnreadCount | None:
    """Read only the unread count of a read state; None if there is none.

    Raises:
        OSError: as in `load`.
    """
    return _COUNT.read(path)


def count_unread(path: FilePath, digest: str, anchors: Anchors) -> int:
    """Count the unread entries of a content, and save the number.

    Raises:
        OSError: it cannot be read or written.
    """

    def count(state: ReadState | None) -> ReadState | None:
        if state is not None:
            state.digest, state.unread = digest, difference(state, anchors).count
        return state

    state = _STATE.update(path, count)
    return state.unread if state is not None else 0


def save(
    path: FilePath,
    base: ReadState,
    read: Iterable[Anchor],
    removed: Iterable[str],
    jumps: dict[str, Jump],
    content: Content,
) -> ReadState:
    """Add what was read in a session to the stored state, which other sessions may have changed.

    Args:
        path: The file.
        base: The state at the beginning of the session, for a file that is gone or damaged.
        read: The entries that were read, as they are now.
        removed: Keys of removed entries whose removal was read.
        jumps: New jump marks by their letters.
        content: The file that was read.

    Raises:
        OSError: it cannot be written.
    """

    def add(stored: ReadState | None) -> ReadState:
        state = stored or base
        for key in removed:
            state.entries.pop(key, None)
        state.entries.update(_entries(read))
        state.jumps.update(jumps)
        state.briefing, state.title = content.identity, content.title
        state.digest, state.unread = content.digest, difference(state, content.anchors).count
        return state

    return _STATE.update(path, add) or base


def move(source: FilePath | None, target: FilePath | None, identity: str) -> None:
    """Merge a read state into that of the briefing's new identity, in the same directory.

    If both have an entry, the one that was written last counts. If both have a jump mark, that of
    the new identity stays, and the other gets the next free letter.

    Raises:
        OSError: one cannot be read or written.
    """
    if source is None or target is None or not source.exists():
        return
    with locked(source.parent):
        former, current = _STATE.read(source), _STATE.read(target)
        if former is None:
            return
        merged = former
        if current is not None:
            is_later = target.stat().st_mtime >= source.stat().st_mtime
            first, last = (former, current) if is_later else (current, former)
            jumps = dict(current.jumps)
            for letter, jump in former.jumps.items():
                if jump not in jumps.values():
                    free = (name for name in (letter, *LETTERS) if name not in jumps)
                    jumps[next(free, letter)] = jump
            merged = ReadState(entries={**first.entries, **last.entries}, jumps=jumps)
        merged.briefing = identity
        _STATE.write(target, merged)
        source.unlink()


def _entries(anchors: Iterable[Anchor]) -> Entries:
    return {anchor.key: (anchor.hash, anchor.label) for anchor in anchors}


def _valid_part(data: bytes) -> ReadState | None:
    """Return a state of the items that are valid, or None if there is no table of entries."""
    tables = decode(data, _Tables)
    if tables is None:
        return None
    entries = _valid_items(tables.entries, Entries)
    jumps = _valid_items(tables.jumps, Jumps) if isinstance(tables.jumps, dict) else {}
    names = (name if isinstance(name, str) else "" for name in (tables.briefing, tables.title))
    briefing, title = names
    # Without a digest, to be counted again.
    return ReadState(entries=entries, jumps=jumps, briefing=briefing, title=title)


def _valid_items(table: dict[str, Any], table_type: type[Table]) -> Table:
    valid: Any = {}
    for item in table.items():
        with contextlib.suppress(msgspec.ValidationError):
            valid |= msgspec.convert(dict([item]), table_type)
    return valid  # type: ignore[no-any-return]


_STATE = JsonRecord(ReadState, VERSION, max_bytes=_MAX_BYTES, salvage=_valid_part)
# A damaged count is counted again.
_COUNT = JsonRecord(UnreadCount, VERSION, max_bytes=_MAX_BYTES, salvage=lambda _: UnreadCount())
