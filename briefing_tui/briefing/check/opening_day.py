"""Rules for the day that a briefing opens at, and for reading it on later days (W216, W217)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.dates import MONTHS
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import known_since

_MONTH = f"(?:{'|'.join(f'{name}|{name[:3]}' for name in MONTHS)})"
_DAY = r"\d\d?(?:st|nd|rd|th)?"
_DAY_AND_MONTH = re.compile(rf"\b(?:{_DAY} (?:of )?{_MONTH}|{_MONTH} {_DAY})\b(?!\d)")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")

_SHORT = 366
"""Days of a briefing in which a day and a month are clear without a year."""


def check_years(document: Document) -> Iterator[Problem]:
    """W216: a point with a day and a month has a year if the briefing spans more than one.

    A text that names any year is left alone.
    """
    briefing = document.briefing
    dates = [item.published.date for item in briefing.sources.values()]
    days = [date.anchor for date in (briefing.as_of, *dates) if date.is_known]
    if (max(days) - min(days)).days <= _SHORT:
        return
    for point in (*briefing.bottom_line, *briefing.key_points, *briefing.open_questions):
        named = _DAY_AND_MONTH.search(point.text)
        if named and not _YEAR.search(point.text):
            message = f"'{named[0]}' has no year, and is read years later; add it"
            yield document.problem("W216", message, point, "text")


def check_article(document: Document) -> Iterator[Problem]:
    """W217: the article is published on the day that the briefing opens at."""
    briefing = document.briefing
    article = briefing.sources.get(briefing.about)
    day = briefing.as_of.upper
    if article is None or article.published.date.anchor <= day:
        return
    known = [known_since(entry, briefing) for entry in document.evidenced]
    hidden = sum(date is not None and date.anchor > day for date in known)
    message = (
        f"'{briefing.about}' was published later ({article.published.date}): {hidden:,} of"
        f" {len(known):,} entries are hidden when the briefing opens; write a later day"
    )
    yield document.problem("W217", message, briefing, "as_of")
