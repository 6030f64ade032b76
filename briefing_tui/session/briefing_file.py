"""The file of a briefing: its content, and the versions that come after it changed."""

from __future__ import annotations

import math
import os
import sys
import time
from collections import deque
from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from briefing_tui.briefing.document import MAX_BYTES, Document, read_bytes
from briefing_tui.briefing.problems import ExpectedError, UnreadableFileError
from briefing_tui.briefing.terminal_text import printable
from briefing_tui.storage import document_cache
from briefing_tui.storage.directories import Directories, bundled
from briefing_tui.storage.per_briefing_files import identity
from briefing_tui.storage.source_texts import texts_for

if TYPE_CHECKING:
    from briefing_tui.storage.file_watcher import Watcher

STANDARD_INPUT = "-"
VERSIONS = 3
"""Versions of a file that a session may still show: the last ones."""
SUSPECT_FOR = 3.0
"""Seconds for which versions with errors may be half a file."""


class CannotOpenError(ExpectedError):
    """A briefing that cannot be opened: not a briefing (exit code 1), or not readable (2)."""

    def __init__(self, message: str, exit_code: int = 2) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class FileVersion(msgspec.Struct, frozen=True):
    """The content of a file after it changed."""

    document: Document | None
    """The briefing, if it can be read."""
    error: str = ""
    """Why it cannot be read, with file and line."""
    is_there: bool = True
    """Whether the file can be read now; editors remove it for a moment, or write it in pieces."""
    is_suspect: bool = False
    """Whether it may be half a file: not a briefing, or with errors that the last one lacks."""

    def changes_since(self, old: Document) -> str:
        """Return a summary of the changes since an older version."""
        from briefing_tui.briefing import diff  # reads YAML; the first frame does not

        assert self.document is not None
        counts = diff.count_changes(diff.diff(old.briefing, self.document.briefing))
        changes = [f"{number} {kind}" for kind, number in counts.items() if number]
        return ", ".join(changes) or "nothing changed in what it says"


class File(msgspec.Struct, frozen=True):
    """The file of a briefing, as it was read."""

    name: str | None
    """The path as typed, ``-`` for standard input, None for the bundled briefing."""
    data: bytes
    document: Document
    identity: str
    """The key of the briefing in saved state."""
    directories: Directories
    source_files: Mapping[str, bytes]

    @classmethod
    def read(
        cls,
        name: str | None,
        directories: Directories,
        source_files: Mapping[str, bytes],
        *,
        data: bytes | None = None,
        is_piped: bool = True,
    ) -> File:
        """Read a briefing, with the texts attached to its sources.

        The data is its content, if it was read already. Only ``is_piped`` allows a pipe, which
        blocks until its end.

        Raises:
            CannotOpenError: there is no such briefing.
        """
        if data is None:
            data = read_data(name, is_piped=is_piped)
        texts_of = partial(texts_for, directories.texts, files=source_files)
        try:
            document = document_cache.open_document(
                directories.cache, data, _plain_label(name), texts_of
            )
        except UnreadableFileError as error:
            raise CannotOpenError(str(error), 1) from error
        key = identity(name, document.briefing.title)
        return cls(name, data, document, key, directories, source_files)

    def cache(self) -> None:
        """Cache a briefing without problems, so that it opens faster next time."""
        document, directory = self.document, self.directories.cache
        if document.root is None or document.problems or directory is None:
            return  # it comes from the cache, or cannot get there
        from briefing_tui.briefing.check import check

        if not check(document):
            document_cache.save(directory, self.data, document)

    @property
    def path(self) -> str:
        """The absolute path, which identifies it in a library; empty if it has none."""
        return "" if self.name in (None, STANDARD_INPUT) else os.path.abspath(self.name or "")

    @property
    def can_change(self) -> bool:
        """Whether it can be read again, unlike a pipe."""
        if self.name is None:
            return True
        path = Path(self.name)
        return self.name != STANDARD_INPUT and (path.is_file() or not path.exists())


class FileCheck:
    """Checks whether the file of a briefing changed."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._versions = deque([file], VERSIONS)

    def version_of(self, document: Document) -> File:
        """Return the file as it was read for a document."""
        versions = (file for file in self._versions if file.document is document)
        return next(versions, self._file)

    @cached_property
    def _broken_since(self) -> float:
        """When the first of the last versions with errors came; infinity if the last has none."""
        return -math.inf if _has_errors(self._file.document) else math.inf

    @cached_property
    def _watcher(self) -> Watcher:
        from briefing_tui.storage.file_watcher import Watcher  # the first frame does without

        name = self._file.name
        return Watcher(bundled() if name is None else Path(name), self._file.data)

    def __call__(self) -> FileVersion | None:
        """Return the version of the file that is new since the last call; None if none is."""
        file = self._file
        data = self._watcher.look()
        if data is None:
            if self._watcher.is_settling:
                error = f"{label_of(file.name)} is being written"
                return FileVersion(None, error, is_there=False)
            failure = self._watcher.failure
            if failure is None:
                return None
            is_gone = isinstance(failure, FileNotFoundError | NotADirectoryError)
            state = "is gone" if is_gone else "cannot be read"
            reason = getattr(failure, "strerror", None) or failure
            return FileVersion(None, f"{label_of(file.name)} {state}: {reason}", is_there=False)
        try:
            new = File.read(file.name, file.directories, file.source_files, data=data)
        except CannotOpenError as error:
            return FileVersion(None, str(error), is_suspect=self._is_suspect(is_broken=True))
        self._versions.append(new)
        is_broken = _has_errors(new.document)
        return FileVersion(new.document, is_suspect=self._is_suspect(is_broken=is_broken))

    def _is_suspect(self, *, is_broken: bool) -> bool:
        now = time.monotonic()
        self._broken_since = min(self._broken_since, now) if is_broken else math.inf
        return is_broken and now - self._broken_since < SUSPECT_FOR


def read_data(name: str | None, *, is_piped: bool = True) -> bytes:
    """Return the bytes of a file, of standard input for ``-``, or of the bundled briefing.

    Raises:
        CannotOpenError: the file cannot be read.
    """
    if name == "":
        message = "the name of the file is empty; name a briefing, or none for the bundled one"
        raise CannotOpenError(message)
    if name == STANDARD_INPUT and sys.stdin is None:
        raise CannotOpenError(f"{label_of(name)}: it is closed; name a file")
    try:
        if name == STANDARD_INPUT:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        return read_bytes(bundled() if name is None else Path(name), piped=is_piped)
    except IsADirectoryError as error:
        message = f"{label_of(name)}: this is a directory; name a briefing in it"
        raise CannotOpenError(message) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CannotOpenError(f"{label_of(name)}: {reason}") from error


def _has_errors(document: Document) -> bool:
    from briefing_tui.briefing.check import check  # the first frame does without

    return any(problem.is_error for problem in check(document))


def label_of(name: str | None) -> str:
    """Return the name of a file for messages, safe to print."""
    return printable(_plain_label(name))


def _plain_label(name: str | None) -> str:
    if name == STANDARD_INPUT:
        return "<stdin>"
    return bundled().name if name is None else name
