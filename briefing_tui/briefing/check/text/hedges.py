"""Rule for hedges in the source (W204)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.check.text.cited_text import cited
from briefing_tui.briefing.check.text.quotations import quotations
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Actor, Citation, Commitment, Evidenced
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import voice

_HEDGE = re.compile(
    r"\b(?:allegedly|apparently|arguably|ostensibly|perhaps|possibly|presumably|probably"
    r"|purportedly|reportedly|reputedly|rumou?red|seemingly|supposedly|unconfirmed"
    r"|(?:un)?likely|may(?!\s[0-9])|might"
    r"|(?:is|are|was|were)\s(?:said|believed|thought|understood|rumou?red|reported)\sto"
    r"|it\sis\s(?:said|believed|thought|understood)"
    r"|according\sto\s(?:\w+\s){0,2}(?:sources|reports))\b"
)
"""Hedging words, case-sensitive: "May" is a month."""


def check_hedges(document: Document) -> Iterator[Problem]:
    """W204: an entry that cites a hedged passage has a ``hedge``.

    Not reported if the entry's own text hedges. A hedge within quotation marks is the speaker's
    and does not count.
    """
    about = document.briefing.about
    for entry in document.evidenced:
        if entry.hedge or isinstance(entry, (Actor, Commitment)) or _hedge(_text_of(entry)):
            continue
        if voice(entry, about) not in ("stated", "inferred"):
            continue
        for citation in entry.cite:
            word = _hedge_of(document, citation) if citation.source == about else None
            if word:
                message = f"{about} {citation.at} says '{word}'; add 'hedge: {word}'"
                yield document.problem("W204", message, entry, "cite")
                break


def _hedge_of(document: Document, citation: Citation) -> str | None:
    if citation.at is None:
        return None  # a whole text always has a hedge somewhere
    for passage in cited(document, [citation]):
        words = fold(passage.words)
        for quotation in quotations(words):
            words = words.replace(quotation, " ")
        return _hedge(words)
    return None


def _hedge(words: str) -> str | None:
    match = _HEDGE.search(fold(words))
    return match[0] if match else None


def _text_of(entry: Evidenced) -> str:
    parts = (getattr(entry, key, None) for key in ("headline", "text", "stated"))
    return " ".join(part for part in parts if part)
