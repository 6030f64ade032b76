"""The report of a check, as text, as JSON and for GitHub."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial, reduce
from operator import add
from typing import TYPE_CHECKING

import msgspec

from briefing_tui.briefing.problems import Problem, UnreadableFileError
from briefing_tui.output import comparison
from briefing_tui.output.tally import Tally, tally
from briefing_tui.storage import document_cache
from briefing_tui.storage.directories import NOWHERE, Directories
from briefing_tui.storage.source_texts import mismatches, texts_for
from briefing_tui.views.labels import quantity

if TYPE_CHECKING:
    from briefing_tui.briefing.model import Briefing

VERSION = 2
"""Version of the JSON report: increased if fields are added or removed, or change their meaning."""


class CheckedFile(msgspec.Struct, frozen=True):
    """A file and its problems."""

    name: str
    problems: tuple[Problem, ...]
    briefing: Briefing | None = None
    """The readable part; None if there is none."""
    tally: Tally | None = None
    """None if it is not a briefing."""


class UnopenedFile(msgspec.Struct, frozen=True):
    """A file that cannot be opened."""

    name: str
    message: str


class Report(msgspec.Struct, frozen=True):
    """The results of all files."""

    checked: tuple[CheckedFile, ...]
    unopened: tuple[UnopenedFile, ...] = ()

    @property
    def problems(self) -> list[tuple[str, Problem]]:
        """Every problem, with the name of its file."""
        return [(file.name, problem) for file in self.checked for problem in file.problems]

    @property
    def errors(self) -> int:
        """Number of errors."""
        return sum(problem.is_error for _, problem in self.problems)

    @property
    def warnings(self) -> int:
        """Number of warnings."""
        return len(self.problems) - self.errors

    @property
    def tally(self) -> Tally | None:
        """The tally of all files; None if none of them is a briefing."""
        tallies = [file.tally for file in self.checked if file.tally is not None]
        return reduce(add, tallies) if tallies else None

    def exit_code(self, *, strict: bool) -> int:
        """Return 2 if a file could not be opened, 1 if one fails, or else 0."""
        return 2 if self.unopened else int(self.errors > 0 or (strict and self.warnings > 0))


def check_data(
    data: bytes,
    name: str,
    source_texts: Mapping[str, bytes] | None = None,
    directories: Directories = NOWHERE,
) -> CheckedFile:
    """Check the content of any file, with texts of sources by id besides the stored ones."""
    source_texts = source_texts or {}
    texts_of = partial(texts_for, directories.texts, files=source_texts)
    # The cache does not know which of the files are wrong.
    cache = None if source_texts else directories.cache
    try:
        document = document_cache.open_document(cache, data, name, texts_of)
    except UnreadableFileError as refused:
        return CheckedFile(name, refused.problems)
    problems: list[Problem] = []
    if document.root is not None:
        from briefing_tui.briefing.check import check

        problems = check(document)
    if wrong := mismatches(document.briefing, source_texts):
        from briefing_tui.briefing.check.text.cited_text import wrong_text_problem

        problems += [wrong_text_problem(document, *other) for other in wrong.items()]
    if not problems:
        document_cache.save(directories.cache, data, document)
    return CheckedFile(name, tuple(problems), document.briefing, tally(document))


def as_text(report: Report) -> str:
    """Return a line for each problem, then the totals; empty if no file was opened."""
    if not report.checked:
        return ""
    lines = [problem.format(name) for name, problem in report.problems]
    return "\n".join([*lines, _totals(report)]) + "\n"


def as_json(report: Report) -> str:
    """Return one object in ASCII, independent of the encoding of the output."""
    import json  # slower to load than to use

    data = {
        "version": VERSION,
        "files": [file.name for file in report.checked],
        "problems": [
            {
                "file": name,
                "line": problem.location.line,
                "column": problem.location.column,
                "code": problem.code,
                "level": _level(problem),
                "message": problem.message,
                "path": list(problem.location.path),
                **(msgspec.structs.asdict(problem.contrast) if problem.contrast else {}),
            }
            for name, problem in report.problems
        ],
        "errors": report.errors,
        "warnings": report.warnings,
        **comparison.as_data(report.tally),
        "unopened": [{"file": file.name, "message": file.message} for file in report.unopened],
    }
    return json.dumps(data, indent=2) + "\n"


def as_github(report: Report) -> str:
    """Return "workflow commands for GitHub Actions", escaped as in its toolkit, and the totals."""
    lines = [
        f"::{_level(problem)} file={_property(name)}"
        f",line={problem.location.line},col={problem.location.column},title={problem.code}"
        f"::{_data(f'{problem.code} {problem.message}')}"
        for name, problem in report.problems
    ]
    lines += [
        f"::error file={_property(file.name)}::{_data(file.message)}" for file in report.unopened
    ]
    return "\n".join([*lines, _totals(report)]) + "\n"


def _level(problem: Problem) -> str:
    return "error" if problem.is_error else "warning"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS = {"text": as_text, "json": as_json, "github": as_github}


def _totals(report: Report) -> str:
    counts = {"briefing": len(report.checked), "error": report.errors, "warning": report.warnings}
    totals = ", ".join(quantity(count, noun) for noun, count in counts.items())
    compared = comparison.in_words(report.tally) if report.tally else ""
    return f"{totals}; {compared}" if compared else totals
