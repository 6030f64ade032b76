"""Atomic file writes: after a crash or an error a file has its old content or the new one.

The new content goes to a temporary file in the same directory, which is then renamed (POSIX,
``rename``). After an error no temporary file remains.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file and sync it: `rewrite` it if it exists, else create it with permissions.

    Raises:
        OSError: it cannot be written.
    """
    try:
        rewrite(path, data, sync=True)
    except FileNotFoundError:
        replace(path, data, mode, sync=True)


def replace(
    path: Path,
    data: bytes,
    mode: int = 0o600,
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
    # The name may be as long as the file system allows: 40 characters leave room for the rest.
    temporary = path.with_name(f".{path.name[:40]}.{os.urandom(6).hex()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            if former is not None:
                with contextlib.suppress(OSError):
                    os.fchown(descriptor, -1, former.st_gid)
                os.fchmod(descriptor, stat.S_IMODE(former.st_mode))  # fchown clears some bits
            if sync:
                file.flush()
                os.fsync(descriptor)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def rewrite(path: Path, data: bytes, *, sync: bool = False) -> None:
    """Replace the content of an existing file, as in `replace`.

    The file keeps its permissions, and its group if this process may set that. A symbolic link is
    followed. A device or pipe is written to.

    Raises:
        OSError: it does not exist, or cannot be written.
    """
    path = Path(os.path.realpath(path))  # unlike Path.resolve, it raises no RuntimeError
    status = path.stat()
    if stat.S_ISREG(status.st_mode):
        replace(path, data, former=status, sync=sync)
    else:
        path.write_bytes(data)


@contextlib.contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the lock of a directory against other threads and processes.

    On a file system without locks, nothing is locked.

    Raises:
        OSError: the directory cannot be read.
    """
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
