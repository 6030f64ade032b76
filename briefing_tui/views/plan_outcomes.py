"""What came of planned events: whether they came about, when, and how late."""

from __future__ import annotations

import datetime

from briefing_tui.briefing.dates import format_date, is_after
from briefing_tui.briefing.model import Event
from briefing_tui.views.milestones import slippage
from briefing_tui.views.scene import Scene


def plan_outcomes(scene: Scene) -> dict[str, Event]:
    """Return the known outcomes of planned events by their ids: what happened first counts."""
    outcomes: dict[str, Event] = {}
    events = sorted(scene.known.timeline, key=lambda event: event.date.sort_key)
    for event in sorted(events, key=lambda event: _is_ahead(event, scene.as_of)):
        for name in event.resolves:
            outcomes.setdefault(name, event)
    return outcomes


def outcome_in_words(scene: Scene, plan: Event, outcome: Event) -> str:
    """Return what came of a plan, such as ``came about Nov 2021, 12 to 13 months late``."""
    date = f" {format_date(outcome.date)}" if outcome.date.is_known else ""
    if outcome.status == "cancelled":
        return f"cancelled{date}"
    if _is_ahead(outcome, scene.as_of):
        return f"now planned for{date}" if date else "planned again"
    if outcome.status != "occurred":
        return f"said to have come about{date}, {outcome.status}"
    lateness = lateness_of(scene, plan, outcome)
    return f"came about{date}, {lateness}" if lateness else f"came about{date}"


def lateness_of(scene: Scene, plan: Event, outcome: Event) -> str | None:
    """Return how late a plan came about; None if it did not, or if a date is not known."""
    has_occurred = outcome.status == "occurred" and not _is_ahead(outcome, scene.as_of)
    return slippage(plan.date, outcome.date) if has_occurred else None


def _is_ahead(event: Event, day: datetime.date) -> bool:
    return event.status == "planned" or (event.status == "occurred" and is_after(event.date, day))
