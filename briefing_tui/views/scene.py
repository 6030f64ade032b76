"""What the views are made from: a document, the part of it that is shown, and the as-of date."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from briefing_tui.briefing.check import check
from briefing_tui.briefing.decode import Broken
from briefing_tui.briefing.load import Document
from briefing_tui.briefing.model import Briefing, Entry
from briefing_tui.briefing.problems import Path, Problem
from briefing_tui.views.rows import Link


class Scene(msgspec.Struct, frozen=True):
    """One state of what is to be seen; every view is a function of it."""

    document: Document
    briefing: Briefing
    """The part of the document that is shown."""
    as_of: datetime.date
    problems: tuple[Problem, ...]
    """Everything that checking found, whether its entry is shown or not."""
    problems_by_path: dict[Path, tuple[Problem, ...]]
    focus: tuple[Link, ...] = ()
    """The actors and deals that the briefing is narrowed to, outermost first."""

    def problems_of(self, entry: Entry | Broken) -> tuple[Problem, ...]:
        """What is wrong with an entry or anything in it."""
        return self.problems_by_path.get(entry.place.path, ()) if entry.place else ()

    def broken_in(self, *section: str | int) -> list[Broken]:
        """The entries of a list or table that could not be read; none while narrowed."""
        if self.focus:
            return []
        return [broken for broken in self.document.broken if broken.place.path[:-1] == section]

    def name_of(self, actor: str) -> str:
        """An actor's name, or its id where nobody has that id."""
        known = self.document.briefing.actors.get(actor)
        return known.name if known else actor


def scene_of(document: Document) -> Scene:
    """The whole of a document, checked, at its own as-of date."""
    problems = tuple(check(document))
    by_path: dict[Path, list[Problem]] = {}
    for problem in problems:
        path = problem.place.path
        for length in range(1, len(path) + 1):
            by_path.setdefault(path[:length], []).append(problem)
    return Scene(
        document=document,
        briefing=document.briefing,
        as_of=document.briefing.as_of.upper,
        problems=problems,
        problems_by_path={path: tuple(found) for path, found in by_path.items()},
    )


def key_of(*parts: str | int) -> str:
    """A row's key from the path of its entry."""
    return "/".join(str(part) for part in parts)


def unique(links: Iterable[Link]) -> tuple[Link, ...]:
    """Links without repeats, in order."""
    return tuple(dict.fromkeys(links))
