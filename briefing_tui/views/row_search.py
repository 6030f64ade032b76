"""Search across panes.

The query language is imported by the first search, so that the first frame need not wait for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing_tui.views.rows import RowPosition, View, row_text
from briefing_tui.views.scene import Scene

if TYPE_CHECKING:
    from briefing_tui.query.nodes import Node


def find_rows(views: Iterable[View], query: str, *, is_read_out: bool = False) -> list[RowPosition]:
    """Find the rows that contain ``query``, pane by pane from the top.

    Case, accents and signs are compared as `query.folding.Needle` does. What ``is_read_out`` is
    found as it is spoken, too.
    """
    if not query.strip():
        return []
    from briefing_tui.query.folding import needle
    from briefing_tui.views.spoken_rows import row_label, spoken_row

    def texts(view: View, index: int) -> Iterator[str]:
        yield row_text(view.rows[index])
        if is_read_out:
            yield spoken_row(view.rows[index], row_label(view.rows, index))

    matches = needle(query).is_in
    return [
        RowPosition(pane, index)
        for pane, view in enumerate(views)
        for index, row in enumerate(view.rows)
        if row.selectable and any(map(matches, texts(view, index)))
    ]


def is_query(text: str) -> bool:
    """Whether a text is in the query language: with a field, or with AND, OR or NOT."""
    from briefing_tui.query.fields import FIELDS

    names = "|".join(FIELDS)
    pattern = rf"(?:^|[\s(-])(?:{names}):|(?:^|\s)(?:AND|OR|NOT)(?:\s|$)"
    return re.search(pattern, text) is not None


def field_advice(text: str) -> str:
    """Return advice for a search without matches; empty if no word is like a misspelt field."""
    from briefing_tui.briefing.problems import suggestion
    from briefing_tui.query.fields import FIELDS

    for match in re.finditer(r"(?:^|[\s(-])([^\W\d]\w*):(?=\S)", text):
        if hint := suggestion(match[1].lower(), FIELDS):
            return f"column {match.start(1) + 1}: unknown field '{match[1]}'{hint}"
    return ""


def type_advice(query: str) -> str:
    """Return advice for a query without matches; empty if its types are in a vocabulary."""
    from briefing_tui.query import fields

    node = _parse(query)
    return fields.type_advice(node).capitalize() if node is not None else ""


def find_matches(scene: Scene, views: Sequence[View], query: str) -> list[RowPosition]:
    """Find the rows of the entries that match a query, pane by pane from the top.

    An entry without a row of its own is found in the row that contains it.

    Raises:
        QueryError: the query cannot be parsed.
    """
    from briefing_tui.query.parser import parse
    from briefing_tui.views.query_facts import key_ancestors, matching_facts

    rows = {
        row.key: RowPosition(pane, index)
        for pane, view in enumerate(views)
        for index, row in enumerate(view.rows)
        if row.selectable
    }
    paths = (key_ancestors(fact.key) for fact in matching_facts(scene, parse(query, typing=True)))
    hits = (next((rows[key] for key in keys if key in rows), None) for keys in paths)
    return sorted({hit for hit in hits if hit is not None})


@lru_cache(maxsize=16)
def _parse(query: str) -> Node | None:
    from briefing_tui.query.lexer import QueryError
    from briefing_tui.query.parser import parse

    try:
        return parse(query, typing=True)
    except QueryError:
        return None


def occurrences(text: str, query: str) -> list[tuple[int, int]]:
    """Return the start and end of each match of ``query`` in ``text``."""
    if not query.strip():
        return []
    if is_query(query):
        from briefing_tui.query.nodes import search_terms
        from briefing_tui.query.snippet import matches

        node = _parse(query)
        return matches(text, search_terms(node)) if node is not None else []
    from briefing_tui.query.folding import needle

    return needle(query).spans(text)


def next_hit(hits: list[RowPosition], place: RowPosition, *, back: bool = False) -> int | None:
    """Return the index of the hit after or before a row, wrapping around at the end."""
    if not hits:
        return None
    index = bisect_left(hits, place) - 1 if back else bisect_right(hits, place)
    return index % len(hits)
