"""What stands at the right of a library's list: what is unread and marked, then what is counted."""

from __future__ import annotations

from collections.abc import Mapping

from briefing_tui.annotations.reading_status import NEVER, Standing
from briefing_tui.library.index.database import Listed
from briefing_tui.views import glyphs
from briefing_tui.views.row_lines import MIN_BODY, NARROW, ROOMY
from briefing_tui.views.rows import Role, Span, Spans

Standings = Mapping[str, Standing]
"""By the paths of briefings; one that is not among them was never opened."""

_UNREAD = "Unread"
_EVENTS, _DEALS, _WRONG = "Events", " Deals", " Wrong"
_SIDES = 3
"""Cells of a list beside its rows."""
_FEW = 9
"""More stars or notes than these are counted beside the list, not in it."""


class Column:
    """The column of what is unread and marked, as wide as the marks of the library want it."""

    def __init__(self, standings: Standings | None = None, *, is_shown: bool = True) -> None:
        """Make the column.

        Args:
            standings: What is known; nothing where that is still to be found out.
            is_shown: Whether there is one, which there is not where nothing is kept.
        """
        self._standings = standings
        self._is_shown = is_shown
        marks = max((len(marks_of(standing)) for standing in (standings or {}).values()), default=0)
        self._room = marks + 1 if marks else 0
        self._blank: Spans = (Span(" " * (len(_UNREAD) + self._room)),)
        self._spans: dict[Standing, Spans] = {}

    @property
    def heading(self) -> str:
        """What stands above it."""
        return _UNREAD + " " * self._room if self._is_shown else ""

    def of(self, listed: Listed) -> Spans:
        """What it says of a briefing; of a file that cannot be read, nothing."""
        if not self._is_shown:
            return ()
        if self._standings is None or not listed.as_of:
            return self._blank
        standing = self._standings.get(listed.path, NEVER)
        if standing not in self._spans:  # most say the same
            self._spans[standing] = self._of(standing)
        return self._spans[standing]

    def unread(self, path: str) -> int:
        """How many entries of a briefing are unread, as far as is known."""
        return (self._standings or {}).get(path, NEVER).unread

    def _of(self, standing: Standing) -> Spans:
        count = f"{standing.unread:,}" if standing.unread else "" if standing.opened else "new"
        role: Role = "warning" if standing.unread else "muted"
        marks = f" {marks_of(standing)}".ljust(self._room) if self._room else ""
        return (Span(count.rjust(len(_UNREAD)), role), Span(marks, "accent"))


NO_COLUMN = Column(is_shown=False)
"""The column of a library whose reading is not recorded."""


def marks_of(standing: Standing) -> str:
    """How many stars and notes there are, in a few cells."""
    counts = ((glyphs.STAR, standing.stars), (glyphs.NOTE, standing.notes))
    parts = ((sign, min(count, _FEW)) for sign, count in counts if count)
    return " ".join(f"{sign}{count}" if count > 1 else sign for sign, count in parts)


def headings(width: int, column: Column, lead_width: int) -> str:
    """What stands above all of them, where the rows have them.

    Args:
        width: Of the list, in cells.
        column: The reader's own.
        lead_width: Cells of a row before its title.
    """
    room = width - _SIDES
    if room < NARROW:
        return ""
    counts = f"{_EVENTS}{_DEALS}{_WRONG}" if room >= ROOMY or not column.heading else ""
    text = " ".join(heading for heading in (column.heading, counts) if heading)
    return text if room - lead_width - len(text) - 2 >= MIN_BODY else ""


def counts_of(entry: Listed) -> Spans:
    """How many events, deals and problems a briefing has; a file that cannot be read only these."""
    wrong = entry.errors + entry.warnings
    counts = f"{entry.events:>{len(_EVENTS)},}{entry.deals:>{len(_DEALS)},}" if entry.as_of else ""
    return (
        Span(counts.rjust(len(_EVENTS + _DEALS)), "muted"),
        Span(f"{wrong or '':>{len(_WRONG)}}", "error" if entry.errors else "warning"),
    )
