"""Letting the user's own editor write a text."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from briefing_tui.annotations.sidecar import MAX_BYTES


class EditorError(Exception):
    """The editor could not be used; the message tells why and what to do."""


def edited(app: App[Any], text: str, environ: Mapping[str, str]) -> str:
    """A text as the user left it in the editor, without blank lines around it.

    Raises:
        EditorError: there is no editor, or it failed; the text is as it was.
    """
    command = _command(environ)
    with tempfile.TemporaryDirectory(prefix="briefing-tui-") as directory:
        path = Path(directory, "note.txt")
        path.write_text(f"{text}\n" if text else "", encoding="utf-8")
        try:
            with app.suspend():
                failure = _failure([*command, str(path)])
        except SuspendNotSupported as error:
            raise EditorError("No editor can be opened in this terminal") from error
        if failure:
            raise EditorError(failure)
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                return file.read(MAX_BYTES // 4).strip()
        except OSError as error:
            raise EditorError(f"The note cannot be read: {error.strerror}") from error


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
    return f"The editor ended with code {code}; the note is as it was" if code else ""
