"""Years as words of the index, so that full-text search can leave out other days by itself.

Where a query asks for whole years, they are all that it needs; where it asks for days, they are
what is left for the days to be compared with.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from briefing_tui.query.fact import FIRST, LAST, Fact, facet
from briefing_tui.query.nodes import Days

_FROM, _TO = 1950, 2059
"""The first and last year with a word of its own; those before share one, and those after."""
_SHARED = 10
"""Years that have a word together besides, so that long stretches take few words."""


def years_of(fact: Fact) -> Iterator[str]:
    """The words for the years in which a fact happened or is due, and since which it is known."""
    if FIRST <= fact.lower <= fact.upper <= LAST:
        first, last = _year(fact.lower), _year(fact.upper)
        yield from (_word("date", year) for year in range(first, last + 1))
        decades = range(first // _SHARED, last // _SHARED + 1)
        yield from (_decade("date", decade) for decade in decades)
    if fact.known > 0:
        year = _year(fact.known)
        yield _word("known", year)
        yield _decade("known", year // _SHARED)


def years_asked(days: Days) -> tuple[tuple[str, ...], bool]:
    """The words of which a fact has one if some day of a query is its own.

    Returns:
        The words, and whether a fact that has one answers the query for certain.
    """
    if days.lower > LAST or days.upper < FIRST:
        return (), True
    first, last = _year(max(days.lower, FIRST)), _year(min(days.upper, LAST))
    words = []
    year = first
    while year <= last:
        if year % _SHARED == 0 and year + _SHARED - 1 <= last:
            words.append(_decade(days.of, year // _SHARED))
            year += _SHARED
        else:
            words.append(_word(days.of, year))
            year += 1
    begins = days.lower <= FIRST or days.lower == _new_year(first)
    ends = days.upper >= LAST or days.upper == _new_year(last + 1) - 1
    return tuple(words), begins and ends


def _year(day: int) -> int:
    """The year of a day; of one without a word of its own, the year next to those that have."""
    return min(max(datetime.date.fromordinal(day).year, _FROM - 1), _TO + 1)


def _new_year(year: int) -> int:
    """The first day of a year that has a word of its own, or follows one."""
    return datetime.date(year, 1, 1).toordinal() if _FROM <= year <= _TO + 1 else 0


def _word(of: str, year: int) -> str:
    return facet(of, str(year))


def _decade(of: str, decade: int) -> str:
    return facet(of, f"{decade}x")
