"""What the checks report about a sound briefing, and about every edit of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from benchmarks.check.articles import Article, Edit, Fault, as_file
from briefing_tui.briefing.problems import EntryPath, Problem
from briefing_tui.output.check_report import check_data

_OF_COMMITMENTS = ("commitments", "deals")


class Outcome(NamedTuple):
    """A fault or a true statement, and the problems that it brings."""

    article: str
    kind: str
    """The class of a fault, or the list that a true statement belongs to."""
    title: str
    problems: tuple[Problem, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the problems."""
        return frozenset(problem.code for problem in self.problems)

    @property
    def level(self) -> str:
        """``error``, ``warning``, or empty."""
        levels = {problem.is_error for problem in self.problems}
        return "error" if True in levels else "warning" if levels else ""


def problems_of(article: Article, content: Any) -> tuple[Problem, ...]:
    """Check the content of a file with the text of the article attached."""
    texts = {article.about: article.text}
    return check_data(as_file(content), article.name, texts).problems


def outcomes(article: Article, edits: list[Edit]) -> Iterator[Outcome]:
    """Make each edit in the sound briefing and yield what it brings.

    For a fault, only problems of the entry with the fault count; a true entry brings no problem
    anywhere.
    """
    before = Counter(map(_identity, problems_of(article, article.content)))
    for edit in edits:
        content, path = edit.put_into(article.content)
        brought = []
        left = before.copy()
        for problem in problems_of(article, content):
            if left[_identity(problem)]:
                left[_identity(problem)] -= 1
            else:
                brought.append(problem)
        if isinstance(edit, Fault):
            brought = [problem for problem in brought if _is_about(problem, edit, path)]
        yield Outcome(article.name, edit.kind, str(edit), tuple(brought))


def entries(article: Article) -> list[Outcome]:
    """Return the statements of a sound briefing that cite something, with their problems."""
    problems = problems_of(article, article.content)
    paths = [*_cited(article.content, ())]
    groups: dict[EntryPath, list[Problem]] = {path: [] for path in paths}
    for problem in problems:
        if owner := _owner(problem, paths):
            groups[owner].append(problem)
    return [
        Outcome(article.name, str(path[0]), "/".join(map(str, path)), tuple(group))
        for path, group in groups.items()
    ]


def elsewhere(article: Article) -> list[Problem]:
    """Return the problems of a sound briefing that belong to none of its statements."""
    paths = [*_cited(article.content, ())]
    problems = problems_of(article, article.content)
    return [problem for problem in problems if _owner(problem, paths) is None]


def _owner(problem: Problem, paths: list[EntryPath]) -> EntryPath | None:
    """Return the path of the innermost statement that a problem is in."""
    owners = [path for path in paths if problem.location.path[: len(path)] == path]
    return max(owners, key=len, default=None)


def _cited(content: Any, path: EntryPath) -> Iterator[EntryPath]:
    if isinstance(content, dict):
        if "cite" in content and path[-2:-1] != ("disputes",):
            yield path
        for key, value in content.items():
            yield from _cited(value, (*path, key))
    elif isinstance(content, list):
        for place, value in enumerate(content):
            yield from _cited(value, (*path, place))


def _identity(problem: Problem) -> tuple[str, EntryPath]:
    # The message may repeat words that the edit changes.
    return problem.code, problem.location.path


def _is_about(problem: Problem, fault: Fault, path: EntryPath) -> bool:
    """Whether a problem is reported where a fault is, or at what depends on it.

    A fault in the history of a file is a contradiction of two entries, and one in an actor or a
    source shows in any entry that refers to it.
    """
    if fault.kind == "history" or path[0] in ("actors", "sources"):
        return True
    is_of_item = path[0] in _OF_COMMITMENTS and len(path) > 3 and isinstance(path[3], int)
    length = 4 if is_of_item else 2
    return problem.location.path[:length] == path[:length]
