"""Rules for names and countries that need no text (W231, W234)."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_tui.briefing.atoms.names import mixed_words
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import Problem

_FIELDS = ("name", "headline", "text", "place", "role")


def check_scripts(document: Document) -> Iterator[Problem]:
    """W231: no word mixes letters of Latin, Cyrillic and Greek."""
    for entry in document.evidenced:
        for key in _FIELDS:
            value = getattr(entry, key, None)
            if isinstance(value, str):
                for word in mixed_words(value):
                    message = f"'{word}' mixes letters of two scripts; type it again"
                    yield document.problem("W231", message, entry, key)


def check_countries(document: Document) -> Iterator[Problem]:
    """W234: a person has the country of the state that it acts for."""
    actors = document.briefing.actors
    for actor in actors.values():
        for name in actor.member_of:
            body = actors.get(name)
            if actor.kind != "person" or body is None or body.kind not in ("state", "public_body"):
                continue
            countries = {actor.country, body.country} - {None, "unknown"}
            if len(countries) > 1:
                message = f"{actor.name} acts for {body.name}, whose country is {body.country}"
                yield document.problem("W234", message, actor, "country")
