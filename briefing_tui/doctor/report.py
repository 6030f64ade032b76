"""The findings as text that fits a bug report, and as data."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from briefing_tui.briefing.terminal_text import excerpt
from briefing_tui.views.labels import quantity


class Finding(NamedTuple):
    """One property of the terminal, and whether it is a problem."""

    group: str
    name: str
    value: str
    problem: str = ""
    """What is wrong and what to do; empty if all is well."""
    setting: tuple[str, str] | None = None
    """Key and value of a setting that helps if there is a problem."""


def as_text(findings: Iterable[Finding], config: str) -> str:
    """Return findings in the order of their groups; ``config`` names the configuration file."""
    findings = [*findings]
    width = max((len(finding.name) for finding in findings), default=0)
    lines: list[str] = []
    for group, members in groupby(findings, key=lambda finding: finding.group):
        lines += ["", group] if lines else [group]
        for finding in members:
            lines.append(f"  {finding.name:<{width}}  {finding.value}")
            if finding.problem:
                lines.append(f"  {'':<{width}}  ! {finding.problem}")
    if settings := proposals(findings):
        lines += ["", f"Proposed for {config}", *(f"  {line}" for line in settings)]
    count = sum(1 for finding in findings if finding.problem)
    total = quantity(count, "problem") if count else "No problems"
    return "\n".join([*lines, "", f"{total} found."]) + "\n"


def as_data(findings: Iterable[Finding]) -> dict[str, Any]:
    """Return the findings as JSON data."""
    findings = [*findings]
    return {
        "findings": [
            {"group": group, "name": name, "value": value, "problem": problem or None}
            for group, name, value, problem, _ in findings
        ],
        "proposed": proposals(findings),
        "problems": sum(1 for finding in findings if finding.problem),
    }


def proposals(findings: Iterable[Finding]) -> list[str]:
    """Return lines for the configuration file, its tables last."""
    settings = dict(finding.setting for finding in findings if finding.problem and finding.setting)
    by_table: dict[str, list[str]] = {"": []}
    for key, value in settings.items():
        table, _, name = key.rpartition(".")
        by_table.setdefault(table, []).append(f"{name} = {value}")
    lines = by_table.pop("")
    for table, entries in by_table.items():
        lines += [f"[{table}]", *entries]
    return lines


def home_relative(path: Path | None) -> str:
    """Return a path with ``~`` for the home directory, which hides the user's name."""
    if path is None:
        return "a configuration file, which has no place without a home directory"
    home = os.path.expanduser("~")
    if home not in ("", "/") and path.is_relative_to(home):
        path = Path("~") / path.relative_to(home)
    return excerpt(str(path), 200)
