"""The arrangement of a library's list, saved from one session to the next."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from briefing_tui.library.list_rows import GROUPINGS, ORDERS, Grouping, Order
from briefing_tui.storage.json_record import JsonRecord

VERSION = 1
_FILE = "library.json"


class Arrangement(msgspec.Struct, frozen=True):
    """The order and grouping of a list."""

    order: Order = "newest"
    grouping: Grouping = "none"
    version: int = VERSION

    def sorted_next(self) -> Arrangement:
        """Return the arrangement with the next order."""
        return msgspec.structs.replace(self, order=_next(self.order, ORDERS))

    def grouped_next(self) -> Arrangement:
        """Return the arrangement with the next grouping."""
        return msgspec.structs.replace(self, grouping=_next(self.grouping, GROUPINGS))


def _next(name: str, table: Iterable[str]) -> str:
    names = [*table]
    return names[(names.index(name) + 1) % len(names)]


_RECORD = JsonRecord(Arrangement, VERSION)


def load(directory: Path | None) -> Arrangement:
    """Return the saved arrangement; the default one if none can be read."""
    with contextlib.suppress(OSError):
        return (directory and _RECORD.read(directory / _FILE)) or Arrangement()
    return Arrangement()


def problem(directory: Path | None) -> str:
    """Return why the saved arrangement cannot be read; empty if it can."""
    try:
        _ = directory and _RECORD.read(directory / _FILE)
    except OSError as error:
        return f"The order of the list cannot be read: {error.strerror}"
    return ""


def save(directory: Path | None, arrangement: Arrangement) -> None:
    """Save an arrangement, if the directory can be written."""
    if directory is not None:
        with contextlib.suppress(OSError):
            _RECORD.write(directory / _FILE, arrangement)
