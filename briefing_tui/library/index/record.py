"""What the index keeps of one file. Runs in worker processes, which return records."""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from typing import Literal, TypeVar

import msgspec

from briefing_tui.briefing.check import check
from briefing_tui.briefing.document import MAX_BYTES, Document, digest
from briefing_tui.briefing.load import load
from briefing_tui.briefing.problems import Problem, UnreadableFileError
from briefing_tui.briefing.text import one_line, printable
from briefing_tui.library.discovery import is_briefing, stamp
from briefing_tui.library.entity_resolution import appearances
from briefing_tui.library.index.entities import packed
from briefing_tui.query.fact import Fact
from briefing_tui.storage.document_cache import encode
from briefing_tui.views.as_of import known_day
from briefing_tui.views.statements import facts, unfiltered_scene

T = TypeVar("T")

UNSURE = -1
"""Stands for the stamp of a file that may yet change within the tick of its clock."""
_TICK = 50_000_000
"""Nanoseconds within which two changes of a file may bear one time."""

State = Literal["sound", "broken", "other"]


class Job(msgspec.Struct, frozen=True, array_like=True):
    """A file to examine."""

    path: bytes
    digest: bytes = b""
    """The hash of the indexed content, which is not parsed again."""


class Summary(msgspec.Struct, frozen=True, array_like=True):
    """What a list shows of a briefing."""

    title: str
    as_of: str = ""
    tags: tuple[str, ...] = ()
    events: int = 0
    actors: int = 0
    deals: int = 0
    errors: int = 0
    warnings: int = 0
    first_error: str = ""
    """As ``line:column: code message``."""
    bottom_line: str = ""
    """As known on its own day."""


class Record(msgspec.Struct, frozen=True, array_like=True):
    """The content of a file as the index stores it."""

    path: bytes
    size: int
    stamp: int
    """As `discovery.stamp` makes it, or `UNSURE`."""
    digest: bytes = b""
    state: State | Literal["same", "gone"] = "gone"
    """``other`` is no briefing, ``same`` has not changed, ``gone`` is not there any more."""
    summary: Summary | None = None
    facts: tuple[Fact, ...] = ()
    named: tuple[bytes, ...] = ()
    """Its actors and deals, each as `parties.packed` makes it."""
    postings: bytes = b""
    """What full-text search holds of its facts beside their texts, packed."""
    briefing: bytes = b""
    """The briefing, compiled and compressed; empty if a part could not be understood."""


def examine(job: Job) -> Record:
    """Read and check a file and flatten its entries, unless its content is the same."""
    try:
        with open(job.path, "rb") as file:
            status = os.fstat(file.fileno())
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Record(job.path, 0, UNSURE)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        return failure(job.path, message)
    when = _settled(status)
    content = digest(data)
    if content == job.digest:
        return Record(job.path, status.st_size, when, content, "same")
    if not is_briefing(data):
        return Record(job.path, status.st_size, when, content, "other")
    return _record(job.path, status.st_size, when, content, data)


def failure(path: bytes, message: str) -> Record:
    """Return the record of a file that could not be examined, to be tried again."""
    summary = Summary(_stem(path), errors=1, first_error=message)
    return Record(path, 0, UNSURE, b"", "broken", summary)


def _settled(status: os.stat_result) -> int:
    """Return the stamp of a file, or `UNSURE` if a later change may have the same one."""
    return stamp(status) if status.st_ctime_ns + _TICK < time.time_ns() else UNSURE


def _record(path: bytes, size: int, when: int, content: bytes, data: bytes) -> Record:
    try:
        document = load(data, "")
    except UnreadableFileError as refused:
        summary = Summary(_stem(path), errors=1, first_error=_located(refused.problems[0]))
        return Record(path, size, when, content, "broken", summary)
    problems = check(document)
    summary = _summary(document, problems)
    state: State = "broken" if summary.errors else "sound"
    statements = tuple(facts(unfiltered_scene(document)))
    entities = tuple(packed(appearance.named) for appearance in appearances("", document.briefing))
    postings = [(fact.actor_words, fact.deal_words, " ".join(fact.facets)) for fact in statements]
    # Where something could not be understood, stand-ins took its place.
    encoded = b"" if document.problems else zlib.compress(encode(document.briefing), 1)
    return Record(
        path, size, when, content, state, summary, statements, entities, pack(postings), encoded
    )


def pack(value: object) -> bytes:
    """Serialise and compress a value."""
    return zlib.compress(msgspec.msgpack.encode(value), 1)


def unpacked(data: bytes, kind: type[T]) -> T:
    """Return the value of `pack`.

    Raises:
        sqlite3.DatabaseError: they are damaged.
    """
    try:
        return msgspec.msgpack.decode(zlib.decompress(data), type=kind)
    except (zlib.error, msgspec.DecodeError) as error:
        raise sqlite3.DatabaseError("a packed value is malformed") from error


def _summary(document: Document, problems: list[Problem]) -> Summary:
    briefing = document.briefing
    errors = [problem for problem in problems if problem.is_error]
    return Summary(
        title=one_line(briefing.title),
        as_of=briefing.as_of.text,
        tags=tuple(one_line(tag) for tag in briefing.tags),
        events=len(briefing.timeline),
        actors=len(briefing.actors),
        deals=len(briefing.deals),
        errors=len(errors),
        warnings=len(problems) - len(errors),
        first_error=_located(errors[0]) if errors else "",
        bottom_line=" ".join(
            one_line(point.text)
            for point in briefing.bottom_line
            if (day := known_day(point, briefing)) is None or day <= briefing.as_of.upper
        ),
    )


def _located(problem: Problem) -> str:
    return problem.format("").removeprefix(":")


def _stem(path: bytes) -> str:
    return printable(os.path.splitext(os.path.basename(os.fsdecode(path)))[0])
