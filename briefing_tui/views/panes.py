"""The four panes, in the order of their keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from briefing_tui.views.actors import actors
from briefing_tui.views.deals import deals
from briefing_tui.views.rows import View
from briefing_tui.views.scene import Scene
from briefing_tui.views.summary import summary
from briefing_tui.views.timeline import timeline


class PaneSpec(NamedTuple):
    """One of the four panes."""

    name: str
    """What commands and options call it."""
    title: str
    """What its tab says."""
    view: Callable[[Scene], View]


PANES = (
    PaneSpec("summary", "Summary", summary),
    PaneSpec("timeline", "Timeline", timeline),
    PaneSpec("actors", "Actors", actors),
    PaneSpec("deals", "Deals", deals),
)
