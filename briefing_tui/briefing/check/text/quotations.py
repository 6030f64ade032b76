"""Comparison of quotations (E122)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.check.text.cited_text import citations_for, cited, labels, uncited
from briefing_tui.briefing.check.text.verdict import Reason, Result, Verdict
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Citation, Evidenced
from briefing_tui.briefing.terminal_text import excerpt

_MAX_WORDS = 12
_DOUBLE = re.compile(r"[“„«\"]([^“”„«»\"]+)[”“»\"]")
_SINGLE = re.compile(r"(?<!\w)[‘\u201a'](?!\s)((?:[^‘’']|[’'](?=\w))+)[’'](?!\w)")
_WORD = re.compile(r"[^\W_]+")
_PROSE = ("headline", "text")


def compare_quotations(document: Document) -> Iterator[Verdict]:
    """E122: look for quotations in quotation marks in the source, and measure them."""
    for entry in document.evidenced:
        for index, citation in enumerate(entry.cite):
            if citation.quote is not None:
                keys = ("cite", index, "quote")
                yield _verdict(document, entry, keys, citation.quote, [citation], marked=True)
        if quote := getattr(entry, "quote", None):
            citations = citations_for(document, entry, "quote")
            yield _verdict(document, entry, ("quote",), quote, citations, marked=True)
        for key in _PROSE:
            for words in quotations(getattr(entry, key, None) or ""):
                citations = citations_for(document, entry, key)
                yield _verdict(document, entry, (key,), words, citations, marked=False)


def quotations(text: str) -> list[str]:
    """Return the words in quotation marks, double ones first, then single ones."""
    double = [match[1] for match in _DOUBLE.finditer(text)]
    return [*double, *(match[1] for match in _SINGLE.finditer(_DOUBLE.sub(" ", text)))]


def _verdict(
    document: Document,
    entry: Evidenced,
    keys: tuple[str | int, ...],
    words: str,
    citations: Sequence[Citation],
    *,
    marked: bool,
) -> Verdict:
    """Compare a quotation with the passages that are cited for it.

    ``marked`` says whether the source must have the words in quotation marks.
    """
    passages = cited(document, citations)
    needle = _normalise(words)
    within = next((passage for passage in passages if needle in _normalise(passage.words)), None)
    is_quoted = any(
        needle in _normalise(quotation)
        for passage in passages
        for quotation in quotations(passage.words)
    )
    result: Result = "absent"
    reason: Reason | None = None
    place, message = within, ""
    if within and (is_quoted or not marked):
        result = "found"
    elif within and len(passages) == len(citations):
        message = f"is in {labels(passages)}, but not in quotation marks; put it otherwise"
    elif len(passages) < len(citations):
        # A source without attached text may have it, unless an uncited passage does.
        place = next(
            (other for other in uncited(document, passages) if needle in _normalise(other.words)),
            None,
        )
        result, reason = ("elsewhere", None) if place else ("not compared", "no text")
        message = f"is in {place.label}, which is not cited; cite that" if place else ""
    elif passages:
        message = f"is not quoted in {labels(passages)}; quote what is there, or drop the marks"
    else:
        result, reason = "not compared", "own words"
    message = message and f"'{excerpt(words)}' {message}"
    count = len(words.split())
    if passages and count > _MAX_WORDS:
        message = f"quotes {count} words; quote at most {_MAX_WORDS}, or put it otherwise"
    return Verdict(
        entry=entry,
        keys=keys,
        kind="quotation",
        written=words,
        result=result,
        reason=reason,
        passage=place,
        code="E122" if message else "",
        message=message,
    )


def _normalise(text: str) -> str:
    """Return the words of a text in lower case, separated and surrounded by single spaces."""
    return f" {' '.join(_WORD.findall(fold(text).casefold()))} "
