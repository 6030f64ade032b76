"""Where a reader was in each briefing, kept from one session to the next.

One small file for each briefing, named by the hash of what the briefing is called: two sessions
that read different briefings never touch the same file, and of two that read the same one the last
to leave is remembered. A file is replaced whole, never changed. None of it is needed: what cannot
be read or written is told in words, and reading goes on.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec

from briefing_tui.storage.directories import bundled

VERSION = 1
BUNDLED = "bundled"
"""What the bundled briefing is called, wherever it is installed."""
_MOST_BYTES = 64 * 1024


class Position(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a reader was in one briefing. Places are named by keys of rows."""

    pane: str = ""
    """Name of the pane that had the keys."""
    rows: dict[str, str] = {}
    """Key of the highlighted row, by pane."""
    as_of: datetime.date | None = None
    """The day that was shown; nothing for the briefing's own."""
    focus: tuple[str, ...] = ()
    """What the panes were narrowed to, outermost first."""
    zoomed: bool = False
    theme: str = ""
    """The theme that was chosen while reading; nothing where none was."""
    theme_before: str = ""
    """The theme that it was chosen in place of, and counts for."""


class Recalled(NamedTuple):
    """What is known of an earlier session."""

    position: Position | None
    warning: str = ""
    """Why nothing is known, or will be: for the reader to say, not to fail."""
    keep: bool = True
    """Whether a new position may take the place of what is there."""


class _Version(msgspec.Struct):
    version: Annotated[int, msgspec.Meta(ge=1)]


class _Kept(_Version, kw_only=True):
    """What a file holds."""

    briefing: str = ""
    position: Position = msgspec.field(default_factory=Position)


def identity(file: str | None, title: str) -> str:
    """What a briefing is called from one session to the next, whatever changes in it.

    Args:
        file: Its path, ``-`` for standard input, or nothing for the bundled one.
        title: Its title, which alone names what came through standard input.
    """
    if file is None:
        return BUNDLED
    if file == "-":
        return f"input: {title}"
    path = os.path.realpath(file)
    return BUNDLED if path == bundled_path() else path


def bundled_path() -> str:
    """The real path of the bundled briefing, by which it is called no more."""
    return os.path.realpath(bundled())


def take_over(directory: Path | None, former: str, name: str) -> None:
    """Let a briefing begin where it was left last, also where it had another name then.

    A position that cannot be read or moved stays where it is.
    """
    new, old = _path(directory, name), _path(directory, former)
    if new is None or old is None:
        return
    with contextlib.suppress(OSError):
        if not old.exists() or recall(directory, former).position is None:
            return
        if new.exists() and new.stat().st_mtime >= old.stat().st_mtime:
            old.unlink()
        else:
            old.replace(new)


def recall(directory: Path | None, name: str) -> Recalled:
    """The position that was kept for a briefing, by its identity."""
    path = _path(directory, name)
    if path is None:
        return Recalled(None, keep=False)
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
    except FileNotFoundError:
        return Recalled(None, _unwritable(path.parent))
    except OSError as error:
        return Recalled(None, f"The reading position cannot be read: {error.strerror}")
    try:
        version = msgspec.json.decode(data, type=_Version).version
        if version > VERSION:
            told = "The reading position was kept by a newer version, and is left alone"
            return Recalled(None, told, keep=False)
        position = msgspec.json.decode(data, type=_Kept).position
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Recalled(None, "The reading position is damaged; reading starts anew")
    return Recalled(position, _unwritable(path.parent))


def keep(directory: Path | None, name: str, position: Position) -> str:
    """Keep a position for a briefing; the result is what went wrong, or nothing."""
    path = _path(directory, name)
    if path is None:
        return ""
    from briefing_tui.storage.atomic_write import (
        replace,  # what recalls a position need not wait for it
    )

    kept = _Kept(version=VERSION, briefing=name, position=position)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace(path, msgspec.json.format(msgspec.json.encode(kept)) + b"\n", sync=True)
    except OSError as error:
        return f"the reading position was not kept: {path.parent}: {error.strerror}"
    except UnicodeEncodeError:  # a path that is no text
        return ""
    return ""


def briefings(directory: Path | None) -> list[str]:
    """Return the files of which a position is kept, by their real paths."""
    found = []
    for path in directory.glob(f"{'[0-9a-f]' * 32}.json") if directory else ():
        with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            found.append(msgspec.json.decode(path.read_bytes(), type=_Kept).briefing)
    return [name for name in found if os.path.isabs(name) and "\0" not in name]


def _path(directory: Path | None, name: str) -> Path | None:
    digest = hashlib.sha256(os.fsencode(name)).hexdigest()[:32]
    return directory / f"{digest}.json" if directory else None


def _unwritable(directory: Path) -> str:
    """Why nothing will be kept in a directory, or nothing."""
    there = directory
    while not there.exists() and there.parent != there:
        there = there.parent
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return ""
    return f"The reading position will not be kept: {directory} cannot be written"
