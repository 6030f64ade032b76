"""What can have happened by when (E107, E108).

A date that is uncertain or approximate gets leeway here, for these are errors: "about February" may
well be the end of January.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefing_tui.briefing.check.rule_helpers import finding
from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.dates import Point as End
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import (
    Briefing,
    Deal,
    Event,
    Met,
    Milestone,
    Order,
    Progress,
    Source,
)
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.tree import Scalar, find

_LEEWAY = {"day": 7, "month": 31, "year": 366}
_TIME_ZONES = 1
"""Days by which a report can seem to be older than what it tells."""


def occurred(document: Document) -> Iterator[Problem]:
    """E107: what has occurred lies no later than what was known of it.

    Known is what the briefing knew when it was made, and all that the event cites. An event without
    sources may be as late as the newest source of the file.
    """
    briefing = document.briefing
    if not _has_as_of(document):
        return
    made = Known.by(briefing.as_of)
    newest = max([made, *map(_published, briefing.sources.values())], key=Known.order)
    for event in briefing.timeline:
        if event.status != "occurred" or not all(c.source in briefing.sources for c in event.cite):
            continue
        known = max([made, *_own(event, briefing)], key=Known.order) if event.cite else newest
        if _earliest(event.date) > known.day + _TIME_ZONES:
            message = (
                f"'occurred' in {event.date}, later than anything it rests on ({known.date});"
                " cite a later source, or use 'status: planned'"
            )
            yield finding(document, "E107", event, "date", message)


def planned(document: Document) -> Iterator[Problem]:
    """E107: what was planned for the time before the briefing has an outcome."""
    briefing = document.briefing
    if not _has_as_of(document) or any(one.place.path[0] == "timeline" for one in document.broken):
        return  # an event that could not be read may be the outcome
    resolved = {name for event in briefing.timeline for name in event.resolves}
    for event in briefing.timeline:
        if event.status != "planned" or event.id in resolved:
            continue
        if _before(event.date, briefing.as_of):
            message = (
                f"planned for {event.date}, which is before 'as_of' ({briefing.as_of}); tell what"
                f" became of it in an event with 'resolves: [{event.id}]', or change 'status'"
            )
            yield finding(document, "E107", event, "date", message)


def outcomes(document: Document) -> Iterator[Problem]:
    """E107: an event is the outcome of planned ones, and of others than itself."""
    events = {event.id: event for event in document.briefing.timeline}
    for event in document.briefing.timeline:
        for index, name in enumerate(event.resolves):
            if name == event.id:
                message = "an event cannot be its own outcome; name the planned event"
            elif name in events and events[name].status != "planned":
                message = (
                    f"'{name}' has 'status: {events[name].status}', so it has no outcome;"
                    " name a planned event, or set that one to 'planned'"
                )
            else:
                continue
            yield finding(document, "E107", event, ("resolves", index), message)


def deals(document: Document) -> Iterator[Problem]:
    """E108: nothing is delivered before it is ordered, and no more than was ordered."""
    deliveries: dict[str, list[Event]] = {}
    for event in document.briefing.timeline:
        if event.type == "delivery" and event.status in ("occurred", "planned"):
            for name in event.deals:
                deliveries.setdefault(name, []).append(event)
    for name, deal in document.briefing.deals.items():
        if deal.order is not None:
            yield from _too_early(document, deal, deal.order, deliveries.get(name, ()))
            yield from _too_many(document, deal, deal.order)


def _too_early(
    document: Document, deal: Deal, order: Order, deliveries: Iterable[Event]
) -> Iterator[Problem]:
    if order.date is None:
        return
    for entry in (*deliveries, *_counts(deal)):
        if _before(entry.date, order.date):
            what = "met" if isinstance(entry, Met) else "delivered"
            message = (
                f"{what} {entry.date}, before the order of {order.date};"
                " correct one of the two dates"
            )
            yield finding(document, "E108", entry, "date", message)


def _too_many(document: Document, deal: Deal, order: Order) -> Iterator[Problem]:
    numbered: tuple[Milestone | Met | Progress, ...] = (*deal.milestones, *_counts(deal))
    for entry in numbered:
        if order.number is not None and entry.number is not None and entry.number > order.number:
            message = (
                f"{entry.number:,} is more than the {order.number:,} ordered;"
                " correct it, or 'number' in 'order'"
            )
            yield finding(document, "E108", entry, "number", message)


def _counts(deal: Deal) -> Iterator[Met | Progress]:
    for milestone in deal.milestones:
        yield from milestone.progress
        if milestone.met is not None:
            yield milestone.met


class Known(NamedTuple):
    """Up to which day something was known, and the date that says so."""

    day: int
    date: Edtf

    @classmethod
    def by(cls, date: Edtf) -> Known:
        """All that was known when a date was over."""
        return cls(_latest(date), date)

    def order(self) -> int:
        """For comparison: of dates that end on one day any will do."""
        return self.day


def _own(event: Event, briefing: Briefing) -> Iterator[Known]:
    yield from (_published(briefing.sources[citation.source]) for citation in event.cite)
    if event.known is not None:
        yield Known.by(event.known)


def _published(source: Source) -> Known:
    """A source without an end to its publication was out when the briefer saw it."""
    dates = [source.published.date, *([source.retrieved] if source.retrieved else [])]
    return min(map(Known.by, dates), key=Known.order)


def _before(first: Edtf, second: Edtf) -> bool:
    """Whether all of one date is over before any of another has begun."""
    return _latest(first) < _earliest(second)


def _latest(date: Edtf) -> int:
    return date.upper.toordinal() + _leeway(date.end)


def _earliest(date: Edtf) -> int:
    return date.lower.toordinal() - _leeway(date.start)


def _leeway(end: End | None) -> int:
    return _LEEWAY[end.precision] if end is not None and end.qualified else 0


def _has_as_of(document: Document) -> bool:
    """Whether ``as_of`` was read, and is no stand-in."""
    node = find(document.root, ("as_of",))
    return isinstance(node, Scalar) and node.value == str(document.briefing.as_of)
