"""Temporary directories, which are removed even if their process is killed: by the next one."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
import time
import weakref
from pathlib import Path

_SETTLED = 60
"""Seconds after which a directory without a lock is abandoned, and not being created."""

_begun: set[Path] = set()
"""New names of the directories that are being removed."""


class TemporaryDirectory:
    """A private directory that exists until it is closed, or nothing refers to it."""

    def __init__(self, kind: str) -> None:
        """Create a directory, and remove those of the same kind whose processes were killed.

        Raises:
            OSError: it cannot be created.
        """
        prefix = f"briefing-tui-{kind}-"
        _remove_abandoned(prefix)
        self.path = Path(tempfile.mkdtemp(prefix=prefix))
        self.close = weakref.finalize(self, _remove, self.path)
        lock = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        weakref.finalize(self, os.close, lock)
        with contextlib.suppress(OSError):  # the file system has no locks
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)


def _remove(path: Path) -> None:
    """Remove a directory under another name, in which threads that still write create nothing."""
    removed = path.with_name(f"{path.name}-removed")
    _begun.add(removed)
    with contextlib.suppress(OSError):
        path = path.rename(removed)
    shutil.rmtree(path, ignore_errors=True)
    _begun.discard(removed)


@atexit.register
def _finish() -> None:
    """Remove what a daemon thread was removing: the end of the process stops it anywhere."""
    for path in tuple(_begun):
        shutil.rmtree(path, ignore_errors=True)


def _remove_abandoned(prefix: str) -> None:
    for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                status = os.fstat(descriptor)
                age = abs(time.time() - status.st_mtime)
                is_own = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
                if is_own and age > _SETTLED:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(descriptor)
