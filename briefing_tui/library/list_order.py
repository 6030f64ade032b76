"""The arrangement of a library's list, saved from one session to the next."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from briefing_tui.annotations.sidecar import replace
from briefing_tui.library.list_rows import GROUPINGS, ORDERS, Grouping, Order

VERSION = 1
_MOST_BYTES = 64 * 1024


class Arrangement(msgspec.Struct, frozen=True):
    """The order and grouping of a list."""

    order: Order = ORDERS[0]
    grouping: Grouping = GROUPINGS[0]
    version: int = VERSION

    def sorted_next(self) -> Arrangement:
        """Return the arrangement with the next order."""
        order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        return msgspec.structs.replace(self, order=order)

    def grouped_next(self) -> Arrangement:
        """Return the arrangement with the next grouping."""
        grouping = GROUPINGS[(GROUPINGS.index(self.grouping) + 1) % len(GROUPINGS)]
        return msgspec.structs.replace(self, grouping=grouping)


def recall(directory: Path | None) -> Arrangement:
    """Return the saved arrangement, or the default if there is none that can be read."""
    path = _path(directory)
    if path is None:
        return Arrangement()
    try:
        with path.open("rb") as file:
            arrangement = msgspec.json.decode(file.read(_MOST_BYTES), type=Arrangement)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Arrangement()
    return arrangement if arrangement.version == VERSION else Arrangement()


def keep(directory: Path | None, arrangement: Arrangement) -> None:
    """Save an arrangement; a directory that cannot be written is ignored."""
    path = _path(directory)
    if path is not None:
        with contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace(path, msgspec.json.encode(arrangement))


def _path(directory: Path | None) -> Path | None:
    return directory / "library.json" if directory else None
