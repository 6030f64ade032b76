"""Trust in files that others could have written."""

from __future__ import annotations

import os
import stat


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
