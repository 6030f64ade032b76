"""The attached words that an entry cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Citation, Event, Evidenced, Order, Statement
from briefing_tui.briefing.provenance import voice


class Cited(msgspec.Struct, frozen=True):
    """What a citation points at: a passage, or the whole text where it names none."""

    source: str
    at: str | None
    words: str

    @property
    def where(self) -> str:
        """The passage as a message names it."""
        return f"{self.source} {self.at}" if self.at else f"the text of '{self.source}'"


def cited(document: Document, citations: Iterable[Citation]) -> list[Cited]:
    """What citations point at, where its text is attached."""
    found = []
    for citation in citations:
        text = document.texts.get(citation.source)
        words = text if citation.at is None else document.passage(citation.source, citation.at)
        if words is not None:
            found.append(Cited(citation.source, citation.at, words))
    return found


def others(document: Document, passages: Iterable[Cited]) -> Iterator[Cited]:
    """The passages of the same texts that are not among those cited."""
    known = {(one.source, one.at) for one in passages}
    for name in dict.fromkeys(one.source for one in passages):
        source = document.briefing.sources[name]
        for at in source.text.passages if source.text else ():
            words = document.passage(name, at)
            if (name, at) not in known and words is not None:
                yield Cited(name, at, words)


def paragraph(document: Document, passage: Cited) -> str:
    """The words of the whole paragraph that a passage is a sentence of."""
    source = document.briefing.sources[passage.source]
    if passage.at is None or source.text is None:
        return passage.words
    start = f"{passage.at.partition('S')[0]}S"
    spans = [span for at, span in source.text.passages.items() if at.startswith(start)]
    text = document.texts[passage.source]
    return text[min(span.start for span in spans) : max(span.end for span in spans)]


def own_citations(document: Document, entry: Evidenced, key: str) -> list[Citation]:
    """The citations that what a field says must rest on.

    What the article states must be in the article. So must its own words for a date (``stated``)
    where it is cited, whoever resolves them. All else may rest on any source of the entry.
    """
    about = document.briefing.about
    article = [citation for citation in entry.cite if citation.source == about]
    worded = key == "stated" and isinstance(entry, (Event, Order, Statement))
    if voice(entry, about) in ("stated", "inferred") or (worded and article):
        return article
    return list(entry.cite)


def where(passages: Iterable[Cited]) -> str:
    """The passages cited, as a message names them."""
    return " or ".join(dict.fromkeys(one.where for one in passages))
