"""The evidence of one row: the full statement, whose voice it is, and the sources it cites."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from operator import attrgetter

import msgspec

from briefing_tui.briefing import model
from briefing_tui.briefing.dates import Edtf, format_date
from briefing_tui.briefing.document import UnreadableEntry
from briefing_tui.briefing.provenance import has_voice, passage_label, voice
from briefing_tui.briefing.terminal_text import printable
from briefing_tui.briefing.traversal import walk_evidenced
from briefing_tui.views import glyphs
from briefing_tui.views.entry_rows import is_question
from briefing_tui.views.labels import (
    CREDIBILITY,
    VOICES_LONG,
    amount,
    country,
    label,
    party,
    payment_parties,
    published_date,
)
from briefing_tui.views.labels import words as in_words
from briefing_tui.views.links import attribution, relations_by_event
from briefing_tui.views.mark_overlay import mark_rows
from briefing_tui.views.phrases import (
    dated,
    due,
    exact_date,
    forecast_sentence,
    list_date,
    payment_date,
    said,
)
from briefing_tui.views.plan_outcomes import lateness_of
from briefing_tui.views.roles import role_on
from briefing_tui.views.rows import Role, Row, Span, Spans, View, join_spans, note_row
from briefing_tui.views.scene import Scene
from briefing_tui.views.source_corrections import correction_notice, corrections_of
from briefing_tui.views.support import (
    counts_in_words,
    grades_in_words,
    origins_in_words,
    sources_in_words,
    sources_of,
)
from briefing_tui.views.terms import other_parties, sides, stage_label
from briefing_tui.views.verdict_lines import comparison_line


def evidence(scene: Scene, row: Row | None, *, brief: bool = False) -> View:
    """Show the evidence of a row, if there is one; its problems come last.

    In a strip of a few lines, which is ``brief``, sources come first, each on one line; how they
    depend on each other is in the count.
    """
    rows = [] if row is None else list(_evidence(scene, row, brief=brief))
    if brief:
        one_line = ("cite", "words", "dispute", "voice")
        replace = msgspec.structs.replace
        rows = [replace(note, cropped=note.key.startswith(one_line)) for note in rows]
    entry = row.entry if row else None
    return View(
        title="Evidence",
        count=len(sources_of(scene, entry)),
        noun="source",
        counts=counts_in_words(scene, entry) if brief else (),
        rows=tuple(rows),
        empty="Select a row to see its evidence.",
        lead_width=1,
    )


def statement_of(scene: Scene, entry: object) -> str:
    """Return the statement of an entry in one sentence; empty if it makes none."""
    match entry:
        case model.Point():
            return entry.text
        case model.Milestone():
            return entry.label
        case model.Event():
            return f"{entry.headline}. {entry.text}" if entry.text else entry.headline
        case model.Statement():
            return f"{scene.name_of(entry.speaker)}, {list_date(entry.date)}: {entry.text}"
        case model.Forecast():
            return forecast_sentence(entry, scene.name_of(entry.by) if entry.by else "")
        case model.Actor():
            aka = f"also called {', '.join(entry.aka)}" if entry.aka else None
            place = entry.country and country(entry.country)
            bodies = map(scene.name_of, entry.member_of)
            role = role_on(entry, scene.as_of)
            return ", ".join(filter(None, [entry.name, role, place, *bodies, aka]))
        case model.Held():
            return f"{entry.role}, {list_date(entry.date)}"
        case model.Commitment():
            parties = sides(scene.document.briefing, entry).replace(f" {glyphs.ARROW} ", " to ")
            others = other_parties(scene.document.briefing, entry)
            text = ", ".join(filter(None, [entry.name, entry.description, parties, *others]))
            return f"{text}. {entry.comments.text}" if entry.comments else text
        case model.Order():
            number = f"{entry.number:,} × {entry.unit or 'unit'}" if entry.number else None
            date = dated("ordered", entry.date) if entry.date else None
            return ", ".join(filter(None, [number, date]))
        case model.Stage():
            text = dated(stage_label(scene.briefing, entry).capitalize(), entry.date)
            return f"{text}: {entry.text}" if entry.text else text
        case model.Value():
            kind = label(scene.briefing, "values", entry.kind)
            resolved = f"{amount(scene.briefing, entry)}, {kind}"
            return f"{entry.stated} ({resolved})" if entry.stated else resolved
        case model.Payment():
            paid = dated("paid", entry.date) if entry.date else payment_date(entry)
            parties = payment_parties(scene.document.briefing, entry)
            text = ", ".join(filter(None, [entry.stated, paid, parties]))
            return f"{text}. {entry.text}" if entry.text else text
        case model.Measure():
            regime = f"{entry.name} ({party(scene.document.briefing, entry.by)})"
            status = label(scene.briefing, "measures", entry.status)
            text = f"{regime}: {status}, {list_date(entry.date)}"
            return f"{text}. {entry.text}" if entry.text else text
    return ""


def _evidence(scene: Scene, row: Row, *, brief: bool) -> Iterator[Row]:
    entry = row.entry
    yield from mark_rows(scene, entry)
    if isinstance(entry, model.Milestone):
        yield from _milestone(scene, entry, brief=brief)
    elif isinstance(entry, model.Evidenced):
        judged = voice(entry, scene.briefing.about) == "judgement"
        text = statement_of(scene, entry) or "(nothing is said)"
        statement = note_row("statement", Span(text, "judged" if judged else "strong"))
        if not brief:
            yield statement
        yield note_row("voice", *_voice(scene, entry))
        yield from _disputes(scene, "dispute", entry.disputes)
        if not brief:
            yield from _sources(scene, entry)
        yield from _citations(scene, "cite", entry.cite)
        yield from _comparison(scene, entry)
        # The row itself has the statement, which must not push the sources out of the strip.
        if brief and not isinstance(entry, model.Point):
            yield statement
        if isinstance(entry, model.Event):
            yield from (
                note_row(f"about/{n}", *line) for n, line in enumerate(circumstances(scene, entry))
            )
        if names := model.wikidata_ids(getattr(entry, "same_as", ())):
            yield note_row("same-as", Span(f"Wikidata {', '.join(names)}", "muted"))
        if entry.worked_out:
            from briefing_tui.briefing.atoms.arithmetic import format_sum  # few entries have one

            yield note_row(
                "worked-out", Span(f"Worked out: {format_sum(entry.worked_out)}", "muted")
            )
        if entry.note:
            yield note_row("note", Span(entry.note.text, "muted"))
    elif isinstance(entry, UnreadableEntry):
        yield note_row("statement", Span(entry.label, "strong"))
    yield from _origins(scene, entry)
    for number, problem in enumerate(row.problems):
        lead = Span(glyphs.BROKEN, "error" if problem.is_error else "warning")
        yield note_row(f"problem/{number}", Span(problem.format(scene.document.name)), lead=lead)


def _voice(scene: Scene, entry: model.Evidenced) -> Spans:
    quote = getattr(entry, "quote", None)
    return join_spans(
        [
            _type_label(scene, entry),
            _voice_in_words(scene, entry),
            attribution(scene, entry) if isinstance(entry, model.Event) else None,
            *_stated(scene, entry),
            entry.hedge and f"a source says “{entry.hedge}”",
            entry.confidence and f"{entry.confidence} confidence",
            entry.likelihood and in_words(entry.likelihood),
            f"rated {rating}, {CREDIBILITY[rating]}" if (rating := entry.credibility) else None,
            quote and f"in quotation marks there: “{quote}”",
        ]
    )


def _stated(scene: Scene, entry: model.Evidenced) -> Iterator[str]:
    """Yield the words for a date or figure, and the date that they are taken for.

    The words of an event, an order or a statement are the article's. Neither part says that one
    follows from the other: “Tuesday” may be dated to a Monday.
    """
    stated: str | None = getattr(entry, "stated", None)
    if not stated or isinstance(entry, (model.Value, model.Payment)):
        return
    if isinstance(entry, model.Forecast):
        yield f"in a source's words “{stated}”"
        return
    is_of_article = any(scene.briefing.is_article(citation.source) for citation in entry.cite)
    yield f"in the article's words “{stated}”" if is_of_article else f"as stated “{stated}”"
    date: Edtf | None = getattr(entry, "date", None)
    if date is not None and not isinstance(entry, model.Order):
        yield f"dated {exact_date(date)}" if date.is_known else "date unknown"


def _type_label(scene: Scene, entry: model.Evidenced) -> str | None:
    """Return the type of an event, if its sign is in the timeline."""
    if not isinstance(entry, model.Event) or not scene.briefing.vocabularies:
        return None
    return label(scene.briefing, "events", entry.type)


def circumstances(scene: Scene, event: model.Event) -> Iterator[Spans]:
    """Yield where an event happened, and the events that it is related to, on one line each."""
    if event.place:
        yield Span("Place: ", "muted"), Span(event.place)
    relations = relations_by_event(scene.known).get(event.id, ())
    for title, group in groupby(relations, attrgetter("label")):
        role: Role = "warning" if "contradict" in title else "muted"
        spans = [Span(f"{title.capitalize()}: ", role)]
        for number, (label_, other) in enumerate(group):
            separator = "; " if number else ""
            spans.append(Span(f"{separator}{other.headline}"))
            plan, outcome = (other, event) if label_ == "outcome of" else (event, other)
            is_outcome = plan.id in outcome.resolves
            lateness = lateness_of(scene, plan, outcome) if is_outcome else None
            dated = ", ".join(filter(None, [format_date(other.date), lateness]))
            spans.append(Span(f", {dated}", "muted"))
        yield tuple(spans)


def _voice_in_words(scene: Scene, entry: model.Evidenced) -> str:
    if not has_voice(entry):
        later = _cites_later_source(scene, entry)
        return "its source was not published yet" if later else "no source is cited"
    if is_question(entry):
        return "a question that these sources leave open"
    return VOICES_LONG[voice(entry, scene.briefing.about)]


def _cites_later_source(scene: Scene, entry: model.Evidenced) -> bool:
    whole = walk_evidenced(scene.document.briefing)
    return any(other.cite for other in whole if other.location == entry.location)


def _sources(scene: Scene, entry: model.Entry) -> Iterator[Row]:
    """Say how many sources there are, how they depend on each other, and who rates them."""
    if sources_of(scene, entry):
        count, grades = sources_in_words(scene, entry), grades_in_words(scene, entry)
        yield note_row("sources", *join_spans([count, grades]))


def _comparison(scene: Scene, entry: model.Entry) -> Iterator[Row]:
    """Say how much of an entry was found in the texts, if any of it was compared."""
    if line := comparison_line(scene, entry):
        yield note_row("compared", line)


def _citations(scene: Scene, prefix: str, cited: tuple[model.Citation, ...]) -> Iterator[Row]:
    for number, citation in enumerate(cited):
        source = scene.known.sources.get(citation.source)
        key = f"{prefix}/{number}"
        if source is None:
            unknown = Span(f"unknown source “{citation.source}”", "error")
            yield note_row(key, unknown, lead=Span("?", "error"))
            continue
        passage = f" {passage_label(citation.at)}" if citation.at else ""
        parts: list[str | Span | None] = [
            Span(f"{source.publisher}{passage}"),
            published_date(source),
            origins_in_words(scene, citation.source),
            correction_notice(scene, citation.source),
            citation.quote and f"“{citation.quote}”",
            None if citation.source == scene.briefing.about else source.title,
        ]
        yield note_row(key, *join_spans(parts), lead=Span(source.reliability, "accent"))
        if text := scene.document.passage(citation.source, citation.at):
            quotation = Span(f"“{printable(text)}”", "planned")
            yield note_row(f"words/{key}", quotation, lead=Span(" "))


def _disputes(scene: Scene, prefix: str, disputes: tuple[model.Dispute, ...]) -> Iterator[Row]:
    """Yield the rival versions of an entry's fields."""
    for number, dispute in enumerate(disputes):
        cited = []
        for citation in dispute.cite:
            source = scene.known.sources.get(citation.source)
            name = source.publisher if source else citation.source
            name = f"{name} {passage_label(citation.at)}" if citation.at else name
            verbs = dict.fromkeys(verb for verb, _ in corrections_of(scene, citation.source))
            cited.append(f"{name} ({', '.join(verbs)})" if verbs else name)
        name = _FIELDS.get(dispute.field, in_words(dispute.field))
        other = f"Other {name}: {_rival(scene, dispute)}"
        parts = [
            Span(other, "warning"),
            ", ".join(cited) or None,
            dispute.note.text if dispute.note else None,
        ]
        mark = Span(glyphs.WARNING, "warning")
        yield note_row(f"{prefix}/{number}", *join_spans(parts), lead=mark)


_FIELDS = {
    "stated": "wording",
    "text": "account",
    "by": "person or body",
    "to": "payee",
    "due": "due date",
    "said": "date of the promise",
    "kind": "kind",
    "aka": "other name",
    "per": "unit of the price",
    "of": "whole",
    "member_of": "body",
}
"""What readers see for a disputed field, if that is not its name."""


def _rival(scene: Scene, dispute: model.Dispute) -> str:
    """Return a rival value as readers see such values: dates, countries, actors and words."""
    if dispute.field in ("number", "amount"):
        with suppress(ValueError):
            return f"{int(dispute.value):,}"
    with suppress(ValueError):  # it need not be a date
        return exact_date(Edtf.parse(dispute.value))
    if dispute.field in ("supplier", "recipient", "country"):
        return country(dispute.value)
    if dispute.field in ("status", "stage", "type", "kind", "condition"):
        return in_words(dispute.value)
    return scene.name_of(dispute.value)


def _milestone(scene: Scene, milestone: model.Milestone, *, brief: bool) -> Iterator[Row]:
    yield note_row("statement", Span(milestone.label, "strong"))
    if not brief:
        yield from _sources(scene, milestone)
    yield from _disputes(scene, "dispute", milestone.disputes)
    for name, outcome in milestone.outcomes.items():
        ended = dated(name, outcome.date)
        yield note_row(name, *join_spans([ended, outcome.text, *_about(scene, outcome)]))
        yield from _disputes(scene, f"dispute/{name}", outcome.disputes)
        yield from _citations(scene, f"cite/{name}", outcome.cite)
    counts = sorted(milestone.progress, key=lambda count: count.date.sort_key, reverse=True)
    for number, count in enumerate(counts):
        verb = "begun" if count.status == "begun" else "counted"
        arrived = dated(f"{count.number:,} {verb}", count.date)
        yield note_row(f"progress/{number}", *join_spans([arrived, *_about(scene, count)]))
        yield from _disputes(scene, f"dispute/progress/{number}", count.disputes)
        yield from _citations(scene, f"cite/progress/{number}", count.cite)
    forecasts = sorted(milestone.forecasts, key=lambda entry: entry.said.sort_key, reverse=True)
    for number, forecast in enumerate(forecasts):
        speaker = scene.name_of(forecast.by) if forecast.by else ""
        parts = [Span(due(forecast.due)), said(forecast, speaker), *_about(scene, forecast)]
        yield note_row(f"forecast/{number}", *join_spans(parts))
        yield from _disputes(scene, f"dispute/forecast/{number}", forecast.disputes)
        yield from _citations(scene, f"cite/{number}", forecast.cite)
    yield from _comparison(scene, milestone)


def _about(scene: Scene, entry: model.Evidenced) -> list[str | None]:
    stated = getattr(entry, "stated", None)
    rating = entry.credibility
    doubt = f"rated {rating}, {CREDIBILITY[rating]}" if rating in (4, 5) else None
    return [
        stated and f"“{stated}”",
        _voice_in_words(scene, entry),
        doubt,
        entry.note.text if entry.note else None,
    ]


def _origins(scene: Scene, entry: object) -> Iterator[Row]:
    location = getattr(entry, "location", None)
    origins = scene.document.origins.get(location.path if location else (), ())
    titles = [f"“{title}”" for title in dict.fromkeys(origin.title for origin in origins)]
    if titles:
        quoted = "; ".join(titles[:_MAX_TITLES])
        more = f"; and {len(titles) - _MAX_TITLES} more" if len(titles) > _MAX_TITLES else ""
        yield note_row("told-in", Span(f"From {quoted}{more}", "muted"))


_MAX_TITLES = 5
