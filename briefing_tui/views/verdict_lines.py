"""Verdicts in words: what was found in a source's text, what disagrees, what was not compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from briefing_tui.briefing.model import Milestone
from briefing_tui.briefing.terminal_text import excerpt, one_line
from briefing_tui.briefing.traversal import walk_evidenced
from briefing_tui.views.labels import quantity
from briefing_tui.views.mark_overlay import entry_path
from briefing_tui.views.rows import Role, Span
from briefing_tui.views.scene import Scene

if TYPE_CHECKING:
    from briefing_tui.briefing.check.text.verdict import Kind, Reason, Result, Verdict

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

_QUOTABLE = frozenset(kind for kinds in _GROUPS for kind in kinds) - {
    "negation",
    "direction",
    "tense",
}
"""The kinds whose words are short enough to be listed."""

_NOUNS: dict[Kind, str] = {"caution": "hedge"}
"""The nouns for kinds that are not their own nouns."""


def verdicts_of(scene: Scene, entry: object) -> list[Verdict]:
    """Return the verdicts on an entry, or on all of a milestone, as far as their texts are known.

    There are none before the checks have run, and none without an attached text.
    """
    parts = walk_evidenced(entry) if isinstance(entry, Milestone) else (entry,)
    return [
        verdict
        for part in parts
        for verdict in scene.verdicts_by_path.get(entry_path(part) or (), ())
        if verdict.passage is None or verdict.passage.source in scene.known.sources
    ]


def comparison_line(scene: Scene, entry: object) -> Span | None:
    """Return how an entry compares with the passages it cites; None if nothing was compared."""
    atoms = [verdict for verdict in verdicts_of(scene, entry) if verdict.is_of_atom]
    counts = Counter((atom.kind, atom.result, atom.reason) for atom in atoms)
    counted = found(counts)
    if not counted:
        return None
    passages = "passage" if len({*_passages(entry)}) == 1 else "passages"
    uncompared = ", ".join(not_compared(counts))
    rest = f"; not compared: {uncompared}" if uncompared else ""
    role: Role = "warning" if any(atom.code for atom in atoms) else "muted"
    return Span(f"{counted} found in the {passages}{rest}", role)


def disagreements(scene: Scene, entry: object) -> list[str]:
    """Return where an entry and the texts disagree: the words of the one beside the other's."""
    verdicts = verdicts_of(scene, entry)
    return [*dict.fromkeys(_beside(verdict) for verdict in verdicts if _is_disagreement(verdict))]


def _is_disagreement(verdict: Verdict) -> bool:
    return bool(verdict.code) and verdict.is_of_atom


def _beside(verdict: Verdict) -> str:
    written = f"“{excerpt(verdict.written)}”" if verdict.written else "nothing of it"
    theirs = "not there"
    if verdict.rival:
        theirs = f"“{excerpt(verdict.rival)}”"
    elif verdict.result == "elsewhere" and verdict.passage is not None:
        theirs = f"only in {verdict.passage.at or verdict.passage.source}"
    return f"briefing: {written} · text: {theirs}"


def passage_lines(
    scene: Scene, entries: Iterable[object], source: str, at: str | None
) -> tuple[Span, ...]:
    """Return the lines below a passage: what the entries have from it, and what disagrees."""
    verdicts = [verdict for entry in entries for verdict in verdicts_of(scene, entry)]
    words = [
        one_line(verdict.written)
        for verdict in verdicts
        if verdict.kind in _QUOTABLE
        and verdict.result == "found"
        and verdict.passage
        and (verdict.passage.source, verdict.passage.at) == (source, at)
    ]
    differences = [
        _beside(verdict)
        for verdict in verdicts
        if _is_disagreement(verdict) and _is_shown_at(verdict, source, at)
    ]
    found_here = f"found here: {' · '.join(dict.fromkeys(words))}" if words else ""
    return (
        *((Span(found_here, "muted"),) if words else ()),
        *(Span(text, "warning") for text in dict.fromkeys(differences)),
    )


def _is_shown_at(verdict: Verdict, source: str, at: str | None) -> bool:
    """Return whether a verdict belongs below a passage.

    One on words that no cited passage has belongs below the first that its entry cites.
    """
    cited = _passages(verdict.entry)
    place = verdict.passage and (verdict.passage.source, verdict.passage.at)
    if place not in cited:
        place = next((passage for passage in cited if passage[0] == source), None)
    return place == (source, at)


def _passages(entry: object) -> list[tuple[str, str | None]]:
    parts = walk_evidenced(entry)
    return [(citation.source, citation.at) for part in parts for citation in part.cite]


def found(counts: Counts, *, with_figures: bool = False) -> str:
    """Return how many atoms of each kind were found: ``4 of 5 figures and 1 of 1 name``.

    Kinds of which nothing was compared are left out, except for the figures on request.
    """
    parts = []
    for kinds in _GROUPS:
        total = _select(counts, kinds)
        number = sum(_select(counts, kinds, result="found").values())
        uncompared = _select(counts, kinds, result="not compared")
        is_wanted = total != uncompared or (with_figures and "figure" in kinds)
        if total and is_wanted:
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
