"""The deal tracker: what was ordered, for how much, where it stands, and what was promised."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from briefing_tui.briefing.dates import Edtf, words
from briefing_tui.briefing.model import (
    Deal,
    Evidenced,
    Milestone,
    Payment,
    Sanction,
    Stage,
    Statement,
    Value,
)
from briefing_tui.views import glyphs
from briefing_tui.views.chart import day_of
from briefing_tui.views.labels import counted, country, voiced
from briefing_tui.views.labels import words as in_words
from briefing_tui.views.links import actor_links, deal_links, deal_parties, narrowing
from briefing_tui.views.milestones import milestone_rows, promises, reckoned
from briefing_tui.views.rows import Bar, Link, Role, Row, Span, Spans, View, joined
from briefing_tui.views.scene import Scene, key_of, unique
from briefing_tui.views.unreadable_entries import broken_rows

_LEAD = 10

WINDOW_SIGNS = {
    glyphs.OCCURRED: "ordered",
    glyphs.BAR_AS_OF: "as of",
    glyphs.BAR_WINDOW: "promised first",
    glyphs.PLANNED: "promised now",
    glyphs.MET: "delivered",
}
"""What the signs of the window mean."""


def deals(scene: Scene) -> View:
    """Every deal: header, order, window, stages, values, milestones, what was said."""
    rows: list[Row] = []
    for name, deal in scene.briefing.deals.items():
        rows.append(_header(scene, name, deal))
        for section in _SECTIONS:
            rows += section(scene, name, deal)
    rows += broken_rows(scene, "deals")
    return View(
        title="Deal tracker",
        count=len(scene.briefing.deals),
        noun="deal",
        rows=tuple(rows),
        empty="No deal involves this." if scene.focus else "No deals were written.",
        lead_width=_LEAD,
    )


def stage_of(deal: Deal) -> Stage | None:
    """The newest stage of a deal."""
    return max(deal.stages, key=lambda stage: stage.date.sort_key, default=None)


def _header(scene: Scene, name: str, deal: Deal) -> Row:
    stage = stage_of(deal)
    parties = f"{country(deal.supplier)} {glyphs.ARROW} {country(deal.recipient)}"
    about = joined([deal.description, in_words(deal.condition) if deal.condition else None])
    return Row(
        key=key_of("deals", name),
        body=(Span(deal.designation, "strong"), Span(f"  {parties}")),
        tail=(Span(in_words(stage.stage) if stage else "stage not known", "accent"),),
        details=(about,) if about else (),
        entry=deal,
        problems=scene.problems_of(deal),
        links=deal_parties(scene.briefing, deal),
        scope=deal_links(scene.briefing, [name]),
        spaced=True,
    )


def _item(
    scene: Scene,
    name: str,
    entry: Evidenced,
    *,
    lead: str,
    body: Spans,
    speakers: tuple[str, ...] = (),
    details: tuple[Spans, ...] = (),
    mark: Span | None = None,
    links: tuple[Link, ...] = (),
) -> Row:
    deal = deal_links(scene.briefing, [name])
    people = actor_links(scene.briefing, speakers)
    if entry.disputes:
        body = (*body, Span(f" {glyphs.WARNING}", "warning"))
    return Row(
        key=key_of(*entry.place.path) if entry.place else name,
        indent=2,
        lead=(Span(lead, "muted"),),
        mark=mark,
        body=body,
        tail=voiced(entry, scene.briefing),
        tail_short=voiced(entry, scene.briefing, short=True),
        details=details,
        entry=entry,
        problems=scene.problems_of(entry),
        links=unique((*people, *links)),
        scope=narrowing((*people, *deal)),
    )


def _labelled(label: str, index: int) -> str:
    """The name of a section, on its first row alone."""
    return label if index == 0 else ""


def _order(scene: Scene, name: str, deal: Deal) -> Iterator[Row]:
    order = deal.order
    yield from broken_rows(scene, "deals", name, indent=2)
    if order is None:
        return
    number = counted(order.number, order.unit or "unit") if order.number else None
    date = words(order.date) if order.date else None
    as_stated = f"“{order.stated}”" if order.stated else None
    parts = [number and Span(number), date and Span(date), as_stated]
    yield _item(scene, name, order, lead="ordered", body=joined(parts))


def _window(scene: Scene, name: str, deal: Deal) -> Iterator[Row]:
    """Order, first promised window, deliveries, present promise and as-of date, to scale."""
    made = [promises(milestone) for milestone in deal.milestones if milestone.forecasts]
    first = [one[0].due for one in made]
    ordered = deal.order.date if deal.order else None
    if not first or (ordered is None and len(first) < 2):
        return
    last = max(due.upper if due.end else due.lower for due in first)
    window = min(due.anchor for due in first).toordinal(), last.toordinal()
    marks = {
        glyphs.OCCURRED: [ordered.anchor.toordinal()] if ordered else [],
        glyphs.PLANNED: [day_of(due) for one in deal.milestones for due in _open_promise(one)],
        glyphs.MET: [day_of(date) for one in deal.milestones for date in _arrivals(one)],
        glyphs.BAR_AS_OF: [scene.as_of.toordinal()],
    }
    days = [*window, *(day for found in marks.values() for day in found)]
    bar = Bar(
        start=min(days),
        end=max(days),
        marks=tuple((day, glyph) for glyph, found in marks.items() for day in found),
        window=window,
        labels=(f"  window     {_year(min(days))}", str(_year(max(days)))),
    )
    yield Row(key=key_of("deals", name, "window"), kind="bar", bar=bar)
    shown = [glyph for glyph in WINDOW_SIGNS if marks.get(glyph, True)]
    legend = joined([f"{glyph} {WINDOW_SIGNS[glyph]}" for glyph in shown], by="  ")
    yield Row(key=key_of("deals", name, "legend"), kind="note", indent=14, body=legend)


def _open_promise(milestone: Milestone) -> list[Edtf]:
    """The date that is promised now, where it has moved and nothing has met it."""
    dues = [one.due for one in reckoned(milestone)]
    return dues[-1:] if milestone.met is None and len(set(dues)) > 1 else []


def _arrivals(milestone: Milestone) -> list[Edtf]:
    """The days on which something of a milestone arrived."""
    met = [milestone.met.date] if milestone.met else []
    return [*met, *(one.date for one in milestone.progress)]


def _year(day: int) -> int:
    return datetime.date.fromordinal(day).year


def _stages(scene: Scene, name: str, deal: Deal) -> Iterator[Row]:
    ordered = sorted(deal.stages, key=lambda stage: stage.date.sort_key, reverse=True)
    for index, stage in enumerate(ordered):
        role: Role = "text" if index == 0 else "muted"
        parts = [Span(in_words(stage.stage), role), Span(words(stage.date), role), stage.text]
        lead = _labelled("stage", index)
        yield _item(scene, name, stage, lead=lead, body=joined(parts))
    yield from broken_rows(scene, "deals", name, "stages", indent=2)


def _values(scene: Scene, name: str, deal: Deal) -> Iterator[Row]:
    for index, value in enumerate(deal.values):
        lead = _labelled("value", index)
        yield _item(scene, name, value, lead=lead, body=_figure(value))
    yield from broken_rows(scene, "deals", name, "values", indent=2)


def _figure(value: Value) -> Spans:
    kind = None if value.kind == "reported" else value.kind
    return joined([Span(value.stated), f"{value.currency} {value.amount:,}", kind])


def _milestones(scene: Scene, name: str, deal: Deal) -> Iterator[Row]:
    labels = (_labelled("milestones", index) for index in range(len(deal.milestones)))
    yield from milestone_rows(scene, name, deal.milestones, labels)
    yield from broken_rows(scene, "deals", name, "milestones", indent=2)


def _payments(scene: Scene, name: str, deal: Deal) -> Iterator[Row]:
    for index, payment in enumerate(deal.payments):
        lead = _labelled("payments", index)
        yield _item(scene, name, payment, lead=lead, body=_paid(payment))
    yield from broken_rows(scene, "deals", name, "payments", indent=2)


def _paid(payment: Payment) -> Spans:
    return joined([Span(payment.stated), words(payment.date)])


def _when(entry: Statement | Sanction) -> tuple[int, int, int]:
    return entry.date.sort_key


def _statements(scene: Scene, name: str, deal: Deal) -> Iterator[Row]:
    speakers = list(dict.fromkeys(one.speaker for one in sorted(deal.statements, key=_when)))
    told = sorted(deal.statements, key=lambda one: (speakers.index(one.speaker), _when(one)))
    for index, one in enumerate(told):
        lead = _labelled("statements", index)
        people = (one.speaker,)
        yield _item(scene, name, one, lead=lead, body=_spoken(scene, one), speakers=people)
    yield from broken_rows(scene, "deals", name, "statements", indent=2)


def _spoken(scene: Scene, statement: Statement) -> Spans:
    heading = f"{scene.name_of(statement.speaker)}, {words(statement.date)}: "
    return (Span(heading, "muted"), Span(statement.text))


def _sanctions(scene: Scene, name: str, deal: Deal) -> Iterator[Row]:
    for index, one in enumerate(sorted(deal.sanctions, key=_when, reverse=True)):
        body = _stance(one, current=index == 0)
        yield _item(scene, name, one, lead=_labelled("sanctions", index), body=body)
    yield from broken_rows(scene, "deals", name, "sanctions", indent=2)


def _stance(sanction: Sanction, *, current: bool) -> Spans:
    regime = f"{sanction.regime} ({country(sanction.authority)})"
    role: Role = "text" if current else "muted"
    status = Span(in_words(sanction.status), role)
    parts = [Span(regime, role), status, words(sanction.date), sanction.text]
    return joined(parts)


_SECTIONS: tuple[Callable[[Scene, str, Deal], Iterator[Row]], ...] = (
    _order,
    _window,
    _milestones,
    _stages,
    _values,
    _payments,
    _sanctions,
    _statements,
)
