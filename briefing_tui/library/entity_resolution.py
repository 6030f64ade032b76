"""Which actors and deals of many briefings are the same.

Four things join them, the most reliable first: an id that two briefings share, a ``same_as`` with
the other's id, one with the same id of Wikidata, and a name that is the other's name or in its
``aka``. Equal aliases do not join: many boards are called "the board".

Clearly different entities are not joined: two bodies of one id in different countries, two people
of one id whose names have nothing in common, a person and a company. Such an id is reported as a
`Conflict`. The result does not depend on the order of the briefings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product
from operator import attrgetter
from typing import Literal, NamedTuple

import msgspec

from briefing_tui.briefing.model import Briefing, Commitment, wikidata_ids
from briefing_tui.query.words import fold_words, spellings
from briefing_tui.views.terms import sides

Kind = Literal["actor", "deal"]


class Named(NamedTuple):
    """The properties that distinguish one actor or deal from another."""

    kind: Kind
    id: str
    name: str
    sort: str
    """Of an actor: person, state and so on."""
    countries: tuple[str, ...]
    """The country of an actor; supplier and recipient of a deal as one; empty if unknown."""
    aka: tuple[str, ...]
    same_as: tuple[str, ...]


class Subject(msgspec.Struct, frozen=True):
    """An actor or a deal, and the briefings that it appears in."""

    kind: Kind
    id: str
    """The id that most briefings give it."""
    name: str
    """The name that most briefings give it."""
    aka: tuple[str, ...]
    countries: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    """File and id of every appearance, in order."""
    wikidata: tuple[str, ...] = ()
    """Its ids in Wikidata."""

    @property
    def files(self) -> tuple[str, ...]:
        """The briefings that it appears in."""
        return tuple(dict.fromkeys(file for file, _ in self.members))


class Conflict(NamedTuple):
    """An id that briefings give to clearly different actors or deals."""

    id: str
    sides: tuple[Subject, ...]

    def __str__(self) -> str:
        names = " and ".join(f"“{described(side)}” ({side.files[0]})" for side in self.sides)
        return f"'{self.id}' is {names}: not joined"


def described(subject: Subject) -> str:
    """Return the name and countries of a subject."""
    countries = ", ".join(subject.countries)
    return f"{subject.name} ({countries})" if countries else subject.name


def entities_of(briefing: Briefing) -> Iterator[Named]:
    """Yield every actor and deal of a briefing."""
    for name, actor in briefing.actors.items():
        country = (actor.country,) if actor.country and actor.country != "unknown" else ()
        yield Named("actor", name, actor.name, actor.kind, country, actor.aka, actor.same_as)
    for name, deal in briefing.commitments.items():
        yield Named("deal", name, deal.name, "deal", _parties(briefing, deal), (), deal.same_as)


def _parties(briefing: Briefing, deal: Commitment) -> tuple[str, ...]:
    """Return the leading parties as one text, countries by their codes; empty if one is unknown."""
    short = deal.supplier, deal.recipient
    if deal.parties or None in short:
        text = sides(briefing, deal)
        return (text,) if text else ()
    return () if "unknown" in short else (f"{deal.supplier} → {deal.recipient}",)


def joined(files: Mapping[Named, Collection[str]]) -> tuple[list[Subject], list[Conflict]]:
    """Join the entities of some files; return subjects by name, and ids that cannot be joined.

    The files of an entity are in any order, each once.
    """
    groups = _Groups(sorted(files))
    groups.join_ids()
    groups.join_stated()
    groups.join_wikidata()
    groups.join_names()
    by_first = {first: _subject(members, files) for first, members in groups.members().items()}
    sides = ((name, tuple(by_first[at] for at in firsts)) for name, firsts in groups.of_ids())
    conflicts = [Conflict(name, subjects) for name, subjects in sides if len(subjects) > 1]
    key = attrgetter("kind", "name", "id", "members")
    return sorted(by_first.values(), key=key), conflicts


def named(candidates: Iterable[Subject], query: str) -> list[Subject]:
    """Return the subjects of an id, also of Wikidata, or a name, without case and accents."""
    key = normal(query)
    subjects = list(candidates)
    by_id = [
        subject
        for subject in subjects
        if query in subject.wikidata or any(name == query for _, name in subject.members)
    ]
    names = ((subject, (subject.id, subject.name, *subject.aka)) for subject in subjects)
    return by_id or [
        subject for subject, texts in names if any(key in spellings(text) for text in texts)
    ]


@lru_cache(maxsize=16_384)
def normal(name: str) -> str:
    """Return a name in the form in which names are compared."""
    return fold_words(name)


_SPELT_ALIKE = 0.8
"""Similarity of two spellings of a name: Sergei and Sergey."""


class _Groups:
    """Disjoint sets of entities; each is identified by its first member."""

    def __init__(self, nodes: list[Named]) -> None:
        self._nodes = nodes
        self._above = list(range(len(nodes)))
        self._countries = [set(node.countries) for node in nodes]
        self._names = [_names(node) for node in nodes]
        self._words = [set[str]().union(*names) for names in self._names]
        self._sorts = [{node.sort} for node in nodes]
        self._by_id: dict[tuple[Kind, str], list[int]] = {}
        self._by_wikidata: dict[tuple[Kind, str], list[int]] = {}
        for at, node in enumerate(nodes):
            self._by_id.setdefault((node.kind, node.id), []).append(at)
            for name in wikidata_ids(node.same_as):
                self._by_wikidata.setdefault((node.kind, name), []).append(at)

    def join_ids(self) -> None:
        """Join entities that share an id; those with a known country go first."""
        for positions in self._by_id.values():
            groups: set[int] = set()
            for at in sorted(positions, key=lambda at: (not self._nodes[at].countries, at)):
                self._join_fitting(at, groups)
                groups = {self.first(node) for node in (*groups, at)}

    def join_stated(self) -> None:
        """Join by ``same_as``; if several groups have that id, join the one that fits."""
        for at, node in enumerate(self._nodes):
            for other in node.same_as:
                positions = self._by_id.get((node.kind, other), [])
                if len({self.first(position) for position in positions}) == 1:
                    self._join(at, positions[0])
                else:
                    self._join_fitting(at, positions)

    def join_wikidata(self) -> None:
        """Join entities of one Wikidata id, whatever their names, unless they clearly differ."""
        for _, positions in sorted(self._by_wikidata.items()):
            groups: set[int] = set()
            for at in positions:
                for group in sorted(groups):
                    if self._can_be_one(self.first(at), group):
                        self._join(at, group)
                groups = {self.first(node) for node in (*groups, at)}

    def join_names(self) -> None:
        """Join an entity with one that has its name as another name."""
        called: dict[tuple[Kind, str], list[int]] = {}
        for at, node in enumerate(self._nodes):
            for name in {normal(text) for text in (node.name, *node.aka)} - {""}:
                called.setdefault((node.kind, name), []).append(at)
        for (_, name), positions in sorted(called.items()):
            alone: set[int] = set()  # groups that join no other of the name, as all are now
            for owner in positions:
                if normal(self._nodes[owner].name) != name or self.first(owner) in alone:
                    continue
                joins = [self._join_agreeing(owner, at) for at in positions]
                if any(joins):
                    alone.clear()
                else:
                    alone.add(self.first(owner))

    def first(self, at: int) -> int:
        """Return the first member of a node's group."""
        while self._above[at] != at:
            self._above[at] = self._above[self._above[at]]
            at = self._above[at]
        return at

    def members(self) -> dict[int, list[Named]]:
        groups: dict[int, list[Named]] = {}
        for at, node in enumerate(self._nodes):
            groups.setdefault(self.first(at), []).append(node)
        return groups

    def of_ids(self) -> Iterator[tuple[str, list[int]]]:
        """Yield every id, also of Wikidata, with the groups that have it."""
        for (_, name), positions in sorted((self._by_id | self._by_wikidata).items()):
            yield name, sorted({self.first(at) for at in positions})

    def _join_fitting(self, at: int, positions: Iterable[int]) -> None:
        """Join with the group that fits, preferably one that shares a word of the name."""
        group = self.first(at)
        candidates = sorted({self.first(candidate) for candidate in positions} - {group})
        fitting = [candidate for candidate in candidates if self._alike(group, candidate)]
        words = self._words[group]
        close = [candidate for candidate in fitting if words & self._words[candidate]] or fitting
        if len(close) == 1 or (close and self._countries[group]):
            self._join(group, close[0])

    def _join_agreeing(self, a: int, b: int) -> bool:
        """Join two of one name if they can be the same; return whether that joined two groups."""
        first, second = self.first(a), self.first(b)
        if first == second or self._at_odds(first, second) or not self._of_a_sort(first, second):
            return False
        self._join(first, second)
        return True

    def _join(self, a: int, b: int) -> None:
        first, second = sorted((self.first(a), self.first(b)))
        if first != second:
            self._above[second] = first
            self._countries[first] |= self._countries[second]
            self._names[first] |= self._names[second]
            self._words[first] |= self._words[second]
            self._sorts[first] |= self._sorts[second]

    def _alike(self, a: int, b: int) -> bool:
        """Return whether two groups of one id can be the same.

        A state, a public body and a deal belong to their country; a person or a company may be
        filed under several, if the name is alike. Two people have a word of their names in common,
        unless they are written in two alphabets.
        """
        share_words = bool(self._words[a] & self._words[b])
        if self._at_odds(a, b):
            pairs = (sorted(pair, key=len) for pair in product(self._names[a], self._names[b]))
            return not self._is_bound(a, b) and any(_is_name_of(*pair) for pair in pairs)
        if self._sorts[a] == self._sorts[b] == {"person"}:
            return share_words or self._is_latin(a) != self._is_latin(b)
        return share_words or self._of_a_sort(a, b)

    def _can_be_one(self, a: int, b: int) -> bool:
        """Return whether two groups of one Wikidata id do not clearly differ."""
        is_elsewhere = self._is_bound(a, b) and self._at_odds(a, b)
        return self._of_a_sort(a, b) and not is_elsewhere

    def _is_bound(self, a: int, b: int) -> bool:
        """Return whether one of two groups belongs to its country."""
        return bool((self._sorts[a] | self._sorts[b]) & {"state", "public_body", "deal"})

    def _is_latin(self, group: int) -> bool:
        return any(word.isascii() for word in self._words[group])

    def _of_a_sort(self, a: int, b: int) -> bool:
        return ("person" in self._sorts[a]) == ("person" in self._sorts[b])

    def _at_odds(self, a: int, b: int) -> bool:
        first, second = self._countries[a], self._countries[b]
        return bool(first and second) and not first & second


def _names(node: Named) -> set[frozenset[str]]:
    return {frozenset(normal(name).split()) for name in (node.name, *node.aka)} - {frozenset()}


def _is_name_of(short: frozenset[str], long: frozenset[str]) -> bool:
    """Return whether a longer name has every word of a name, or its initial or another spelling."""
    return all(
        any(_is_word_of(*sorted((word, other), key=len)) for other in long) for word in short
    )


@lru_cache(maxsize=16_384)
def _is_word_of(short: str, long: str) -> bool:
    if len(short) == 1:
        return long.startswith(short)
    return short == long or SequenceMatcher(None, short, long).ratio() >= _SPELT_ALIKE


def _subject(nodes: list[Named], files: Mapping[Named, Collection[str]]) -> Subject:
    members = sorted({(file, node.id) for node in nodes for file in files[node]})
    names = Counter({node.name: 0 for node in nodes})
    for node in nodes:
        names[node.name] += len(files[node])
    name = min(names, key=lambda text: (-names[text], text))
    ids = Counter(member for _, member in members)
    aka = {text for node in nodes for text in (node.name, *node.aka)} - {name}
    return Subject(
        kind=nodes[0].kind,
        id=min(ids, key=lambda text: (-ids[text], text)),
        name=name,
        aka=tuple(sorted(aka)),
        countries=tuple(sorted({text for node in nodes for text in node.countries})),
        members=tuple(members),
        wikidata=tuple(sorted({text for node in nodes for text in wikidata_ids(node.same_as)})),
    )
