"""Rule for quotations (E122)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.check.text.cited_text import Cited, citations_for, cited, labels, uncited
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Evidenced
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.terminal_text import excerpt

_MAX_WORDS = 12
_DOUBLE = re.compile(r"[“„«\"]([^“”„«»\"]+)[”“»\"]")
_SINGLE = re.compile(r"(?<!\w)[‘\u201a'](?!\s)((?:[^‘’']|[’'](?=\w))+)[’'](?!\w)")
_WORD = re.compile(r"[^\W_]+")
_PROSE = ("headline", "text")


def check_quotations(document: Document) -> Iterator[Problem]:
    """E122: a quotation is short, and in quotation marks in the source too."""
    for entry in document.evidenced:
        for index, citation in enumerate(entry.cite):
            passages = cited(document, [citation])
            if citation.quote is not None and passages:
                message = _fault(citation.quote, passages, marked=True)
                if message:
                    yield document.problem("E122", message, entry, "cite", index, "quote")
        if quote := getattr(entry, "quote", None):
            yield from _check_quotation(document, entry, "quote", quote)
        for key in _PROSE:
            for words in quotations(getattr(entry, key, None) or ""):
                yield from _check_quotation(document, entry, key, words, marked=False)


def quotations(text: str) -> list[str]:
    """Return the words in quotation marks, double ones first, then single ones."""
    double = [match[1] for match in _DOUBLE.finditer(text)]
    return [*double, *(match[1] for match in _SINGLE.finditer(_DOUBLE.sub(" ", text)))]


def _check_quotation(
    document: Document, entry: Evidenced, key: str, words: str, *, marked: bool = True
) -> Iterator[Problem]:
    citations = citations_for(document, entry, key)
    passages = cited(document, citations)
    if not passages:
        return
    message = _fault(words, passages, marked=marked)
    if message and len(passages) < len(citations):
        # A source without attached text may have it, unless an uncited passage does.
        needle = _normalise(words)
        others = uncited(document, passages)
        label = next((other.label for other in others if needle in _normalise(other.words)), "")
        message = label and f"'{excerpt(words)}' is in {label}, which is not cited; cite that"
    if message:
        yield document.problem("E122", message, entry, key)


def _fault(quote: str, passages: list[Cited], *, marked: bool) -> str:
    """Return what is wrong with a quotation, or an empty string.

    ``marked`` says whether the source must have the words in quotation marks.
    """
    count = len(quote.split())
    if count > _MAX_WORDS:
        return f"quotes {count} words; quote at most {_MAX_WORDS}, or put it otherwise"
    needle = _normalise(quote)
    texts = [passage.words for passage in passages]
    if any(needle in _normalise(quotation) for text in texts for quotation in quotations(text)):
        return ""
    is_in_text = any(needle in _normalise(text) for text in texts)
    if is_in_text and not marked:
        return ""
    words = excerpt(quote)
    if is_in_text:
        return f"'{words}' is in {labels(passages)}, but not in quotation marks; put it otherwise"
    return f"'{words}' is not quoted in {labels(passages)}; quote what is there, or drop the marks"


def _normalise(text: str) -> str:
    """Return the words of a text in lower case, separated and surrounded by single spaces."""
    return f" {' '.join(_WORD.findall(fold(text).casefold()))} "
