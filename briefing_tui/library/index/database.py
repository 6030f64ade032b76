"""The index of a library: opened, brought up to date, listed and searched."""

from __future__ import annotations

import contextlib
import datetime
import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from briefing_tui.annotations.relocation import carry
from briefing_tui.briefing.load import load_path
from briefing_tui.briefing.model import Briefing
from briefing_tui.briefing.problems import UnreadableFileError
from briefing_tui.library.discovery import Roots
from briefing_tui.library.entity_resolution import Named
from briefing_tui.library.index import entities, rows, schema
from briefing_tui.library.index.annotation_tables import TABLES, ReaderAnnotations, write_tables
from briefing_tui.library.index.codec import decode_about
from briefing_tui.library.index.entities import NameMatch
from briefing_tui.library.index.schema import LibraryError, index_file
from briefing_tui.library.index.search import Results, search
from briefing_tui.library.index.sync import Changes, Report, refresh
from briefing_tui.query.nodes import Node
from briefing_tui.storage.directories import NOWHERE, Directories
from briefing_tui.storage.positions import identity

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
    """A briefing as lists tell of it."""

    path: str
    title: str
    as_of: str
    """In EDTF; empty where the file cannot be read."""
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
    """The index, seen through one library; it belongs to the thread that opened it."""

    def __init__(self, path: Path | None = None, directories: Directories = NOWHERE) -> None:
        """Open the index at a path; without one, an index that lasts as long as this.

        Args:
            path: Its file.
            directories: Where positions and annotations are kept, which follow a renamed file.

        Raises:
            LibraryError: this Python's SQLite has no full-text search.
        """
        self._path = path
        self._directories = directories
        self.notice: str | None = None
        """A line for the user where the index was not as expected."""
        self.sidecars = True
        """Whether the reader's stars and notes may be written."""
        self._scope = ""
        """SQL for the ids of the files to look at, as `search.search` takes it."""
        self._connection = self._open()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @property
    def file(self) -> Path | None:
        """The file that another thread may open too; nothing for an index in memory."""
        name = self._connection.execute("PRAGMA database_list").fetchone()[2]
        return Path(name) if name else None

    def refresh(
        self, roots: Roots, report: Report | None = None, processes: int | None = None
    ) -> Changes:
        """Read what changed on disk, and look at these roots from now on.

        What is kept of a file that has another name now is kept under that.

        Args:
            roots: The library.
            report: Called after each batch with how far it is; what it raises stops the indexing,
                and what was written stays.
            processes: Workers; as many as processors where it is left out, none for 0.
        """
        changes, ids = self._mended(lambda: refresh(self._connection, roots, report, processes))
        for old, new in changes.moves:
            names = identity(old, ""), identity(new, "")
            carry(self._directories, *names, sidecars=self.sidecars)
        rows.set_scope_ids(self._connection, ids)
        self._count()
        return changes

    def set_scope(self, roots: Roots) -> None:
        """Look at some roots as far as they are indexed by now, without reading any file."""
        self._mended(lambda: rows.set_scope(self._connection, roots))
        self._count()

    def briefings(self) -> list[Listed]:
        """The briefings of the library, in the order of their paths."""
        return self._mended(lambda: list(map(_listed, self._connection.execute(_LISTED))))

    def digests(self) -> dict[str, bytes]:
        """What the contents of the briefings are known by (`examine.digest`), by their paths."""
        rows = self._mended(lambda: self._connection.execute(_DIGESTS).fetchall())
        return {os.fsdecode(path): digest for path, digest in rows}

    def days(self) -> dict[str, str]:
        """The as-of dates of the briefings in EDTF, by their paths; those of broken ones empty."""
        rows = self._mended(lambda: self._connection.execute(_DAYS).fetchall())
        return {os.fsdecode(path): as_of for path, as_of in rows}

    @property
    def count(self) -> int:
        """How many briefings the library has."""
        return self._mended(lambda: rows.count(self._connection))

    def search(self, query: Node, limit: int = 100, as_of: datetime.date | None = None) -> Results:
        """The statements of the library that answer a query, best first.

        What it asks of the reader's own marks is answered from what `tell` was given last.
        """
        return self._mended(
            lambda: search(self._connection, query, limit=limit, scope=self._scope, as_of=as_of)
        )

    def set_annotations(self, annotations: ReaderAnnotations) -> None:
        """Let searches know what the reader marked and read."""
        opened, by_path = annotations.find(self.digests())
        self._mended(lambda: write_tables(self._connection, opened, by_path))

    def all_subjects(self) -> dict[Named, list[str]]:
        """Every actor and deal of the library with the files that it appears in."""
        return self._mended(lambda: entities.all_subjects(self._connection, self._scope))

    def subjects_named(self, query: str) -> dict[Named, list[str]]:
        """Every actor and deal of an id or a name, and all that may be the same.

        What `identity.joined` makes of these is what it makes of them among everyone.
        """
        return self._mended(lambda: entities.subjects_named(self._connection, query, self._scope))

    def names(self, beginning: str, most: int) -> list[NameMatch]:
        """Actors and deals by how a word of their names begins, so many of each at most."""
        return self._mended(
            lambda: entities.by_name_prefix(self._connection, beginning, self._scope, most)
        )

    def subjects_with_ids(self, ids: Iterable[str]) -> dict[Named, list[str]]:
        """As `called`, of whoever has one of some ids."""
        unique_ids = set(ids)
        return self._mended(
            lambda: entities.subjects_with_ids(self._connection, unique_ids, self._scope)
        )

    def about(self, path: str, ids: Iterable[str]) -> Briefing | None:
        """What of a briefing may involve the actors or deals of some ids, and a little more.

        Where the index does not hold it, since something in it could not be understood, or holds
        it damaged, the file is read.

        Returns:
            What `compact.decode_about` returns, or all of it; nothing where it cannot be read.
        """
        ask = _BRIEFING, (os.fsencode(path),)
        row = self._mended(lambda: self._connection.execute(*ask).fetchone())
        if row and row[0]:
            with contextlib.suppress(ValueError):
                return decode_about(row[0], ids)
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

    def _count(self) -> None:
        """Spare the searches a scope that is all there is."""
        self._scope = "" if self._mended(lambda: rows.is_all(self._connection)) else rows.SCOPE

    def _mended(self, ask: Callable[[], T]) -> T:
        """An answer of the index, which is made anew where it turns out to be damaged."""
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
