"""Checking again whenever a file changes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing_tui.cli.output import fail, put
from briefing_tui.storage.file_watcher import INTERVAL, Watcher

if TYPE_CHECKING:
    pass

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Empties the terminal and its memory, and begins at the top (ECMA-48, ED and CUP)."""


def watch(
    files: Sequence[str],
    check: Callable[[], str],
    sleep: Callable[[float], object] = time.sleep,
) -> None:
    """Print what a check says now, and again after each change of a file, until Ctrl-C.

    Args:
        files: The files to look at.
        check: Checks them, and tells what it found.
        sleep: Waits so many seconds.
    """
    if not files or "-" in files:
        fail("--watch needs files that can change; name them", 2)
    watchers = [Watcher(Path(file)) for file in files]
    try:
        _show(check(), files)
        while True:
            sleep(INTERVAL)
            if [one for one in watchers if one.look() is not None]:
                _show(check(), files)
    except KeyboardInterrupt:
        click.echo()
        sys.exit(0)


def _show(report: str, files: Sequence[str]) -> None:
    """Print a report: on a terminal alone, elsewhere below the one before."""
    terminal = sys.stdout.isatty()
    at = time.strftime("%H:%M:%S")
    noun = "it" if len(files) == 1 else "one of them"
    hint = f"checked at {at}; again when {noun} changes. Ctrl-C ends."
    put(f"{CLEAR if terminal else ''}{report}{'' if report.endswith(chr(10)) else chr(10)}")
    click.echo(hint, err=not terminal)
