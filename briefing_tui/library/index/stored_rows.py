"""Reads and writes the rows of the index; all rows of a file at once."""

from __future__ import annotations

import os
import sqlite3
import zlib
from operator import attrgetter

import msgspec

from briefing_tui.briefing.dates import DateError, Edtf
from briefing_tui.library.discovery import Roots
from briefing_tui.library.index import entities
from briefing_tui.library.index.record import UNSURE, Record, Summary, postings_of
from briefing_tui.query.words import searchable_words

Known = tuple[int, int, bytes]
"""Size, stamp and digest of a file when it was last read."""

_Postings = list[tuple[str, str, str]]

NUMBERS_A_DAY = 1 << 26
"""How many statements of briefings of one day there can be.

The number of a statement is that many times the day of its briefing, as an ordinal, and more, so
that those of the newest briefings have the highest numbers.
"""

_NUMBER_PLACES = """
REPLACE INTO temp.scope (id, place)
SELECT file.id, row_number() OVER (ORDER BY file.path)
FROM temp.scope JOIN file ON file.id = scope.id
"""
_FORGET_WORDS = """
INSERT INTO words (words, rowid, text, actors, deals, facets) VALUES ('delete', ?, ?, ?, ?, ?)
"""


def known(connection: sqlite3.Connection, roots: Roots) -> dict[bytes, Known]:
    """Return the indexed files of some roots, by path."""
    ask = "SELECT path, size, stamp, digest FROM file WHERE"
    bounds = map(_below, roots.directories)
    below = (connection.execute(f"{ask} path >= ? AND path < ?", bound) for bound in bounds)
    files = (connection.execute(f"{ask} path = ?", (os.fsencode(name),)) for name in roots.files)
    return {path: tuple(rest) for rows in (*below, *files) for path, *rest in rows}


def elsewhere(connection: sqlite3.Connection, roots: Roots, count: int) -> list[bytes]:
    """Return random paths of indexed files outside some roots."""
    below = [_below(name) for name in roots.directories]
    outside = " AND ".join(["NOT (path >= ? AND path < ?)"] * len(below)) or "1"
    ask = f"SELECT path FROM file WHERE {outside} ORDER BY random() LIMIT ?"
    rows = connection.execute(ask, [*(bound for bounds in below for bound in bounds), count])
    return [row[0] for row in rows]


def set_scope(connection: sqlite3.Connection, roots: Roots) -> None:
    """Limit queries to the indexed briefings of some roots."""
    insert = "INSERT OR IGNORE INTO temp.scope (id) SELECT id FROM file WHERE state != 'other' AND"
    connection.execute("BEGIN")
    with connection:
        connection.execute("DELETE FROM temp.scope")
        connection.executemany(f"{insert} path >= ? AND path < ?", map(_below, roots.directories))
        connection.executemany(f"{insert} path = ?", ((os.fsencode(name),) for name in roots.files))
        connection.execute(_NUMBER_PLACES)


def _below(directory: str) -> tuple[bytes, bytes]:
    prefix = os.fsencode(directory.rstrip("/"))
    return prefix + b"/", prefix + b"0"


def put(connection: sqlite3.Connection, record: Record) -> bool:
    """Write the record of a file; return whether its content is new."""
    if record.state == "gone":
        return forget(connection, record.path)
    ask = "SELECT id, digest FROM file WHERE path = ?"
    row = connection.execute(ask, (record.path,)).fetchone()
    if row and row[1] == record.digest:  # here, or by another process meanwhile
        changes = (record.size, record.stamp, row[0])
        connection.execute("UPDATE file SET size = ?, stamp = ? WHERE id = ?", changes)
        return False
    if record.state == "same":
        # Another process wrote another content meanwhile: the next refresh reads it.
        return False
    if row:
        _forget(connection, row[0])
    _insert(connection, record)
    return True


def move(connection: sqlite3.Connection, old: bytes, new: bytes) -> bool:
    """Give the rows of a file another path; return whether that was possible."""
    # The title of an unreadable file is its path, so that it is indexed again.
    update = "UPDATE OR IGNORE file SET path = ?, stamp = ? WHERE path = ? AND last >= first"
    return bool(connection.execute(update, (new, UNSURE, old)).rowcount)


def forget(connection: sqlite3.Connection, path: bytes) -> bool:
    """Remove the rows of a file; return whether there were any."""
    row = connection.execute("SELECT id FROM file WHERE path = ?", (path,)).fetchone()
    if row:
        _forget(connection, row[0])
    return row is not None


def _forget(connection: sqlite3.Connection, file: int) -> None:
    ask = "SELECT first, last FROM file WHERE id = ?"
    first, last = connection.execute(ask, (file,)).fetchone()
    stored = connection.execute("SELECT postings FROM stored WHERE file = ?", (file,)).fetchone()
    if stored:
        # A contentless FTS5 table needs the indexed values to delete them.
        texts = connection.execute(
            "SELECT id, text FROM statement WHERE id BETWEEN ? AND ? ORDER BY id", (first, last)
        ).fetchall()
        postings = msgspec.msgpack.decode(zlib.decompress(stored[0]), type=_Postings)
        numbered = zip(texts, postings, strict=True)
        indexed = ((number, searchable_words(text), *rest) for (number, text), rest in numbered)
        connection.executemany(_FORGET_WORDS, indexed)
    entities.remove_appearances(connection, file)
    for table in ("statement", "span"):
        connection.execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", (first, last))
    connection.execute("DELETE FROM stored WHERE file = ?", (file,))
    connection.execute("DELETE FROM file WHERE id = ?", (file,))


def _day(record: Record) -> int:
    try:
        return Edtf.parse(record.summary.as_of).upper.toordinal() if record.summary else 0
    except DateError:
        return 0


def _insert(connection: sqlite3.Connection, record: Record) -> None:
    numbers = range(1, 1)
    if record.facts:
        first = _day(record) * NUMBERS_A_DAY
        ask = "SELECT max(id) FROM statement WHERE id BETWEEN ? AND ?"
        newest = connection.execute(ask, (first, first + NUMBERS_A_DAY - 1)).fetchone()[0]
        first = first if newest is None else newest + 1
        numbers = range(first, first + len(record.facts))
    title, as_of, tags, *rest = msgspec.structs.astuple(record.summary or Summary(""))
    values = (
        *(record.path, record.size, record.stamp, record.digest, record.state),
        *(title, as_of, msgspec.json.encode(tags).decode(), *rest),
        *(f" {searchable_words(title)} ", numbers.start, numbers.stop - 1),
    )
    marks = ", ".join("?" * len(values))
    file = connection.execute(f"INSERT INTO file VALUES (NULL, {marks})", values).lastrowid
    if file is None or not numbers:
        return
    numbered = list(zip(numbers, record.facts, strict=True))
    columns = attrgetter("key", "pane", "kind", "text", "date")
    statements = [(at, *columns(fact)) for at, fact in numbered]
    connection.executemany("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?)", statements)
    spans = [(at, file, fact.lower, fact.upper, fact.known) for at, fact in numbered]
    connection.executemany("INSERT INTO span VALUES (?, ?, ?, ?, ?)", spans)
    insert = "INSERT INTO words (rowid, text, actors, deals, facets) VALUES (?, ?, ?, ?, ?)"
    words = [(at, fact.words, *postings_of(fact)) for at, fact in numbered]
    connection.executemany(insert, words)
    entities.add_appearances(connection, file, record.named)
    stored = (file, record.postings, record.briefing)
    connection.execute("INSERT INTO stored VALUES (?, ?, ?)", stored)
