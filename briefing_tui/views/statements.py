"""The facts of a briefing: one for each entry, for queries and for the index of a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

import msgspec

from briefing_tui.briefing.dates import Edtf, is_after
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import (
    Deal,
    Entry,
    Event,
    Evidenced,
    Milestone,
    Statement,
)
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.provenance import grade, has_voice, voice, walk_evidenced
from briefing_tui.briefing.text import one_line
from briefing_tui.query.fact import BETWEEN, FIRST, LAST, SEPARATOR, Fact, facet
from briefing_tui.query.matching import predicate
from briefing_tui.query.nodes import Node
from briefing_tui.query.words import fold_words, tokens
from briefing_tui.views.annotations import WITHDRAWN_PREFIX, entry_path, tags_in
from briefing_tui.views.as_of import known_day
from briefing_tui.views.entry_rows import entry_key
from briefing_tui.views.evidence import statement_of
from briefing_tui.views.links import points
from briefing_tui.views.marks import Marks
from briefing_tui.views.milestones import has_chart
from briefing_tui.views.scene import Scene, row_key
from briefing_tui.views.timeline import event_key

EVERY = "every"
"""A facet that every fact has."""

_PANES = ("timeline", "actors", "deals")
"""The panes that show the section of their name; the summary shows the others."""
_LISTS = ("stages", "values", "payments", "sanctions", "statements")


def facts(scene: Scene) -> list[Fact]:
    """Return a fact for each entry of a scene, in the order of the panes."""
    return list(_FactBuilder(scene).facts())


def matching_facts(scene: Scene, query: Node) -> list[Fact]:
    """Return the facts that match a query, in the order of the panes; withdrawn entries last.

    Their keys are those of rows; for a fact without a row, try its `parents`.
    """
    matches = predicate(query)
    builder = _FactBuilder(scene)
    return [fact for fact in chain(builder.facts(), builder.withdrawn()) if matches(fact)]


def key_ancestors(key: str) -> Iterator[str]:
    """Return a key, then the keys of what contains it, innermost first."""
    while key:
        yield key
        key = key.rpartition("/")[0]


def unfiltered_scene(document: Document) -> Scene:
    """Return a scene at a document's own day that contains also what became known later."""
    return Scene(
        document=document,
        known=document.briefing,
        briefing=document.briefing,
        as_of=document.briefing.as_of.upper,
        steps=(),
        problems=(),
        problems_by_path={},
        unreadable_by_section={(): document.broken},
    )


class _FactBuilder:
    """Builds the facts of one scene from what they have in common."""

    def __init__(self, scene: Scene) -> None:
        briefing = scene.briefing
        whole = scene.document.briefing
        self._scene = scene
        self._published = {
            name: source.published.date.anchor.toordinal() for name, source in whole.sources.items()
        }
        self._since = (scene.since or whole.as_of.upper).toordinal()
        self._title = fold_words(briefing.title)
        tags = (SEPARATOR.join(tokens(tag)) for tag in briefing.tags)
        self._common = (facet(EVERY, ""), *(facet("tag", tag) for tag in tags if tag))
        self._names = {
            "actors": {
                name: fold_names(name, actor.name, *actor.aka)
                for name, actor in whole.actors.items()
            },
            "deals": {
                name: fold_names(name, deal.designation) for name, deal in whole.deals.items()
            },
        }
        self._joined_names: dict[tuple[str, tuple[str, ...]], str] = {}
        self._shared_facets: dict[tuple[str, str], tuple[str, ...]] = {}
        """The facets that all facts of a kind and a pane share."""

    def facts(self) -> Iterator[Fact]:
        briefing = self._scene.briefing
        yield self._fact("title", "summary", "title", briefing.title)
        for section, _, point in points(briefing):
            kind = "question" if section == "open_questions" else "point"
            actors, deals = (
                [id_ for id_ in point.about if id_ in names] for names in self._names.values()
            )
            key = entry_key(point)
            yield self._entry(key, "summary", kind, point, actors=actors, deals=deals)
        taken: set[str] = set()
        for event in sorted(briefing.timeline, key=lambda event: event.date.sort_key):
            yield self._entry(
                event_key(event, taken),
                "timeline",
                event.type,
                event,
                entry_id=event.id,
                actors=event.actors,
                deals=event.deals,
            )
        for name, actor in briefing.actors.items():
            key = row_key("actors", name)
            yield self._entry(key, "actors", "actor", actor, entry_id=name, actors=[name])
            for held in actor.roles:
                yield self._entry(key, "actors", "role", held, actors=[name])
        for name, deal in briefing.deals.items():
            yield from self._deal(name, deal)
        if not self._scene.focus:
            for entry in chain.from_iterable(self._scene.unreadable_by_section.values()):
                path = entry.place.path
                pane = path[0] if path and path[0] in _PANES else "summary"
                yield self._fact(row_key("broken", *path), str(pane), "unreadable", entry.label)

    def withdrawn(self) -> Iterator[Fact]:
        """Build the facts of withdrawn entries, which are in the panes but not in the file."""
        marks = self._scene.marks
        if marks is None or self._scene.focus:
            return
        for entry in marks.withdrawn:
            section = entry.key.partition("/")[0]
            pane = section if section in _PANES else "summary"
            fact = self._fact(f"{WITHDRAWN_PREFIX}{entry.key}", pane, "withdrawn", entry.label)
            facets = [name for name in fact.facets if name != facet("is", "read")]
            facets += [facet("is", "unread"), facet("is", "withdrawn")]
            yield msgspec.structs.replace(fact, facets=tuple(facets))

    def _status(self, event: Event) -> str:
        """Return its status on the day of the scene, or when it became known if that is later."""
        day = known_day(event, self._scene.document.briefing) or self._scene.as_of
        ahead = is_after(event.date, max(day, self._scene.as_of))
        return "planned" if ahead and event.status == "occurred" else event.status

    def _deal(self, name: str, deal: Deal) -> Iterator[Fact]:
        deals = [name]
        key = row_key("deals", name)
        yield self._entry(key, "deals", "deal", deal, entry_id=name, deals=deals)
        if deal.order:
            yield self._entry(entry_key(deal.order), "deals", "order", deal.order, deals=deals)
        for milestone in deal.milestones:
            yield from self._milestone(milestone, deals)
        for section in _LISTS:
            for entry in getattr(deal, section):
                key, kind = entry_key(entry), section.removesuffix("s")
                actors = [entry.speaker] if isinstance(entry, Statement) else []
                yield self._entry(key, "deals", kind, entry, actors=actors, deals=deals)

    def _milestone(self, milestone: Milestone, deals: list[str]) -> Iterator[Fact]:
        key = entry_key(milestone)
        yield self._entry(key, "deals", "milestone", milestone, entry_id=milestone.id, deals=deals)
        parts: list[tuple[str, Evidenced, str]] = [
            ("forecast", forecast, statement_of(self._scene, forecast))
            for forecast in milestone.forecasts
        ]
        parts += [("progress", count, f"{count.number:,} counted") for count in milestone.progress]
        if milestone.met:
            parts.append(("met", milestone.met, "met"))
        in_chart = has_chart(milestone)
        for kind, part, statement in parts:
            part_key = entry_key(part) if in_chart and kind == "forecast" else key
            speaker = getattr(part, "by", None)
            text = f"{milestone.label}: {statement}"
            actors = [speaker] if speaker else []
            yield self._entry(part_key, "deals", kind, part, text, actors=actors, deals=deals)

    def _entry(
        self, key: str, pane: str, kind: str, entry: Entry, text: str = "", **related: Any
    ) -> Fact:
        """Build the fact of an entry; its text is its statement unless another one is passed."""
        texts = [text or statement_of(self._scene, entry)]
        if isinstance(entry, Evidenced):
            stated = None if kind == "value" else getattr(entry, "stated", None)
            texts += filter(None, [stated, getattr(entry, "quote", None), entry.hedge, entry.note])
            for rival in entry.disputes:
                texts.append(f"{rival.field}: {rival.value} {rival.note or ''}")
        return self._fact(key, pane, kind, " · ".join(filter(None, texts)), entry, **related)

    def _known(self, entry: Entry) -> int:
        """Return `known_day` as an ordinal, from a table of sources: all entries need it."""
        if not isinstance(entry, Evidenced) or (isinstance(entry, Deal) and not entry.cite):
            # Known with its first part.
            days = [self._known(part) for part in walk_evidenced(entry) if part is not entry]
        elif entry.known is not None:
            days = [entry.known.anchor.toordinal()]
        else:
            sources = {citation.source for citation in entry.cite} & self._published.keys()
            days = [self._published[source] for source in sources]
        return min(days, default=0)

    def _fact(
        self,
        key: str,
        pane: str,
        kind: str,
        text: str,
        entry: Entry | None = None,
        *,
        entry_id: str = "",
        actors: Iterable[str] = (),
        deals: Iterable[str] = (),
    ) -> Fact:
        text = one_line(text)
        known = self._known(entry) if entry else 0
        shared = self._shared_facets.get((kind, pane))
        if shared is None:
            shared = (*self._common, facet("type", kind), facet("pane", pane))
            self._shared_facets[kind, pane] = shared
        facets = [*shared]
        if isinstance(entry, Evidenced):
            facets += self._evidence_facets(entry)
        if entry_id and (name := _folded_id(entry_id)):
            facets.append(facet("id", name))
        if isinstance(entry, Event):
            facets.append(facet("is", self._status(entry)))
        if isinstance(entry, Evidenced) and entry.disputes:
            facets.append(facet("is", "disputed"))
        if known > self._since:
            facets.append(facet("is", "new"))
        marks, path = self._scene.marks, entry_path(entry)
        notes: tuple[str, ...] = ()
        if marks is not None:
            notes = marks.notes.get(path, ()) if path is not None else ()
            facets += _mark_facets(marks, path, notes)
        date = getattr(entry, "date", None) or getattr(entry, "due", None)
        lower, upper = _bounds(date)
        return Fact(
            key=key,
            pane=pane,
            kind=kind,
            text=text,
            words=fold_words(text),
            date=date.text if date else "",
            lower=lower,
            upper=upper,
            known=known,
            actor_words=self._join("actors", actors),
            deal_words=self._join("deals", deals),
            facets=tuple(dict.fromkeys(facets)),
            title_words=self._title,
            note_words=fold_names(*notes),
        )

    def _evidence_facets(self, entry: Evidenced) -> Iterator[str]:
        briefing = self._scene.briefing
        if has_voice(entry):
            yield facet("basis", voice(entry, briefing.about))
        letter = grade(entry, briefing)[:1] if entry.cite else ""
        if letter and letter in "ABCDEF":
            yield facet("reliability", letter)

    def _join(self, section: str, ids: Iterable[str]) -> str:
        """Join the names of actors or deals."""
        key = section, tuple(dict.fromkeys(ids))
        joined = self._joined_names.get(key)
        if joined is None:
            names = self._names[section]
            joined = _join_names(names.get(id_) or fold_words(id_) for id_ in key[1])
            self._joined_names[key] = joined
        return joined


def _mark_facets(marks: Marks, path: EntryPath | None, notes: tuple[str, ...]) -> Iterator[str]:
    """Return a reader's annotations and read state of an entry as facets."""
    yield facet("is", "unread" if path in marks.news else "read")
    if path in marks.stars:
        yield facet("is", "starred")
    if notes:
        yield facet("is", "noted")
    for note in notes:
        yield from (facet("mark", SEPARATOR.join(tokens(tag))) for tag in tags_in(note))


@lru_cache(maxsize=8192)
def _bounds(date: Edtf | None) -> tuple[int, int]:
    """Return the first and last day; without a date, days that no query can match."""
    return (date.lower.toordinal(), date.upper.toordinal()) if date else (LAST + 1, FIRST - 1)


@lru_cache(maxsize=8192)
def _folded_id(name: str) -> str:
    return SEPARATOR.join(tokens(name))


def fold_names(*names: str) -> str:
    """Fold names for queries and separate them, so that no phrase matches across two names."""
    return _join_names(dict.fromkeys(fold_words(name) for name in names))


def _join_names(names: Iterable[str]) -> str:
    return f" {BETWEEN} ".join(name for name in names if name)
