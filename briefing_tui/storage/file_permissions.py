"""Trust in files that others could have written, and privacy of those that the program writes."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from pathlib import Path

import msgspec

from briefing_tui.storage.directories import Directories

_OURS = re.compile(
    r".*\.(?:briefing|beside|json|damaged|marks|log|briefing-tui)|[0-9a-f]{64}\.txt"
    r"|unsaved-notes-.*|library\.db.*|config\.toml|marks|texts"
)
"""Names of the files and directories that the program keeps."""


def is_trusted(status: os.stat_result, user: int) -> bool:
    """Return whether only a user or root decides what a file, or a file's directory, holds.

    That is a regular file or a directory of the user or of root, which neither its group nor
    others may write. A directory with the sticky bit may be writable: nobody can replace another's
    files there.
    """
    is_directory = stat.S_ISDIR(status.st_mode)
    if not (is_directory or stat.S_ISREG(status.st_mode)) or status.st_uid not in (user, 0):
        return False
    is_shared = bool(status.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
    return not is_shared or (is_directory and bool(status.st_mode & stat.S_ISVTX))


class UntrustedError(OSError):
    """A file or directory that others could have written."""


def require_trusted(status: os.stat_result) -> None:
    """Refuse a file or directory that others could have written.

    Raises:
        UntrustedError: it belongs to another user, or others can write to it.
    """
    user = os.geteuid()
    if not is_trusted(status, user):
        is_foreign = status.st_uid not in (user, 0)
        reason = "it belongs to another user" if is_foreign else "other users can write to it"
        raise UntrustedError(errno.EPERM, reason)


def make_private(directory: Path) -> None:
    """Create a directory that only its owner can enter, or make one of the user's own private.

    Missing parents are created like it. A directory of root, and one that holds other files than
    the program's, is left as it is.

    Raises:
        UntrustedError: it belongs to another user, or others can write to it.
        OSError: it cannot be created.
    """
    missing = []
    ancestor = directory
    while not os.path.lexists(ancestor) and ancestor != ancestor.parent:
        missing.append(ancestor)
        ancestor = ancestor.parent
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
        with contextlib.suppress(OSError):  # a file system without permissions
            path.chmod(0o700)  # the umask may have removed some of these bits
    if missing:
        return
    status = directory.stat()
    if not stat.S_ISDIR(status.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(directory))
    is_open = bool(status.st_mode & 0o077) and not status.st_mode & stat.S_ISVTX
    if status.st_uid == os.geteuid() and is_open and _holds_only_ours(directory):
        with contextlib.suppress(OSError):  # a file system that is read-only, or has no permissions
            directory.chmod(0o700)
        status = directory.stat()
    require_trusted(status)


def _holds_only_ours(directory: Path) -> bool:
    """Return whether a directory is the program's: the user may have named one with other uses."""
    return all(_OURS.fullmatch(name) for name in os.listdir(directory))


def secured(directories: Directories) -> tuple[Directories, str]:
    """Make directories that exist private, and leave out what others could have written to.

    Source texts are verified by their hashes, so that their directory may be anyone's. A path that
    is not a directory, or cannot be reached, is reported where it is to be read or written.

    Returns:
        The directories and configuration that can be used, and a line about those that cannot.
    """
    names = ("config_file", "state", "data", "cache")
    places = {name: getattr(directories, name) for name in names}
    problems = {}
    for name, path in places.items():
        try:
            if path is None:
                continue
            os.lstat(path)
            if name != "config_file":
                make_private(path)
            elif os.path.samefile(path, os.devnull):
                places[name] = None
            else:
                _require_configuration(path.stat())
        except FileNotFoundError:
            continue
        except OSError as error:
            if name == "config_file" or isinstance(error, UntrustedError):
                places[name] = None
                problems[path] = f"{path}: not used: {error.strerror}"
    return msgspec.structs.replace(directories, **places), "; ".join(problems.values())


def _require_configuration(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file")
    # Users whose group has their own number share it with nobody, and often have umask 002.
    has_own_group = status.st_uid == status.st_gid == os.geteuid()
    if not has_own_group or status.st_mode & stat.S_IWOTH:
        require_trusted(status)
