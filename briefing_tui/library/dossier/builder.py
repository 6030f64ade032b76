"""A dossier: everything many briefings say about one actor or deal, as a document of its own.

The four panes, the as-of date, searching and printing then work as in any briefing. Every entry
has its source briefings in `Document.origins`.
"""

from __future__ import annotations

import contextlib
import gc
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, TypeVar, get_args

import msgspec

from briefing_tui.briefing import model
from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.document import Document, Origin
from briefing_tui.briefing.problems import EntryPath, FileLocation
from briefing_tui.briefing.terminal_text import printable
from briefing_tui.briefing.traversal import nested_fields
from briefing_tui.library.dossier.contributions import (
    Load,
    Names,
    Part,
    Report,
    free,
    page_of,
    parts_of,
)
from briefing_tui.library.dossier.entry_merge import (
    Version,
    contradicted,
    roles_held,
    same_events,
    unite,
    unite_all,
    with_outcomes,
)
from briefing_tui.library.dossier.newest_briefings import DossierScope
from briefing_tui.library.entity_resolution import Subject, normal
from briefing_tui.views.links import RELATIONS
from briefing_tui.vocabulary.catalogue import DEFAULT, merged
from briefing_tui.vocabulary.words import Glossary, VocabularyName

E = TypeVar("E", bound=model.Entry)
S = TypeVar("S", bound=model.Evidenced)

_RELATIONS = ("derives_from", "corrects", "retracts")
"""The fields of a source with ids of other sources."""


class _Merged(model.Briefing, frozen=True, kw_only=True):
    articles: frozenset[str] = frozenset()

    def is_article(self, source: str) -> bool:
        return source in self.articles


def dossier(selection: DossierScope, load: Load, report: Report = lambda *_: None) -> Document:
    """Merge what the briefings of a subject say about it."""
    subject = selection.subject
    with _without_collecting():
        parts, missing = parts_of(subject, load, report)
        count = len(subject.files)
        builder = _Builder(subject, parts, lambda: report(count, count))
        briefing = builder.briefing(f"{subject.name}: from {selection.description(len(missing))}")
    gaps = (selection.gap, *(f"{file}: cannot be read" for file in missing))
    return Document(
        name=f"dossier of {subject.name}",
        briefing=briefing,
        problems=(),
        broken=(),
        root=None,
        origins=builder.origins,
        left_out=tuple(printable(gap) for gap in gaps if gap),
    )


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Turn garbage collection off: thousands of entries are created and none is freed."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Builder:
    def __init__(self, subject: Subject, parts: list[Part], pulse: Callable[[], object]) -> None:
        self._pulse = pulse
        """Called repeatedly; may raise to stop."""
        self.origins: dict[EntryPath, tuple[Origin, ...]] = {}
        self._subject = subject
        self._parts = parts
        self._names = Names(subject, parts)
        self._by_entry: dict[int, tuple[Origin, ...]] = {}

    def briefing(self, title: str) -> model.Briefing:
        dates = (part.head.as_of for part in self._parts)
        newest = max(dates, key=lambda date: (date.upper, date.text), default=_NEVER)
        timeline = self._timeline()  # first, since it names the events
        whole = _Merged(
            briefing=model.VERSION,
            title=title,
            as_of=newest,
            tags=tuple(sorted({tag for part in self._parts for tag in part.head.tags})),
            vocabularies=self._vocabularies(),
            words=self._words(),
            about="-",
            bottom_line=self._points("bottom_line"),
            key_points=self._points("key_points"),
            open_questions=self._points("open_questions"),
            actors=self._actors(),
            timeline=timeline,
            commitments=self._deals(),
            sources=self._sources(),  # last, when it is known which are cited
            articles=frozenset(self._names.articles),
        )
        return self._placed(whole, ())

    def _vocabularies(self) -> tuple[VocabularyName, ...]:
        """Return those of all briefings, if one of them names any."""
        named = [part.head.vocabularies for part in self._parts]
        names = (name for vocabularies in named for name in vocabularies or DEFAULT)
        return tuple(dict.fromkeys(names)) if any(named) else ()

    def _words(self) -> Glossary | None:
        glossaries = [part.head.words for part in self._parts if part.head.words]
        return merged(glossaries) if glossaries else None

    def _timeline(self) -> tuple[model.Event, ...]:
        self._pulse()
        names = self._names
        events = ((event, part) for part in self._parts for event in part.narrowed.timeline)
        groups = same_events(names.version(event, part) for event, part in events)
        taken = set(names.known)
        ids = [free(_most([version.entry.id for version in group]), taken) for group in groups]
        for name, group in zip(ids, groups, strict=True):
            for version in group:
                own_ids = ((origin.file, version.entry.id) for origin in version.origins)
                names.events.update(dict.fromkeys(own_ids, name))
        united_events = []
        for name, group in zip(ids, groups, strict=True):
            versions = [version._replace(entry=self._related(version, name)) for version in group]
            united = unite(
                versions,
                ("date", "stated"),
                ("actors", "commitments", "text", "place", "by", *RELATIONS),
            )
            united_events.append(
                united._replace(entry=msgspec.structs.replace(united.entry, id=name))
            )
        return self._list(with_outcomes(united_events))

    def _related(self, version: Version[model.Event], own: str) -> model.Event:
        """Return an event with its relations to other events of the dossier, by their ids there."""
        ids, file = self._names.events, version.origins[0].file
        changes = {
            field: tuple(id_ for name in names if (id_ := ids.get((file, name), own)) != own)
            for field in RELATIONS
            if (names := getattr(version.entry, field))
        }
        return msgspec.structs.replace(version.entry, **changes) if changes else version.entry

    def _actors(self) -> dict[str, model.Actor]:
        raw = self._raw("actors", self._names.actors)
        # The subject's country comes first, and in it the subject.
        order = sorted(raw, key=lambda name: (not self._is_subject(name), -len(raw[name]), name))
        return {name: self._actor(name, raw[name]) for name in order}

    def _actor(self, name: str, raw: list[tuple[Part, model.Actor]]) -> model.Actor:
        self._pulse()
        versions = [self._version(actor, part, roles=()) for part, actor in raw]
        united = unite(versions, ("kind", "country"), ("country", "aka", "member_of", "same_as"))
        roles = _texts(version.entry.role for version in versions)
        runs = roles_held(versions) if len(roles) > 1 or self._is_subject(name) else []
        held = [*runs, *self._inside(raw, "roles")]
        subject = self._names.known[name]
        entry = msgspec.structs.replace(
            united.entry,
            name=subject.name,
            aka=subject.aka,
            role=roles[0] if len(roles) == 1 else None,
            roles=self._list(unite_all(held, lambda item: (normal(item.role), item.date))),
        )
        return self._remember_origins(united._replace(entry=entry))

    def _deals(self) -> dict[str, model.Commitment]:
        raw = self._raw("commitments", self._names.deals)
        order = sorted(raw, key=lambda name: (not self._is_subject(name), name))
        return {name: self._deal(raw[name]) for name in order}

    def _deal(self, raw: list[tuple[Part, model.Commitment]]) -> model.Commitment:
        self._pulse()
        versions = [self._version(deal, part, order=None, **_NOTHING_INSIDE) for part, deal in raw]
        filled = ("description", "same_units", "comments", "same_as")
        united = unite(versions, ("kind", "supplier", "recipient", "condition"), filled)
        orders = [self._names.version(deal.order, part) for part, deal in raw if deal.order]
        order = unite(orders, ("number", "unit", "date")) if orders else None
        lists = ((name, unite_all(self._inside(raw, name), key)) for name, key in _SAME.items())
        inside = {name: self._list(versions) for name, versions in lists}
        entry = msgspec.structs.replace(
            united.entry,
            name=self._names.known[self._names.deals[_member(raw[0])]].name,
            order=self._remember_origins(order) if order else None,
            milestones=tuple(self._milestones(raw)),
            **inside,
        )
        return self._remember_origins(united._replace(entry=entry))

    def _milestones(self, raw: list[tuple[Part, model.Commitment]]) -> Iterator[model.Milestone]:
        groups: dict[str, list[tuple[Part, model.Milestone]]] = {}
        labels: dict[str, str] = {}
        for part, deal in raw:
            for milestone in deal.milestones:
                name, label = milestone.id, normal(milestone.label)
                name = name if name in groups else labels.get(label, name)
                labels.setdefault(label, name)
                groups.setdefault(name, []).append((part, milestone))
        for group in groups.values():
            forecasts = self._inside(group, "forecasts")
            forecasts = unite_all(forecasts, lambda item: (item.said, item.by, item.due))
            forecasts = contradicted(forecasts, lambda item: (item.said, item.by), "due")
            progress = self._inside(group, "progress")
            progress = unite_all(progress, lambda item: (item.date, item.number))
            progress = contradicted(progress, lambda item: item.date, "number")
            outcomes = {name: self._outcome(group, name) for name in get_args(model.OutcomeName)}
            yield msgspec.structs.replace(
                group[0][1],
                number=next((entry.number for _, entry in group if entry.number), None),
                forecasts=self._list(forecasts),
                progress=self._list(progress),
                **outcomes,
            )

    def _outcome(
        self, group: list[tuple[Part, model.Milestone]], name: model.OutcomeName
    ) -> model.MilestoneOutcome | None:
        found = [(part, milestone.outcomes.get(name)) for part, milestone in group]
        versions = [self._names.version(outcome, part) for part, outcome in found if outcome]
        return self._remember_origins(unite(versions, ("date", "number"))) if versions else None

    def _points(self, section: str) -> tuple[model.Point, ...]:
        def key(point: model.Point) -> tuple[str, bool]:
            return normal(point.text), point.basis == "judgement"

        versions = self._inside(((part, part.narrowed) for part in reversed(self._parts)), section)
        united = unite_all(versions, key, (), ("about",))
        newest = sorted(united, key=lambda version: version.since[1:], reverse=True)
        return self._list(newest)

    def _sources(self) -> dict[str, model.Source]:
        """Return the cited sources, those that these derive from, and those that correct them.

        They have the relations that any briefing gives them.
        """
        records, ids = self._names.records, self._names.sources
        count = -1
        while count < len(records):
            count = len(records)
            self._name_related_sources()
        relations: dict[str, dict[str, dict[str, None]]] = {
            id_: {field: {} for field in _RELATIONS} for id_ in records
        }
        for id_, source, part in self._named_sources():
            for field in _RELATIONS:
                targets = [ids.get((part.file, target)) for target in getattr(source, field)]
                relations[id_][field] |= {name: None for name in targets if name not in (None, id_)}
        first_of_page: dict[object, str] = {}
        for id_, (source, _) in records.items():
            # The article of one briefing may be cited by another, or be rated otherwise there.
            page = page_of(source), source.published.date
            first = first_of_page.setdefault(page, id_)
            if first != id_:
                relations[id_]["derives_from"][first] = None
        return {
            id_: msgspec.structs.replace(
                source, **{field: tuple(targets) for field, targets in relations[id_].items()}
            )
            for id_, (source, _) in records.items()
        }

    def _named_sources(self) -> Iterator[tuple[str, model.Source, Part]]:
        """Yield the sources that have an id in the dossier, of all briefings, with that id."""
        for part in self._parts:
            for name, source in part.head.sources.items():
                if (id_ := self._names.sources.get((part.file, name))) is not None:
                    yield id_, source, part

    def _name_related_sources(self) -> None:
        """Give an id to what a source of the dossier derives from, and to what corrects it."""
        names = self._names
        for _, source, part in list(self._named_sources()):
            for parent in source.derives_from:
                names.source(parent, part)
        for part in self._parts:
            for name, source in part.head.sources.items():
                targets = (*source.corrects, *source.retracts)
                if any((part.file, target) in names.sources for target in targets):
                    names.source(name, part)

    def _raw(
        self, table: str, ids: dict[tuple[str, str], str]
    ) -> dict[str, list[tuple[Part, Any]]]:
        """Return the entries of a table of all briefings, by the dossier's ids."""
        entries: dict[str, list[tuple[Part, Any]]] = {}
        for part in self._parts:
            for name, entry in getattr(part.narrowed, table).items():
                entries.setdefault(ids[part.file, name], []).append((part, entry))
        return entries

    def _is_subject(self, name: str) -> bool:
        return self._names.known[name] is self._subject

    def _version(self, entry: S, part: Part, **without: Any) -> Version[S]:
        """Return an entry without the fields that are merged separately."""
        return self._names.version(msgspec.structs.replace(entry, **without), part)

    def _inside(self, raw: Iterable[tuple[Part, model.Entry]], name: str) -> list[Version[Any]]:
        version = self._names.version
        return [version(item, part) for part, entry in raw for item in getattr(entry, name)]

    def _list(self, versions: Iterable[Version[S]]) -> tuple[S, ...]:
        return tuple(self._remember_origins(version) for version in versions)

    def _remember_origins(self, version: Version[S]) -> S:
        """Return an entry, and remember its origins until it has a path."""
        self._by_entry[id(version.entry)] = version.origins
        return version.entry

    def _placed(self, entry: E, path: EntryPath) -> E:
        """Return an entry, and all entries in it, at a path and without line numbers."""
        if origins := self._by_entry.get(id(entry)):
            self.origins[path] = origins
        changes: dict[str, Any] = {"location": FileLocation(path, 1, 1)}
        for name in nested_fields(type(entry)):
            value = getattr(entry, name)
            if not value or name in ("cite", "disputes"):
                continue
            if isinstance(value, tuple):
                items = enumerate(value)
                changes[name] = tuple([self._placed(item, (*path, name, at)) for at, item in items])
            elif isinstance(value, dict):
                changes[name] = {
                    key: self._placed(item, (*path, name, key)) for key, item in value.items()
                }
            elif isinstance(value, model.Entry) and not isinstance(entry, model.Source):
                changes[name] = self._placed(value, (*path, name))
        return msgspec.structs.replace(entry, **changes)


def _member(raw: tuple[Part, model.Commitment]) -> tuple[str, str]:
    part, deal = raw
    return part.file, str(deal.location.path[-1]) if deal.location else ""


def _texts(texts: Iterable[str | None]) -> list[str]:
    """Return the texts that differ in more than case and punctuation, in order."""
    by_key: dict[str, str] = {}
    for text in texts:
        if text:
            by_key.setdefault(normal(text), text)
    return list(by_key.values())


def _most(names: list[str]) -> str:
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], name))


_NEVER = Edtf.parse("0001-01-01")
_SAME: dict[str, Callable[[Any], Hashable]] = {
    "stages": lambda item: (item.stage, item.date),
    "values": lambda item: (
        *(item.amount, item.currency, item.kind),
        *(item.unit, item.per, item.of, item.date),
    ),
    "payments": lambda item: (item.date, item.due, item.amount or item.stated, item.currency),
    "measures": lambda item: (item.date, item.name, item.by, item.status),
    "statements": lambda item: (item.date, item.speaker, normal(item.text)),
}
"""Keys of entries of a deal; entries with the same key are merged."""
_NOTHING_INSIDE: dict[str, tuple[()]] = dict.fromkeys((*_SAME, "milestones"), ())
