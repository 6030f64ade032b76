"""The result for a statement: whether all of it was found in the passages that it cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from briefing_tui.briefing.check.text.cited_text import cited
from briefing_tui.briefing.check.text.verdict import Reason, Verdict
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Evidenced
from briefing_tui.briefing.provenance import voice

StatementResult = Literal["verified", "in part", "at odds", "not compared"]
"""All of it was found; a part of it was; a passage says otherwise; nothing was compared."""


def statement_result(
    document: Document, entry: Evidenced, verdicts: Sequence[Verdict]
) -> tuple[StatementResult, Reason | None]:
    """Return how a statement comes out, from its verdicts, and why if nothing was compared.

    A judgement is never verified: it is the briefer's own, whatever it mentions.
    """
    atoms = [verdict for verdict in verdicts if verdict.is_of_atom]
    results = Counter(verdict.result for verdict in atoms)
    if any(verdict.code for verdict in verdicts if verdict.kind != "copy"):
        return "at odds", None
    if voice(entry, document.briefing.about) == "judgement":
        return "not compared", "own words"
    if not cited(document, entry.cite):
        return "not compared", "no text"
    if not atoms:
        return "not compared", "no rule"
    if results["not compared"] == len(atoms):
        return "not compared", atoms[0].reason
    if results["found"] == len(atoms):
        return "verified", None
    return ("in part" if results["found"] else "at odds"), None
