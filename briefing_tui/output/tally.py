"""Counts of a check: how much of a briefing was compared with texts, and how it came out."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.provenance import has_voice

if TYPE_CHECKING:
    from briefing_tui.briefing.check.text.statement_result import StatementResult
    from briefing_tui.briefing.check.text.verdict import Kind, Reason, Result, Verdict


class Tally(msgspec.Struct, frozen=True):
    """Counts of the atoms and of the statements of one or more briefings."""

    atoms: Counter[tuple[Kind, Result, Reason | None]]
    """Empty for a briefing without an attached text, which is not searched for them."""
    statements: Counter[tuple[StatementResult, Reason | None]]
    has_text: bool
    """Whether any text is attached."""

    def __add__(self, other: Tally) -> Tally:
        """Return the counts of both."""
        return Tally(
            self.atoms + other.atoms,
            self.statements + other.statements,
            self.has_text or other.has_text,
        )


def tally(document: Document) -> Tally:
    """Count the atoms and statements of a document."""
    entries = [entry for entry in document.evidenced if has_voice(entry)]
    if not document.texts:
        return Tally(
            Counter(), Counter(("not compared", "no text") for _ in entries), has_text=False
        )
    from briefing_tui.briefing.check.text.ledger import ledger
    from briefing_tui.briefing.check.text.statement_result import statement_result

    atoms = [verdict for verdict in ledger(document) if verdict.is_of_atom]
    by_entry: defaultdict[int, list[Verdict]] = defaultdict(list)
    for verdict in ledger(document):
        by_entry[id(verdict.entry)].append(verdict)
    return Tally(
        Counter((atom.kind, atom.result, atom.reason) for atom in atoms),
        Counter(statement_result(document, entry, by_entry[id(entry)]) for entry in entries),
        has_text=True,
    )
