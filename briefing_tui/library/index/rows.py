"""Reads and writes the rows of the index; all rows of a file at once."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator

from briefing_tui.library.discovery import Roots
from briefing_tui.library.index import entities
from briefing_tui.library.index.record import UNSURE, Record, Summary, unpacked
from briefing_tui.query.words import fold_words

Known = tuple[int, int, bytes]
"""Size, stamp and digest of a file when it was last read."""

SCOPE = "SELECT id FROM temp.scope"
"""SQL for the ids of the files that queries are limited to."""

_INSERT_FILE = """
INSERT INTO file (path, size, stamp, digest, state, title, title_words, as_of, tags, events, actors,
  deals, errors, warnings, first_error, bottom_line, first, last)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_FORGET_WORDS = """
INSERT INTO words (words, rowid, text, actors, deals, facets) VALUES ('delete', ?, ?, ?, ?, ?)
"""


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit all changes or none; other processes wait."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def known(connection: sqlite3.Connection, roots: Roots) -> dict[bytes, Known]:
    """Return the indexed files of some roots, by path."""
    records: dict[bytes, Known] = {}
    ask = "SELECT path, size, stamp, digest FROM file WHERE"
    for name in roots.directories:
        rows = connection.execute(f"{ask} path >= ? AND path < ?", _below(name))
        records.update((row[0], row[1:]) for row in rows)
    for name in roots.files:
        rows = connection.execute(f"{ask} path = ?", (os.fsencode(name),))
        records.update((row[0], row[1:]) for row in rows)
    return records


def elsewhere(connection: sqlite3.Connection, roots: Roots, count: int) -> list[bytes]:
    """Return random paths of indexed files outside some roots."""
    below = [_below(name) for name in roots.directories]
    outside = " AND ".join(["NOT (path >= ? AND path < ?)"] * len(below)) or "1"
    ask = f"SELECT path FROM file WHERE {outside} ORDER BY random() LIMIT ?"
    rows = connection.execute(ask, [*(bound for bounds in below for bound in bounds), count])
    return [row[0] for row in rows]


def briefing_ids(connection: sqlite3.Connection, paths: Iterable[bytes]) -> list[int]:
    """Return the ids of the files that are briefings, in the order of the paths."""
    rows = connection.execute("SELECT path, id FROM file WHERE state != 'other'")
    ids = dict(rows.fetchall())
    return [ids[path] for path in paths if path in ids]


def set_scope(connection: sqlite3.Connection, roots: Roots) -> None:
    """Limit queries to the indexed briefings of some roots."""
    insert = "INSERT OR IGNORE INTO temp.scope SELECT id, 0 FROM file WHERE state != 'other' AND"
    with _new_scope(connection):
        for name in roots.directories:
            connection.execute(f"{insert} path >= ? AND path < ?", _below(name))
        for name in roots.files:
            connection.execute(f"{insert} path = ?", (os.fsencode(name),))


def set_scope_ids(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Limit queries to some briefings, in an order."""
    rows = ((number, position) for position, number in enumerate(ids))
    with _new_scope(connection):
        connection.executemany("INSERT OR IGNORE INTO temp.scope VALUES (?, ?)", rows)


def is_all(connection: sqlite3.Connection) -> bool:
    """Return whether the scope is the whole index."""
    total = connection.execute("SELECT count(*) FROM file WHERE state != 'other'").fetchone()
    return bool(count(connection) == total[0])


def count(connection: sqlite3.Connection) -> int:
    """Return the number of briefings in the scope."""
    return int(connection.execute("SELECT count(*) FROM temp.scope").fetchone()[0])


@contextlib.contextmanager
def _new_scope(connection: sqlite3.Connection) -> Iterator[None]:
    """Replace the scope in one transaction; it belongs to the connection."""
    connection.execute("BEGIN")
    try:
        connection.execute("DELETE FROM temp.scope")
        yield
    finally:
        connection.execute("COMMIT")


def _below(directory: str) -> tuple[bytes, bytes]:
    """Return the bounds of the paths in a directory."""
    prefix = os.fsencode(directory.rstrip("/"))
    return prefix + b"/", prefix + b"0"


def put(connection: sqlite3.Connection, record: Record) -> bool:
    """Write the record of a file; return whether its content is new."""
    if record.state == "gone":
        return forget(connection, record.path)
    row = connection.execute(
        "SELECT id, digest FROM file WHERE path = ?", (record.path,)
    ).fetchone()
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
    taken = connection.execute("SELECT 1 FROM file WHERE path = ?", (new,)).fetchone()
    # The title of an unreadable file is its path, so that it is indexed again.
    changed = (
        not taken
        and connection.execute(
            "UPDATE file SET path = ?, stamp = ? WHERE path = ? AND last >= first",
            (new, UNSURE, old),
        ).rowcount
    )
    return bool(changed)


def forget(connection: sqlite3.Connection, path: bytes) -> bool:
    """Remove the rows of a file; return whether there were any."""
    row = connection.execute("SELECT id FROM file WHERE path = ?", (path,)).fetchone()
    if row:
        _forget(connection, row[0])
    return row is not None


def _forget(connection: sqlite3.Connection, file: int) -> None:
    first, last = connection.execute(
        "SELECT first, last FROM file WHERE id = ?", (file,)
    ).fetchone()
    stored = connection.execute(
        "SELECT postings, parties FROM kept WHERE file = ?", (file,)
    ).fetchone()
    if stored:
        # A contentless FTS5 table needs the indexed values to delete them.
        texts = connection.execute(
            "SELECT id, text FROM statement WHERE id BETWEEN ? AND ? ORDER BY id", (first, last)
        ).fetchall()
        postings = unpacked(stored[0], list[tuple[str, str, str]])
        entities.remove_appearances(connection, file, _ids(stored[1]))
        indexed = [
            (number, fold_words(text), *rest)
            for (number, text), rest in zip(texts, postings, strict=True)
        ]
        connection.executemany(_FORGET_WORDS, indexed)
    for table in ("statement", "span"):
        connection.execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", (first, last))
    connection.execute("DELETE FROM kept WHERE file = ?", (file,))
    connection.execute("DELETE FROM file WHERE id = ?", (file,))


def _ids(text: str) -> list[int]:
    try:
        return [int(number) for number in json.loads(text)]
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError("a list of ids is malformed") from error


def _insert(connection: sqlite3.Connection, record: Record) -> None:
    summary = record.summary or Summary("")
    numbers = range(0)
    if record.facts:
        newest = connection.execute("SELECT max(id) FROM statement").fetchone()[0] or 0
        numbers = range(newest + 1, newest + 1 + len(record.facts))
    file = connection.execute(
        _INSERT_FILE,
        (
            record.path, record.size, record.stamp, record.digest, record.state, summary.title,
            f" {fold_words(summary.title)} ", summary.as_of, _json(summary.tags), summary.events,
            summary.actors, summary.deals, summary.errors, summary.warnings, summary.first_error,
            summary.bottom_line,
            *((numbers[0], numbers[-1]) if numbers else (1, 0)),
        ),
    ).lastrowid  # fmt: skip
    if file is None or not numbers:
        return
    numbered = list(zip(numbers, record.facts, strict=True))
    connection.executemany(
        "INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?)",
        [
            (number, fact.key, fact.pane, fact.kind, fact.text, fact.date)
            for number, fact in numbered
        ],
    )
    connection.executemany(
        "INSERT INTO span VALUES (?, ?, ?, ?, ?)",
        [(number, file, fact.lower, fact.upper, fact.known) for number, fact in numbered],
    )
    connection.executemany(
        "INSERT INTO words (rowid, text, actors, deals, facets) VALUES (?, ?, ?, ?, ?)",
        [
            (number, fact.words, fact.actor_words, fact.deal_words, " ".join(fact.facets))
            for number, fact in numbered
        ],
    )
    ids = entities.add_appearances(connection, file, record.named)
    stored = (file, record.postings, json.dumps(ids), record.briefing)
    connection.execute("INSERT INTO kept VALUES (?, ?, ?, ?)", stored)


def _json(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)
