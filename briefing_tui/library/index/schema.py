"""The file of the index: its tables, and opening it whatever state it is in."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
import weakref
from pathlib import Path

from briefing_tui.storage.atomic_write import locked

VERSION = 7
"""Increased with every change of the tables or their content."""

_OURS = 0x42524631
"""Tells our files from other databases (``BRF1``)."""
_DAMAGED = (
    *("malformed", "not a database", "corrupt"),
    *("no such table", "no such column", "vtable constructor failed"),
)
"""What SQLite says of a file that is no index, or no longer."""
_PATIENCE = 30.0
"""Seconds to wait while another process writes."""

# Texts are folded before they come here: the tokenizer has only to cut at spaces, and letters
# beyond ASCII, which it takes as they are, are compared as `query.words` compares them.
_TABLES = """
CREATE TABLE file (
  id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, size INTEGER, stamp INTEGER, digest BLOB,
  state TEXT, title TEXT, title_words TEXT, as_of TEXT, tags TEXT, events INTEGER, actors INTEGER,
  deals INTEGER, errors INTEGER, warnings INTEGER, first_error TEXT, bottom_line TEXT,
  first INTEGER NOT NULL DEFAULT 1, last INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX file_known ON file (path, state, size, stamp, digest);
CREATE TABLE statement (
  id INTEGER PRIMARY KEY, key TEXT, pane TEXT, kind TEXT, text TEXT, date TEXT
);
CREATE TABLE span (
  id INTEGER PRIMARY KEY, file INTEGER, lower INTEGER, upper INTEGER, known INTEGER
);
CREATE INDEX span_lower ON span (lower, upper) WHERE upper > 0;
CREATE INDEX span_upper ON span (upper, lower) WHERE upper > 0;
CREATE TABLE party (id INTEGER PRIMARY KEY, named BLOB NOT NULL UNIQUE);
CREATE TABLE called (name TEXT, party INTEGER, PRIMARY KEY (name, party)) WITHOUT ROWID;
CREATE TABLE appears (party INTEGER, file INTEGER, PRIMARY KEY (party, file)) WITHOUT ROWID;
CREATE TABLE kept (file INTEGER PRIMARY KEY, postings BLOB, parties TEXT, briefing BLOB);
CREATE VIRTUAL TABLE words USING fts5 (
  text, actors, deals, facets, content='', columnsize=0, prefix='2', tokenize="ascii tokenchars '_'"
);
"""


class LibraryError(Exception):
    """There can be no index on this machine; the message says why."""


def index_file(cache: Path | None) -> Path | None:
    """Return the file of the index in the cache; None if nothing is cached."""
    return cache / "library.db" if cache else None


def connect(path: Path | None) -> tuple[sqlite3.Connection, str | None]:
    """Open an index; rebuild it if it is damaged or of another version.

    Without a path, or if it cannot be written, the index is temporary.

    Returns:
        The connection, and a line for the user if something was not as expected.

    Raises:
        LibraryError: this Python's SQLite has no full-text search.
    """
    _require_full_text()
    if path is None:
        return _temporary(), None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite does not lock the change to write-ahead logging, and a file that another process
        # has just rebuilt must not be removed.
        with locked(path.parent):
            if not all(
                os.access(target, os.W_OK) for target in (path.parent, path) if target.exists()
            ):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            connection, notice = _opened(path)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        notice = f"The index cannot be kept at {path} ({reason}); this one is for now only."
        return _temporary(), notice
    return connection, notice


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether an error means that the file itself is damaged."""
    if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
        return False
    message = str(error)
    return any(word in message for word in _DAMAGED)


def identity(path: Path) -> tuple[int, int]:
    """Return the device and inode of an index file; zeros if there is none."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_dev, status.st_ino


def discard(path: Path, expected: tuple[int, int]) -> None:
    """Delete a damaged index, unless another process has rebuilt it."""
    with locked(path.parent):
        if identity(path) == expected:
            _remove(path)


def _remove(path: Path) -> None:
    """Delete an index and the files that SQLite has beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _opened(path: Path) -> tuple[sqlite3.Connection, str | None]:
    notice = None
    for _ in range(2):
        connection = None
        try:
            connection = _connection(str(path))
            version = _version(connection)
            if version is None:
                _create(connection)
            elif version != VERSION:
                notice = "The index was written by another version; it is made anew."
                raise _Unfit
            # The smallest question that reads every table's first page.
            connection.execute(
                "SELECT 1 FROM file, statement, span, party, called, appears, kept LIMIT 1"
            ).fetchall()
            connection.execute("SELECT rowid FROM words WHERE words MATCH 'x' LIMIT 1").fetchall()
            return connection, notice
        except (_Unfit, sqlite3.DatabaseError) as error:
            if connection is not None:
                connection.close()
            if isinstance(error, sqlite3.DatabaseError):
                if not is_damage(error):
                    raise
                notice = "The index was damaged; it is made anew."
            _remove(path)
    raise sqlite3.OperationalError("it is damaged again as soon as it is made")


class _Unfit(Exception):  # noqa: N818 - it never leaves this module
    """A sound index of another version."""


def _connection(
    name: str, factory: type[sqlite3.Connection] = sqlite3.Connection
) -> sqlite3.Connection:
    connection = sqlite3.connect(name, _PATIENCE, isolation_level=None, factory=factory)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cache_size = -24000")  # kibibytes
    connection.execute("PRAGMA wal_autocheckpoint = 8000")  # pages; first indexing writes much
    return connection


def _version(connection: sqlite3.Connection) -> int | None:
    """Return the version of an index; None if the file is empty."""
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == _OURS
    if not tables and not ours:
        return None
    return int(connection.execute("PRAGMA user_version").fetchone()[0]) if ours else -1


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) is None:  # nobody else was first
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_OURS}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


class _Temporary(sqlite3.Connection):
    """A connection that deletes its file; a file, because a library can be large."""

    directory = ""

    def close(self) -> None:
        super().close()
        shutil.rmtree(self.directory, ignore_errors=True)


def _temporary() -> sqlite3.Connection:
    try:
        directory = tempfile.mkdtemp(prefix="briefing-tui-")
    except OSError:
        connection = _connection(":memory:")
    else:
        connection = _connection(os.path.join(directory, "library.db"), _Temporary)
        assert isinstance(connection, _Temporary)
        connection.directory = directory
        weakref.finalize(connection, shutil.rmtree, directory, ignore_errors=True)
    _create(connection)
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
