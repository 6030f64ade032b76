"""How a reader stands to a briefing: whether it was opened, what is unread, how many marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from briefing_tui.annotations.sidecar import Sidecar


class Standing(msgspec.Struct, frozen=True):
    """What a list tells of the reader and one briefing; of one that nobody opened, nothing."""

    opened: bool = False
    unread: int = 0
    """Entries that are new, changed or gone since it was read."""
    stars: int = 0
    notes: int = 0


NEVER = Standing()


def standing_of(sidecars: Iterable[Sidecar], *, opened: bool, unread: int) -> Standing:
    """The standing that some sidecars make, with marks on what is gone, too."""
    marked = [one for sidecar in sidecars for key, one in sidecar.items() if key]
    stars = sum(one.star is not None for one in marked)
    return Standing(opened, unread, stars, sum(len(one.notes) for one in marked))
