"""The file of the index: opened, created, or rebuilt if it is damaged."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from briefing_tui.library.discovery import FileId, file_id
from briefing_tui.storage.atomic_write import locked
from briefing_tui.storage.file_permissions import make_private, require_trusted
from briefing_tui.storage.temporary_directory import TemporaryDirectory

VERSION = 14
"""Increased with every change of the tables or their content."""
REBUILT = "The index was damaged; it is rebuilt."

_OURS = 0x42524631
"""The application id of our files (``BRF1``)."""
_DAMAGED = (
    *("malformed", "not a database", "corrupt"),
    *("no such table", "no such column", "vtable constructor failed"),
)
"""Parts of SQLite's messages about a file that is damaged, or another kind of file."""
_PATIENCE = 30.0
"""Seconds to wait while another process writes."""

# Texts are folded as `query.words` folds them before they are indexed, so that the tokenizer has
# only to split at spaces; it leaves letters beyond ASCII as they are.
_TABLES = """
CREATE TABLE file (
  id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, size INTEGER, stamp INTEGER, digest BLOB,
  state TEXT, title TEXT, as_of TEXT, tags TEXT, events INTEGER, actors INTEGER,
  commitments INTEGER, errors INTEGER, warnings INTEGER, first_error TEXT,
  bottom_line TEXT, noun TEXT, title_words TEXT,
  first INTEGER NOT NULL DEFAULT 1, last INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX file_known ON file (path, state, size, stamp, digest);
CREATE TABLE statement (
  id INTEGER PRIMARY KEY, key TEXT, pane TEXT, kind TEXT, text TEXT, date TEXT
);
CREATE TABLE span (
  id INTEGER PRIMARY KEY, file INTEGER, lower INTEGER, upper INTEGER, known INTEGER
);
CREATE INDEX span_newest ON span (upper DESC, lower, known, file);
CREATE TABLE party (id INTEGER PRIMARY KEY, named BLOB NOT NULL UNIQUE);
CREATE TABLE called (name TEXT, party INTEGER, PRIMARY KEY (name, party)) WITHOUT ROWID;
CREATE TABLE appears (party INTEGER, file INTEGER, PRIMARY KEY (party, file)) WITHOUT ROWID;
CREATE INDEX appears_file ON appears (file);
CREATE TABLE stored (file INTEGER PRIMARY KEY, postings BLOB, briefing BLOB);
CREATE VIRTUAL TABLE words USING fts5 (
  text, actors, deals, facets, content='', columnsize=0, prefix='2', tokenize="ascii tokenchars '_'"
);
"""
_TEMPORARY_TABLES = """
CREATE TEMP TABLE scope (id INTEGER PRIMARY KEY, place INTEGER);
CREATE TEMP TABLE opened (file INTEGER PRIMARY KEY);
CREATE TEMP TABLE mark (id INTEGER, name TEXT);
CREATE TEMP TABLE note (id INTEGER, words TEXT);
"""
"""The files that queries are limited to, by path, and the reader's annotations: opened files, and
the marks and notes of statements."""


class LibraryError(Exception):
    """There can be no index on this machine; the message says why."""


def index_file(cache: Path | None) -> Path | None:
    """Return the file of the index in the cache; None if nothing is cached."""
    return cache / "library.db" if cache else None


class OpenIndex(NamedTuple):
    """An index that was opened."""

    connection: sqlite3.Connection
    notice: str | None = None
    """A line for the user if something was not as expected."""
    is_read_only: bool = False
    is_temporary: bool = False


def connect(path: Path | None) -> OpenIndex:
    """Open an index; rebuild it if it is damaged or of another version.

    One that cannot be written is read as it is. Without a path, or if there can be none or others
    could have written it, the index is temporary.

    Raises:
        LibraryError: this Python's SQLite has no full-text search, or there is no directory.
    """
    _require_full_text()
    if path is None:
        return _prepared(OpenIndex(_temporary(), is_temporary=True))
    try:
        return _prepared(_permanent(path))
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        notice = f"The index cannot be stored at {path} ({reason}); this one is temporary."
        return _prepared(OpenIndex(_temporary(), notice, is_temporary=True))


def temporary_copy(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Copy an index that cannot be written, to bring the copy up to date.

    Raises:
        LibraryError: there is no directory for it.
        sqlite3.Error: there is no room for it.
    """
    return _prepared(OpenIndex(_temporary(connection))).connection


def abandon(connection: sqlite3.Connection, path: Path, expected: FileId | None) -> None:
    """Close an index for which there is no room; delete it if a part of it remains in its log."""
    with contextlib.suppress(sqlite3.Error):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with contextlib.suppress(OSError):
        if _log_size(path):
            discard(path, expected)


def is_full(error: Exception) -> bool:
    """Return whether an error of SQLite means that a file cannot be written further."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def _prepared(index: OpenIndex) -> OpenIndex:
    index.connection.executescript(_TEMPORARY_TABLES)
    return index


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit all changes or none; other processes wait."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        yield


def is_damage(error: Exception) -> bool:
    """Return whether an error of SQLite, or of decoding a value, means that the file is damaged."""
    if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
        return False
    if isinstance(error, sqlite3.Error):
        return any(message in str(error) for message in _DAMAGED)
    return isinstance(error, (msgspec.DecodeError, zlib.error))


def discard(path: Path, expected: FileId | None) -> None:
    """Delete a damaged index, unless another process has rebuilt it."""
    with locked(path.parent):
        if file_id(path) == expected:
            _remove(path)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _permanent(path: Path) -> OpenIndex:
    make_private(path.parent)
    # SQLite does not lock the change to write-ahead logging, and a file that another process
    # has just rebuilt must not be removed.
    with locked(path.parent):
        targets = [target for target in (path.parent, path) if target.exists()]
        if path in targets:
            require_trusted(path.stat())
        if not all(os.access(target, os.W_OK) for target in targets):
            return OpenIndex(_read_only(path), is_read_only=True)
        connection, notice = _opened(path)
        if connection is None:
            _remove(path)
            connection, _ = _opened(path)
        if connection is None:
            raise sqlite3.DatabaseError("it is damaged")
    return OpenIndex(connection, notice)


def _read_only(path: Path) -> sqlite3.Connection:
    """Open a finished index where it cannot be written."""
    if not path.exists():
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    # A log is read under locks, which need a file beside it: without one there must be none.
    options = "mode=ro" if _log_size(path) else "mode=ro&immutable=1"
    uri = f"{path.absolute().as_uri()}?{options}"
    connection = sqlite3.connect(uri, _PATIENCE, isolation_level=None, uri=True)
    try:
        _limit_memory(connection)
        if _version(connection) != VERSION:
            raise sqlite3.DatabaseError("it was written by another version")
        _probe(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _log_size(path: Path) -> int:
    log = path.with_name(f"{path.name}-wal")
    return log.stat().st_size if log.exists() else 0


def _opened(path: Path) -> tuple[sqlite3.Connection | None, str | None]:
    """Open an index; None, with a notice, if it has to be rebuilt."""
    connection = sqlite3.connect(path, _PATIENCE, isolation_level=None)
    try:
        _configure(connection)
        version = _version(connection)
        if version not in (None, VERSION):
            connection.close()
            return None, "The index was written by another version; it is rebuilt."
        if version is None:
            _create(connection)
        _probe(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        if not is_damage(error):
            raise
        return None, REBUILT
    return connection, None


def _probe(connection: sqlite3.Connection) -> None:
    """Run the cheapest statements that read the first page of every table."""
    tables = "file, statement, span, party, called, appears, stored"
    connection.execute(f"SELECT 1 FROM {tables} LIMIT 1").fetchall()
    connection.execute("SELECT rowid FROM words WHERE words MATCH 'x' LIMIT 1").fetchall()


def _limit_memory(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cache_size = -24000")  # kibibytes


def _configure(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    _limit_memory(connection)
    connection.execute("PRAGMA wal_autocheckpoint = 8000")  # pages; first indexing writes much


def _version(connection: sqlite3.Connection) -> int | None:
    """Return the version of an index; None if the file is empty."""
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == _OURS
    if not tables and not ours:
        return None
    return int(connection.execute("PRAGMA user_version").fetchone()[0]) if ours else -1


def _create(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        if _version(connection) is None:  # no other process was first
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_OURS}")
            connection.execute(f"PRAGMA user_version = {VERSION}")


class _Temporary(sqlite3.Connection):
    directory: TemporaryDirectory

    def close(self) -> None:
        super().close()
        self.directory.close()


def _temporary(source: sqlite3.Connection | None = None) -> sqlite3.Connection:
    """Return an index in a temporary file, empty or as another one.

    It is a file because a library can be larger than memory.
    """
    try:
        directory = TemporaryDirectory("index")
        # The directory itself is locked as long as it is used, this one only while it is opened.
        path = directory.path / "cache" / "library.db"
        make_private(path.parent)
    except OSError as error:
        raise LibraryError(f"no directory for a temporary index: {error.strerror}") from error
    connection = sqlite3.connect(path, _PATIENCE, isolation_level=None, factory=_Temporary)
    connection.directory = directory
    try:
        if source is not None:
            source.backup(connection)
        _configure(connection)
        _create(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _require_full_text() -> None:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE x USING fts5 (y)")
    except sqlite3.OperationalError as error:
        message = (
            "this Python's SQLite has no full-text search (FTS5), which a library needs; "
            "install a Python whose sqlite3 module has it"
        )
        raise LibraryError(message) from error
    finally:
        connection.close()
