"""Checking again whenever a file changes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing_tui.cli.output import fail, name_of, put
from briefing_tui.cli.source_option import given
from briefing_tui.storage.file_watcher import INTERVAL, Watcher

if TYPE_CHECKING:
    from briefing_tui.tui.reloading import Loaded, Look

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


def looker(file: str | None, data: bytes) -> Look | None:
    """What looks at a file for the reader, which shows ``data``; nothing for what was a pipe."""
    if file == "-" or (file is not None and Path(file).exists() and not Path(file).is_file()):
        return None
    from briefing_tui.briefing.model import Briefing
    from briefing_tui.briefing.problems import Refused
    from briefing_tui.settings import bundled
    from briefing_tui.storage.document_cache import open_document
    from briefing_tui.storage.source_texts import attached

    texts = given()
    watcher = Watcher(bundled() if file is None else Path(file), data)

    def attach(briefing: Briefing) -> dict[str, str]:
        return attached(briefing, texts).texts

    def look() -> Loaded | None:
        found = watcher.look()
        if found is None and watcher.failure is None:
            return None
        from briefing_tui.tui.reloading import Loaded

        if found is None:
            return Loaded(None, f"{name_of(file)} {_failed(watcher.failure)}", there=False)
        try:
            return Loaded(open_document(found, name_of(file), attach))
        except Refused as refused:
            return Loaded(None, refused.problems[0].located(refused.name))

    return look


def _failed(error: OSError | ValueError | None) -> str:
    """What is the matter with a file that was there."""
    gone = isinstance(error, FileNotFoundError | NotADirectoryError)
    reason = getattr(error, "strerror", None) or error
    return f"{'is gone' if gone else 'cannot be read'}: {reason}"


def _show(report: str, files: Sequence[str]) -> None:
    """Print a report: on a terminal alone, elsewhere below the one before."""
    terminal = sys.stdout.isatty()
    at = time.strftime("%H:%M:%S")
    noun = "it" if len(files) == 1 else "one of them"
    hint = f"checked at {at}; again when {noun} changes. Ctrl-C ends."
    put(f"{CLEAR if terminal else ''}{report}{'' if report.endswith(chr(10)) else chr(10)}")
    click.echo(hint, err=not terminal)
