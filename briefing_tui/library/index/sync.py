"""Brings the index up to date with the files, in batches of one transaction each."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from pathlib import Path

import msgspec

from briefing_tui.briefing.document import digest, read_bytes
from briefing_tui.library.discovery import CandidateFile, Roots, Skipped, discover
from briefing_tui.library.index import stored_rows
from briefing_tui.library.index.database import transaction
from briefing_tui.library.index.record import Job, Record
from briefing_tui.library.index.worker_pool import examined, processors

FIRST_BATCH, BATCH = 0.25, 1.0
"""Seconds after which results are written: soon at first, so that lists begin to fill."""

TIDYING, FEW = 0.05, 500
"""Seconds and files spent in each refresh on files of other libraries that are gone."""


class IndexProgress(msgspec.Struct, frozen=True):
    """The progress of indexing, in files."""

    done: int
    total: int
    seconds_left: float | None
    """An estimate; None if it is too early for one."""


class Changes(msgspec.Struct):
    """What a refresh changed, in files."""

    read: int = 0
    moves: list[tuple[str, str]] = []
    """Old and new paths of files that were moved."""
    removed: int = 0
    ignored: bool = False
    """Whether ignore files leave something out."""
    skipped: list[Skipped] = []
    """Ignore files and patterns that have no effect."""

    def __bool__(self) -> bool:
        return bool(self.read or self.moves or self.removed)


class StaleIndexError(Exception):
    """An index that cannot be written lacks some files."""


Report = Callable[[IndexProgress], None]


def refresh(
    connection: sqlite3.Connection,
    roots: Roots,
    report: Report | None = None,
    processes: int | None = None,
    *,
    is_read_only: bool = False,
) -> Changes:
    """Index what changed since the last refresh, and limit queries to these roots.

    It can be stopped at any point, also by an exception of ``report``: what was written stays, and
    the next refresh continues there. Several processes may refresh at once.

    Raises:
        StaleIndexError: the index lacks what changed, and ``is_read_only``.
    """
    discovery = discover(roots)
    files = discovery.files
    records = stored_rows.known(connection, roots)
    stamps = ((file, records.get(file.path, _NOTHING)[:2]) for file in files)
    waiting = [file for file, stamp in stamps if stamp != (file.size, file.stamp)]
    paths = {file.path for file in files}
    # Files that exist but are ignored or not listed stay, for libraries that have them.
    gone = [path for path in records if path not in paths and not os.path.exists(path)]
    changes = Changes(ignored=discovery.ignored, skipped=discovery.skipped)
    if is_read_only:
        if any(_has_changed(file, records) for file in waiting):
            raise StaleIndexError
        waiting, gone = [], []
    if gone:
        with transaction(connection):
            unread = _moved(connection, waiting, gone, records, changes)
            changes.removed = sum(stored_rows.forget(connection, path) for path in gone)
        waiting = unread
    if waiting:
        jobs = [Job(file.path, records.get(file.path, _NOTHING)[2]) for file in waiting]
        count = processors() if processes is None else processes
        _read(connection, jobs, count, report, changes)
    if not is_read_only:
        _tidy(connection, roots)
    stored_rows.set_scope(connection, Roots(files=tuple(os.fsdecode(path) for path in paths)))
    return changes


def _tidy(connection: sqlite3.Connection, roots: Roots) -> None:
    """Remove some deleted files of other libraries, as many as take no noticeable time."""
    until = time.monotonic() + TIDYING
    paths = takewhile(
        lambda _: time.monotonic() <= until, stored_rows.elsewhere(connection, roots, FEW)
    )
    gone = [path for path in paths if not os.path.exists(path)]
    if gone:
        with transaction(connection):
            for path in takewhile(lambda _: time.monotonic() <= until, gone):
                stored_rows.forget(connection, path)


_NOTHING = (-1, -1, b"")


def _has_changed(file: CandidateFile, records: dict[bytes, stored_rows.Known]) -> bool:
    """Return whether the content of a file is another one than that of its record."""
    *_, content = records.get(file.path, _NOTHING)
    with contextlib.suppress(OSError):
        return digest(read_bytes(Path(os.fsdecode(file.path)))) != content
    return file.path not in records


def _read(
    connection: sqlite3.Connection,
    jobs: list[Job],
    processes: int,
    report: Report | None,
    changes: Changes,
) -> None:
    start = time.monotonic()
    done_count = 0
    batches = examined(jobs, processes)
    with contextlib.closing(batches):
        for batch in _timed(batches):
            with transaction(connection):
                changes.read += sum(stored_rows.put(connection, record) for record in batch)
            done_count += len(batch)
            if report is not None:
                spent = time.monotonic() - start
                seconds_left = spent / done_count * (len(jobs) - done_count) if spent > 1 else None
                report(IndexProgress(done_count, len(jobs), seconds_left))


def _timed(chunks: Iterable[list[Record]]) -> Iterator[list[Record]]:
    """Collect chunks into batches of a second, so that few transactions are needed."""
    batch: list[Record] = []
    start, wait = time.monotonic(), FIRST_BATCH
    for chunk in chunks:
        batch += chunk
        if time.monotonic() - start > wait:
            yield batch
            batch, start, wait = [], time.monotonic(), BATCH
    if batch:
        yield batch


def _moved(
    connection: sqlite3.Connection,
    waiting: list[CandidateFile],
    gone: list[bytes],
    records: dict[bytes, stored_rows.Known],
    changes: Changes,
) -> list[CandidateFile]:
    """Treat new files with the content of missing ones as moved; return the files to read."""
    contents = ((records[path], path) for path in gone)
    by_content = {(size, content): path for (size, _, content), path in contents if content}
    sizes = {size for size, _ in by_content}
    unread: list[CandidateFile] = []
    for candidate in waiting:
        old = None
        if candidate.path not in records and candidate.size in sizes:
            with contextlib.suppress(OSError):
                content = digest(read_bytes(Path(os.fsdecode(candidate.path)), candidate.size))
                old = by_content.pop((candidate.size, content), None)
        if old is None or not stored_rows.move(connection, old, candidate.path):
            unread.append(candidate)
        else:
            changes.moves.append((os.fsdecode(old), os.fsdecode(candidate.path)))
    return unread
