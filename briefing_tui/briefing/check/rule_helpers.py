"""What the rules that make sense of a file share."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Briefing, Entry, Evidenced
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import entries


def finding(
    document: Document, code: str, entry: Entry, key: str | tuple[str | int, ...], message: str
) -> Problem:
    """A problem at the value of a field, or at a part of it where ``key`` is a path."""
    start = entry.place.path if entry.place else ()
    keys = (key,) if isinstance(key, str) else key
    return Problem(code, message, document.at((*start, *keys)))


def evidenced(briefing: Briefing) -> Iterator[Evidenced]:
    """Every entry with evidence.

    Only deals hold others, so nothing else is searched: a file may have thousands of events.
    """
    yield from (*briefing.bottom_line, *briefing.key_points, *briefing.open_questions)
    yield from (*briefing.actors.values(), *briefing.timeline)
    yield from entries(briefing.deals)
