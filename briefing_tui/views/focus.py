"""Narrowing a briefing to what involves one actor or deal, one after the other."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from briefing_tui.briefing.model import Briefing, Deal, Point
from briefing_tui.views.links import actor_links, deal_links
from briefing_tui.views.rows import Link
from briefing_tui.views.scene import Scene


def narrow(scene: Scene, focus: tuple[Link, ...]) -> Scene:
    """The scene with only what involves every actor and deal of ``focus``; none shows all."""
    briefing = scene.known
    for link in focus:
        name = link.key.partition("/")[2]
        briefing = of_deal(briefing, name) if link.kind == "deal" else of_actor(briefing, name)
    return msgspec.structs.replace(scene, briefing=briefing, focus=focus)


def narrow_to(scene: Scene, keys: Iterable[str]) -> Scene:
    """The scene narrowed to those actors and deals, by the keys of their rows, that it has."""
    links = dict.fromkeys(link for key in keys for link in _link(scene, key))
    return narrow(scene, tuple(links)) if links else scene


def _link(scene: Scene, key: str) -> tuple[Link, ...]:
    section, _, name = key.partition("/")
    links = {"actors": actor_links, "deals": deal_links}.get(section)
    return links(scene.document.briefing, [name]) if links else ()


def of_actor(briefing: Briefing, actor: str) -> Briefing:
    """What involves an actor."""
    events = tuple(event for event in briefing.timeline if actor in event.actors)
    of_events = {deal for event in events for deal in event.deals}
    deals = {
        name: deal
        for name, deal in briefing.deals.items()
        if name in of_events or actor in people(deal)
    }
    beside = {actor, *(name for event in events for name in event.actors)}
    about = {actor, *(event.id for event in events)}
    return _with(briefing, events=events, deals=deals, actors=beside, about=about)


def of_deal(briefing: Briefing, deal: str) -> Briefing:
    """What involves a deal."""
    events = tuple(event for event in briefing.timeline if deal in event.deals)
    deals = {name: one for name, one in briefing.deals.items() if name == deal}
    beside = {name for event in events for name in event.actors}
    for one in deals.values():
        beside |= people(one)
    about = {deal, *(event.id for event in events)}
    return _with(briefing, events=events, deals=deals, actors=beside, about=about)


def people(deal: Deal) -> set[str]:
    """Whoever speaks or promises in a deal."""
    speakers = {statement.speaker for statement in deal.statements}
    promisers = {one.by for milestone in deal.milestones for one in milestone.forecasts if one.by}
    return speakers | promisers


def _with(
    briefing: Briefing,
    *,
    events: tuple[object, ...],
    deals: dict[str, Deal],
    actors: set[str],
    about: set[str],
) -> Briefing:
    def kept(points: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple(point for point in points if about.intersection(point.about))

    return msgspec.structs.replace(
        briefing,
        timeline=events,
        deals=deals,
        actors={name: one for name, one in briefing.actors.items() if name in actors},
        bottom_line=kept(briefing.bottom_line),
        key_points=kept(briefing.key_points),
        open_questions=kept(briefing.open_questions),
    )
