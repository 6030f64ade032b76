"""Searching the index: hits by rank, each with an extract."""

from __future__ import annotations

import datetime
import os
import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from briefing_tui.briefing.dates import Edtf, day_at
from briefing_tui.library.index.entities import rows_of
from briefing_tui.library.index.record import year_facet
from briefing_tui.library.index.sql_query import (
    alternatives,
    conditions,
    facets,
    full_text,
    is_textual,
)
from briefing_tui.library.index.stored_rows import NUMBERS_A_DAY
from briefing_tui.query.fact import FIRST, LAST
from briefing_tui.query.fields import day_from_ordinal
from briefing_tui.query.matching import rank
from briefing_tui.query.nodes import And, Days, Node, Words, search_terms
from briefing_tui.query.snippet import Snippet, make_snippet
from briefing_tui.query.words import fold_words, spellings

CANDIDATES = 1000
"""Statements that are ranked: if more match, those of the newest briefings."""

MANY = 10_000
"""Statements of a full-text search that are not all listed to find the latest ones."""

_MOST = 1 << 62
"""The largest limit; SQLite has integers of 64 bits."""

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
    """The hits of a search, in an order that depends on the content of the library alone.

    With words, the best come first, of the `CANDIDATES` in the newest briefings; the others follow,
    newest briefing first. Without words, the statements with the latest date come first. Equal ones
    are sorted by the day of the briefing, its path, and their order in it.
    """

    hits: tuple[Hit, ...]
    total: int | None
    """How many statements match; None if there are more than these, and they were not counted."""
    is_ranked: bool = True
    """Whether the best come first, rather than the newest."""


_COLUMNS = """
SELECT s.id, s.upper, scope.place, statement.key, statement.pane, statement.kind, statement.text,
  statement.date, s.known, file.path, file.title, file.as_of
FROM span s JOIN statement ON statement.id = s.id JOIN file ON file.id = s.file
JOIN temp.scope ON scope.id = s.file
"""
_LATEST = f"s.upper DESC, s.id / {NUMBERS_A_DAY} DESC, scope.place, s.id"
_Row = tuple[Any, ...]


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
    terms = search_terms(query)
    order = _by_briefing if terms else _by_date
    limit = min(limit, _MOST)
    most = max(limit, CANDIDATES) if terms else limit
    candidates = _candidates(connection, query, as_of, most + 1, is_ranked=bool(terms))
    rows = sorted(_rows(connection, [row[0] for row in candidates[:most]]), key=order)
    if terms:
        ranks = {row[0]: _rank(row[3], row[6], terms) for row in rows[:CANDIDATES]}
        rows.sort(key=lambda row: -ranks.get(row[0], -1))
    hits = tuple(_hit(row, terms) for row in rows[:limit])
    return Results(hits, len(candidates) if len(candidates) <= most else None, bool(terms))


def _by_briefing(row: _Row) -> tuple[int, int, int]:
    """Return the key that sorts by the day of the briefing, its path, and the order in it."""
    number, _, place, *_ = row
    return -(number // NUMBERS_A_DAY), place, number


def _by_date(row: _Row) -> tuple[int, int, int, int]:
    """Return the key that sorts by the date, the latest first, and otherwise by the briefing."""
    return -row[1], *_by_briefing(row)


def _hit(row: _Row, terms: tuple[Words, ...]) -> Hit:
    _, _, _, key, pane, kind, text, date, known, path, title, as_of = row
    return Hit(
        path=os.fsdecode(path),
        title=title,
        entry=key,
        pane=pane,
        kind=kind,
        extract=make_snippet(text, terms),
        date=date,
        known=day_from_ordinal(known),
        as_of=as_of,
    )


def _rank(key: str, text: str, terms: tuple[Words, ...]) -> float:
    if text.isascii():  # as most are
        best = rank(fold_words(text), terms)
    else:
        best = max(rank(words, terms) for words in spellings(text))
    return best + _BOOST.get(key.partition("/")[0], 0)


def _rows(connection: sqlite3.Connection, ids: list[int]) -> list[_Row]:
    return list(rows_of(connection, f"{_COLUMNS} WHERE s.id IN ({{}})", ids))


class _Source(NamedTuple):
    """Where the statements that match are, as SQL."""

    tables: str
    where: str
    values: tuple[object, ...]
    number: str
    """The column with the numbers of the statements, by which it can be read in order."""
    match: str | None
    """The full-text expression that counts them, if there is no other condition than the scope."""

    def rows(self, order: str, limit: int, condition: str = "1") -> str:
        return (
            f"SELECT s.id, s.upper, scope.place FROM {self.tables} WHERE {self.where}"
            f" AND {condition} ORDER BY {order} LIMIT {limit}"
        )


def _source(
    query: Node, as_of: datetime.date | None, *, is_ranked: bool, years: str = ""
) -> _Source:
    """Return where the statements that match are, of some years if they are given."""
    match, parts = conditions(query)
    if years:
        if is_textual(query):
            match, parts = full_text(query), []
        match = f"({match}) AND {years}"
    # Words are found from the newest briefing on, which need not be sorted.
    by_file = match is None and not is_ranked and any(part.of_file for part in parts)
    where = [(by_file and part.of_file) or part.sql for part in parts]
    values = [value for part in parts for value in part.values]
    if as_of is not None:
        where.append("s.known <= ?")
        values.append(as_of.toordinal())
    number, tables = "s.id", "span s" if is_ranked else "span s INDEXED BY span_newest"
    if by_file:
        tables = "file CROSS JOIN span s ON s.id BETWEEN file.first AND file.last"
    elif match is not None:
        number, tables = "words.rowid", "words CROSS JOIN span s ON s.id = words.rowid"
        where.insert(0, "words MATCH ?")
        values.insert(0, match)
    tables += " CROSS JOIN temp.scope ON scope.id = s.file"
    matching = " AND ".join(where) or "1"
    counted = full_text(query) if as_of is None and is_textual(query) else None
    return _Source(tables, matching, tuple(values), number, counted)


def _candidates(
    connection: sqlite3.Connection,
    query: Node,
    as_of: datetime.date | None,
    limit: int,
    *,
    is_ranked: bool,
) -> list[_Row]:
    """Return number, date and place of the first statements that match, in order."""
    rows: dict[int, _Row] = {}
    oldest = 0
    for part in alternatives(query):
        if is_ranked:
            source = _source(part, as_of, is_ranked=True)
            found = _of_newest_briefings(connection, source, limit, oldest)
            oldest = _first_of_day(found[-1]) if len(found) == limit else 0
        else:
            found = _newest(connection, part, as_of, limit)
        rows |= {row[0]: row for row in found}
    return sorted(rows.values(), key=_by_briefing if is_ranked else _by_date)[:limit]


def _newest(
    connection: sqlite3.Connection, query: Node, as_of: datetime.date | None, limit: int
) -> list[_Row]:
    """Return statements with the latest dates.

    Those of full-text search have to be sorted: of many, a few years are listed at a time.
    """
    match = full_text(query) if is_textual(query) else conditions(query)[0]
    parts = query.parts if isinstance(query, And) else (query,)
    dates = [part for part in parts if isinstance(part, Days) and part.of == "date"]
    # Before a date the latest are few, and looked for in vain.
    is_before = any(part.upper < LAST for part in dates)
    if match is None or is_before or not _has_many(connection, match):
        source = _source(query, as_of, is_ranked=False)
        return connection.execute(source.rows(_LATEST, limit), source.values).fetchall()
    rows: list[_Row] = []
    for years in _years(connection, max((part.lower for part in dates), default=FIRST)):
        source = _source(query, as_of, is_ranked=False, years=years)
        rows += connection.execute(source.rows(_LATEST, limit - len(rows)), source.values)
        if len(rows) == limit:
            return rows
    if dates:
        return rows
    undated = _source(query, as_of, is_ranked=False, years=facets([year_facet(0)]))
    return rows + _of_newest_briefings(connection, undated, limit - len(rows))


def _has_many(connection: sqlite3.Connection, match: str) -> bool:
    ask = "SELECT rowid FROM words WHERE words MATCH ? LIMIT 1 OFFSET ?"
    return connection.execute(ask, (match, MANY)).fetchone() is not None


def _years(connection: sqlite3.Connection, first: int) -> Iterator[str]:
    """Yield the years of statements from a second on, the latest first, twice as many each time."""
    ask = "SELECT max(upper) FROM span WHERE upper BETWEEN ? AND ?"
    before, count = LAST + 1, 1
    while True:
        names: list[str] = []
        while len(names) < count:
            (upper,) = connection.execute(ask, (first, before - 1)).fetchone()
            if upper is None:
                break
            names.append(year_facet(upper))
            before = Edtf.parse(f"{day_at(upper).year:04}").instants[0]
        if not names:
            return
        yield facets(names)
        count *= 2


def _of_newest_briefings(
    connection: sqlite3.Connection, source: _Source, limit: int, oldest: int = 0
) -> list[_Row]:
    """Return statements of the newest briefings, from a number on.

    They are numbered by day, so that the newest are read first, and no more than are needed. Those
    of the last day are read again, since they are numbered as they were indexed.
    """
    sql = source.rows(f"{source.number} DESC", limit, f"{source.number} >= {oldest}")
    rows = connection.execute(sql, source.values).fetchall()
    if len(rows) < limit:
        return rows
    first = _first_of_day(rows[-1])
    newer = [row for row in rows if row[0] >= first + NUMBERS_A_DAY]
    of_day = f"{source.number} BETWEEN {first} AND {first + NUMBERS_A_DAY - 1}"
    sql = source.rows("scope.place, s.id", limit - len(newer), of_day)
    return newer + connection.execute(sql, source.values).fetchall()


def _first_of_day(row: _Row) -> int:
    """Return the lowest number of a statement in a briefing of the same day."""
    number: int = row[0]
    return number // NUMBERS_A_DAY * NUMBERS_A_DAY


def count(connection: sqlite3.Connection, query: Node, as_of: datetime.date | None = None) -> int:
    """Return how many statements match a query, which takes longer than to find the first."""
    source = _source(query, as_of, is_ranked=bool(search_terms(query)))
    if source.match and not connection.execute(_OUTSIDE).fetchone()[0]:
        sql = "SELECT count(*) FROM words WHERE words MATCH ?"
        return int(connection.execute(sql, (source.match,)).fetchone()[0])
    sql = f"SELECT count(*) FROM {source.tables} WHERE {source.where}"
    return int(connection.execute(sql, source.values).fetchone()[0])


_OUTSIDE = """
SELECT EXISTS (SELECT 1 FROM file WHERE last >= first AND id NOT IN (SELECT id FROM temp.scope))
"""
