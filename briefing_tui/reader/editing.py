"""Letting the user's own editor write a text."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from briefing_tui.marks.sidecar import MAX_BYTES


class EditorError(Exception):
    """The editor could not be used; the message tells why and what to do."""


def edited(app: App[Any], text: str) -> str:
    """A text as the user left it in the editor, without blank lines around it.

    Raises:
        EditorError: there is no editor, or it failed; the text is as it was.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        raise EditorError("No editor is set: set EDITOR, such as EDITOR=nano")
    with tempfile.TemporaryDirectory(prefix="briefing-tui-") as directory:
        path = Path(directory, "note.txt")
        path.write_text(f"{text}\n" if text else "", encoding="utf-8")
        try:
            with app.suspend():
                code = subprocess.run([*shlex.split(command), str(path)], check=False).returncode
        except SuspendNotSupported as error:
            raise EditorError("No editor can be opened in this terminal") from error
        except (OSError, ValueError) as error:
            raise EditorError(f"{command}: {getattr(error, 'strerror', None) or error}") from error
        if code != 0:
            raise EditorError(f"The editor ended with code {code}; the note is as it was")
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                return file.read(MAX_BYTES // 4).strip()
        except OSError as error:
            raise EditorError(f"The note cannot be read: {error.strerror}") from error
