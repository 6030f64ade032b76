"""The evidence of one row: the statement in full, whose voice it is, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from briefing_tui.briefing.dates import Edtf, weekday, words
from briefing_tui.briefing.document import Broken
from briefing_tui.briefing.model import (
    Actor,
    Citation,
    Deal,
    Dispute,
    Event,
    Evidenced,
    Forecast,
    Held,
    Milestone,
    Order,
    Payment,
    Point,
    Sanction,
    Stage,
    Statement,
    Value,
)
from briefing_tui.briefing.provenance import address, has_voice, voice
from briefing_tui.briefing.text import shown
from briefing_tui.views import glyphs
from briefing_tui.views.annotations import mark_rows
from briefing_tui.views.labels import CREDIBILITY, VOICES_LONG, country
from briefing_tui.views.labels import words as in_words
from briefing_tui.views.rows import Row, Span, Spans, View, joined
from briefing_tui.views.scene import Scene


def evidence(scene: Scene, row: Row | None, *, brief: bool = False) -> View:
    """What stands behind a row; the row's own problems come last.

    A ``brief`` one is for a strip of a few lines: sources first, each on one line.
    """
    rows: list[Row] = []
    if row is not None:
        rows += mark_rows(scene, row.entry)
        if isinstance(row.entry, Milestone):
            rows += _milestone(scene, row.entry)
        elif isinstance(row.entry, Evidenced):
            rows += _evidenced(scene, row.entry, brief=brief)
        elif isinstance(row.entry, Broken):
            rows.append(_note("statement", (Span(row.entry.label, "strong"),)))
        rows += _told_in(scene, row.entry)
        rows += _problems(scene, row)
    if brief:
        kept = ("cite", "words", "dispute", "voice")
        rows = [msgspec.structs.replace(one, cropped=one.key.startswith(kept)) for one in rows]
    count = sum(1 for one in rows if one.key.startswith("cite"))
    return View(
        title="Evidence",
        count=count,
        noun="source",
        rows=tuple(rows),
        empty="Move to a row to see what it rests on.",
        lead_width=1,
    )


def statement_of(scene: Scene, entry: object) -> str:
    """What an entry says, in one piece."""
    describe = _STATEMENTS.get(type(entry))
    return describe(scene, entry) if describe else ""


def _evidenced(scene: Scene, entry: Evidenced, *, brief: bool) -> list[Row]:
    judged = voice(entry, scene.briefing.about) == "judgement"
    said = Span(statement_of(scene, entry) or "(nothing is said)", "judged" if judged else "strong")
    statement = [_note("statement", (said,))]
    notes = [_note("note", (Span(entry.note, "muted"),))] if entry.note else []
    rests_on = [
        _note("voice", _voice(scene, entry)),
        *(_dispute(scene, number, one) for number, one in enumerate(entry.disputes)),
        *_citations(scene, "cite", entry.cite),
    ]
    if not brief:
        return statement + rests_on + notes
    # The row has the statement already; what it rests on must not be pushed out of sight.
    return rests_on + ([] if isinstance(entry, Point) else statement) + notes


def _voice(scene: Scene, entry: Evidenced) -> Spans:
    date = getattr(entry, "date", None) or getattr(entry, "due", None)
    stated = getattr(entry, "stated", None)
    resolved = f"“{stated}” = {_exact(date)}" if stated and isinstance(date, Edtf) else None
    quote = getattr(entry, "quote", None)
    return joined(
        [
            _whose(scene, entry),
            resolved if not isinstance(entry, (Value, Payment)) else None,
            entry.hedge and f"hedged “{entry.hedge}”",
            entry.confidence and f"{entry.confidence} confidence",
            entry.likelihood and in_words(entry.likelihood),
            CREDIBILITY[entry.credibility] if entry.credibility else None,
            quote and f"in quotation marks there: “{quote}”",
        ]
    )


def _whose(scene: Scene, entry: Evidenced) -> str:
    if not has_voice(entry):
        return "no source is cited"
    return VOICES_LONG[voice(entry, scene.briefing.about)]


def _exact(date: Edtf) -> str:
    day = weekday(date)
    return f"{day[:3]} {words(date)}" if day else words(date)


def _citations(scene: Scene, prefix: str, cited: tuple[Citation, ...]) -> Iterator[Row]:
    for number, citation in enumerate(cited):
        source = scene.document.briefing.sources.get(citation.source)
        key = f"{prefix}/{number}"
        if source is None:
            unknown = Span(f"unknown source “{citation.source}”", "error")
            yield Row(key=key, lead=(Span("?", "error"),), body=(unknown,), kind="note")
            continue
        title = None if citation.source == scene.briefing.about else source.title
        undated = source.published.basis != "stated"
        parts: list[str | Span | None] = [
            Span(source.publisher + (f" {address(citation.at)}" if citation.at else "")),
            words(source.published.date) + (" (inferred)" if undated else ""),
            citation.quote and f"“{citation.quote}”",
            title,
        ]
        letter = Span(source.reliability, "accent")
        yield Row(key=key, lead=(letter,), body=joined(parts), kind="note")
        passage = scene.document.passage(citation.source, citation.at)
        if passage:
            said = Span(f"“{shown(passage)}”", "planned")
            yield Row(key=f"words/{key}", lead=(Span(" "),), body=(said,), kind="note")


def _dispute(scene: Scene, number: int, dispute: Dispute) -> Row:
    cited = []
    for citation in dispute.cite:
        source = scene.document.briefing.sources.get(citation.source)
        name = source.publisher if source else citation.source
        cited.append(f"{name} {address(citation.at)}" if citation.at else name)
    rival = f"{in_words(dispute.field)}: {_rival(dispute.value)}"
    parts = [Span(f"Rival {rival}", "warning"), ", ".join(cited) or None, dispute.note]
    mark = Span(glyphs.WARNING, "warning")
    return Row(key=f"dispute/{number}", lead=(mark,), body=joined(parts), kind="note")


def _rival(value: str) -> str:
    try:
        return _exact(Edtf.parse(value))
    except ValueError:
        return value


def _milestone(scene: Scene, milestone: Milestone) -> Iterator[Row]:
    yield _note("statement", (Span(milestone.label, "strong"),))
    if milestone.met:
        met = f"met {words(milestone.met.date)}"
        yield _note("met", joined([met, *_about(scene, milestone.met)]))
        yield from _citations(scene, "cite/met", milestone.met.cite)
    counted = sorted(milestone.progress, key=lambda one: one.date.sort_key, reverse=True)
    for number, count in enumerate(counted):
        arrived = f"{count.number:,} counted {words(count.date)}"
        yield _note(f"progress/{number}", joined([arrived, *_about(scene, count)]))
        yield from _citations(scene, f"cite/progress/{number}", count.cite)
    promised = sorted(milestone.forecasts, key=lambda one: one.said.sort_key, reverse=True)
    for number, forecast in enumerate(promised):
        yield _note(f"forecast/{number}", _promise(scene, forecast))
        yield from _citations(scene, f"cite/{number}", forecast.cite)


def _promise(scene: Scene, forecast: Forecast) -> Spans:
    who = scene.name_of(forecast.by) if forecast.by else None
    said = joined([f"said {words(forecast.said)}", who], by=" by ")
    due = Span(f"{words(forecast.due)}", "text")
    return joined([due, "".join(span.text for span in said), *_about(scene, forecast)])


def _about(scene: Scene, entry: Evidenced) -> list[str | None]:
    stated = getattr(entry, "stated", None)
    return [stated and f"“{stated}”", _whose(scene, entry), entry.note]


def _told_in(scene: Scene, entry: object) -> Iterator[Row]:
    """Of an entry of a dossier, the briefings that tell it."""
    place = getattr(entry, "place", None)
    titles = dict.fromkeys(
        origin.title for origin in scene.document.origins.get(place.path if place else (), ())
    )
    if titles:
        among = "; ".join(f"“{title}”" for title in list(titles)[:_MOST_TITLES])
        more = f"; and {len(titles) - _MOST_TITLES} more" if len(titles) > _MOST_TITLES else ""
        yield _note("told-in", (Span(f"Told in {among}{more}", "muted"),))


_MOST_TITLES = 5


def _problems(scene: Scene, row: Row) -> Iterator[Row]:
    for number, problem in enumerate(row.problems):
        role = "error" if problem.is_error else "warning"
        yield Row(
            key=f"problem/{number}",
            kind="note",
            lead=(Span(glyphs.BROKEN, role),),  # type: ignore[arg-type]
            body=(Span(problem.located(scene.document.name)),),
        )


def _note(key: str, body: Spans) -> Row:
    return Row(key=key, kind="note", body=body)


def _say_actor(scene: Scene, actor: Actor) -> str:
    bodies = [scene.name_of(name) for name in actor.member_of]
    parts = [actor.name, actor.role, actor.country and country(actor.country), *bodies]
    aka = f"also called {', '.join(actor.aka)}" if actor.aka else None
    return ", ".join(part for part in [*parts, aka] if part)


def _say_event(_: Scene, event: Event) -> str:
    return f"{event.headline}. {event.text}" if event.text else event.headline


def _say_held(_: Scene, held: Held) -> str:
    return f"{held.role}, {words(held.date)}"


def _say_order(_: Scene, order: Order) -> str:
    number = f"{order.number:,} × {order.unit or 'unit'}" if order.number else None
    date = f"ordered {words(order.date)}" if order.date else None
    return ", ".join(part for part in (number, date) if part)


def _say_deal(_: Scene, deal: Deal) -> str:
    parties = f"{country(deal.supplier)} to {country(deal.recipient)}"
    parts = [deal.designation, deal.description, parties]
    said = ", ".join(part for part in parts if part)
    return f"{said}. {deal.comments}" if deal.comments else said


def _say_stage(_: Scene, stage: Stage) -> str:
    said = f"{in_words(stage.stage).capitalize()} {words(stage.date)}"
    return f"{said}: {stage.text}" if stage.text else said


def _say_value(_: Scene, value: Value) -> str:
    return f"{value.stated} ({value.currency} {value.amount:,}, {value.kind})"


def _say_forecast(scene: Scene, forecast: Forecast) -> str:
    who = scene.name_of(forecast.by) if forecast.by else "It"
    return f"{who} said on {words(forecast.said)}: due {words(forecast.due)}"


def _say_payment(_: Scene, payment: Payment) -> str:
    return f"{payment.stated} paid {words(payment.date)}"


def _say_sanction(_: Scene, sanction: Sanction) -> str:
    stance = f"{sanction.regime} of {country(sanction.authority)}: {in_words(sanction.status)}"
    return f"{stance}. {sanction.text}" if sanction.text else stance


def _say_statement(scene: Scene, statement: Statement) -> str:
    return f"{scene.name_of(statement.speaker)}, {words(statement.date)}: {statement.text}"


_STATEMENTS: dict[type, Callable[[Scene, Any], str]] = {
    Point: lambda _, point: str(point.text),
    Actor: _say_actor,
    Event: _say_event,
    Deal: _say_deal,
    Held: _say_held,
    Order: _say_order,
    Stage: _say_stage,
    Value: _say_value,
    Forecast: _say_forecast,
    Payment: _say_payment,
    Sanction: _say_sanction,
    Statement: _say_statement,
    Milestone: lambda _, milestone: str(milestone.label),
}
