"""Which sources are based on which others, and how many of those cited are independent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import reduce
from operator import and_, or_
from typing import NamedTuple

from briefing_tui.briefing.model import Source


class Support(NamedTuple):
    """The sources of a statement, and how they depend on each other."""

    sources: tuple[str, ...]
    """Ids, each once, in the order cited; without ids of no record."""
    dependent: tuple[str, ...]
    """Those that are based on another of them; of a circle of sources, all but the first."""
    shared: tuple[str, ...]
    """Those of the others that have an origin in common with one of the others."""
    origins: tuple[str, ...]
    """The nearest origins that all of ``shared`` have in common."""
    left: tuple[str, ...]
    """Those that remain without what was retracted."""
    is_circular: bool
    """Whether they are all based on each other."""
    independent: int
    """How many of ``left`` are independent; see `Derivation.independent`."""


class Derivation:
    """What the sources of a briefing derive from, directly and indirectly.

    A source may derive from one without a record, and sources may derive from each other.
    """

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._parents = {
            name: tuple(parent for parent in dict.fromkeys(source.derives_from) if parent != name)
            for name, source in sources.items()
        }
        for parents in list(self._parents.values()):
            self._parents |= {name: () for name in parents if name not in self._parents}
        self._children: defaultdict[str, list[str]] = defaultdict(list)
        for name, parents in self._parents.items():
            for parent in parents:
                self._children[parent].append(name)
        self._names = list(self._parents)
        # Sets would need too much memory for a long chain of reprints: bits are positions.
        self._bits = {name: 1 << position for position, name in enumerate(self._names)}
        self._origins: dict[str, int] = {}
        """A source and its origins; the sources of a circle have the same."""
        self._circle_of: dict[str, tuple[str, ...]] = {}
        """The sources that are based on each other, or a source alone."""
        for circle in _circles(self._parents, self._children):
            above = {parent for name in circle for parent in self._parents[name]}
            masks = (self._origins[parent] for parent in above.difference(circle))
            mask = reduce(or_, masks, self._mask(circle))
            self._origins |= dict.fromkeys(circle, mask)
            self._circle_of |= dict.fromkeys(circle, circle)
        self.retracted = frozenset(
            name for source in sources.values() for name in source.retracts if name in sources
        )
        self._fallen = self.fallen_with(self.retracted) if self.retracted else frozenset()
        self._supports: dict[tuple[str, ...], Support] = {}

    def parents(self, name: str) -> tuple[str, ...]:
        """Return the direct origins of a source."""
        return self._parents.get(name, ())

    def children(self, name: str) -> tuple[str, ...]:
        """Return the sources that are directly based on a source."""
        return tuple(self._children.get(name, ()))

    def fallen_with(self, names: Iterable[str]) -> frozenset[str]:
        """Return some sources and all that are based on them alone.

        A source that is based on several remains as long as one of these does.
        """
        named = set(names)
        affected = self._closure(named, self._parents)
        waiting = {
            name
            for name in affected - named
            if any(parent not in affected for parent in self._parents[name])
        }
        return frozenset(affected - self._closure(waiting, affected - named))

    def _closure(self, names: set[str], among: Container[str]) -> set[str]:
        """Return some sources with all that are based on them, directly or by others ``among``."""
        closure, waiting = set(names), list(names)
        while waiting:
            children = self._children.get(waiting.pop(), ())
            new = [name for name in children if name in among and name not in closure]
            closure.update(new)
            waiting += new
        return closure

    def independent(self, names: Iterable[str]) -> int:
        """Return how many sources there are no two of which have an origin in common.

        A source that is based on several may have any statement from any of them: what shares one
        with it is not independent. It is 1 if, and only if, all of them have an origin in
        common; in a net of many shared origins, the number may be too low but never too high.
        """
        masks = sorted({self._origins[name] for name in names}, key=int.bit_count)
        if not masks:
            return 0
        if reduce(and_, masks):
            return 1
        number = taken = 0
        for mask in masks:
            if not mask & taken:
                number += 1
                taken |= mask
        return max(number, 2)

    def support(self, cited: Iterable[str]) -> Support:
        """Return how the sources with some ids depend on each other; unknown ids do not count."""
        names = tuple(name for name in dict.fromkeys(cited) if name in self._sources)
        support = self._supports.get(names)
        if support is None:
            support = self._supports[names] = self._support(names)
        return support

    def _support(self, names: tuple[str, ...]) -> Support:
        all_cited = self._mask(names)
        dependent: list[str] = []
        others: list[str] = []
        circles: set[tuple[str, ...]] = set()
        for name in names:
            circle = self._circle_of[name]
            is_first = circle not in circles
            circles.add(circle)
            cited_origins = self._origins[name] & ~self._mask(circle) & all_cited
            (others if is_first and not cited_origins else dependent).append(name)
        once = twice = 0
        for name in others:
            twice |= once & self._origins[name]
            once |= self._origins[name]
        shared = [name for name in others if self._origins[name] & twice]
        left = tuple(name for name in names if name not in self._fallen)
        return Support(
            sources=names,
            dependent=tuple(dependent),
            shared=tuple(shared),
            origins=self._nearest(reduce(and_, map(self._origins.__getitem__, shared), -1))
            if shared
            else (),
            left=left,
            is_circular=len(names) > 1 and len(circles) == 1,
            independent=self.independent(left),
        )

    def _nearest(self, mask: int) -> tuple[str, ...]:
        """Return the sources of a mask that no other one of it is based on."""
        names = list(self._named(mask))
        further = (self._origins[name] & ~self._mask(self._circle_of[name]) for name in names)
        return tuple(self._named(mask & ~reduce(or_, further, 0)))

    def _mask(self, names: Iterable[str]) -> int:
        return reduce(or_, map(self._bits.__getitem__, names), 0)

    def _named(self, mask: int) -> Iterator[str]:
        while mask:
            lowest = mask & -mask
            yield self._names[lowest.bit_length() - 1]
            mask ^= lowest


def _circles(
    parents: Mapping[str, tuple[str, ...]], children: Mapping[str, list[str]]
) -> Iterator[tuple[str, ...]]:
    """Yield the strongly connected components, origins first (Kosaraju's algorithm)."""
    visited: set[str] = set()
    order = [name for start in parents for name in _post_order(start, children, visited)]
    visited.clear()
    for start in reversed(order):
        if circle := tuple(_post_order(start, parents, visited)):
            yield circle


def _post_order(start: str, edges: Mapping[str, Iterable[str]], visited: set[str]) -> Iterator[str]:
    """Yield what can be reached from a node and was not visited, after what it leads to."""
    stack = [(start, False)]
    while stack:
        name, is_ready = stack.pop()
        if is_ready:
            yield name
        elif name not in visited:
            visited.add(name)
            stack.append((name, True))
            stack += [(other, False) for other in edges.get(name, ()) if other not in visited]
