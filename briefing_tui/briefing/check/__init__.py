"""Strict checking: every rule looks at a whole document and reports all that it finds.

========  ========================================================================================
E101      no YAML, no mapping, unknown version; duplicate key, anchor, alias, tag; over a limit
E102      unknown or missing key, wrong type, value outside its enumeration, unknown country
E103      id badly formed, or given twice
E104      reference to a source, passage, actor, deal or event that is not there, or of another kind
E105      date outside the EDTF subset, or no real day; reversed interval
E106      citation missing; voice at odds with what is cited; judgement without its one qualifier
E110      address that is neither http nor https; published after it was retrieved
W210      characters that are not shown: control characters and overrides of writing direction
========  ========================================================================================

E101, E102, E103 (form), E105 and W210 are found while a file is read, the others by the rules here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from briefing_tui.briefing.check import evidence, names, sources
from briefing_tui.briefing.load import Document
from briefing_tui.briefing.problems import Problem

Rule = Callable[[Document], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    names.unique_ids,
    names.references,
    names.countries,
    evidence.citations,
    evidence.voices,
    evidence.judgements,
    sources.addresses,
    sources.dates,
)


def check(document: Document) -> list[Problem]:
    """All problems of a document, in the order of its lines."""
    found = [*document.problems]
    for rule in RULES:
        found.extend(rule(document))
    return sorted(found, key=lambda problem: (problem.place.line, problem.place.column))
