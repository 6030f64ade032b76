"""Asking the index from the screens: in threads, so that no key ever waits for it.

Plain threads that end with the program, not workers of the framework: leaving must not wait until a
batch is indexed. Each has a connection of its own to the one file of the index, so that lists and
searches answer while it is being written.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, TypeVar

from briefing_tui.annotations.reading_status import ReadingStatus
from briefing_tui.library.discovery import Roots, notice
from briefing_tui.library.index.annotation_tables import Asking
from briefing_tui.library.index.database import Index, Listed
from briefing_tui.library.index.entities import Found
from briefing_tui.library.index.search import Results
from briefing_tui.library.index.sync import Changes, Progress
from briefing_tui.library.list_rows import base_of
from briefing_tui.library.threads import Asked, tell
from briefing_tui.library.unread_counts import Survey
from briefing_tui.library.workspace import Workspace
from briefing_tui.query.nodes import Node, needs_annotations

T = TypeVar("T")
Job = Callable[[Index], T]

OFFERED = 12
"""Actors, and deals, that are found by the beginning of a name."""
_TURN = 0.1
"""Seconds after which others get their turn."""


class Librarian:
    """Knows a library, and finds things in it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.base = base_of((*workspace.roots.directories, *workspace.roots.files))
        """The directory that paths are shown from."""
        self._asking = Asking(workspace.directories, sidecars=workspace.sidecars)
        self._told = False
        """Whether searches know what is marked and read now."""
        self._settled = False
        self.changes = Changes()
        """What the last look at the disk found."""
        self._notices_taken: set[str] = set()
        self._stopped = threading.Event()
        self._index_file = workspace.index_file
        self._opening = threading.Lock()
        self._writer = _Clerk(self._opened)
        # What lasts as long as its connection has to be asked where it is written.
        self._reader = _Clerk(self._opened) if workspace.index_file else self._writer
        self._gatherer = _Clerk(self._opened) if workspace.index_file else self._writer

    def close(self) -> None:
        """Stop at the next batch; nobody waits for it."""
        self._stopped.set()
        for clerk in (self._writer, self._reader, self._gatherer):
            clerk.end()

    def take_notice(self) -> str:
        """Return a line about what was not as expected, each thing once; empty if all was."""
        index = self._writer.notice or self._reader.notice
        notices = [index, notice(self.changes.skipped, self.base)]
        new = [line for line in notices if line and line not in self._notices_taken]
        self._notices_taken.update(new)
        return " ".join(new)

    async def ask(self, job: Job[T]) -> T:
        """What a job finds out from the index, as it was at the last glance."""
        return await self._reader.ask(job)

    async def search(self, query: Node, limit: int) -> Results:
        """The statements that answer a query, best first."""

        def search(index: Index) -> Results:
            if needs_annotations(query) and not self._told:
                self._told = True
                index.tell(self._asking)
            return index.search(query, limit)

        return await self._reader.ask(search)

    async def gather(self, job: Job[T]) -> T:
        """What a job finds out that may take seconds, while others are answered."""

        def gathered(index: Index) -> T:
            index.look(self.workspace.roots)
            return job(index)

        return await self._gatherer.ask(gathered)

    async def names(self, beginning: str) -> list[Found]:
        """Some actors and deals of the library by how a word of their names begins."""
        return await self._reader.ask(lambda index: index.names(beginning, OFFERED))

    @property
    def tracks_reading(self) -> bool:
        """Whether it is recorded what the reader has read."""
        return self.workspace.directories.state is not None

    def annotations_changed(self) -> None:
        """Have the next search read what is marked and read again."""
        self._told = False

    async def survey(self) -> AsyncIterator[dict[str, ReadingStatus]]:
        """Yield what is unread and marked, by path: as last counted, then as it is counted again.

        A briefing that was never opened or marked is not among them.
        """
        self.annotations_changed()
        digests = await self._reader.ask(Index.digests)
        directories, sidecars = self.workspace.directories, self.workspace.sidecars
        survey = await self._gatherer.ask(lambda _: Survey(digests, directories, sidecars=sidecars))
        yield dict(survey.found)
        comparing = survey.compare()
        is_unfinished = survey.is_stale
        while is_unfinished:
            is_unfinished = await self._gatherer.ask(lambda _: _do_some(comparing))
            yield dict(survey.found)

    async def glance(self) -> list[Listed]:
        """The briefings that are indexed by now."""
        return await self._reader.ask(self._look)

    async def refresh(self) -> AsyncIterator[Progress | Changes]:
        """Bring the index up to date: how far it is, as it goes, and at last what changed."""
        loop = asyncio.get_running_loop()
        told: asyncio.Queue[Progress | None] = asyncio.Queue()

        def report(progress: Progress) -> None:
            if self._stopped.is_set():
                raise _StoppedError
            tell(loop, told.put_nowait, progress)
            if self._reader is self._writer:
                self._writer.do_waiting()

        def refresh(index: Index) -> Changes:
            index.sidecars = self.workspace.sidecars
            try:
                return index.refresh(self.workspace.roots, report, self.workspace.processes)
            finally:
                tell(loop, told.put_nowait, None)

        changes = asyncio.ensure_future(self._writer.ask(refresh))
        try:
            while (progress := await told.get()) is not None:
                yield progress
            self.changes = await changes
            yield self.changes
        finally:
            changes.cancel()

    async def fresh(self) -> AsyncIterator[str]:
        """Bring the index up to date once in a session: how far it is, in words."""
        if self._settled:
            return
        async for news in self.refresh():
            if isinstance(news, Progress):
                yield f"Indexing {news.done:,} of {news.total:,} briefings…"
        await self.settle()

    async def settle(self) -> list[Listed]:
        """The briefings of the library after it was brought up to date, and nothing besides."""
        found = await self._writer.ask(Index.briefings)
        if self._reader is not self._writer and len(await self.glance()) != len(found):
            # What a library once had and now ignores is in the index still.
            exactly = Roots(files=tuple(one.path for one in found))
            await self._reader.ask(lambda index: index.look(exactly))
        self._settled = True
        return found

    def _opened(self) -> Index:
        """The index; where none can be kept, the one that another clerk has in its stead."""
        with self._opening:
            index = Index(self._index_file, self.workspace.directories)
            self._index_file = index.file or self._index_file
            return index

    def _look(self, index: Index) -> list[Listed]:
        index.look(self.workspace.roots)
        return index.briefings()


def _do_some(work: Iterator[object]) -> bool:
    """Work until others get their turn; return whether there may be more to do."""
    end = time.monotonic() + _TURN
    return any(time.monotonic() >= end for _ in work)


class _StoppedError(Exception):
    """Indexing is to stop; what was written stays."""


class _Clerk:
    """A thread with an index of its own, which does one job after the other."""

    def __init__(self, open_index: Callable[[], Index]) -> None:
        self._open = open_index
        self._jobs: queue.SimpleQueue[Asked[Any] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._index: Index | None = None

    async def ask(self, job: Job[T]) -> T:
        """What a job finds out; one that nobody waits for any more is left out."""
        if not self._thread.is_alive():
            self._thread.start()
        asked = Asked(lambda: job(self._opened()))
        self._jobs.put(asked)
        return await asked.answer

    @property
    def notice(self) -> str:
        """What is to be told of the index, as far as it was opened."""
        return (self._index.notice if self._index is not None else None) or ""

    def end(self) -> None:
        """Let the thread end after the present job."""
        self._jobs.put(None)

    def do_waiting(self) -> None:
        """Do what waits, within a job."""
        with contextlib.suppress(queue.Empty):
            while (asked := self._jobs.get_nowait()) is not None:
                asked.do()
            self._jobs.put(None)

    def _work(self) -> None:
        while (asked := self._jobs.get()) is not None:
            asked.do()
        if self._index is not None:
            self._index.close()

    def _opened(self) -> Index:
        self._index = self._index or self._open()
        return self._index
