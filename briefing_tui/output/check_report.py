"""What checking found, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec

from briefing_tui.briefing.problems import Problem, Refused
from briefing_tui.storage.directories import NOWHERE, Directories
from briefing_tui.storage.document_cache import keep, recall
from briefing_tui.storage.source_texts import attached, texts_for

if TYPE_CHECKING:
    from briefing_tui.briefing.check.text.figures import Tally
    from briefing_tui.briefing.model import Briefing

VERSION = 1
"""Of the JSON report: it grows when a field changes its meaning or goes, not when one is added."""


class Checked(msgspec.Struct, frozen=True):
    """A file and all that is wrong with it."""

    name: str
    problems: tuple[Problem, ...]
    briefing: Briefing | None = None
    """What could be read of it."""
    tally: Tally | None = None
    """How many figures were looked up; nothing where no text is attached."""


class Unopened(msgspec.Struct, frozen=True):
    """A file that there is nothing to check of."""

    name: str
    message: str


class Report(msgspec.Struct, frozen=True):
    """A whole run."""

    checked: tuple[Checked, ...]
    unopened: tuple[Unopened, ...] = ()

    @property
    def problems(self) -> list[tuple[str, Problem]]:
        """Every finding, with the name of its file."""
        return [(one.name, problem) for one in self.checked for problem in one.problems]

    @property
    def errors(self) -> int:
        """How many findings make a file fail."""
        return sum(problem.is_error for _, problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many do so only where warnings count."""
        return len(self.problems) - self.errors

    @property
    def figures(self) -> tuple[int, int, int] | None:
        """How many figures there are, are verified, and rest on sources without a text.

        Nothing where no text is attached to any briefing.
        """
        tallies = [one.tally for one in self.checked if one.tally is not None]
        if not tallies:
            return None
        return (
            sum(tally.figures for tally in tallies),
            sum(tally.verified for tally in tallies),
            sum(tally.unattached for tally in tallies),
        )

    def exit_code(self, *, strict: bool) -> int:
        """2 where a file could not be opened, 1 where one does not pass, and else 0."""
        if self.unopened:
            return 2
        return int(self.errors > 0 or (strict and self.warnings > 0))


def check_data(
    data: bytes,
    name: str,
    given: Mapping[str, bytes] | None = None,
    directories: Directories = NOWHERE,
) -> Checked:
    """Check one file, whether it can be opened as a briefing or not.

    Args:
        data: Its bytes.
        name: What messages call it.
        given: Files to take for the texts of sources, by their ids; those kept are found anyway.
        directories: Where source texts and compiled briefings are kept.
    """
    given = given or {}
    found = recall(directories.cache, data, name)
    if found is not None and not given and not texts_for(directories.texts, found.briefing):
        return Checked(name, (), found.briefing)
    from briefing_tui.briefing.check import check
    from briefing_tui.briefing.load import load

    try:
        document = load(data, name)
    except Refused as refused:
        return Checked(name, refused.problems)
    texts = attached(directories.texts, document.briefing, given)
    document = msgspec.structs.replace(document, texts=texts.texts)
    problems = check(document)
    tally = None
    if texts.texts:
        from briefing_tui.briefing.check.text.figures import tally as count

        tally = count(document)
    if texts.others:
        from briefing_tui.briefing.check.text.identity import other_text

        problems += [other_text(document, *other) for other in texts.others.items()]
    if not problems:
        keep(directories.cache, data, document)
    return Checked(name, tuple(problems), document.briefing, tally)


def as_text(report: Report) -> str:
    """One line a finding, then the sums; nothing where no file was opened."""
    if not report.checked:
        return ""
    lines = [problem.located(name) for name, problem in report.problems]
    return "\n".join([*lines, _sums(report)]) + "\n"


def as_json(report: Report) -> str:
    """One object, whose fields docs/guide/checking.md describes.

    In ASCII, so that it means the same whatever the encoding of the output is.
    """
    import json  # slower to load than to use

    figures = report.figures
    found = {
        "version": VERSION,
        "files": [one.name for one in report.checked],
        "problems": [
            {
                "file": name,
                "line": problem.place.line,
                "column": problem.place.column,
                "code": problem.code,
                "level": "error" if problem.is_error else "warning",
                "message": problem.message,
                "path": list(problem.place.path),
            }
            for name, problem in report.problems
        ],
        "errors": report.errors,
        "warnings": report.warnings,
        "figures": figures and dict(zip(("total", "verified", "unattached"), figures, strict=True)),
        "unopened": [{"file": one.name, "message": one.message} for one in report.unopened],
    }
    return json.dumps(found, indent=2) + "\n"


def as_github(report: Report) -> str:
    """Workflow commands that GitHub shows beside the lines of a change, then the sums.

    The form is that of "Workflow commands for GitHub Actions", with the escapes of its toolkit.
    """
    lines = [
        f"::{'error' if problem.is_error else 'warning'} file={_property(name)}"
        f",line={problem.place.line},col={problem.place.column},title={problem.code}"
        f"::{_data(f'{problem.code} {problem.message}')}"
        for name, problem in report.problems
    ]
    lines += [
        f"::error file={_property(one.name)}::{_data(one.message)}" for one in report.unopened
    ]
    return "\n".join([*lines, _sums(report)]) + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
"""The forms of a report."""


def _sums(report: Report) -> str:
    counted = [
        _count(len(report.checked), "briefing"),
        _count(report.errors, "error"),
        _count(report.warnings, "warning"),
    ]
    return ", ".join(counted) + _verified(report)


def _verified(report: Report) -> str:
    """What was looked up in attached texts, and what could not be."""
    if report.figures is not None:
        figures, verified, unattached = report.figures
        told = f"; {verified:,} of {_count(figures, 'figure')} verified against attached text"
        return f"{told}, {unattached:,} with no text attached" if unattached else told
    texts = [
        source.text
        for one in report.checked
        if one.briefing
        for source in one.briefing.sources.values()
    ]
    return "; no source text attached to verify figures by" if any(texts) else ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
