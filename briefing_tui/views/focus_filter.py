"""The focus: a briefing narrowed to what involves one actor or deal after another."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Briefing, Commitment, Event, Point
from briefing_tui.views.links import actor_links, deal_actors, deal_links
from briefing_tui.views.rows import Link
from briefing_tui.views.scene import Scene, unchecked_scene


def narrow(scene: Scene, focus: tuple[Link, ...]) -> Scene:
    """Narrow a scene to what involves every actor and deal of ``focus``; an empty one shows all."""
    briefing = scene.known
    for link in focus:
        narrow_briefing = narrow_to_deal if link.kind == "deal" else narrow_to_actor
        briefing = narrow_briefing(briefing, link.key.partition("/")[2])
    return msgspec.structs.replace(scene, briefing=briefing, focus=focus)


def narrow_to(scene: Scene, keys: Iterable[str]) -> Scene:
    """Narrow a scene to actors and deals by the keys of their rows; unknown keys are ignored."""
    links: dict[Link, None] = {}
    for key in keys:
        section, _, name = key.partition("/")
        links_of = actor_links if section == "actors" else deal_links
        found = links_of(scene.document.briefing, [name])
        links |= dict.fromkeys(link for link in found if link.key == key)
    return narrow(scene, tuple(links)) if links else scene


def scene_at(
    document: Document, day: datetime.date | None = None, focus: Iterable[str] = ()
) -> Scene:
    """Return a document as known on a day, by default its own, narrowed to the keys of ``focus``.

    It has only the problems that loading found.
    """
    return narrow_to(unchecked_scene(document, day), focus)


def narrow_to_actor(briefing: Briefing, actor: str) -> Briefing:
    """Narrow a briefing to what involves an actor."""
    events = tuple(event for event in briefing.timeline if actor in event.involved)
    in_events = {deal for event in events for deal in event.commitments}
    deals = {
        id_: deal
        for id_, deal in briefing.commitments.items()
        if id_ in in_events or actor in deal_actors(deal)
    }
    return _narrowed(briefing, actor, events, deals, {actor})


def narrow_to_deal(briefing: Briefing, deal: str) -> Briefing:
    """Narrow a briefing to what involves a deal."""
    events = tuple(event for event in briefing.timeline if deal in event.commitments)
    deals = {deal: briefing.commitments[deal]} if deal in briefing.commitments else {}
    speakers = {actor for entry in deals.values() for actor in deal_actors(entry)}
    return _narrowed(briefing, deal, events, deals, speakers)


def _narrowed(
    briefing: Briefing,
    subject: str,
    events: tuple[Event, ...],
    deals: dict[str, Commitment],
    actors: set[str],
) -> Briefing:
    actors = actors.union(*(event.involved for event in events))
    about = {subject, *(event.id for event in events)}

    def matching(points: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple(point for point in points if about.intersection(point.about))

    return msgspec.structs.replace(
        briefing,
        timeline=events,
        commitments=deals,
        actors={id_: actor for id_, actor in briefing.actors.items() if id_ in actors},
        bottom_line=matching(briefing.bottom_line),
        key_points=matching(briefing.key_points),
        open_questions=matching(briefing.open_questions),
    )
