"""The ways between rows: from an event to its actors, from an actor to its events, and so on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from briefing_tui.briefing.model import Briefing, Citation, Deal, Event, Point
from briefing_tui.briefing.provenance import parts
from briefing_tui.views.rows import Link
from briefing_tui.views.scene import key_of, unique


def event_link(event: Event) -> Link:
    """The way to an event."""
    return Link(key_of("timeline", event.id), event.headline, "event")


def actor_links(briefing: Briefing, ids: Iterable[str]) -> tuple[Link, ...]:
    """The ways to actors; ids that nobody has lead nowhere."""
    known = briefing.actors
    return tuple(
        Link(key_of("actors", name), known[name].name, "actor") for name in ids if name in known
    )


def deal_links(briefing: Briefing, ids: Iterable[str]) -> tuple[Link, ...]:
    """The ways to deals."""
    known = briefing.deals
    return tuple(
        Link(key_of("deals", name), known[name].designation, "deal")
        for name in ids
        if name in known
    )


def about_links(
    briefing: Briefing, ids: Iterable[str], events: Mapping[str, Event]
) -> tuple[Link, ...]:
    """The ways to whatever a point is about; ``events`` are those of the briefing by id."""
    found: list[Link] = []
    for name in ids:
        if name in events:
            found.append(event_link(events[name]))
        else:
            found.extend((*actor_links(briefing, [name]), *deal_links(briefing, [name])))
    return unique(found)


def event_links(briefing: Briefing, event: Event) -> tuple[Link, ...]:
    """From an event to those involved."""
    return actor_links(briefing, event.actors) + deal_links(briefing, event.deals)


def deal_parties(briefing: Briefing, deal: Deal) -> tuple[Link, ...]:
    """From a deal to those who speak or promise in it, and to its events."""
    name = deal.place.path[-1] if deal.place else ""
    speakers = [statement.speaker for statement in deal.statements]
    promisers = [
        forecast.by
        for milestone in deal.milestones
        for forecast in milestone.forecasts
        if forecast.by
    ]
    events = [event_link(event) for event in briefing.timeline if name in event.deals]
    return unique((*actor_links(briefing, [*speakers, *promisers]), *events))


def narrowing(links: Iterable[Link]) -> tuple[Link, ...]:
    """Those links that the panes can be narrowed to."""
    return unique(link for link in links if link.kind in ("actor", "deal"))


def cited(entry: msgspec.Struct) -> Iterator[str]:
    """Ids of the sources that an entry or anything in it cites, without repeats."""
    seen: dict[str, None] = {}
    for part in parts(entry):
        if isinstance(part, Citation):
            seen[part.source] = None
    return iter(seen)


def points(briefing: Briefing) -> Iterator[tuple[str, int, Point]]:
    """Every point of the summary with its section and position."""
    for section in ("bottom_line", "key_points", "open_questions"):
        for index, point in enumerate(getattr(briefing, section)):
            yield section, index, point
