"""The deal tracker: what was ordered, for how much, where it stands, and what was promised."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefing_tui.briefing.dates import words
from briefing_tui.briefing.model import (
    Deal,
    Evidenced,
    Forecast,
    Milestone,
    Payment,
    Sanction,
    Stage,
    Statement,
    Value,
)
from briefing_tui.views import glyphs
from briefing_tui.views.broken import broken_rows
from briefing_tui.views.links import actor_links, deal_links, deal_parties, narrowing
from briefing_tui.views.rows import Bar, Link, Role, Row, Span, Spans, View, joined
from briefing_tui.views.scene import Scene, key_of, unique
from briefing_tui.views.wording import country, voiced
from briefing_tui.views.wording import words as in_words

_LEAD = 10


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


def first_promise(milestone: Milestone) -> Forecast | None:
    """The earliest promise for a milestone."""
    return min(milestone.forecasts, key=lambda one: one.said.sort_key, default=None)


def newest_promise(milestone: Milestone) -> Forecast | None:
    """The latest promise for a milestone."""
    return max(milestone.forecasts, key=lambda one: one.said.sort_key, default=None)


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
    if order is None:
        return
    unit = order.unit or "unit"
    number = f"{order.number:,} {unit}{'' if order.number == 1 else 's'}" if order.number else None
    date = words(order.date) if order.date else None
    as_stated = f"“{order.stated}”" if order.stated else None
    parts = [number and Span(number), date and Span(date), as_stated]
    yield _item(scene, name, order, lead="ordered", body=joined(parts))


def _window(scene: Scene, name: str, deal: Deal) -> Iterator[Row]:
    """Order, promised window and as-of date on one line, to scale."""
    dues = [
        promise.due
        for milestone in deal.milestones
        if (promise := newest_promise(milestone)) and milestone.met is None
    ]
    ordered = deal.order.date if deal.order else None
    if not dues or (ordered is None and len(dues) < 2):
        return
    first = min(due.anchor for due in dues)
    last = max(due.upper for due in dues)
    if last.year >= 9999:
        return
    start = min([first, scene.as_of, *([ordered.lower] if ordered else [])])
    end = max(last, scene.as_of)
    marks = [(scene.as_of.toordinal(), glyphs.BAR_AS_OF)]
    if ordered:
        marks.insert(0, (ordered.lower.toordinal(), glyphs.OCCURRED))
    bar = Bar(
        start=start.toordinal(),
        end=end.toordinal(),
        marks=tuple(marks),
        window=(first.toordinal(), last.toordinal()),
        labels=(f"  window     {start.year}", str(end.year)),
    )
    yield Row(key=key_of("deals", name, "window"), kind="bar", bar=bar)
    legend = joined(
        [
            f"{glyphs.OCCURRED} ordered" if ordered else None,
            f"{glyphs.BAR_AS_OF} as of",
            f"{glyphs.BAR_WINDOW} promised window",
        ]
    )
    yield Row(key=key_of("deals", name, "legend"), kind="note", indent=14, body=legend)


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
    for index, milestone in enumerate(deal.milestones):
        yield _milestone(scene, name, milestone, _labelled("milestones", index))
        if milestone.place:
            path = (*milestone.place.path, "forecasts")
            yield from broken_rows(scene, *path, indent=2)
    yield from broken_rows(scene, "deals", name, "milestones", indent=2)


def _milestone(scene: Scene, name: str, milestone: Milestone, lead: str) -> Row:
    first, newest = first_promise(milestone), newest_promise(milestone)
    shown = milestone.met or newest
    promised = f"promised {words(first.due)}" if first else "no date promised"
    moved = f"now {words(newest.due)}" if newest and first and newest.due != first.due else None
    met = f"met {words(milestone.met.date)}" if milestone.met else None
    counted = max(milestone.progress, key=lambda one: one.date.sort_key, default=None)
    count = f"{counted.number} of {milestone.number or '?'}" if counted and not met else None
    quoted = f"“{newest.stated}”" if newest and newest.stated else None
    ahead = newest is not None and newest.due.upper > scene.as_of
    open_state = "not yet due" if ahead else "not met"
    deal = deal_links(scene.briefing, [name])
    people = actor_links(scene.briefing, [one.by for one in milestone.forecasts if one.by])
    reached = milestone.met is not None
    return Row(
        key=key_of(*milestone.place.path) if milestone.place else name,
        indent=2,
        lead=(Span(lead, "muted"),),
        mark=Span(glyphs.OCCURRED, "accent") if reached else Span(glyphs.PLANNED, "planned"),
        body=(Span(milestone.label),),
        tail=voiced(shown, scene.briefing) if shown else (),
        tail_short=voiced(shown, scene.briefing, short=True) if shown else (),
        details=(joined([Span(promised), moved, count, met or open_state, quoted]),),
        entry=milestone,
        problems=scene.problems_of(milestone),
        links=people,
        scope=narrowing((*deal, *people)),
    )


def _payments(scene: Scene, name: str, deal: Deal) -> Iterator[Row]:
    for index, payment in enumerate(deal.payments):
        lead = _labelled("payments", index)
        yield _item(scene, name, payment, lead=lead, body=_paid(payment))
    yield from broken_rows(scene, "deals", name, "payments", indent=2)


def _paid(payment: Payment) -> Spans:
    return joined([Span(payment.stated), words(payment.date)])


def _statements(scene: Scene, name: str, deal: Deal) -> Iterator[Row]:
    for index, one in enumerate(sorted(deal.statements, key=lambda one: one.date.sort_key)):
        lead = _labelled("statements", index)
        people = (one.speaker,)
        yield _item(scene, name, one, lead=lead, body=_spoken(scene, one), speakers=people)
    yield from broken_rows(scene, "deals", name, "statements", indent=2)


def _spoken(scene: Scene, statement: Statement) -> Spans:
    heading = f"{scene.name_of(statement.speaker)}, {words(statement.date)}: "
    return (Span(heading, "muted"), Span(statement.text))


def _sanctions(scene: Scene, name: str, deal: Deal) -> Iterator[Row]:
    for index, one in enumerate(sorted(deal.sanctions, key=lambda one: one.date.sort_key)):
        yield _item(scene, name, one, lead=_labelled("sanctions", index), body=_stance(one))
    yield from broken_rows(scene, "deals", name, "sanctions", indent=2)


def _stance(sanction: Sanction) -> Spans:
    regime = f"{sanction.regime} ({country(sanction.authority)})"
    parts = [Span(regime), Span(in_words(sanction.status)), words(sanction.date), sanction.text]
    return joined(parts)


_SECTIONS: tuple[Callable[[Scene, str, Deal], Iterator[Row]], ...] = (
    _order,
    _window,
    _stages,
    _values,
    _milestones,
    _payments,
    _sanctions,
    _statements,
)
