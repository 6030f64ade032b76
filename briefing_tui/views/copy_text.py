"""Text for the clipboard: a row, a pane, a statement with its citation."""

from __future__ import annotations

from briefing_tui.briefing.model import Citation, Milestone
from briefing_tui.briefing.terminal_text import one_line
from briefing_tui.views.as_of_filter import format_day
from briefing_tui.views.evidence import statement_of
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.rows import Row, View, plain, row_text
from briefing_tui.views.scene import Scene
from briefing_tui.views.source_corrections import correction_text
from briefing_tui.views.sources import source_citation


def row_for_copy(row: Row) -> str:
    """Return a row for pasting."""
    return " ".join(row_text(row).split())


def view_for_copy(view: View, width: int = 100) -> str:
    """Return a pane for pasting: its title, then its rows as plain lines."""
    lines = [f"{view.title} ({view.quantity})"]
    for row in view.rows:
        lines += [plain(line).rstrip() for line in lay_out(row, width, view.lead_width)]
    return "\n".join(lines if view.rows else [*lines, view.empty]) + "\n"


def citation(scene: Scene, row: Row) -> str:
    """Return a statement with its sources and its briefing; empty if it has no sources.

    The text is one line in any case: what is pasted into a terminal must not press Enter.
    """
    statement = statement_of(scene, row.entry).strip().rstrip(".")
    sources = scene.document.briefing.sources
    records = [
        f"{source_citation(source, item.at)}{' ' if notice else ''}{notice}"
        for item in citations_of(row.entry)
        if (source := sources.get(item.source)) is not None
        for notice in [correction_text(scene, item.source)]
    ]
    if not statement or not records:
        return ""
    briefing = f"“{scene.briefing.title}”, briefing as of {format_day(scene.as_of)}"
    stop = "" if statement.endswith(("?", "!", "…")) else "."
    return one_line(f"{statement}{stop} {'; '.join(dict.fromkeys(records))}. In: {briefing}.")


def citations_of(entry: object) -> tuple[Citation, ...]:
    """Return the citations of an entry, for a milestone those of everything in it."""
    if isinstance(entry, Milestone):
        inner = [*entry.forecasts, *entry.progress, *entry.outcomes.values()]
        return tuple(cited for part in inner for cited in part.cite)
    citations: tuple[Citation, ...] = getattr(entry, "cite", ())
    return citations
