"""Whether quotations are the source's own (E122)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefing_tui.briefing.check.rule_helpers import evidenced, finding
from briefing_tui.briefing.check.text.passages import Cited, cited, others, own_citations, where
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.figures import fold
from briefing_tui.briefing.model import Evidenced
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.text import excerpt

_MOST_WORDS = 12
_DOUBLE = re.compile(r"[“„«\"]([^“”„«»\"]+)[”“»\"]")
_SINGLE = re.compile(r"(?<!\w)[‘\u201a'](?!\s)((?:[^‘’']|[’'](?=\w))+)[’'](?!\w)")
_WORD = re.compile(r"[^\W_]+")
_IN_TEXT = ("headline", "text")


def quoted(document: Document) -> Iterator[Problem]:
    """E122: what is quoted stands in quotation marks there too, and is short."""
    for entry in evidenced(document.briefing):
        yield from _of_citations(document, entry)
        if quote := getattr(entry, "quote", None):
            yield from _quotation(document, entry, "quote", quote)
        for key in _IN_TEXT:
            for words in quotations(getattr(entry, key, None) or ""):
                yield from _quotation(document, entry, key, words, marked=False)


def quotations(text: str) -> list[str]:
    """The words that stand in quotation marks, double or single."""
    double = [match[1] for match in _DOUBLE.finditer(text)]
    return [*double, *(match[1] for match in _SINGLE.finditer(_DOUBLE.sub(" ", text)))]


def _of_citations(document: Document, entry: Evidenced) -> Iterator[Problem]:
    for index, citation in enumerate(entry.cite):
        passages = cited(document, [citation])
        if citation.quote is not None and passages:
            message = _fault(citation.quote, passages, marked=True)
            if message:
                yield finding(document, "E122", entry, ("cite", index, "quote"), message)


def _quotation(
    document: Document, entry: Evidenced, key: str, words: str, *, marked: bool = True
) -> Iterator[Problem]:
    sources = own_citations(document, entry, key)
    passages = cited(document, sources)
    if not passages:
        return
    message = _fault(words, passages, marked=marked)
    if message and len(passages) < len(sources):
        # It may be another source's, unless this one has it where nobody cites it.
        wanted = _comparable(words)
        message = next(
            (
                f"'{excerpt(words)}' is in {one.where}, which is not cited; cite that"
                for one in others(document, passages)
                if wanted in _comparable(one.words)
            ),
            "",
        )
    if message:
        yield finding(document, "E122", entry, key, message)


def _fault(quote: str, passages: Iterable[Cited], *, marked: bool) -> str:
    """What is wrong with a quotation; words of the briefer's text need no marks in the source."""
    passages = list(passages)
    if len(quote.split()) > _MOST_WORDS:
        return (
            f"quotes {len(quote.split())} words; quote at most {_MOST_WORDS}, or put it otherwise"
        )
    wanted = _comparable(quote)
    texts = [one.words for one in passages]
    if any(wanted in _comparable(one) for text in texts for one in quotations(text)):
        return ""
    found = any(wanted in _comparable(text) for text in texts)
    if found and not marked:
        return ""
    shown = excerpt(quote)
    if found:
        return f"'{shown}' is in {where(passages)}, but not in quotation marks; put it otherwise"
    return f"'{shown}' is not quoted in {where(passages)}; quote what is there, or drop the marks"


def _comparable(words: str) -> str:
    """Words with a blank on either side, without marks and capitals, to be found in one another."""
    return f" {' '.join(_WORD.findall(fold(words).casefold()))} "
