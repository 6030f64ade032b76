"""Writes texts to files of the reader."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Literal

How = Literal["new", "replace", "add"]
_FLAGS = {
    "new": os.O_CREAT | os.O_EXCL,
    "replace": os.O_CREAT | os.O_TRUNC,
    "add": os.O_CREAT | os.O_APPEND,
}


def write(path: Path, text: str, how: How) -> None:
    """Write a text to a file.

    Raises:
        FileExistsError: the file should be new, but exists.
        OSError: the file cannot be written, or is not a regular file.
    """
    # Non-blocking, since opening a pipe without a reader would wait.
    handle = os.open(path, os.O_WRONLY | os.O_NONBLOCK | _FLAGS[how], 0o666)
    with os.fdopen(handle, "wb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "not a regular file")
        try:
            file.write(text.encode())
            file.flush()
        except OSError:
            if how == "new":  # a partial file would block another attempt
                path.unlink()
            raise
