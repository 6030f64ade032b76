"""Merges the versions of one entry from several briefings.

The version that was known first is shown, so that no as-of date shows later knowledge. Values of
other versions that contradict it become disputes with their own sources; every source of
every version is cited.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, groupby
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from briefing_tui.briefing.atoms.figures import figures
from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.document import Origin
from briefing_tui.briefing.model import (
    Actor,
    Citation,
    Dispute,
    Entry,
    Event,
    Evidenced,
    Held,
    Milestone,
    Remark,
)
from briefing_tui.briefing.traversal import walk_evidenced
from briefing_tui.library.entity_resolution import normal

E = TypeVar("E", bound=Entry)
S = TypeVar("S", bound=Evidenced)

_NEAR = 31
"""Most days between the dates of events with one id and similar headlines."""


class Version(NamedTuple, Generic[E]):
    """An entry as one or several briefings have it."""

    entry: E
    since: tuple[int, ...]
    """When it could first be known; sorts the versions."""
    origins: tuple[Origin, ...]


def unite(
    versions: Sequence[Version[S]], compared: tuple[str, ...] = (), filled: tuple[str, ...] = ()
) -> Version[S]:
    """Merge versions of an entry; ``filled`` fields come from the first version that has them."""
    first, *rest = sorted(versions, key=_order)
    if not rest:
        return first
    entry = first.entry
    changes: dict[str, Any] = {
        "cite": _unique_citations(version.entry.cite for version in (first, *rest)),
        "disputes": _disputes(entry, rest, compared),
        "note": _note([first, *rest]),
        "known": _known(first, rest),
    }
    for name in filled:
        value = getattr(entry, name)
        if isinstance(value, tuple):
            values = (item for version in (first, *rest) for item in getattr(version.entry, name))
            changes[name] = tuple(dict.fromkeys(values))
        elif value is None:
            values = (getattr(version.entry, name) for version in rest)
            changes[name] = next(filter(None, values), None)
    return Version(msgspec.structs.replace(entry, **changes), first.since, _origins_of(versions))


def unite_all(
    versions: Iterable[Version[S]],
    key: Callable[[S], Hashable],
    compared: tuple[str, ...] = (),
    filled: tuple[str, ...] = (),
) -> list[Version[S]]:
    """Merge the entries of each key."""
    groups = _grouped(sorted(versions, key=_order), key)
    return [unite(group, compared, filled) for group in groups.values()]


def contradicted(
    versions: list[Version[S]], key: Callable[[S], Hashable], name: str
) -> list[Version[S]]:
    """Return entries that differ in one field only, each with the others' values as disputes."""
    groups = _grouped(versions, key)
    return [_beside(version, groups[key(version.entry)], name) for version in versions]


def with_rivals(version: Version[S], name: str, others: Iterable[Version[S]]) -> Version[S]:
    """Return an entry with the values of one field that are worded otherwise, as disputes."""
    own = normal(getattr(version.entry, name))
    rivals = [other for other in others if normal(getattr(other.entry, name)) != own]
    disputes = _disputes(version.entry, rivals, (name,))
    return version._replace(entry=msgspec.structs.replace(version.entry, disputes=disputes))


def milestone_disputes(
    shown: Milestone, versions: Sequence[Version[Milestone]]
) -> tuple[Dispute, ...]:
    """Return the rival versions of the number and label of a milestone.

    These have no sources of their own: a rival is known with the first thing said about it.
    """
    disputes = [dispute for version in versions for dispute in version.entry.disputes]
    for version in versions:
        cite = _unique_citations(entry.cite for entry in walk_evidenced(version.entry))
        for name in ("number", "label"):
            value, rival = getattr(shown, name), getattr(version.entry, name)
            if rival is not None and normal(str(rival)) != normal(str(value)):
                note = Remark(text=f"in “{version.origins[0].title}”")
                disputes.append(Dispute(field=name, value=str(rival), note=note, cite=cite))
    return _unique_disputes(disputes)


def _grouped(
    versions: Iterable[Version[S]], key: Callable[[S], Hashable]
) -> dict[Hashable, list[Version[S]]]:
    groups: dict[Hashable, list[Version[S]]] = {}
    for version in versions:
        groups.setdefault(key(version.entry), []).append(version)
    return groups


def same_events(versions: Iterable[Version[Event]]) -> list[list[Version[Event]]]:
    """Group the versions of each event."""
    ordered = sorted(versions, key=_order)
    by_id: dict[Hashable, list[int]] = {}
    by_date: dict[Hashable, list[int]] = {}
    for at, version in enumerate(ordered):
        event = version.entry
        kind = (event.type, event.status, event.basis == "judgement")
        by_id.setdefault((event.id, *kind), []).append(at)
        bounds = (*event.date.seconds, frozenset(event.actors))
        by_date.setdefault((*bounds, *kind), []).append(at)
    groups = _Sets([_files_of(version) for version in ordered])
    for table, is_same in ((by_id, _is_near), (by_date, _is_alike)):
        for positions in table.values():
            heads: list[int] = []
            for at in positions:
                event = ordered[at].entry
                head = next((head for head in heads if is_same(ordered[head].entry, event)), None)
                if head is None or not groups.join(head, at):
                    heads.append(at)
    by_group: dict[int, list[Version[Event]]] = {}
    for at, version in enumerate(ordered):
        by_group.setdefault(groups.first(at), []).append(version)
    return list(by_group.values())


def _is_near(first: Event, second: Event) -> bool:
    if first.date == second.date:
        return True
    start = max(first.date.lower, second.date.lower).toordinal()
    end = min(first.date.upper, second.date.upper).toordinal()
    return start - end <= _NEAR and _is_alike(first, second)


def _is_alike(first: Event, second: Event) -> bool:
    return similar(first.headline, second.headline)


def same_figures(first: str, second: str) -> bool:
    """Return whether two texts have the same numbers, in digits or words."""
    return first == second or _figures(first) == _figures(second)


def _figures(text: str) -> set[object]:
    return {figure.value for figure in figures(text)}


def with_outcomes(events: list[Version[Event]]) -> list[Version[Event]]:
    """Return the events; those that another briefing has as a plan resolve it."""
    settled = {name for version in events for name in version.entry.resolves}
    plans: dict[str, list[tuple[datetime.date, datetime.date, Event]]] = {}
    for version in events:
        plan = version.entry
        if plan.status == "planned" and plan.id not in settled and plan.date.is_known:
            plans.setdefault(plan.type, []).append((plan.date.lower, plan.date.upper, plan))
    results = []
    for version in sorted(events, key=lambda version: (version.since, version.entry.id)):
        event = version.entry
        if event.status == "occurred":
            start, end = event.date.lower, event.date.upper
            new = tuple(
                plan.id
                for lower, upper, plan in plans.get(event.type, ())
                if lower <= end and upper >= start
                if plan.id not in settled and _came_about(plan, event)
            )
            settled.update(new)
            if new:
                event = msgspec.structs.replace(event, resolves=(*event.resolves, *new))
        results.append(version._replace(entry=event))
    return results


def _came_about(plan: Event, event: Event) -> bool:
    """Return whether an event is what was planned for its day."""
    if not similar(plan.headline, event.headline):
        return False
    return not plan.actors or not event.actors or bool({*plan.actors} & {*event.actors})


def similar(first: str, second: str) -> bool:
    """Return whether two headlines say the same in much the same words."""
    first_text, second_text = normal(first), normal(second)
    if first_text == second_text:
        return True
    words, other_words = set(first_text.split()), set(second_text.split())
    if len(words & other_words) * 2 < min(len(words), len(other_words)):
        return False
    shared = len(words & other_words) / max(len(words | other_words), 1)
    matcher = SequenceMatcher(None, first_text, second_text, autojunk=False)
    return shared >= 0.6 or matcher.ratio() >= 0.8


def roles_held(versions: list[Version[Actor]]) -> Iterator[Version[Held]]:
    """Yield the roles of an actor in order of knowledge, each from its first day on."""
    with_role = (version for version in versions if version.entry.role)
    ordered = sorted(with_role, key=lambda version: version.since)
    for _, run in groupby(ordered, key=lambda version: normal(version.entry.role or "")):
        same = list(run)
        first = same[0]
        day = datetime.date.fromordinal(first.since[0] or first.since[1]).isoformat()
        held = Held(
            role=first.entry.role or "",
            date=Edtf.parse(day),
            cite=_unique_citations(version.entry.cite for version in same),
            basis=first.entry.basis,
        )
        yield Version(held, first.since, _origins_of(same))


def _unique_citations(cited: Iterable[tuple[Citation, ...]]) -> tuple[Citation, ...]:
    citations = chain.from_iterable(cited)
    return tuple({(item.source, item.at, item.quote): item for item in citations}.values())


def _files_of(version: Version[Any]) -> set[str]:
    return {origin.file for origin in version.origins}


def _origins_of(versions: Iterable[Version[Any]]) -> tuple[Origin, ...]:
    return tuple(dict.fromkeys(origin for version in versions for origin in version.origins))


def _order(version: Version[Any]) -> tuple[Any, ...]:
    # At one place in a file's tree there are either names or numbers: paths can be compared.
    return version.since, [(origin.file, origin.path) for origin in version.origins]


def _note(versions: Sequence[Version[S]]) -> Remark | None:
    """Merge notes: one that says since when it is known is based on more than its citations."""
    noted = [(version.entry.note, version.since) for version in versions if version.entry.note]
    if not noted:
        return None
    known = None
    if any(note.known for note, _ in noted):
        written = (
            Edtf.parse(datetime.date.fromordinal(day).isoformat()) for _, (_, day, *_) in noted
        )
        known = max(
            (note.known or day for (note, _), day in zip(noted, written, strict=True)),
            key=lambda date: date.anchor,
        )
    return Remark(text=" · ".join(dict.fromkeys(note.text for note, _ in noted)), known=known)


def _known(first: Version[S], rest: list[Version[S]]) -> Edtf | None:
    """Return the explicit date of knowledge, if any version has one: that of the first."""
    if all(version.entry.known is None for version in (first, *rest)) or not first.since[0]:
        return first.entry.known
    day = datetime.date.fromordinal(first.since[0])
    return first.entry.known or Edtf.parse(day.isoformat())


def _disputes(entry: S, rest: list[Version[S]], compared: tuple[str, ...]) -> tuple[Dispute, ...]:
    disputes = list(entry.disputes)
    for version in rest:
        disputes += version.entry.disputes
        for name in compared:
            value, rival = getattr(entry, name), getattr(version.entry, name)
            if rival is not None and rival != value:
                disputes.append(_dispute(name, rival, version))
    return _unique_disputes(disputes)


def _unique_disputes(disputes: Iterable[Dispute]) -> tuple[Dispute, ...]:
    """Return one dispute for each field and value, with the sources of all."""
    by_value: dict[tuple[str, str], Dispute] = {}
    for dispute in disputes:
        key = (dispute.field, dispute.value)
        previous = by_value.get(key)
        cite = _unique_citations((previous.cite, dispute.cite)) if previous else dispute.cite
        by_value[key] = msgspec.structs.replace(previous or dispute, cite=cite)
    return tuple(by_value.values())


def _dispute(name: str, rival: object, version: Version[S]) -> Dispute:
    value = rival.text if isinstance(rival, Edtf) else str(rival)
    note = Remark(text=f"in “{version.origins[0].title}”") if version.origins else None
    return Dispute(field=name, value=value, note=note, cite=version.entry.cite)


def _beside(version: Version[S], group: list[Version[S]], name: str) -> Version[S]:
    files = _files_of(version)
    value = getattr(version.entry, name)
    different = [other for other in group if getattr(other.entry, name) != value]
    rivals = [other for other in different if files.isdisjoint(_files_of(other))]
    if not rivals:
        return version
    disputes = _disputes(version.entry, rivals, (name,))
    return version._replace(entry=msgspec.structs.replace(version.entry, disputes=disputes))


class _Sets:
    """Disjoint sets without two entries of one file in one set."""

    def __init__(self, files: list[set[str]]) -> None:
        self._above = list(range(len(files)))
        self._files = files

    def first(self, at: int) -> int:
        while self._above[at] != at:
            self._above[at] = self._above[self._above[at]]
            at = self._above[at]
        return at

    def join(self, a: int, b: int) -> bool:
        """Join the sets of two entries; return whether they are in one set then."""
        first, second = sorted((self.first(a), self.first(b)))
        if first != second:
            if self._files[first] & self._files[second]:
                return False
            self._above[second] = first
            self._files[first] |= self._files[second]
        return True
