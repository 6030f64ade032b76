"""What each briefing contributes to a dossier, with the ids of the dossier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import PurePath
from typing import Any, NamedTuple, TypeVar

import msgspec

from briefing_tui.briefing import model
from briefing_tui.briefing.document import Origin
from briefing_tui.briefing.provenance import known_ordinal, voice
from briefing_tui.briefing.traversal import nested_fields
from briefing_tui.library.dossier.entry_merge import Version
from briefing_tui.library.entity_resolution import Named, Subject, entities_of, joined
from briefing_tui.views.focus_filter import narrow_to_actor, narrow_to_deal
from briefing_tui.views.links import deal_actors

E = TypeVar("E", bound=model.Entry)

Load = Callable[[str, Sequence[str]], model.Briefing | None]
"""Reads a briefing by its path, at least what involves some ids; None if it cannot be read."""

_Reference = tuple[str, tuple[str, ...]]
"""A field that holds ids, and the tables in which these are found."""

_Citations = dict[tuple[str, str | None, str | None], model.Citation]

Report = Callable[[int, int], object]
"""Called with how many briefings of how many are read; may raise to stop."""


class Part(NamedTuple):
    """What one briefing says about a subject."""

    file: str
    head: model.Briefing
    """The briefing without its entries, but with all its sources."""
    narrowed: model.Briefing
    days: dict[str, int]
    """The day on which each source was published, as an ordinal; 0 if it is unknown."""
    order: tuple[int, ...]
    """Of the as-of date: its day as an ordinal, then its `Edtf.sort_key`."""


def parts_of(
    subject: Subject, load: Load, report: Report = lambda *_: None
) -> tuple[list[Part], tuple[str, ...]]:
    """Return the parts by as-of date, and the files that could not be read."""
    parts: list[Part] = []
    missing: list[str] = []
    ids: dict[str, list[str]] = {}
    for file, name in subject.members:
        ids.setdefault(file, []).append(name)
    narrow = narrow_to_actor if subject.kind == "actor" else narrow_to_deal
    for count, (file, names) in enumerate(ids.items()):
        report(count, len(ids))
        whole = load(file, names)
        if whole is None:
            missing.append(file)
            continue
        parts += [_part(file, whole, narrow(whole, name)) for name in names]
    parts.sort(key=lambda part: (part.order, part.file))
    return parts, tuple(missing)


def _part(file: str, whole: model.Briefing, narrowed: model.Briefing) -> Part:
    sources = whole.sources.items()
    days = {name: known_ordinal(source.published.date) for name, source in sources}
    head = msgspec.structs.replace(
        whole,
        bottom_line=(),
        key_points=(),
        open_questions=(),
        actors={},
        timeline=(),
        commitments={},
    )
    order = (whole.as_of.anchor.toordinal(), *whole.as_of.sort_key)
    return Part(file, head, _with_all_named(narrowed, whole), days, order)


def _with_all_named(part: model.Briefing, whole: model.Briefing) -> model.Briefing:
    """Return a part with all who are involved in its commitments, and the groups of its actors."""
    named = {*part.actors}.union(*map(deal_actors, part.commitments.values()))
    named.update(event.by for event in part.timeline if event.by)
    for name in list(named):
        if name in whole.actors:
            named.update(whole.actors[name].member_of)
    actors = {name: entry for name, entry in whole.actors.items() if name in named}
    return msgspec.structs.replace(part, actors=actors)


class Names:
    """Maps the ids of each briefing to those of the dossier."""

    def __init__(self, subject: Subject, parts: list[Part]) -> None:
        self.actors: dict[tuple[str, str], str] = {}
        self.deals: dict[tuple[str, str], str] = {}
        self.sources: dict[tuple[str, str], str] = {}
        self.events: dict[tuple[str, str], str] = {}
        self.articles: set[str] = set()
        """The sources that one of the briefings is about."""
        self.known: dict[str, Subject] = {}
        """Actors and deals by the ids of the dossier."""
        self.records: dict[str, tuple[model.Source, Part]] = {}
        """The sources that are cited, each as one briefing has it."""
        self._pages: dict[tuple[object, ...], str] = {}
        self._citations: dict[str, _Citations] = {}
        """The citations of each briefing, by its own ids."""
        self._taken: set[str] = set()
        self._name_actors_and_deals(subject, parts)

    def _name_actors_and_deals(self, subject: Subject, parts: list[Part]) -> None:
        members = set(subject.members)
        files: dict[Named, dict[str, None]] = {}
        for part in parts:
            for named in entities_of(part.narrowed):
                if named.kind != subject.kind or (part.file, named.id) not in members:
                    files.setdefault(named, {})[part.file] = None
        taken: set[str] = set()
        for entity in (subject, *joined(files)[0]):
            name = free(entity.id, taken)
            self.known[name] = entity
            table = self.actors if entity.kind == "actor" else self.deals
            table.update(dict.fromkeys(entity.members, name))

    def source(self, name: str, part: Part) -> str:
        """Return the id of a source; pages of one address, date and rating are one source."""
        known_id = self.sources.get((part.file, name))
        if known_id is not None:
            return known_id
        source = part.head.sources.get(name)
        if source is None:
            return name
        article = part.head.is_article(name)
        key = (page_of(source), source.published.date, source.reliability, article)
        if key not in self._pages:
            stem = f"{name}@{PurePath(part.file).stem}"
            self._pages[key] = free(stem if name in self._taken else name, self._taken)
            self.records[self._pages[key]] = (source, part)
            if article:
                self.articles.add(self._pages[key])
        self.sources[part.file, name] = self._pages[key]
        return self._pages[key]

    def rewritten(self, entry: E, part: Part) -> E:
        """Return an entry with the dossier's ids and an explicit voice."""
        inside, references = _plan(type(entry))
        changes: dict[str, Any] = {}
        for name in inside:
            value = getattr(entry, name)
            if not value and not isinstance(value, model.Entry):
                continue
            if isinstance(value, tuple):
                changes[name] = tuple([self.rewritten(item, part) for item in value])
            else:
                changes[name] = self.rewritten(value, part)
        for name, tables in references:
            value = getattr(entry, name)
            if not value:
                continue
            if isinstance(value, dict):
                changes[name] = {
                    key: tuple(self._of(item, part.file, tables) for item in items)
                    for key, items in value.items()
                }
            elif isinstance(value, tuple):
                ids = [self._of(item, part.file, tables) for item in value]
                changes[name] = tuple(dict.fromkeys(ids)) if len(ids) > 1 else tuple(ids)
            else:
                changes[name] = self._of(value, part.file, tables)
        cite: tuple[model.Citation, ...] = getattr(entry, "cite", ())
        if cite:
            citations = self._citations.setdefault(part.file, {})
            changes["cite"] = tuple([self._cited(item, part, citations) for item in cite])
            if isinstance(entry, model.Evidenced) and entry.basis is None:
                changes["basis"] = voice(entry, part.head.about)
        return msgspec.structs.replace(entry, **changes) if changes else entry

    def version(self, entry: E, part: Part) -> Version[E]:
        """Return an entry with the dossier's ids, its date of knowledge and its origin."""
        day = 0
        if isinstance(entry, model.Evidenced):
            if entry.known is not None:
                day = known_ordinal(entry.known)
            else:
                for citation in entry.cite:
                    published = part.days.get(citation.source, 0)
                    day = min(day, published) if day and published else day or published
        path = entry.location.path if entry.location else ()
        origin = Origin(part.file, part.head.title, path)
        return Version(self.rewritten(entry, part), (day, *part.order), (origin,))

    def _cited(self, citation: model.Citation, part: Part, citations: _Citations) -> model.Citation:
        # Many entries cite the same: each citation is made once.
        key = citation.source, citation.at, citation.quote
        if key not in citations:
            name = self.source(citation.source, part)
            citations[key] = model.Citation(source=name, at=citation.at, quote=citation.quote)
        return citations[key]

    def _of(self, name: str, file: str, tables: tuple[str, ...]) -> str:
        for table in tables:
            new_id: str | None = getattr(self, table).get((file, name))
            if new_id is not None:
                return new_id
        return name


def page_of(source: model.Source) -> object:
    """Return what identifies the page of a source: its address, or else its title."""
    return source.url or (source.publisher, source.title)


def free(name: str, taken: set[str]) -> str:
    """Return a name that is not taken, and add it to the taken ones."""
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    taken.add(candidate)
    return candidate


@cache
def _plan(kind: type[model.Entry]) -> tuple[tuple[str, ...], tuple[_Reference, ...]]:
    """Return the fields that hold entries, except citations, and those that hold ids."""
    inside = tuple(name for name in nested_fields(kind) if name != "cite")
    return inside, _REFERENCES.get(kind, ())


_REFERENCES: dict[type[model.Entry], tuple[_Reference, ...]] = {
    model.Event: (("actors", ("actors",)), ("by", ("actors",)), ("commitments", ("deals",))),
    model.Point: (("about", ("actors", "deals", "events")),),
    model.Actor: (("member_of", ("actors",)),),
    model.Forecast: (("by", ("actors",)),),
    model.Statement: (("speaker", ("actors",)),),
    model.Commitment: (("parties", ("actors",)),),
    model.Payment: (("by", ("actors",)), ("to", ("actors",))),
    model.Measure: (("by", ("actors",)),),
}
