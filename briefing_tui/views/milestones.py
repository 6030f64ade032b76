"""Milestones of a deal: their promises by party, outcome, slippage, and how the date moved."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterable, Iterator

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.memoization import memoize_last
from briefing_tui.briefing.model import (
    Commitment,
    Evidenced,
    Forecast,
    Milestone,
    OutcomeName,
    Progress,
)
from briefing_tui.briefing.promises import (
    Claim,
    PromiseRecord,
    Series,
    Standing,
    due_days,
    is_consistent,
    promise_record,
)
from briefing_tui.views import glyphs
from briefing_tui.views.entry_rows import entry_key, unreadable_rows, voiced_row
from briefing_tui.views.labels import CREDIBILITY, party, quantity
from briefing_tui.views.links import actor_links, deal_links
from briefing_tui.views.phrases import dated, due, due_date, said
from briefing_tui.views.rows import SEPARATOR, Chart, Promise, Role, Row, Span, Spans, join_spans
from briefing_tui.views.scene import Scene, row_key
from briefing_tui.views.terms import stage_label, stage_of, state_of
from briefing_tui.views.time_axis import axis_day

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
_TIMES = {1: "once", 2: "twice"}
_AT_REST = {"held": "on hold", "ended": "over", "done": "over"}
"""What a milestone is while its commitment is in such a state."""

NO_PROMISE: dict[Standing, str] = {
    "rival": "contradicting",
    "report": "report",
    "doubtful": "doubtful",
    "judgement": "judgement",
}
"""What a forecast is that changes no promise."""
_SIGNS: dict[Standing, Span] = {
    "rival": Span(glyphs.RIVAL, "warning"),
    "report": Span(glyphs.PLANNED, "muted"),
    "doubtful": Span(glyphs.CANCELLED, "muted"),
    "judgement": Span(glyphs.QUESTION, "judged"),
}
RULE = (
    "Only promises of the parties and their officials count, the performing party's first. "
    "Reports and doubtful dates change nothing."
)
"""How promises are counted, below the milestones of a commitment."""


def _records(scene: Scene) -> dict[int, PromiseRecord]:
    """Return the records of all milestones that are known, by their identity."""
    return {
        id(milestone): promise_record(scene.document.briefing, commitment, milestone)
        for commitment in scene.known.commitments.values()
        for milestone in commitment.milestones
    }


_records_of_day = memoize_last(_records, lambda scene, other: scene.known is other.known)


def record_of(scene: Scene, milestone: Milestone) -> PromiseRecord:
    """Return everything said about the date of a milestone of the scene."""
    return _records_of_day(scene)[id(milestone)]


def milestone_rows(scene: Scene, name: str, commitment: Commitment) -> Iterator[Row]:
    """Return the milestones of a commitment."""
    for index, milestone in enumerate(commitment.milestones):
        record = record_of(scene, milestone)
        lead = "" if index else "milestones"
        yield _milestone_row(scene, name, commitment, milestone, record, lead)
        if milestone.location:
            path = milestone.location.path
            for part in (path, (*path, "forecasts"), (*path, "progress")):
                yield from unreadable_rows(scene, *part, indent=2)
    yield from unreadable_rows(scene, "commitments", name, "milestones", indent=2)


def rule_row(key: str, indent: int) -> Row:
    """Return the row that says which promises count."""
    return Row(key=row_key(key, "rule"), kind="note", indent=indent, body=(Span(RULE, "muted"),))


def chart_rows(scene: Scene, name: str, commitment: Commitment) -> Iterator[Row]:
    """Return a chart of promises for each milestone whose date moved."""
    for milestone in filter(has_chart, commitment.milestones):
        record = record_of(scene, milestone)
        yield from _trend_rows(scene, name, milestone, record)


def has_chart(milestone: Milestone) -> bool:
    """Whether a chart shows the promises as rows; otherwise the milestone's row contains them."""
    dues = {forecast.due for forecast in milestone.forecasts}
    return len(dues) > 1 or len(milestone.forecasts) > 2


def _milestone_row(
    scene: Scene,
    name: str,
    commitment: Commitment,
    milestone: Milestone,
    record: PromiseRecord,
    lead: str,
) -> Row:
    outcome = _outcome(commitment, milestone)
    at_rest = None if outcome else _at_rest(scene, commitment)
    status = (*_meter(milestone), *join_spans([outcome, at_rest]))
    is_open = not outcome and not at_rest
    promised = [_series_line(scene, milestone, series, is_open) for series in record.series]
    if not promised and (record.claims or not milestone.outcomes):
        promised = [_without_promise(scene, record, is_open)]
    label = Span(milestone.label), *_warning([milestone])
    speakers = [forecast.by for forecast in milestone.forecasts if forecast.by]
    return voiced_row(
        scene,
        milestone,
        evidence=next(iter(milestone.outcomes.values()), record.newest),
        key=entry_key(milestone, milestone.id),
        indent=2,
        lead=(Span(lead, "muted"),),
        mark=next((_MARKS[outcome] for outcome in milestone.outcomes), _OPEN),
        body=label,
        details=tuple(filter(None, [status, *promised])),
        links=actor_links(scene.briefing, speakers),
        scope=deal_links(scene.briefing, [name]),
    )


def _series_line(scene: Scene, milestone: Milestone, series: Series, is_open: bool) -> Spans:
    """Return what a party promised first and last, and what came of it."""
    first, present = series.first.due, series.present.due
    by = f"{party(scene.document.briefing, series.party)}: "
    parts: list[str | Span | None]
    if first == present and not series.moves:
        parts = [Span(f"{by}promised {_for(first)}")]
    else:
        latest = f"now {due_date(present)}" if is_open else f"last promised {_for(present)}"
        parts = [Span(f"{by}first promised {_for(first)}"), Span(latest)]
    if milestone.met:
        if delay := slippage(first, milestone.met.date):
            parts.append(Span(delay, "warning" if delay.endswith("late") else "muted"))
    elif is_open:
        parts.append(shift(first, present))
    if series.moves:
        parts.append(f"moved {_TIMES.get(series.moves, f'{series.moves} times')}")
    if is_open:
        parts.append(_due_status(scene, series.present))
    return (*join_spans(parts), *_warning(series.promises))


def _for(due: Edtf) -> str:
    """Return a date after ``promised``: ``for 2025``, ``by Apr 2023``, ``without a date``."""
    if not due.is_known:
        return "without a date"
    return due_date(due) if due.start is None or due.end is None else f"for {due_date(due)}"


def _warning(entries: Iterable[Evidenced | Milestone]) -> Spans:
    """Return the sign of sources that disagree, if there are any."""
    disputed = any(entry.disputes for entry in entries)
    return (Span(f" {glyphs.WARNING}", "warning"),) if disputed else ()


def _without_promise(scene: Scene, record: PromiseRecord, is_open: bool) -> Spans:
    """Return what is said about a date that no party promised."""
    newest = record.newest
    if newest is None:
        return join_spans(["no date promised", "no report that it was met" if is_open else None])
    (standing,) = {claim.standing for claim in record.claims if claim.forecast is newest}
    doubt = f", rated {CREDIBILITY[newest.credibility or 4]}" if standing == "doubtful" else ""
    verb = "judged" if standing == "judgement" else "reported"
    passed = is_open and newest.due.is_known and newest.due.upper < scene.as_of
    status = "date passed; no report that it was met" if passed else None
    return join_spans([Span("no promise by a party"), f"{verb} {due(newest.due)}{doubt}", status])


def _outcome(commitment: Commitment, milestone: Milestone) -> Span | None:
    """Return how the milestone ended, such as ``dropped 4 Mar 2024``."""
    labels = {other.id: other.label for other in commitment.milestones}
    for name, outcome in milestone.outcomes.items():
        by = f" by “{labels[outcome.by]}”" if outcome.by in labels else ""
        why = f": {outcome.text}" if outcome.text else ""
        return Span(f"{dated(name, outcome.date)}{by}{why}", _OUTCOME_ROLES[name])
    return None


def _at_rest(scene: Scene, commitment: Commitment) -> str | None:
    """Return why an open milestone is not overdue: its commitment is held, or is over."""
    stage, state = stage_of(commitment), state_of(scene.briefing, commitment)
    if stage is None or state not in _AT_REST:
        return None
    label = stage_label(scene.briefing, stage)
    unmet = "; no report that it was met" if state == "done" else ""
    return f"{_AT_REST[state]}: {dated(label, stage.date)}{unmet}"


def _due_status(scene: Scene, promise: Forecast) -> str:
    """Return whether what was promised is overdue; on the day itself it is not yet."""
    if not promise.due.is_known:
        return "no report that it was met"
    overdue = promise.due.upper < scene.as_of
    return "overdue; no report that it was met" if overdue else "not due yet"


def _meter(milestone: Milestone) -> Spans:
    """Return ``3 of 5`` with a bar; empty without a total, and once the milestone is met.

    What has only begun is not counted.
    """
    if not milestone.progress or not milestone.number or milestone.outcomes:
        return ()
    complete = [count for count in milestone.progress if count.status != "begun"]
    number = max(complete, key=_order).number if complete else 0
    full = min(number * _METER // milestone.number, _METER)
    bar = Span(glyphs.FULL * full + glyphs.FREE * (_METER - full), "accent")
    newest = max(milestone.progress, key=_order)
    notes: list[Span] = []
    if newest.status == "begun":
        text = dated(f"number {newest.number} begun", newest.date)
        notes = [Span(SEPARATOR, "muted"), Span(text, "muted")]
    count = Span(f"{number} of {milestone.number}  ", "strong")
    return (count, bar, *notes, *_warning(milestone.progress))


def _order(count: Progress) -> tuple[tuple[int, int, int], int]:
    return count.date.sort_key, count.number


def _trend_rows(
    scene: Scene, deal: str, milestone: Milestone, record: PromiseRecord
) -> Iterator[Row]:
    key = entry_key(milestone, milestone.id)
    points = [
        _point(scene, record, claim, key, f"{number}/{len(record.claims)}")
        for number, claim in enumerate(record.claims, 1)
    ]
    met = milestone.met.date if milestone.met else None
    as_of = scene.as_of if _is_near(points, scene.as_of) else None
    heading = f"How the date moved: {milestone.label}"
    yield Row(key=f"{key}/trend", kind="heading", indent=2, body=(Span(heading, "muted"),))
    legend = _legend(scene, record, points, met, as_of)
    chart = Chart(promises=tuple(points), met=met, as_of=as_of, legend=legend)
    yield Row(key=f"{key}/chart", kind="chart", indent=2, chart=chart)
    for claim, point in zip(record.claims, points, strict=True):
        speaker = claim.forecast.by
        yield voiced_row(
            scene,
            claim.forecast,
            key=point.key,
            kind="stop",
            indent=4,
            mark=point.sign,
            body=point.caption,
            links=actor_links(scene.briefing, [speaker] if speaker else []),
            scope=deal_links(scene.briefing, [deal]),
        )


def _is_near(points: list[Promise], day: datetime.date) -> bool:
    """Return whether a chart can reach to a day without losing half of its scale."""
    days = [axis_day(point.said) for point in points if point.said.is_known]
    first, last = min(days, default=0), max(days, default=0)
    return day.toordinal() - last <= max(last - first, 366)


def _point(scene: Scene, record: PromiseRecord, claim: Claim, key: str, number: str) -> Promise:
    forecast = claim.forecast
    counts = claim.standing == "promise"
    name = party(scene.document.briefing, claim.party) if claim.party else ""
    return Promise(
        key=entry_key(forecast, f"{key}/{forecast.said}"),
        said=forecast.said,
        due=forecast.due,
        sign=_sign(record, claim),
        voice=name if counts else f"{name}, {NO_PROMISE[claim.standing]}".lstrip(", "),
        is_of_party=claim.party is not None,
        counts=counts,
        in_line=record.leading is not None and forecast in record.leading.promises,
        caption=_caption(scene, claim, name, number),
    )


def _sign(record: PromiseRecord, claim: Claim) -> Span:
    if claim.standing != "promise":
        return _SIGNS[claim.standing]
    parties = [series.party for series in record.series]
    at = parties.index(claim.party) if claim.party in parties else 0
    return Span(glyphs.PARTIES[min(at, len(glyphs.PARTIES) - 1)], "muted" if at else "accent")


def _legend(
    scene: Scene,
    record: PromiseRecord,
    points: list[Promise],
    met: Edtf | None,
    as_of: datetime.date | None,
) -> Spans:
    """Return the meaning of the signs of a chart, of those only that are in it."""
    drawn = {point.sign.text for point in points}
    signs: list[str | None] = []
    names = [party(scene.document.briefing, series.party) for series in record.series]
    last = len(glyphs.PARTIES) - 1
    if len(names) > len(glyphs.PARTIES):
        names[last:] = ["other parties"]
    signs += [f"{sign} {name}" for sign, name in zip(glyphs.PARTIES, names, strict=False)]
    signs += [
        f"{sign.text} {NO_PROMISE[standing]}, not counted"
        for standing, sign in _SIGNS.items()
        if sign.text in drawn
    ]
    if met is not None:
        signs.append(f"{glyphs.MET} met")
    if names:
        signs.append(f"{glyphs.BASELINE} first promise")
    if as_of is not None:
        signs.append(f"{glyphs.BAR_AS_OF} as of")
    return join_spans([*signs, "across: when said", "up: due when"])


def _caption(scene: Scene, claim: Claim, name: str, number: str) -> Spans:
    forecast = claim.forecast
    promised = Span(due(forecast.due), "strong")
    stated = forecast.stated and f"“{forecast.stated}”"
    speaker = scene.name_of(forecast.by) if forecast.by else ""
    if speaker and name and name != speaker:
        speaker += f" ({name})"
    kind = None
    if claim.standing == "report" and forecast.by:
        kind = "no party"
    elif claim.standing == "doubtful":
        kind = f"rated {CREDIBILITY[forecast.credibility or 4]}"
    elif claim.standing in ("rival", "judgement"):
        kind = NO_PROMISE[claim.standing]
    return join_spans([number, promised, Span(said(forecast, speaker)), kind, stated])


def shift(first: Edtf, present: Edtf) -> str | None:
    """Return how far a promise is from the first: ``2 months later than first promised``.

    None if one of two dates is within the other, or if either has no end.
    """
    if first.end is None or present.end is None or is_consistent(first, present):
        return None
    (begin, end), (new_begin, new_end) = due_days(first), due_days(present)
    if first.start is None:
        begin = end
        if present.start is None:
            new_begin = new_end
    relation = "than first promised"
    if new_begin > end:
        return f"{_in_words(_months(end, new_begin), _months(begin, new_end), 'later')} {relation}"
    if new_end < begin:
        months = _months(new_end, begin), _months(new_begin, end)
        return f"{_in_words(*months, 'earlier')} {relation}"
    if new_end > end:
        return f"up to {quantity(_months(begin, new_end) + 1, 'month')} later {relation}"
    return f"up to {quantity(_months(new_begin, end) + 1, 'month')} earlier {relation}"


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
    start = "" if least == most else f"{least} to " if least else "up to "
    return f"{start}{quantity(most, 'month')} {direction}"


def _months(start: datetime.date, end: datetime.date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    last_day = end.day == monthrange(end.year, end.month)[1]
    return months if end.day >= start.day or last_day else months - 1
