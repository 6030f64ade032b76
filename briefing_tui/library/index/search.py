"""Searching the index: hits by rank, each with an extract."""

from __future__ import annotations

import datetime
import os
import sqlite3

import msgspec

from briefing_tui.library.index.sql_query import Condition, conditions
from briefing_tui.query.fields import day_from_ordinal
from briefing_tui.query.matching import rank
from briefing_tui.query.nodes import Node, Words, search_terms
from briefing_tui.query.snippet import Snippet, make_snippet
from briefing_tui.query.words import spellings

CANDIDATES = 1000
"""Statements that are ranked; if more match, those indexed last."""

_BOOST = {"bottom_line": 0.6, "title": 0.5, "key_points": 0.3}
"""Added to the rank of summarising statements, by the first part of their keys."""


class Hit(msgspec.Struct, frozen=True):
    """A statement that matches a query."""

    path: str
    title: str
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


_COLUMNS = """
SELECT statement.id, statement.key, statement.pane, statement.kind, statement.text, statement.date,
  s.upper, s.known, file.path, file.title, file.as_of
FROM span s JOIN statement ON statement.id = s.id JOIN file ON file.id = s.file
"""


def search(
    connection: sqlite3.Connection,
    query: Node,
    *,
    limit: int = 100,
    as_of: datetime.date | None = None,
) -> Results:
    """Return the statements of the files in the scope that match a query.

    With ``as_of``, statements that could not be known on that day are left out.
    """
    ids = _matching_ids(query, as_of)
    rows = connection.execute(f"{_COLUMNS} WHERE s.id IN ({ids.sql})", ids.values).fetchall()
    more = len(rows) > min(limit, CANDIDATES)
    rows = sorted(rows, key=lambda row: -row[0])[:CANDIDATES]
    terms = search_terms(query)
    ranks = {row[0]: _rank(row[1], row[4], terms) if terms else row[6] for row in rows}
    rows.sort(key=lambda row: (-ranks[row[0]], row[0]))
    hits = [
        Hit(
            path=os.fsdecode(path),
            title=title,
            entry=key,
            pane=pane,
            kind=kind,
            extract=make_snippet(text, terms),
            date=date,
            known=day_from_ordinal(known),
            as_of=as_of_text,
        )
        for _, key, pane, kind, text, date, _, known, path, title, as_of_text in rows[:limit]
    ]
    return Results(tuple(hits), more)


def _rank(key: str, text: str, terms: tuple[Words, ...]) -> float:
    best = max(rank(words, terms) for words in spellings(text))
    return best + _BOOST.get(key.partition("/")[0], 0)


def _matching_ids(query: Node, as_of: datetime.date | None) -> Condition:
    """Return SQL for the ids of matching statements, at most one more than are ranked."""
    match, parts = conditions(query)
    by_file = match is None and any(part.of_file for part in parts)
    where = [(by_file and part.of_file) or part.sql for part in parts]
    where.append("s.file IN (SELECT id FROM temp.scope)")
    values = [value for part in parts for value in part.values]
    if as_of is not None:
        where.append("s.known <= ?")
        values.append(as_of.toordinal())
    if by_file:
        source = "file CROSS JOIN span s ON s.id BETWEEN file.first AND file.last"
        order = "file.id"
    elif match is None:
        source, order = "span s", "s.id"
    else:
        source, order = "words CROSS JOIN span s ON s.id = words.rowid", "words.rowid"
        where.insert(0, "words MATCH ?")
        values.insert(0, match)
    sql = f"SELECT s.id AS id FROM {source} WHERE {' AND '.join(where)}"
    return Condition(f"{sql} ORDER BY {order} DESC LIMIT {CANDIDATES + 1}", tuple(values))
