"""Searching the index: hits by rank, each with an extract."""

from __future__ import annotations

import datetime
import os
import sqlite3
from typing import Any

import msgspec

from briefing_tui.library.index.fts_query import Condition, conditions
from briefing_tui.query.fields import day_from_ordinal
from briefing_tui.query.matching import rank
from briefing_tui.query.nodes import Node, search_terms
from briefing_tui.query.snippet import Snippet, make_snippet
from briefing_tui.query.words import fold_words

CANDIDATES = 1000
"""Statements that are ranked; if more match, those indexed last."""

_BOOST = {"bottom_line": 0.6, "title": 0.5, "key_points": 0.3}
"""Added to the rank of summarising statements, by the first part of their keys."""


class Hit(msgspec.Struct, frozen=True):
    """A statement that matches a query."""

    path: str
    """Of its file."""
    title: str
    """Of its briefing."""
    entry: str
    """Key of the row that shows it, as `query.fact.Fact.key`."""
    pane: str
    kind: str
    extract: Snippet
    date: str
    """When it happened or is due, in EDTF; empty if it has no date."""
    known: datetime.date | None
    """The day since when it could be known; None if always."""
    as_of: str
    """The day of the briefing, in EDTF. The statement is shown from the later of the two on."""


class Results(msgspec.Struct, frozen=True):
    """The hits of a search."""

    hits: tuple[Hit, ...]
    """Best first; newest first if the query has no words."""
    more: bool
    """Whether there are more hits than the limit."""


_COLUMNS = """
SELECT statement.id, statement.key, statement.pane, statement.kind, statement.text, statement.date,
  s.upper, s.known, s.file
FROM span s JOIN statement ON statement.id = s.id
"""


def search(
    connection: sqlite3.Connection,
    query: Node,
    *,
    limit: int = 100,
    scope: str = "",
    as_of: datetime.date | None = None,
) -> Results:
    """Return the statements that match a query.

    Args:
        connection: The index.
        query: What `query.parser.parse` made.
        limit: At most how many hits.
        scope: SQL for the ids of the files to search; empty for all.
        as_of: Leave out statements that could not be known on that day.
    """
    rows = _candidates(connection, query, scope, as_of)
    more = len(rows) > min(limit, CANDIDATES)
    rows = sorted(rows, key=lambda row: -row[0])[:CANDIDATES]
    terms = search_terms(query)
    if terms:
        graded = [
            (rank(fold_words(row[4]), terms) + _BOOST.get(row[1].partition("/")[0], 0), row)
            for row in rows
        ]
        graded.sort(key=lambda item: (-item[0], item[1][0]))
        rows = [row for _, row in graded]
    else:
        rows.sort(key=lambda row: (-row[6], row[0]))
    rows = rows[:limit]
    files = _files(connection, {row[8] for row in rows})
    hits = []
    for _, key, pane, kind, text, date, _, known, file in rows:
        path, title, as_of_text = files[file]
        snippet = make_snippet(text, terms)
        hits.append(
            Hit(
                os.fsdecode(path),
                title,
                key,
                pane,
                kind,
                snippet,
                date,
                day_from_ordinal(known),
                as_of_text,
            )
        )
    return Results(tuple(hits), more)


def _candidates(
    connection: sqlite3.Connection, query: Node, scope: str, as_of: datetime.date | None
) -> list[tuple[Any, ...]]:
    ids = _narrowed(query, scope, as_of)
    return connection.execute(f"{_COLUMNS} WHERE s.id IN ({ids.sql})", ids.values).fetchall()


def _narrowed(query: Node, scope: str, as_of: datetime.date | None) -> Condition:
    """Return SQL for the ids of matching statements, at most one more than are ranked."""
    match, parts = conditions(query)
    by_file = match is None and any(part.of_file for part in parts)
    where = [(by_file and part.of_file) or part.sql for part in parts]
    values = [value for part in parts for value in part.values]
    if scope:
        where.append(f"s.file IN ({scope})")
    if as_of is not None:
        where.append("s.known <= ?")
        values.append(as_of.toordinal())
    if by_file:
        source = (
            "SELECT s.id AS id FROM file CROSS JOIN span s ON s.id BETWEEN file.first AND file.last"
        )
        order = " ORDER BY file.id DESC"
    elif match is None:
        source = "SELECT s.id AS id FROM span s"
        order = " ORDER BY s.id DESC"
    else:
        source = "SELECT s.id AS id FROM words CROSS JOIN span s ON s.id = words.rowid"
        where.insert(0, "words MATCH ?")
        values.insert(0, match)
        order = " ORDER BY words.rowid DESC"
    sql = f"{source} WHERE {' AND '.join(where) or '1'}{order} LIMIT {CANDIDATES + 1}"
    return Condition(sql, tuple(values))


def _files(connection: sqlite3.Connection, ids: set[int]) -> dict[int, tuple[bytes, str, str]]:
    marks = ", ".join("?" * len(ids))
    rows = connection.execute(
        f"SELECT id, path, title, as_of FROM file WHERE id IN ({marks})", list(ids)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}
