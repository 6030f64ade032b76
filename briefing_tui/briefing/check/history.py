"""Rules for what was known, promised and done when (W220 to W224).

They compare the dates of one file with each other, with the leeway that uncertain dates have.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from briefing_tui.briefing.check.chronology import TIME_ZONES, is_before
from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import (
    Commitment,
    Event,
    Evidenced,
    Forecast,
    Milestone,
    MilestoneOutcome,
    Payment,
    Point,
    Progress,
    Stage,
    Statement,
    Value,
)
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import sources

_FOLLOWS = {
    "authorised": ("submitted", "under_evaluation"),
    "awarded": ("tendered",),
    "certified": ("in_voting", "in_count"),
    "cleared": ("notified",),
    "closed": ("proposed", "signed"),
    "completed": ("contracted", "in_progress", "recruiting", "under_construction"),
    "convicted": ("charged",),
    "decided": ("filed",),
    "delivered": ("proposed", "approved", "contracted", "in_delivery"),
    "disbursed": ("pledged", "in_delivery"),
    "drawn": ("signed",),
    "finished": ("scheduled", "qualifying", "under_way"),
    "in_count": ("called", "in_voting"),
    "in_delivery": ("proposed", "contracted"),
    "in_depth_review": ("notified",),
    "in_operation": ("launched",),
    "in_trial": ("filed", "charged"),
    "in_use": ("under_construction",),
    "launched": ("ready_to_launch",),
    "ratified": ("initialled", "signed"),
    "recommended": ("submitted",),
    "repaid": ("signed", "drawn"),
    "resolved": ("investigating", "identified"),
    "result_declared": ("in_voting", "in_count"),
    "sentenced": ("charged", "convicted"),
    "signed": ("initialled",),
    "under_evaluation": ("submitted",),
}
"""Stages that others always precede; the usual order of most stages has exceptions."""


def check_origins(document: Document) -> Iterator[Problem]:
    """W220: a source does not derive from itself at any remove, nor from a later one."""
    records = document.briefing.sources
    origins = {name: source.derives_from for name, source in records.items() if source.derives_from}
    try:
        TopologicalSorter(origins).prepare()
    except CycleError as error:
        name, source_id, *_ = error.args[1]
        message = (
            f"'{source_id}' derives from itself"
            f"{'' if name == source_id else f' through {name!r}'}; name the source that was first"
        )
        index = origins[source_id].index(name)
        yield document.problem("W220", message, records[source_id], "derives_from", index)
    for source_id, names in origins.items():
        for index, name in enumerate(names):
            origin = records.get(name)
            if origin and is_before(records[source_id].published.date, origin.published.date):
                message = (
                    f"published {records[source_id].published.date}, before '{name}'"
                    f" ({origin.published.date}), from which it derives; correct one of the dates"
                )
                yield document.problem("W220", message, records[source_id], "derives_from", index)


def check_knowledge(document: Document) -> Iterator[Problem]:
    """W221: nothing is known before it happened.

    What has no date is known with its first source, unless a note says how it was known before.
    """
    for entry in document.evidenced:
        known, happened = entry.known, _happened(entry)
        if known is None:
            continue
        if happened is not None:
            is_future = is_before(document.briefing.as_of, happened)  # for events, E107
            if is_before(known, happened, days=TIME_ZONES) and not is_future:
                message = f"'known' is {known}, before {happened}; correct one of the two"
                yield document.problem("W221", message, entry, "known")
        elif isinstance(entry, (Point, Value)) and entry.note is None:
            published = [source.published.date for source in sources(entry, document.briefing)]
            if published and all(is_before(known, day, days=TIME_ZONES) for day in published):
                first = min(published, key=lambda day: day.sort_key)
                message = (
                    f"'known' is {known}, but its first source is of {first}; correct one of the"
                    " two, or say in 'note' how it was known"
                )
                yield document.problem("W221", message, entry, "known")


def _happened(entry: Evidenced) -> Edtf | None:
    """Return the day before which an entry could not be known."""
    if isinstance(entry, Event):
        return entry.date if entry.status == "occurred" else None
    if isinstance(entry, Forecast):
        return entry.said
    if isinstance(entry, (MilestoneOutcome, Payment, Progress, Statement)):
        return entry.date
    return None


def check_promises(document: Document) -> Iterator[Problem]:
    """W222: a date is promised before it is due, and before the promise is kept."""
    for deal in document.briefing.commitments.values():
        for milestone in deal.milestones:
            yield from _late_promises(document, milestone)


def _late_promises(document: Document, milestone: Milestone) -> Iterator[Problem]:
    met = milestone.met
    for forecast in milestone.forecasts:
        if is_before(forecast.due, forecast.said):
            message = (
                f"due {forecast.due}, before it was said ({forecast.said});"
                " correct one of the two dates"
            )
            yield document.problem("W222", message, forecast, "due")
        elif met is not None and is_before(met.date, forecast.said):
            message = (
                f"promised {forecast.said}, after it was met ({met.date});"
                " correct one of the two dates"
            )
            yield document.problem("W222", message, forecast, "said")
    said = [forecast.said for forecast in milestone.forecasts]
    if met is not None and len(said) > 1 and all(is_before(met.date, day) for day in said):
        message = f"met {met.date}, before anybody promised it; correct the date"
        yield document.problem("W222", message, met, "date")


def check_progress(document: Document) -> Iterator[Problem]:
    """W223: progress neither falls nor goes beyond the number that completes its milestone."""
    for deal in document.briefing.commitments.values():
        for milestone in deal.milestones:
            counts = [*milestone.progress]
            reached: list[Progress | MilestoneOutcome] = [*counts]
            reached += [milestone.met] if milestone.met else []
            for entry in reached:
                number, whole = entry.number or 0, milestone.number
                if whole is not None and number > whole:
                    message = (
                        f"{number:,} is more than the {whole:,} that complete the milestone;"
                        " correct one of the two"
                    )
                    yield document.problem("W223", message, entry, "number")
            counts.sort(key=lambda entry: entry.date.sort_key)
            for earlier, later in itertools.pairwise(counts):
                if later.number < earlier.number and is_before(earlier.date, later.date):
                    message = (
                        f"{later.number:,} by {later.date}, fewer than the {earlier.number:,} by"
                        f" {earlier.date}; correct one of the two"
                    )
                    yield document.problem("W223", message, later, "number")


def check_stages(document: Document) -> Iterator[Problem]:
    """W224: no stage comes before one that it always follows, nor a payment before the contract."""
    for deal in document.briefing.commitments.values():
        firsts: dict[str, Stage] = {}
        for stage in deal.stages:
            first = firsts.get(stage.stage)
            if first is None or is_before(stage.date, first.date):
                firsts[stage.stage] = stage
        for name, stage in firsts.items():
            for earlier in _FOLLOWS.get(name, ()):
                other = firsts.get(earlier)
                if other is not None and is_before(stage.date, other.date):
                    message = (
                        f"'{name}' {stage.date} is before '{earlier}' {other.date};"
                        " correct one of the two dates"
                    )
                    yield document.problem("W224", message, stage, "date")
        yield from _early_steps(document, deal, firsts.get("contracted"))


def _early_steps(
    document: Document, deal: Commitment, contracted: Stage | None
) -> Iterator[Problem]:
    """Yield what cannot come before the order or contract of a deal, and does."""
    dates = [deal.order.date] if deal.order and deal.order.date else []
    dates += [contracted.date] if contracted else []
    if not dates:
        return
    first = min(dates, key=lambda date: date.sort_key)
    steps: list[Stage | Payment] = [
        *(stage for stage in deal.stages if stage.stage in ("in_delivery", "delivered")),
        *deal.payments,
    ]
    for step in steps:
        if step.date is not None and is_before(step.date, first) and step is not contracted:
            noun = "paid" if isinstance(step, Payment) else f"'{step.stage}'"
            message = (
                f"{noun} {step.date}, before the order of {first}; correct one of the two dates"
            )
            yield document.problem("W224", message, step, "date")
