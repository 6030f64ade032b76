"""The ways in which a statement can answer a query, each of which can be asked by itself.

Where one of several things will do, and full-text search knows only some of them, whatever has
those would have to be listed in full before it could be compared with the rest: nearly the whole
index, for a common word. Asked one by one, each way ends as soon as it has found enough.
"""

from __future__ import annotations

from itertools import product

from briefing_tui.library.index.fts_query import is_textual
from briefing_tui.query.nodes import And, Node, Not, Or

_MOST = 12
"""Ways that are asked one by one; of a query with more, all is asked at once."""


def ways(query: Node) -> list[Node]:
    """Queries of which a statement answers one if, and only if, it answers a query."""
    try:
        return _ways(_inward(query))
    except _TooManyError:
        return [query]


class _TooManyError(Exception):
    """There are more ways than are worth it."""


def _inward(node: Node) -> Node:
    """The same with every ``not`` where full-text search, or one condition, can take it."""
    if is_textual(node):
        return node
    if isinstance(node, Not):
        part = node.part
        if isinstance(part, Not):
            return _inward(part.part)
        if isinstance(part, (And, Or)):
            turned: type[And | Or] = Or if isinstance(part, And) else And
            return turned(tuple(_inward(Not(one)) for one in part.parts))
        return node
    if isinstance(node, (And, Or)):
        return type(node)(tuple(_inward(part) for part in node.parts))
    return node


def _ways(node: Node) -> list[Node]:
    if is_textual(node) or not isinstance(node, (And, Or)):
        return [node]
    textual = tuple(part for part in node.parts if is_textual(part))
    others = [_ways(part) for part in node.parts if not is_textual(part)]
    if isinstance(node, Or):
        found = [way for some in others for way in some]
        found += [_one_of(Or, textual)] if textual else []
    else:
        found = []
        for chosen in product(*others):
            if len(found) == _MOST:
                raise _TooManyError
            parts = [part for way in chosen for part in _all_of(way)]
            found.append(_one_of(And, (*textual, *parts)))
    if len(found) > _MOST:
        raise _TooManyError
    return found


def _one_of(kind: type[And | Or], parts: tuple[Node, ...]) -> Node:
    return kind(parts) if len(parts) > 1 else parts[0]


def _all_of(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, And) else (node,)
