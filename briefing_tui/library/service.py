"""The index for screens, queried in threads so that no key waits for it.

They are daemon threads, since leaving must not wait until a batch is indexed. Each has its own
connection to the index, so that lists and searches return while it is being written.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from briefing_tui.annotations.read_state import ReadingStatus
from briefing_tui.library.daemon_threads import StoppedError, complete
from briefing_tui.library.discovery import Roots, notice
from briefing_tui.library.index.annotation_tables import ReaderAnnotations
from briefing_tui.library.index.entities import NameMatch
from briefing_tui.library.index.library_index import Index, Listed
from briefing_tui.library.index.search import Results
from briefing_tui.library.index.sync import Changes, IndexProgress
from briefing_tui.library.list_rows import base_of
from briefing_tui.library.unread_counts import UnreadSurvey
from briefing_tui.library.workspace import Workspace
from briefing_tui.query.nodes import Node, needs_annotations

T = TypeVar("T")
Job = Callable[[Index], T]

OFFERED = 12
"""Maximum number of actors, and of deals, with a name that begins with a text."""
_TIME_SLICE = 0.1
"""Seconds after which a survey lets other jobs run."""


class LibraryService:
    """Answers questions about a library, and keeps its index up to date."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.base = base_of((*workspace.roots.directories, *workspace.roots.files))
        """The directory that paths are shown from."""
        self.changes = Changes()
        self._annotations = ReaderAnnotations(workspace.directories, sidecars=workspace.sidecars)
        self._has_annotations = False
        """Whether searches use the present annotations."""
        self._is_refreshed = False
        self._shown_notices: set[str] = set()
        self._problem = ""
        self._stopped = threading.Event()
        self._index_file = workspace.index_file
        self._opening = threading.Lock()
        threads = (_IndexThread(self._open_index, self._is_current) for _ in range(3))
        self._writer, self._reader, self._gatherer = threads

    def close(self) -> None:
        """Stop at the next batch, without waiting for it."""
        self._stopped.set()
        for thread in (self._writer, self._reader, self._gatherer):
            thread.end()

    def take_notice(self) -> str:
        """Return the notices that were not returned before, in one line."""
        index = self._writer.notice or self._reader.notice
        notices = [index, notice(self.changes.skipped, self.base), self._problem]
        new = [line for line in notices if line and line not in self._shown_notices]
        self._shown_notices.update(new)
        return " ".join(new)

    def report(self, problem: str) -> None:
        """Add a problem to the notices."""
        self._problem = problem

    async def search(self, query: Node, limit: int) -> Results:
        """Return the statements that match a query, best first."""

        def search(index: Index) -> Results:
            if needs_annotations(query) and not self._has_annotations:
                self._has_annotations = True
                index.set_annotations(self._annotations)
            return index.search(query, limit)

        return await self._reader.run(search)

    async def count(self, query: Node) -> int:
        """Return how many statements match a query that was just searched for."""
        return await self._reader.run(lambda index: index.count_matches(query))

    async def gather(self, job: Job[T]) -> T:
        """Return the result of a job that may take seconds; other queries do not wait for it."""
        return await self._gatherer.run(self._in_scope(job))

    async def names(self, beginning: str) -> list[NameMatch]:
        """Return some actors and deals with a word in their names that has a prefix."""
        return await self._reader.run(lambda index: index.names(beginning, OFFERED))

    @property
    def tracks_reading(self) -> bool:
        """Whether the read state of the reader is recorded."""
        return self.workspace.directories.state is not None

    def annotations_changed(self) -> None:
        """Have the next search read the annotations again."""
        self._has_annotations = False

    async def survey(self) -> AsyncIterator[dict[str, ReadingStatus]]:
        """Yield the reading status of briefings that were opened or marked, by path.

        First it is as last counted, then changed briefings are counted again.
        """
        self.annotations_changed()
        digests = await self._reader.run(Index.digests)
        directories, sidecars = self.workspace.directories, self.workspace.sidecars
        begin = partial(UnreadSurvey, digests, directories, sidecars=sidecars)
        survey = await self._gatherer.run(lambda _: begin())
        yield dict(survey.standings)
        steps = survey.compare()
        is_unfinished = survey.is_stale
        while is_unfinished:
            is_unfinished = await self._gatherer.run(lambda _: _run_for_a_while(steps))
            yield dict(survey.standings)

    async def list_indexed(self) -> list[Listed]:
        """Return the briefings that are indexed by now."""
        return await self._reader.run(self._in_scope(Index.briefings))

    async def refresh(self) -> AsyncIterator[IndexProgress | Changes]:
        """Bring the index up to date: yield the progress, and at the end the changes."""
        loop = asyncio.get_running_loop()
        reports: asyncio.Queue[IndexProgress | None] = asyncio.Queue()

        def send(report: IndexProgress | None) -> None:
            with contextlib.suppress(RuntimeError):  # the program has ended
                loop.call_soon_threadsafe(reports.put_nowait, report)

        def report(progress: IndexProgress) -> None:
            if self._stopped.is_set():
                raise StoppedError
            send(progress)

        def refresh(index: Index) -> Changes:
            index.sidecars = self.workspace.sidecars
            try:
                changes = index.refresh(self.workspace.roots, report, self.workspace.processes)
                if not changes and not self._is_refreshed:
                    index.reattach()  # an original may be gone since the last session
                self._index_file = index.file  # another one if this one could not be written
                return changes
            finally:
                send(None)

        changes = asyncio.ensure_future(self._writer.run(refresh))
        try:
            while (progress := await reports.get()) is not None:
                yield progress
            self.changes = await changes
            yield self.changes
        finally:
            changes.cancel()

    async def refresh_once(self) -> AsyncIterator[str]:
        """Bring the index up to date, unless it is: yield the progress in words."""
        if self._is_refreshed:
            return
        async for news in self.refresh():
            if isinstance(news, IndexProgress):
                yield f"Indexing {news.done:,} of {news.total:,} briefings…"
        await self.list_refreshed()

    async def list_refreshed(self) -> list[Listed]:
        """Return the briefings of the library after a refresh, and limit searches to them."""
        briefings = await self._writer.run(Index.briefings)
        # Files of the library that are ignored by now are still in the index.
        listed = Roots(files=tuple(entry.path for entry in briefings))
        await self._reader.run(lambda index: index.set_scope(listed))
        self._is_refreshed = True
        return briefings

    def _in_scope(self, job: Job[T]) -> Job[T]:
        def run(index: Index) -> T:
            index.set_scope(self.workspace.roots)
            return job(index)

        return run

    def _open_index(self) -> Index:
        """Open the index, or the temporary one that replaces it if it cannot be written."""
        with self._opening:
            index = Index(self._index_file, self.workspace.directories)
            self._index_file = index.file
            return index

    def _is_current(self, index: Index) -> bool:
        """Return whether an index was not replaced by a temporary one while it was refreshed."""
        return index.file == self._index_file


def _run_for_a_while(steps: Iterator[object]) -> bool:
    """Continue some work for a time slice; return whether there may be more."""
    end = time.monotonic() + _TIME_SLICE
    return any(time.monotonic() >= end for _ in steps)


class _IndexThread:
    """A thread with an index of its own, which runs one job after the other."""

    def __init__(
        self, open_index: Callable[[], Index], is_current: Callable[[Index], bool]
    ) -> None:
        self._open_index = open_index
        self._is_current = is_current
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._index: Index | None = None

    async def run(self, job: Job[T]) -> T:
        """Return the result of a job, which is not run if it is cancelled before its turn."""
        if not self._thread.is_alive():
            self._thread.start()
        future: Future[T] = Future()
        self._jobs.put(lambda: complete(future, lambda: job(self._opened())))
        return await asyncio.wrap_future(future)

    @property
    def notice(self) -> str:
        """What the reader should know about the index; empty if nothing."""
        return (self._index.notice if self._index is not None else None) or ""

    def end(self) -> None:
        """Let the thread end after the present job."""
        self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        if self._index is not None:
            self._index.close()

    def _opened(self) -> Index:
        if self._index is not None and not self._is_current(self._index):
            self._index.close()
            self._index = None
        self._index = self._index or self._open_index()
        return self._index
