"""The index of a library: opened, brought up to date, listed and searched."""

from __future__ import annotations

import contextlib
import datetime
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from briefing_tui.annotations.relocation import relocate
from briefing_tui.briefing.load import load_path
from briefing_tui.briefing.model import Briefing
from briefing_tui.briefing.problems import UnreadableFileError
from briefing_tui.library.discovery import Roots
from briefing_tui.library.entity_resolution import Named
from briefing_tui.library.index import entities, rows, schema
from briefing_tui.library.index.annotation_tables import TABLES, ReaderAnnotations, write_tables
from briefing_tui.library.index.entities import NameMatch
from briefing_tui.library.index.schema import LibraryError, index_file
from briefing_tui.library.index.search import Results, search
from briefing_tui.library.index.sync import Changes, Report, refresh
from briefing_tui.query.nodes import Node
from briefing_tui.storage.directories import NOWHERE, Directories
from briefing_tui.storage.document_cache import decode
from briefing_tui.storage.paths import identity

__all__ = ["Index", "LibraryError", "Listed", "index_file"]

T = TypeVar("T")

_LISTED = """
SELECT path, title, as_of, tags, events, actors, deals, errors, warnings, first_error, bottom_line
FROM temp.scope JOIN file ON file.id = scope.id ORDER BY scope.position, path
"""
_DIGESTS = "SELECT path, digest FROM temp.scope JOIN file ON file.id = scope.id"
_DAYS = "SELECT path, as_of FROM temp.scope JOIN file ON file.id = scope.id"
_BRIEFING = "SELECT briefing FROM kept JOIN file ON file.id = kept.file WHERE path = ?"


class Listed(msgspec.Struct, frozen=True):
    """A briefing as a list shows it."""

    path: str
    title: str
    as_of: str
    """In EDTF; empty if the file cannot be read."""
    tags: tuple[str, ...]
    events: int
    actors: int
    deals: int
    errors: int
    warnings: int
    first_error: str
    """As ``line:column: code message``."""
    bottom_line: str


class Index:
    """The index of one library; it belongs to the thread that opened it."""

    def __init__(self, path: Path | None = None, directories: Directories = NOWHERE) -> None:
        """Open the index at a path, or a temporary one.

        Args:
            path: Its file.
            directories: Where positions and annotations are, which follow a renamed file.

        Raises:
            LibraryError: this Python's SQLite has no full-text search.
        """
        self._path = path
        self._directories = directories
        self.notice: str | None = None
        """A line for the user if the index was not as expected."""
        self.sidecars = True
        """Whether the reader's stars and notes may be written."""
        self._scope = ""
        """SQL for the ids of the files to search; empty for all."""
        self._connection = self._open()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @property
    def file(self) -> Path | None:
        """The file that another thread may open too; None for an index in memory."""
        name = self._connection.execute("PRAGMA database_list").fetchone()[2]
        return Path(name) if name else None

    def refresh(
        self, roots: Roots, report: Report | None = None, processes: int | None = None
    ) -> Changes:
        """Index what changed on disk, and limit queries to these roots from now on.

        Positions and annotations of a moved file move with it.

        Args:
            roots: The library.
            report: Called after each batch with how far it is; what it raises stops the indexing,
                and what was written stays.
            processes: Number of workers; one for each processor if left out, none for 0.
        """
        changes, ids = self._query(lambda: refresh(self._connection, roots, report, processes))
        for old, new in changes.moves:
            names = identity(old, ""), identity(new, "")
            relocate(self._directories, *names, sidecars=self.sidecars)
        rows.set_scope_ids(self._connection, ids)
        self._update_scope()
        return changes

    def set_scope(self, roots: Roots) -> None:
        """Limit queries to the indexed briefings of some roots, without reading a file."""
        self._query(lambda: rows.set_scope(self._connection, roots))
        self._update_scope()

    def briefings(self) -> list[Listed]:
        """Return the briefings of the library, by path."""
        return self._query(lambda: list(map(_listed, self._connection.execute(_LISTED))))

    def digests(self) -> dict[str, bytes]:
        """Return the hashes of the indexed contents (`document.digest`), by path."""
        rows = self._query(lambda: self._connection.execute(_DIGESTS).fetchall())
        return {os.fsdecode(path): digest for path, digest in rows}

    def days(self) -> dict[str, str]:
        """Return the as-of dates of the briefings in EDTF, by path; empty for broken ones."""
        rows = self._query(lambda: self._connection.execute(_DAYS).fetchall())
        return {os.fsdecode(path): as_of for path, as_of in rows}

    @property
    def count(self) -> int:
        """The number of briefings in the library."""
        return self._query(lambda: rows.count(self._connection))

    def search(self, query: Node, limit: int = 100, as_of: datetime.date | None = None) -> Results:
        """Return the statements of the library that match a query, best first.

        Conditions on annotations use those of the last `set_annotations`.
        """
        return self._query(
            lambda: search(self._connection, query, limit=limit, scope=self._scope, as_of=as_of)
        )

    def set_annotations(self, annotations: ReaderAnnotations) -> None:
        """Let searches use the reader's annotations."""
        opened, by_path = annotations.find(self.digests())
        self._query(lambda: write_tables(self._connection, opened, by_path))

    def all_subjects(self) -> dict[Named, list[str]]:
        """Return all actors and deals of the library, with the files that they appear in."""
        return self._query(lambda: entities.all_subjects(self._connection, self._scope))

    def subjects_named(self, query: str) -> dict[Named, list[str]]:
        """Return the actors and deals of an id or a name, and all that may be the same.

        `entity_resolution.joined` joins them as it would among all subjects.
        """
        return self._query(lambda: entities.subjects_named(self._connection, query, self._scope))

    def names(self, prefix: str, limit: int) -> list[NameMatch]:
        """Return actors and deals with a word that has a prefix, at most some of each."""
        return self._query(
            lambda: entities.by_name_prefix(self._connection, prefix, self._scope, limit)
        )

    def subjects_with_ids(self, ids: Iterable[str]) -> dict[Named, list[str]]:
        """Return the subjects that have one of some ids, like `subjects_named`."""
        unique_ids = set(ids)
        return self._query(
            lambda: entities.subjects_with_ids(self._connection, unique_ids, self._scope)
        )

    def briefing(self, path: str) -> Briefing | None:
        """Return a briefing; None if it cannot be read.

        The file is read if the index does not have it, because it has mistakes, or is damaged.
        """
        ask = _BRIEFING, (os.fsencode(path),)
        row = self._query(lambda: self._connection.execute(*ask).fetchone())
        if row and row[0]:
            with contextlib.suppress(ValueError, zlib.error):
                return decode(zlib.decompress(row[0]))
        try:
            return load_path(Path(path)).briefing
        except (UnreadableFileError, OSError):
            return None

    def _open(self) -> sqlite3.Connection:
        connection, notice = schema.connect(self._path)
        self._identity = schema.identity(self._path) if self._path else (0, 0)
        self.notice = self.notice or notice
        connection.execute("CREATE TEMP TABLE scope (id INTEGER PRIMARY KEY, position INTEGER)")
        connection.executescript(TABLES)
        self._scope = ""
        return connection

    def _update_scope(self) -> None:
        """Do without a scope if it is the whole index."""
        self._scope = "" if self._query(lambda: rows.is_all(self._connection)) else rows.SCOPE

    def _query(self, ask: Callable[[], T]) -> T:
        """Return the answer of a query; rebuild the index if it turns out to be damaged."""
        try:
            return ask()
        except sqlite3.DatabaseError as error:
            if not schema.is_damage(error) or self._path is None:
                raise
        self._connection.close()
        schema.discard(self._path, self._identity)
        self._connection = self._open()
        self.notice = "The index was damaged; it is made anew."
        return ask()


def _listed(row: tuple) -> Listed:  # type: ignore[type-arg]
    path, title, as_of, packed, *rest = row
    try:
        tags = msgspec.json.decode(packed, type=tuple[str, ...])
    except msgspec.DecodeError as error:
        raise sqlite3.DatabaseError("a list of tags is malformed") from error
    return Listed(os.fsdecode(path), title, as_of, tags, *rest)
