"""The timeline: events by year, what had happened apart from what was still ahead."""

from __future__ import annotations

from briefing_tui.briefing.dates import Edtf, is_after, words
from briefing_tui.briefing.document import Broken
from briefing_tui.briefing.model import Event
from briefing_tui.briefing.text import cell_width
from briefing_tui.briefing.vocabulary import EventStatus
from briefing_tui.views import glyphs
from briefing_tui.views.labels import voiced
from briefing_tui.views.links import event_link, event_links, narrowing
from briefing_tui.views.rows import Role, Row, Span, View, plain
from briefing_tui.views.scene import Scene, key_of
from briefing_tui.views.unreadable_entries import broken_row

_MARKS: dict[str, Span] = {
    "occurred": Span(glyphs.OCCURRED, "accent"),
    "planned": Span(glyphs.PLANNED, "planned"),
    "cancelled": Span(glyphs.CANCELLED, "muted"),
    "disputed": Span(glyphs.DISPUTED, "warning"),
}
_WIDEST_LEAD = 14


def timeline(scene: Scene) -> View:
    """Events by lower bound, then precision; a rule divides them at the as-of date."""
    events = scene.briefing.timeline
    outcomes = {name: event for event in events for name in event.resolves}
    rows: list[Row] = []
    year: int | None = None
    divided = False
    taken: set[str] = set()
    start = ""
    for date, entry in _ordered(scene):
        if not divided and date is not None and _ahead(scene, date):
            start = rows[-1].key if rows else ""
            rows.append(_rule(scene))
            divided = True
        if date is not None and date.year != year:
            year = date.year
            key = f"year/{'ahead/' if divided else ''}{year}"
            rows.append(Row(key=key, kind="heading", body=(Span(str(year), "accent"),)))
        if isinstance(entry, Broken):
            rows.append(broken_row(scene, entry, indent=2))
        else:
            key = key_of("timeline", entry.id)
            if key in taken:  # an id given twice is a mistake, but no reason to lose a row
                key = key_of("timeline", entry.id, _position(entry))
            taken.add(key)
            rows.append(_event(scene, key, entry, outcomes))
    if rows and not divided:
        start = rows[-1].key
        rows.append(_rule(scene))
    widths = (cell_width(plain(row.lead)) for row in rows)
    return View(
        title="Timeline",
        count=len(events),
        noun="event",
        rows=tuple(rows),
        empty="No event involves this." if scene.focus else "No events were written.",
        lead_width=min(max(widths, default=0), _WIDEST_LEAD),
        start=start,
    )


def _ordered(scene: Scene) -> list[tuple[Edtf | None, Event | Broken]]:
    """Entries in order; one without a readable date stays behind its neighbour in the file."""
    entries: list[Event | Broken] = [*scene.briefing.timeline, *scene.broken_in("timeline")]
    entries.sort(key=_position)
    keyed: list[tuple[tuple[int, ...], Edtf | None, Event | Broken]] = []
    last: tuple[int, ...] = (0, 0, 0)
    for entry in entries:
        date = None if isinstance(entry, Broken) else entry.date
        last = date.sort_key if date else last
        keyed.append(((*last, _position(entry)), date, entry))
    keyed.sort(key=lambda item: item[0])
    return [(date, entry) for _, date, entry in keyed]


def _position(entry: Event | Broken) -> int:
    return int(entry.place.path[-1]) if entry.place else 0


def _ahead(scene: Scene, date: Edtf) -> bool:
    """Whether a date lies wholly after the as-of date; a deadline counts by its end."""
    return is_after(date, scene.as_of)


def _rule(scene: Scene) -> Row:
    day = words(Edtf.parse(scene.as_of.isoformat()))
    return Row(key="as-of", kind="rule", body=(Span(f"as of {day}", "accent"),))


def status_of(scene: Scene, event: Event) -> EventStatus:
    """An event's status as of the day: what lies ahead is planned, whatever came of it."""
    ahead = event.status == "occurred" and is_after(event.date, scene.as_of)
    return "planned" if ahead else event.status


def _event(scene: Scene, key: str, event: Event, outcomes: dict[str, Event]) -> Row:
    status = status_of(scene, event)
    links = event_links(scene.briefing, event)
    role: Role = "planned" if status == "planned" else "text"
    if status == "cancelled":
        role = "muted"
    body = [Span(event.headline or "(no headline)", role)]
    if event.stated:
        body.append(Span(f" “{event.stated}”", "muted"))
    outcome = outcomes.get(event.id)
    if outcome is not None:
        links = (event_link(outcome), *links)
        body.append(Span(" · came about", "muted"))
    elif status == "planned" and event.date.upper < scene.as_of:
        body.append(Span(" · date passed", "warning"))
    if event.disputes:
        body.append(Span(f" {glyphs.WARNING}", "warning"))
    problems = scene.problems_of(event)
    if problems:
        body.append(Span(f" {glyphs.BROKEN}", "error"))
    return Row(
        key=key,
        indent=2,
        lead=(Span(_short(event.date) or " ", "muted"),),
        mark=_MARKS[status],
        body=tuple(body),
        tail=voiced(event, scene.briefing),
        tail_short=voiced(event, scene.briefing, short=True),
        entry=event,
        problems=problems,
        links=links,
        scope=narrowing(links),
    )


def _short(date: Edtf) -> str:
    """A date below the heading of its year; of a span of years, where it begins."""
    spans_years = date.start and date.end and date.start.year != date.end.year
    begin = Edtf.parse(date.text.partition("/")[0]) if spans_years else date
    said = words(begin, year=False).replace(" (uncertain)", "?").replace(str(date.year), "")
    return " ".join(["from", *said.split()] if spans_years else said.split())
