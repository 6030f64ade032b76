"""Rules for ids and references between entries (E102, E103, E104, W205)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefing_tui.briefing import model, tree
from briefing_tui.briefing.countries import country_codes
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import EntryPath, FileLocation, Guesses, Problem, with_article

_KINDS = {"sources": "source", "actors": "actor", "commitments": "deal", "timeline": "event"}
"""Kinds of entries by the table or list that contains them."""

_REFERENCES: dict[type, dict[str, tuple[str, ...]]] = {
    model.Briefing: {"about": ("source",)},
    model.Source: {
        "derives_from": ("source",),
        "corrects": ("source",),
        "retracts": ("source",),
    },
    model.Citation: {"source": ("source",)},
    model.Point: {"about": ("event", "actor", "deal")},
    model.Event: {
        "actors": ("actor",),
        "commitments": ("deal",),
        "resolves": ("event",),
        "part_of": ("event",),
        "because_of": ("event",),
        "contradicts": ("event",),
        "by": ("actor",),
    },
    model.Actor: {"member_of": ("actor",)},
    model.Forecast: {"by": ("actor",)},
    model.Statement: {"speaker": ("actor",)},
    model.Payment: {"by": ("actor",), "to": ("actor",)},
}
"""Fields with ids of other entries, and the kinds of target allowed."""

_COUNTRIES: dict[type, tuple[str, ...]] = {
    model.Actor: ("country",),
    model.Commitment: ("supplier", "recipient"),
}


class _Targets(NamedTuple):
    """Possible targets of references, including unreadable entries."""

    kinds: dict[str, list[str]]
    """Kinds of each id: one, unless the id is duplicated."""
    unreadable_kinds: set[str]
    """Kinds whose table could not be read."""
    broken: set[EntryPath]
    """Paths of the unreadable entries."""
    guess: Guesses


def _targets_in(document: Document) -> _Targets:
    briefing, root = document.briefing, document.root
    ids = [(name, kind) for table, kind in _KINDS.items() for name in _ids(briefing, table)]
    broken = [entry.location.path for entry in document.broken]
    for path in map(model.declared_path, broken):
        if len(path) == 2 and path[0] == "timeline":
            scalar = tree.find(root, (*path, "id"))
            ids.append((scalar.value if isinstance(scalar, tree.Scalar) else "", "event"))
        elif len(path) == 2 and path[0] in _KINDS:
            ids.append((str(path[1]), _KINDS[str(path[0])]))
    kinds: dict[str, list[str]] = {}
    for name, kind in ids:
        kinds.setdefault(name, []).append(kind)
    unreadable_kinds = {
        kind
        for table, kind in _KINDS.items()
        if (node := _table(root, table)) is not None
        and not isinstance(node, tree.Sequence if table == "timeline" else tree.Mapping)
        and not (isinstance(node, tree.Scalar) and node.is_null)
    }
    return _Targets(kinds, unreadable_kinds, set(broken), Guesses())


def _table(root: tree.Mapping, name: str) -> tree.Node | None:
    former = model.Briefing.FORMER.get(name, name)
    return root.values.get(name) or root.values.get(former)


def _ids(briefing: model.Briefing, table: str) -> Iterator[str]:
    if table == "timeline":
        return (event.id for event in briefing.timeline)
    return iter(getattr(briefing, table))


def check_unique_ids(document: Document) -> Iterator[Problem]:
    """E103: ids are unique across sources, actors, deals and events; milestones within a deal."""
    briefing = document.briefing
    tables = (briefing.sources, briefing.actors, briefing.commitments)
    keys = [
        (document.at_key(entry.location.path), name)
        for table in tables
        for name, entry in table.items()
        if entry.location
    ]
    yield from _repeated([*keys, *_places(document, briefing.timeline)], "id")
    for deal in briefing.commitments.values():
        yield from _repeated(_places(document, deal.milestones), "milestone")


def _places(
    document: Document, entries: Iterable[model.Event | model.Milestone]
) -> list[tuple[FileLocation, str]]:
    return [
        (document.at((*entry.location.path, "id")), entry.id) for entry in entries if entry.location
    ]


def _repeated(places: list[tuple[FileLocation, str]], noun: str) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for place, name in sorted(places, key=lambda item: (item[0].line, item[0].column)):
        if name in lines:
            yield Problem("E103", f"{noun} '{name}' was already given on line {lines[name]}", place)
        lines.setdefault(name, place.line)


def check_references(document: Document) -> Iterator[Problem]:
    """E104: every reference resolves to an entry of the right kind."""
    targets = _targets_in(document)
    for entry in document.entries:
        for keys, name, kinds in _references_of(entry):
            if message := _unresolved(targets, name, kinds):
                yield document.problem("E104", message, entry, *keys)
        if isinstance(entry, model.Citation):
            message = _unresolved_passage(document.briefing, targets, entry)
            if message:
                yield document.problem("E104", message, entry)


def _references_of(
    entry: model.Entry,
) -> Iterator[tuple[tuple[str | int, ...], str, tuple[str, ...]]]:
    """Yield the keys of an entry's references, the ids, and the kinds of target allowed."""
    for field, kinds in _REFERENCES.get(type(entry), {}).items():
        value = getattr(entry, field)
        if isinstance(value, str):
            yield (field,), value, kinds
        else:
            yield from (((field, index), name, kinds) for index, name in enumerate(value or ()))
    yield from (
        (keys, name, ("actor",))
        for keys, name in _parties_of(entry)
        if name.islower() and name != "unknown"
    )


def _correcting(
    briefing: model.Briefing, entry: model.Entry
) -> Iterator[tuple[tuple[str | int, ...], str, tuple[str, ...]]]:
    """Yield the ids of all sources that correct others, which need no citation."""
    if isinstance(entry, model.Briefing):
        for name, source in briefing.sources.items():
            if source.corrects or source.retracts:
                yield (), name, ("source",)


def _parties_of(entry: model.Entry) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the keys of an entry's parties with their names: ids of actors, or countries."""
    if isinstance(entry, model.Measure):
        yield ("by",), entry.by
    elif isinstance(entry, model.Commitment):
        for role, names in entry.parties.items():
            yield from ((("parties", role, index), name) for index, name in enumerate(names))


def _unresolved(targets: _Targets, name: str, kinds: tuple[str, ...]) -> str:
    """Return why an id does not resolve, or an empty string."""
    target_kinds = targets.kinds.get(name, ())
    if name == "-" or any(kind in kinds for kind in target_kinds):
        return ""
    noun = " or ".join(kinds)
    if target_kinds:
        actual = with_article(target_kinds[0])
        return f"'{name}' is {actual}; this takes the id of {with_article(noun)}"
    if targets.unreadable_kinds.intersection(kinds):
        return ""
    candidates = [target for target in targets.kinds if set(targets.kinds[target]) & set(kinds)]
    return f"unknown {noun} '{name}'{targets.guess(name, candidates)}"


def _unresolved_passage(
    briefing: model.Briefing, targets: _Targets, citation: model.Citation
) -> str:
    """Return why a cited passage does not exist, or an empty string."""
    source = briefing.sources.get(citation.source)
    if source is None or citation.at is None:
        return ""
    passages = source.text.passages if source.text else {}
    path = ("sources", citation.source, "text")
    if citation.at in passages or {path, (*path, "passages", citation.at)} & targets.broken:
        return ""
    if passages:
        hint = targets.guess(citation.at, passages)
        return f"source '{citation.source}' has no passage '{citation.at}'{hint}"
    return f"source '{citation.source}' lists no passages; cite it without '{citation.at}'"


def check_countries(document: Document) -> Iterator[Problem]:
    """E102: every country code is assigned."""
    codes, guess = country_codes(), Guesses()
    for entry in document.entries:
        for keys, code in _countries_of(entry):
            if code not in codes and code != "unknown":
                message = f"unknown country '{code}'{guess(code, codes)}"
                yield document.problem("E102", message, entry, *keys)


def _countries_of(entry: model.Entry) -> Iterator[tuple[tuple[str | int, ...], str]]:
    fields = _COUNTRIES.get(type(entry), ())
    yield from (((field,), code) for field in fields if (code := getattr(entry, field)))
    yield from ((keys, name) for keys, name in _parties_of(entry) if not name.islower())


def check_unused(document: Document) -> Iterator[Problem]:
    """W205: every source is cited and every actor referred to, not only by itself.

    Deals are exempt: the deals pane lists all of them.
    """
    if any(problem.is_error for problem in document.problems):
        return  # an unreadable entry may refer to them
    used = {entry.source for entry in document.entries if isinstance(entry, model.Citation)}
    used |= {
        name
        for entry in document.entries
        if not isinstance(entry, model.Citation)
        for _, name, _ in (*_references_of(entry), *_correcting(document.briefing, entry))
        if entry.location is None or entry.location.path[-1:] != (name,)
    }
    for name in document.briefing.sources:
        if name not in used:
            message = f"nothing cites source '{name}'; cite it, or remove it"
            yield Problem("W205", message, document.at_key(("sources", name)))
    for name in document.briefing.actors:
        if name not in used:
            message = f"nothing refers to actor '{name}'; name it in an event, or remove it"
            yield Problem("W205", message, document.at_key(("actors", name)))
