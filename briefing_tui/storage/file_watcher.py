"""File watcher that polls.

Polling works everywhere: on network file systems, in containers, and for editors that replace a
file or delete it for a moment. A poll costs one ``stat``; the content is read if that differs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from briefing_tui.briefing.document import read_bytes

INTERVAL = 1.0
"""Seconds between two polls."""

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
        self._stamp_of = stamp
        self._read = read
        self._stamp: Stamp | None = None
        self._polls_to_read = 0
        self._digest = _digest(data if data is not None else self._content())

    def look(self) -> bytes | None:
        """Return the new content; None if it has not changed."""
        self.failure = None
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
        self._stamp = stamp
        digest = _digest(data)
        if digest == self._digest or (not data and self._polls_to_read):
            return None  # an empty file is probably about to be written
        self._digest = digest
        return data

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
