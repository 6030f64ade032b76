"""Comparison of the roles of persons with those beside their names in the text (W233)."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_tui.briefing.atoms.names import known_names, name_key, names
from briefing_tui.briefing.atoms.roles import Role, beside, conflict, is_role_word, role
from briefing_tui.briefing.check.text.cited_text import cited
from briefing_tui.briefing.check.text.claims import Claim, claims, is_english
from briefing_tui.briefing.check.text.verdict import Verdict
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Actor


def compare_roles(document: Document) -> Iterator[Verdict]:
    """Compare the roles of actors, and those beside names in claims."""
    if not is_english(document):
        return
    for entry in document.evidenced:
        if isinstance(entry, Actor) and entry.kind == "person" and entry.role:
            yield from _of_actor(document, entry, entry.role)
    for claim in claims(document):
        if claim.is_complete:
            yield from _of_claim(claim)


def _of_actor(document: Document, actor: Actor, written: str) -> Iterator[Verdict]:
    passages = cited(document, actor.cite)
    found = role(written)
    if found is None or not passages or len(passages) < len(actor.cite):
        return
    text = "\n. ".join(document.texts[name] for name in {p.source for p in passages})
    others = roles_of(text, actor.name.split()[-1].casefold(), known_names(text))
    if conflict(found, [other for other, _ in others]):
        rival = others[0][1]
        yield Verdict(
            entry=actor,
            keys=("role",),
            kind="role",
            written=written,
            result="contradicted",
            passage=passages[0],
            rival=rival,
            code="W233",
            message=f"'{written}', but the text has '{rival}' there; correct one of the two",
        )


def _of_claim(claim: Claim) -> Iterator[Verdict]:
    for run in names(claim.text, claim.known):
        person = [word for word in run if not is_role_word(word)]
        if not person:
            continue
        own = beside(claim.text, run)
        others = roles_of(claim.sources, name_key(person[-1]), claim.known)
        for found, written in own:
            if conflict(found, [other for other, _ in others]):
                name = " ".join(word.written for word in person)
                yield claim.contradicted(
                    "role", f"{written} {name}", f"{others[0][1]}", "W233", "correct one of the two"
                )


def roles_of(text: str, key: str, known: frozenset[str]) -> list[tuple[Role, str]]:
    """Return the roles beside a name in a text."""
    return [
        found
        for run in names(text, known)
        if any(name_key(word) == key for word in run)
        for found in beside(text, run)
    ]
