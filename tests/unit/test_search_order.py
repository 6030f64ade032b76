"""A search can be cited: its answers and their order depend on what the briefings say alone."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.library import briefing
from briefing_tui.briefing.load import load
from briefing_tui.library.discovery import Roots
from briefing_tui.library.index import search, worker_pool
from briefing_tui.library.index.library_index import Index
from briefing_tui.query.fact import Fact
from briefing_tui.query.matching import predicate, rank
from briefing_tui.query.nodes import search_terms
from briefing_tui.query.parser import parse
from briefing_tui.views.query_facts import facts, unfiltered_scene
from tests.briefings import text

CANDIDATES = 30
QUERIES = [
    *("lantern", "the or lantern", "th*", "steel -winter", "the type:statement"),
    *("type:other", "before:2012", "date:2014", "after:2013", "-steel", "pane:summary"),
    *("title:of", "title:karsholm", "known:<=2021-06-10", "actor:anders or actor:holm"),
    *("ice or date:2020-11", "(the or date:2014) -steel", "(th* or after:2012) title:of"),
    *("type:other or title:radar", "(type:statement or known:2015) -pane:deals"),
    *("basis:external before:2014", "-type:title -steel", "basis:external after:2012"),
    "is:planned or date:2013 or pane:summary",
]  # fmt: skip
LIMITS = (1, 7, 29, 31, 1000)

Answer = list[tuple[str, str, str]]


class Statement(NamedTuple):
    """A fact with what decides its place among others."""

    path: str
    day: int
    number: int
    fact: Fact


def contents() -> dict[str, str]:
    """Briefings by path: many of one day, some of others, two that are the same."""
    files = {f"{name}.yaml": briefing(number) for number, name in enumerate(("m", "b/x", "b-y"))}
    for number, name in enumerate(("z", "a", "b/a", "b/c/a", "0", "k")):
        day = "2021-06-15" if number % 3 else "2021-06-30"
        files[f"{name}.yaml"] = text(title=f"Of {number // 2}", as_of=day)
    return files


@pytest.fixture(scope="module")
def statements() -> list[Statement]:
    result = []
    for path, content in contents().items():
        scene = unfiltered_scene(load(content.encode(), ""))
        day = scene.as_of.toordinal()
        numbered = enumerate(facts(scene))
        result += [Statement(path, day, number, fact) for number, fact in numbered]
    return sorted(result, key=lambda one: (-one.day, one.path.encode(), one.number))


def expected(statements: list[Statement], query: str) -> Answer:
    """All answers of a query in order, from the files alone."""
    node = parse(query)
    matching, terms = predicate(node), search_terms(node)
    answers = [one for one in statements if matching(one.fact)]
    if terms:
        head, tail = answers[:CANDIDATES], answers[CANDIDATES:]
        boosts = search._BOOST
        head.sort(key=lambda one: -(
            rank(one.fact.words, terms) + boosts.get(one.fact.key.partition("/")[0], 0)
        ))  # fmt: skip
        answers = [*head, *tail]
    else:
        answers.sort(key=lambda one: -one.fact.upper)
    return [(one.path, one.fact.key, one.fact.text) for one in answers]


def write(base: Path, name: str, content: str) -> None:
    path = base / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def at_once(base: Path, index: Index, processes: int = 0) -> None:
    for name, content in contents().items():
        write(base, name, content)
    index.refresh(Roots.of([base]), processes=processes)


def by_workers(base: Path, index: Index) -> None:
    at_once(base, index, 2)


def one_after_the_other(base: Path, index: Index) -> None:
    """Each is another briefing first, and briefings that are deleted come in between."""
    names = list(contents())
    random.Random(3).shuffle(names)
    for name in names:
        write(base, name, text(title=f"Not yet {name}", as_of="2021-06-30"))
        write(base, "gone.yaml", text(title=name))
        index.refresh(Roots.of([base]), processes=0)
    for name in reversed(names):
        write(base, name, contents()[name])
        (base / "gone.yaml").unlink(missing_ok=True)
        index.refresh(Roots.of([base]), processes=0)


def beside_others(base: Path, index: Index) -> None:
    """The index has another library, and the files were moved to where they are."""
    at_once(base.with_name("other"), index)
    for name, content in contents().items():
        write(base / "before", name, content)
    index.refresh(Roots.of([base]), processes=0)
    for name in contents():
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / "before" / name).rename(base / name)
    assert index.refresh(Roots.of([base]), processes=0).moves


@pytest.fixture(params=[at_once, by_workers, one_after_the_other, beside_others])
def library(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Path, Index]]:
    monkeypatch.setattr(search, "CANDIDATES", CANDIDATES)
    monkeypatch.setattr(search, "MANY", 5)
    monkeypatch.setattr(worker_pool, "CHUNK", 1)
    monkeypatch.setattr(worker_pool, "FEWEST", 2)
    base = tmp_path / request.param.__name__ / "library"
    with contextlib.closing(Index(tmp_path / "library.db")) as index:
        request.param(base, index)
        yield base, index


def test_answers_and_their_order_are_those_of_the_content(
    library: tuple[Path, Index], statements: list[Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    base, index = library
    monkeypatch.setattr(search, "make_snippet", lambda text, _: text)
    for query in QUERIES:
        answers = expected(statements, query)
        for limit in LIMITS:
            results = index.search(parse(query), limit)
            hits = [(str(Path(hit.path).relative_to(base)), hit.entry, str(hit.extract))
                    for hit in results.hits]  # fmt: skip
            assert hits == answers[:limit], (query, limit)
            assert results.total in (None, len(answers)), query
        assert index.count_matches(parse(query)) == len(answers), query
