"""What was found, as text that fits a bug report, and as data."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from briefing_tui.briefing.text import excerpt


class Finding(NamedTuple):
    """One thing that was looked at."""

    group: str
    name: str
    value: str
    problem: str = ""
    """What is wrong with it and what to do; nothing where all is well."""
    setting: tuple[str, str] | None = None
    """Key and value for the configuration that would help."""


def text(findings: Iterable[Finding], config: str) -> str:
    """A report of lines; problems stand below what they are about.

    Args:
        findings: What was found.
        config: What to call the configuration file.
    """
    found = [*findings]
    wide = max((len(one.name) for one in found), default=0)
    lines: list[str] = []
    group = ""
    for one in found:
        if one.group != group:
            lines += ["", one.group] if lines else [one.group]
            group = one.group
        lines.append(f"  {one.name:<{wide}}  {one.value}")
        if one.problem:
            lines.append(f"  {'':<{wide}}  ! {one.problem}")
    settings = proposals(found)
    if settings:
        lines += ["", f"Proposed for {config}"]
        lines += [f"  {line}" for line in settings]
    count = sum(1 for one in found if one.problem)
    said = f"{count or 'No'} problem{'' if count == 1 else 's'} found."
    return "\n".join([*lines, "", said]) + "\n"


def data(findings: Iterable[Finding]) -> dict[str, Any]:
    """The same for programs."""
    found = [*findings]
    return {
        "findings": [
            {
                "group": one.group,
                "name": one.name,
                "value": one.value,
                "problem": one.problem or None,
            }
            for one in found
        ],
        "proposed": proposals(found),
        "problems": sum(1 for one in found if one.problem),
    }


def proposals(findings: Iterable[Finding]) -> list[str]:
    """Lines for the configuration, those of its tables last."""
    settings = dict(one.setting for one in findings if one.setting)
    lines = [f"{key} = {value}" for key, value in settings.items() if "." not in key]
    tables: dict[str, list[str]] = {}
    for key, value in settings.items():
        table, dot, name = key.partition(".")
        if dot:
            tables.setdefault(table, []).append(f"{name} = {value}")
    for table, inside in tables.items():
        lines += [f"[{table}]", *inside]
    return lines


def at_home(path: Path) -> str:
    """A path without the name of the user: ``~`` stands for their home."""
    home = os.path.expanduser("~")
    found = str(path)
    inside = home not in ("", "/") and (found == home or found.startswith(f"{home}{os.sep}"))
    return excerpt(f"~{found[len(home) :]}" if inside else found, 200)
