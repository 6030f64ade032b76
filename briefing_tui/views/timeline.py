"""The Timeline pane: events by year, with a rule between the past and what lies ahead."""

from __future__ import annotations

import re
from operator import itemgetter

from briefing_tui.briefing.dates import Edtf, format_date, is_after
from briefing_tui.briefing.document import UnreadableEntry
from briefing_tui.briefing.model import Event, EventStatus
from briefing_tui.views import glyphs
from briefing_tui.views.as_of_filter import format_day
from briefing_tui.views.empty_pane import empty_text
from briefing_tui.views.entry_rows import unreadable_row, voiced_row
from briefing_tui.views.links import attribution, event_link, related_to_event, relations_by_event
from briefing_tui.views.plan_outcomes import outcome_in_words, plan_outcomes
from briefing_tui.views.rows import (
    SEPARATOR,
    Role,
    Row,
    Span,
    TypeSign,
    View,
    heading_row,
    lead_width,
)
from briefing_tui.views.scene import Scene, row_key
from briefing_tui.vocabulary.words import label_of

_MARKS: dict[str, Span] = {
    "occurred": Span(glyphs.OCCURRED, "accent"),
    "planned": Span(glyphs.PLANNED, "planned"),
    "cancelled": Span(glyphs.CANCELLED, "muted"),
    "disputed": Span(glyphs.DISPUTED, "warning"),
    "unconfirmed": Span(glyphs.UNCONFIRMED, "muted"),
}
_ROLES: dict[str, Role] = {"planned": "planned", "cancelled": "muted"}


def timeline(scene: Scene) -> View:
    """Show events by lower bound, then precision; a rule divides them at the as-of date.

    Those of which no date is known come first: after the rule, they would be said to lie ahead.
    """
    events = scene.briefing.timeline
    types = type_signs(scene)
    outcomes = plan_outcomes(scene)
    rows: list[Row] = []
    label = Span(f"as of {format_day(scene.as_of)}", "accent")
    rule = Row(key="as-of", kind="rule", body=(label,))
    group = ""
    divided = False
    taken: set[str] = set()
    start = ""
    for date, entry in _ordered(scene):
        if not divided and date is not None and is_after(date, scene.as_of):
            start = rows[-1].key if rows else ""
            rows.append(rule)
            divided = True
        heading = group if date is None else _heading(date)
        if heading != group:
            group = heading
            key = f"year/{'ahead/' if divided else ''}{heading}"
            rows.append(heading_row(key, heading, spaced=False))
        if isinstance(entry, UnreadableEntry):
            rows.append(unreadable_row(scene, entry, indent=2))
        else:
            key = event_key(entry, taken)
            rows.append(_event_row(scene, key, entry, outcomes, types.get(entry.type)))
    if rows and not divided:
        start = rows[-1].key
        rows.append(rule)
    return View(
        title="Timeline",
        count=len(events),
        noun="event",
        rows=tuple(rows),
        empty=""
        if rows
        else empty_text(
            scene,
            scene.document.briefing.timeline,
            "events",
            written="This briefing lists no events.",
            focused="No event involves this",
        ),
        lead_width=lead_width(rows, _widest(events)),
        start=start,
    )


def event_key(event: Event, taken: set[str]) -> str:
    """Return an event's key and add it to ``taken``; a duplicate id gets a key of its own."""
    key = row_key("timeline", event.id)
    if key in taken:
        key = row_key("timeline", event.id, _position(event))
    taken.add(key)
    return key


def _ordered(scene: Scene) -> list[tuple[Edtf | None, Event | UnreadableEntry]]:
    """Sort entries by date; one without a readable date follows its neighbour in the file.

    Times of several zones around midnight are in the order of their instants only within one year,
    and within what is past and what lies ahead: these go by the day as written.
    """
    entries: list[Event | UnreadableEntry] = [*scene.briefing.timeline]
    entries += scene.unreadable_in("timeline")
    entries.sort(key=_position)
    keyed: list[tuple[tuple[int, ...], Edtf | None, Event | UnreadableEntry]] = []
    key: tuple[int, ...] = ()
    for entry in entries:
        date = None if isinstance(entry, UnreadableEntry) else entry.date
        key = (is_after(date, scene.as_of), date.year, *date.sort_key) if date else key
        keyed.append((key, date, entry))
    keyed.sort(key=itemgetter(0))
    return [(date, entry) for _, date, entry in keyed]


def _position(entry: Event | UnreadableEntry) -> int:
    return int(entry.location.path[-1]) if entry.location else 0


def status_of(scene: Scene, event: Event) -> EventStatus:
    """Return an event's status on the as-of date: it was planned if it had not occurred yet."""
    ahead = event.status == "occurred" and is_after(event.date, scene.as_of)
    return "planned" if ahead else event.status


def type_signs(scene: Scene) -> dict[str, TypeSign]:
    """Return the types of events with their signs, if the briefing names vocabularies.

    A type without a sign has that of ``other``.
    """
    briefing = scene.briefing
    if not briefing.vocabularies:
        return {}
    words = briefing.glossary.events
    types = dict.fromkeys(event.type for event in briefing.timeline)
    signs = {word: definition.sign for word, definition in words.items()}
    return {
        word: TypeSign(signs.get(word) or signs["other"] or "", label_of(word, words.get(word)))
        for word in types
    }


def _event_row(
    scene: Scene, key: str, event: Event, outcomes: dict[str, Event], type_sign: TypeSign | None
) -> Row:
    status = status_of(scene, event)
    links = related_to_event(scene.briefing, event)
    body = [Span(event.headline or "(no headline)", _ROLES.get(status, "text"))]
    if event.by:
        body += [Span(SEPARATOR, "muted"), Span(attribution(scene, event), "muted")]
    if event.stated:
        body.append(Span(f" “{event.stated}”", "muted"))
    outcome = outcomes.get(event.id)
    if outcome is not None:
        links = (event_link(outcome), *links)
        words = outcome_in_words(scene, event, outcome)
        body += [Span(SEPARATOR, "muted"), Span(words, "muted")]
    elif status == "planned" and event.date.upper < scene.as_of:
        body += [Span(SEPARATOR, "muted"), Span("date passed", "warning")]
    if event.disputes:
        body.append(Span(f" {glyphs.WARNING}", "warning"))
    if scene.problems_of(event):
        body.append(Span(f" {glyphs.BROKEN}", "error"))
    related = relations_by_event(scene.known).get(event.id, ())
    links = tuple(dict.fromkeys((*links, *(event_link(relation.event) for relation in related))))
    return voiced_row(
        scene,
        event,
        key=key,
        indent=2,
        lead=(Span(_short(event.date) or " ", "muted"),),
        mark=_MARKS[status],
        type=type_sign,
        body=tuple(body),
        links=links,
    )


def _heading(date: Edtf) -> str:
    return str(date.year) if date.is_known else "Date unknown"


def _widest(events: tuple[Event, ...]) -> int:
    """Return the most cells of the column of dates: more if it has clock times."""
    return 24 if any(event.date.precision in ("minute", "second") for event in events) else 14


def _short(date: Edtf) -> str:
    """Return a date without its year, which the heading shows; for several years, the start."""
    if not date.is_known:
        return ""
    spans_years = date.start and date.end and date.start.year != date.end.year
    begin = Edtf.parse(date.text.partition("/")[0]) if spans_years else date
    text = format_date(begin, year=False).replace(" (uncertain)", "?")
    words = re.sub(rf"\b{date.year}\b(?!\N{{EN DASH}})", "", text).split()
    if not spans_years:
        return " ".join(words)
    if words in ([], ["about"]):  # it would read like a part of what is beside it
        return " ".join([*words, str(date.year), "on"])
    return " ".join(["from", *words])
