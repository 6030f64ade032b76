"""Milestones of a deal: first and present promise, outcome, slippage, and how the date moved."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterator
from itertools import pairwise

from briefing_tui.briefing.dates import Edtf, format_date
from briefing_tui.briefing.model import Commitment, Forecast, Milestone, OutcomeName
from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.views import glyphs
from briefing_tui.views.entry_rows import entry_key, unreadable_rows, voiced_row
from briefing_tui.views.labels import quantity
from briefing_tui.views.links import actor_links, deal_links
from briefing_tui.views.rows import Chart, Promise, Role, Row, Span, Spans, join_spans
from briefing_tui.views.scene import Scene
from briefing_tui.views.terms import stage_label, stage_of, state_of

_METER = 16
"""Cells of the progress bar."""

_OPEN = Span(glyphs.PLANNED, "planned")
_MARKS: dict[OutcomeName, Span] = {
    "met": Span(glyphs.OCCURRED, "accent"),
    "missed": Span(glyphs.CANCELLED, "warning"),
    "dropped": Span(glyphs.CANCELLED, "muted"),
    "replaced": Span(glyphs.CANCELLED, "muted"),
}
_OUTCOME_ROLES: dict[OutcomeName, Role] = {
    "met": "strong",
    "missed": "warning",
    "dropped": "muted",
    "replaced": "muted",
}


def milestone_rows(scene: Scene, name: str, commitment: Commitment, label: str) -> Iterator[Row]:
    """Return the table of milestones, then a chart of promises for each whose date moved."""
    milestones = commitment.milestones
    dates = [_promised_dates(milestone) for milestone in milestones]
    widths = [max(map(cell_width, column)) for column in zip(*dates, strict=True)]
    for index, milestone in enumerate(milestones):
        first, present = dates[index]
        columns = [Span(first.ljust(widths[0]))]
        if widths[1]:
            columns.append(Span(" · " if present else "   ", "muted"))
            columns.append(Span(present.ljust(widths[1])))
        lead = "" if index else label
        yield _milestone_row(scene, name, commitment, milestone, lead, columns)
        if milestone.location:
            path = milestone.location.path
            for part in (path, (*path, "forecasts"), (*path, "progress")):
                yield from unreadable_rows(scene, *part, indent=2)
    for milestone in milestones:
        if has_chart(milestone):
            yield from _trend_rows(scene, name, milestone)


def promises(milestone: Milestone) -> list[Forecast]:
    """Return the promises for a milestone, in the order in which they were made."""
    return sorted(milestone.forecasts, key=lambda forecast: forecast.said.sort_key)


def baseline_promises(milestone: Milestone) -> list[Forecast]:
    """Return the promises that delays are measured by: one for each day and speaker.

    Sources that contradict each other about a promise do not change it: the version that comes
    first in the file counts. The chart shows the others too.
    """
    baseline: dict[tuple[Edtf, str | None], Forecast] = {}
    for forecast in promises(milestone):
        baseline.setdefault((forecast.said, forecast.by), forecast)
    return list(baseline.values())


def times_moved(milestone: Milestone) -> int:
    """Return how many times the promised date changed."""
    dues = [forecast.due for forecast in baseline_promises(milestone)]
    return sum(due != next_due for due, next_due in pairwise(dues))


def has_chart(milestone: Milestone) -> bool:
    """Whether a chart shows the promises as rows; otherwise the milestone's row contains them."""
    dues = {forecast.due for forecast in milestone.forecasts}
    return len(dues) > 1 or len(milestone.forecasts) > 2


def _promised_dates(milestone: Milestone) -> tuple[str, str]:
    """Return the first promise, and the present one if its date differs."""
    baseline = baseline_promises(milestone)
    if not baseline:
        return "no date promised", ""
    first, present = baseline[0].due, baseline[-1].due
    changed = f"now {format_date(present)}" if present != first else ""
    promised = format_date(first) if first.is_known else "without a date"
    return f"promised {promised}", changed


def _milestone_row(
    scene: Scene,
    name: str,
    commitment: Commitment,
    milestone: Milestone,
    lead: str,
    columns: list[Span],
) -> Row:
    current = next(reversed(baseline_promises(milestone)), None)
    status = _outcome(commitment, milestone) or _due_status(scene, commitment, current)
    details: list[Spans] = [(*columns, Span(" · ", "muted"), status)]
    times = times_moved(milestone)
    moved = f"moved {'once' if times == 1 else f'{times} times'}" if times else None
    is_at_rest = state_of(scene.briefing, commitment) in ("held", "ended")
    delay = None if is_at_rest and milestone.met is None else _delay(milestone)
    meter = _meter(milestone)
    speakers = [forecast.by for forecast in milestone.forecasts if forecast.by]
    if meter or delay or moved:
        details.append((*meter, *join_spans([delay and Span(delay, "warning"), moved])))
    return voiced_row(
        scene,
        milestone,
        evidence=next(iter(milestone.outcomes.values()), current),
        key=entry_key(milestone, milestone.id),
        indent=2,
        lead=(Span(lead, "muted"),),
        mark=next((_MARKS[outcome] for outcome in milestone.outcomes), _OPEN),
        body=(Span(milestone.label),),
        details=tuple(details),
        links=actor_links(scene.briefing, speakers),
        scope=deal_links(scene.briefing, [name]),
    )


def _outcome(commitment: Commitment, milestone: Milestone) -> Span | None:
    """Return how the milestone ended, such as ``dropped 4 Mar 2024``."""
    labels = {other.id: other.label for other in commitment.milestones}
    for name, outcome in milestone.outcomes.items():
        by = f" by “{labels[outcome.by]}”" if outcome.by in labels else ""
        why = f": {outcome.text}" if outcome.text else ""
        return Span(f"{name} {format_date(outcome.date)}{by}{why}", _OUTCOME_ROLES[name])
    return None


def _due_status(scene: Scene, commitment: Commitment, current: Forecast | None) -> Span:
    """Return whether an open milestone is overdue, which that of a commitment at rest is not."""
    stage, state = stage_of(commitment), state_of(scene.briefing, commitment)
    if stage and state in ("held", "ended"):
        waiting = "waiting" if state == "held" else "given up"
        label = stage_label(scene.briefing, stage)
        return Span(f"{waiting}: {label} {format_date(stage.date)}", "muted")
    if current is None or not current.due.is_known:
        return Span("not met", "muted")
    overdue = current.due.upper <= scene.as_of
    return Span("overdue; no report that it was met" if overdue else "not due yet", "muted")


def _delay(milestone: Milestone) -> str | None:
    """Return the slippage of the date that was met, or is promised now, from the first promise."""
    baseline = baseline_promises(milestone)
    if not baseline:
        return None if milestone.outcomes else "no date known"
    if milestone.met is None and milestone.outcomes:
        return None
    actual = milestone.met.date if milestone.met else baseline[-1].due
    if actual == baseline[0].due and milestone.met is None:
        return None
    return slippage(baseline[0].due, actual) or "no date known"


def _meter(milestone: Milestone) -> Spans:
    """Return ``3 of 5`` with a bar; empty without a total, and once the milestone is met."""
    counts = milestone.progress
    newest = max(counts, key=lambda count: (count.date.sort_key, count.number), default=None)
    if newest is None or not milestone.number or milestone.outcomes:
        return ()
    full = min(newest.number * _METER // milestone.number, _METER)
    count = f"{newest.number} of {milestone.number}  "
    bar = Span(glyphs.FULL * full, "accent"), Span(glyphs.FREE * (_METER - full), "rule")
    return (Span(count, "strong"), *bar, Span("  "))


def _trend_rows(scene: Scene, deal: str, milestone: Milestone) -> Iterator[Row]:
    forecasts = promises(milestone)
    key = entry_key(milestone, milestone.id)
    points: list[Promise] = []
    for number, forecast in enumerate(forecasts, 1):
        point_key = entry_key(forecast, f"{key}/{forecast.said}")
        caption = _caption(scene, forecast, f"{number}/{len(forecasts)}")
        points.append(Promise(point_key, forecast.said, forecast.due, caption))
    met = milestone.met.date if milestone.met else None
    heading = f"How the date moved: {milestone.label}"
    yield Row(key=f"{key}/trend", kind="heading", indent=2, body=(Span(heading, "muted"),))
    chart = Chart(promises=tuple(points), met=met, legend=_legend(forecasts, met is not None))
    yield Row(key=f"{key}/chart", kind="chart", indent=2, chart=chart)
    for forecast, point in zip(forecasts, points, strict=True):
        yield voiced_row(
            scene,
            forecast,
            key=point.key,
            kind="stop",
            indent=4,
            mark=Span(glyphs.OCCURRED, "muted"),
            body=point.caption,
            links=actor_links(scene.briefing, [forecast.by] if forecast.by else []),
            scope=deal_links(scene.briefing, [deal]),
        )


def _legend(forecasts: list[Forecast], met: bool) -> Spans:
    rivals = len({forecast.said for forecast in forecasts}) < len(forecasts)
    contradicting = f"{glyphs.RIVAL} contradicting promises" if rivals else None
    outcome = f"{glyphs.MET} met" if met else None
    signs = [f"{glyphs.OCCURRED} promise", contradicting, outcome]
    return join_spans([*signs, "across: when said, up: due when"])


def _caption(scene: Scene, forecast: Forecast, number: str) -> Spans:
    due = Span(f"due {format_date(forecast.due)}", "strong")
    said = Span(f"said {format_date(forecast.said)}")
    speaker = Span(scene.name_of(forecast.by)) if forecast.by else None
    stated = forecast.stated and f"“{forecast.stated}”"
    return join_spans([number, due, said, speaker, stated])


def slippage(due: Edtf, actual: Edtf) -> str | None:
    """Return how late ``actual`` is, such as ``12 to 13 months late``; None if either has no end.

    Both dates are intervals, so the delay is a range of whole months. Dates that overlap are on
    time, and a deadline (``../2023-04``) is met by any date before its end.
    """
    if due.end is None or actual.end is None:
        return None
    if actual.start is None:
        # If the new date is a deadline itself (`../X`), compare X.
        actual = Edtf.parse(actual.text.rpartition("/")[2])
    begin, end = (due.lower if due.start else datetime.date.min), due.upper
    if actual.lower > end:
        first = end if due.start is None else begin
        return _in_words(_months(end, actual.lower), _months(first, actual.upper), "late")
    if actual.upper < begin:
        return _in_words(_months(actual.upper, begin), _months(actual.lower, end), "early")
    if actual.upper <= end:
        return "on time"
    # Some days after the end count as a month that has begun.
    return f"on time or up to {quantity(_months(end, actual.upper) + 1, 'month')} late"


def _in_words(least: int, most: int, direction: str) -> str:
    if most == 0:
        return f"less than a month {direction}"
    start = "" if least == most else f"{least or 'less than 1'} to "
    return f"{start}{quantity(most, 'month')} {direction}"


def _months(start: datetime.date, end: datetime.date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    last_day = end.day == monthrange(end.year, end.month)[1]
    return months if end.day >= start.day or last_day else months - 1
