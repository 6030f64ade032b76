"""The actors and deals of the index, the files they appear in, and possible duplicates.

An entity is stored once, however many files have it, under every name by which it can be joined
with others. A lookup therefore reads only possible duplicates, and still gives what
`entity_resolution.joined` would give for the whole index.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

import msgspec

from briefing_tui.briefing.model import wikidata_ids
from briefing_tui.library.entity_resolution import Kind, Named, normal
from briefing_tui.query.words import spellings

_ID, _OWN, _OTHER, _SAME, _SPELT, _WORD = "=", "n", "a", "s", "i", "w"
"""The prefix of a key: an id, a name, another name, an id of ``same_as``, a normalised id, or the
part of a name after some of its words."""
_WHOLE = "\n"
"""Separates the end of a name from the whole name; no name contains it."""
_MANY = 500
"""Parameters in one statement; every SQLite takes 999."""


class NameMatch(NamedTuple):
    """An actor or deal with a name that matches."""

    kind: Kind
    name: str
    """As one of the briefings spells it."""


def packed(named: Named) -> bytes:
    """Return the serialised identity of an actor or deal."""
    return _ENCODER.encode(named)


def add_appearances(connection: sqlite3.Connection, file: int, named: Iterable[bytes]) -> None:
    """Add the appearances of entities in a file."""
    unique = dict.fromkeys(named)
    ids_by_name = {entity: number for number, entity in rows_of(connection, _KNOWN, unique)}
    rows = [(ids_by_name.get(entity) or _new(connection, entity), file) for entity in unique]
    connection.executemany("INSERT INTO appears VALUES (?, ?)", rows)


def remove_appearances(connection: sqlite3.Connection, file: int) -> None:
    """Remove the appearances in a file, and entities that have none left."""
    parties = connection.execute("SELECT party FROM appears WHERE file = ?", (file,)).fetchall()
    connection.execute("DELETE FROM appears WHERE file = ?", (file,))
    for (party,) in parties:
        if connection.execute("SELECT 1 FROM appears WHERE party = ?", (party,)).fetchone():
            continue
        row = connection.execute("SELECT named FROM party WHERE id = ?", (party,)).fetchone()
        if row:
            names = [(name, party) for name in _names(_DECODER.decode(row[0]))]
            connection.executemany("DELETE FROM called WHERE name = ? AND party = ?", names)
            connection.execute("DELETE FROM party WHERE id = ?", (party,))


def all_subjects(connection: sqlite3.Connection) -> dict[Named, list[str]]:
    """Return all actors and deals, with the files that they appear in."""
    rows = connection.execute("SELECT id, named FROM party").fetchall()
    return _with_files(connection, {number: _DECODER.decode(data) for number, data in rows})


def subjects_named(connection: sqlite3.Connection, query: str) -> dict[Named, list[str]]:
    """Return the entities of an id or a name, and all that may be the same."""
    spelt = normal(query)
    names = [
        f"{_ID}{query}",
        *_same_wikidata((query,)),
        *(f"{sign}{spelt}" for sign in (_OWN, _OTHER, _SPELT)),
    ]
    return _with_kin(connection, [f"{kind}{name}" for kind in "ad" for name in names])


def by_name_prefix(connection: sqlite3.Connection, text: str, limit: int) -> list[NameMatch]:
    """Return actors and deals with a word that has a prefix, at most ``limit`` of each kind.

    Those whose name begins with it come first.
    """
    spelt = normal(text)
    if not spelt:
        return []
    kinds: tuple[Kind, ...] = ("actor", "deal")
    matches: list[NameMatch] = []
    for kind in kinds:
        names: dict[str, NameMatch] = {}
        for sign in (_OWN, _OTHER, _WORD, _SPELT):
            first = f"{kind[0]}{sign}{spelt}"
            rows = connection.execute(_BEGINNING, (first, first + _LAST, limit)).fetchall()
            for key, data in rows:
                full_name = key[2:].rpartition(_WHOLE)[2]
                entity = _DECODER.decode(data)
                aliases = (alias for alias in entity.aka if full_name in spellings(alias))
                name = next(aliases, entity.name)
                names.setdefault(normal(name), NameMatch(kind, name))
        matches += list(names.values())[:limit]
    return matches


def subjects_with_ids(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[Named, list[str]]:
    """Return the entities that have one of some ids, and all that may be the same."""
    return _with_kin(connection, [f"{kind}{_ID}{name}" for kind in "ad" for name in ids])


def _with_kin(connection: sqlite3.Connection, names: list[str]) -> dict[Named, list[str]]:
    """Return the entities of some names, and all that may be the same as one of them."""
    subjects: dict[Named, list[str]] = {}
    seen: set[int] = set()
    searched: set[str] = set()
    while names:
        searched.update(names)
        rows = rows_of(connection, _CALLED, names)
        new = {number: _DECODER.decode(data) for number, data in rows if number not in seen}
        seen |= new.keys()
        # An entity outside this library must not join two inside it.
        in_scope = _with_files(connection, new)
        subjects |= in_scope
        names = list({name for data in in_scope for name in _beside(data)} - searched)
    return subjects


_KNOWN = "SELECT id, named FROM party WHERE named IN ({})"
_CALLED = """
SELECT DISTINCT party.id, party.named FROM called JOIN party ON party.id = called.party
WHERE called.name IN ({})
"""
_LAST = "\U0010ffff"
_BEGINNING = """
SELECT called.name, min(party.named) FROM called JOIN party ON party.id = called.party
WHERE called.name >= ? AND called.name < ? AND EXISTS (
  SELECT 1 FROM appears
  WHERE appears.party = called.party AND appears.file IN (SELECT id FROM temp.scope)
)
GROUP BY called.name ORDER BY called.name LIMIT ?
"""
_FILES = """
SELECT appears.party, file.path FROM appears JOIN file ON file.id = appears.file
WHERE appears.party IN ({}) AND appears.file IN (SELECT id FROM temp.scope)
"""


def _with_files(
    connection: sqlite3.Connection, entities: dict[int, Named]
) -> dict[Named, list[str]]:
    files: dict[int, list[str]] = {}
    for number, path in rows_of(connection, _FILES, entities):
        files.setdefault(number, []).append(os.fsdecode(path))
    return {entities[number]: paths for number, paths in files.items()}


def rows_of(
    connection: sqlite3.Connection, sql: str, values: Iterable[object]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a statement with a list of parameters, which may be long."""
    remaining = iter(values)
    while chunk := list(islice(remaining, _MANY)):
        yield from connection.execute(sql.format(", ".join("?" * len(chunk))), chunk).fetchall()


def _new(connection: sqlite3.Connection, named: bytes) -> int:
    number = connection.execute("INSERT INTO party (named) VALUES (?)", (named,)).lastrowid
    assert number is not None
    rows = [(name, number) for name in _names(_DECODER.decode(named))]
    connection.executemany("INSERT INTO called VALUES (?, ?)", rows)
    return number


def _names(entity: Named) -> set[str]:
    """Return the keys under which an entity is found."""
    names = {f"{_ID}{entity.id}", *(f"{_SPELT}{words}" for words in spellings(entity.id))}
    names |= {f"{_OWN}{words}" for words in spellings(entity.name)}
    names |= {f"{_OTHER}{words}" for other in entity.aka for words in spellings(other)}
    names |= {f"{_SAME}{other}" for other in entity.same_as}
    for name in chain.from_iterable(map(spellings, (entity.name, *entity.aka))):
        words = name.split(" ")
        names |= {f"{_WORD}{' '.join(words[at:])}{_WHOLE}{name}" for at in range(1, len(words))}
    return {entity.kind[0] + name for name in names}


def _same_wikidata(same_as: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{_SAME}{name}" for name in wikidata_ids(same_as))


def _beside(entity: Named) -> set[str]:
    """Return the keys of possible duplicates: see `entity_resolution`."""
    own_name = normal(entity.name)
    names = {f"{_ID}{entity.id}", f"{_SAME}{entity.id}"}
    names |= {*(f"{_ID}{other}" for other in entity.same_as), *_same_wikidata(entity.same_as)}
    # Two other names do not join entities, nor do names without a letter.
    names |= {f"{_OWN}{name}" for name in (own_name, *map(normal, entity.aka)) if name}
    names |= {f"{_OTHER}{own_name}"} if own_name else set()
    return {entity.kind[0] + name for name in names}


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Named)
