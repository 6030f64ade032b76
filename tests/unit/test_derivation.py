"""Which sources rest on which others, what remains if some fall, and how many are independent."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.derivation import Derivation
from briefing_tui.briefing.model import Published, Source


def sources(text: str, retracts: str = "") -> dict[str, Source]:
    """Sources from ``a<b,c d<a``: ``a`` rests on ``b`` and ``c``, and ``d`` on ``a``."""
    edges = [(part.partition("<")) for part in text.split()]
    parents = {name: tuple(filter(None, above.split(","))) for name, _, above in edges}
    retracting = tuple(retracts.split())
    return {name: source(name, above, retracting) for name, above in parents.items()}


def source(name: str, parents: tuple[str, ...], retracts: tuple[str, ...] = ()) -> Source:
    return Source(
        kind="wire",
        title=name,
        publisher=name.upper(),
        published=Published(date=Edtf.parse("2031")),
        reliability="B",
        derives_from=parents,
        retracts=retracts,
    )


@pytest.mark.parametrize(
    ("graph", "cited", "independent"),
    [
        ("a", "", 0),
        ("a", "a", 1),
        ("a", "a a a", 1),
        ("a b c", "a b c", 3),
        ("a b<a", "b", 1),
        ("a b<a", "a b", 1),
        ("a b<a c", "a b c", 2),
        # An origin that is not cited is one origin all the same.
        ("a b<a c<a", "b c", 1),
        ("a b<a c<b d<a", "c d", 1),
        # Also one that has no record.
        ("b<x c<x", "b c", 1),
        ("b<x c<y", "b c", 2),
        # Any statement of a source that rests on several may be from any of them.
        ("a b c<a,b", "c", 1),
        ("a b c<a,b", "a b c", 2),
        ("a b c<a,b d<a,b", "c d", 1),
        ("a b c x<a,b y<b,c z<c,a", "x y z", 2),
        ("a b<a c<b d e<d", "a b c d e", 2),
        # Circles are a mistake of the file, and one origin.
        ("a<a", "a", 1),
        ("a<b b<a", "a b", 1),
        ("a<b b<a c<a d", "b c d", 2),
        ("a<b,c b<a c d<c", "a d", 1),
    ],
)
def test_independent_sources(graph: str, cited: str, independent: int) -> None:
    assert Derivation(sources(graph)).independent(cited.split()) == independent


@pytest.mark.parametrize(
    ("graph", "fallen", "expected"),
    [
        ("a b", "", ""),
        ("a b", "a", "a"),
        ("a b<a c<b", "a", "a b c"),
        ("a b<a c<b", "b", "b c"),
        ("a b c<a,b", "a", "a"),
        ("a b c<a,b", "a b", "a b c"),
        ("b<x c<x", "x", "b c x"),
        ("a<b b<a", "", ""),
        ("a<b b<a c", "a", "a b"),
        ("a<b,c b<a c", "c", "a b c"),
        ("a<b,c b<a c", "b", "b"),
    ],
)
def test_what_falls_with_a_source(graph: str, fallen: str, expected: str) -> None:
    assert sorted(Derivation(sources(graph)).fallen_with(fallen.split())) == expected.split()


def test_what_is_retracted_counts_no_more() -> None:
    records = {**sources("a b<a c d<a,c"), "late": source("late", (), ("a",))}
    support = Derivation(records).support(["a", "b", "c", "d", "unknown"])
    assert support.sources == ("a", "b", "c", "d")
    assert support.left == ("c", "d")
    assert support.independent == 1


@pytest.mark.parametrize(
    ("graph", "cited", "dependent", "shared", "origins"),
    [
        ("a b c", "a b c", "", "", ""),
        ("a b<a c<b", "c a b", "c b", "", ""),
        ("a b<a c<b", "c a", "c", "", ""),
        ("a b<a c<a", "b c", "", "b c", "a"),
        ("a b<a c<b d<b", "c d", "", "c d", "b"),
        ("a b<a c<b d<a", "c d", "", "c d", "a"),
        ("p q b<p,q c<p,q d", "b c d", "", "b c", "p q"),
        ("p q b<p c<p d<q e<q", "b c d e", "", "b c d e", ""),
        ("a<b b<a", "b a", "a", "", ""),
    ],
)
def test_how_sources_depend_on_each_other(
    graph: str, cited: str, dependent: str, shared: str, origins: str
) -> None:
    support = Derivation(sources(graph)).support(cited.split())
    assert support.dependent == tuple(dependent.split())
    assert support.shared == tuple(shared.split())
    assert support.origins == tuple(origins.split())


NAMES = "abcdef"
GRAPHS = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=3), min_size=1
)


def reachable(graph: dict[str, list[str]], name: str) -> set[str]:
    """A source and everything it rests on, by walking there."""
    seen, waiting = {name}, [name]
    while waiting:
        new = set(graph.get(waiting.pop(), ())) - seen
        seen |= new
        waiting += new
    return seen


@given(GRAPHS)
def test_independence_is_never_overstated(graph: dict[str, list[str]]) -> None:
    derivation = Derivation({name: source(name, tuple(above)) for name, above in graph.items()})
    origins = {name: reachable(graph, name) for name in graph}
    together = set.intersection(*origins.values())
    number = derivation.independent(graph)
    assert (number == 1) == bool(together)
    fewest = next(
        size
        for size in range(1, len(NAMES) + 1)
        if any(
            all(origins[name] & set(choice) for name in graph)
            for choice in combinations(NAMES, size)
        )
    )
    assert number <= fewest, "as few reports could have supplied all of them"


@given(GRAPHS, st.sets(st.sampled_from(NAMES)))
def test_what_remains_has_an_origin_that_remains(
    graph: dict[str, list[str]], fallen: set[str]
) -> None:
    derivation = Derivation({name: source(name, tuple(above)) for name, above in graph.items()})
    everything = set(graph) | set(chain.from_iterable(graph.values()))
    gone = derivation.fallen_with(fallen)
    assert fallen & everything <= gone | (fallen - everything)
    for name in everything - gone:
        parents = set(graph.get(name, ())) - {name}
        assert not parents or parents - gone
    if not fallen:
        assert not gone
