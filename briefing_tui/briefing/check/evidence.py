"""Rules for the evidence of a statement (E106)."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Deal, Dispute, Evidenced
from briefing_tui.briefing.problems import EntryPath, Problem

_NOUNS = {
    "Point": "a point",
    "Event": "an event",
    "Actor": "an actor",
    "Held": "a role",
    "Order": "an order",
    "Stage": "a stage",
    "Value": "a value",
    "Forecast": "a forecast",
    "Progress": "a count",
    "Met": "a milestone that was met",
    "Payment": "a payment",
    "Sanction": "a sanctions stance",
    "Statement": "a statement",
    "Dispute": "a rival version",
}


def check_citations(document: Document) -> Iterator[Problem]:
    """E106: every statement has a citation, except open questions and judgements."""
    unreadable = {broken.place.path[:-1] for broken in document.broken}
    for entry in document.entries:
        if not isinstance(entry, (Evidenced, Dispute)) or isinstance(entry, Deal):
            continue
        if entry.cite or entry.place is None or _is_exempt(entry, entry.place.path):
            continue
        if (*entry.place.path, "cite") in unreadable:
            continue
        message = f"{_NOUNS[type(entry).__name__]} needs a citation: add 'cite: [SOURCE PASSAGE]'"
        yield Problem("E106", message, document.at(entry.place.path))


def _is_exempt(entry: Evidenced | Dispute, path: EntryPath) -> bool:
    if isinstance(entry, Dispute):
        return False
    return entry.basis == "judgement" or path[:1] == ("open_questions",)


def check_voices(document: Document) -> Iterator[Problem]:
    """E106: an explicit ``basis`` agrees with the cited sources."""
    about = document.briefing.about
    for entry in _evidenced(document):
        cited = {citation.source for citation in entry.cite}
        if not cited or entry.place is None:
            continue
        if entry.basis == "external" and cited == {about}:
            message = f"'external' but cites only '{about}'; cite the other source, or drop 'basis'"
        elif entry.basis in ("stated", "inferred") and about not in cited:
            message = f"'{entry.basis}' but does not cite '{about}'; cite it, or use 'external'"
        else:
            continue
        yield Problem("E106", message, document.at((*entry.place.path, "basis")))


def check_judgements(document: Document) -> Iterator[Problem]:
    """E106: a judgement has either confidence or likelihood (ICD 203, section D.6.e.2)."""
    for entry in _evidenced(document):
        both = entry.confidence is not None and entry.likelihood is not None
        neither = entry.confidence is None and entry.likelihood is None
        if entry.place is None or not (both or (neither and entry.basis == "judgement")):
            continue
        message = (
            "give 'confidence' or 'likelihood', not both"
            if both
            else "a judgement needs 'confidence: low, moderate or high', or a 'likelihood'"
        )
        yield Problem("E106", message, document.at(entry.place.path))


def _evidenced(document: Document) -> Iterator[Evidenced]:
    return (entry for entry in document.entries if isinstance(entry, Evidenced))
