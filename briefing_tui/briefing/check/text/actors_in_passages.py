"""Rule for the actors that an entry names (E121).

Articles name people in many ways, so a surname, a role, or the state that an actor speaks for is
enough. But a passage that names another person of the same state does not support a statement.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing_tui.briefing.check.text import mentions
from briefing_tui.briefing.check.text.cited_text import Cited, cited, labels, paragraph, uncited
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Actor, Briefing, Event, Forecast, Point, Statement
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import voice


def check_names(document: Document) -> Iterator[Problem]:
    """E121: the cited passages name the speaker, or at least one of the actors, of an entry."""
    for entry in document.evidenced:
        passages = cited(document, entry.cite)
        if not passages:
            continue
        # Beside another source, a passage may support a part of the entry that names nobody.
        is_complete = len(passages) == len(entry.cite)
        is_complete |= voice(entry, document.briefing.about) in ("stated", "inferred")
        if isinstance(entry, Actor):
            yield from _check_actor(document, entry, passages, is_complete=is_complete)
        elif isinstance(entry, (Statement, Forecast)):
            yield from _check_speaker(document, entry, passages, is_complete=is_complete)
        elif isinstance(entry, (Event, Point)):
            yield from _check_participants(document, entry, passages, is_complete=is_complete)


def _check_actor(
    document: Document, actor: Actor, passages: list[Cited], *, is_complete: bool
) -> Iterator[Problem]:
    for passage in passages:
        if _is_introduced(actor, document.briefing, passage.words):
            continue
        rest = uncited(document, passages)
        elsewhere = next((other for other in rest if mentions.is_named(actor, other.words)), None)
        if is_complete or elsewhere:
            instead = f", but in {elsewhere.label}" if elsewhere else ""
            message = (
                f"{actor.name} is not named in {passage.label}{instead}; cite what names him or it"
            )
            yield document.problem("E121", message, actor, "cite")


def _is_introduced(actor: Actor, briefing: Briefing, words: str) -> bool:
    """Return whether words introduce an actor; for a state, its adjective is enough."""
    if actor.kind == "state":
        return mentions.is_mentioned(actor, briefing, words)
    return mentions.is_named(actor, words) or mentions.has_role(actor, words)


def _check_speaker(
    document: Document, entry: Statement | Forecast, passages: list[Cited], *, is_complete: bool
) -> Iterator[Problem]:
    key = "speaker" if isinstance(entry, Statement) else "by"
    briefing = document.briefing
    speaker = briefing.actors.get(getattr(entry, key) or "")
    if speaker is None or any(_may_speak(speaker, briefing, item.words) for item in passages):
        return
    strangers = _strangers(briefing, [speaker], passages)
    if not strangers:
        # "He added that …": the speaker was named earlier in the paragraph.
        context = (paragraph(document, passage) for passage in passages)
        is_near = any(mentions.is_mentioned(speaker, briefing, words) for words in context)
        if is_near or not is_complete:
            return
    yield document.problem("E121", _unnamed(speaker.name, passages, strangers), entry, key)


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


def _check_participants(
    document: Document, entry: Event | Point, passages: list[Cited], *, is_complete: bool
) -> Iterator[Problem]:
    key = "actors" if isinstance(entry, Event) else "about"
    briefing = document.briefing
    actors = [briefing.actors[name] for name in getattr(entry, key) if name in briefing.actors]
    context = [paragraph(document, passage) for passage in passages]
    if not actors or any(
        mentions.is_mentioned(actor, briefing, words) for actor in actors for words in context
    ):
        return
    strangers = _strangers(briefing, actors, passages)
    if is_complete or strangers:
        names = " or ".join(actor.name for actor in actors[:3])
        yield document.problem("E121", _unnamed(names, passages, strangers), entry, key)


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


def _unnamed(names: str, passages: list[Cited], strangers: list[Actor]) -> str:
    instead = f", which has {strangers[0].name}" if strangers else ""
    return f"{names} is not named in {labels(passages)}{instead}; correct one of the two"
