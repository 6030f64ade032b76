"""Writing what is read into files of the reader's own."""

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


def path_of(typed: str) -> Path:
    """The file that was typed; ``~`` is home."""
    return Path(os.path.expanduser(typed))


def write(path: Path, text: str, how: How) -> None:
    """Write a text into a file.

    Raises:
        FileExistsError: it is there, and was to be new.
        OSError: it cannot be written, or is no ordinary file.
    """
    # A pipe that nobody reads must not make the reader wait.
    handle = os.open(path, os.O_WRONLY | os.O_NONBLOCK | _FLAGS[how], 0o666)
    with os.fdopen(handle, "wb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "it is no ordinary file")
        try:
            file.write(text.encode())
            file.flush()
        except OSError:
            if how == "new":  # half a file would be in the way of another attempt
                path.unlink()
            raise
