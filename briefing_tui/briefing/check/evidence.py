"""Rules for the evidence of a statement (E106)."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import (
    Commitment,
    Dispute,
    Evidenced,
    Held,
    Measure,
    MilestoneOutcome,
    Progress,
)
from briefing_tui.briefing.problems import Problem, with_article

_NOUNS: dict[type, str] = {
    Held: "role",
    Progress: "count",
    MilestoneOutcome: "outcome of a milestone",
    Measure: "measure",
    Dispute: "rival version",
}
"""Nouns of entries other than the names of their classes."""


def check_citations(document: Document) -> Iterator[Problem]:
    """E106: every statement has a citation, except open questions and judgements."""
    unreadable = {broken.location.path[:-1] for broken in document.broken}
    for entry in document.entries:
        if not isinstance(entry, (Evidenced, Dispute)) or isinstance(entry, Commitment):
            continue
        path = entry.location.path if entry.location else ()
        if entry.cite or _is_exempt(entry) or (*path, "cite") in unreadable:
            continue
        noun = with_article(_NOUNS.get(type(entry), type(entry).__name__.lower()))
        message = f"{noun} needs a citation: add 'cite: [SOURCE PASSAGE]'"
        yield document.problem("E106", message, entry)


def _is_exempt(entry: Evidenced | Dispute) -> bool:
    is_question = entry.location is not None and entry.location.path[:1] == ("open_questions",)
    return isinstance(entry, Evidenced) and (entry.basis == "judgement" or is_question)


def check_voices(document: Document) -> Iterator[Problem]:
    """E106: an explicit ``basis`` agrees with the cited sources."""
    about = document.briefing.about
    for entry in document.entries:
        if not isinstance(entry, Evidenced):
            continue
        cited = {citation.source for citation in entry.cite}
        if not cited:
            continue
        if entry.basis == "external" and cited == {about}:
            message = f"'external' but cites only '{about}'; cite the other source, or drop 'basis'"
        elif entry.basis in ("stated", "inferred") and about not in cited:
            message = f"'{entry.basis}' but does not cite '{about}'; cite it, or use 'external'"
        else:
            continue
        yield document.problem("E106", message, entry, "basis")


def check_judgements(document: Document) -> Iterator[Problem]:
    """E106: a judgement has either confidence or likelihood (ICD 203, section D.6.e.2)."""
    for entry in document.entries:
        if not isinstance(entry, Evidenced):
            continue
        qualifiers = (entry.confidence, entry.likelihood)
        if None not in qualifiers:
            message = "give 'confidence' or 'likelihood', not both"
        elif entry.basis == "judgement" and not any(qualifiers):
            message = "a judgement needs 'confidence: low, moderate or high', or a 'likelihood'"
        else:
            continue
        yield document.problem("E106", message, entry)
