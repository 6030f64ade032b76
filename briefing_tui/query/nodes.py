"""The nodes of a query tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec


class Words(msgspec.Struct, frozen=True):
    """Consecutive words in a text, a title, a note, or the name of an actor or deal."""

    phrase: str
    """Folded words, separated by one space."""
    prefix: bool = False
    """Whether the last word is a prefix."""
    where: Literal["text", "actors", "deals", "title", "note"] = "text"


class Facet(msgspec.Struct, frozen=True):
    """Any of several properties."""

    names: tuple[str, ...]
    """Formatted by `fact.facet`."""
    prefix: bool = False


class Mark(Facet, frozen=True):
    """Any of several annotations or read states of the reader."""


class Days(msgspec.Struct, frozen=True):
    """A span that overlaps the fact's date, or contains the day since it was known."""

    lower: int
    """First second; first day as an ordinal for ``known``."""
    upper: int
    """Last second or day, inclusive."""
    of: Literal["date", "known"] = "date"


class Not(msgspec.Struct, frozen=True):
    """Negation."""

    part: Node


class And(msgspec.Struct, frozen=True):
    """Conjunction of at least two parts."""

    parts: tuple[Node, ...]


class Or(msgspec.Struct, frozen=True):
    """Disjunction of at least two parts."""

    parts: tuple[Node, ...]


Node = Words | Facet | Days | Not | And | Or


def needs_annotations(node: Node) -> bool:
    """Return whether a query depends on the reader's annotations or read state."""
    if isinstance(node, Words):
        return node.where == "note"
    if isinstance(node, Not):
        return needs_annotations(node.part)
    if isinstance(node, (And, Or)):
        return any(needs_annotations(part) for part in node.parts)
    return isinstance(node, Mark)


def search_terms(node: Node) -> tuple[Words, ...]:
    """Return the words that a query searches in the text, in order, without negated ones."""
    if isinstance(node, Words):
        return (node,) if node.where == "text" else ()
    if isinstance(node, (And, Or)):
        return tuple(dict.fromkeys(words for part in node.parts for words in search_terms(part)))
    return ()


def facet_names(node: Node) -> Iterator[str]:
    """Yield the properties that a query looks for or excludes, in order."""
    if isinstance(node, Facet):
        yield from node.names
    elif isinstance(node, Not):
        yield from facet_names(node.part)
    elif isinstance(node, (And, Or)):
        for part in node.parts:
            yield from facet_names(part)
