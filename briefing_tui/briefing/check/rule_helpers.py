"""Helpers shared by the rules."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Briefing, Entry, Evidenced
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import walk_evidenced


def problem_at(
    document: Document, code: str, entry: Entry, key: str | tuple[str | int, ...], message: str
) -> Problem:
    """Return a problem at a field of an entry, or at a value within it if ``key`` is a path."""
    start = entry.place.path if entry.place else ()
    keys = (key,) if isinstance(key, str) else key
    return Problem(code, message, document.at((*start, *keys)))


def evidenced_entries(briefing: Briefing) -> Iterator[Evidenced]:
    """Yield every entry with evidence.

    Only deals nest evidenced entries, so nothing else is walked: a file may have thousands of
    events.
    """
    yield from (*briefing.bottom_line, *briefing.key_points, *briefing.open_questions)
    yield from (*briefing.actors.values(), *briefing.timeline)
    yield from walk_evidenced(briefing.deals)
