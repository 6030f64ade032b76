"""Search across panes.

The query language is imported by the first search, for which the first picture need not wait.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from briefing_tui.views.rows import View, row_text
from briefing_tui.views.scene import Scene

if TYPE_CHECKING:
    from briefing_tui.query.nodes import Node


class Hit(NamedTuple):
    """A row that holds what is looked for."""

    pane: int
    """Position of its pane, counted from 0."""
    row: int
    """Position of the row in its pane, counted from 0."""


def find(views: Iterable[View], query: str) -> list[Hit]:
    """The rows that hold ``query``, pane by pane from the top.

    Smart case, as editors call it: a query without capitals finds both cases.
    """
    if not query.strip():
        return []
    fold = query == query.lower()
    return [
        Hit(pane, index)
        for pane, view in enumerate(views)
        for index, row in enumerate(view.rows)
        if row.selectable and query in (row_text(row).lower() if fold else row_text(row))
    ]


def is_query(text: str) -> bool:
    """Whether what is typed is in the query language: with a field, or with AND, OR or NOT."""
    return _query().search(text) is not None


@cache
def _query() -> re.Pattern[str]:
    """What tells a query from words to look for."""
    from briefing_tui.query.fields import FIELDS

    names = "|".join(FIELDS)
    return re.compile(rf"(?:^|[\s(-])(?:{names}):|(?:^|\s)(?:AND|OR|NOT)(?:\s|$)")


def advice(text: str) -> str:
    """What to say of words that were not found, where one looks like a field that nobody knows."""
    from briefing_tui.briefing.problems import suggestion
    from briefing_tui.query.fields import FIELDS

    for found in _HEADED.finditer(text):
        near = suggestion(found[1].lower(), FIELDS)
        if near:
            return f"column {found.start(1) + 1}: unknown field '{found[1]}'{near}"
    return ""


_HEADED = re.compile(r"(?:^|[\s(-])([^\W\d]\w*):(?=\S)")
"""A word with a colon, as a field has it."""


def find_answers(scene: Scene, views: Sequence[View], query: str) -> list[Hit]:
    """The rows of what answers a query, pane by pane from the top.

    An entry that has no row of its own is found where what holds it is.

    Raises:
        QueryError: the query cannot be understood.
    """
    from briefing_tui.query.parser import parse
    from briefing_tui.views.statements import matching, parents

    rows = {
        row.key: Hit(pane, index)
        for pane, view in enumerate(views)
        for index, row in enumerate(view.rows)
        if row.selectable
    }
    found = (
        next((rows[key] for key in parents(fact.key) if key in rows), None)
        for fact in matching(scene, parse(query))
    )
    return sorted({hit for hit in found if hit is not None})


@lru_cache(maxsize=16)
def _node(query: str) -> Node | None:
    from briefing_tui.query.lexer import QueryError
    from briefing_tui.query.parser import parse

    try:
        return parse(query)
    except QueryError:
        return None


def occurrences(text: str, query: str) -> list[tuple[int, int]]:
    """Where ``query`` stands in ``text``, as start and end; smart case."""
    if not query.strip():
        return []
    if is_query(query):
        from briefing_tui.query.nodes import wanted
        from briefing_tui.query.snippet import matches

        node = _node(query)
        return matches(text, wanted(node)) if node is not None else []
    if query == query.lower():
        lowered = text.lower()
        text = lowered if len(lowered) == len(text) else text
    found = []
    start = text.find(query)
    while start >= 0:
        found.append((start, start + len(query)))
        start = text.find(query, start + len(query))
    return found


def following(hits: list[Hit], at: Hit, *, back: bool = False) -> int | None:
    """Position of the hit after (or before) a place, going round at the end."""
    if not hits:
        return None
    if back:
        earlier = [number for number, hit in enumerate(hits) if hit < at]
        return earlier[-1] if earlier else len(hits) - 1
    return next((number for number, hit in enumerate(hits) if hit > at), 0)
