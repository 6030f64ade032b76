"""Bringing the index up to date with the files, in batches that each stand for themselves."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator

import msgspec

from briefing_tui.briefing.document import digest
from briefing_tui.library.discovery import CandidateFile, Roots, Skipped, discover
from briefing_tui.library.index import rows
from briefing_tui.library.index.record import Job, Record
from briefing_tui.library.index.worker_pool import examined, processors

FIRST_BATCH, BATCH = 0.25, 1.0
"""Seconds after which what was found is written: soon at first, so that lists begin to fill."""

TIDYING, FEW = 0.05, 500
"""Seconds, and files, that are spent on each occasion on what other libraries left behind."""


class Progress(msgspec.Struct, frozen=True):
    """How far indexing has come."""

    done: int
    total: int
    seconds_left: float | None
    """An estimate; nothing where it is too early for one."""


class Changes(msgspec.Struct):
    """What came of bringing an index up to date, in files."""

    read: int = 0
    """New ones and changed ones."""
    moves: list[tuple[str, str]] = []
    """Paths of files that have another now, with that."""
    removed: int = 0
    ignored: bool = False
    """Whether ignore files leave something of the library out."""
    skipped: list[Skipped] = []
    """What of the ignore files has no effect."""

    @property
    def moved(self) -> int:
        """How many have another path."""
        return len(self.moves)

    def __bool__(self) -> bool:
        return bool(self.read or self.moved or self.removed)


Report = Callable[[Progress], None]


def refresh(
    connection: sqlite3.Connection,
    roots: Roots,
    report: Report | None = None,
    processes: int | None = None,
) -> tuple[Changes, list[int]]:
    """Read what changed since the index was last brought up to date.

    It can be stopped at any point, by an exception of ``report`` too: what was written stays, and
    the next time goes on from there. Several processes may do it at once.

    Returns:
        What changed, and the ids of the library's briefings, in the order of the files.
    """
    discovery = discover(roots)
    files = discovery.files
    records = rows.known(connection, roots)
    waiting = [
        file for file in files if records.get(file.path, _NOTHING)[:2] != (file.size, file.stamp)
    ]
    paths = {file.path for file in files}
    # What is there, but ignored or not listed, stays for those who list it.
    gone = [path for path in records if path not in paths and not os.path.exists(path)]
    changes = Changes(ignored=discovery.ignored, skipped=discovery.skipped)
    if gone:
        with rows.transaction(connection):
            unread = _moved(connection, waiting, gone, records, changes)
            changes.removed = sum(rows.forget(connection, path) for path in gone)
        waiting = unread
    if waiting:
        jobs = [Job(file.path, records.get(file.path, _NOTHING)[2]) for file in waiting]
        count = processors() if processes is None else processes
        _read(connection, jobs, count, report, changes)
    _tidy(connection, roots)
    return changes, rows.briefing_ids(connection, [file.path for file in files])


def _tidy(connection: sqlite3.Connection, roots: Roots) -> None:
    """Forget some files of other libraries that are gone, and nobody may ask for again.

    Each time only a few are looked for, and no longer than would be noticed: a library that was
    deleted goes little by little.
    """
    until = time.monotonic() + TIDYING
    gone = []
    for path in rows.elsewhere(connection, roots, FEW):
        if time.monotonic() > until:
            break
        if not os.path.exists(path):
            gone.append(path)
    if not gone:
        return
    with rows.transaction(connection):
        for path in gone:
            rows.forget(connection, path)
            if time.monotonic() > until:
                break


_NOTHING = (-1, -1, b"")


def _read(
    connection: sqlite3.Connection,
    jobs: list[Job],
    processes: int,
    report: Report | None,
    changes: Changes,
) -> None:
    start = time.monotonic()
    done_count = 0
    batches = examined(jobs, len(jobs), processes)
    with contextlib.closing(batches):
        for batch in _timed(batches):
            with rows.transaction(connection):
                changes.read += sum(rows.put(connection, record) for record in batch)
            done_count += len(batch)
            if report is not None:
                spent = time.monotonic() - start
                seconds_left = spent / done_count * (len(jobs) - done_count) if spent > 1 else None
                report(Progress(done_count, len(jobs), seconds_left))


def _timed(chunks: Iterable[list[Record]]) -> Iterator[list[Record]]:
    """Chunks put together into batches of some time, so that few transactions are needed."""
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
    records: dict[bytes, rows.Known],
    changes: Changes,
) -> list[CandidateFile]:
    """Let new files that hold what lost ones held take their places; the others still wait."""
    by_content = {
        (size, content): path for path in gone for size, _, content in (records[path],) if content
    }
    sizes = {size for size, _ in by_content}
    unread: list[CandidateFile] = []
    for candidate in waiting:
        old = None
        if candidate.path not in records and candidate.size in sizes:
            with contextlib.suppress(OSError), open(candidate.path, "rb") as file:
                old = by_content.pop((candidate.size, digest(file.read(candidate.size + 1))), None)
        if old is None or not rows.move(connection, old, candidate.path):
            unread.append(candidate)
        else:
            changes.moves.append((os.fsdecode(old), os.fsdecode(candidate.path)))
    return unread
