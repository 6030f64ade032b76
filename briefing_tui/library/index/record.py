"""The record of one file in the index; worker processes make them."""

from __future__ import annotations

import os
import time
import zlib
from typing import Literal

import msgspec

from briefing_tui.briefing.check import check
from briefing_tui.briefing.dates import day_at
from briefing_tui.briefing.document import MAX_BYTES, Document, digest, open_regular
from briefing_tui.briefing.load import load
from briefing_tui.briefing.problems import Problem, UnreadableFileError
from briefing_tui.briefing.provenance import has_ended
from briefing_tui.briefing.terminal_text import one_line, printable
from briefing_tui.library.discovery import is_briefing, stamp
from briefing_tui.library.entity_resolution import entities_of
from briefing_tui.library.index.entities import packed
from briefing_tui.query.fact import FIRST, Fact, facet
from briefing_tui.storage.document_cache import encode
from briefing_tui.views.as_of_filter import known_day
from briefing_tui.views.query_facts import facts, unfiltered_scene
from briefing_tui.views.terms import tracker

UNSURE = -1
"""The stamp of a file that may still change within the tick of its clock."""
_TICK = 50_000_000
"""Nanoseconds within which two changes of a file may have the same time."""


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
    commitments: int = 0
    errors: int = 0
    warnings: int = 0
    first_error: str = ""
    """As ``line:column: code message``."""
    bottom_line: str = ""
    """As known on its own day."""
    noun: str = "deal"
    """What its commitments are called."""


class Record(msgspec.Struct, frozen=True, array_like=True):
    """The content of a file as the index stores it."""

    path: bytes
    size: int
    stamp: int
    """As `discovery.stamp` makes it, or `UNSURE`."""
    digest: bytes = b""
    state: Literal["sound", "broken", "other", "same", "gone"] = "gone"
    """``other`` is not a briefing, ``same`` has not changed, ``gone`` has been deleted."""
    summary: Summary | None = None
    facts: tuple[Fact, ...] = ()
    named: tuple[bytes, ...] = ()
    """Its actors and deals, each as `entities.packed` serialises it."""
    postings: bytes = b""
    """The `postings_of` its facts, serialised and compressed."""
    briefing: bytes = b""
    """The briefing, compiled and compressed; empty if a part could not be understood."""


def examine(job: Job) -> Record:
    """Read and check a file and flatten its entries, unless its content is the same."""
    try:
        with open(job.path, "rb", opener=open_regular) as file:
            status = os.fstat(file.fileno())
            data = file.read(MAX_BYTES + 1) or b""
    except FileNotFoundError:
        return Record(job.path, 0, UNSURE)
    except OSError as error:
        return failure(job.path, f"cannot be read: {error.strerror}")
    # A later change within the tick of the clock may have the same stamp.
    is_settled = status.st_ctime_ns + _TICK < time.time_ns()
    settled = stamp(status) if is_settled else UNSURE
    record = Record(job.path, status.st_size, settled, digest(data))
    if record.digest == job.digest:
        return msgspec.structs.replace(record, state="same")
    if not is_briefing(data):
        return msgspec.structs.replace(record, state="other")
    try:
        document = load(data, "")
    except UnreadableFileError as refused:
        summary = Summary(_stem(job.path), errors=1, first_error=_located(refused.problems[0]))
        return msgspec.structs.replace(record, state="broken", summary=summary)
    summary = _summary(document, check(document))
    statements = tuple(facts(unfiltered_scene(document)))
    postings = msgspec.msgpack.encode([postings_of(fact) for fact in statements])
    return msgspec.structs.replace(
        record,
        state="broken" if summary.errors else "sound",
        summary=summary,
        facts=statements,
        named=tuple(map(packed, entities_of(document.briefing))),
        postings=zlib.compress(postings, 1),
        # Placeholders replace what could not be understood: such a briefing is read again.
        briefing=b"" if document.problems else zlib.compress(encode(document.briefing), 1),
    )


def failure(path: bytes, message: str) -> Record:
    """Return the record of a file that could not be examined, to be tried again."""
    summary = Summary(_stem(path), errors=1, first_error=message)
    return Record(path, 0, UNSURE, b"", "broken", summary)


def postings_of(fact: Fact) -> tuple[str, str, str]:
    """Return the words of a fact in full-text search, except those of its text."""
    return fact.actor_words, fact.deal_words, " ".join((*fact.facets, year_facet(fact.upper)))


def year_facet(upper: int) -> str:
    """Return the facet of the year in which a date ends; of no year without a date.

    No query names it: the index finds the latest of many statements by it.
    """
    return facet("until", str(day_at(upper).year) if upper >= FIRST else "")


def _summary(document: Document, problems: list[Problem]) -> Summary:
    briefing = document.briefing
    errors = [problem for problem in problems if problem.is_error]
    return Summary(
        title=one_line(briefing.title),
        as_of=briefing.as_of.text,
        tags=tuple(one_line(tag) for tag in briefing.tags),
        events=len(briefing.timeline),
        actors=len(briefing.actors),
        commitments=len(briefing.commitments),
        noun=tracker(briefing).noun,
        errors=len(errors),
        warnings=len(problems) - len(errors),
        first_error=_located(errors[0]) if errors else "",
        bottom_line=" ".join(
            one_line(point.text)
            for point in briefing.bottom_line
            if (day := known_day(point, briefing)) is None or day <= briefing.as_of.upper
            if not has_ended(point, briefing.as_of.upper)
        ),
    )


def _located(problem: Problem) -> str:
    return problem.format("").removeprefix(":")


def _stem(path: bytes) -> str:
    return printable(os.path.splitext(os.path.basename(os.fsdecode(path)))[0])
