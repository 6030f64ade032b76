"""Evaluation of a query on one fact, and ranking of the matches."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from briefing_tui.query.fact import FIRST, Fact
from briefing_tui.query.nodes import And, Days, Facet, Node, Not, Or, Words

Predicate = Callable[[Fact], bool]


def predicate(node: Node) -> Predicate:
    """Compile a query to a function of one fact."""
    if isinstance(node, Words):
        return _words(node)
    if isinstance(node, Facet):
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


def rank(words: str, terms: Iterable[Words]) -> float:
    """Score a folded text: higher for more occurrences of the terms and for a shorter text."""
    length = words.count(" ") + 1
    haystack = f" {words} "
    counts = (haystack.count(needle(term)) for term in terms)
    return sum(count / (count + 0.5 + length / 16) for count in counts)


def needle(node: Words) -> str:
    """Return the substring to search in a folded text that has a space at either end."""
    return f" {node.phrase}" if node.prefix else f" {node.phrase} "


def _words(node: Words) -> Predicate:
    substring = needle(node)
    read: Callable[[Fact], str] = {
        "text": lambda fact: fact.words,
        "actors": lambda fact: fact.actor_words,
        "deals": lambda fact: fact.deal_words,
        "title": lambda fact: fact.title_words,
        "note": lambda fact: fact.note_words,
    }[node.where]
    return lambda fact: substring in f" {read(fact)} "


def _facet(node: Facet) -> Predicate:
    if node.prefix:
        return lambda fact: any(facet.startswith(node.names) for facet in fact.facets)
    return lambda fact: any(name in fact.facets for name in node.names)


def _days(node: Days) -> Predicate:
    if node.of == "known":
        return lambda fact: fact.known > 0 and node.lower <= fact.known <= node.upper
    lower = max(node.lower, FIRST)  # no span includes a fact without a date
    return lambda fact: fact.upper >= lower and fact.lower <= node.upper
