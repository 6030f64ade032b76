"""The index of a library: opened, brought up to date, listed and searched."""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from briefing_tui.briefing.model import Briefing
from briefing_tui.library import schema, store
from briefing_tui.library.discovery import Roots
from briefing_tui.library.examine import unpacked
from briefing_tui.library.identity import Appearance, Named
from briefing_tui.library.indexing import Changes, Report, refresh
from briefing_tui.library.schema import LibraryError, index_file
from briefing_tui.library.search import Results, search
from briefing_tui.query.nodes import Node

__all__ = ["Index", "LibraryError", "Listed", "index_file"]

T = TypeVar("T")

_SCOPE = "SELECT id FROM temp.scope"
_LISTED = """
SELECT path, title, as_of, tags, events, actors, deals, errors, warnings, first_error, bottom_line
FROM temp.scope JOIN file ON file.id = scope.id ORDER BY scope.position
"""
_PARTIES = """
SELECT path, named FROM temp.scope JOIN file ON file.id = scope.id
JOIN party ON party.file = file.id ORDER BY scope.position
"""
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

    def __init__(self, path: Path | None = None) -> None:
        """Open the index at a path; without one, an index that lasts as long as this.

        Raises:
            LibraryError: this Python's SQLite has no full-text search.
        """
        self._path = path
        self.notice: str | None = None
        """A line for the user where the index was not as expected."""
        self._everything = True
        self._connection = self._open()

    @classmethod
    def default(cls) -> Index:
        """Open the index in the cache directory."""
        return cls(index_file())

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

        Args:
            roots: The library.
            report: Called after each batch with how far it is; what it raises stops the indexing,
                and what was written stays.
            processes: Workers; as many as processors where it is left out, none for 0.
        """
        changes, ids = self._mended(lambda: refresh(self._connection, roots, report, processes))
        self._look_at(ids)
        return changes

    def look(self, roots: Roots) -> None:
        """Look at some roots as far as they are indexed by now, without reading any file."""
        paths = sorted(self._mended(lambda: store.known(self._connection, roots)))
        self._look_at(store.briefing_ids(self._connection, paths))

    def briefings(self) -> list[Listed]:
        """The briefings of the library, in the order of their paths."""
        rows = self._mended(lambda: self._connection.execute(_LISTED).fetchall())
        return [_listed(row) for row in rows]

    def search(self, query: Node, limit: int = 100, as_of: datetime.date | None = None) -> Results:
        """The statements of the library that answer a query, best first."""
        scope = "" if self._everything else _SCOPE
        return self._mended(
            lambda: search(self._connection, query, limit=limit, scope=scope, as_of=as_of)
        )

    def appearances(self) -> Iterator[Appearance]:
        """Every actor and deal of every briefing of the library."""
        rows = self._mended(lambda: self._connection.execute(_PARTIES).fetchall())
        for path, packed in rows:
            file = os.fsdecode(path)
            yield from (Appearance(file, one) for one in unpacked(packed, list[Named]))

    def briefing(self, path: str) -> Briefing | None:
        """A briefing as it was indexed; nothing where reading it brought problems to light."""
        return self._mended(lambda: self._briefing(path))

    def _briefing(self, path: str) -> Briefing | None:
        row = self._connection.execute(_BRIEFING, (os.fsencode(path),)).fetchone()
        return unpacked(row[0], Briefing) if row and row[0] else None

    def _open(self) -> sqlite3.Connection:
        connection, notice = schema.connect(self._path)
        self.notice = self.notice or notice
        connection.execute("CREATE TEMP TABLE scope (id INTEGER PRIMARY KEY, position INTEGER)")
        return connection

    def _look_at(self, ids: list[int]) -> None:
        connection = self._connection
        connection.execute("DELETE FROM temp.scope")
        connection.execute("BEGIN")
        rows = ((number, position) for position, number in enumerate(ids))
        connection.executemany("INSERT OR IGNORE INTO temp.scope VALUES (?, ?)", rows)
        connection.execute("COMMIT")
        count = connection.execute("SELECT count(*) FROM file WHERE state != 'other'").fetchone()
        self._everything = count[0] == len(set(ids))

    def _mended(self, ask: Callable[[], T]) -> T:
        """An answer of the index, which is made anew where it turns out to be damaged."""
        try:
            return ask()
        except sqlite3.DatabaseError as error:
            if not schema.is_damage(error) or self._path is None:
                raise
        self._connection.close()
        schema.remove(self._path)
        self._connection = self._open()
        self.notice = "The index was damaged; it is made anew."
        return ask()


def _listed(row: tuple) -> Listed:  # type: ignore[type-arg]
    path, title, as_of, tags, *rest = row
    return Listed(os.fsdecode(path), title, as_of, tuple(json.loads(tags)), *rest)
