"""Links between rows: from an event to its actors, from an actor to its events, and so on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from briefing_tui.briefing.memoization import memoize_last
from briefing_tui.briefing.model import (
    Briefing,
    Citation,
    Commitment,
    Event,
    Measure,
    Payment,
    Point,
)
from briefing_tui.briefing.traversal import walk_entries
from briefing_tui.views.rows import Link
from briefing_tui.views.scene import Scene, row_key
from briefing_tui.views.terms import kind_label


class Relation(NamedTuple):
    """What an event is to another one."""

    label: str
    """In words, before the other event."""
    event: Event


RELATIONS = {
    "part_of": ("part of", "its parts"),
    "because_of": ("because of", "led to"),
    "contradicts": ("contradicts", "contradicted by"),
    "resolves": ("outcome of", "came about as"),
}
"""The fields of an event with ids of other events, with their labels from either side."""


def _relations(briefing: Briefing) -> dict[str, tuple[Relation, ...]]:
    """Return the relations of each event by its id, grouped by their labels."""
    events = {event.id: event for event in briefing.timeline}
    relations: defaultdict[str, dict[Relation, None]] = defaultdict(dict)
    for field, (label, label_back) in RELATIONS.items():
        pairs = [
            (event, events[name])
            for event in briefing.timeline
            for name in getattr(event, field)
            if name in events and name != event.id
        ]
        for event, other in pairs:
            relations[event.id][Relation(label, other)] = None
        for event, other in pairs:
            relations[other.id][Relation(label_back, event)] = None
    return {name: tuple(related) for name, related in relations.items()}


relations_by_event = memoize_last(_relations)
"""Return the relations of each event of a briefing by its id, in both directions."""


def attribution(scene: Scene, event: Event) -> str:
    """Return who says that an event happened; empty if nobody is named."""
    return f"according to {scene.name_of(event.by)}" if event.by else ""


def event_link(event: Event) -> Link:
    """Return the link to an event."""
    return Link(row_key("timeline", event.id), event.headline, "event")


def actor_links(briefing: Briefing, ids: Iterable[str]) -> tuple[Link, ...]:
    """Return the links to actors, without unknown ids."""
    actors = ((id_, briefing.actors[id_]) for id_ in ids if id_ in briefing.actors)
    return tuple(Link(row_key("actors", id_), actor.name, "actor") for id_, actor in actors)


def commitment_key(name: str, commitment: Commitment) -> str:
    """Return the key of a commitment's row."""
    path = commitment.location.path if commitment.location else ("commitments", name)
    return row_key(*path)


def deal_links(briefing: Briefing, ids: Iterable[str]) -> tuple[Link, ...]:
    """Return the links to deals, without unknown ids."""
    deals = ((id_, briefing.commitments[id_]) for id_ in ids if id_ in briefing.commitments)
    return tuple(
        Link(commitment_key(id_, deal), deal.name, "deal", kind_label(briefing, deal))
        for id_, deal in deals
    )


def related_to_event(briefing: Briefing, event: Event) -> tuple[Link, ...]:
    """Return the links from an event to its actors and deals."""
    return actor_links(briefing, event.involved) + deal_links(briefing, event.commitments)


def related_to_deal(briefing: Briefing, deal: Commitment) -> tuple[Link, ...]:
    """Return the links from a commitment to the actors involved in it, and to its events."""
    name = deal.location.path[-1] if deal.location else ""
    events = [event_link(event) for event in briefing.timeline if name in event.commitments]
    return tuple(dict.fromkeys((*actor_links(briefing, deal_actors(deal)), *events)))


def deal_actors(deal: Commitment) -> dict[str, None]:
    """Return the ids of its parties, and of those who speak, promise, pay or act in it."""
    names = [name for parties in deal.parties.values() for name in parties]
    names += [statement.speaker for statement in deal.statements]
    for milestone in deal.milestones:
        names += [forecast.by for forecast in milestone.forecasts if forecast.by]
    for entry in (*deal.payments, *deal.measures):
        names += involved(entry)
    return dict.fromkeys(names)


def involved(entry: object) -> list[str]:
    """Return the ids of the actors who pay, are paid, or take a measure."""
    if isinstance(entry, Payment):
        return [name for name in (entry.by, entry.to) if name]
    return [entry.by] if isinstance(entry, Measure) else []


def focus_links(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return the links that the panes can be narrowed to."""
    return tuple(dict.fromkeys(link for link in links if link.kind in ("actor", "deal")))


def cited_sources(entry: msgspec.Struct) -> Iterator[str]:
    """Return the ids of the sources that an entry and everything in it cite, without duplicates."""
    citations = (part for part in walk_entries(entry) if isinstance(part, Citation))
    return iter(dict.fromkeys(citation.source for citation in citations))


def points(briefing: Briefing) -> Iterator[tuple[str, Point]]:
    """Return every point of the summary with its section."""
    for section in ("bottom_line", "key_points", "open_questions"):
        yield from ((section, point) for point in getattr(briefing, section))
