"""The key actors: by country, with what each did and said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefing_tui.briefing.dates import Edtf, words
from briefing_tui.briefing.model import Actor, Event, Evidenced
from briefing_tui.briefing.text import cell_width
from briefing_tui.views.labels import country, voiced
from briefing_tui.views.links import actor_links, deal_links, event_link, event_links, narrowing
from briefing_tui.views.rows import Link, Row, Span, Spans, View, joined, plain
from briefing_tui.views.scene import Scene, key_of, unique
from briefing_tui.views.timeline import status_of
from briefing_tui.views.unreadable_entries import broken_rows

_WIDEST_LEAD = 14


class Act(NamedTuple):
    """One thing that an actor did, said or promised."""

    verb: str
    date: Edtf
    text: str
    entry: Evidenced
    links: tuple[Link, ...]


def actors(scene: Scene) -> View:
    """Actors grouped by country in the order of the file, each with its acts by date."""
    groups: dict[str, list[tuple[str, Actor]]] = {}
    for name, actor in scene.briefing.actors.items():
        groups.setdefault(country(actor.country) if actor.country else "", []).append((name, actor))
    acts = _acts(scene)
    rows: list[Row] = []
    for title, members in sorted(groups.items(), key=lambda group: not group[0]):
        heading = (Span(title or "No country given", "accent"),)
        rows.append(Row(key=f"country/{title}", kind="heading", body=heading, spaced=True))
        for name, actor in members:
            done = sorted(acts.get(name, ()), key=lambda act: act.date.sort_key)
            rows.append(_actor(scene, name, actor, done))
            rows += [_act(scene, name, act) for act in done]
    rows += broken_rows(scene, "actors")
    widths = (cell_width(plain(row.lead)) for row in rows)
    return View(
        title="Key actors",
        count=len(scene.briefing.actors),
        noun="actor",
        rows=tuple(rows),
        empty="No actor is involved in this." if scene.focus else "No actors were written.",
        lead_width=min(max(widths, default=0), _WIDEST_LEAD),
    )


def _acts(scene: Scene) -> dict[str, list[Act]]:
    """For each actor what the timeline and the deals tell of it."""
    found: dict[str, list[Act]] = {}
    told: set[tuple[str, str, Edtf]] = set()
    for speaker, deal, act in _said(scene):
        found.setdefault(speaker, []).append(act)
        told.add((speaker, deal, act.date))
    for name, actor in scene.briefing.actors.items():
        found.setdefault(name, []).extend(_held(actor))
    for event in scene.briefing.timeline:
        for name in dict.fromkeys(event.actors):
            verb = _verb(scene, event)
            if verb == "said" and any((name, deal, event.date) in told for deal in event.deals):
                continue
            links = (event_link(event), *event_links(scene.briefing, event))
            act = Act(verb, event.date, event.headline, event, links)
            found.setdefault(name, []).append(act)
    return found


def _said(scene: Scene) -> Iterator[tuple[str, str, Act]]:
    """What was said and promised in deals, with the speaker and the deal."""
    briefing = scene.briefing
    for name, deal in briefing.deals.items():
        for statement in deal.statements:
            links = (*deal_links(briefing, [name]), *actor_links(briefing, [statement.speaker]))
            act = Act("said", statement.date, statement.text, statement, links)
            yield statement.speaker, name, act
        for milestone in deal.milestones:
            for forecast in milestone.forecasts:
                if forecast.by is None:
                    continue
                text = f"{milestone.label}: {words(forecast.due)}"
                links = (*deal_links(briefing, [name]), *actor_links(briefing, [forecast.by]))
                act = Act("promised", forecast.said, text, forecast, links)
                yield forecast.by, name, act


def _held(actor: Actor) -> Iterator[Act]:
    return (Act("held", one.date, one.role, one, ()) for one in actor.roles)


def _verb(scene: Scene, event: Event) -> str:
    """What an actor did by an event; of one that did not happen, or perhaps not, its status."""
    status = status_of(scene, event)
    if status == "occurred":
        return "said" if event.type == "statement" else "did"
    return "ahead" if status == "planned" else status


def _actor(scene: Scene, name: str, actor: Actor, acts: list[Act]) -> Row:
    itself = actor_links(scene.briefing, [name])
    links = unique(link for act in acts for link in act.links if link not in itself)
    known_as = ", ".join(actor.aka)
    body: Spans = joined([Span(actor.name, "strong"), actor.role, known_as])
    return Row(
        key=key_of("actors", name),
        body=body or (Span("(no name)", "muted"),),
        tail=(Span(_counts(acts), "muted"),),
        entry=actor,
        problems=scene.problems_of(actor),
        links=links,
        scope=itself,
    )


def _counts(acts: list[Act]) -> str:
    verbs = [act.verb for act in acts]
    counts = [(verbs.count(verb), verb) for verb in ("did", "said", "promised")]
    return " · ".join(f"{number} {verb}" for number, verb in counts if number) or "mentioned"


def _act(scene: Scene, name: str, act: Act) -> Row:
    itself = actor_links(scene.briefing, [name])
    path = act.entry.place.path if act.entry.place else ()
    return Row(
        key=key_of("actors", name, *path),
        indent=2,
        lead=(Span(words(act.date), "muted"),),
        body=(Span("" if act.verb == "did" else f"{act.verb}: ", "muted"), Span(act.text)),
        tail=voiced(act.entry, scene.briefing),
        tail_short=voiced(act.entry, scene.briefing, short=True),
        entry=act.entry,
        problems=scene.problems_of(act.entry),
        links=tuple(link for link in act.links if link not in itself),
        scope=narrowing((*itself, *act.links)),
    )
