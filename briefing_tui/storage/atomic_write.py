"""Atomic file writes: after a crash or an error a file has its old content or the new one.

The new content goes to a temporary file in the same directory, which is then renamed (POSIX,
``rename``). After an error no temporary file remains; one that a killed process leaves is removed
by a later write to the same directory.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import stat
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_TEMPORARY = re.compile(r"\..{1,40}\.[0-9a-f]{12}\.briefing-tui", re.DOTALL)
_ABANDONED = 3600
"""Seconds after which a temporary file belongs to no process that is still writing it."""
_PATIENCE = 5.0
"""Seconds to wait for a lock: another process may hold it forever."""


PRIVATE = 0o600
"""Permissions of a file that only its owner can read."""


def write(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Write a file and sync it; a symbolic link is followed.

    A file that exists keeps its permissions, unless it is to be private.

    Raises:
        OSError: it cannot be written, or is not a regular file.
    """
    path = Path(os.path.realpath(path))  # unlike Path.resolve, it raises no RuntimeError
    former = None
    with contextlib.suppress(FileNotFoundError):
        former = path.stat()
    if former is not None and not stat.S_ISREG(former.st_mode):
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
    replace(path, data, mode, former=None if mode == PRIVATE else former, sync=True)


def create(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Create a file with permissions, less the umask.

    Raises:
        FileExistsError: something has its name.
        OSError: it cannot be written; there is no file.
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    with _temporary(path, data, mode) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:  # the file system has no hard links
            temporary.rename(path)
        else:
            temporary.unlink()


def replace(
    path: Path,
    data: bytes,
    mode: int = PRIVATE,
    *,
    former: os.stat_result | None = None,
    sync: bool = False,
) -> None:
    """Create a file, in place of one of the same name; a symbolic link is itself replaced.

    Its permissions are ``mode``, less the umask, or those of a ``former`` file, whose group it gets
    too if possible. With ``sync``, a power failure after the rename leaves no empty file.

    Raises:
        OSError: it cannot be written.
    """
    with _temporary(path, data, mode, former=former, sync=sync) as temporary:
        temporary.replace(path)


def rewrite(path: Path, data: bytes) -> None:
    """Replace the content of an existing file, as in `replace`.

    The file keeps its permissions, and its group if this process may set that. A symbolic link is
    followed. A device is written to, and so is a pipe that another process reads.

    Raises:
        OSError: it does not exist, or cannot be written.
    """
    path = Path(os.path.realpath(path))
    status = path.stat()
    if stat.S_ISREG(status.st_mode):
        replace(path, data, former=status)
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    with os.fdopen(descriptor, "wb") as file:
        os.set_blocking(descriptor, True)
        file.write(data)


def append(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Add to the end of a file, which is created with permissions if there is none.

    Raises:
        OSError: it is not a regular file, or cannot be written; then it is as it was.
    """
    flags = os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK | os.O_NOCTTY
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        create(path, data, mode)
        return
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        former = os.fstat(descriptor)
        if not stat.S_ISREG(former.st_mode):
            raise OSError(errno.EINVAL, "Not a regular file", str(path))
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[file.write(rest) :]
        except BaseException:
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, former.st_size)
            raise


@contextlib.contextmanager
def _temporary(
    path: Path,
    data: bytes,
    mode: int,
    *,
    former: os.stat_result | None = None,
    sync: bool = False,
) -> Iterator[Path]:
    """Write a temporary file beside a path; remove it after an error."""
    _remove_abandoned(path.parent)
    # The name may be as long as the file system allows: 40 characters leave room for the rest.
    temporary = path.with_name(f".{path.name[:40]}.{os.urandom(6).hex()}.briefing-tui")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            if mode == PRIVATE:
                with contextlib.suppress(OSError):  # a file system without permissions
                    os.fchmod(descriptor, PRIVATE)  # whatever the umask
            if former is not None:
                with contextlib.suppress(OSError):
                    os.fchown(descriptor, -1, former.st_gid)
                os.fchmod(descriptor, stat.S_IMODE(former.st_mode))  # fchown clears some bits
            if sync:
                file.flush()
                os.fsync(descriptor)
        yield temporary
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@cache
def _remove_abandoned(directory: Path) -> None:
    """Remove temporary files of killed processes, once for each directory."""
    now = time.time()
    with contextlib.suppress(OSError), os.scandir(directory) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name):
                status = entry.stat(follow_symlinks=False)
                # The clock may have been ahead.
                is_abandoned = abs(now - status.st_mtime) > _ABANDONED
                if is_abandoned and stat.S_ISREG(status.st_mode):
                    os.unlink(entry.path)


@contextlib.contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the lock of a directory against other threads and processes.

    On a file system without locks, nothing is locked.

    Raises:
        OSError: the directory cannot be read, or another process does not let go of its lock.
    """
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        deadline = time.monotonic() + _PATIENCE
        while not _lock(descriptor):
            if time.monotonic() > deadline:
                raise OSError(errno.EAGAIN, "Another process has locked it", str(directory))
            time.sleep(0.01)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Return False if another process has the lock."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # the file system has no locks
        return True
    return True
