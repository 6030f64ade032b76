"""What a query asks, as a tree."""

from __future__ import annotations

from typing import Literal

import msgspec


class Words(msgspec.Struct, frozen=True):
    """Words that follow each other in a text, a title, or the name of an actor or deal."""

    phrase: str
    """Folded, with one space between."""
    prefix: bool = False
    """Whether the last word may go on."""
    where: Literal["text", "actors", "deals", "title", "note"] = "text"


class Facet(msgspec.Struct, frozen=True):
    """A property: one of several will do."""

    names: tuple[str, ...]
    """As `fact.facet` writes them."""
    prefix: bool = False
    """Whether they may go on."""


class Mark(msgspec.Struct, frozen=True):
    """A mark of the reader's own: one of several will do."""

    names: tuple[str, ...]
    """As `fact.facet` writes them."""
    prefix: bool = False
    """Whether they may go on."""


class Days(msgspec.Struct, frozen=True):
    """Some day of a span: of when it happened, or the day since when it could be known."""

    lower: int
    """First day as an ordinal."""
    upper: int
    """Last day."""
    of: Literal["date", "known"] = "date"


class Not(msgspec.Struct, frozen=True):
    """What is not so."""

    part: Node


class And(msgspec.Struct, frozen=True):
    """All of several, two at least."""

    parts: tuple[Node, ...]


class Or(msgspec.Struct, frozen=True):
    """One of several, two at least."""

    parts: tuple[Node, ...]


Node = Words | Facet | Mark | Days | Not | And | Or


def asks_marks(node: Node) -> bool:
    """Whether a query asks for what a reader marked or read."""
    if isinstance(node, Words):
        return node.where == "note"
    if isinstance(node, Not):
        return asks_marks(node.part)
    if isinstance(node, (And, Or)):
        return any(asks_marks(part) for part in node.parts)
    return isinstance(node, Mark)


def wanted(node: Node) -> tuple[Words, ...]:
    """The words of the text that a query looks for, in order; not those it shuns."""
    if isinstance(node, Words):
        return (node,) if node.where == "text" else ()
    if isinstance(node, (And, Or)):
        return tuple(dict.fromkeys(word for part in node.parts for word in wanted(part)))
    return ()
