"""The ledger of a briefing: every comparison of its statements with the texts of their sources.

Messages, counts and what the panes say about a statement are made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from briefing_tui.briefing.check.text import (
    actors_in_passages,
    copied_text,
    figures,
    hedges,
    quotations,
    term_overlap,
)
from briefing_tui.briefing.check.text.verdict import Verdict
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.memoization import memoize_last
from briefing_tui.briefing.problems import Contrast, Problem

Comparer = Callable[[Document], Iterable[Verdict]]

_COMPARERS: tuple[Comparer, ...] = (
    figures.compare_figures,
    actors_in_passages.compare_names,
    term_overlap.compare_relevance,
    quotations.compare_quotations,
    hedges.compare_hedges,
    copied_text.compare_copying,
)


def _compare(document: Document) -> tuple[Verdict, ...]:
    """Return the verdicts of all comparisons."""
    return tuple(verdict for compare in _COMPARERS for verdict in compare(document))


ledger = memoize_last(_compare)


def check_ledger(document: Document) -> Iterator[Problem]:
    """Report the verdicts that have a message."""
    for verdict in ledger(document):
        if verdict.code:
            problem = document.problem(verdict.code, verdict.message, verdict.entry, *verdict.keys)
            yield msgspec.structs.replace(problem, contrast=_contrast(verdict))


def _contrast(verdict: Verdict) -> Contrast:
    passage = verdict.passage
    place = " ".join(filter(None, (passage.source, passage.at))) if passage else ""
    return Contrast(verdict.written, verdict.rival, place)
