"""The rules that compare a briefing with attached source texts: E120 to E123, W204 and W211."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from briefing_tui.briefing.check.text import (
    copied_text,
    figures,
    hedges,
    passages,
    quotations,
    speakers,
    term_overlap,
)
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import Problem

RULES: tuple[Callable[[Document], Iterable[Problem]], ...] = (
    passages.check_passages,
    figures.check_figures,
    speakers.check_names,
    term_overlap.check_relevance,
    quotations.check_quotations,
    copied_text.check_copying,
    hedges.check_hedges,
)


def check(document: Document) -> Iterator[Problem]:
    """Yield all problems of a document with regard to its attached texts."""
    for rule in RULES:
        yield from rule(document)
