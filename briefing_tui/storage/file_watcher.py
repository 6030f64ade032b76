"""File watcher that polls.

Polling works everywhere: on network file systems, in containers, and for editors that replace a
file or delete it for a moment. A poll costs one ``stat``; the content is read if that differs.

A save that does not replace the file is visible in pieces. New content counts once the file has
been the same for a moment and, where Linux can tell, nobody has it open for writing.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from briefing_tui.briefing.document import open_regular, read_bytes

INTERVAL = 1.0
"""Seconds between two polls."""
SETTLE = 0.25
"""Seconds for which a file with new content has to be the same."""
PATIENCE = 10
"""Polls after which new content counts although the file is still being written."""

Read = Callable[[Path], bytes]
Stamp = tuple[int, ...]
"""Metadata of a file, which differ if its content may differ."""


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of a file; None if there is no file."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def is_being_written(path: Path) -> bool:
    """Return whether a process has a file open for writing; False if that cannot be known.

    A read lease is refused then (fcntl_locking(2)). Linux grants it to the owner of the file only.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    with contextlib.suppress(OSError):
        descriptor = open_regular(path, os.O_RDONLY)
        try:
            # Who opens the file meanwhile breaks the lease, and by default ends its holder.
            fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
    return False


class Watcher:
    """Detects whether the content of a file changed since the last poll.

    A missing file does not count as a change, since editors delete it for a moment. A new stamp is
    trusted only after some polls: two changes within one tick of the file system's clock have the
    same one. Without ``data``, the content is read from the file.
    """

    def __init__(
        self,
        path: Path,
        data: bytes | None = None,
        stamp: Callable[[Path], Stamp | None] = stamp_of,
        read: Read = read_bytes,
    ) -> None:
        self.path = path
        self.failure: OSError | ValueError | None = None
        """Why the file could not be read at the last poll."""
        self.is_settling = False
        """Whether the file has new content that may not be whole."""
        self._stamp_of = stamp
        self._read = read
        self._stamp: Stamp | None = None
        self._polls_to_read = 0
        self._waits = 0
        """Polls since the file began to be written."""
        self._digest = _digest(data if data is not None else self._content())

    def look(self) -> bytes | None:
        """Return the new content; None if it has not changed."""
        self.failure, self.is_settling = None, False
        stamp = self._stamp_of(self.path)
        if stamp is None:
            self._content()  # sets the failure
            return None
        if stamp != self._stamp:
            self._polls_to_read = _POLLS
        if not self._polls_to_read:
            return None
        self._polls_to_read -= 1
        data = self._content()
        if data is None:
            self._polls_to_read = _POLLS
            return None
        digest = _digest(data)
        if digest != self._digest and self._waits < PATIENCE and not self._is_whole(stamp):
            self._waits += 1
            self._stamp, self.is_settling = None, True
            return None
        self._stamp, self._waits = stamp, 0
        if digest == self._digest or (not data and self._polls_to_read):
            return None  # an empty file is probably about to be written
        self._digest = digest
        return data

    def _is_whole(self, stamp: Stamp) -> bool:
        time.sleep(SETTLE)
        return self._stamp_of(self.path) == stamp and not is_being_written(self.path)

    def _content(self) -> bytes | None:
        try:
            return self._read(self.path)
        except (OSError, ValueError) as error:
            self.failure = error
            return None


_POLLS = 3
"""Polls that read the content after a new stamp: some file systems have a clock of seconds."""


def _digest(data: bytes | None) -> bytes:
    return hashlib.sha256(data).digest() if data is not None else b""
