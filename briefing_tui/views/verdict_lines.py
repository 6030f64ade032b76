"""Verdicts in words: how many atoms were found in a source's text, and what was not compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from briefing_tui.views.labels import quantity

if TYPE_CHECKING:
    from briefing_tui.briefing.check.text.verdict import Kind, Reason, Result

    Counts = Mapping[tuple[Kind, Result, Reason | None], int]
    """Numbers of atoms by kind, result and reason."""

_REASONS: dict[Reason, str] = {
    "no text": "no text attached",
    "language": "no rules for the language",
    "worked out": "worked out",
    "own words": "the briefer's own",
    "no rule": "no rule for them",
}
"""Why something was not compared, in the order in which it is said."""

_GROUPS: tuple[tuple[Kind, ...], ...] = (
    ("figure", "date"),
    ("name",),
    ("role",),
    ("place",),
    ("quotation",),
    ("caution",),
    ("negation",),
    ("direction",),
    ("tense",),
)
"""The kinds of atoms that are counted together."""

_NOUNS: dict[Kind, str] = {"caution": "hedge"}
"""The nouns for kinds that are not their own nouns."""


def found(counts: Counts) -> str:
    """Return how many atoms of each kind were found: ``4 of 5 figures and 1 of 1 name``.

    Kinds of which nothing was compared are left out, but for figures.
    """
    parts = []
    for kinds in _GROUPS:
        total = _select(counts, kinds)
        number = sum(_select(counts, kinds, result="found").values())
        uncompared = _select(counts, kinds, result="not compared")
        if total and (total != uncompared or "figure" in kinds):
            parts.append(f"{number:,} of {_quantity(total)}")
    return join_words(parts)


def not_compared(counts: Counts) -> Iterator[str]:
    """Yield what was not compared, for each reason: ``3 figures and 1 name (no text attached)``."""
    for reason, words in _REASONS.items():
        groups = (_select(counts, kinds, reason=reason) for kinds in _GROUPS)
        if parts := [_quantity(group) for group in groups if group]:
            yield f"{join_words(parts)} ({words})"


def join_words(parts: Sequence[str]) -> str:
    """Join words with commas and, before the last, "and"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def _select(
    counts: Counts,
    kinds: tuple[Kind, ...],
    *,
    result: Result | None = None,
    reason: Reason | None = None,
) -> Counter[Kind]:
    """Return the numbers of atoms of some kinds with a result or a reason, if one is given."""
    numbers: Counter[Kind] = Counter()
    for (kind, its_result, its_reason), number in counts.items():
        if kind in kinds and result in (None, its_result) and reason in (None, its_reason):
            numbers[kind] += number
    return numbers


def _quantity(numbers: Counter[Kind]) -> str:
    """Return a number of atoms with their noun; dates are counted with the figures."""
    total = numbers.total()
    kind = next(iter(numbers))
    if total > 1 and "date" in numbers:
        return f"{total:,} figures and dates"
    return quantity(total, _NOUNS.get(kind, kind))
