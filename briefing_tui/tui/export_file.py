"""Writes texts to files of the reader."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Literal

from briefing_tui.storage.atomic_write import append, create, rewrite

How = Literal["new", "replace", "add"]


def write(path: Path, text: str, how: How) -> None:
    """Write a text to a file.

    Raises:
        FileExistsError: the file should be new, but exists.
        OSError: the file cannot be written, or is not a regular file; it is as it was.
    """
    data = text.encode()
    if how == "new":
        create(path, data)
    elif how == "add":
        append(path, data)
    elif path.is_file() or not path.exists():
        rewrite(path, data)
    else:
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
