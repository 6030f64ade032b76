"""Whether the passages cited tell of those whom an entry is about (E121).

Articles name people in many ways, so a surname, a role, or the state that somebody speaks for will
do. But a passage that names another person of the same state does not bear out what this one said.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing_tui.briefing.check.rule_helpers import evidenced, finding
from briefing_tui.briefing.check.text.mentions import (
    acts_through,
    bodies,
    has_role,
    is_named,
    is_told_of,
)
from briefing_tui.briefing.check.text.passages import Cited, cited, others, paragraph, where
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import (
    Actor,
    Briefing,
    Event,
    Forecast,
    Point,
    Statement,
)
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import voice


def named(document: Document) -> Iterator[Problem]:
    """E121: speakers, and one at least of the others, are named where the entry points."""
    for entry in evidenced(document.briefing):
        passages = cited(document, entry.cite)
        if not passages:
            continue
        # With another source beside it, a passage may bear out a part that names nobody.
        is_whole = len(passages) == len(entry.cite) or voice(entry, document.briefing.about) in (
            "stated",
            "inferred",
        )
        if isinstance(entry, Actor):
            yield from _actor(document, entry, passages, is_whole=is_whole)
        elif isinstance(entry, (Statement, Forecast)):
            yield from _speaker(document, entry, passages, is_whole=is_whole)
        elif isinstance(entry, (Event, Point)):
            yield from _anybody(document, entry, passages, is_whole=is_whole)


def _actor(
    document: Document, actor: Actor, passages: list[Cited], *, is_whole: bool
) -> Iterator[Problem]:
    for one in passages:
        if _is_meant(actor, document.briefing, one.words):
            continue
        rest = others(document, passages)
        elsewhere = next((two for two in rest if is_named(actor, two.words)), None)
        if is_whole or elsewhere:
            instead = f", but in {elsewhere.where}" if elsewhere else ""
            message = (
                f"{actor.name} is not named in {one.where}{instead}; cite what names him or it"
            )
            yield finding(document, "E121", actor, "cite", message)


def _is_meant(actor: Actor, briefing: Briefing, words: str) -> bool:
    """Whether words introduce somebody; a state also where they have only its adjective."""
    if actor.kind == "state":
        return is_told_of(actor, briefing, words)
    return is_named(actor, words) or has_role(actor, words)


def _speaker(
    document: Document, entry: Statement | Forecast, passages: list[Cited], *, is_whole: bool
) -> Iterator[Problem]:
    key = "speaker" if isinstance(entry, Statement) else "by"
    speaker = document.briefing.actors.get(getattr(entry, key) or "")
    if speaker is None or any(_speaks(speaker, document.briefing, one.words) for one in passages):
        return
    strangers = _strangers(document.briefing, [speaker], passages)
    if not strangers:
        # "He added that …": who speaks was named before.
        context = (paragraph(document, one) for one in passages)
        if not is_whole or any(is_told_of(speaker, document.briefing, one) for one in context):
            return
    message = _unnamed(speaker.name, passages, strangers)
    yield finding(document, "E121", entry, key, message)


def _speaks(speaker: Actor, briefing: Briefing, words: str) -> bool:
    """Whether words may be those of a speaker, or of the state that he speaks for."""
    present = _named(briefing, words)
    if speaker in present or any(speaker in bodies(one, briefing) for one in present):
        return True
    colleagues = [one for one in present if _is_colleague(one, speaker)]
    if has_role(speaker, words):
        return all(one.role != speaker.role for one in colleagues)
    return acts_through(speaker, briefing, words) and not colleagues


def _is_colleague(other: Actor, speaker: Actor) -> bool:
    """Whether somebody else might speak for the same state or body."""
    if other.kind != "person" or other is speaker:
        return False
    same_body = bool(set(other.member_of) & set(speaker.member_of))
    return same_body or (other.country is not None and other.country == speaker.country)


def _anybody(
    document: Document, entry: Event | Point, passages: list[Cited], *, is_whole: bool
) -> Iterator[Problem]:
    key = "actors" if isinstance(entry, Event) else "about"
    briefing = document.briefing
    actors = [briefing.actors[name] for name in getattr(entry, key) if name in briefing.actors]
    contexts = [paragraph(document, one) for one in passages]
    if not actors or any(is_told_of(one, briefing, words) for one in actors for words in contexts):
        return
    strangers = _strangers(briefing, actors, passages)
    if is_whole or strangers:
        names = " or ".join(one.name for one in actors[:3])
        yield finding(document, "E121", entry, key, _unnamed(names, passages, strangers))


def _named(briefing: Briefing, words: str) -> list[Actor]:
    return [one for one in briefing.actors.values() if is_named(one, words)]


def _strangers(briefing: Briefing, own: list[Actor], passages: list[Cited]) -> list[Actor]:
    """Those who are named in passages, but have nothing to do with an entry."""
    related = [*own, *(body for one in own for body in bodies(one, briefing))]
    words = "\n".join(one.words for one in passages)
    return [one for one in _named(briefing, words) if one not in related]


def _unnamed(names: str, passages: list[Cited], strangers: list[Actor]) -> str:
    instead = f", which has {strangers[0].name}" if strangers else ""
    return f"{names} is not named in {where(passages)}{instead}; correct one of the two"
