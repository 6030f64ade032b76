"""The rules of the strict check.

========  ========================================================================================
E101      not YAML, not a mapping, unknown version; duplicate key, anchor, alias, tag; over a limit
E102      unknown or missing key, wrong type, value outside its enumeration, unknown country
E103      malformed or duplicate id
E104      reference to a source, passage, actor, deal or event that is missing or of another kind
E105      date outside the EDTF subset or the calendar; reversed interval
E106      missing citation; voice at odds with the citations; judgement without its one qualifier
E107      occurred later than anything known, or planned for the past and without an outcome
E108      delivery before the order; more delivered than ordered
E109      amount that is not the figure in ``stated``
E110      URL that is neither http nor https; published after it was retrieved or updated
E120      attached text: not the recorded one, or a passage outside it or with other words
E121      attached text: figure, date or speaker that is not in the cited passages
E122      attached text: quotation that is not in quotation marks there, or over twelve words
E123      attached text: more than seven running words of it, numbers and names excluded
E124      date that its own words in ``stated`` contradict
W201      weekday in ``stated`` that is not the weekday of the date
W202      date that neither its words, such as "next year", nor the day of publication give
W203      fiscal year in ``stated``, such as 2023-24, and a date that is not one
W204      attached text: hedge in the passage, and none in the entry
W205      source that nothing cites, actor that nothing refers to
W206      two figures for the value of a deal without an explanation
W207      deal counted in another unit than it was ordered in
W208      bottom line that is too long, a judgement, or cites only sources rated F
W209      confirmed, but by sources that share an origin
W210      characters that are not shown: control characters and bidi overrides
W211      attached text: passage that shares hardly a word with what cites it, while another does
W212      word that no vocabulary in force has, and that the briefing does not declare
W213      event dated before the event that it is because of
W214      statement all of whose sources are retracted
W220      source that derives from itself at some remove, or from a later one
W221      ``known`` before it happened, or, without a note, before its sources
W222      promised after it was met, or for a day before
W223      progress that falls, or that is more than its milestone needs
W224      stage, or payment, before one that it always follows
W225      the same event twice
W226      rival version that is the preferred one
W227      sum in another currency than its own words; two that differ in their power of ten alone
========  ========================================================================================

E101, E102, E103 (form), E105 and W210 are found while a file is loaded, the others by the rules
here. The rules for attached texts are in the package ``text``, imported only if there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import ModuleType

from briefing_tui.briefing.check import (
    amounts,
    bottom_line,
    chronology,
    commitments,
    currencies,
    evidence,
    history,
    references,
    repetition,
    sources,
    stated_dates,
    units,
    words,
)
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import Problem

Rule = Callable[[Document], Iterable[Problem]]

_MODULES = (
    references,
    evidence,
    sources,
    chronology,
    history,
    repetition,
    commitments,
    amounts,
    currencies,
    stated_dates,
    units,
    bottom_line,
    words,
)


def _rules(modules: Iterable[ModuleType]) -> tuple[Rule, ...]:
    """Return the rules of modules: their functions whose names start with ``check_``."""
    return tuple(
        function
        for module in modules
        for name, function in vars(module).items()
        if name.startswith("check_")
    )


RULES = _rules(_MODULES)
"""The rules that need no attached text."""


def check(document: Document) -> list[Problem]:
    """Return all problems of a document in line order; empty for one without a YAML tree."""
    if document.root is None:
        return []
    rules = RULES
    if document.texts:
        from briefing_tui.briefing.check import text

        rules += _rules(text.MODULES)
    problems = [*document.problems, *(problem for rule in rules for problem in rule(document))]
    return sorted(problems, key=lambda problem: (problem.location.line, problem.location.column))
