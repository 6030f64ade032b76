"""Examines many files on several processors.

Plain child processes with pipes, not `multiprocessing`: that needs the standard streams of the
parent, which a terminal program takes away, and imports the main module again. A message is one
line of JSON.
"""

from __future__ import annotations

import contextlib
import gc
import os
import subprocess
import sys
import threading
from collections.abc import Generator
from concurrent.futures import Future
from functools import partial
from itertools import islice
from queue import SimpleQueue

import msgspec

from briefing_tui.library.daemon_threads import complete
from briefing_tui.library.index.record import Job, Record, examine, failure

CHUNK = 16
FEWEST = 24
"""Fewest files for which workers are started."""
_AHEAD = 4
"""Chunks for each worker that are sent or wait to be written."""
_PROGRAM = f"import sys; sys.path[:] = sys.argv[1:]; from {__name__} import serve; serve()"

_Chunk = list[Job]
_Results = SimpleQueue[Future[list[Record]]]


def processors() -> int:
    """Return how many processors this process may use, at most eight."""
    affinity = getattr(os, "sched_getaffinity", None)
    return min(len(affinity(0)) if affinity else os.cpu_count() or 1, 8)


def examined(jobs: list[Job], processes: int) -> Generator[list[Record], None, None]:
    """Yield the records of files in chunks, in any order; closing the generator ends the workers.

    Without workers, or if none can be started, this thread reads the files.
    """
    chunks = [jobs[start : start + CHUNK] for start in range(0, len(jobs), CHUNK)]
    if len(jobs) < FEWEST or not sys.executable:
        processes = 0
    upcoming = iter(chunks)
    waiting: SimpleQueue[_Chunk | None] = SimpleQueue()
    results: _Results = SimpleQueue()
    for chunk in islice(upcoming, _AHEAD * processes):
        waiting.put(chunk)
    workers: list[_Worker] = []
    try:
        with contextlib.suppress(RuntimeError):  # the system allows no more threads
            for _ in range(processes):
                workers.append(_Worker(waiting, results))
        if not workers:
            for chunk in chunks:
                yield [examine(job) for job in chunk]
            return
        for _ in chunks:
            records = results.get().result()
            waiting.put(next(upcoming, None))
            yield records
    finally:
        for worker in workers:
            worker.stop()
        for worker in workers:
            worker.join()


class _Worker:
    """A child process, and the thread that hands it chunks until it gets None."""

    def __init__(self, waiting: SimpleQueue[_Chunk | None], results: _Results) -> None:
        self._waiting = waiting
        self._results = results
        self._stopped = False
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped = True
        self._waiting.put(None)
        process = self._process
        if process is not None:
            process.kill()

    def join(self) -> None:
        self._thread.join()

    def _work(self) -> None:
        while (chunk := self._waiting.get()) is not None and not self._stopped:
            future: Future[list[Record]] = Future()
            complete(future, partial(self._examine, chunk))
            self._results.put(future)
        self._end()

    def _examine(self, chunk: _Chunk) -> list[Record]:
        """Return the records of a chunk, also if the process dies on one of its files."""
        records = self._ask(chunk)
        if records is not None or self._stopped:
            return records or []
        self._end()
        if len(chunk) == 1:
            return [failure(chunk[0].path, "cannot be read: reading it ended the process")]
        return [record for job in chunk for record in self._examine([job])]

    def _ask(self, chunk: _Chunk) -> list[Record] | None:
        """Send a chunk to the process and return its answer; None if it has died."""
        try:
            process = self._process = self._process or subprocess.Popen(
                [sys.executable, "-I", "-c", _PROGRAM, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:  # the system allows no more processes, or none of this program
            return [examine(job) for job in chunk]
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(msgspec.json.encode(chunk) + b"\n")
            process.stdin.flush()
            return _DECODER.decode(process.stdout.readline())
        except (OSError, msgspec.DecodeError):
            return None

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def serve() -> None:
    """Answer chunks from standard input until it ends."""
    gc.disable()
    gc.freeze()
    parent = os.getppid()
    jobs = msgspec.json.Decoder(_Chunk)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that is printed may get among the answers
    try:
        for line in sys.stdin.buffer:
            records = []
            for job in jobs.decode(line):
                if os.getppid() != parent:  # it was killed
                    os._exit(1)
                records.append(examine(job))
            answers.write(msgspec.json.encode(records) + b"\n")
            answers.flush()
            gc.collect()
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(1)


_DECODER = msgspec.json.Decoder(list[Record])
