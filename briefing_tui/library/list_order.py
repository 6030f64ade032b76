"""How the list of a library was arranged last, kept from one session to the next."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from briefing_tui.annotations.sidecar import replace
from briefing_tui.library.list_rows import GROUPINGS, ORDERS, Grouping, Order

VERSION = 1
_MOST_BYTES = 64 * 1024


class Arrangement(msgspec.Struct, frozen=True):
    """What the list is sorted by, and what stands together in it."""

    order: Order = ORDERS[0]
    grouping: Grouping = GROUPINGS[0]
    version: int = VERSION

    def sorted_next(self) -> Arrangement:
        """With the order after this one."""
        order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        return msgspec.structs.replace(self, order=order)

    def grouped_next(self) -> Arrangement:
        """With the grouping after this one."""
        grouping = GROUPINGS[(GROUPINGS.index(self.grouping) + 1) % len(GROUPINGS)]
        return msgspec.structs.replace(self, grouping=grouping)


def recall(directory: Path | None) -> Arrangement:
    """The arrangement that was kept; the first where there is none that can be understood."""
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
    """Keep an arrangement; where nothing can be written, the next session begins with the first."""
    path = _path(directory)
    if path is not None:
        with contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace(path, msgspec.json.encode(arrangement))


def _path(directory: Path | None) -> Path | None:
    return directory / "library.json" if directory else None
