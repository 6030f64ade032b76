"""Strict checking: every rule looks at a whole document and reports all that it finds.

========  ========================================================================================
E101      no YAML, no mapping, unknown version; duplicate key, anchor, alias, tag; over a limit
E102      unknown or missing key, wrong type, value outside its enumeration, unknown country
E103      id badly formed, or given twice
E104      reference to a source, passage, actor, deal or event that is not there, or of another kind
E105      date outside the EDTF subset, or no real day; reversed interval
E106      citation missing; voice at odds with what is cited; judgement without its one qualifier
E107      occurred later than anything known, or planned for the past and without an outcome
E108      a delivery before the order; more delivered than ordered
E109      an amount that is not the figure in ``stated``
E110      address that is neither http nor https; published after it was retrieved
E120      attached text: not the briefing's, or a passage outside it or of other words
E121      attached text: a figure, date or speaker that the passages cited do not have
E122      attached text: a quotation that is not in quotation marks there, or over twelve words
E123      attached text: more than seven running words of it, numbers and names apart
W201      a weekday in ``stated`` that is not the weekday of the date
W202      a date worked out from words such as "next year", as if the article had stated it
W203      a fiscal year in ``stated``, such as 2023-24, and a date that is none
W204      attached text: a word of caution in the passage, and no ``hedge``
W205      a source that nothing cites, an actor that nothing refers to
W206      two figures for the value of a deal, and no word why
W207      a deal counted in another unit than it was ordered in
W208      a bottom line that is too long, a judgement, or rests on a source rated F alone
W209      confirmed, by sources that draw on each other
W210      characters that are not shown: control characters and overrides of writing direction
W211      attached text: a passage that shares hardly a word with what cites it, while another does
========  ========================================================================================

E101, E102, E103 (form), E105 and W210 are found while a file is read, the others by the rules
here. Those on attached text are in the package ``text``, imported only where one is attached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from briefing_tui.briefing.check import (
    bottom_line,
    chronology,
    date_words,
    evidence,
    independence,
    money,
    orphans,
    references,
    sources,
    unit_nouns,
)
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import Problem

Rule = Callable[[Document], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    references.unique_ids,
    references.references,
    references.countries,
    evidence.citations,
    evidence.voices,
    evidence.judgements,
    sources.addresses,
    sources.dates,
    chronology.occurred,
    chronology.planned,
    chronology.outcomes,
    chronology.deals,
    money.amounts,
    money.rivals,
    date_words.weekdays,
    date_words.relative,
    date_words.fiscal_years,
    orphans.unused,
    unit_nouns.nouns,
    bottom_line.length,
    bottom_line.grounds,
    independence.confirmation,
)


def check(document: Document) -> list[Problem]:
    """All problems of a document, in the order of its lines; none for one without its values."""
    if document.root is None:
        return []
    found = [*document.problems]
    for rule in RULES:
        found.extend(rule(document))
    if document.texts:
        from briefing_tui.briefing.check import text

        found.extend(text.check(document))
    return sorted(found, key=lambda problem: (problem.place.line, problem.place.column))
