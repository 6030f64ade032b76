"""Files that are replaced whole: any moment, and any end of the program, leaves one or the other.

What is new is written beside the file, under a name that nobody else takes, and then gets the
file's name in one step (POSIX, ``rename``). After an error the file is as it was, with nothing
beside it. Who reads a file, changes it and replaces it holds others off meanwhile (`locked`).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path


def replace(path: Path, data: bytes, mode: int = 0o600, *, sync: bool = False) -> None:
    """Put a new file in the place of whatever has a name, or has it not yet.

    A symbolic link is replaced itself, and what it leads to stays.

    Args:
        path: The name.
        data: What is in the new file.
        mode: Its permissions, less what the umask takes away.
        sync: Whether it is on the disk before it has the name, so that a machine that stops leaves
            no empty file.

    Raises:
        OSError: it cannot be written.
    """
    _put(path, data, mode, sync=sync)


def rewrite(path: Path, data: bytes, *, sync: bool = False) -> None:
    """Give a file that is there another content, and leave it to those who could use it before.

    It keeps its permissions, all of them, and its group where this process may give it that. A
    symbolic link stays one: what it leads to is rewritten. What is no regular file, such as a
    device, is written to.

    Args:
        path: The file.
        data: What it has from now on.
        sync: As in `replace`.

    Raises:
        OSError: it is not there, or cannot be written.
    """
    path = path.resolve()
    found = path.stat()
    if stat.S_ISREG(found.st_mode):
        _put(path, data, 0o600, as_was=found, sync=sync)
    else:
        path.write_bytes(data)


@contextlib.contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold off others who do the same with a directory, in this process or another.

    Raises:
        OSError: the directory cannot be read.
    """
    handle = os.open(directory, os.O_RDONLY)
    try:
        # A file system without locks is used without.
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _put(
    path: Path,
    data: bytes,
    mode: int,
    *,
    as_was: os.stat_result | None = None,
    sync: bool = False,
) -> None:
    # Names may be as long as a file system lets them be: 40 characters leave room for the rest.
    unfinished = path.with_name(f".{path.name[:40]}.{os.urandom(6).hex()}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if as_was is not None:
                with contextlib.suppress(OSError):
                    os.fchown(handle, -1, as_was.st_gid)
                os.fchmod(handle, stat.S_IMODE(as_was.st_mode))  # a new group takes some away
            if sync:
                file.flush()
                os.fsync(handle)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
