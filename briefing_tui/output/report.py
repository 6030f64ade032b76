"""What checking found, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from briefing_tui.briefing.problems import Problem, Refused
from briefing_tui.compiled import keep, recall


class Checked(msgspec.Struct, frozen=True):
    """A file and all that is wrong with it."""

    name: str
    problems: tuple[Problem, ...]


def check_data(data: bytes, name: str) -> Checked:
    """Check one file, whether it can be opened as a briefing or not."""
    if recall(data, name) is not None:
        return Checked(name, ())
    from briefing_tui.briefing.check import check
    from briefing_tui.briefing.load import load

    try:
        document = load(data, name)
    except Refused as refused:
        return Checked(name, refused.problems)
    problems = tuple(check(document))
    if not problems:
        keep(data, document)
    return Checked(name, problems)


def failed(checked: Checked, *, strict: bool) -> bool:
    """Whether a file does not pass; warnings count where ``strict``."""
    return any(strict or problem.is_error for problem in checked.problems)


def as_text(checked: Sequence[Checked]) -> str:
    """One line a finding, then the sums."""
    lines = [problem.located(one.name) for one in checked for problem in one.problems]
    errors, warnings = _sums(checked)
    files = _count(len(checked), "briefing")
    return "\n".join([*lines, f"{files}, {_count(errors, 'error')}, {_count(warnings, 'warning')}"])


def as_json(checked: Sequence[Checked]) -> str:
    """One object: ``files``, ``problems`` in order, and the sums ``errors`` and ``warnings``.

    In ASCII, so that it means the same whatever the encoding of the output is.
    """
    import json  # slower to load than to use

    errors, warnings = _sums(checked)
    found = {
        "files": [one.name for one in checked],
        "problems": [
            {
                "file": one.name,
                "line": problem.place.line,
                "column": problem.place.column,
                "code": problem.code,
                "level": "error" if problem.is_error else "warning",
                "message": problem.message,
                "path": list(problem.place.path),
            }
            for one in checked
            for problem in one.problems
        ],
        "errors": errors,
        "warnings": warnings,
    }
    return json.dumps(found, indent=2)


def _sums(checked: Sequence[Checked]) -> tuple[int, int]:
    problems = [problem for one in checked for problem in one.problems]
    errors = sum(problem.is_error for problem in problems)
    return errors, len(problems) - errors


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
