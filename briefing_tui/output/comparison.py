"""The end of a report: how much of the briefings was compared with texts, and how it came out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from briefing_tui.views.labels import quantity
from briefing_tui.views.verdict_lines import found, not_compared

if TYPE_CHECKING:
    from briefing_tui.briefing.check.text.statement_result import StatementResult
    from briefing_tui.briefing.check.text.verdict import Kind, Reason, Result
    from briefing_tui.output.tally import Tally

Outcome = TypeVar("Outcome", bound=str)

_FIGURES: tuple[Kind, ...] = ("figure", "date")
_RESULTS: tuple[Result, ...] = ("found", "contradicted", "elsewhere", "absent")
_COMPARED: tuple[StatementResult, ...] = ("verified", "in part", "at odds")

_REASONS: dict[Reason, str] = {
    "no text": "with no text attached",
    "language": "in a language without rules",
    "worked out": "worked out",
    "own words": "judged by the briefer",
    "no rule": "with nothing to look up",
}
"""Why a statement was not compared."""


def in_words(tally: Tally) -> str:
    """Return the clauses of the last line; empty if there is no statement.

    They claim no more than was compared: "verified" is said of statements of which each atom was
    found, and the rest is counted with the reason.
    """
    total = tally.statements.total()
    if not total:
        return ""
    if not tally.has_text:
        return f"no source text attached: {quantity(total, 'statement')} not compared"
    counted = found(tally.atoms, with_figures=True)
    uncompared = ", ".join(not_compared(tally.atoms))
    clauses = (
        f"{counted} found in the passages cited" if counted else "",
        f"not compared: {uncompared}" if uncompared else "",
        _statements(tally),
    )
    return "; ".join(filter(None, clauses))


def _statements(tally: Tally) -> str:
    counts = tally.statements
    total = quantity(counts.total(), "statement")
    parts = [f"{counts['verified', None]:,} of {total} verified"]
    if number := counts["in part", None]:
        parts.append(f"{number:,} in part")
    if number := counts["at odds", None]:
        parts.append(f"{number:,} at odds with {'its' if number == 1 else 'their'} passages")
    reasons = {reason: number for (_, reason), number in counts.items() if reason}
    if reasons:
        parts.append(f"{sum(reasons.values()):,} not compared ({_in_words(reasons)})")
    return ", ".join(parts)


def _in_words(reasons: Mapping[Reason, int]) -> str:
    """Return why statements were not compared; with a number for each if there are several."""
    words = ((reasons[reason], words) for reason, words in _REASONS.items() if reason in reasons)
    return ", ".join(f"{number:,} {text}" if len(reasons) > 1 else text for number, text in words)


def as_data(tally: Tally | None) -> dict[str, Any]:
    """Return the fields of the JSON report: ``figures``, ``atoms`` and ``statements``.

    ``figures`` is None if no text is attached.
    """
    atoms: Counter[tuple[Kind, Result, Reason | None]] = tally.atoms if tally else Counter()
    statements: Counter[tuple[StatementResult, Reason | None]] = (
        tally.statements if tally else Counter()
    )
    figures = {
        "total": sum(number for (kind, _, _), number in atoms.items() if kind in _FIGURES),
        "verified": sum(atoms[kind, "found", None] for kind in _FIGURES),
        "unattached": sum(atoms[kind, "not compared", "no text"] for kind in _FIGURES),
    }
    by_kind: defaultdict[Kind, Counter[tuple[Result, Reason | None]]] = defaultdict(Counter)
    for (kind, result, reason), number in sorted(atoms.items()):
        by_kind[kind][result, reason] = number
    return {
        "figures": figures if tally and tally.has_text else None,
        "atoms": {kind: _outcomes(counts, _RESULTS) for kind, counts in by_kind.items()},
        "statements": {"total": statements.total(), **_outcomes(statements, _COMPARED)},
    }


def _outcomes(
    counts: Mapping[tuple[Outcome, Reason | None], int], names: Iterable[Outcome]
) -> dict[str, int | dict[str, int]]:
    """Return the number of each outcome, and of each reason why there was none."""
    numbers: dict[str, int | dict[str, int]] = {
        _key(name): counts.get((name, None), 0) for name in names
    }
    reasons = {_key(reason): number for (_, reason), number in sorted(counts.items()) if reason}
    return {**numbers, "not_compared": reasons}


def _key(words: str) -> str:
    return words.replace(" ", "_")
