"""Ticks of an axis of days: decades, years, quarters, months or days, whatever fits its span."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import NamedTuple

from briefing_tui.briefing.dates import MONTHS_SHORT, Edtf

_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_MONTHS = (1, 3, 6)
_DAYS = (1, 2, 7, 14, 28)


class Tick(NamedTuple):
    """A labelled day of an axis."""

    day: int
    """As an ordinal."""
    label: str


def axis_day(date: Edtf) -> int:
    """Return the ordinal day at which a date is drawn: its middle, or the end of a deadline."""
    if date.start is None:
        return date.upper.toordinal()
    if date.end is None:
        return date.lower.toordinal()
    return (date.lower.toordinal() + date.upper.toordinal()) // 2


def days_of(dates: tuple[Edtf, ...]) -> tuple[int, int]:
    """Return the first and the last day of several dates, as ordinals; open ends do not count."""
    last = max(date.upper if date.end else date.lower for date in dates)
    return min(date.anchor for date in dates).toordinal(), last.toordinal()


def cell_of(day: int, first: int, last: int, cells: int) -> int:
    """Return the cell of a day on an axis of ``cells`` cells, counted from 0."""
    span = max(last - first, 1)
    position = ((day - first) * (cells - 1) * 2 + span) // (2 * span)
    return min(max(position, 0), cells - 1)


def ticks(first: int, last: int, limit: Callable[[int], int]) -> list[Tick]:
    """Return as many ticks as fit; ``limit`` returns how many of a width in cells there may be.

    At least one. They begin months or years, unless fewer than two of these begin in the span.
    """
    start, end = datetime.date.fromordinal(first), datetime.date.fromordinal(last)
    months = (end.year - start.year) * 12 + end.month - start.month
    for step in _MONTHS:
        if months // step < limit(8):
            found = list(_month_ticks(start, end, step))
            if len(found) > 1 or (found and limit(11) < 2):
                return found
            return _day_ticks(first, last, limit(11))
    for step in _YEARS:
        if (end.year - start.year) // step < limit(4):
            years = range(-(-start.year // step) * step, end.year + 1, step)
            firsts = [datetime.date(year, 1, 1) for year in years if year]
            found = [Tick(day.toordinal(), f"{day.year:04}") for day in firsts if day >= start]
            return found or [Tick(first, _month_label(start))]
    return [Tick(first, _month_label(start))]


def _day_ticks(first: int, last: int, limit: int) -> list[Tick]:
    span = last - first
    step = next((step for step in _DAYS if span // step < limit), span + 1)
    days = range(first, last + 1, step)
    return [Tick(day, _day_label(datetime.date.fromordinal(day))) for day in days]


def _month_ticks(start: datetime.date, end: datetime.date, step: int) -> Iterator[Tick]:
    for month in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        day = datetime.date(month // 12, month % 12 + 1, 1)
        if month % step == 0 and day >= start:
            yield Tick(day.toordinal(), _month_label(day))


def _month_label(day: datetime.date) -> str:
    return f"{MONTHS_SHORT[day.month - 1]} {day.year}"


def _day_label(day: datetime.date) -> str:
    return f"{day.day} {_month_label(day)}"
