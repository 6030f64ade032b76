"""Days as words of the index: what they promise holds for every span and every question."""

from __future__ import annotations

import datetime

from hypothesis import example, given
from hypothesis import strategies as st

from briefing_tui.library.index.year_tokens import years_asked, years_of
from briefing_tui.query.fact import FIRST, LAST, Fact
from briefing_tui.query.matching import predicate
from briefing_tui.query.nodes import Days


def ordinal(year: int, month: int = 1, day: int = 1) -> int:
    return datetime.date(year, month, day).toordinal()


EDGES = [
    *(FIRST, LAST, FIRST - 1, LAST + 1, ordinal(1949, 12, 31), ordinal(1950), ordinal(2060)),
    *(ordinal(2059, 12, 31), ordinal(2019), ordinal(2019, 12, 31), ordinal(2020), ordinal(2061)),
]
DAYS = st.sampled_from(EDGES) | st.integers(ordinal(1940), ordinal(2070))


@given(DAYS, DAYS, DAYS, DAYS, DAYS, st.sampled_from(["date", "known"]))
@example(ordinal(2018), ordinal(2018), 0, ordinal(2019), LAST, "date")
@example(1, 0, 1, 0, LAST + 1, "date")
def test_words_leave_out_nothing_and_are_exact_where_they_say_so(
    begins: int, ends: int, known: int, lower: int, upper: int, of: str
) -> None:
    begins, ends = min(begins, ends), max(begins, ends)
    lower, upper = min(lower, upper), max(lower, upper)
    known = min(max(known, 0), LAST)
    fact = Fact("", "", "", "", "", lower=begins, upper=ends, known=known)
    if not FIRST <= begins <= ends <= LAST:  # without a date
        fact = Fact("", "", "", "", "", known=known)
    days = Days(lower, upper, "known" if of == "known" else "date")
    words, exact = years_asked(days)
    has_one = not {*words}.isdisjoint(years_of(fact))
    answers = predicate(days)(fact)
    assert has_one or not answers
    if exact:
        assert has_one == answers


def test_a_long_stretch_takes_few_words() -> None:
    for lower in (FIRST, ordinal(2001), ordinal(2009, 5, 3)):
        assert len(years_asked(Days(lower, LAST))[0]) < 30
    assert years_asked(Days(ordinal(2020), ordinal(2029, 12, 31))) == (("date·202x",), True)
    assert years_asked(Days(ordinal(2020), ordinal(2020, 12, 30))) == (("date·2020",), False)
