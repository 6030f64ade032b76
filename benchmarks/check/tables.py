"""Results of the benchmark as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from benchmarks.check.articles import CLASSES
from benchmarks.check.examination import Outcome


class Rule(NamedTuple):
    """What one code of ``check`` is worth."""

    code: str
    caught: int
    """Faults that it finds."""
    alone: int
    """Faults that no other code finds."""
    alarms: int
    """True statements that it objects to."""


def fault_table(outcomes: Sequence[Outcome]) -> str:
    """Faults by class: how many there are, and how many are found."""
    lines = [f"{'fault':34}{'seeds':>7}{'errors':>8}{'warned':>8}{'missed':>8}{'caught':>8}"]
    by_class: dict[str, list[Outcome]] = {kind: [] for kind in CLASSES}
    for outcome in outcomes:
        by_class[outcome.kind].append(outcome)
    for kind, group in by_class.items():
        if group:
            lines.append(_fault_line(CLASSES[kind], group))
    return "\n".join([*lines, _fault_line("all faults", outcomes)])


def truth_table(entries: Sequence[Outcome], others: Sequence[Outcome]) -> str:
    """True statements: how many there are, and how many the checks object to."""
    rows = {
        "entries of the sound briefings": entries,
        "other true statements": others,
        "all true statements": [*entries, *others],
    }
    lines = [f"{'true':34}{'number':>7}{'errors':>8}{'warned':>8}{'errors':>8}{'warned':>8}"]
    for title, group in rows.items():
        levels = [outcome.level for outcome in group]
        errors, warned = levels.count("error"), levels.count("warning")
        lines.append(
            f"{title:34}{len(group):>7}{errors:>8}{warned:>8}"
            f"{_share(errors, len(group)):>8}{_share(warned, len(group)):>8}"
        )
    return "\n".join(lines)


def missed(faults: Iterable[Outcome]) -> str:
    """The faults that no check finds."""
    return "\n".join(_line(outcome) for outcome in faults if not outcome.problems)


def false_alarms(truths: Iterable[Outcome]) -> str:
    """The true statements that checks object to, each with the messages."""
    return "\n".join(
        line
        for outcome in truths
        if outcome.problems
        for line in (
            _line(outcome),
            *(f"    {problem.code} {problem.message}" for problem in outcome.problems),
        )
    )


def curve(faults: Sequence[Outcome], truths: Sequence[Outcome]) -> str:
    """What each code is worth, and the shares if the best codes are added one by one."""
    found = [outcome.codes for outcome in faults]
    true = [outcome.codes for outcome in truths]
    lines = [f"{'code':8}{'caught':>8}{'alone':>8}{'alarms':>8}"]
    rules = sorted(_rules(found, true), key=lambda rule: (rule.alarms - rule.alone, rule.code))
    lines += [f"{rule.code:8}{rule.caught:>8}{rule.alone:>8}{rule.alarms:>8}" for rule in rules]
    lines += ["", f"{'with':8}{'caught':>8}{'alarms':>8}"]
    chosen: set[str] = set()
    for code in _order(found, true):
        chosen.add(code)
        shares = (_share(_met(group, chosen), len(group)) for group in (found, true))
        lines.append(f"{code:8}" + "".join(f"{share:>8}" for share in shares))
    return "\n".join(lines)


def _rules(found: Sequence[frozenset[str]], true: Sequence[frozenset[str]]) -> Iterator[Rule]:
    for code in sorted(frozenset[str]().union(*found, *true)):
        yield Rule(
            code,
            caught=_met(found, {code}),
            alone=found.count(frozenset({code})),
            alarms=_met(true, {code}),
        )


def _order(found: Sequence[frozenset[str]], true: Sequence[frozenset[str]]) -> Iterator[str]:
    """Yield the codes, each time the one that adds the most faults for its false alarms."""
    left = {rule.code for rule in _rules(found, true)}
    chosen: set[str] = set()
    while left:

        def gain(code: str, before: set[str] = chosen) -> tuple[float, int, str]:
            more = before | {code}
            caught = _met(found, more) - _met(found, before)
            alarms = _met(true, more) - _met(true, before)
            return caught / (alarms + 0.1), -alarms, code  # none at all is best

        best = max(left, key=gain)
        yield best
        left.remove(best)
        chosen.add(best)


def _met(groups: Iterable[frozenset[str]], codes: set[str]) -> int:
    return sum(not group.isdisjoint(codes) for group in groups)


def _fault_line(title: str, group: Sequence[Outcome]) -> str:
    levels = [outcome.level for outcome in group]
    errors, warned = levels.count("error"), levels.count("warning")
    return (
        f"{title:34}{len(group):>7}{errors:>8}{warned:>8}{levels.count(''):>8}"
        f"{_share(errors + warned, len(group)):>8}"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else ""


def _line(outcome: Outcome) -> str:
    return f"{outcome.article} {outcome.kind}: {outcome.title}"
