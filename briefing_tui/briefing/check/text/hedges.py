"""Whether the source's caution is kept (W204)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.check.rule_helpers import evidenced, finding
from briefing_tui.briefing.check.text.passages import cited
from briefing_tui.briefing.check.text.quotations import quotations
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.figures import fold
from briefing_tui.briefing.model import Actor, Citation, Deal, Evidenced
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
"""Words of caution, in small letters: "May" is a month."""


def kept(document: Document) -> Iterator[Problem]:
    """W204: an entry on a passage that hedges says so, under ``hedge``.

    Quiet where the words of the entry hedge themselves, and on caution within quotation marks,
    which is the speaker's.
    """
    about = document.briefing.about
    for entry in evidenced(document.briefing):
        if entry.hedge or isinstance(entry, (Actor, Deal)) or _hedge(_said(entry)):
            continue
        if voice(entry, about) not in ("stated", "inferred"):
            continue
        for citation in entry.cite:
            word = _hedge_of(document, citation) if citation.source == about else None
            if word:
                message = f"{about} {citation.at} says '{word}'; add 'hedge: {word}'"
                yield finding(document, "W204", entry, "cite", message)
                break


def _hedge_of(document: Document, citation: Citation) -> str | None:
    """The first word of caution of a passage; a whole text always has one somewhere."""
    if citation.at is None:
        return None
    for passage in cited(document, [citation]):
        words = fold(passage.words)
        for quotation in quotations(words):
            words = words.replace(quotation, " ")
        return _hedge(words)
    return None


def _hedge(words: str) -> str | None:
    match = _HEDGE.search(fold(words))
    return match[0] if match else None


def _said(entry: Evidenced) -> str:
    parts = (getattr(entry, key, None) for key in ("headline", "text", "stated"))
    return " ".join(part for part in parts if part)
