"""Asking a query of one fact, and telling how well it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from briefing_tui.query.fact import FIRST, Fact
from briefing_tui.query.nodes import And, Days, Facet, Mark, Node, Not, Or, Words

Predicate = Callable[[Fact], bool]


def predicate(node: Node) -> Predicate:
    """A query as a function of one fact."""
    if isinstance(node, Words):
        return _words(node)
    if isinstance(node, (Facet, Mark)):
        return _facet(node)
    if isinstance(node, Days):
        return _days(node)
    if isinstance(node, Not):
        part = predicate(node.part)
        return lambda fact: not part(fact)
    parts = [predicate(part) for part in node.parts]
    if isinstance(node, And):
        return lambda fact: all(part(fact) for part in parts)
    assert isinstance(node, Or)
    return lambda fact: any(part(fact) for part in parts)


def rank(words: str, wanted: Iterable[Words]) -> float:
    """How well a text, folded, answers: more where the words are many and it is short."""
    length = words.count(" ") + 1
    haystack = f" {words} "
    counts = (haystack.count(needle(one)) for one in wanted)
    return sum(count / (count + 0.5 + length / 16) for count in counts)


def needle(node: Words) -> str:
    """The characters that stand in a folded text with a space at either end where words match."""
    return f" {node.phrase}" if node.prefix else f" {node.phrase} "


def _words(node: Words) -> Predicate:
    sought = needle(node)
    read: Callable[[Fact], str] = {
        "text": lambda fact: fact.words,
        "actors": lambda fact: fact.actor_words,
        "deals": lambda fact: fact.deal_words,
        "title": lambda fact: fact.title_words,
        "note": lambda fact: fact.note_words,
    }[node.where]
    return lambda fact: sought in f" {read(fact)} "


def _facet(node: Facet | Mark) -> Predicate:
    if node.prefix:
        return lambda fact: any(one.startswith(node.names) for one in fact.facets)
    return lambda fact: not fact_lacks(fact.facets, node.names)


def fact_lacks(facets: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Whether none of the names is among the facets."""
    return not any(name in facets for name in names)


def _days(node: Days) -> Predicate:
    if node.of == "known":
        return lambda fact: fact.known > 0 and node.lower <= fact.known <= node.upper
    lower = max(node.lower, FIRST)  # no stretch is so long that it has what is without a date
    return lambda fact: fact.upper >= lower and fact.lower <= node.upper
