"""Versioned records in JSON files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import msgspec

from briefing_tui.briefing.document import read_bytes
from briefing_tui.storage.atomic_write import locked, write
from briefing_tui.storage.file_permissions import make_private, require_trusted


class Versioned(Protocol):
    """A struct with the version of its format."""

    @property
    def version(self) -> int:
        """Version of the format."""


Record = TypeVar("Record", bound=Versioned)
T = TypeVar("T")


class NewerRecordError(OSError):
    """A record of a newer version, which this one would lose data of by replacing it."""

    strerror = "it was written by a newer version, and is left unchanged"


class DamagedRecordError(OSError):
    """A file that is not a record."""

    strerror = "it is damaged"


class _Header(msgspec.Struct):
    version: int


class JsonRecord(Generic[Record]):
    """Reads and writes records of one type and version.

    A file of more than ``max_bytes`` is damaged. ``salvage`` returns the valid part of a record of
    this version that does not decode.
    """

    def __init__(
        self,
        record_type: type[Record],
        version: int,
        *,
        max_bytes: int = 64 * 1024,
        salvage: Callable[[bytes], Record | None] = lambda _: None,
        is_indented: bool = False,
    ) -> None:
        self._type = record_type
        self._version = version
        self._max_bytes = max_bytes
        self._salvage = salvage
        self._is_indented = is_indented

    def read(self, path: Path) -> Record | None:
        """Return the record in a file; None if there is no file.

        Raises:
            NewerRecordError: it is of a newer version.
            DamagedRecordError: the file is not a record.
            OSError: it cannot be read, or others could have written it.
        """
        try:
            data = read_bytes(path, self._max_bytes, check=require_trusted)
        except FileNotFoundError:
            return None
        if len(data) > self._max_bytes:
            raise DamagedRecordError
        record = decode(data, self._type)
        if record is not None and record.version == self._version:
            return record
        # Of another version only the number is known to be where it was.
        header = decode(data, _Header)
        if header is not None and header.version > self._version:
            raise NewerRecordError
        is_current = header is not None and header.version == self._version
        record = self._salvage(data) if is_current else None
        if record is None:
            raise DamagedRecordError
        return record

    def write(self, path: Path, record: Record) -> None:
        """Write a record to a file, private to its owner, and create its directory.

        A file that is not a record of this version is renamed to end in ``.damaged`` first.

        Raises:
            NewerRecordError: the file is a record of a newer version.
            OSError: it cannot be written; the file is as it was.
        """
        self._set_aside_damaged(path)
        data = msgspec.json.encode(record)
        make_private(path.parent)
        write(path, msgspec.json.format(data) + b"\n" if self._is_indented else data)

    def update(self, path: Path, change: Callable[[Record | None], Record | None]) -> Record | None:
        """Read a record, change it and write it back, while no other process does.

        ``change`` gets None if there is no file or a damaged one, and returns the new record, or
        None to write nothing.

        Raises:
            NewerRecordError: the record is of a newer version.
            OSError: it cannot be read or written.
        """
        make_private(path.parent)
        with locked(path.parent):
            try:
                record = self.read(path)
            except DamagedRecordError:
                record = None
            changed = change(record)
            if changed is not None:
                self.write(path, changed)
            return changed

    def _set_aside_damaged(self, path: Path) -> None:
        try:
            data = read_bytes(path, self._max_bytes)
        except OSError:
            return
        header = decode(data, _Header)
        if header is not None and header.version > self._version:
            raise NewerRecordError
        record = decode(data, self._type) if len(data) <= self._max_bytes else None
        if record is None or record.version != self._version:
            path.replace(path.with_name(f"{path.name}.damaged"))


def decode(data: bytes, record_type: type[T]) -> T | None:
    """Return the value in JSON text; None if it is of another type, or no JSON."""
    try:
        return msgspec.json.decode(data, type=record_type)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
