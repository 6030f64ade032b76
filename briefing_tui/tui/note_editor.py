"""Edits a text in the editor of the user."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from briefing_tui.annotations.sidecar import MAX_BYTES
from briefing_tui.briefing.document import read_bytes
from briefing_tui.storage.atomic_write import PRIVATE, create

_PREFIX = "briefing-tui-note-"
_MAX_LEFT = 20
"""Number of texts in the directory of temporary files that nobody has saved."""


class EditorError(Exception):
    """The editor could not be used; the message says why and what to do."""


def edit(app: App[Any], text: str, environ: Mapping[str, str]) -> tuple[str, Path]:
    """Open a text in the user's editor; return the new text and its file, for `discard`.

    Raises:
        EditorError: there is no editor, it failed, or its text is not valid. A file that the user
            changed is not removed, and the message names it.
    """
    command = _command(environ)
    original = f"{text}\n".encode() if text else b""
    try:
        _remove_oldest()
        file = Path(tempfile.mkdtemp(prefix=_PREFIX), "note.txt")
    except OSError as error:
        raise EditorError(f"No file for the editor can be written: {error.strerror}") from error
    try:
        create(file, original, PRIVATE)
    except OSError as error:
        discard(file)
        raise EditorError(f"No file for the editor can be written: {error.strerror}") from error
    try:
        with app.suspend():
            problem = _run([*command, str(file)])
    except SuspendNotSupported as error:
        discard(file)
        raise EditorError("No editor can be opened in this terminal") from error
    data: bytes | None = None
    try:
        data = read_bytes(file, MAX_BYTES)
        if len(data) > MAX_BYTES:
            problem = problem or f"The note is larger than {MAX_BYTES // 1024 // 1024} MiB"
        elif not problem:
            return data.decode().strip(), file
    except OSError as error:
        problem = problem or f"The note cannot be read: {error.strerror}"
    except UnicodeDecodeError:
        problem = "The note is not UTF-8"
    if data == original or not file.exists():
        discard(file)
        raise EditorError(f"{problem}; the note is as it was")
    raise EditorError(f"{problem}; your text is in {file}")


def discard(file: Path) -> None:
    """Remove the file of an edited text, and other files that the editor wrote next to it."""
    shutil.rmtree(file.parent, ignore_errors=True)


def _remove_oldest() -> None:
    """Remove the oldest texts that sessions left which were killed while an editor was open."""
    directories = []
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid():
                directories.append((status.st_mtime, path))
    for _, path in sorted(directories)[:-_MAX_LEFT]:
        shutil.rmtree(path, ignore_errors=True)


def _command(environ: Mapping[str, str]) -> list[str]:
    setting = environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip()
    if not setting:
        raise EditorError("No editor is set: set EDITOR, such as EDITOR=nano")
    try:
        return shlex.split(setting)
    except ValueError as error:
        raise EditorError(f"{setting}: {error}") from error


def _run(command: list[str]) -> str:
    """Run the editor; return what went wrong, as Textual does not resume after an exception."""
    try:
        code = subprocess.run(command, check=False).returncode
    except OSError as error:
        return f"{command[0]}: {error.strerror}"
    return f"The editor ended with code {code}" if code else ""
