"""How far a date lies from the date that was promised, in whole months.

Both are known only within bounds, so the result is a range: at least from the end of the one to the
beginning of the other, at most from the beginning of the one to the end of the other.
"""

from __future__ import annotations

import datetime
from calendar import monthrange
from typing import Literal, NamedTuple

from briefing_tui.briefing.dates import Edtf


class Slippage(NamedTuple):
    """Whole months between two dates, at least and at most."""

    kind: Literal["early", "on time", "late"]
    """``on time`` where the two can agree."""
    least: int
    most: int

    @property
    def words(self) -> str:
        """The range as people say it: ``12 to 13 months late``."""
        if self.kind == "on time":
            return f"on time or up to {_months(self.most)} late" if self.most else "on time"
        if self.most == 0:
            return f"less than a month {self.kind}"
        if self.least == self.most:
            return f"{_months(self.most)} {self.kind}"
        return f"{self.least or 'less than 1'} to {_months(self.most)} {self.kind}"


def slippage(due: Edtf, actual: Edtf) -> Slippage | None:
    """How late ``actual`` is against ``due``; nothing where either has no end.

    A deadline (``../2023-04``) is kept by anything before its end.
    """
    if due.end is None or actual.end is None:
        return None
    if actual.start is None:
        # A deadline that is promised in place of another counts by its last month or day.
        actual = Edtf.parse(actual.text.rpartition("/")[2])
    begin, end = (due.lower if due.start else datetime.date.min), due.upper
    if actual.lower > end:
        first = end if due.start is None else begin
        return Slippage("late", _between(end, actual.lower), _between(first, actual.upper))
    if actual.upper < begin:
        return Slippage("early", _between(actual.upper, begin), _between(actual.lower, end))
    over = _between(end, actual.upper) if actual.upper > end else 0
    # Beyond the end by days only still counts as a month begun.
    return Slippage("on time", 0, over + 1 if actual.upper > end else 0)


def _between(start: datetime.date, end: datetime.date) -> int:
    """Whole months from one day to a later one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    last_day = end.day == monthrange(end.year, end.month)[1]
    return months if end.day >= start.day or last_day else months - 1


def _months(number: int) -> str:
    return f"{number} month{'' if number == 1 else 's'}"
