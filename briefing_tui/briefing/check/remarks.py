"""Rules for what the briefer adds to an entry (W215)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Evidenced, Source
from briefing_tui.briefing.named_dates import RemarkDates, names_year
from briefing_tui.briefing.problems import EntryPath, Problem


def check_hindsight(document: Document) -> Iterator[Problem]:
    """W215: a remark that names a date after its sources says since when it is known.

    Not reported are dates that an entry known by then looks ahead to, such as the due date of a
    forecast.
    """
    # Much faster than to look at all of them.
    remarks = [item for item in document.remarks if not item.known and names_year(item.text)]
    if not remarks:
        return
    dates = RemarkDates(document.briefing)
    owners = {
        entry.location.path: entry
        for entry in document.entries
        if isinstance(entry, (Evidenced, Source)) and entry.location
    }
    for remark in remarks:
        if remark.location is None:
            continue
        owner = _owner(remark.location.path, owners)
        known = [owner.published.date] if isinstance(owner, Source) else dates.evidence_dates(owner)
        day = max((date.upper if date.end else date.anchor for date in known), default=_ALWAYS)
        if named := dates.hindsight(remark, day):
            key = remark.location.path[-1]
            message = (
                f"names {named.words}, which is after its sources ({day}), so it is hidden until"
                f" then; write '{key}: {{text: …, known: DATE}}' with the day it was known"
            )
            yield document.problem("W215", message, remark)


_ALWAYS = datetime.date.min


def _owner(path: EntryPath, owners: dict[EntryPath, Evidenced | Source]) -> Evidenced | Source:
    """Return the innermost entry or source around a path."""
    ends = range(len(path) - 1, 0, -1)
    return next(owners[path[:end]] for end in ends if path[:end] in owners)
