"""Slippage: the delay of a date against the promised one, in whole months.

Both dates are intervals, so the delay is a range: at least from the end of the one to the start of
the other, at most from the start of the one to the end of the other.
"""

from __future__ import annotations

import datetime
from calendar import monthrange
from typing import Literal, NamedTuple

from briefing_tui.briefing.dates import Edtf
from briefing_tui.views.labels import quantity


class Slippage(NamedTuple):
    """Whole months between two dates, at least and at most."""

    kind: Literal["early", "on time", "late"]
    """``on time`` if the two overlap."""
    least: int
    most: int

    @property
    def words(self) -> str:
        """The range in words: ``12 to 13 months late``."""
        most = quantity(self.most, "month")
        if self.kind == "on time":
            return f"on time or up to {most} late" if self.most else "on time"
        if self.most == 0:
            return f"less than a month {self.kind}"
        if self.least == self.most:
            return f"{most} {self.kind}"
        return f"{self.least or 'less than 1'} to {most} {self.kind}"


def slippage(due: Edtf, actual: Edtf) -> Slippage | None:
    """Return how late ``actual`` is against ``due``; None if either has no end.

    A deadline (``../2023-04``) is met by any date before its end.
    """
    if due.end is None or actual.end is None:
        return None
    if actual.start is None:
        # If the new date is a deadline itself (`../X`), compare X.
        actual = Edtf.parse(actual.text.rpartition("/")[2])
    begin, end = (due.lower if due.start else datetime.date.min), due.upper
    if actual.lower > end:
        first = end if due.start is None else begin
        return Slippage("late", _between(end, actual.lower), _between(first, actual.upper))
    if actual.upper < begin:
        return Slippage("early", _between(actual.upper, begin), _between(actual.lower, end))
    over = _between(end, actual.upper) if actual.upper > end else 0
    # Some days after the end count as a month that has begun.
    return Slippage("on time", 0, over + 1 if actual.upper > end else 0)


def _between(start: datetime.date, end: datetime.date) -> int:
    """Return the whole months from one day to a later one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    last_day = end.day == monthrange(end.year, end.month)[1]
    return months if end.day >= start.day or last_day else months - 1
