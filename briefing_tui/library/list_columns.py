"""The columns at the right of a library's list: unread entries and marks, then counts."""

from __future__ import annotations

from collections.abc import Mapping

from briefing_tui.annotations.reading_status import NOT_OPENED, ReadingStatus
from briefing_tui.library.index.database import Listed
from briefing_tui.views import glyphs
from briefing_tui.views.row_lines import MIN_BODY, NARROW, ROOMY
from briefing_tui.views.rows import Role, Span, Spans

Standings = Mapping[str, ReadingStatus]
"""By path; a briefing that is missing was never opened."""

_UNREAD = "Unread"
_EVENTS, _DEALS, _WRONG = "Events", " Deals", " Wrong"
_SIDES = 3
"""Cells of a list beside its rows."""
_FEW = 9
"""The highest count of stars or notes that the list shows."""


class Column:
    """The column of unread entries and marks, as wide as the marks of the library need."""

    def __init__(self, standings: Standings | None = None, *, is_shown: bool = True) -> None:
        """Prepare the column: ``standings`` are None while they are not known.

        It is shown only if it is recorded what the reader has read.
        """
        self._standings = standings
        self._is_shown = is_shown
        marks = max((len(marks_of(standing)) for standing in (standings or {}).values()), default=0)
        self._room = marks + 1 if marks else 0

    @property
    def heading(self) -> str:
        """The heading; empty if the column is not shown."""
        return _UNREAD + " " * self._room if self._is_shown else ""

    def of(self, listed: Listed) -> Spans:
        """Return the cells of a briefing; blank for a file that cannot be read."""
        if not self._is_shown:
            return ()
        if self._standings is None or not listed.as_of:
            return (Span(" " * (len(_UNREAD) + self._room)),)
        standing = self._standings.get(listed.path, NOT_OPENED)
        count = f"{standing.unread:,}" if standing.unread else "" if standing.opened else "new"
        role: Role = "warning" if standing.unread else "muted"
        marks = f" {marks_of(standing)}".ljust(self._room) if self._room else ""
        return (Span(count.rjust(len(_UNREAD)), role), Span(marks, "accent"))

    def unread(self, path: str) -> int:
        """Return how many entries of a briefing are known to be unread."""
        return (self._standings or {}).get(path, NOT_OPENED).unread


NO_COLUMN = Column(is_shown=False)


def marks_of(standing: ReadingStatus) -> str:
    """Return the numbers of stars and notes in a few cells."""
    counts = ((glyphs.STAR, standing.stars), (glyphs.NOTE, standing.notes))
    parts = ((sign, min(count, _FEW)) for sign, count in counts if count)
    return " ".join(f"{sign}{count}" if count > 1 else sign for sign, count in parts)


def headings(width: int, column: Column, lead_width: int) -> str:
    """Return the headings of all columns for a width in cells; empty if rows have none."""
    room = width - _SIDES
    if room < NARROW:
        return ""
    counts = f"{_EVENTS}{_DEALS}{_WRONG}" if room >= ROOMY or not column.heading else ""
    text = " ".join(heading for heading in (column.heading, counts) if heading)
    return text if room - lead_width - len(text) - 2 >= MIN_BODY else ""


def counts_of(entry: Listed) -> Spans:
    """Return the counts of events, deals and problems; only problems of an unreadable file."""
    wrong = entry.errors + entry.warnings
    counts = f"{entry.events:>{len(_EVENTS)},}{entry.deals:>{len(_DEALS)},}" if entry.as_of else ""
    return (
        Span(counts.rjust(len(_EVENTS + _DEALS)), "muted"),
        Span(f"{wrong or '':>{len(_WRONG)}}", "error" if entry.errors else "warning"),
    )
