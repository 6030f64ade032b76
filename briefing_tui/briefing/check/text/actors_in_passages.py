"""Comparison of the actors that an entry names with its passages (E121).

Articles name people in many ways, so a surname, a role, or the state that an actor speaks for is
enough. But a passage that names another person of the same state does not support a statement.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from briefing_tui.briefing.check.text import mentions
from briefing_tui.briefing.check.text.cited_text import Cited, cited, labels, paragraph, uncited
from briefing_tui.briefing.check.text.verdict import Reason, Result, Verdict
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import (
    Actor,
    Briefing,
    Event,
    Evidenced,
    Forecast,
    Point,
    Statement,
)
from briefing_tui.briefing.provenance import voice


def compare_names(document: Document) -> Iterator[Verdict]:
    """E121: look for the speaker of an entry, or its actors, in the cited passages."""
    for entry in document.evidenced:
        passages = cited(document, entry.cite)
        # Beside another source, a passage may support a part of the entry that names nobody.
        is_complete = len(passages) == len(entry.cite)
        is_complete |= voice(entry, document.briefing.about) in ("stated", "inferred")
        if isinstance(entry, Actor):
            yield from _compare_actor(document, entry, is_complete=is_complete)
        elif isinstance(entry, (Statement, Forecast)):
            yield from _compare_speaker(document, entry, passages, is_complete=is_complete)
        elif isinstance(entry, (Event, Point)):
            yield from _compare_participants(document, entry, passages, is_complete=is_complete)


def _verdict(
    entry: Evidenced,
    key: str,
    actor: Actor,
    result: Result,
    *,
    reason: Reason | None = None,
    passage: Cited | None = None,
    rival: str = "",
    message: str = "",
) -> Verdict:
    """Return the verdict on a name; one that nothing is cited for is in the briefer's own words."""
    return Verdict(
        entry=entry,
        keys=(key,),
        kind="name",
        written=actor.name,
        result=result,
        reason=reason if entry.cite or reason is None else "own words",
        passage=passage,
        rival=rival,
        code="E121" if message else "",
        message=message,
    )


def _compare_actor(document: Document, actor: Actor, *, is_complete: bool) -> Iterator[Verdict]:
    passages = cited(document, actor.cite)
    for citation in actor.cite:
        passage = next(iter(cited(document, [citation])), None)
        if passage is None:
            yield _verdict(actor, "cite", actor, "not compared", reason="no text")
            continue
        if _is_introduced(actor, document.briefing, passage.words):
            yield _verdict(actor, "cite", actor, "found", passage=passage)
            continue
        rest = uncited(document, passages)
        elsewhere = next((other for other in rest if mentions.is_named(actor, other.words)), None)
        if not is_complete and elsewhere is None:
            yield _verdict(actor, "cite", actor, "not compared", reason="no text")
            continue
        instead = f", but in {elsewhere.label}" if elsewhere else ""
        message = (
            f"{actor.name} is not named in {passage.label}{instead}; cite what names him or it"
        )
        result: Result = "elsewhere" if elsewhere else "absent"
        yield _verdict(actor, "cite", actor, result, passage=elsewhere, message=message)


def _is_introduced(actor: Actor, briefing: Briefing, words: str) -> bool:
    """Return whether words introduce an actor; for a state, its adjective is enough."""
    if actor.kind == "state":
        return mentions.is_mentioned(actor, briefing, words)
    return mentions.is_named(actor, words) or mentions.has_role(actor, words)


def _compare_speaker(
    document: Document, entry: Statement | Forecast, passages: list[Cited], *, is_complete: bool
) -> Iterator[Verdict]:
    key = "speaker" if isinstance(entry, Statement) else "by"
    briefing = document.briefing
    speaker = briefing.actors.get(getattr(entry, key) or "")
    if speaker is None:
        return
    place = next((item for item in passages if _may_speak(speaker, briefing, item.words)), None)
    strangers = _strangers(briefing, [speaker], passages)
    if place is None and not strangers:
        # "He added that …": the speaker was named earlier in the paragraph.
        place = _mentioned_near(document, speaker, passages)
    if place is not None:
        yield _verdict(entry, key, speaker, "found", passage=place)
    elif not passages or not (strangers or is_complete):
        yield _verdict(entry, key, speaker, "not compared", reason="no text")
    else:
        yield _unnamed(entry, key, [speaker], passages, strangers)


def _mentioned_near(document: Document, actor: Actor, passages: list[Cited]) -> Cited | None:
    """Return the first passage whose paragraph mentions an actor."""
    for passage in passages:
        if mentions.is_mentioned(actor, document.briefing, paragraph(document, passage)):
            return passage
    return None


def _may_speak(speaker: Actor, briefing: Briefing, words: str) -> bool:
    """Return whether words may be those of a speaker, or of the state it speaks for."""
    present = _named_in(briefing, words)
    if speaker in present or any(speaker in mentions.bodies(actor, briefing) for actor in present):
        return True
    colleagues = [actor for actor in present if _is_colleague(actor, speaker)]
    if mentions.has_role(speaker, words):
        return all(actor.role != speaker.role for actor in colleagues)
    return mentions.acts_through(speaker, briefing, words) and not colleagues


def _is_colleague(other: Actor, speaker: Actor) -> bool:
    """Return whether another person may speak for the same state or body."""
    if other.kind != "person" or other is speaker:
        return False
    same_body = bool(set(other.member_of) & set(speaker.member_of))
    return same_body or (other.country is not None and other.country == speaker.country)


def _compare_participants(
    document: Document, entry: Event | Point, passages: list[Cited], *, is_complete: bool
) -> Iterator[Verdict]:
    """Compare all actors of an entry, of which the passages have to mention only one."""
    key = "actors" if isinstance(entry, Event) else "about"
    briefing = document.briefing
    actors = [briefing.actors[name] for name in getattr(entry, key) if name in briefing.actors]
    places = [_mentioned_near(document, actor, passages) for actor in actors]
    if actors and passages and not any(places):
        strangers = _strangers(briefing, actors, passages)
        if is_complete or strangers:
            yield _unnamed(entry, key, actors, passages, strangers)
            return
    for actor, place in zip(actors, places, strict=True):
        if place is not None:
            yield _verdict(entry, key, actor, "found", passage=place)
        else:
            reason: Reason = "no rule" if any(places) else "no text"
            yield _verdict(entry, key, actor, "not compared", reason=reason)


def _named_in(briefing: Briefing, words: str) -> list[Actor]:
    return [actor for actor in briefing.actors.values() if mentions.is_named(actor, words)]


def _strangers(briefing: Briefing, actors: list[Actor], passages: list[Cited]) -> list[Actor]:
    """Return the actors named in passages who are unrelated to those of an entry."""
    related = [
        *actors,
        *(body for actor in actors for body in mentions.bodies(actor, briefing)),
    ]
    words = "\n".join(passage.words for passage in passages)
    return [actor for actor in _named_in(briefing, words) if actor not in related]


def _unnamed(
    entry: Evidenced,
    key: str,
    actors: list[Actor],
    passages: list[Cited],
    strangers: list[Actor],
) -> Verdict:
    """Return the verdict on actors of whom the passages name none, but maybe somebody else."""
    names = " or ".join(actor.name for actor in actors[:3])
    rival = strangers[0].name if strangers else ""
    instead = f", which has {rival}" if rival else ""
    message = f"{names} is not named in {labels(passages)}{instead}; correct one of the two"
    verdict = _verdict(
        entry,
        key,
        actors[0],
        "contradicted" if rival else "absent",
        passage=passages[0],
        rival=rival,
        message=message,
    )
    return msgspec.structs.replace(verdict, written=names)
