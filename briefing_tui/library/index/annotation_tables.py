"""The reader's annotations in temporary tables, for queries over the index.

The tables belong to one connection, and have only the few entries that are marked or unread.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import msgspec

from briefing_tui.annotations import read_state, sidecar
from briefing_tui.annotations.anchors import anchors, resolve_marks
from briefing_tui.briefing.document import digest, read_bytes
from briefing_tui.briefing.problems import EntryPath, UnreadableFileError
from briefing_tui.library.unread_counts import readable
from briefing_tui.query.fact import facet
from briefing_tui.query.fields import MARKS
from briefing_tui.storage.directories import NOWHERE, Directories
from briefing_tui.storage.document_cache import open_document
from briefing_tui.storage.per_briefing_files import AnnotationFiles
from briefing_tui.views.query_facts import facts, unfiltered_scene
from briefing_tui.views.scene import Marks, Scene

_ANNOTATIONS = tuple(facet("is", name) for name in MARKS if name != "read")
_TAG = facet("mark", "")


class Annotated(msgspec.Struct, frozen=True):
    """The reader's annotations of a statement."""

    number: int
    """Its position in the briefing, counted from 0."""
    names: tuple[str, ...]
    """As `query.fact.facet` formats them; an entry without ``is·unread`` was read."""
    note: str
    """The note, folded; empty if there is none."""


class ReaderAnnotations:
    """Reads what the reader marked and read in a library; belongs to one index."""

    def __init__(self, directories: Directories = NOWHERE, *, sidecars: bool) -> None:
        """Begin with an empty cache; ``sidecars`` is whether stars and notes count."""
        self._directories = directories
        self._sidecars = sidecars
        self._cache_by_path: dict[str, tuple[object, list[Annotated]]] = {}

    def find(self, digests: dict[str, bytes]) -> tuple[list[str], dict[str, list[Annotated]]]:
        """Return the briefings that were opened, and the marked or unread entries by path.

        ``digests`` are the hashes of the indexed contents, by path.
        """
        opened: list[str] = []
        by_path: dict[str, list[Annotated]] = {}
        directories = self._directories
        places = AnnotationFiles(directories.state, directories.data, sidecars=self._sidecars)
        for path, content in digests.items():
            read_file, sidecars = places.of(path)
            record = readable(read_state.load_unread_count, read_file)
            if record is not None:
                opened.append(path)
            unread = record is not None and (record.unread or record.digest != content.hex())
            if unread or sidecars:
                by_path[path] = self._annotated(path, content, read_file, sidecars)
        return opened, by_path

    def _annotated(
        self, path: str, content: bytes, read_file: Path | None, sidecars: list[Path]
    ) -> list[Annotated]:
        stamp = content, *map(_stamp, [*([read_file] if read_file else []), *sidecars])
        cached = self._cache_by_path.get(path)
        if cached is None or cached[0] != stamp:
            entries = _read(self._directories.cache, path, content, read_file, sidecars)
            cached = self._cache_by_path[path] = stamp, entries
        return cached[1]


def write_tables(
    connection: sqlite3.Connection, opened: Iterable[str], annotations: dict[str, list[Annotated]]
) -> None:
    """Write the result of `ReaderAnnotations.find` to the tables."""
    connection.execute("BEGIN")
    with connection:
        for table in ("opened", "mark", "note"):
            connection.execute(f"DELETE FROM temp.{table}")
        insert = "INSERT OR IGNORE INTO temp.opened SELECT id FROM file WHERE path = ?"
        connection.executemany(insert, ((os.fsencode(path),) for path in opened))
        for path, entries in annotations.items():
            _write_file(connection, path, entries)


def _write_file(connection: sqlite3.Connection, path: str, entries: list[Annotated]) -> None:
    ask = "SELECT first FROM file WHERE path = ?"
    row = connection.execute(ask, (os.fsencode(path),)).fetchone()
    if row is None:
        return
    names = ((row[0] + entry.number, name) for entry in entries for name in entry.names)
    connection.executemany("INSERT INTO temp.mark VALUES (?, ?)", names)
    notes = ((row[0] + entry.number, f" {entry.note} ") for entry in entries if entry.note)
    connection.executemany("INSERT INTO temp.note VALUES (?, ?)", notes)


def _read(
    cache: Path | None, path: str, content: bytes, read_file: Path | None, sidecars: list[Path]
) -> list[Annotated]:
    try:
        data = read_bytes(Path(path))
        if digest(data) != content:
            return []  # its statements in the index are of another version
        scene = unfiltered_scene(open_document(cache, data, path))
    except (OSError, UnreadableFileError, ValueError):
        return []
    state = readable(read_state.load, read_file)
    statements = facts(msgspec.structs.replace(scene, marks=_marks(scene, state, sidecars)))
    annotated = []
    for number, fact in enumerate(statements):
        names = [name for name in fact.facets if name in _ANNOTATIONS or name.startswith(_TAG)]
        if names:
            annotated.append(Annotated(number, tuple(names), fact.note_words))
    return annotated


def _marks(scene: Scene, state: read_state.ReadState | None, sidecars: list[Path]) -> Marks:
    """Return the marks of all sidecars; nothing is unread without a read state."""
    current = anchors(scene)
    stars: set[EntryPath] = set()
    notes: dict[EntryPath, tuple[str, ...]] = {}
    for path in sidecars:
        for marks in resolve_marks(readable(sidecar.read, path) or {}, current):
            if marks.path is not None:
                stars |= {marks.path} if marks.star else set()
                if marks.notes:
                    notes[marks.path] = (*notes.get(marks.path, ()), *marks.notes)
    news = read_state.difference(state, current).news if state is not None else {}
    return Marks(stars=frozenset(stars), notes=notes, news=news)


def _stamp(path: Path) -> object:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
