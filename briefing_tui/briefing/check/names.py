"""Ids and the references between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing_tui.briefing.cite import parts
from briefing_tui.briefing.countries import country_codes
from briefing_tui.briefing.load import Document
from briefing_tui.briefing.model import (
    Actor,
    Citation,
    Deal,
    Event,
    Forecast,
    Point,
    Sanction,
    Source,
    Statement,
)
from briefing_tui.briefing.problems import Path, Problem, suggestion

Names = dict[str, str]
"""Every id of a file with its kind."""


def known_names(document: Document) -> Names:
    """The ids that a reference can lead to; entries that could not be read count too."""
    briefing = document.briefing
    names: Names = dict.fromkeys(briefing.sources, "source")
    names |= dict.fromkeys(briefing.actors, "actor")
    names |= dict.fromkeys(briefing.deals, "deal")
    names |= dict.fromkeys((event.id for event in briefing.timeline), "event")
    kinds = {"sources": "source", "actors": "actor", "deals": "deal"}
    for broken in document.broken:
        path = broken.place.path
        if len(path) == 2 and path[0] in kinds:
            names.setdefault(str(path[1]), kinds[str(path[0])])
        elif len(path) == 2 and path[0] == "timeline":
            names.setdefault(broken.label, "event")
    return names


def unique_ids(document: Document) -> Iterator[Problem]:
    """E103: no id twice over sources, actors, deals and events; no milestone twice in its deal."""
    briefing = document.briefing
    first: dict[str, Path] = {}
    places: list[tuple[str, Path]] = [
        (name, (table, name))
        for table in ("sources", "actors", "deals")
        for name in getattr(briefing, table)
    ]
    places += [(event.id, (*event.place.path, "id")) for event in briefing.timeline if event.place]
    for name, path in places:
        if name in first:
            line = document.at(first[name]).line
            message = f"id '{name}' was already given on line {line}"
            yield Problem("E103", message, document.at(path))
        first.setdefault(name, path)
    for deal in briefing.deals.values():
        seen: set[str] = set()
        for milestone in deal.milestones:
            if milestone.id in seen and milestone.place:
                message = f"milestone '{milestone.id}' was already given in this deal"
                yield Problem("E103", message, document.at((*milestone.place.path, "id")))
            seen.add(milestone.id)


def references(document: Document) -> Iterator[Problem]:
    """E104: every reference leads to an entry of the right kind."""
    names = known_names(document)
    briefing = document.briefing
    yield from _lead(document, names, ("about",), [briefing.about], ("source",), single=True)
    for entry in parts(briefing):
        place = getattr(entry, "place", None)
        if place is None:
            continue
        for key, ids, kinds, single in _references_of(entry):
            yield from _lead(document, names, (*place.path, key), ids, kinds, single=single)
        if isinstance(entry, Citation):
            yield from _passage(document, entry)


def countries(document: Document) -> Iterator[Problem]:
    """E102: a country code that nobody has."""
    known = country_codes()
    for entry in parts(document.briefing):
        for key in _COUNTRY_KEYS.get(type(entry), ()):
            code = getattr(entry, key)
            if code is None or code in known or code == "unknown":
                continue
            message = f"unknown country '{code}'{suggestion(code, known)}"
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
        kind = names.get(name)
        if kind in kinds or (name == "-" and path == ("about",)):
            continue
        wanted = " or ".join(kinds)
        if kind is None:
            near = suggestion(name, (known for known, kind in names.items() if kind in kinds))
            message = f"unknown {wanted} '{name}'{near}"
        else:
            article = "an" if kind[0] in "aeiou" else "a"
            message = f"'{name}' is {article} {kind}; this takes the id of a {wanted}"
        yield Problem("E104", message, document.at(path if single else (*path, index)))


def _passage(document: Document, citation: Citation) -> Iterator[Problem]:
    source = document.briefing.sources.get(citation.source)
    if source is None or citation.at is None or citation.place is None:
        return
    passages = source.text.passages if source.text else {}
    if citation.at in passages:
        return
    if passages:
        near = suggestion(citation.at, passages)
        message = f"source '{citation.source}' has no passage '{citation.at}'{near}"
    else:
        message = f"source '{citation.source}' lists no passages; cite it without '{citation.at}'"
    yield Problem("E104", message, document.at(citation.place.path))
