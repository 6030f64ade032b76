"""The header of a library's list, and the progress and changes of its index."""

from __future__ import annotations

from briefing_tui.library.index.sync import Changes, IndexProgress
from briefing_tui.library.list_rows import GROUPINGS, ORDERS, Listing
from briefing_tui.views import glyphs
from briefing_tui.views.rows import Span, Spans, join_spans, plain

_BAR_WIDTH = 12


def header(name: str, listing: Listing, unread: str, width: int) -> tuple[Spans, Spans]:
    """Return both ends of the header; the right end is shortened if there is little room."""
    broken_count = sum(not entry.as_of for entry in listing.briefings)
    broken = Span(f"{broken_count:,} cannot be read", "error") if broken_count else None
    warning = Span(unread, "warning")
    all_parts = [broken, warning, ORDERS[listing.order], GROUPINGS[listing.grouping]]
    candidates = (join_spans(all_parts), join_spans([broken, warning]), join_spans([warning]))
    room = width - len(name) - 4
    right = next((spans for spans in candidates if len(plain(spans)) <= room), ())
    return (Span(f" {name}", "strong"),), (*right, Span(" "))


def progress_bar(progress: IndexProgress) -> Spans:
    """Return a progress bar with the number of indexed briefings and the time left."""
    full = progress.done * _BAR_WIDTH // max(progress.total, 1)
    seconds = progress.seconds_left
    return (
        Span(" Indexing ", "muted"),
        Span(glyphs.FULL * full, "accent"),
        Span(glyphs.FREE * (_BAR_WIDTH - full), "muted"),
        Span(f" {progress.done:,} of {progress.total:,}", "strong"),
        Span(f", about {seconds:.0f} s left" if seconds and seconds >= 1 else "", "muted"),
    )


def changes_message(changes: Changes) -> str:
    """Return what changed on disk, in words."""
    counts = {"new or changed": changes.read, "moved": len(changes.moves), "gone": changes.removed}
    clauses = [f"{count:,} {words}" for words, count in counts.items() if count]
    return ", ".join(clauses).capitalize() or "Nothing has changed on disk"
