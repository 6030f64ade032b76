"""Ids and the references between them."""

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
from briefing_tui.briefing.problems import Guesses, Path, Place, Problem

_KINDS = {"sources": "source", "actors": "actor", "deals": "deal", "timeline": "event"}
"""What the tables and lists of a file hold."""


class Names(NamedTuple):
    """What a reference can lead to; entries that could not be read count too."""

    kinds: dict[str, list[str]]
    """Every id of a file with its kinds: one, unless it was given twice."""
    unknown: set[str]
    """Kinds of which nothing is known, since their table could not be read."""
    broken: set[Path]
    """Paths of the entries that could not be read."""
    guess: Guesses


def known_names(document: Document) -> Names:
    """The ids that a reference can lead to."""
    briefing, root = document.briefing, document.root
    found = [(name, kind) for table, kind in _KINDS.items() for name in _ids(briefing, table)]
    for path in (broken.place.path for broken in document.broken):
        if len(path) == 2 and path[0] == "timeline":
            node = tree.find(root, (*path, "id"))
            found.append((node.value if isinstance(node, tree.Scalar) else "", "event"))
        elif len(path) == 2 and path[0] in _KINDS:
            found.append((str(path[1]), _KINDS[str(path[0])]))
    kinds: dict[str, list[str]] = {}
    for name, kind in found:
        kinds.setdefault(name, []).append(kind)
    unknown = {
        kind
        for table, kind in _KINDS.items()
        if (node := root.values.get(table)) is not None
        and not isinstance(node, tree.Sequence if table == "timeline" else tree.Mapping)
        and not (isinstance(node, tree.Scalar) and node.is_null)
    }
    broken = {broken.place.path for broken in document.broken}
    return Names(kinds, unknown, broken, Guesses())


def _ids(briefing: Briefing, table: str) -> Iterator[str]:
    if table == "timeline":
        return (event.id for event in briefing.timeline)
    return iter(getattr(briefing, table))


def unique_ids(document: Document) -> Iterator[Problem]:
    """E103: no id twice over sources, actors, deals and events; no milestone twice in its deal."""
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


def _repeated(places: list[tuple[Place, str]], noun: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for place, name in sorted(places, key=lambda one: (one[0].line, one[0].column)):
        if name in first:
            message = f"{noun} '{name}' was already given on line {first[name]}"
            yield Problem("E103", message, place)
        first.setdefault(name, place.line)


def references(document: Document) -> Iterator[Problem]:
    """E104: every reference leads to an entry of the right kind."""
    names = known_names(document)
    briefing = document.briefing
    yield from _lead(document, names, ("about",), [briefing.about], ("source",), single=True)
    for entry in document.entries:
        place = getattr(entry, "place", None)
        if place is None:
            continue
        for key, ids, kinds, single in _references_of(entry):
            yield from _lead(document, names, (*place.path, key), ids, kinds, single=single)
        if isinstance(entry, Citation):
            yield from _passage(document, names, entry)


def countries(document: Document) -> Iterator[Problem]:
    """E102: a country code that nobody has."""
    known, guess = country_codes(), Guesses()
    for entry in document.entries:
        for key in _COUNTRY_KEYS.get(type(entry), ()):
            code = getattr(entry, key)
            if code is None or code in known or code == "unknown":
                continue
            message = f"unknown country '{code}'{guess(code, known)}"
            yield Problem("E102", message, document.at((*entry.place.path, key)))  # type: ignore[attr-defined]


_COUNTRY_KEYS: dict[type, tuple[str, ...]] = {
    Actor: ("country",),
    Deal: ("supplier", "recipient"),
    Sanction: ("authority",),
}

Reference = tuple[str, Iterable[str], tuple[str, ...], bool]
"""Key, ids, the kinds they may lead to, and whether the key holds one id rather than a list."""


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


def _lead(
    document: Document,
    names: Names,
    path: Path,
    ids: Iterable[str],
    kinds: tuple[str, ...],
    *,
    single: bool,
) -> Iterator[Problem]:
    for index, name in enumerate(ids):
        found = names.kinds.get(name, ())
        if any(kind in kinds for kind in found) or (name == "-" and path == ("about",)):
            continue
        wanted = " or ".join(kinds)
        if found:
            message = f"'{name}' is {_a(found[0])}; this takes the id of {_a(wanted)}"
        elif names.unknown.intersection(kinds):
            continue
        else:
            fitting = (known for known, own in names.kinds.items() if set(own).intersection(kinds))
            message = f"unknown {wanted} '{name}'{names.guess(name, fitting)}"
        yield Problem("E104", message, document.at(path if single else (*path, index)))


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _passage(document: Document, names: Names, citation: Citation) -> Iterator[Problem]:
    source = document.briefing.sources.get(citation.source)
    if source is None or citation.at is None or citation.place is None:
        return
    passages = source.text.passages if source.text else {}
    marks = ("sources", citation.source, "text")
    unread = marks in names.broken or (*marks, "passages", citation.at) in names.broken
    if citation.at in passages or unread:
        return
    if passages:
        near = names.guess(citation.at, passages)
        message = f"source '{citation.source}' has no passage '{citation.at}'{near}"
    else:
        message = f"source '{citation.source}' lists no passages; cite it without '{citation.at}'"
    yield Problem("E104", message, document.at(citation.place.path))
