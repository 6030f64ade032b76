"""The newest briefings about an actor or deal: to read very many takes time and memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from heapq import nlargest
from typing import NamedTuple

import msgspec

from briefing_tui.briefing.dates import Edtf, format_date
from briefing_tui.library.entity_resolution import Subject
from briefing_tui.views.labels import quantity

MOST = 2_000
"""Briefings of a dossier, unless all are requested: about a second of work."""


class DossierScope(NamedTuple):
    """An actor or deal with the briefings that a dossier is made from."""

    subject: Subject
    left_out: int = 0
    """How many older briefings are left out."""
    until: str = ""
    """The as-of date of the newest of these, in words."""

    def description(self, missing: int = 0) -> str:
        """Return which briefings these are, in words, without ``missing`` unreadable ones."""
        count = len(self.subject.files)
        read = count - missing
        if self.left_out:
            return f"the newest {read:,} of {count + self.left_out:,} briefings"
        return quantity(read, "briefing")

    @property
    def gap(self) -> str:
        """What is left out, in words; empty if nothing is."""
        if not self.left_out:
            return ""
        older = quantity(self.left_out, "older briefing")
        return f"{older}, the newest as of {self.until}"


def newest(
    subject: Subject, days: Callable[[], Mapping[str, str]], limit: int | None = None
) -> DossierScope:
    """Return a subject with the newest of its briefings, by as-of date, at most `MOST`.

    ``days`` returns the as-of dates of briefings in EDTF by path; it is called above the limit.
    """
    limit = MOST if limit is None else limit
    files = subject.files
    if len(files) <= limit:
        return DossierScope(subject)
    dates = days()

    def age(file: str) -> tuple[tuple[int, int, int], str]:
        return Edtf.parse(dates.get(file) or "0001").sort_key, file

    ordered = nlargest(limit + 1, files, key=age)
    files_used = set(ordered[:limit])
    members = tuple(member for member in subject.members if member[0] in files_used)
    narrowed = msgspec.structs.replace(subject, members=members)
    until = dates.get(ordered[limit])
    until_day = format_date(Edtf.parse(until)) if until else "an unknown day"
    return DossierScope(narrowed, len(files) - limit, until_day)
