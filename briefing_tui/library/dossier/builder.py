"""A dossier: all that many briefings tell of one actor or deal, as a document of its own.

The four panes, the as-of date, searching and printing then work as in any briefing. Every entry
knows the briefings that tell it (`Document.origins`).
"""

from __future__ import annotations

import contextlib
import gc
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, TypeVar

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.document import Document, Origin
from briefing_tui.briefing.model import (
    VERSION,
    Actor,
    Briefing,
    Deal,
    Entry,
    Event,
    Evidenced,
    Milestone,
    Point,
    Source,
)
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.text import printable
from briefing_tui.library.dossier.contributions import Load, Names, Part, Report, free, parts_of
from briefing_tui.library.dossier.entry_merge import (
    Version,
    contradicted,
    roles_held,
    same_events,
    unite,
    unite_all,
    with_outcomes,
)
from briefing_tui.library.dossier.entry_paths import placed
from briefing_tui.library.dossier.selection import DossierScope
from briefing_tui.library.entity_resolution import Subject, normal

S = TypeVar("S", bound=Evidenced)


class Merged(Briefing, frozen=True, kw_only=True):
    """What several briefings tell, as one."""

    articles: frozenset[str] = frozenset()
    """The sources that one of them is about."""

    def is_article(self, source: str) -> bool:
        """Whether a source is what one of them is about."""
        return source in self.articles


class Dossier(msgspec.Struct, frozen=True):
    """What is known of an actor or a deal."""

    chosen: DossierScope
    document: Document
    missing: tuple[str, ...]
    """Briefings that should tell of it and could not be read."""

    @property
    def subject(self) -> Subject:
        """The actor or deal, with the briefings that were brought together."""
        return self.chosen.subject


def dossier(chosen: DossierScope, load: Load, report: Report = lambda *_: None) -> Dossier:
    """Bring together what the briefings of a subject tell of it.

    Args:
        chosen: The actor or deal, with the files to bring together.
        load: Reads a briefing by its path; nothing where it cannot.
        report: Called before each briefing, and now and then when all are read, with how many
            are read and how many there are; what it raises ends this.
    """
    subject = chosen.subject
    with _without_collecting():
        found, missing = parts_of(subject, load, report)
        count = len(subject.files)
        builder = _Builder(subject, found, lambda: report(count, count))
        briefing = builder.briefing(f"{subject.name}: from {chosen.told(len(missing))}")
    gaps = (chosen.gap, *(f"{file}: cannot be read" for file in missing))
    document = Document(
        name=f"dossier of {subject.name}",
        briefing=briefing,
        problems=(),
        broken=(),
        root=None,
        origins=builder.origins,
        left_out=tuple(printable(gap) for gap in gaps if gap),
    )
    return Dossier(chosen, document, missing)


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Entries come by the ten thousand and none goes: looking for garbage would only take time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Builder:
    """Makes one briefing of the parts of many."""

    def __init__(self, subject: Subject, found: list[Part], pulse: Callable[[], object]) -> None:
        self._pulse = pulse
        """Called now and then, for whoever wants to end this."""
        self.origins: dict[EntryPath, tuple[Origin, ...]] = {}
        self._subject = subject
        self._parts = found
        self._names = Names(subject, found)
        self._by_entry: dict[int, tuple[Origin, ...]] = {}

    def briefing(self, title: str) -> Briefing:
        """The merged briefing, every entry in its place."""
        dates = (part.head.as_of for part in self._parts)
        newest = max(dates, key=lambda date: (date.upper, date.text), default=_NEVER)
        timeline = self._timeline()  # first, for it names the events
        merged = Merged(
            briefing=VERSION,
            title=title,
            as_of=newest,
            tags=tuple(sorted({tag for part in self._parts for tag in part.head.tags})),
            about="-",
            bottom_line=self._points("bottom_line"),
            key_points=self._points("key_points"),
            open_questions=self._points("open_questions"),
            actors=self._actors(),
            timeline=timeline,
            deals=self._deals(),
            sources=self._sources(),  # last, when it is known which are cited
            articles=frozenset(self._names.articles),
        )
        return placed(merged, (), self._remember)

    def _timeline(self) -> tuple[Event, ...]:
        self._pulse()
        names = self._names
        told = [names.told(one, part) for part in self._parts for one in part.told.timeline]
        groups = same_events(told)
        taken = set(names.known)
        ids = [free(_most([one.entry.id for one in group]), taken) for group in groups]
        for name, group in zip(ids, groups, strict=True):
            for one in group:
                names.events.update({(origin.file, one.entry.id): name for origin in one.origins})
        found = []
        for name, group in zip(ids, groups, strict=True):
            united = unite(
                [one._replace(entry=self._resolving(one)) for one in group],
                ("date", "stated"),
                ("actors", "deals", "text", "resolves"),
            )
            found.append(united._replace(entry=msgspec.structs.replace(united.entry, id=name)))
        return tuple(self._kept(one) for one in with_outcomes(found))

    def _resolving(self, told: Version[Event]) -> Event:
        known, file = self._names.events, told.origins[0].file
        resolves = tuple(known.get((file, one), one) for one in told.entry.resolves)
        return msgspec.structs.replace(told.entry, resolves=resolves) if resolves else told.entry

    def _actors(self) -> dict[str, Actor]:
        found = self._raw("actors", self._names.actors)
        # The subject's country comes first, and in it the subject.
        order = sorted(
            found, key=lambda name: (not self._is_subject(name), -len(found[name]), name)
        )
        return {name: self._actor(name, found[name]) for name in order}

    def _actor(self, name: str, raw: list[tuple[Part, Actor]]) -> Actor:
        self._pulse()
        told = [self._told(actor, part, roles=()) for part, actor in raw]
        united = unite(told, ("kind", "country"), ("country", "aka", "member_of"))
        roles = _texts(one.entry.role for one in told)
        runs = roles_held(told) if len(roles) > 1 or self._is_subject(name) else []
        held = [*runs, *self._inside(raw, "roles")]
        known = self._names.known[name]
        entry = msgspec.structs.replace(
            united.entry,
            name=known.name,
            aka=known.aka,
            role=roles[0] if len(roles) == 1 else None,
            roles=self._list(unite_all(held, lambda one: (normal(one.role), one.date))),
        )
        return self._kept(united._replace(entry=entry))

    def _deals(self) -> dict[str, Deal]:
        found = self._raw("deals", self._names.deals)
        order = sorted(found, key=lambda name: (not self._is_subject(name), name))
        return {name: self._deal(found[name]) for name in order}

    def _deal(self, raw: list[tuple[Part, Deal]]) -> Deal:
        self._pulse()
        told = [self._told(deal, part, order=None, **_NOTHING_INSIDE) for part, deal in raw]
        united = unite(
            told,
            ("supplier", "recipient", "condition"),
            ("description", "same_units", "comments"),
        )
        orders = [self._names.told(deal.order, part) for part, deal in raw if deal.order]
        order = unite(orders, ("number", "unit", "date")) if orders else None
        inside = {
            name: self._list(unite_all(self._inside(raw, name), key)) for name, key in _SAME.items()
        }
        entry = msgspec.structs.replace(
            united.entry,
            designation=self._names.known[self._names.deals[_member(raw[0])]].name,
            order=self._kept(order) if order else None,
            milestones=tuple(self._milestones(raw)),
            **inside,
        )
        return self._kept(united._replace(entry=entry))

    def _milestones(self, raw: list[tuple[Part, Deal]]) -> Iterator[Milestone]:
        groups: dict[str, list[tuple[Part, Milestone]]] = {}
        labels: dict[str, str] = {}
        for part, deal in raw:
            for one in deal.milestones:
                name = one.id if one.id in groups else labels.get(normal(one.label), one.id)
                labels.setdefault(normal(one.label), name)
                groups.setdefault(name, []).append((part, one))
        for some in groups.values():
            forecasts = unite_all(
                self._inside(some, "forecasts"), lambda one: (one.said, one.by, one.due)
            )
            progress = unite_all(self._inside(some, "progress"), lambda one: (one.date, one.number))
            met = [self._names.told(one.met, part) for part, one in some if one.met]
            first = some[0][1]
            yield msgspec.structs.replace(
                first,
                number=next((one.number for _, one in some if one.number), None),
                forecasts=self._list(
                    contradicted(forecasts, lambda one: (one.said, one.by), "due")
                ),
                progress=self._list(contradicted(progress, lambda one: one.date, "number")),
                met=self._kept(unite(met, ("date", "number"))) if met else None,
            )

    def _points(self, section: str) -> tuple[Point, ...]:
        told = [
            self._names.told(point, part)
            for part in reversed(self._parts)
            for point in getattr(part.told, section)
        ]
        united = unite_all(
            told, lambda one: (normal(one.text), one.basis == "judgement"), (), ("about",)
        )
        newest = sorted(united, key=lambda one: one.since[1:], reverse=True)
        return self._list(newest)

    def _sources(self) -> dict[str, Source]:
        """The sources that are cited, and those that these rewrite."""
        names = self._names
        found: dict[str, Source] = {}
        while len(found) < len(names.records):
            for name, (source, part) in list(names.records.items()):
                derived = tuple(names.source(one, part) for one in source.derives_from)
                found[name] = msgspec.structs.replace(source, derives_from=derived)
        return found

    def _raw(
        self, table: str, ids: dict[tuple[str, str], str]
    ) -> dict[str, list[tuple[Part, Any]]]:
        """The entries of a table of every briefing, by the ids of the dossier."""
        found: dict[str, list[tuple[Part, Any]]] = {}
        for part in self._parts:
            for name, entry in getattr(part.told, table).items():
                found.setdefault(ids[part.file, name], []).append((part, entry))
        return found

    def _is_subject(self, name: str) -> bool:
        return self._names.known[name] is self._subject

    def _told(self, entry: S, part: Part, **without: Any) -> Version[S]:
        """An entry without what is merged apart from it."""
        return self._names.told(msgspec.structs.replace(entry, **without), part)

    def _inside(self, raw: Iterable[tuple[Part, Entry]], name: str) -> list[Version[Any]]:
        """All that stands in one list of several entries."""
        return [self._names.told(one, part) for part, entry in raw for one in getattr(entry, name)]

    def _list(self, told: Iterable[Version[S]]) -> tuple[S, ...]:
        return tuple(self._kept(one) for one in told)

    def _kept(self, told: Version[S]) -> S:
        """An entry whose origins are remembered until it has its place."""
        self._by_entry[id(told.entry)] = told.origins
        return told.entry

    def _remember(self, entry: Entry, path: EntryPath) -> None:
        if origins := self._by_entry.get(id(entry)):
            self.origins[path] = origins


def _member(raw: tuple[Part, Deal]) -> tuple[str, str]:
    part, deal = raw
    return part.file, str(deal.place.path[-1]) if deal.place else ""


def _texts(texts: Iterable[str | None]) -> list[str]:
    """Texts that differ in more than capitals and signs, in order."""
    found: dict[str, str] = {}
    for text in texts:
        if text:
            found.setdefault(normal(text), text)
    return list(found.values())


def _most(names: list[str]) -> str:
    counts = Counter(names)
    return min(counts, key=lambda one: (-counts[one], one))


_NEVER = Edtf.parse("0001-01-01")
_SAME: dict[str, Callable[[Any], Hashable]] = {
    "stages": lambda one: (one.stage, one.date),
    "values": lambda one: (one.amount, one.currency, one.kind),
    "payments": lambda one: (one.date, one.amount or one.stated, one.currency),
    "sanctions": lambda one: (one.date, one.regime, one.authority, one.status),
    "statements": lambda one: (one.date, one.speaker, normal(one.text)),
}
"""What makes two entries in a deal the same."""
_NOTHING_INSIDE: dict[str, tuple[()]] = dict.fromkeys((*_SAME, "milestones"), ())
