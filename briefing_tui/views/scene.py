"""A scene: a document, the part of it that is shown, the as-of date, and a reader's marks."""

from __future__ import annotations

import datetime
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from briefing_tui.briefing.document import Document, UnreadableEntry
from briefing_tui.briefing.model import Briefing, Entry, Evidenced, declared_path
from briefing_tui.briefing.problems import EntryPath, Problem
from briefing_tui.views.as_of_filter import briefing_on, known_day, steps
from briefing_tui.views.rows import Link

if TYPE_CHECKING:
    from briefing_tui.briefing.check.text.verdict import Verdict

News = Literal["new", "changed"]


class RemovedEntry(NamedTuple):
    """An entry that is no longer in the briefing."""

    key: str
    """Its section and its id there."""
    label: str
    note: str = ""


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """The annotations and read state of one briefing, by the paths of its entries."""

    stars: frozenset[EntryPath] = frozenset()
    notes: dict[EntryPath, tuple[str, ...]] = {}
    outdated: frozenset[EntryPath] = frozenset()
    """Entries whose text has changed since they were marked."""
    news: dict[EntryPath, News] = {}
    """Entries that are unread, or have changed since they were read."""
    withdrawn: tuple[RemovedEntry, ...] = ()
    """Removed entries that the reader has read."""
    orphans: tuple[RemovedEntry, ...] = ()
    is_open: bool = True
    """Whether annotations are open: without any, an entry is neither read nor unread."""

    @property
    def unread(self) -> int:
        """Number of unread entries, including those that are withdrawn."""
        return len(self.news) + len(self.withdrawn)


NO_MARKS = Marks(is_open=False)


class Scene(msgspec.Struct, frozen=True):
    """Everything that determines what is shown; every view is a function of it."""

    document: Document
    known: Briefing
    """The part of the briefing that was known at the as-of date."""
    briefing: Briefing
    """The part of ``known`` that is shown."""
    as_of: datetime.date
    steps: tuple[datetime.date, ...]
    """The days on which something became known or ended, in order."""
    problems: tuple[Problem, ...]
    """All problems of the file, whether their entries are shown or not."""
    problems_by_path: dict[EntryPath, tuple[Problem, ...]]
    unreadable_by_section: dict[EntryPath, tuple[UnreadableEntry, ...]]
    """The unreadable entries, by the path of their list or table."""
    verdicts_by_path: dict[EntryPath, tuple[Verdict, ...]] = {}
    """How each entry compares with the texts of its sources; empty before the checks."""
    focus: tuple[Link, ...] = ()
    """The actors and deals that the briefing is narrowed to, outermost first."""
    since: datetime.date | None = None
    """The previous as-of date, if it was earlier: what became known after it is new."""
    marks: Marks = NO_MARKS

    @property
    def other_day(self) -> datetime.date | None:
        """The as-of date, if it differs from the briefing's own."""
        return None if self.as_of == self.document.briefing.as_of.upper else self.as_of

    def differs_in_marks(self, other: Scene) -> bool:
        """Whether another scene differs in nothing but its marks."""
        names = (name for name in self.__struct_fields__ if name != "marks")
        return all(getattr(self, name) is getattr(other, name) for name in names)

    def is_new(self, entry: object) -> bool:
        """Whether an entry became known after the previous as-of date."""
        if self.since is None or not isinstance(entry, Evidenced):
            return False
        day = known_day(entry, self.document.briefing)
        return day is not None and day > self.since

    def problems_of(self, entry: Entry | UnreadableEntry) -> tuple[Problem, ...]:
        """Return the problems of an entry and everything in it."""
        return self.problems_by_path.get(entry.location.path, ()) if entry.location else ()

    def unreadable_in(self, *section: str | int) -> list[UnreadableEntry]:
        """Return the unreadable entries of a list or table; none in a narrowed scene."""
        return (
            [] if self.focus else list(self.unreadable_by_section.get(declared_path(section), ()))
        )

    def name_of(self, actor: str) -> str:
        """Return the name of the actor with an id, or the id if there is none."""
        entry = self.document.briefing.actors.get(actor)
        return entry.name if entry else actor


def scene_of(document: Document, day: datetime.date | None = None) -> Scene:
    """Return a checked document as known on a day, by default its own."""
    return with_checks(unchecked_scene(document, day))


def unchecked_scene(document: Document, day: datetime.date | None = None) -> Scene:
    """Return a document as known on a day, with only the problems that loading found."""
    as_of = day or document.briefing.as_of.upper
    known = briefing_on(document.briefing, as_of)
    sections: defaultdict[EntryPath, list[UnreadableEntry]] = defaultdict(list)
    for entry in document.broken:
        sections[declared_path(entry.location.path)[:-1]].append(entry)
    return Scene(
        document=document,
        known=known,
        briefing=known,
        as_of=as_of,
        steps=steps(document.briefing),
        problems=document.problems,
        problems_by_path=_by_path(document.problems),
        unreadable_by_section={path: tuple(entries) for path, entries in sections.items()},
    )


def with_checks(scene: Scene) -> Scene:
    """Run the checks: return a scene with what they find, or the same scene if that is nothing."""
    document = scene.document
    if document.root is not None:
        from briefing_tui.briefing.check import check  # slow, and the first frame need not wait

        problems = tuple(check(document))
        if len(problems) != len(scene.problems):
            scene = msgspec.structs.replace(
                scene, problems=problems, problems_by_path=_by_path(problems)
            )
    if document.texts:
        from briefing_tui.briefing.check.text.ledger import ledger

        verdicts: defaultdict[EntryPath, list[Verdict]] = defaultdict(list)
        for verdict in ledger(document):
            if verdict.entry.location is not None:
                verdicts[verdict.entry.location.path].append(verdict)
        by_path = {path: tuple(group) for path, group in verdicts.items()}
        scene = msgspec.structs.replace(scene, verdicts_by_path=by_path)
    return scene


def _by_path(problems: tuple[Problem, ...]) -> dict[EntryPath, tuple[Problem, ...]]:
    """Group problems by the path of their entry and of every entry around it."""
    by_path: defaultdict[EntryPath, list[Problem]] = defaultdict(list)
    for problem in problems:
        for path in accumulate((part,) for part in problem.location.path):
            by_path[path].append(problem)
    return {path: tuple(group) for path, group in by_path.items()}


def scene_on(scene: Scene, day: datetime.date) -> Scene:
    """Return the whole document as known on another day; moving forward marks what is new."""
    known = briefing_on(scene.document.briefing, day)
    since = scene.as_of if day > scene.as_of else None
    return msgspec.structs.replace(
        scene, known=known, briefing=known, as_of=day, since=since, focus=()
    )


def day_at_step(scene: Scene, count: int) -> datetime.date | None:
    """Return the as-of date ``count`` steps later, or earlier if negative; None at the end.

    Fewer steps are taken if there are not that many.
    """
    if count > 0:
        days = [day for day in scene.steps if day > scene.as_of]
    else:
        days = [day for day in reversed(scene.steps) if day < scene.as_of]
    return days[min(abs(count), len(days)) - 1] if days else None


_PANES = {"timeline": "timeline", "actors": "actors", "commitments": "deals"}
_PANES |= {former: _PANES[name] for name, former in Briefing.FORMER.items()}


def pane_of_section(section: str) -> str:
    """Return the name of the pane that shows a section of the file, by either of its names."""
    return _PANES.get(section, "summary")


def row_key(*parts: str | int) -> str:
    """Return a row's key, made from the path of its entry."""
    return "/".join(str(part) for part in parts)
