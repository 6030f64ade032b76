"""The index of a library: opened, brought up to date, listed and searched."""

from __future__ import annotations

import contextlib
import datetime
import os
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from briefing_tui.annotations.record_finder import reattach_all, relocate
from briefing_tui.briefing.load import load_path
from briefing_tui.briefing.model import Briefing
from briefing_tui.briefing.problems import UnreadableFileError
from briefing_tui.library.discovery import Roots, file_id
from briefing_tui.library.entity_resolution import Named
from briefing_tui.library.index import database, entities, stored_rows
from briefing_tui.library.index.annotation_tables import ReaderAnnotations, write_tables
from briefing_tui.library.index.database import LibraryError, index_file, is_full
from briefing_tui.library.index.entities import NameMatch
from briefing_tui.library.index.record import Summary
from briefing_tui.library.index.search import Results, count, search
from briefing_tui.library.index.sync import Changes, Report, StaleIndexError, refresh
from briefing_tui.query.nodes import Node
from briefing_tui.storage.directories import NOWHERE, Directories
from briefing_tui.storage.document_cache import decode
from briefing_tui.storage.per_briefing_files import identity

__all__ = ["Index", "LibraryError", "Listed", "index_file"]

T = TypeVar("T")

_LISTED = """
SELECT path, title, as_of, tags, events, actors, commitments, errors, warnings,
  first_error, bottom_line, noun
FROM temp.scope JOIN file ON file.id = scope.id ORDER BY path
"""
_BRIEFING = "SELECT briefing FROM stored JOIN file ON file.id = stored.file WHERE path = ?"


class Listed(Summary, frozen=True, kw_only=True):
    """A briefing as a list shows it."""

    path: str


class Index:
    """The index of one library; it belongs to the thread that opened it."""

    def __init__(self, path: Path | None = None, directories: Directories = NOWHERE) -> None:
        """Open the index at a path, or a temporary one.

        Raises:
            LibraryError: this Python's SQLite has no full-text search.
        """
        self._path = path
        self._directories = directories
        self.notice: str | None = None
        """A line for the user if the index was not as expected."""
        self.sidecars = True
        """Whether the reader's stars and notes may be written."""
        self._connection = self._open()
        self.set_scope(Roots(("/",)))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @property
    def file(self) -> Path:
        """The file, which other threads may open too."""
        return Path(self._connection.execute("PRAGMA database_list").fetchone()[2])

    def refresh(
        self, roots: Roots, report: Report | None = None, processes: int | None = None
    ) -> Changes:
        """Index what changed on disk, and limit queries to these roots from now on.

        Positions and annotations of moved files move with them. What ``report`` raises stops the
        indexing, and what was written stays. There is a worker for each processor unless
        ``processes`` is passed; 0 is for none.
        """
        self._roots = roots

        def bring_up_to_date() -> Changes:
            read_only = self._is_read_only
            return refresh(self._connection, roots, report, processes, is_read_only=read_only)

        try:
            changes = self._query(bring_up_to_date)
        except (StaleIndexError, sqlite3.OperationalError) as error:
            if not self._is_replaced(error):
                raise
            changes = self._query(bring_up_to_date)
        for old, new in changes.moves:
            names = identity(old, ""), identity(new, "")
            relocate(self._directories, *names, sidecars=self.sidecars)
        if changes:
            self.reattach()
        return changes

    def reattach(self) -> None:
        """Move the stored data of briefings that are gone to files that have their content."""
        reattach_all(self._directories, self.digests(), sidecars=self.sidecars)

    def set_scope(self, roots: Roots) -> None:
        """Limit queries to the indexed briefings of some roots, without reading a file."""
        self._roots = roots
        self._query(lambda: stored_rows.set_scope(self._connection, roots))

    def briefings(self) -> list[Listed]:
        """Return the briefings of the library, by path."""
        return self._query(lambda: list(map(_listed, self._connection.execute(_LISTED))))

    def digests(self) -> dict[str, bytes]:
        """Return the hashes of the indexed contents (`document.digest`), by path."""
        return self._by_path("digest")

    def days(self) -> dict[str, str]:
        """Return the as-of dates of the briefings in EDTF, by path; empty for broken ones."""
        return self._by_path("as_of")

    def _by_path(self, column: str) -> dict[str, Any]:
        ask = f"SELECT path, {column} FROM temp.scope JOIN file ON file.id = scope.id"
        rows = self._query(lambda: self._connection.execute(ask).fetchall())
        return {os.fsdecode(path): value for path, value in rows}

    @property
    def count(self) -> int:
        """The number of briefings in the library."""
        ask = "SELECT count(*) FROM temp.scope"
        return int(self._query(lambda: self._connection.execute(ask).fetchone()[0]))

    def search(self, query: Node, limit: int = 100, as_of: datetime.date | None = None) -> Results:
        """Return the statements of the library that match a query, best first.

        Conditions on annotations use those of the last `set_annotations`.
        """
        return self._query(lambda: search(self._connection, query, limit=limit, as_of=as_of))

    def count_matches(self, query: Node, as_of: datetime.date | None = None) -> int:
        """Return how many statements of the library match a query."""
        return self._query(lambda: count(self._connection, query, as_of))

    def set_annotations(self, annotations: ReaderAnnotations) -> None:
        """Let searches use the reader's annotations."""
        opened, by_path = annotations.find(self.digests())
        self._query(lambda: write_tables(self._connection, opened, by_path))

    def all_subjects(self) -> dict[Named, list[str]]:
        """Return all actors and deals of the library, with the files that they appear in."""
        return self._query(lambda: entities.all_subjects(self._connection))

    def subjects_named(self, query: str) -> dict[Named, list[str]]:
        """Return the actors and deals of an id or a name, and all that may be the same.

        `entity_resolution.joined` joins them as it would among all subjects.
        """
        return self._query(lambda: entities.subjects_named(self._connection, query))

    def names(self, prefix: str, limit: int) -> list[NameMatch]:
        """Return actors and deals with a word that has a prefix, at most some of each."""
        return self._query(lambda: entities.by_name_prefix(self._connection, prefix, limit))

    def subjects_with_ids(self, ids: Iterable[str]) -> dict[Named, list[str]]:
        """Return the subjects that have one of some ids, like `subjects_named`."""
        unique_ids = set(ids)
        return self._query(lambda: entities.subjects_with_ids(self._connection, unique_ids))

    def briefing(self, path: str, ids: Collection[str] = ()) -> Briefing | None:
        """Return a briefing; None if it cannot be read.

        If ``ids`` are passed, events that do not involve them may be missing. The file is read if
        the index does not have the briefing, because it has mistakes, or is damaged.
        """
        ask = _BRIEFING, (os.fsencode(path),)
        row = self._query(lambda: self._connection.execute(*ask).fetchone())
        if row and row[0]:
            with contextlib.suppress(ValueError, zlib.error):
                return decode(zlib.decompress(row[0]), ids)
        try:
            return load_path(Path(path)).briefing
        except (UnreadableFileError, OSError):
            return None

    def _open(self) -> sqlite3.Connection:
        opened = database.connect(self._path)
        self._is_read_only = opened.is_read_only
        self._path = None if opened.is_temporary else self._path
        self._file_id = file_id(self._path) if self._path else None
        self.notice = self.notice or opened.notice
        return opened.connection

    def _is_replaced(self, error: Exception) -> bool:
        """Go on with a temporary copy of an index that cannot be written, if this error says so."""
        is_stale = isinstance(error, StaleIndexError)
        if self._path is None or not (is_stale or is_full(error)):
            return False
        copy = database.temporary_copy(self._connection)
        if is_stale:
            self._connection.close()
            reason = "is out of date and cannot be written"
        else:
            database.abandon(self._connection, self._path, self._file_id)
            reason = f"cannot be written ({error})"
        self.notice = f"The index at {self._path} {reason}; this one is temporary."
        self._connection, self._path, self._is_read_only = copy, None, False
        return True

    def _query(self, ask: Callable[[], T]) -> T:
        """Return the answer of a query; rebuild the index if it turns out to be damaged."""
        try:
            return ask()
        except Exception as error:
            if not database.is_damage(error) or self._path is None:
                raise
        self._connection.close()
        if self._is_read_only:
            self._path = None
            self.notice = "The index is damaged and cannot be written; this one is temporary."
        else:
            database.discard(self._path, self._file_id)
            self.notice = database.REBUILT
        self._connection = self._open()
        stored_rows.set_scope(self._connection, self._roots)
        return ask()


def _listed(row: tuple[Any, ...]) -> Listed:
    path, title, as_of, packed, *rest = row
    tags = msgspec.json.decode(packed, type=tuple[str, ...])
    return Listed(title, as_of, tags, *rest, path=os.fsdecode(path))
