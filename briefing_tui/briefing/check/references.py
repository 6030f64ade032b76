"""Rules for ids and references between entries (E102, E103, E104)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefing_tui.briefing import tree
from briefing_tui.briefing.countries import country_codes
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import (
    Actor,
    Briefing,
    Citation,
    Deal,
    Event,
    Forecast,
    Point,
    Sanction,
    Source,
    Statement,
)
from briefing_tui.briefing.problems import EntryPath, FileLocation, Guesses, Problem

_KINDS = {"sources": "source", "actors": "actor", "deals": "deal", "timeline": "event"}
"""Kinds of entries by the table or list that contains them."""


class Targets(NamedTuple):
    """Possible targets of references, including unreadable entries."""

    kinds: dict[str, list[str]]
    """Kinds of each id: one, unless the id is duplicated."""
    unreadable_kinds: set[str]
    """Kinds whose table could not be read."""
    broken: set[EntryPath]
    """Paths of the unreadable entries."""
    guess: Guesses


def targets_in(document: Document) -> Targets:
    """Collect the possible targets of references."""
    briefing, root = document.briefing, document.root
    ids = [(name, kind) for table, kind in _KINDS.items() for name in _ids(briefing, table)]
    broken = [entry.place.path for entry in document.broken]
    for path in broken:
        if len(path) == 2 and path[0] == "timeline":
            node = tree.find(root, (*path, "id"))
            ids.append((node.value if isinstance(node, tree.Scalar) else "", "event"))
        elif len(path) == 2 and path[0] in _KINDS:
            ids.append((str(path[1]), _KINDS[str(path[0])]))
    kinds: dict[str, list[str]] = {}
    for name, kind in ids:
        kinds.setdefault(name, []).append(kind)
    unreadable_kinds = {
        kind
        for table, kind in _KINDS.items()
        if (node := root.values.get(table)) is not None
        and not isinstance(node, tree.Sequence if table == "timeline" else tree.Mapping)
        and not (isinstance(node, tree.Scalar) and node.is_null)
    }
    return Targets(kinds, unreadable_kinds, set(broken), Guesses())


def _ids(briefing: Briefing, table: str) -> Iterator[str]:
    if table == "timeline":
        return (event.id for event in briefing.timeline)
    return iter(getattr(briefing, table))


def check_unique_ids(document: Document) -> Iterator[Problem]:
    """E103: ids are unique across sources, actors, deals and events; milestones within a deal."""
    briefing = document.briefing
    tables = ("sources", "actors", "deals")
    places = [
        (document.at_key((table, name)), name) for table in tables for name in _ids(briefing, table)
    ]
    places += [
        (document.at((*event.place.path, "id")), event.id)
        for event in briefing.timeline
        if event.place
    ]
    yield from _repeated(places, "id")
    for deal in briefing.deals.values():
        milestones = [
            (document.at((*milestone.place.path, "id")), milestone.id)
            for milestone in deal.milestones
            if milestone.place
        ]
        yield from _repeated(milestones, "milestone")


def _repeated(places: list[tuple[FileLocation, str]], noun: str) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for place, name in sorted(places, key=lambda item: (item[0].line, item[0].column)):
        if name in lines:
            message = f"{noun} '{name}' was already given on line {lines[name]}"
            yield Problem("E103", message, place)
        lines.setdefault(name, place.line)


def check_references(document: Document) -> Iterator[Problem]:
    """E104: every reference resolves to an entry of the right kind."""
    targets = targets_in(document)
    about = [document.briefing.about]
    yield from _resolve(document, targets, ("about",), about, ("source",), single=True)
    for entry in document.entries:
        place = getattr(entry, "place", None)
        if place is None:
            continue
        for key, ids, kinds, single in _references_of(entry):
            yield from _resolve(document, targets, (*place.path, key), ids, kinds, single=single)
        if isinstance(entry, Citation):
            yield from _resolve_passage(document, targets, entry)


def check_countries(document: Document) -> Iterator[Problem]:
    """E102: every country code is assigned."""
    codes, guess = country_codes(), Guesses()
    for entry in document.entries:
        for key in _COUNTRY_KEYS.get(type(entry), ()):
            code = getattr(entry, key)
            if code is None or code in codes or code == "unknown":
                continue
            message = f"unknown country '{code}'{guess(code, codes)}"
            yield Problem("E102", message, document.at((*entry.place.path, key)))  # type: ignore[attr-defined]


_COUNTRY_KEYS: dict[type, tuple[str, ...]] = {
    Actor: ("country",),
    Deal: ("supplier", "recipient"),
    Sanction: ("authority",),
}

Reference = tuple[str, Iterable[str], tuple[str, ...], bool]
"""Key, ids, the kinds of target allowed, and whether the key has a single id, not a list."""


def _references_of(entry: object) -> Iterator[Reference]:
    if isinstance(entry, Citation):
        yield "source", [entry.source], ("source",), True
    elif isinstance(entry, Point):
        yield "about", entry.about, ("event", "actor", "deal"), False
    elif isinstance(entry, Event):
        yield "actors", entry.actors, ("actor",), False
        yield "deals", entry.deals, ("deal",), False
        yield "resolves", entry.resolves, ("event",), False
    elif isinstance(entry, Actor):
        yield "member_of", entry.member_of, ("actor",), False
    elif isinstance(entry, Source):
        yield "derives_from", entry.derives_from, ("source",), False
    elif isinstance(entry, Forecast) and entry.by is not None:
        yield "by", [entry.by], ("actor",), True
    elif isinstance(entry, Statement):
        yield "speaker", [entry.speaker], ("actor",), True


def _resolve(
    document: Document,
    targets: Targets,
    path: EntryPath,
    ids: Iterable[str],
    kinds: tuple[str, ...],
    *,
    single: bool,
) -> Iterator[Problem]:
    for index, name in enumerate(ids):
        target_kinds = targets.kinds.get(name, ())
        if any(kind in kinds for kind in target_kinds) or (name == "-" and path == ("about",)):
            continue
        noun = " or ".join(kinds)
        if target_kinds:
            message = f"'{name}' is {_a(target_kinds[0])}; this takes the id of {_a(noun)}"
        elif targets.unreadable_kinds.intersection(kinds):
            continue
        else:
            candidates = (
                target
                for target, own_kinds in targets.kinds.items()
                if set(own_kinds).intersection(kinds)
            )
            message = f"unknown {noun} '{name}'{targets.guess(name, candidates)}"
        yield Problem("E104", message, document.at(path if single else (*path, index)))


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _resolve_passage(document: Document, targets: Targets, citation: Citation) -> Iterator[Problem]:
    source = document.briefing.sources.get(citation.source)
    if source is None or citation.at is None or citation.place is None:
        return
    passages = source.text.passages if source.text else {}
    path = ("sources", citation.source, "text")
    is_unreadable = bool({path, (*path, "passages", citation.at)} & targets.broken)
    if citation.at in passages or is_unreadable:
        return
    if passages:
        hint = targets.guess(citation.at, passages)
        message = f"source '{citation.source}' has no passage '{citation.at}'{hint}"
    else:
        message = f"source '{citation.source}' lists no passages; cite it without '{citation.at}'"
    yield Problem("E104", message, document.at(citation.place.path))
