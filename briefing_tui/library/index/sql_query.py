"""Queries as SQL over the index.

Full-text search answers words and facets; titles, days and the reader's own marks are conditions on
the rows that it gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from briefing_tui.query.fact import FIRST, LAST, facet
from briefing_tui.query.matching import needle
from briefing_tui.query.nodes import And, Days, Facet, Mark, Node, Not, Or, Words
from briefing_tui.views.query_facts import EVERY

_EVERY = f'facets : "{facet(EVERY, "")}"'
_READ, _UNREAD = facet("is", "read"), facet("is", "unread")
_NONE = f'facets : "{facet("none", "")}"'


class Condition(NamedTuple):
    """A condition on a row ``s`` of the table ``span``."""

    sql: str
    values: tuple[object, ...]
    of_file: str = ""
    """The same condition on the row's ``file``, if the query should begin there."""


def conditions(query: Node) -> tuple[str | None, list[Condition]]:
    """Return a full-text expression, if there is one, and conditions, which must all hold."""
    parts = query.parts if isinstance(query, And) else (query,)
    textual = [part for part in parts if is_textual(part)]
    others = [part for part in parts if not is_textual(part)]
    if all(isinstance(part, Not) for part in textual):
        # Full-text search would list nearly the whole index.
        return None, [_condition(part, None) for part in parts]
    match = full_text(And(tuple(textual))) if textual else None
    return match, [_condition(part, match) for part in others]


def alternatives(query: Node) -> list[Node]:
    """Return one or two queries that together match what a query matches.

    "Words, or a condition on the row" is answered as two, the words first: as one, the rows with
    the words must all be listed.
    """
    parts = query.parts if isinstance(query, And) else (query,)
    mixed = next((part for part in parts if isinstance(part, Or) and not is_textual(part)), None)
    textual = [part for part in mixed.parts if is_textual(part)] if mixed else []
    if mixed is None or not textual:
        return [query]
    rest = [part for part in parts if part is not mixed]
    others = [part for part in mixed.parts if not is_textual(part)]
    return [_all_of([*rest, _any_of(choices)]) for choices in (textual, others)]


def _any_of(parts: list[Node]) -> Node:
    return Or(tuple(parts)) if len(parts) > 1 else parts[0]


def _all_of(parts: list[Node]) -> Node:
    *rest, last = parts
    together = (*rest, *(last.parts if isinstance(last, And) else (last,)))
    return And(together) if len(together) > 1 else last


def is_textual(node: Node) -> bool:
    """Return whether full-text search alone can answer a query."""
    if isinstance(node, Words):
        return node.where not in ("title", "note")
    if isinstance(node, Not):
        return is_textual(node.part)
    if isinstance(node, (And, Or)):
        return all(is_textual(part) for part in node.parts)
    return isinstance(node, Facet) and not isinstance(node, Mark)


def full_text(node: Node) -> str:
    """Return a textual query as an expression (https://www.sqlite.org/fts5.html, section 3)."""
    if isinstance(node, Words):
        return f'{node.where} : "{node.phrase}"{" *" if node.prefix else ""}'
    if isinstance(node, Facet):
        return facets(node.names, " *" if node.prefix else "")
    if isinstance(node, Or):
        return f"({' OR '.join(full_text(part) for part in node.parts)})"
    if isinstance(node, Not):
        return f"({_EVERY} NOT {full_text(node.part)})"
    assert isinstance(node, And)
    required = [full_text(part) for part in node.parts if not isinstance(part, Not)] or [_EVERY]
    negated = (full_text(part.part) for part in node.parts if isinstance(part, Not))
    excluded = "".join(f" NOT {part}" for part in negated)
    return f"(({' AND '.join(required)}){excluded})"


def facets(names: Iterable[str], star: str = "") -> str:
    """Return the full-text expression for any of some facets."""
    terms = [f'facets : "{name}"{star}' for name in names]
    return f"({' OR '.join(terms)})" if terms else _NONE


def _condition(node: Node, match: str | None) -> Condition:
    if isinstance(node, Days):
        return _days(node)
    if isinstance(node, Words) and node.where == "title":
        titled = "instr(file.title_words, ?)"
        files = f"SELECT id FROM file WHERE {titled}"
        return Condition(f"s.file IN ({files})", (needle(node),), titled)
    if isinstance(node, Words) and node.where == "note":
        noted = "SELECT id FROM temp.note WHERE instr(words, ?)"
        return Condition(f"s.id IN ({noted})", (needle(node),))
    if isinstance(node, Mark):
        return _mark(node)
    if isinstance(node, Not):
        inner = _condition(node.part, match)
        return Condition(f"NOT ({inner.sql})", inner.values)
    if is_textual(node):
        # Together with the other words, so that a common word does not list most of the index.
        expression = f"({match}) AND ({full_text(node)})" if match else full_text(node)
        # The sign keeps it from being the outer loop.
        return Condition("+s.id IN (SELECT rowid FROM words WHERE words MATCH ?)", (expression,))
    assert isinstance(node, (And, Or))
    textual = tuple(part for part in node.parts if is_textual(part))
    others = tuple(part for part in node.parts if not is_textual(part))
    parts = (*others, *([type(node)(textual)] if textual else []))
    inside = [_condition(part, match) for part in parts]
    word = " AND " if isinstance(node, And) else " OR "
    sql = word.join(condition.sql for condition in inside)
    return Condition(f"({sql})", tuple(value for condition in inside for value in condition.values))


def _mark(node: Mark) -> Condition:
    """Return a condition on the tables of `annotation_tables`."""
    named = "name GLOB ? || '*'" if node.prefix else "name = ?"
    alternatives, values = [], []
    for name in node.names:
        if name == _READ:
            opened = "s.file IN (SELECT file FROM temp.opened)"
            alternatives.append(f"({opened} AND NOT {_marked('name = ?')})")
            values.append(_UNREAD)
        else:
            alternatives.append(_marked(named))
            values.append(name)
    return Condition(f"({' OR '.join(alternatives)})", tuple(values))


def _marked(named: str) -> str:
    return f"s.id IN (SELECT id FROM temp.mark WHERE {named})"


def _days(node: Days) -> Condition:
    if node.of == "known":
        return Condition("(s.known > 0 AND s.known BETWEEN ? AND ?)", (node.lower, node.upper))
    if node.upper >= LAST:
        return Condition("(s.upper > 0 AND s.upper >= ?)", (node.lower,))
    if node.lower <= FIRST:
        return Condition("(s.upper > 0 AND s.lower <= ?)", (node.upper,))
    return Condition("(s.upper > 0 AND s.upper >= ? AND s.lower <= ?)", (node.lower, node.upper))
