"""Examining many files on several processors.

Plain child processes with pipes, not `multiprocessing`: that wants the standard streams of the
parent, which a terminal program takes away, and imports the main module again.
"""

from __future__ import annotations

import contextlib
import gc
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import IO

import msgspec

from briefing_tui.library.index.record import Job, Record, examine, failure

CHUNK = 16
"""Files that a worker is sent at a time."""
FEWEST = 24
"""Fewest files for which workers are started."""
_PROGRAM = f"import sys; sys.path[:] = sys.argv[1:]; from {__name__} import serve; serve()"

_Chunk = list[Job]


def processors() -> int:
    """Return how many processors this process may use, at most eight."""
    affinity = getattr(os, "sched_getaffinity", None)
    return min(len(affinity(0)) if affinity else os.cpu_count() or 1, 8)


def examined(
    jobs: Iterable[Job], count: int, processes: int
) -> Generator[list[Record], None, None]:
    """Yield the records of files in chunks, in any order; ``count`` is the number of files.

    Closing the generator ends the workers.
    """
    waiting = iter(jobs)
    chunks = iter(lambda: list(islice(waiting, CHUNK)), [])
    if processes < 1 or count < FEWEST or not sys.executable:
        for chunk in chunks:
            yield [examine(job) for job in chunk]
        return
    yield from _Pool(chunks, processes).records()


class _Pool:
    """One thread for each worker process, and a queue of their results."""

    def __init__(self, chunks: Iterator[_Chunk], processes: int) -> None:
        self._chunks = chunks
        self._lock = threading.Lock()
        self._results: queue.Queue[list[Record] | None] = queue.Queue(maxsize=4 * processes)
        self._stopped = threading.Event()
        self._workers: list[_Worker] = []
        self._threads = [threading.Thread(target=self._feed, daemon=True) for _ in range(processes)]

    def records(self) -> Iterator[list[Record]]:
        for thread in self._threads:
            thread.start()
        running = len(self._threads)
        try:
            while running:
                batch = self._results.get()
                if batch is None:
                    running -= 1
                else:
                    yield batch
        finally:
            self._stop()

    def _stop(self) -> None:
        self._stopped.set()
        with self._lock:
            workers = list(self._workers)
        for worker in workers:
            worker.kill()
        for thread in self._threads:
            while thread.is_alive():
                _empty(self._results)
                thread.join(0.05)

    def _feed(self) -> None:
        worker: _Worker | None = None
        try:
            while not self._stopped.is_set():
                with self._lock:
                    chunk = next(self._chunks, None)
                if chunk is None:
                    break
                worker = worker or self._start()
                records = worker.ask(chunk)
                if records is None and not self._stopped.is_set():
                    worker.end()
                    worker, records = self._one_by_one(chunk)
                self._results.put(records or [])
        finally:
            if worker is not None:
                worker.end()
            self._results.put(None)

    def _start(self) -> _Worker:
        worker = _Worker()
        with self._lock:
            self._workers.append(worker)
        return worker

    def _one_by_one(self, chunk: _Chunk) -> tuple[_Worker, list[Record]]:
        """Find the file on which a worker died, and examine the others."""
        worker, records = self._start(), []
        for job in chunk:
            answer = worker.ask([job])
            if answer is None:
                worker.end()
                answer = [failure(job.path, "cannot be read: reading it ended the process")]
                if self._stopped.is_set():
                    break
                worker = self._start()
            records += answer
        return worker, records


def _empty(results: queue.Queue[list[Record] | None]) -> None:
    """Empty a queue, so that no thread waits to put something into it."""
    while True:
        try:
            results.get_nowait()
        except queue.Empty:
            return


class _Worker:
    """One child process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _PROGRAM, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, chunk: _Chunk) -> list[Record] | None:
        """Return the records of some files; None if the process has died."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            _write(process.stdin, msgspec.msgpack.encode(chunk))
            data = _read(process.stdout)
            return None if data is None else _DECODER.decode(data)
        except (OSError, ValueError, msgspec.DecodeError):
            return None

    def kill(self) -> None:
        """Kill the process; a thread that waits for its answer gets None."""
        self._process.kill()

    def end(self) -> None:
        """Stop the process and let go of it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):
                pipe.close()


def serve() -> None:
    """Answer chunks from standard input until it ends."""
    gc.disable()
    gc.freeze()
    jobs = msgspec.msgpack.Decoder(_Chunk)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that is printed may get among the answers
    try:
        while (data := _read(sys.stdin.buffer)) is not None:
            _write(answers, msgspec.msgpack.encode([examine(job) for job in jobs.decode(data)]))
            gc.collect()
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(1)


def _write(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(8, "big") + data)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes | None:
    head = pipe.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "big")
    data = pipe.read(size)
    return data if len(data) == size else None


_DECODER = msgspec.msgpack.Decoder(list[Record])
