"""Letting the user's own editor write a text."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from textual.app import App, SuspendNotSupported

from briefing_tui.annotations.sidecar import MAX_BYTES
from briefing_tui.briefing.document import read_bytes


class EditorError(Exception):
    """The editor could not be used; the message tells why and what to do."""


class Edited(NamedTuple):
    """What the user left in the editor."""

    text: str
    """Without blank lines around it."""
    file: Path
    """Holds the text until `discard`."""


def edited(app: App[Any], text: str, environ: Mapping[str, str]) -> Edited:
    """Let the user's editor change a text, in a file of its own.

    Raises:
        EditorError: there is no editor, or it failed, or left no text. A file that the user changed
            stays, and the message names it.
    """
    command = _command(environ)
    before = f"{text}\n".encode() if text else b""
    try:
        file = Path(tempfile.mkdtemp(prefix="briefing-tui-"), "note.txt")
        file.write_bytes(before)
    except OSError as error:
        raise EditorError(f"No file for the editor can be written: {error.strerror}") from error
    try:
        with app.suspend():
            problem = _failure([*command, str(file)])
    except SuspendNotSupported as error:
        discard(file)
        raise EditorError("No editor can be opened in this terminal") from error
    data = None
    try:
        data = read_bytes(file, MAX_BYTES)
        if len(data) > MAX_BYTES:
            problem = problem or f"The note is larger than {MAX_BYTES // 1024 // 1024} MiB"
        elif not problem:
            return Edited(data.decode().strip(), file)
    except OSError as error:
        problem = problem or f"The note cannot be read: {error.strerror}"
    except UnicodeDecodeError:
        problem = "The note is not UTF-8"
    if data == before or not file.exists():
        discard(file)
        raise EditorError(f"{problem}; the note is as it was")
    raise EditorError(f"{problem}; your text is in {file}")


def discard(file: Path) -> None:
    """Remove the file of an edited text, with all that the editor left beside it."""
    shutil.rmtree(file.parent, ignore_errors=True)


def _command(environ: Mapping[str, str]) -> list[str]:
    """The words of the command that starts the user's editor."""
    wanted = environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip()
    if not wanted:
        raise EditorError("No editor is set: set EDITOR, such as EDITOR=nano")
    try:
        return shlex.split(wanted)
    except ValueError as error:
        raise EditorError(f"{wanted}: {error}") from error


def _failure(command: list[str]) -> str:
    """Run the editor; what went wrong, or nothing.

    It raises nothing: the framework takes the terminal back only where all went well meanwhile.
    """
    try:
        code = subprocess.run(command, check=False).returncode
    except OSError as error:
        return f"{command[0]}: {error.strerror}"
    return f"The editor ended with code {code}" if code else ""
