"""What the views are made from: a document, the part of it that is shown, and the as-of date."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from briefing_tui.briefing.document import Broken, Document
from briefing_tui.briefing.model import Briefing, Entry, Evidenced
from briefing_tui.briefing.problems import Path, Problem
from briefing_tui.views.as_of import at, known_day, steps
from briefing_tui.views.rows import Link

if TYPE_CHECKING:
    from briefing_tui.views.annotations import Marks


class Scene(msgspec.Struct, frozen=True):
    """One state of what is to be seen; every view is a function of it."""

    document: Document
    known: Briefing
    """What of the document was known at the as-of date."""
    briefing: Briefing
    """The part of that which is shown."""
    as_of: datetime.date
    steps: tuple[datetime.date, ...]
    """The days on which something became known, in order."""
    problems: tuple[Problem, ...]
    """Everything that checking found, whether its entry is shown or not."""
    problems_by_path: dict[Path, tuple[Problem, ...]]
    broken_by_section: dict[Path, tuple[Broken, ...]]
    """The entries that could not be read, by the path of their list or table."""
    focus: tuple[Link, ...] = ()
    """The actors and deals that the briefing is narrowed to, outermost first."""
    since: datetime.date | None = None
    """The day the reader came from, where that is earlier: what became known after it is new."""

    marks: Marks | None = None
    """The reader's own marks; nothing where none are kept."""

    @property
    def other_day(self) -> datetime.date | None:
        """The as-of date, where it is another than the briefing's own."""
        return None if self.as_of == self.document.briefing.as_of.upper else self.as_of

    def differs_in_marks(self, other: Scene) -> bool:
        """Whether another scene differs in its marks at most."""
        return all(
            getattr(self, name) is getattr(other, name)
            for name in self.__struct_fields__
            if name != "marks"
        )

    def is_new(self, entry: object) -> bool:
        """Whether an entry became known since the day the reader came from."""
        if self.since is None or not isinstance(entry, Evidenced):
            return False
        day = known_day(entry, self.document.briefing)
        return day is not None and day > self.since

    def problems_of(self, entry: Entry | Broken) -> tuple[Problem, ...]:
        """What is wrong with an entry or anything in it."""
        return self.problems_by_path.get(entry.place.path, ()) if entry.place else ()

    def broken_in(self, *section: str | int) -> list[Broken]:
        """The entries of a list or table that could not be read; none while narrowed."""
        if self.focus:
            return []
        return list(self.broken_by_section.get(section, ()))

    def name_of(self, actor: str) -> str:
        """An actor's name, or its id where nobody has that id."""
        known = self.document.briefing.actors.get(actor)
        return known.name if known else actor


def scene_of(document: Document, day: datetime.date | None = None) -> Scene:
    """The whole of a document, checked, as known on a day: its own where none is given."""
    return checked(first_scene(document, day))


def first_scene(document: Document, day: datetime.date | None = None) -> Scene:
    """The whole of a document with only those problems that reading it brought to light."""
    as_of = day or document.briefing.as_of.upper
    known = at(document.briefing, as_of)
    sections: dict[Path, list[Broken]] = {}
    for broken in document.broken:
        sections.setdefault(broken.place.path[:-1], []).append(broken)
    return Scene(
        document=document,
        known=known,
        briefing=known,
        as_of=as_of,
        steps=steps(document.briefing),
        problems=document.problems,
        problems_by_path=_by_path(document.problems),
        broken_by_section={path: tuple(found) for path, found in sections.items()},
    )


def checked(scene: Scene) -> Scene:
    """A scene with all problems of its document; the scene itself where there are no more."""
    if scene.document.root is None:
        return scene
    from briefing_tui.briefing.check import check  # the first picture need not wait for it

    problems = tuple(check(scene.document))
    if len(problems) == len(scene.problems):
        return scene
    return msgspec.structs.replace(scene, problems=problems, problems_by_path=_by_path(problems))


def _by_path(problems: tuple[Problem, ...]) -> dict[Path, tuple[Problem, ...]]:
    """For the path of every entry what is wrong with it or anything in it."""
    found: dict[Path, list[Problem]] = {}
    for problem in problems:
        path = problem.place.path
        for length in range(1, len(path) + 1):
            found.setdefault(path[:length], []).append(problem)
    return {path: tuple(some) for path, some in found.items()}


def moved_to(scene: Scene, day: datetime.date) -> Scene:
    """The whole of a scene's document as known on another day; going forward marks what is new."""
    known = at(scene.document.briefing, day)
    since = scene.as_of if day > scene.as_of else None
    return msgspec.structs.replace(
        scene, known=known, briefing=known, as_of=day, since=since, focus=()
    )


def step(scene: Scene, count: int) -> datetime.date | None:
    """The as-of date so many steps on, or back where below zero; nothing beyond the ends."""
    later = [day for day in scene.steps if day > scene.as_of]
    earlier = [day for day in reversed(scene.steps) if day < scene.as_of]
    days = later if count > 0 else earlier
    return days[min(abs(count), len(days)) - 1] if days else None


def key_of(*parts: str | int) -> str:
    """A row's key from the path of its entry."""
    return "/".join(str(part) for part in parts)


def unique(links: Iterable[Link]) -> tuple[Link, ...]:
    """Links without repeats, in order."""
    return tuple(dict.fromkeys(links))
