"""The facts of a briefing: one for each entry, for queries and for the index of a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain

import msgspec

from briefing_tui.briefing.dates import Edtf, is_after
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import (
    Commitment,
    Entry,
    Event,
    Evidenced,
    Milestone,
    Statement,
    wikidata_ids,
)
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.provenance import has_voice, known_ordinal, letters, voice
from briefing_tui.briefing.terminal_text import one_line
from briefing_tui.briefing.traversal import walk_evidenced
from briefing_tui.query.fact import FIRST, LAST, SEPARATOR, Fact, facet
from briefing_tui.query.fields import COUNTS
from briefing_tui.query.matching import predicate
from briefing_tui.query.nodes import Node
from briefing_tui.query.words import join_spellings, searchable_words, spellings
from briefing_tui.views.as_of_filter import known_day
from briefing_tui.views.entry_rows import entry_key
from briefing_tui.views.evidence import statement_of
from briefing_tui.views.links import attribution, commitment_key, involved, points
from briefing_tui.views.mark_overlay import WITHDRAWN_PREFIX, entry_path, tags_in
from briefing_tui.views.milestones import has_chart
from briefing_tui.views.scene import Marks, Scene, pane_of_section, row_key
from briefing_tui.views.source_corrections import citation_states
from briefing_tui.views.support import support_of
from briefing_tui.views.timeline import event_key

EVERY = "every"

_LISTS = {
    "stages": "stage",
    "values": "value",
    "payments": "payment",
    "measures": "sanction",
    "statements": "statement",
}
"""The lists of a commitment, with the kinds of their entries."""


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
    whole = document.briefing
    return Scene(
        document=document,
        known=whole,
        briefing=whole,
        as_of=whole.as_of.upper,
        steps=(),
        problems=(),
        problems_by_path={},
        unreadable_by_section={(): document.broken},
    )


class _FactBuilder:
    def __init__(self, scene: Scene) -> None:
        briefing = scene.briefing
        whole = scene.document.briefing
        self._scene = scene
        dates = ((name, source.published.date) for name, source in whole.sources.items())
        self._published = {name: known_ordinal(date) for name, date in dates}
        self._since = (scene.since or whole.as_of.upper).toordinal()
        self._title = searchable_words(briefing.title)
        tags = (words for tag in briefing.tags for words in _as_facets(tag))
        self._common = (facet(EVERY, ""), *(facet("tag", tag) for tag in tags))
        actors, deals = whole.actors.items(), whole.commitments.items()
        self._names = {
            "actors": {
                id_: searchable_words(id_, actor.name, *actor.aka, *wikidata_ids(actor.same_as))
                for id_, actor in actors
            },
            "deals": {
                id_: searchable_words(id_, deal.name, *wikidata_ids(deal.same_as))
                for id_, deal in deals
            },
        }
        self._joined_names: dict[tuple[str, tuple[str, ...]], str] = {}

    def facts(self) -> Iterator[Fact]:
        briefing = self._scene.briefing
        yield self._fact("title", "title", text=briefing.title)
        for section, point in points(briefing):
            kind = "question" if section == "open_questions" else "point"
            about, tables = point.about, self._names.values()
            actors, deals = ([id_ for id_ in about if id_ in names] for names in tables)
            yield self._fact(entry_key(point), kind, point, actors=actors, deals=deals)
        keys: set[str] = set()
        for event in sorted(briefing.timeline, key=lambda event: event.date.sort_key):
            key, kind = event_key(event, keys), event.type
            yield self._fact(
                key, kind, event, event.id, actors=event.involved, deals=event.commitments
            )
        for name, actor in briefing.actors.items():
            key = row_key("actors", name)
            yield self._fact(key, "actor", actor, name, actors=[name])
            for held in actor.roles:
                yield self._fact(key, "role", held, actors=[name])
        for name, deal in briefing.commitments.items():
            yield from self._deal(name, deal)
        if not self._scene.focus:
            for entry in chain.from_iterable(self._scene.unreadable_by_section.values()):
                key = row_key("broken", *entry.location.path)
                yield self._fact(key, "unreadable", text=entry.label)

    def withdrawn(self) -> Iterator[Fact]:
        if self._scene.focus:
            return
        for entry in self._scene.marks.withdrawn:
            fact = self._fact(f"{WITHDRAWN_PREFIX}{entry.key}", "withdrawn", text=entry.label)
            facets = [name for name in fact.facets if name != facet("is", "read")]
            facets += [facet("is", "unread"), facet("is", "withdrawn")]
            yield msgspec.structs.replace(fact, facets=tuple(facets))

    def _deal(self, name: str, deal: Commitment) -> Iterator[Fact]:
        deals = [name]
        yield self._fact(commitment_key(name, deal), deal.kind_word, deal, name, deals=deals)
        if deal.order:
            yield self._fact(entry_key(deal.order), "order", deal.order, deals=deals)
        for milestone in deal.milestones:
            yield from self._milestone(milestone, deals)
        for section, kind in _LISTS.items():
            for entry in getattr(deal, section):
                actors = [entry.speaker] if isinstance(entry, Statement) else involved(entry)
                yield self._fact(entry_key(entry), kind, entry, actors=actors, deals=deals)

    def _milestone(self, milestone: Milestone, deals: list[str]) -> Iterator[Fact]:
        key, label = entry_key(milestone), milestone.label
        yield self._fact(key, "milestone", milestone, milestone.id, deals=deals)
        in_chart = has_chart(milestone)
        for forecast in milestone.forecasts:
            text = f"{label}: {statement_of(self._scene, forecast)}"
            point_key = entry_key(forecast) if in_chart else key
            actors = [forecast.by] if forecast.by else []
            yield self._fact(point_key, "forecast", forecast, "", text, actors=actors, deals=deals)
        for count in milestone.progress:
            text = f"{label}: {count.number:,} counted"
            yield self._fact(key, "progress", count, "", text, deals=deals)
        for kind, outcome in milestone.outcomes.items():
            text = f"{label}: {kind}" + (f". {outcome.text}" if outcome.text else "")
            yield self._fact(key, kind, outcome, "", text, deals=deals)

    def _fact(
        self,
        key: str,
        kind: str,
        entry: Entry | None = None,
        entry_id: str = "",
        text: str = "",
        *,
        actors: Iterable[str] = (),
        deals: Iterable[str] = (),
    ) -> Fact:
        """Build a fact; its text is the statement of the entry unless another one is passed."""
        place = key.removeprefix("broken/").removeprefix(WITHDRAWN_PREFIX)
        pane = pane_of_section(place.partition("/")[0])
        texts: list[str | None] = [text or statement_of(self._scene, entry)]
        if isinstance(entry, Evidenced):
            stated = None if kind == "value" else getattr(entry, "stated", None)
            texts += [stated, getattr(entry, "quote", None), entry.hedge, entry.note]
            if isinstance(entry, Event):
                texts += [entry.place, attribution(self._scene, entry)]
            for rival in entry.disputes:
                texts.append(f"{rival.field}: {rival.value} {rival.note or ''}")
        text = one_line(" · ".join(filter(None, texts)))
        known = self._known(entry) if entry else 0
        marks, path = self._scene.marks, entry_path(entry)
        notes = marks.notes.get(path, ()) if path is not None else ()
        facets = [*self._common, *_place_facets(kind, pane), *self._facets(entry)]
        facets += [facet("id", words) for words in _as_facets(entry_id)]
        if known > self._since:
            facets.append(facet("is", "new"))
        if marks.is_open:
            facets += _mark_facets(marks, path, notes)
        date = getattr(entry, "date", None) or getattr(entry, "due", None)
        lower, upper = _bounds(date)
        return Fact(
            key=key,
            pane=pane,
            kind=kind,
            text=text,
            words=searchable_words(text),
            date=date.text if date else "",
            lower=lower,
            upper=upper,
            known=known,
            actor_words=self._join("actors", actors),
            deal_words=self._join("deals", deals),
            facets=tuple(facets),
            title_words=self._title,
            note_words=searchable_words(*notes),
        )

    def _facets(self, entry: Entry | None) -> Iterator[str]:
        """Return the facets of an entry: its sources, voice, reliability and status."""
        scene = self._scene
        if entry is not None:
            yield facet(
                "sources", COUNTS[min(support_of(scene, entry).independent, len(COUNTS) - 1)]
            )
        if not isinstance(entry, Evidenced):
            return
        if has_voice(entry):
            yield facet("basis", voice(entry, scene.briefing.about))
        yield from (facet("reliability", letter) for letter in letters(entry, scene.briefing))
        statuses = ["disputed"] if entry.disputes else []
        if isinstance(entry, Event):
            # On the day of the scene, or when it became known if that is later.
            day = known_day(entry, scene.document.briefing) or scene.as_of
            ahead = is_after(entry.date, max(day, scene.as_of))
            is_planned = ahead and entry.status == "occurred"
            statuses.insert(0, "planned" if is_planned else entry.status)
        statuses += citation_states(scene, entry)
        yield from (facet("is", status) for status in dict.fromkeys(statuses))

    def _known(self, entry: Entry) -> int:
        """Return `known_day` as an ordinal, from a table of sources: all entries need it."""
        if not isinstance(entry, Evidenced) or (isinstance(entry, Commitment) and not entry.cite):
            # Known with its first part.
            days = [self._known(part) for part in walk_evidenced(entry) if part is not entry]
        elif entry.known is not None:
            days = [known_ordinal(entry.known)]
        else:
            sources = {citation.source for citation in entry.cite} & self._published.keys()
            days = [self._published[source] for source in sources]
        return min(days, default=0)

    def _join(self, section: str, ids: Iterable[str]) -> str:
        key = section, tuple(dict.fromkeys(ids))
        joined = self._joined_names.get(key)
        if joined is None:
            names = self._names[section]
            joined = join_spellings(names.get(id_) or searchable_words(id_) for id_ in key[1])
            self._joined_names[key] = joined
        return joined


@cache
def _place_facets(kind: str, pane: str) -> tuple[str, str]:
    return facet("type", kind), facet("pane", pane)


def _mark_facets(marks: Marks, path: EntryPath | None, notes: tuple[str, ...]) -> Iterator[str]:
    yield facet("is", "unread" if path in marks.news else "read")
    if path in marks.stars:
        yield facet("is", "starred")
    if notes:
        yield facet("is", "noted")
    for note in notes:
        yield from (facet("mark", words) for tag in tags_in(note) for words in _as_facets(tag))


@lru_cache(maxsize=8192)
def _bounds(date: Edtf | None) -> tuple[int, int]:
    """Return the first and last second; without a known date, some that no query can match."""
    return date.seconds if date and date.is_known else (LAST + 1, FIRST - 1)


@lru_cache(maxsize=8192)
def _as_facets(name: str) -> list[str]:
    return [words.replace(" ", SEPARATOR) for words in spellings(name) if words]
