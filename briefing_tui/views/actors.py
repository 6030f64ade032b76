"""The Actors pane: by country, with what each did and said."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from briefing_tui.briefing.dates import Edtf, format_date
from briefing_tui.briefing.model import Actor, Event, Evidenced
from briefing_tui.views.empty_pane import empty_text
from briefing_tui.views.entry_rows import entry_row, unreadable_rows, voiced_row
from briefing_tui.views.labels import country
from briefing_tui.views.links import actor_links, deal_links, event_link, related_to_event
from briefing_tui.views.milestones import record_of
from briefing_tui.views.phrases import due
from briefing_tui.views.roles import role_on
from briefing_tui.views.rows import Link, Row, Span, View, heading_row, join_spans, lead_width
from briefing_tui.views.scene import Scene, row_key
from briefing_tui.views.timeline import status_of


class Act(NamedTuple):
    """Something that an actor did, said or promised."""

    verb: str
    date: Edtf
    text: str
    entry: Evidenced
    links: tuple[Link, ...] = ()


def actors(scene: Scene) -> View:
    """Show the actors grouped by country in the order of the file, each with its acts by date."""
    groups: defaultdict[str, list[tuple[str, Actor]]] = defaultdict(list)
    for name, actor in scene.briefing.actors.items():
        groups[country(actor.country) if actor.country else ""].append((name, actor))
    acts_by_actor = _acts(scene)
    rows: list[Row] = []
    for title, members in sorted(groups.items(), key=lambda group: not group[0]):
        rows.append(heading_row(f"country/{title}", title or "No country given"))
        for name, actor in members:
            acts = sorted(acts_by_actor[name], key=lambda act: act.date.sort_key)
            rows.append(_actor_row(scene, name, actor, acts))
            rows += [_act_row(scene, name, act) for act in acts]
    rows += unreadable_rows(scene, "actors")
    return View(
        title="Key actors",
        count=len(scene.briefing.actors),
        noun="actor",
        rows=tuple(rows),
        empty=""
        if rows
        else empty_text(
            scene,
            scene.document.briefing.actors.values(),
            "actors",
            written="This briefing lists no actors.",
            focused="No actor is involved in this",
        ),
        lead_width=lead_width(rows),
    )


def _acts(scene: Scene) -> defaultdict[str, list[Act]]:
    briefing = scene.briefing
    acts: defaultdict[str, list[Act]] = defaultdict(list)
    in_deals: set[tuple[str, str, Edtf]] = set()
    for name, deal in briefing.commitments.items():
        links = deal_links(briefing, [name])
        for statement in deal.statements:
            act = Act("said", statement.date, statement.text, statement, links)
            acts[statement.speaker].append(act)
            in_deals.add((statement.speaker, name, act.date))
        for milestone in deal.milestones:
            for claim in record_of(scene, milestone).claims:
                forecast = claim.forecast
                if forecast.by is not None:
                    verb = "promised" if claim.standing == "promise" else "said"
                    text = f"{milestone.label}, {due(forecast.due)}"
                    act = Act(verb, forecast.said, text, forecast, links)
                    acts[forecast.by].append(act)
                    in_deals.add((forecast.by, name, act.date))
    for name, actor in briefing.actors.items():
        acts[name] += [Act("held", role.date, role.role, role) for role in actor.roles]
    for event in briefing.timeline:
        verb = _verb(scene, event)
        links = (event_link(event), *related_to_event(briefing, event))
        for name in event.involved:
            is_in_deal = any((name, deal, event.date) in in_deals for deal in event.commitments)
            if verb != "said" or not is_in_deal:
                acts[name].append(
                    Act(_verb_of(name, event, verb), event.date, event.headline, event, links)
                )
    return acts


def _verb(scene: Scene, event: Event) -> str:
    status = status_of(scene, event)
    if status == "occurred":
        return "said" if event.type == "statement" else "did"
    return "ahead" if status == "planned" else status


def _verb_of(name: str, event: Event, verb: str) -> str:
    """Return what an actor has to do with an event: who says so, and who else is in it."""
    if name == event.by and (verb == "said" or name not in event.actors):
        return "said"
    return "named" if event.by and verb == "said" else verb


def _actor_row(scene: Scene, name: str, actor: Actor, acts: list[Act]) -> Row:
    itself = actor_links(scene.briefing, [name])
    links = dict.fromkeys(link for act in acts for link in act.links if link not in itself)
    body = join_spans(
        [Span(actor.name, "strong"), role_on(actor, scene.as_of), ", ".join(actor.aka)]
    )
    return entry_row(
        scene,
        actor,
        key=row_key("actors", name),
        body=body or (Span("(no name)", "muted"),),
        tail=(Span(_counts(acts), "muted"),),
        links=tuple(links),
        scope=itself,
    )


def _counts(acts: list[Act]) -> str:
    verbs = [act.verb for act in acts]
    counts = [(verbs.count(verb), verb) for verb in ("did", "said", "promised")]
    return " · ".join(f"{number} {verb}" for number, verb in counts if number) or "mentioned"


def _act_row(scene: Scene, name: str, act: Act) -> Row:
    itself = actor_links(scene.briefing, [name])
    path = act.entry.location.path if act.entry.location else ()
    return voiced_row(
        scene,
        act.entry,
        key=row_key("actors", name, *path),
        indent=2,
        lead=(Span(format_date(act.date), "muted"),),
        body=(Span("" if act.verb == "did" else f"{act.verb}: ", "muted"), Span(act.text)),
        links=tuple(link for link in act.links if link not in itself),
        scope=itself,
    )
