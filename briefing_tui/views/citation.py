"""What is copied: a row, a pane, a citation that stands alone."""

from __future__ import annotations

from briefing_tui.briefing.cite import address
from briefing_tui.briefing.dates import words
from briefing_tui.briefing.model import Citation, Milestone
from briefing_tui.views.evidence import statement_of
from briefing_tui.views.layout import lay_out
from briefing_tui.views.rows import Row, View, plain, row_text
from briefing_tui.views.scene import Scene
from briefing_tui.views.sources import bibliography


def copied_row(row: Row) -> str:
    """A row for pasting."""
    return " ".join(row_text(row).split())


def copied_view(view: View, width: int = 100) -> str:
    """A pane for pasting: its title, then its rows as plain lines."""
    lines = [f"{view.title} ({view.counted})"]
    for row in view.rows:
        lines += [plain(line).rstrip() for line in lay_out(row, width, view.lead_width)]
    return "\n".join(lines if view.rows else [*lines, view.empty]) + "\n"


def citation(scene: Scene, row: Row) -> str:
    """A statement with its sources and the briefing it was read in; nothing without sources."""
    said = statement_of(scene, row.entry).rstrip(".")
    records = []
    for cited in _cited(row):
        source = scene.briefing.sources.get(cited.source)
        if source is None:
            continue
        passage = f", {address(cited.at)}" if cited.at else ""
        records.append(f"{bibliography(source)}{passage} [{source.reliability}]")
    if not said or not records:
        return ""
    briefing = scene.briefing
    whole = f"“{briefing.title}”, briefing as of {words(briefing.as_of)}"
    return f"{said}. {'; '.join(dict.fromkeys(records))}. In: {whole}."


def _cited(row: Row) -> list[Citation]:
    if isinstance(row.entry, Milestone):
        promises = row.entry.forecasts
        return [cited for promise in promises for cited in promise.cite]
    return list(getattr(row.entry, "cite", ()))
