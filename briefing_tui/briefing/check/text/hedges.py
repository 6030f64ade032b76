"""Comparison of the words of caution in a source (W204)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.check.text.cited_text import Cited, cited
from briefing_tui.briefing.check.text.quotations import quotations
from briefing_tui.briefing.check.text.verdict import Verdict
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Actor, Commitment, Evidenced
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


def compare_hedges(document: Document) -> Iterator[Verdict]:
    """W204: look for the hedge of a cited passage in ``hedge`` or in the entry's own text.

    A hedge within quotation marks is the speaker's and does not count.
    """
    about = document.briefing.about
    for entry in document.evidenced:
        if isinstance(entry, (Actor, Commitment)):
            continue
        if voice(entry, about) not in ("stated", "inferred"):
            continue
        hedged = _hedged_passage(document, entry)
        if hedged is None:
            continue
        passage, word = hedged
        written = entry.hedge or _hedge(_text_of(entry)) or ""
        yield Verdict(
            entry=entry,
            keys=("hedge",) if entry.hedge else ("cite",),
            kind="caution",
            written=written,
            result="found" if written else "absent",
            passage=passage,
            rival="" if written else word,
            code="" if written else "W204",
            message="" if written else f"{passage.label} says '{word}'; add 'hedge: {word}'",
        )


def _hedged_passage(document: Document, entry: Evidenced) -> tuple[Cited, str] | None:
    """Return the first passage of the article that an entry cites and that hedges, and its hedge.

    A whole text is not looked at: it always has a hedge somewhere.
    """
    about = document.briefing.about
    citations = [citation for citation in entry.cite if citation.source == about and citation.at]
    for passage in cited(document, citations):
        words = fold(passage.words)
        for quotation in quotations(words):
            words = words.replace(quotation, " ")
        if word := _hedge(words):
            return passage, word
    return None


def _hedge(words: str) -> str | None:
    match = _HEDGE.search(fold(words))
    return match[0] if match else None


def _text_of(entry: Evidenced) -> str:
    parts = (getattr(entry, key, None) for key in ("headline", "text", "stated"))
    return " ".join(part for part in parts if part)
