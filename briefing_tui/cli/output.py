"""Standard output and error of the commands."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from briefing_tui.session.briefing_file import label_of

name_of = label_of
"""Names a file in a message."""


def put(text: str) -> None:
    """Write to standard output, which may be closed before the end, as by ``head``."""
    # A character that the encoding lacks is replaced.
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except OSError as error:
        # Python would report the error again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            fail(f"cannot write the output: {error.strerror}", 2)


def put_json(data: object) -> None:
    """Write JSON to standard output."""
    import json

    put(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def create_file(path: Path, text: str, advice: str) -> None:
    """Create a file; if it exists, end the program with advice."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        fail(f"{name_of(str(path))}: {advice}", 2)
    except OSError as error:
        fail(f"{name_of(str(path))}: {error.strerror}", 2)


def warn(message: str) -> None:
    """Write a message to standard error."""
    from briefing_tui.briefing.terminal_text import clean

    click.echo(f"briefing-tui: {clean(message)[0]}", err=True)


def fail(message: str, exit_code: int) -> NoReturn:
    """End the program with a message on standard error."""
    warn(message)
    sys.exit(exit_code)
