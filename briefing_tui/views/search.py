"""Search across panes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from briefing_tui.views.rows import View, row_text


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


def occurrences(text: str, query: str) -> list[tuple[int, int]]:
    """Where ``query`` stands in ``text``, as start and end; smart case."""
    if not query.strip():
        return []
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
