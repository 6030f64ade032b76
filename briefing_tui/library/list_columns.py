"""What stands at the right of a library's list: what is unread and marked, then what is counted."""

from __future__ import annotations

from collections.abc import Mapping

from briefing_tui.annotations.reading_status import NOT_OPENED, ReadingStatus
from briefing_tui.library.index.database import Listed
from briefing_tui.views import glyphs
from briefing_tui.views.row_lines import MIN_BODY, NARROW, ROOMY
from briefing_tui.views.rows import Role, Span, Spans

Standings = Mapping[str, ReadingStatus]
"""By the paths of briefings; one that is not among them was never opened."""

_UNREAD = "Unread"
_EVENTS, _DEALS, _WRONG = "Events", " Deals", " Wrong"
_SIDES = 3
"""Cells of a list beside its rows."""
_FEW = 9
"""More stars or notes than these are counted beside the list, not in it."""


class Column:
    """The column of what is unread and marked, as wide as the marks of the library want it."""

    def __init__(self, standings: Standings | None = None, *, shown: bool = True) -> None:
        """Make the column.

        Args:
            standings: What is known; nothing where that is still to be found out.
            shown: Whether there is one, which there is not where nothing is kept.
        """
        self._standings = standings
        self._shown = shown
        marks = max((len(marks_of(one)) for one in (standings or {}).values()), default=0)
        self._room = marks + 1 if marks else 0
        self._blank: Spans = (Span(" " * (len(_UNREAD) + self._room)),)
        self._told: dict[ReadingStatus, Spans] = {}

    @property
    def heading(self) -> str:
        """What stands above it."""
        return _UNREAD + " " * self._room if self._shown else ""

    def of(self, listed: Listed) -> Spans:
        """What it says of a briefing; of a file that cannot be read, nothing."""
        if not self._shown:
            return ()
        if self._standings is None or not listed.as_of:
            return self._blank
        one = self._standings.get(listed.path, NOT_OPENED)
        if one not in self._told:  # most say the same
            self._told[one] = self._of(one)
        return self._told[one]

    def unread(self, path: str) -> int:
        """How many entries of a briefing are unread, as far as is known."""
        return (self._standings or {}).get(path, NOT_OPENED).unread

    def _of(self, one: ReadingStatus) -> Spans:
        told = f"{one.unread:,}" if one.unread else "" if one.opened else "new"
        role: Role = "warning" if one.unread else "muted"
        marks = f" {marks_of(one)}".ljust(self._room) if self._room else ""
        return (Span(told.rjust(len(_UNREAD)), role), Span(marks, "accent"))


NO_COLUMN = Column(shown=False)
"""The column of a library whose reading is not recorded."""


def marks_of(one: ReadingStatus) -> str:
    """How many stars and notes there are, in a few cells."""
    counts = ((glyphs.STAR, one.stars), (glyphs.NOTE, one.notes))
    told = ((sign, min(count, _FEW)) for sign, count in counts if count)
    return " ".join(f"{sign}{count}" if count > 1 else sign for sign, count in told)


def headings(width: int, column: Column, before: int) -> str:
    """What stands above all of them, where the rows have them.

    Args:
        width: Of the list, in cells.
        column: The reader's own.
        before: Cells of a row before its title.
    """
    room = width - _SIDES
    if room < NARROW:
        return ""
    counts = f"{_EVENTS}{_DEALS}{_WRONG}" if room >= ROOMY or not column.heading else ""
    told = " ".join(part for part in (column.heading, counts) if part)
    return told if room - before - len(told) - 2 >= MIN_BODY else ""


def counts_of(one: Listed) -> Spans:
    """How many events, deals and problems a briefing has; a file that cannot be read only these."""
    wrong = one.errors + one.warnings
    found = f"{one.events:>{len(_EVENTS)},}{one.deals:>{len(_DEALS)},}" if one.as_of else ""
    return (
        Span(found.rjust(len(_EVENTS + _DEALS)), "muted"),
        Span(f"{wrong or '':>{len(_WRONG)}}", "error" if one.errors else "warning"),
    )
