"""The ledger of a briefing: every comparison of its statements with the texts of their sources.

Messages, counts and what the panes say about a statement are made from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

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
from briefing_tui.briefing.problems import Problem

Comparer = Callable[[Document], Iterable[Verdict]]

_COMPARERS: tuple[Comparer, ...] = (
    figures.compare_figures,
    actors_in_passages.compare_names,
    term_overlap.compare_relevance,
    quotations.compare_quotations,
    hedges.compare_hedges,
    copied_text.compare_copying,
)


class Tally(NamedTuple):
    """Counts of the figures in a briefing."""

    total: int
    verified: int
    """Figures found in the passages cited for them."""
    unattached: int
    """Figures from sources without an attached text."""


def _compare(document: Document) -> tuple[Verdict, ...]:
    """Return the verdicts of all comparisons."""
    return tuple(verdict for compare in _COMPARERS for verdict in compare(document))


ledger = memoize_last(_compare)


def check_ledger(document: Document) -> Iterator[Problem]:
    """Report the verdicts that have a message."""
    for verdict in ledger(document):
        if verdict.code:
            yield document.problem(verdict.code, verdict.message, verdict.entry, *verdict.keys)


def tally(document: Document) -> Tally:
    """Count the figures of a document by result."""
    results = [verdict for verdict in ledger(document) if verdict.kind in ("figure", "date")]
    counts = Counter(verdict.result for verdict in results)
    return Tally(len(results), counts["found"], counts["not compared"])
