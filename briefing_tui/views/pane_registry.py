"""The four panes, in the order of their keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from briefing_tui.briefing.model import Briefing
from briefing_tui.views.actors import actors
from briefing_tui.views.commitments import commitments
from briefing_tui.views.mark_overlay import with_marks
from briefing_tui.views.rows import View
from briefing_tui.views.scene import Scene
from briefing_tui.views.summary import SECTIONS, summary
from briefing_tui.views.terms import tracker
from briefing_tui.views.timeline import timeline


class PaneSpec(NamedTuple):
    """One of the four panes."""

    name: str
    """Its name in commands and options."""
    title: str
    """Its title wherever no briefing is shown; see `pane_title`."""
    view: Callable[[Scene], View]


PANES = (
    PaneSpec("summary", "Summary", with_marks(summary, *SECTIONS)),
    PaneSpec("timeline", "Timeline", with_marks(timeline, "timeline")),
    PaneSpec("actors", "Actors", with_marks(actors, "actors")),
    PaneSpec("deals", "Deals", with_marks(commitments, "deals")),
)


def pane_title(spec: PaneSpec, briefing: Briefing) -> str:
    """Return the title of a pane in a briefing: that of the commitments follows their kind."""
    return tracker(briefing).tab if spec.name == "deals" else spec.title
