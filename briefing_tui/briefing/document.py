"""A briefing with its file: reading bytes, and the location of every value."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

import msgspec

from briefing_tui.briefing.model import Briefing, Entry, Evidenced, Held
from briefing_tui.briefing.problems import EntryPath, FileLocation, Problem
from briefing_tui.briefing.traversal import walk_entries

MAX_BYTES = 8 * 1024 * 1024


class UnreadableEntry(msgspec.Struct, frozen=True):
    """An entry that could not be decoded, with the best available label."""

    location: FileLocation
    label: str


class Origin(msgspec.Struct, frozen=True):
    """The briefing that an entry of a dossier comes from."""

    file: str
    title: str
    path: EntryPath
    """Path of the entry in that briefing."""


class Document(msgspec.Struct, frozen=True, dict=True):
    """A briefing with everything known about its file."""

    name: str
    """Name of the file in messages."""
    briefing: Briefing
    problems: tuple[Problem, ...]
    broken: tuple[UnreadableEntry, ...]
    root: Any
    """The YAML tree, to locate a value for a message; None if there is nothing to report."""
    texts: dict[str, str] = {}
    """Attached source texts by source id, each verified against its hash."""
    origins: dict[EntryPath, tuple[Origin, ...]] = {}
    """In a dossier, the briefings that contain each entry, by its path."""
    left_out: tuple[str, ...] = ()
    """In a dossier, what was excluded from it, as lines."""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of the briefing, outermost first."""
        return tuple(part for part in walk_entries(self.briefing) if isinstance(part, Entry))

    @cached_property
    def evidenced(self) -> tuple[Evidenced, ...]:
        """Every entry with evidence that the rules look at: all but the roles of actors."""
        evidenced = (entry for entry in self.entries if isinstance(entry, Evidenced))
        return tuple(entry for entry in evidenced if not isinstance(entry, Held))

    def passage(self, source: str, at: str | None) -> str | None:
        """Return the words of a passage, or None if its source has no attached text."""
        record = self.briefing.sources.get(source)
        text = self.texts.get(source)
        if text is None or at is None or record is None or record.text is None:
            return None
        span = record.text.passages.get(at)
        return text[span.start : span.end] if span else None

    def problem(self, code: str, message: str, entry: Entry, *keys: str | int) -> Problem:
        """Return a problem with an entry, or with the value that ``keys`` lead to from it."""
        start = entry.location.path if entry.location else ()
        return Problem(code, message, self.at((*start, *self._as_written(entry, *keys))))

    def _as_written(self, entry: Entry, *keys: str | int) -> EntryPath:
        """Return keys with the former name of the first if the file has that one."""
        former = type(entry).FORMER.get(str(keys[0])) if keys else None
        if former is None or entry.location is None:
            return keys
        from briefing_tui.briefing.tree import Mapping, find

        table = find(self.root, entry.location.path)
        is_former = isinstance(table, Mapping) and former in table.values
        return (former, *keys[1:]) if is_former else keys

    def at(self, path: EntryPath) -> FileLocation:
        """Return the location of a value or, if it is missing, of what should contain it."""
        from briefing_tui.briefing.tree import find

        node = find(self.root, path)
        return FileLocation(path, node.line, node.column)

    def at_key(self, path: EntryPath) -> FileLocation:
        """Return the location of a value's key."""
        from briefing_tui.briefing.tree import Mapping, find

        table = find(self.root, path[:-1])
        keys = table.keys if isinstance(table, Mapping) else {}
        node = keys.get(str(path[-1]), table)
        return FileLocation(path, node.line, node.column)


def digest(data: bytes) -> bytes:
    """Return the hash by which the index and read state recognise the bytes of a file."""
    import hashlib  # the first frame does without it

    return hashlib.blake2b(data, digest_size=16).digest()


def read_bytes(
    path: FilePath,
    limit: int = MAX_BYTES,
    *,
    piped: bool = False,
    check: Callable[[os.stat_result], None] = lambda _: None,
) -> bytes:
    """Return the content of a file, or its first ``limit + 1`` bytes if it is too large.

    With ``piped``, a pipe or device is accepted, from which reading may block forever. ``check``
    may refuse the file that was opened.

    Raises:
        OSError: the file cannot be read, or ``check`` raised it.
    """
    with open(path, "rb", opener=_open_any if piped else open_regular) as file:
        check(os.fstat(file.fileno()))
        # None if a file of the kernel, such as /proc/kmsg, would block.
        return file.read(limit + 1) or b""


def open_regular(path: FilePath | str | bytes, flags: int) -> int:
    """Open a regular file for `open`, which takes this function as its ``opener``.

    Anything else is left alone: opening a pipe wakes its writer, and opening a device may do more.

    Raises:
        OSError: it is not a regular file, or cannot be opened.
    """
    _require_regular(path, os.stat(path))
    # It may have been replaced in the meantime.
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        _require_regular(path, os.fstat(descriptor))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _open_any(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOCTTY)


def _require_regular(path: FilePath | str | bytes, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "Not a regular file", path)
