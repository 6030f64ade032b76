"""Reading positions: where a reader left each briefing.

One that cannot be read or written is reported, and reading goes on. If two sessions read the same
briefing, the position of the last one to end is stored.
"""

from __future__ import annotations

import contextlib
import datetime
import os
from pathlib import Path
from typing import NamedTuple

import msgspec

from briefing_tui.briefing.document import digest
from briefing_tui.storage.json_record import DamagedRecordError, JsonRecord, NewerRecordError
from briefing_tui.storage.per_briefing_files import (
    has_content,
    most_alike,
    position_file,
    position_files,
)

VERSION = 1


class Position(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a reader is in one briefing. Rows are named by their keys."""

    pane: str = ""
    rows: dict[str, str] = {}
    """Key of the highlighted row, by pane."""
    as_of: datetime.date | None = None
    """The as-of date; None for the briefing's own."""
    focus: tuple[str, ...] = ()
    """Actors and deals that filter the panes, outermost first."""
    zoomed: bool = False
    theme: str = ""
    """The theme chosen while reading; empty if none."""
    theme_before: str = ""
    """The theme that it replaced; ``theme`` counts only while the settings have this one."""


class StoredPosition(NamedTuple):
    """What an earlier session stored."""

    position: Position | None
    warning: str = ""
    """Why no position was read, or none can be saved; empty if neither is so."""
    can_save: bool = True


class _Record(msgspec.Struct, omit_defaults=True):
    version: int
    briefing: str = ""
    position: Position = msgspec.field(default_factory=Position)
    title: str = ""
    digest: str = ""
    """Of the file, in hexadecimal; empty if unknown."""


_RECORD = JsonRecord(_Record, VERSION, is_indented=True)


def load(
    directory: Path | None, identity: str, title: str = "", data: bytes = b""
) -> StoredPosition:
    """Read the position in a briefing, by its identity.

    Without one, or with that of another briefing, it is looked for under the name that the
    briefing, with this title and these bytes, had before.
    """
    path = position_file(directory, identity)
    if path is None:
        return StoredPosition(None, can_save=False)
    try:
        record = _RECORD.read(path)
    except NewerRecordError:
        message = "The reading position was written by a newer version, and is left unchanged"
        return StoredPosition(None, message, can_save=False)
    except DamagedRecordError:
        return StoredPosition(None, "The reading position is damaged; starting at the top")
    except OSError as error:
        return StoredPosition(None, f"The reading position cannot be read: {error.strerror}")
    if title and path.parent.exists() and (record is None or record.title not in ("", title)):
        record = _former(path, identity, title, digest(data).hex()) or record
    return StoredPosition(record.position if record else None, _write_problem(path.parent))


def _former(path: Path, identity: str, title: str, content: str) -> _Record | None:
    """Return the only record of a briefing whose file has another name now; None if unclear."""
    same_content: list[_Record] = []
    same_title: list[_Record] = []
    for other in position_files(path.parent):
        with contextlib.suppress(OSError):
            record = _RECORD.read(other) if other != path else None
            if record is not None and record.digest == content:
                same_content += [] if has_content(record.briefing, content) else [record]
            elif record is not None and record.title == title:
                same_title += [] if os.path.lexists(record.briefing) else [record]
    candidates = {record.briefing: record for record in same_content or same_title}
    names = most_alike(candidates, identity)
    return candidates[names[0]] if len(names) == 1 else None


def save(
    directory: Path | None, identity: str, position: Position, title: str = "", data: bytes = b""
) -> str:
    """Save the position in a briefing; return what went wrong, empty if nothing did.

    The title and the bytes of the briefing's file find it again under another name.
    """
    path = position_file(directory, identity)
    if path is None:
        return ""
    try:
        content = digest(data).hex() if data else ""
        _RECORD.write(path, _Record(VERSION, identity, position, title, content))
    except OSError as error:
        return f"the reading position was not kept: {path.parent}: {error.strerror}"
    except UnicodeEncodeError:  # a path that is not valid text
        return ""
    return ""


def move(directory: Path | None, former: str, identity: str) -> None:
    """Move the position in a briefing to its new identity, unless that has a later one.

    A position that cannot be read or moved stays where it is.
    """
    source, target = position_file(directory, former), position_file(directory, identity)
    if source is None or target is None:
        return
    with contextlib.suppress(OSError):
        record = _RECORD.read(source)
        if record is None:
            return
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _RECORD.write(target, msgspec.structs.replace(record, briefing=identity))
        source.unlink()


def briefings(directory: Path | None) -> list[str]:
    """Return the real paths of the briefings with a position."""
    names = []
    for path in position_files(directory):
        with contextlib.suppress(OSError):
            record = _RECORD.read(path)
            names.append(record.briefing if record else "")
    return [name for name in names if os.path.isabs(name) and "\0" not in name]


def _write_problem(directory: Path) -> str:
    """Return why nothing can be saved in a directory; empty if it can."""
    ancestor = directory
    while not ancestor.exists() and ancestor.parent != ancestor:
        ancestor = ancestor.parent
    if ancestor.is_dir() and os.access(ancestor, os.W_OK | os.X_OK):
        return ""
    return f"The reading position will not be kept: {directory} cannot be written"
