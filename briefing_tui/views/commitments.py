"""The pane of commitments: who owes what to whom, its stage, and what was promised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import TypeVar

from briefing_tui.briefing.dates import Edtf, format_date
from briefing_tui.briefing.model import (
    Commitment,
    Evidenced,
    Measure,
    Milestone,
    Stage,
    Statement,
    Value,
)
from briefing_tui.briefing.promises import PromiseRecord
from briefing_tui.views import glyphs
from briefing_tui.views.empty_pane import empty_text
from briefing_tui.views.entry_rows import entry_key, entry_row, unreadable_rows, voiced_row
from briefing_tui.views.labels import amount, label, party, payment_parties, quantity
from briefing_tui.views.labels import words as in_words
from briefing_tui.views.links import (
    actor_links,
    commitment_key,
    deal_links,
    involved,
    related_to_deal,
)
from briefing_tui.views.milestones import chart_rows, milestone_rows, record_of, rule_row
from briefing_tui.views.phrases import list_date, payment_date
from briefing_tui.views.rows import Bar, BarMark, Role, Row, Span, Spans, View, join_spans
from briefing_tui.views.scene import Scene, row_key
from briefing_tui.views.terms import (
    kind_label,
    kind_of,
    kinds_of,
    other_parties,
    sides,
    stage_label,
    stage_of,
    tracker,
)
from briefing_tui.views.time_axis import axis_day, days_of
from briefing_tui.vocabulary.words import plural

_Items = Iterator[tuple[Evidenced, Spans]]
_Dated = TypeVar("_Dated", Stage, Measure)

_LEAD = 10

WINDOW_SIGNS = {
    glyphs.OCCURRED: "ordered",
    glyphs.BAR_AS_OF: "as of",
    glyphs.BAR_WINDOW: "promised first",
    glyphs.PLANNED: "promised now",
    glyphs.MET: "delivered",
}


def commitments(scene: Scene) -> View:
    """Show every commitment: a header, then its sections."""
    names = tracker(scene.document.briefing)
    is_mixed = len(kinds_of(scene.document.briefing)) > 1
    rows: list[Row] = []
    is_explained = False
    for name, deal in scene.briefing.commitments.items():
        rows.append(_deal_row(scene, name, deal, is_mixed=is_mixed))
        rows += unreadable_rows(scene, "commitments", name, indent=2)
        rows += _order(scene, name, deal)
        rows += _window(scene, name, deal)
        rows += milestone_rows(scene, name, deal)
        if not is_explained and any(milestone.forecasts for milestone in deal.milestones):
            rows.append(rule_row(commitment_key(name, deal), _LEAD + 4))
            is_explained = True
        rows += _list(scene, name, deal, "stages")
        rows += chart_rows(scene, name, deal)
        for section in ("values", "payments", "measures", "statements"):
            rows += _list(scene, name, deal, section)
    rows += unreadable_rows(scene, "commitments")
    return View(
        title=names.title,
        count=len(scene.briefing.commitments),
        noun=names.noun,
        rows=tuple(rows),
        empty=""
        if rows
        else empty_text(
            scene,
            scene.document.briefing.commitments.values(),
            plural(names.noun),
            written=f"This briefing lists no {plural(names.noun)}.",
            focused=f"No {names.noun} involves this",
        ),
        lead_width=_LEAD,
    )


def _deal_row(scene: Scene, name: str, deal: Commitment, *, is_mixed: bool) -> Row:
    """Show parties and stage; among commitments of other kinds, also what it is called."""
    stage = stage_of(deal)
    briefing = scene.briefing
    others = other_parties(scene.document.briefing, deal)
    condition = in_words(deal.condition) if deal.condition else None
    kind = kind_label(briefing, deal) if is_mixed else None
    about = join_spans([kind, deal.description, condition, *others])
    return entry_row(
        scene,
        deal,
        key=commitment_key(name, deal),
        body=(Span(deal.name, "strong"), Span(f"  {sides(scene.document.briefing, deal)}")),
        tail=(Span(stage_label(briefing, stage) if stage else "stage not known", "accent"),),
        details=(about,) if about else (),
        links=related_to_deal(briefing, deal),
        scope=deal_links(briefing, [name]),
        spaced=True,
    )


def _list(scene: Scene, name: str, deal: Commitment, section: str) -> Iterator[Row]:
    """Yield the entries of a section; its heading is beside the first one."""
    heading, items = _LISTS[section]
    if section == "measures":
        heading = kind_of(scene.briefing, deal).measures
    for index, (entry, body) in enumerate(items(scene, deal)):
        yield _item_row(scene, name, entry, "" if index else heading, body)
    yield from unreadable_rows(scene, "commitments", name, section, indent=2)


def _item_row(scene: Scene, name: str, entry: Evidenced, lead: str, body: Spans) -> Row:
    speakers = [entry.speaker] if isinstance(entry, Statement) else []
    people = actor_links(scene.briefing, (*speakers, *involved(entry)))
    if entry.disputes:
        body = (*body, Span(f" {glyphs.WARNING}", "warning"))
    return voiced_row(
        scene,
        entry,
        key=entry_key(entry, name),
        indent=2,
        lead=(Span(lead, "muted"),),
        body=body,
        links=people,
        scope=(*people, *deal_links(scene.briefing, [name])),
    )


def _order(scene: Scene, name: str, deal: Commitment) -> Iterator[Row]:
    order = deal.order
    if order is None:
        return
    number = quantity(order.number, order.unit or "unit") if order.number else None
    date = list_date(order.date) if order.date else None
    as_stated = f"“{order.stated}”" if order.stated else None
    parts = [number and Span(number), date and Span(date), as_stated]
    yield _item_row(scene, name, order, "ordered", join_spans(parts))


def _window(scene: Scene, name: str, deal: Commitment) -> Iterator[Row]:
    """Draw the order, first promised window, deliveries, present promise and as-of date."""
    records = [record_of(scene, milestone) for milestone in deal.milestones]
    leading = [record.leading for record in records if record.leading]
    first = tuple(series.first.due for series in leading if series.first.due.is_known)
    ordered = deal.order.date if deal.order else None
    if ordered and not ordered.is_known:
        ordered = None
    if not first or (ordered is None and len(first) < 2):
        return
    open_dates = [
        date
        for entry, record in zip(deal.milestones, records, strict=True)
        for date in _open_dates(entry, record)
    ]
    as_of = Edtf.parse(scene.as_of.isoformat())
    dates = {
        glyphs.OCCURRED: [ordered] if ordered else [],
        glyphs.PLANNED: open_dates,
        glyphs.MET: [date for entry in deal.milestones for date in _arrivals(entry)],
        glyphs.BAR_AS_OF: [as_of],
    }
    marks = tuple(BarMark(date, sign) for sign, group in dates.items() for date in group)
    days = [*days_of(first), *(axis_day(mark.date) for mark in marks)]
    bar = Bar(label="window", start=min(days), end=max(days), marks=marks, window=first)
    key = commitment_key(name, deal)
    yield Row(key=row_key(key, "window"), kind="bar", indent=2, bar=bar)
    signs = WINDOW_SIGNS | {glyphs.MET: kind_of(scene.briefing, deal).done}
    drawn = [sign for sign in signs if dates.get(sign, True)]
    legend = join_spans([f"{sign} {signs[sign]}" for sign in drawn], by="  ")
    yield Row(key=row_key(key, "legend"), kind="note", indent=_LEAD + 4, body=legend)


def _open_dates(milestone: Milestone, record: PromiseRecord) -> list[Edtf]:
    """Return the date that is promised now, if it has moved and the milestone is not met."""
    series = record.leading
    if series is None or milestone.outcomes or not series.present.due.is_known:
        return []
    return [series.present.due] if series.present.due != series.first.due else []


def _arrivals(milestone: Milestone) -> list[Edtf]:
    met = [milestone.met.date] if milestone.met else []
    complete = (count.date for count in milestone.progress if count.status != "begun")
    return [date for date in (*met, *complete) if date.is_known]


def _newest_first(entries: Iterable[_Dated]) -> Iterator[tuple[_Dated, Role]]:
    """Yield entries from the newest, each with the role of its text: older ones are muted."""
    ordered = sorted(entries, key=lambda entry: entry.date.sort_key, reverse=True)
    for index, entry in enumerate(ordered):
        yield entry, "muted" if index else "text"


def _stages(scene: Scene, deal: Commitment) -> _Items:
    for stage, role in _newest_first(deal.stages):
        parts = [
            Span(stage_label(scene.briefing, stage), role),
            Span(list_date(stage.date), role),
            stage.text,
        ]
        yield stage, join_spans(parts)


def _with_newest_first(values: Iterable[Value]) -> list[Value]:
    """Return the values with a date from the newest, then the others as they are in the file."""
    dated = [(value.date.sort_key, value) for value in values if value.date]
    newest_first = sorted(dated, key=itemgetter(0), reverse=True)
    return [*(value for _, value in newest_first), *(value for value in values if not value.date)]


def _values(scene: Scene, deal: Commitment) -> _Items:
    for value in _with_newest_first(deal.values):
        kind = None if value.kind == "reported" else label(scene.briefing, "values", value.kind)
        date = format_date(value.date) if value.date else None
        yield value, join_spans([Span(value.stated), amount(scene.briefing, value), kind, date])


def _payments(scene: Scene, deal: Commitment) -> _Items:
    for payment in deal.payments:
        parties = payment_parties(scene.document.briefing, payment)
        yield (
            payment,
            join_spans([Span(payment.stated), payment_date(payment), parties, payment.text]),
        )


def _measures(scene: Scene, deal: Commitment) -> _Items:
    for sanction, role in _newest_first(deal.measures):
        regime = Span(f"{sanction.name} ({party(scene.document.briefing, sanction.by)})", role)
        status = Span(label(scene.briefing, "measures", sanction.status), role)
        yield sanction, join_spans([regime, status, list_date(sanction.date), sanction.text])


def _statements(scene: Scene, deal: Commitment) -> _Items:
    dated = sorted(deal.statements, key=lambda statement: statement.date.sort_key)
    speakers = list(dict.fromkeys(statement.speaker for statement in dated))
    for statement in sorted(dated, key=lambda statement: speakers.index(statement.speaker)):
        heading = f"{scene.name_of(statement.speaker)}, {list_date(statement.date)}: "
        yield statement, (Span(heading, "muted"), Span(statement.text))


_LISTS: dict[str, tuple[str, Callable[[Scene, Commitment], _Items]]] = {
    "stages": ("stage", _stages),
    "values": ("value", _values),
    "payments": ("payments", _payments),
    "measures": ("sanctions", _measures),
    "statements": ("statements", _statements),
}
"""The lists of a deal: the label of the first row, and the entries with their texts."""
