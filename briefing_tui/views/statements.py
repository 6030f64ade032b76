"""A briefing laid flat: one fact for each entry, for queries and for the index of a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

import msgspec

from briefing_tui.briefing.dates import Edtf, is_after
from briefing_tui.briefing.document import Broken, Document
from briefing_tui.briefing.model import (
    Briefing,
    Deal,
    Entry,
    Event,
    Evidenced,
    Milestone,
    Statement,
)
from briefing_tui.briefing.problems import Path
from briefing_tui.briefing.provenance import entries, grade, has_voice, voice
from briefing_tui.briefing.text import one_line
from briefing_tui.query.fact import BETWEEN, FIRST, LAST, SEPARATOR, Fact, facet
from briefing_tui.query.matching import predicate
from briefing_tui.query.nodes import Node
from briefing_tui.query.words import folded, tokens
from briefing_tui.views.annotations import GONE, Marks, path_of, tags_in
from briefing_tui.views.as_of import known_day
from briefing_tui.views.evidence import statement_of
from briefing_tui.views.links import points
from briefing_tui.views.milestones import charted
from briefing_tui.views.scene import Scene, key_of

EVERY = "every"
"""The facet of every fact."""

_PANES = {"timeline": "timeline", "actors": "actors", "deals": "deals"}
_LISTS = ("stages", "values", "payments", "sanctions", "statements")


def facts(scene: Scene) -> list[Fact]:
    """Every entry of what a scene shows, in the order of the panes."""
    return list(_Flattening(scene).facts())


def matching(scene: Scene, query: Node) -> list[Fact]:
    """The facts of a scene that answer a query, in the order of the panes, then what is withdrawn.

    The key of each is that of its row; where no row has it, `parents` gives the next best.
    """
    answers = predicate(query)
    found = _Flattening(scene)
    return [fact for fact in chain(found.facts(), found.withdrawn()) if answers(fact)]


def parents(key: str) -> Iterator[str]:
    """A key, then those of what holds it, innermost first."""
    while key:
        yield key
        key = key.rpartition("/")[0]


def unfiltered(document: Document) -> Scene:
    """All of a document whenever it could be known, as a scene at its own day."""
    return Scene(
        document=document,
        known=document.briefing,
        briefing=document.briefing,
        as_of=document.briefing.as_of.upper,
        steps=(),
        problems=(),
        problems_by_path={},
        broken_by_section={(): document.broken},
    )


class _Flattening:
    """What the facts of one scene have in common."""

    def __init__(self, scene: Scene) -> None:
        briefing = scene.briefing
        whole = scene.document.briefing
        self._scene = scene
        self._published = {
            name: source.published.date.anchor.toordinal() for name, source in whole.sources.items()
        }
        self._since = (scene.since or whole.as_of.upper).toordinal()
        self._title = folded(briefing.title)
        tags = (SEPARATOR.join(tokens(tag)) for tag in briefing.tags)
        self._common = (facet(EVERY, ""), *(facet("tag", tag) for tag in tags if tag))
        self._actors = {
            name: folded_names(name, actor.name, *actor.aka) for name, actor in whole.actors.items()
        }
        self._deals = {
            name: folded_names(name, deal.designation) for name, deal in whole.deals.items()
        }

        self._together: dict[tuple[bool, tuple[str, ...]], str] = {}
        """The names of those who stand together, of deals or not: entries repeat them."""
        self._shared: dict[tuple[str, str], tuple[str, ...]] = {}
        """The facets of every fact of a kind and a pane."""

    def facts(self) -> Iterator[Fact]:
        briefing = self._scene.briefing
        yield self._fact("title", "summary", "title", briefing.title)
        for section, _, point in points(briefing):
            kind = "question" if section == "open_questions" else "point"
            yield self._entry(
                _key(point), "summary", kind, point,
                actors=(one for one in point.about if one in self._actors),
                deals=(one for one in point.about if one in self._deals),
            )  # fmt: skip
        yield from self._events(briefing)
        for name, actor in briefing.actors.items():
            key = key_of("actors", name)
            yield self._entry(key, "actors", "actor", actor, own=name, actors=(name,))
            for held in actor.roles:
                yield self._entry(key, "actors", "role", held, date=held.date, actors=(name,))
        for name, deal in briefing.deals.items():
            yield from self._deal(name, deal)
        if not self._scene.focus:
            for broken in chain.from_iterable(self._scene.broken_by_section.values()):
                yield self._broken(broken)

    def withdrawn(self) -> Iterator[Fact]:
        """What the reader read and is gone; it is in no file, but in the panes until it is seen."""
        marks = self._scene.marks
        if marks is None or self._scene.focus:
            return
        own = (facet("is", "unread"), facet("is", "withdrawn"))
        for one in marks.withdrawn:
            pane = _PANES.get(one.key.partition("/")[0], "summary")
            fact = self._fact(f"{GONE}{one.key}", pane, "withdrawn", one.label)
            facets = (name for name in fact.facets if name != facet("is", "read"))
            yield msgspec.structs.replace(fact, facets=(*facets, *own))

    def _events(self, briefing: Briefing) -> Iterator[Fact]:
        taken: set[str] = set()
        ordered = sorted(briefing.timeline, key=lambda event: event.date.sort_key)
        for event in ordered:
            key = key_of("timeline", event.id)
            if key in taken:  # as in the timeline, whose rows these keys name
                key = key_of("timeline", event.id, event.place.path[-1] if event.place else 0)
            taken.add(key)
            yield self._entry(
                key, "timeline", event.type, event,
                own=event.id, date=event.date, actors=event.actors, deals=event.deals,
                status=self._status(event),
            )  # fmt: skip

    def _status(self, event: Event) -> str:
        """Its status on the day of the scene, or on the later day that it became known."""
        known = known_day(event, self._scene.document.briefing) or self._scene.as_of
        ahead = is_after(event.date, max(known, self._scene.as_of))
        return "planned" if ahead and event.status == "occurred" else event.status

    def _deal(self, name: str, deal: Deal) -> Iterator[Fact]:
        here: dict[str, Any] = {"deals": (name,)}
        yield self._entry(key_of("deals", name), "deals", "deal", deal, own=name, **here)
        if deal.order:
            yield self._entry(
                _key(deal.order), "deals", "order", deal.order, date=deal.order.date, **here
            )
        for milestone in deal.milestones:
            yield from self._milestone(name, milestone)
        for section in _LISTS:
            for entry in getattr(deal, section):
                date = getattr(entry, "date", None)
                who = (entry.speaker,) if isinstance(entry, Statement) else ()
                kind = section.removesuffix("s")
                yield self._entry(_key(entry), "deals", kind, entry, date=date, actors=who, **here)

    def _milestone(self, deal: str, milestone: Milestone) -> Iterator[Fact]:
        key = _key(milestone)
        here: dict[str, Any] = {"deals": (deal,)}
        yield self._entry(key, "deals", "milestone", milestone, own=milestone.id, **here)
        in_chart = charted(milestone)
        for forecast in milestone.forecasts:
            text = f"{milestone.label}: {statement_of(self._scene, forecast)}"
            yield self._entry(
                _key(forecast) if in_chart else key, "deals", "forecast", forecast, text=text,
                date=forecast.due, actors=(forecast.by,) if forecast.by else (), **here,
            )  # fmt: skip
        for count in milestone.progress:
            text = f"{milestone.label}: {count.number:,} counted"
            yield self._entry(key, "deals", "progress", count, text=text, date=count.date, **here)
        if milestone.met:
            text = f"{milestone.label}: met"
            met = milestone.met
            yield self._entry(key, "deals", "met", met, text=text, date=met.date, **here)

    def _broken(self, broken: Broken) -> Fact:
        path = broken.place.path
        pane = _PANES.get(str(path[0]), "summary") if path else "summary"
        return self._fact(key_of("broken", *path), pane, "unreadable", broken.label)

    def _entry(
        self, key: str, pane: str, kind: str, entry: Entry, *, text: str = "", **more: Any
    ) -> Fact:
        said = text or statement_of(self._scene, entry)
        if not isinstance(entry, Evidenced):
            days = [self._known(one) for one in entries(entry)]
            return self._fact(
                key, pane, kind, said, known=min(days, default=0), path=path_of(entry), **more
            )
        stated, quote = getattr(entry, "stated", None), getattr(entry, "quote", None)
        beside = (stated if kind != "value" else None, quote, entry.hedge, entry.note)
        rivals = [f"{one.field}: {one.value} {one.note or ''}" for one in entry.disputes]
        return self._fact(
            key, pane, kind,
            " · ".join([part for part in (said, *beside, *rivals) if part]),
            known=self._known(entry),
            basis=voice(entry, self._scene.briefing.about) if has_voice(entry) else "",
            letter=grade(entry, self._scene.briefing)[:1] if entry.cite else "",
            disputed=bool(entry.disputes),
            path=path_of(entry),
            **more,
        )  # fmt: skip

    def _known(self, entry: Evidenced) -> int:
        """As `known_day`; every entry asks, so that the days of the sources are kept."""
        if isinstance(entry, Deal) and not entry.cite:  # known with the first thing in it
            inside = (self._known(one) for one in entries(entry) if one is not entry)
            return min(inside, default=0)
        if entry.known is not None:
            return entry.known.anchor.toordinal()
        days = [self._published[one.source] for one in entry.cite if one.source in self._published]
        return min(days, default=0)

    def _fact(
        self, key: str, pane: str, kind: str, text: str, *,
        own: str = "", date: Edtf | None = None, actors: Iterable[str] = (),
        deals: Iterable[str] = (), known: int = 0, basis: str = "", letter: str = "",
        status: str = "", disputed: bool = False, path: Path | None = None,
    ) -> Fact:  # fmt: skip
        text = one_line(text)
        shared = self._shared.get((kind, pane))
        if shared is None:
            shared = (*self._common, facet("type", kind), facet("pane", pane))
            self._shared[kind, pane] = shared
        facets = [*shared]
        if basis:
            facets.append(facet("basis", basis))
        if letter and letter in "ABCDEF":
            facets.append(facet("reliability", letter))
        if own and (name := _folded_id(own)):
            facets.append(facet("id", name))
        if status:
            facets.append(facet("is", status))
        if disputed and status != "disputed":
            facets.append(facet("is", "disputed"))
        if known > self._since:
            facets.append(facet("is", "new"))
        marks = self._scene.marks
        notes = marks.notes.get(path, ()) if marks is not None and path is not None else ()
        if marks is not None:
            facets += _own(marks, path)
        lower, upper = _bounds(date)
        return Fact(
            key=key, pane=pane, kind=kind, text=text, words=folded(text),
            date=date.text if date else "", lower=lower, upper=upper, known=known,
            actor_words=self._names(self._actors, actors),
            deal_words=self._names(self._deals, deals),
            facets=tuple(facets), title_words=self._title, note_words=folded_names(*notes),
        )  # fmt: skip

    def _names(self, known: dict[str, str], ids: Iterable[str]) -> str:
        unique = tuple(dict.fromkeys(ids))
        if not unique:
            return ""
        key = (known is self._deals, unique)
        found = self._together.get(key)
        if found is None:
            found = _joined(known.get(one) or folded(one) for one in unique)
            self._together[key] = found
        return found


def _own(marks: Marks, path: Path | None) -> Iterator[str]:
    """What the reader did with an entry, as facets."""
    yield facet("is", "unread" if path in marks.news else "read")
    if path in marks.stars:
        yield facet("is", "starred")
    notes = marks.notes.get(path, ()) if path is not None else ()
    if notes:
        yield facet("is", "noted")
    for note in notes:
        yield from (facet("mark", SEPARATOR.join(tokens(tag))) for tag in tags_in(note))


@lru_cache(maxsize=8192)
def _bounds(date: Edtf | None) -> tuple[int, int]:
    """First and last day; of no date, days that no query asks for."""
    return (date.lower.toordinal(), date.upper.toordinal()) if date else (LAST + 1, FIRST - 1)


@lru_cache(maxsize=8192)
def _folded_id(name: str) -> str:
    return SEPARATOR.join(tokens(name))


def folded_names(*names: str) -> str:
    """Names as queries compare them, set apart so that no phrase reaches across."""
    return _joined(dict.fromkeys(folded(name) for name in names))


def _joined(names: Iterable[str]) -> str:
    return f" {BETWEEN} ".join(name for name in names if name)


def _key(entry: Entry) -> str:
    return key_of(*entry.place.path) if entry.place else ""
