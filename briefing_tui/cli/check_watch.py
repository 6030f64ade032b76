"""Repeated checks: one after each change of a file."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from briefing_tui.cli.output import fail, put
from briefing_tui.storage.file_watcher import INTERVAL, Watcher

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Clears the screen and its scrollback, and moves to the top (ECMA-48, ED and CUP)."""


def watch(
    files: Sequence[str],
    check: Callable[[], str],
    sleep: Callable[[float], object] = time.sleep,
) -> None:
    """Print a report now, and again after each change of a file, until Ctrl-C.

    Args:
        files: The files to watch.
        check: Checks them and returns the report.
        sleep: Waits some seconds.
    """
    if not files or "-" in files:
        fail("--watch needs files that can change; name them", 2)
    watchers = [Watcher(Path(file)) for file in files]
    try:
        _show(check(), files)
        while True:
            sleep(INTERVAL)
            if [watcher for watcher in watchers if watcher.look() is not None]:
                _show(check(), files)
    except KeyboardInterrupt:
        click.echo()
        sys.exit(0)


def _show(report: str, files: Sequence[str]) -> None:
    """Print a report, on a cleared screen if output is a terminal."""
    is_terminal = sys.stdout.isatty()
    at = time.strftime("%H:%M:%S")
    noun = "it" if len(files) == 1 else "one of them"
    hint = f"checked at {at}; again when {noun} changes. Ctrl-C ends."
    text = report.removesuffix("\n") + "\n"
    put(CLEAR + text if is_terminal else text)
    click.echo(hint, err=not is_terminal)
