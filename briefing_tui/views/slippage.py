"""Slippage: the delay of a date against the promised one, in whole months.

Both dates are intervals, so the delay is a range: at least from the end of the one to the start of
the other, at most from the start of the one to the end of the other.
"""

from __future__ import annotations

import datetime
from calendar import monthrange

from briefing_tui.briefing.dates import Edtf
from briefing_tui.views.labels import quantity


def slippage(due: Edtf, actual: Edtf) -> str | None:
    """Return how late ``actual`` is, such as ``12 to 13 months late``; None if either has no end.

    A deadline (``../2023-04``) is met by any date before its end. Dates that overlap are on time.
    """
    if due.end is None or actual.end is None:
        return None
    if actual.start is None:
        # If the new date is a deadline itself (`../X`), compare X.
        actual = Edtf.parse(actual.text.rpartition("/")[2])
    begin, end = (due.lower if due.start else datetime.date.min), due.upper
    if actual.lower > end:
        first = end if due.start is None else begin
        return _in_words(_months(end, actual.lower), _months(first, actual.upper), "late")
    if actual.upper < begin:
        return _in_words(_months(actual.upper, begin), _months(actual.lower, end), "early")
    if actual.upper <= end:
        return "on time"
    # Some days after the end count as a month that has begun.
    return f"on time or up to {quantity(_months(end, actual.upper) + 1, 'month')} late"


def _in_words(least: int, most: int, direction: str) -> str:
    if most == 0:
        return f"less than a month {direction}"
    start = "" if least == most else f"{least or 'less than 1'} to "
    return f"{start}{quantity(most, 'month')} {direction}"


def _months(start: datetime.date, end: datetime.date) -> int:
    """Return the whole months from one day to a later one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    last_day = end.day == monthrange(end.year, end.month)[1]
    return months if end.day >= start.day or last_day else months - 1
