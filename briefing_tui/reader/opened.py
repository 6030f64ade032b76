"""The reading screen of a briefing, set up to begin where it should."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from briefing_tui.briefing.cite import parts
from briefing_tui.briefing.dates import Edtf, words
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import Path
from briefing_tui.reader.commands import effective_keys, key_name
from briefing_tui.reader.resuming import Opening, scene_at
from briefing_tui.reader.screens.reader import ReaderScreen
from briefing_tui.settings import Settings
from briefing_tui.state import Position
from briefing_tui.views.marked import path_of, paths_of
from briefing_tui.views.panes import PANES
from briefing_tui.views.scene import Scene

if TYPE_CHECKING:
    from briefing_tui.library.search import Hit


def begun(
    document: Document,
    settings: Settings,
    opening: Opening,
    day: datetime.date | None = None,
    place: Position | None = None,
    scene: Scene | None = None,
) -> ReaderScreen:
    """The reading screen of a document: on a day, at a place, or where it was left.

    ``scene`` is the document there, where that was made already.
    """
    position = place or opening.position
    scene = scene or scene_at(document, day, position)
    screen = ReaderScreen(scene, effective_keys(settings.keys))
    if settings.layout == "tabs":
        screen.wide_from = sys.maxsize
    screen.open_notebook = opening.notebook
    screen.look, screen.follow = opening.look, opening.follow
    if position is not None:
        screen.begin_at(position)
    if opening.warning:
        screen.notify_first(opening.warning)
    return screen


def place_of(hit: Hit, document: Document) -> Position:
    """Where a hit is to be seen: its row, or what holds it, on the first day that has it."""
    from briefing_tui.views.facts import parents  # the first picture need not wait for it

    own = document.briefing.as_of.upper
    day = max(own, hit.known) if hit.known else own
    view = next((spec.view for spec in PANES if spec.name == hit.pane), PANES[0].view)
    rows = {row.key for row in view(scene_at(document, day, None)).rows if row.selectable}
    key = next((one for one in parents(hit.entry) if one in rows), None)
    return Position(
        pane=hit.pane,
        rows={} if key is None else {hit.pane: key},
        as_of=None if day == own else day,
    )


def place_in(
    document: Document, paths: Iterable[Path], day: datetime.date | None = None
) -> Position:
    """Where one of some entries is to be seen: on a day, or on the first later one that has it.

    Args:
        document: The briefing.
        paths: Where they stand in its file.
        day: The day to begin with; its own where it is left out.
    """
    own = document.briefing.as_of.upper
    wanted = set(paths)
    first = scene_at(document, day, None)
    for one in (first.as_of, *(one for one in first.steps if one > first.as_of)):
        scene = first if one == first.as_of else scene_at(document, one, None)
        if wanted.isdisjoint(path_of(part) for part in parts(scene.known)):
            continue
        for spec in PANES:
            for row in spec.view(scene).rows:
                if row.selectable and not wanted.isdisjoint(paths_of(row.entry)):
                    as_of = None if one == own else one
                    return Position(pane=spec.name, rows={spec.name: row.key}, as_of=as_of)
    return Position(as_of=None if first.as_of == own else first.as_of)


def day_told(place: Position, keys: Mapping[str, tuple[str, ...]]) -> str:
    """What to say of a place on another day than the briefing's own."""
    if place.as_of is None:
        return ""
    day = words(Edtf.parse(place.as_of.isoformat()))
    return f"As of {day}; {key_name(keys['own-date'][0])} goes to the briefing's own date"
