"""Standard output and error of the commands: everything that they print goes through here.

Control characters, invisible reordering and lone surrogates come from file names, configurations
and messages of the system. They are dropped from text, and escaped in JSON.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import NoReturn, TextIO

from briefing_tui.briefing.ascii_text import in_ascii, to_ascii
from briefing_tui.briefing.terminal_text import escaped_json, without_controls
from briefing_tui.driver.capabilities import Terminal
from briefing_tui.session.briefing_file import label_of
from briefing_tui.storage.atomic_write import create

name_of = label_of
"""Names a file in a message."""

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Clears the screen and its scrollback, and moves to the top (ECMA-48, ED and CUP)."""


def put(text: str, *, clears_screen: bool = False) -> bool:
    """Write to standard output; return False if its reader is gone, as ``head`` may be."""
    return _put(CLEAR * clears_screen + without_controls(text))


def respelt(text: str, terminal: Terminal | None) -> str:
    """Return text as a terminal without UTF-8 can show it; elsewhere only signs become ASCII."""
    if terminal is None or terminal.utf8:
        return text
    # Letters are transliterated for display only, not in a pipe or file.
    return in_ascii(text) if sys.stdout.isatty() else to_ascii(text)


def put_content(text: str) -> None:
    """Write the content of a file to standard output: as it is, unless a terminal shows it."""
    _put(without_controls(text) if sys.stdout.isatty() else text)


def put_json(data: object) -> None:
    """Write JSON to standard output."""
    import json

    text = json.dumps(data, ensure_ascii=False, indent=2)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8", "surrogatepass")
    except UnicodeEncodeError:
        text = json.dumps(data, indent=2)
    _put(escaped_json(text) + "\n")


def _put(text: str) -> bool:
    try:
        _write(sys.stdout, text)
    except BrokenPipeError:
        return False
    except OSError as error:
        fail(f"cannot write the output: {error.strerror}", 2)
    return True


def put_error(text: str) -> None:
    """Write to standard error, if it can be written."""
    with contextlib.suppress(OSError):
        _write(sys.stderr, without_controls(text))


def put_progress(message: str) -> None:
    """Replace the last line of standard error, which is a terminal."""
    with contextlib.suppress(OSError):
        _write(sys.stderr, f"\r{without_controls(message)}\x1b[K")


def _write(stream: TextIO, text: str) -> None:
    # A character that the encoding lacks is replaced.
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()
    except OSError:
        # Python would report the error again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise


def create_file(path: Path, text: str, advice: str) -> None:
    """Create a file; if it exists, end the program with advice."""
    try:
        create(path, text.encode())
    except FileExistsError:
        fail(f"{name_of(str(path))}: {advice}", 2)
    except OSError as error:
        fail(f"{name_of(str(path))}: {error.strerror}", 2)


def warn(message: str) -> None:
    """Write a message to standard error."""
    put_error(f"briefing-tui: {message}\n")


def fail(message: str, exit_code: int) -> NoReturn:
    """End the program with a message on standard error."""
    warn(message)
    sys.exit(exit_code)
