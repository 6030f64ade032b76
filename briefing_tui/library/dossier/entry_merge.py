"""DossierJob one entry of what several briefings tell.

The version that was known first is the one shown, so that no as-of date shows what came later.
What another says otherwise stands beside it as a dispute, under its own sources; every source of
every version is cited.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

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
)
from briefing_tui.library.entity_resolution import normal

E = TypeVar("E", bound=Entry)
S = TypeVar("S", bound=Evidenced)

_NEAR = 31
"""Days between two dates of what bears one id and one name, at most."""


class Version(NamedTuple, Generic[E]):
    """An entry as one briefing, or several, tell it."""

    entry: E
    since: tuple[int, ...]
    """When it could be known first; sorts the versions."""
    origins: tuple[Origin, ...]


def unite(
    told: Sequence[Version[S]], compared: tuple[str, ...] = (), filled: tuple[str, ...] = ()
) -> Version[S]:
    """One entry of several versions of it.

    Args:
        told: The versions, at least one.
        compared: Fields in which versions may contradict each other.
        filled: Fields that are taken from wherever they are told.
    """
    first, *others = sorted(told, key=_order)
    if not others:
        return first
    entry = first.entry
    changes: dict[str, Any] = {
        "cite": unique_citations(one.entry.cite for one in (first, *others)),
        "disputes": _disputes(entry, others, compared),
        "note": " · ".join(_texts(one.entry.note for one in (first, *others))) or None,
        "known": _known(first, others),
    }
    for name in filled:
        value = getattr(entry, name)
        if isinstance(value, tuple):
            values = (part for one in (first, *others) for part in getattr(one.entry, name))
            changes[name] = tuple(dict.fromkeys(values))
        elif value is None:
            changes[name] = next(filter(None, (getattr(one.entry, name) for one in others)), None)
    return Version(msgspec.structs.replace(entry, **changes), first.since, origins_of(told))


def unite_all(
    told: Iterable[Version[S]],
    key: Callable[[S], Hashable],
    compared: tuple[str, ...] = (),
    filled: tuple[str, ...] = (),
) -> list[Version[S]]:
    """Each entry once, where those of one key are the same."""
    groups: dict[Hashable, list[Version[S]]] = {}
    for one in sorted(told, key=_order):
        groups.setdefault(key(one.entry), []).append(one)
    return [unite(group, compared, filled) for group in groups.values()]


def contradicted(
    told: list[Version[S]], key: Callable[[S], Hashable], name: str
) -> list[Version[S]]:
    """Entries that differ in one field only, each with the others' versions beside it."""
    groups: dict[Hashable, list[Version[S]]] = {}
    for one in told:
        groups.setdefault(key(one.entry), []).append(one)
    return [_beside(one, groups[key(one.entry)], name) for one in told]


def same_events(told: Iterable[Version[Event]]) -> list[list[Version[Event]]]:
    """Events in groups of which each is one event, as told by different briefings."""
    ordered = sorted(told, key=_order)
    by_id: dict[Hashable, list[int]] = {}
    by_date: dict[Hashable, list[int]] = {}
    for at, one in enumerate(ordered):
        event = one.entry
        kind = (event.type, event.status, event.basis == "judgement")
        by_id.setdefault((event.id, *kind), []).append(at)
        bounds = (event.date.lower, event.date.upper, frozenset(event.actors))
        by_date.setdefault((*bounds, *kind), []).append(at)
    groups = _Sets([{origin.file for origin in one.origins} for one in ordered])
    for table, same in ((by_id, _same_of_one_id), (by_date, _same_of_one_day)):
        for positions in table.values():
            heads: list[int] = []
            for at in positions:
                event = ordered[at].entry
                head = next((one for one in heads if same(ordered[one].entry, event)), None)
                if head is None or not groups.join(head, at):
                    heads.append(at)
    found: dict[int, list[Version[Event]]] = {}
    for at, one in enumerate(ordered):
        found.setdefault(groups.first(at), []).append(one)
    return list(found.values())


def _same_of_one_id(one: Event, two: Event) -> bool:
    near = _apart(one.date, two.date) <= _NEAR
    return one.date == two.date or (near and similar(one.headline, two.headline))


def _same_of_one_day(one: Event, two: Event) -> bool:
    return similar(one.headline, two.headline)


def with_outcomes(events: list[Version[Event]]) -> list[Version[Event]]:
    """The events, told to resolve what only another briefing has as a plan."""
    settled = {name for one in events for name in one.entry.resolves}
    plans: dict[str, list[tuple[datetime.date, datetime.date, Event]]] = {}
    for one in events:
        plan = one.entry
        if plan.status == "planned" and plan.id not in settled:
            plans.setdefault(plan.type, []).append((plan.date.lower, plan.date.upper, plan))
    found = []
    for one in sorted(events, key=lambda one: (one.since, one.entry.id)):
        event = one.entry
        if event.status == "occurred":
            begun, over = event.date.lower, event.date.upper
            then = [
                plan
                for lower, upper, plan in plans.get(event.type, ())
                if lower <= over and upper >= begun
            ]
            new = tuple(
                plan.id for plan in then if plan.id not in settled and _came_about(plan, event)
            )
            settled.update(new)
            if new:
                event = msgspec.structs.replace(event, resolves=(*event.resolves, *new))
        found.append(one._replace(entry=event))
    return found


def _came_about(plan: Event, event: Event) -> bool:
    """Whether an event is what was planned for its day."""
    if not similar(plan.headline, event.headline):
        return False
    return not plan.actors or not event.actors or bool({*plan.actors} & {*event.actors})


def similar(one: str, two: str) -> bool:
    """Whether two headlines tell the same, in much the same words."""
    first, second = normal(one), normal(two)
    if first == second:
        return True
    words, others = set(first.split()), set(second.split())
    if len(words & others) * 2 < min(len(words), len(others)):
        return False
    shared = len(words & others) / max(len(words | others), 1)
    return shared >= 0.6 or SequenceMatcher(None, first, second, autojunk=False).ratio() >= 0.8


def roles_held(told: list[Version[Actor]]) -> Iterator[Version[Held]]:
    """The roles of an actor in the order in which they were told, each from its first day on."""
    ordered = sorted((one for one in told if one.entry.role), key=lambda one: one.since)
    for _, run in groupby(ordered, key=lambda one: normal(one.entry.role or "")):
        same = list(run)
        first = same[0]
        day = datetime.date.fromordinal(first.since[0] or first.since[1]).isoformat()
        held = Held(
            role=first.entry.role or "",
            date=Edtf.parse(day),
            cite=unique_citations(one.entry.cite for one in same),
            basis=first.entry.basis,
        )
        yield Version(held, first.since, origins_of(same))


def unique_citations(cited: Iterable[tuple[Citation, ...]]) -> tuple[Citation, ...]:
    """Citations without repeats, in order."""
    found = {(one.source, one.at, one.quote): one for some in cited for one in some}
    return tuple(found.values())


def origins_of(told: Iterable[Version[Any]]) -> tuple[Origin, ...]:
    """The briefings of several versions, without repeats, in order."""
    return tuple(dict.fromkeys(origin for one in told for origin in one.origins))


def _order(one: Version[Any]) -> tuple[Any, ...]:
    # At one place in a file's tree there are either names or numbers: paths can be compared.
    return one.since, [(origin.file, origin.path) for origin in one.origins]


def _texts(texts: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def _known(first: Version[S], others: list[Version[S]]) -> Edtf | None:
    """An explicit date of knowledge, where any version has one: that of the first."""
    if all(one.entry.known is None for one in (first, *others)) or not first.since[0]:
        return first.entry.known
    day = datetime.date.fromordinal(first.since[0])
    return first.entry.known or Edtf.parse(day.isoformat())


def _disputes(entry: S, others: list[Version[S]], compared: tuple[str, ...]) -> tuple[Dispute, ...]:
    found = list(entry.disputes)
    for one in others:
        found += one.entry.disputes
        for name in compared:
            mine, rival = getattr(entry, name), getattr(one.entry, name)
            if rival is not None and rival != mine:
                found.append(_dispute(name, rival, one))
    by_value: dict[tuple[str, str], Dispute] = {}
    for dispute in found:
        key = (dispute.field, dispute.value)
        known = by_value.get(key)
        cite = unique_citations((known.cite, dispute.cite)) if known else dispute.cite
        by_value[key] = msgspec.structs.replace(known or dispute, cite=cite)
    return tuple(by_value.values())


def _dispute(name: str, rival: object, told: Version[S]) -> Dispute:
    value = rival.text if isinstance(rival, Edtf) else str(rival)
    note = f"in “{told.origins[0].title}”" if told.origins else None
    return Dispute(field=name, value=value, note=note, cite=told.entry.cite)


def _beside(one: Version[S], group: list[Version[S]], name: str) -> Version[S]:
    files = {origin.file for origin in one.origins}
    rivals = [
        other
        for other in group
        if getattr(other.entry, name) != getattr(one.entry, name)
        and not files & {origin.file for origin in other.origins}
    ]
    if not rivals:
        return one
    disputes = _disputes(one.entry, rivals, (name,))
    return one._replace(entry=msgspec.structs.replace(one.entry, disputes=disputes))


def _apart(one: Edtf, two: Edtf) -> int:
    """Days between two dates; none where they overlap."""
    gap = max(one.lower.toordinal(), two.lower.toordinal()) - min(
        one.upper.toordinal(), two.upper.toordinal()
    )
    return max(gap, 0)


class _Sets:
    """Disjoint sets, none of which holds two entries of one file."""

    def __init__(self, files: list[set[str]]) -> None:
        self._above = list(range(len(files)))
        self._files = files

    def first(self, at: int) -> int:
        while self._above[at] != at:
            self._above[at] = self._above[self._above[at]]
            at = self._above[at]
        return at

    def join(self, one: int, two: int) -> bool:
        """Join two sets; whether they are one now."""
        first, second = sorted((self.first(one), self.first(two)))
        if first != second:
            if self._files[first] & self._files[second]:
                return False
            self._above[second] = first
            self._files[first] |= self._files[second]
        return True
