"""The passages of attached texts: whether they are the recorded ones (E120), and who cites them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Citation, Event, Evidenced, Order, Statement
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import voice
from briefing_tui.briefing.source_verification import Comparison, describe_difference, fits


def check_passages(document: Document) -> Iterator[Problem]:
    """E120: the recorded length and passages match the text with the recorded hash."""
    for name, text in document.texts.items():
        source = document.briefing.sources.get(name)
        if source is None or source.text is None:
            continue
        path = ("sources", name, "text")
        if source.text.length not in (None, len(text)):
            message = f"the text has {len(text):,} characters, not {source.text.length:,}"
            yield Problem("E120", message, document.at((*path, "length")))
        for at, passage in source.text.passages.items():
            if fits(text, passage):
                continue
            outside = passage.start >= passage.end or passage.end > len(text)
            reason = "lies outside the text" if outside else "has other words than its hash says"
            hint = "'briefing-tui source attach --rehash' prints a new one"
            place = document.at((*path, "passages", at))
            yield Problem("E120", f"passage {at} {reason}; {hint}", place)


def wrong_text_problem(document: Document, name: str, comparison: Comparison) -> Problem:
    """Return E120 for a file that was passed as a source's text and is a different one."""
    message = f"the file given for '{name}' is not this text: {describe_difference(comparison)}"
    return Problem("E120", message, document.at(("sources", name, "text", "sha256")))


class Cited(msgspec.Struct, frozen=True):
    """The target of a citation: a passage, or the whole text if it names none."""

    source: str
    at: str | None
    words: str

    @property
    def label(self) -> str:
        """The passage as a message names it."""
        return f"{self.source} {self.at}" if self.at else f"the text of '{self.source}'"


def cited(document: Document, citations: Iterable[Citation]) -> list[Cited]:
    """Return the targets of citations whose text is attached."""
    passages = []
    for citation in citations:
        text = document.texts.get(citation.source)
        words = text if citation.at is None else document.passage(citation.source, citation.at)
        if words is not None:
            passages.append(Cited(citation.source, citation.at, words))
    return passages


def uncited(document: Document, passages: Iterable[Cited]) -> Iterator[Cited]:
    """Yield the passages of the same texts that are not cited."""
    cited_keys = {(passage.source, passage.at) for passage in passages}
    for name in dict.fromkeys(passage.source for passage in passages):
        source = document.briefing.sources[name]
        for at in source.text.passages if source.text else ():
            words = document.passage(name, at)
            if (name, at) not in cited_keys and words is not None:
                yield Cited(name, at, words)


def paragraph(document: Document, passage: Cited) -> str:
    """Return the words of the whole paragraph that contains a passage."""
    source = document.briefing.sources[passage.source]
    if passage.at is None or source.text is None:
        return passage.words
    start = f"{passage.at.partition('S')[0]}S"
    spans = [span for at, span in source.text.passages.items() if at.startswith(start)]
    text = document.texts[passage.source]
    return text[min(span.start for span in spans) : max(span.end for span in spans)]


def citations_for(document: Document, entry: Evidenced, key: str) -> list[Citation]:
    """Return the citations that must support a field.

    Those of the article for an entry with its voice and, if it is cited, for its words for a date
    (``stated``). Any other field may be from any source of the entry.
    """
    about = document.briefing.about
    article = [citation for citation in entry.cite if citation.source == about]
    is_date_in_words = key == "stated" and isinstance(entry, (Event, Order, Statement))
    if voice(entry, about) in ("stated", "inferred") or (is_date_in_words and article):
        return article
    return list(entry.cite)


def labels(passages: Iterable[Cited]) -> str:
    """Return the labels of passages, joined with "or"."""
    return " or ".join(dict.fromkeys(passage.label for passage in passages))
