"""What is copied: a row, a pane, a citation that stands alone."""

from __future__ import annotations

from briefing_tui.briefing.dates import Edtf, words
from briefing_tui.briefing.model import Citation, Milestone
from briefing_tui.briefing.provenance import address
from briefing_tui.briefing.text import one_line
from briefing_tui.views.evidence import statement_of
from briefing_tui.views.row_lines import lay_out
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
    """A statement with its sources and the briefing it was read in; nothing without sources.

    On one line, whatever the file holds: what is pasted into a terminal must not press Enter.
    """
    said = statement_of(scene, row.entry).strip().rstrip(".")
    records = []
    for cited in citations_of(row.entry):
        source = scene.document.briefing.sources.get(cited.source)
        if source is None:
            continue
        passage = f", {address(cited.at)}" if cited.at else ""
        records.append(f"{bibliography(source)}{passage} [{source.reliability}]")
    if not said or not records:
        return ""
    briefing, as_of = scene.briefing, Edtf.parse(scene.as_of.isoformat())
    whole = f"“{briefing.title}”, briefing as of {words(as_of)}"
    stop = "" if said.endswith(("?", "!", "…")) else "."
    return one_line(f"{said}{stop} {'; '.join(dict.fromkeys(records))}. In: {whole}.")


def citations_of(entry: object) -> tuple[Citation, ...]:
    """What an entry rests on; a milestone on the sources of every promise, count and outcome."""
    if isinstance(entry, Milestone):
        told = [*entry.forecasts, *entry.progress, *([entry.met] if entry.met else [])]
        return tuple(cited for one in told for cited in one.cite)
    found: tuple[Citation, ...] = getattr(entry, "cite", ())
    return found
