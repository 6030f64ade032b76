"""Noticing that files change, by looking at them.

By polling, because it is right everywhere: on network file systems, in containers, and for editors
that replace a file by another or delete it for a moment. A look costs one ``stat``; only where that
differs is the content read, and only another content is a change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from briefing_tui.briefing.document import read_bytes

INTERVAL = 1.0
"""Seconds between two looks."""

Read = Callable[[Path], bytes]


class Stamp(NamedTuple):
    """What a file looks like from outside: it differs whenever the content may."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a file, or nothing where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return Stamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


class Watcher:
    """Tells whether a file has another content than at the last look.

    A file that is gone is not a change: editors take it away for a moment. Nor is one that was
    touched and says the same. A stamp is trusted only once it is older than the clock of its file
    system is coarse, so that two changes within one tick are both seen.

    Args:
        path: The file.
        data: Its content as it is known; left out, it is read.
        stamp: Looks at a file.
        read: Reads it.
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
        """Why the file could not be read at the last look."""
        self._stamp_of = stamp
        self._read = read
        self._stamp: Stamp | None = None
        self._doubts = 0
        self._digest = _digest(data if data is not None else self._content())

    def look(self) -> bytes | None:
        """The new content, where it is another than at the last look."""
        self.failure = None
        stamp = self._stamp_of(self.path)
        if stamp is None:
            self._content()  # which tells why
            return None
        if stamp != self._stamp:
            self._doubts = _LOOKS
        if not self._doubts:
            return None
        self._doubts -= 1
        data = self._content()
        if data is None:
            self._doubts = _LOOKS
            return None
        self._stamp = stamp
        digest = _digest(data)
        if digest == self._digest or (not data and self._doubts):
            return None  # an empty file is mostly one that is about to be written
        self._digest = digest
        return data

    def _content(self) -> bytes | None:
        try:
            return self._read(self.path)
        except (OSError, ValueError) as error:
            self.failure = error
            return None


_LOOKS = 3
"""Looks at the content after a stamp was new: some file systems count time in seconds."""


def _digest(data: bytes | None) -> bytes:
    return hashlib.sha256(data).digest() if data is not None else b""
