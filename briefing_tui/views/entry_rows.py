"""Rows of entries: readable ones with their voice and grade, unreadable ones with the reason."""

from __future__ import annotations

from typing import Any

from briefing_tui.briefing.document import UnreadableEntry
from briefing_tui.briefing.model import Briefing, Entry, Evidenced
from briefing_tui.briefing.provenance import grade, has_voice, voice
from briefing_tui.views import glyphs
from briefing_tui.views.labels import VOICES
from briefing_tui.views.rows import Row, Span, Spans
from briefing_tui.views.scene import Scene, row_key


def entry_key(entry: Entry, default: str = "") -> str:
    """Return the key of an entry's row, or ``default`` if the entry is not from a file."""
    return row_key(*entry.place.path) if entry.place else default


def entry_row(scene: Scene, entry: Evidenced, **columns: Any) -> Row:
    """Build the row of an entry from ``columns``, with its voice and grade at the right edge."""
    return Row(
        tail=voice_column(entry, scene.briefing),
        tail_short=voice_column(entry, scene.briefing, short=True),
        entry=entry,
        problems=scene.problems_of(entry),
        **columns,
    )


def voice_column(entry: Evidenced, briefing: Briefing, *, short: bool = False) -> Spans:
    """Voice and grade, for the column at the right edge; a briefer's judgement has no grade."""
    if not has_voice(entry):
        return ()
    basis = voice(entry, briefing.about)
    word = VOICES[basis][:3] if short else VOICES[basis]
    if basis == "judgement":
        return (Span(word.ljust(6 if short else 11), "judged"),)
    return (Span(f"{word} {grade(entry, briefing)}".ljust(6 if short else 11), "muted"),)


def unreadable_row(scene: Scene, entry: UnreadableEntry, indent: int = 0) -> Row:
    """Show an unreadable entry in its place, with where and why, so that no entry gets lost."""
    problems = scene.problems_of(entry)
    details = tuple(
        (Span(problem.format(scene.document.name), "muted"),) for problem in problems[:3]
    )
    return Row(
        key=row_key("broken", *entry.place.path),
        indent=indent,
        mark=Span(glyphs.BROKEN, "error"),
        body=(Span(entry.label or "(empty)"), Span("  cannot be read", "error")),
        details=details,
        entry=entry,
        problems=problems,
    )


def unreadable_rows(scene: Scene, *section: str | int, indent: int = 0) -> list[Row]:
    """Return the rows of the unreadable entries of one list or table."""
    return [unreadable_row(scene, entry, indent) for entry in scene.unreadable_in(*section)]
