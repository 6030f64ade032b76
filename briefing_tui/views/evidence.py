"""The evidence of one row: the full statement, whose voice it is, and the sources it cites."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from operator import attrgetter

import msgspec

from briefing_tui.briefing import model
from briefing_tui.briefing.dates import Edtf, format_date, weekday
from briefing_tui.briefing.document import UnreadableEntry
from briefing_tui.briefing.provenance import has_voice, passage_label, voice
from briefing_tui.briefing.terminal_text import printable
from briefing_tui.views import glyphs
from briefing_tui.views.labels import (
    CREDIBILITY,
    VOICES_LONG,
    amount,
    country,
    label,
    party,
    payment_date,
    payment_parties,
    published_date,
)
from briefing_tui.views.labels import words as in_words
from briefing_tui.views.links import attribution, relations_by_event
from briefing_tui.views.mark_overlay import mark_rows
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
            return f"{scene.name_of(entry.speaker)}, {format_date(entry.date)}: {entry.text}"
        case model.Forecast():
            speaker = scene.name_of(entry.by) if entry.by else "It"
            said = "said on" if entry.said.is_day and not entry.said.qualified else "said"
            return f"{speaker} {said} {format_date(entry.said)}: due {format_date(entry.due)}"
        case model.Actor():
            aka = f"also called {', '.join(entry.aka)}" if entry.aka else None
            place = entry.country and country(entry.country)
            bodies = map(scene.name_of, entry.member_of)
            parts = [entry.name, entry.role, place, *bodies, aka]
            return ", ".join(dict.fromkeys(filter(None, parts)))
        case model.Held():
            return f"{entry.role}, {format_date(entry.date)}"
        case model.Commitment():
            parties = sides(scene.document.briefing, entry).replace(f" {glyphs.ARROW} ", " to ")
            others = other_parties(scene.document.briefing, entry)
            text = ", ".join(filter(None, [entry.name, entry.description, parties, *others]))
            return f"{text}. {entry.comments}" if entry.comments else text
        case model.Order():
            number = f"{entry.number:,} × {entry.unit or 'unit'}" if entry.number else None
            date = f"ordered {format_date(entry.date)}" if entry.date else None
            return ", ".join(filter(None, [number, date]))
        case model.Stage():
            text = f"{stage_label(scene.briefing, entry).capitalize()} {format_date(entry.date)}"
            return f"{text}: {entry.text}" if entry.text else text
        case model.Value():
            kind = label(scene.briefing, "values", entry.kind)
            return f"{entry.stated} ({amount(scene.briefing, entry)}, {kind})"
        case model.Payment():
            paid = "paid " if entry.date else ""
            parties = payment_parties(scene.document.briefing, entry)
            text = " ".join(filter(None, [entry.stated, f"{paid}{payment_date(entry)}", parties]))
            return f"{text}. {entry.text}" if entry.text else text
        case model.Measure():
            regime = f"{entry.name} of {party(scene.document.briefing, entry.by)}"
            text = f"{regime}: {label(scene.briefing, 'measures', entry.status)}"
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
        for number, dispute in enumerate(entry.disputes):
            yield _dispute(scene, number, dispute)
        if not brief:
            yield from _sources(scene, entry)
        yield from _citations(scene, "cite", entry.cite)
        # The row itself has the statement, which must not push the sources out of the strip.
        if brief and not isinstance(entry, model.Point):
            yield statement
        if isinstance(entry, model.Event):
            yield from (
                note_row(f"about/{n}", *line) for n, line in enumerate(circumstances(scene, entry))
            )
        if names := model.wikidata_ids(getattr(entry, "same_as", ())):
            yield note_row("same-as", Span(f"Wikidata {', '.join(names)}", "muted"))
        if entry.note:
            yield note_row("note", Span(entry.note, "muted"))
    elif isinstance(entry, UnreadableEntry):
        yield note_row("statement", Span(entry.label, "strong"))
    yield from _origins(scene, entry)
    for number, problem in enumerate(row.problems):
        lead = Span(glyphs.BROKEN, "error" if problem.is_error else "warning")
        yield note_row(f"problem/{number}", Span(problem.format(scene.document.name)), lead=lead)


def _voice(scene: Scene, entry: model.Evidenced) -> Spans:
    date = getattr(entry, "date", None) or getattr(entry, "due", None)
    stated = getattr(entry, "stated", None)
    resolved = f"“{stated}” = {_exact(date)}" if stated and isinstance(date, Edtf) else None
    quote = getattr(entry, "quote", None)
    return join_spans(
        [
            _type_label(scene, entry),
            _voice_in_words(scene, entry),
            attribution(scene, entry) if isinstance(entry, model.Event) else None,
            resolved if not isinstance(entry, (model.Value, model.Payment)) else None,
            entry.hedge and f"hedged “{entry.hedge}”",
            entry.confidence and f"{entry.confidence} confidence",
            entry.likelihood and in_words(entry.likelihood),
            CREDIBILITY[entry.credibility] if entry.credibility else None,
            quote and f"in quotation marks there: “{quote}”",
        ]
    )


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
        for number, (_, other) in enumerate(group):
            separator = "; " if number else ""
            spans.append(Span(f"{separator}{other.headline}"))
            spans.append(Span(f", {format_date(other.date)}", "muted"))
        yield tuple(spans)


def _voice_in_words(scene: Scene, entry: model.Evidenced) -> str:
    if not has_voice(entry):
        return "no source is cited"
    return VOICES_LONG[voice(entry, scene.briefing.about)]


def _exact(date: Edtf) -> str:
    day = weekday(date)
    return f"{day[:3]} {format_date(date)}" if day else format_date(date)


def _sources(scene: Scene, entry: model.Entry) -> Iterator[Row]:
    """Say how many sources there are, how they depend on each other, and who rates them."""
    if sources_of(scene, entry):
        count, grades = sources_in_words(scene, entry), grades_in_words(scene, entry)
        yield note_row("sources", *join_spans([count, grades]))


def _citations(scene: Scene, prefix: str, cited: tuple[model.Citation, ...]) -> Iterator[Row]:
    for number, citation in enumerate(cited):
        source = scene.source(citation.source)
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


def _dispute(scene: Scene, number: int, dispute: model.Dispute) -> Row:
    cited = []
    for citation in dispute.cite:
        source = scene.source(citation.source)
        name = source.publisher if source else citation.source
        name = f"{name} {passage_label(citation.at)}" if citation.at else name
        verbs = dict.fromkeys(verb for verb, _ in corrections_of(scene, citation.source))
        cited.append(f"{name} ({', '.join(verbs)})" if verbs else name)
    value = dispute.value
    with suppress(ValueError):  # it need not be a date
        value = _exact(Edtf.parse(value))
    name = "wording" if dispute.field == "stated" else in_words(dispute.field)
    parts = [Span(f"Other {name}: {value}", "warning"), ", ".join(cited) or None, dispute.note]
    mark = Span(glyphs.WARNING, "warning")
    return note_row(f"dispute/{number}", *join_spans(parts), lead=mark)


def _milestone(scene: Scene, milestone: model.Milestone, *, brief: bool) -> Iterator[Row]:
    yield note_row("statement", Span(milestone.label, "strong"))
    if not brief:
        yield from _sources(scene, milestone)
    for name, outcome in milestone.outcomes.items():
        ended = f"{name} {format_date(outcome.date)}"
        yield note_row(name, *join_spans([ended, outcome.text, *_about(scene, outcome)]))
        yield from _citations(scene, f"cite/{name}", outcome.cite)
    counts = sorted(milestone.progress, key=lambda count: count.date.sort_key, reverse=True)
    for number, count in enumerate(counts):
        arrived = f"{count.number:,} counted {format_date(count.date)}"
        yield note_row(f"progress/{number}", *join_spans([arrived, *_about(scene, count)]))
        yield from _citations(scene, f"cite/progress/{number}", count.cite)
    forecasts = sorted(milestone.forecasts, key=lambda entry: entry.said.sort_key, reverse=True)
    for number, forecast in enumerate(forecasts):
        speaker = f" by {scene.name_of(forecast.by)}" if forecast.by else ""
        said = f"said {format_date(forecast.said)}{speaker}"
        parts = [Span(format_date(forecast.due)), said, *_about(scene, forecast)]
        yield note_row(f"forecast/{number}", *join_spans(parts))
        yield from _citations(scene, f"cite/{number}", forecast.cite)


def _about(scene: Scene, entry: model.Evidenced) -> list[str | None]:
    stated = getattr(entry, "stated", None)
    return [stated and f"“{stated}”", _voice_in_words(scene, entry), entry.note]


def _origins(scene: Scene, entry: object) -> Iterator[Row]:
    location = getattr(entry, "location", None)
    origins = scene.document.origins.get(location.path if location else (), ())
    titles = [f"“{title}”" for title in dict.fromkeys(origin.title for origin in origins)]
    if titles:
        quoted = "; ".join(titles[:_MAX_TITLES])
        more = f"; and {len(titles) - _MAX_TITLES} more" if len(titles) > _MAX_TITLES else ""
        yield note_row("told-in", Span(f"From {quoted}{more}", "muted"))


_MAX_TITLES = 5
