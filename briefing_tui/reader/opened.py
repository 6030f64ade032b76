"""The reading screen of a briefing, set up to begin where it should."""

from __future__ import annotations

import datetime
import sys
from typing import TYPE_CHECKING

from briefing_tui.briefing.document import Document
from briefing_tui.reader.commands import effective_keys
from briefing_tui.reader.resuming import Opening, scene_at
from briefing_tui.reader.screens.reader import ReaderScreen
from briefing_tui.settings import Settings
from briefing_tui.state import Position
from briefing_tui.views.panes import PANES

if TYPE_CHECKING:
    from briefing_tui.library.search import Hit


def begun(
    document: Document,
    settings: Settings,
    opening: Opening,
    day: datetime.date | None = None,
    place: Position | None = None,
) -> ReaderScreen:
    """The reading screen of a document: on a day, at a place, or where it was left."""
    position = place or opening.position
    screen = ReaderScreen(scene_at(document, day, position), effective_keys(settings.keys))
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
    key = next((one for one in parents(hit.entry) if one in rows), "")
    return Position(pane=hit.pane, rows={hit.pane: key}, as_of=None if day == own else day)
