"""Rows of entries: readable ones with their voice and grade, unreadable ones with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from briefing_tui.briefing.document import UnreadableEntry
from briefing_tui.briefing.model import Entry, Evidenced
from briefing_tui.briefing.provenance import grade, has_voice, voice
from briefing_tui.views import glyphs
from briefing_tui.views.labels import VOICES
from briefing_tui.views.links import focus_links
from briefing_tui.views.rows import Link, Row, Span, Spans
from briefing_tui.views.scene import Scene, row_key
from briefing_tui.views.source_corrections import citation_states


def entry_key(entry: Entry, default: str = "") -> str:
    """Return the key of an entry's row, or ``default`` if the entry is not from a file."""
    return row_key(*entry.location.path) if entry.location else default


def entry_row(scene: Scene, entry: Entry | UnreadableEntry, **columns: Any) -> Row:
    """Build the row of an entry from its columns, with its problems, and whether it is new.

    It says so if a source that the entry cites was retracted or corrected.
    """
    states = citation_states(scene, entry)
    if states:
        notice = Span(f" {glyphs.WARNING} source {' and '.join(states)}", "warning")
        columns["body"] = (*columns["body"], notice)
    return Row(entry=entry, problems=scene.problems_of(entry), new=scene.is_new(entry), **columns)


def voiced_row(
    scene: Scene,
    entry: Entry,
    *,
    evidence: Evidenced | None = None,
    links: tuple[Link, ...] = (),
    scope: Iterable[Link] = (),
    **columns: Any,
) -> Row:
    """Build the row of an entry with its voice and grade, or those of ``evidence``, at the right.

    The panes can be narrowed to the actors and deals of ``scope``, and then those of ``links``.
    """
    evidence = entry if isinstance(entry, Evidenced) else evidence
    return entry_row(
        scene,
        entry,
        tail=_voice_column(scene, evidence, 13),
        tail_short=_voice_column(scene, evidence, 8),
        links=links,
        scope=focus_links((*scope, *links)),
        **columns,
    )


def _voice_column(scene: Scene, entry: Evidenced | None, width: int) -> Spans:
    """Return voice and grade in a column of 8 or 13 cells; a judgement has no grade."""
    if entry is None or not has_voice(entry):
        return ()
    basis = voice(entry, scene.briefing.about)
    word = VOICES[basis][:3] if width < 13 else VOICES[basis]
    if basis == "judgement":
        return (Span(word.ljust(width), "judged"),)
    return (Span(f"{word} {grade(entry, scene.briefing)}".ljust(width), "muted"),)


def unreadable_row(scene: Scene, entry: UnreadableEntry, indent: int = 0) -> Row:
    """Show an unreadable entry in its place, with where and why, so that no entry gets lost."""
    reasons = (problem.format(scene.document.name) for problem in scene.problems_of(entry)[:3])
    return entry_row(
        scene,
        entry,
        key=row_key("broken", *entry.location.path),
        indent=indent,
        mark=Span(glyphs.BROKEN, "error"),
        body=(Span(entry.label or "(empty)"), Span("  cannot be read", "error")),
        details=tuple((Span(reason, "muted"),) for reason in reasons),
    )


def unreadable_rows(scene: Scene, *section: str | int, indent: int = 0) -> list[Row]:
    """Return the rows of the unreadable entries of one list or table."""
    return [unreadable_row(scene, entry, indent) for entry in scene.unreadable_in(*section)]
