"""Reading status of a briefing for lists: whether it was opened, what is unread, how many marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from briefing_tui.annotations.sidecar import Sidecar


class ReadingStatus(msgspec.Struct, frozen=True):
    """What a list shows of a reader's progress in one briefing."""

    opened: bool = False
    unread: int = 0
    """Entries that are new, changed or removed since they were read."""
    stars: int = 0
    notes: int = 0


NOT_OPENED = ReadingStatus()


def reading_status(sidecars: Iterable[Sidecar], *, opened: bool, unread: int) -> ReadingStatus:
    """Return the status with the marks of some sidecars, including those on removed entries."""
    entries = [marked for sidecar in sidecars for key, marked in sidecar.items() if key]
    stars = sum(marked.star is not None for marked in entries)
    return ReadingStatus(opened, unread, stars, sum(len(marked.notes) for marked in entries))
