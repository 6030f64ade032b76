"""Rules for the order of events (E107, E108, W213).

These are errors, so an uncertain or approximate date has leeway: "about February" may well be the
end of January.
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from briefing_tui.briefing.dates import Edtf, Endpoint, Precision
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import (
    Commitment,
    Event,
    Milestone,
    MilestoneOutcome,
    Order,
    Progress,
    Source,
)
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.tree import Scalar, find

_LEEWAY: dict[Precision, int] = {
    "second": 1, "minute": 1, "day": 7, "month": 31, "quarter": 92, "season": 92, "half": 184,
    "year": 366, "decade": 3660, "century": 36600,
}  # fmt: skip
"""Days on either side by precision."""
TIME_ZONES = 1
"""Days by which a report can appear to predate its subject."""


def check_occurred(document: Document) -> Iterator[Problem]:
    """E107: an event that occurred is not later than the knowledge about it.

    That is ``as_of`` and the publication of every cited source. An event without sources may be as
    late as the newest source in the file.
    """
    briefing = document.briefing
    if not _has_as_of(document):
        return
    newest = max([briefing.as_of, *map(_published, briefing.sources.values())], key=_latest)
    for event in briefing.timeline:
        cited = [briefing.sources.get(citation.source) for citation in event.cite]
        if event.status != "occurred" or None in cited:
            continue
        known = newest
        if event.cite:
            published = [_published(source) for source in cited if source]
            dates = [briefing.as_of, *published, *([event.known] if event.known else [])]
            known = max(dates, key=_latest)
        if _earliest(event.date) > _latest(known) + TIME_ZONES:
            message = (
                f"'occurred' in {event.date}, later than its sources and 'as_of' ({known});"
                " cite a later source, or use 'status: planned'"
            )
            yield document.problem("E107", message, event, "date")


def check_planned(document: Document) -> Iterator[Problem]:
    """E107: an event planned for before ``as_of`` has an outcome."""
    briefing = document.briefing
    unreadable = {broken.location.path[0] for broken in document.broken}
    if not _has_as_of(document) or "timeline" in unreadable:
        return  # an unreadable event may be the outcome
    resolved = {name for event in briefing.timeline for name in event.resolves}
    for event in briefing.timeline:
        if event.status != "planned" or event.id in resolved:
            continue
        if is_before(event.date, briefing.as_of):
            message = (
                f"planned for {event.date}, which is before 'as_of' ({briefing.as_of}); add its"
                f" outcome as an event with 'resolves: [{event.id}]', or change 'status'"
            )
            yield document.problem("E107", message, event, "date")


def check_outcomes(document: Document) -> Iterator[Problem]:
    """E107: an event resolves only planned events, and not itself."""
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
            yield document.problem("E107", message, event, "resolves", index)


_NOUNS = {"part_of": "part", "because_of": "cause"}
"""What an event must not be of itself, by the relation that says so."""


def check_relations(document: Document) -> Iterator[Problem]:
    """E107: no event contradicts itself, nor is part of or the cause of itself at any remove."""
    timeline = document.briefing.timeline
    for event in timeline:
        for index, name in enumerate(event.contradicts):
            if name == event.id:
                message = "an event cannot contradict itself; name the other event"
                yield document.problem("E107", message, event, "contradicts", index)
    events = {event.id: event for event in timeline}
    for relation, noun in _NOUNS.items():
        targets = {event.id: ids for event in timeline if (ids := getattr(event, relation))}
        try:
            TopologicalSorter(targets).prepare()
        except CycleError as error:
            name, event_id, *_ = error.args[1]
            event, through = events[event_id], f", as it is through '{name}'"
            index = getattr(event, relation).index(name)
            message = (
                f"an event cannot be a {noun} of itself{'' if name == event_id else through};"
                " name another event, or leave it out"
            )
            yield document.problem("E107", message, event, relation, index)


def check_causes(document: Document) -> Iterator[Problem]:
    """W213: an event does not happen before what it is because of, unless that was planned."""
    events = {event.id: event for event in document.briefing.timeline}
    for event in document.briefing.timeline:
        for index, name in enumerate(event.because_of):
            cause = events.get(name)
            if cause and cause.status != "planned" and is_before(event.date, cause.date):
                message = (
                    f"{event.date} is before its cause '{name}' ({cause.date});"
                    " correct one of the two dates, or name what announced it"
                )
                yield document.problem("W213", message, event, "because_of", index)


def check_deliveries(document: Document) -> Iterator[Problem]:
    """E108: nothing is delivered before the order, nor more than was ordered."""
    deliveries: dict[str, list[Event]] = {}
    for event in document.briefing.timeline:
        if event.type == "delivery" and event.status in ("occurred", "planned"):
            for name in event.commitments:
                deliveries.setdefault(name, []).append(event)
    for name, deal in document.briefing.commitments.items():
        if deal.order is not None:
            yield from _too_early(document, deal, deal.order, deliveries.get(name, []))
            yield from _too_many(document, deal, deal.order)


def _too_early(
    document: Document, deal: Commitment, order: Order, deliveries: list[Event]
) -> Iterator[Problem]:
    for entry in (*deliveries, *_counts(deal)):
        if order.date is not None and is_before(entry.date, order.date):
            verb = "met" if isinstance(entry, MilestoneOutcome) else "delivered"
            message = (
                f"{verb} {entry.date}, before the order of {order.date};"
                " correct one of the two dates"
            )
            yield document.problem("E108", message, entry, "date")


def _too_many(document: Document, deal: Commitment, order: Order) -> Iterator[Problem]:
    numbered: tuple[Milestone | MilestoneOutcome | Progress, ...] = (
        *deal.milestones,
        *_counts(deal),
    )
    for entry in numbered:
        if order.number is not None and entry.number is not None and entry.number > order.number:
            message = (
                f"{entry.number:,} is more than the {order.number:,} ordered;"
                " correct it, or 'number' in 'order'"
            )
            yield document.problem("E108", message, entry, "number")


def _counts(deal: Commitment) -> Iterator[MilestoneOutcome | Progress]:
    for milestone in deal.milestones:
        yield from milestone.progress
        if milestone.met is not None:
            yield milestone.met


def _published(source: Source) -> Edtf:
    """Return when a source was out; with an open publication date, when it was retrieved."""
    dates = [source.published.date, *([source.retrieved] if source.retrieved else [])]
    return min(dates, key=_latest)


def is_before(first: Edtf, second: Edtf, *, days: int = 0) -> bool:
    """Return whether all of one date precedes all of another, by more than a number of days."""
    return _latest(first) + days < _earliest(second)


def _latest(date: Edtf) -> int:
    return date.upper.toordinal() + _leeway(date.end)


def _earliest(date: Edtf) -> int:
    return date.lower.toordinal() - _leeway(date.start)


def _leeway(point: Endpoint | None) -> int:
    return _LEEWAY[point.precision] if point is not None and point.qualified else 0


def _has_as_of(document: Document) -> bool:
    """Return whether ``as_of`` was read from the file and is not a default."""
    node = find(document.root, ("as_of",))
    return isinstance(node, Scalar) and node.value == str(document.briefing.as_of)
