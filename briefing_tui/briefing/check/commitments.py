"""Rules for what a commitment and its lists need together (E102)."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import DEFAULT_KIND
from briefing_tui.briefing.problems import Problem


def check_parties(document: Document) -> Iterator[Problem]:
    """E102: a deal has a supplier and a recipient, unless it names its parties by their roles."""
    for commitment in document.briefing.commitments.values():
        if commitment.parties or commitment.kind_word != DEFAULT_KIND:
            continue
        for field in ("supplier", "recipient"):
            if getattr(commitment, field) is None:
                yield document.problem("E102", f"'{field}' is missing", commitment)


def check_figures(document: Document) -> Iterator[Problem]:
    """E102: a value has a currency or a unit, a payment the day on which it was made or is due."""
    for commitment in document.briefing.commitments.values():
        for value in commitment.values:
            if value.currency is None and value.unit is None:
                yield document.problem("E102", "'currency' is missing, or 'unit'", value)
            elif value.currency is not None and value.unit is not None:
                message = "an amount is in a 'currency' or a 'unit', not both; see 'per' and 'of'"
                yield document.problem("E102", message, value, "unit")
        for payment in commitment.payments:
            if payment.date is None and payment.due is None:
                message = "'date' is missing, or 'due' if it was not made yet"
                yield document.problem("E102", message, payment)


def check_milestones(document: Document) -> Iterator[Problem]:
    """E102: a milestone has one outcome at most; the one that replaces it is of the same list."""
    for commitment in document.briefing.commitments.values():
        ids = {milestone.id for milestone in commitment.milestones}
        for milestone in commitment.milestones:
            first, *others = milestone.outcomes or [""]
            for name in others:
                message = f"a milestone is '{first}' or '{name}', not both; remove one of the two"
                yield document.problem("E102", message, milestone, name)
            for name, outcome in milestone.outcomes.items():
                if outcome.by is None:
                    continue
                if name != "replaced":
                    message = f"'by' names what replaces a milestone; one that is '{name}' has none"
                    yield document.problem("E102", message, outcome, "by")
                elif outcome.by not in ids or outcome.by == milestone.id:
                    message = f"no other milestone here has the id '{outcome.by}'"
                    yield document.problem("E104", message, outcome, "by")
