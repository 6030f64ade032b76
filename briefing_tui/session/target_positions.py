"""Converts entries and hits to positions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from briefing_tui.briefing.dates import Edtf, format_date
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.traversal import walk_entries
from briefing_tui.commands.registry import key_name
from briefing_tui.storage.positions import Position
from briefing_tui.views.focus_filter import scene_at
from briefing_tui.views.mark_overlay import entry_path, entry_paths
from briefing_tui.views.pane_registry import PANES

if TYPE_CHECKING:
    from briefing_tui.library.index.search import Hit


def position_of_hit(hit: Hit, document: Document) -> Position:
    """Return the position of a search hit: its row, or a parent, on the first day that has it.

    That is the briefing's own day or a later one; an earlier one for a point that ended by then.
    """
    from briefing_tui.views.query_facts import key_ancestors  # the first frame does without it

    own_date = document.briefing.as_of.upper
    known = hit.known or own_date
    view = next((spec.view for spec in PANES if spec.name == hit.pane), PANES[0].view)
    for day in dict.fromkeys((max(own_date, known), known)):
        keys = {row.key for row in view(scene_at(document, day)).rows if row.selectable}
        key = next((parent for parent in key_ancestors(hit.entry) if parent in keys), None)
        if key is not None:
            as_of = None if day == own_date else day
            return Position(pane=hit.pane, rows={hit.pane: key}, as_of=as_of)
    day = max(own_date, known)
    return Position(pane=hit.pane, rows={}, as_of=None if day == own_date else day)


def position_of_entries(
    document: Document, paths: Iterable[EntryPath], day: datetime.date | None = None
) -> Position:
    """Return the position of the first row of some entries, on a day or the next that has one.

    The first day is the date of the briefing if left out.
    """
    own_date = document.briefing.as_of.upper
    targets = set(paths)
    first = scene_at(document, day)
    for step in (first.as_of, *(step for step in first.steps if step > first.as_of)):
        scene = first if step == first.as_of else scene_at(document, step)
        if targets.isdisjoint(entry_path(part) for part in walk_entries(scene.known)):
            continue
        for spec in PANES:
            for row in spec.view(scene).rows:
                if row.selectable and not targets.isdisjoint(entry_paths(row.entry)):
                    as_of = None if step == own_date else step
                    return Position(pane=spec.name, rows={spec.name: row.key}, as_of=as_of)
    return Position(as_of=None if first.as_of == own_date else first.as_of)


def day_notice(position: Position, keys: Mapping[str, tuple[str, ...]], reason: str = "") -> str:
    """Return the notice for a position on another day, and the reason if it was not asked for."""
    if position.as_of is None:
        return ""
    day = format_date(Edtf.parse(position.as_of.isoformat()))
    key = key_name(keys["own-date"][0])
    because = f", {reason}" if reason else ""
    return f"As of {day}{because}; {key} goes to the briefing's own date"
