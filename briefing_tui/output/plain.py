"""The views as plain text: for pipes, dumb terminals, screen readers, and reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefing_tui.briefing.cite import short_form
from briefing_tui.briefing.dates import words
from briefing_tui.briefing.model import Citation, Milestone
from briefing_tui.views.layout import lay_out, wrap
from briefing_tui.views.panes import PANES
from briefing_tui.views.rows import Row, Span, View, plain
from briefing_tui.views.scene import Scene
from briefing_tui.views.sources import sources

WIDTH = 80
"""Columns where nobody asked for another width."""

SECTIONS: dict[str, Callable[[Scene], View]] = {
    **{pane.name: pane.view for pane in PANES},
    "sources": sources,
}
"""What can be printed on its own."""


def show(scene: Scene, panes: tuple[str, ...] = (), width: int = WIDTH) -> str:
    """A briefing as text of at most ``width`` columns; all of it, or the panes named."""
    briefing = scene.document.briefing
    lines = [plain(line) for line in wrap((Span(briefing.title),), width)]
    lines.append(f"as of {words(briefing.as_of)}")
    for name in panes or tuple(SECTIONS):
        lines += ["", *_section(SECTIONS[name](scene), width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _section(view: View, width: int) -> Iterator[str]:
    heading = f"{view.title.upper()} ({view.counted})"
    yield heading
    yield "=" * min(len(heading), width)
    if not view.rows:
        yield view.empty
    for row in view.rows:
        if row.kind == "heading":
            yield ""
        yield from (plain(line) for line in lay_out(row, width, view.lead_width))
        yield from _cited(row, width, view.lead_width)


def _cited(row: Row, width: int, lead_width: int) -> Iterator[str]:
    """Below each statement the ids of its sources, as the file writes them."""
    entry = row.entry
    found: tuple[Citation, ...] = getattr(entry, "cite", ())
    if isinstance(entry, Milestone):
        found = tuple(cited for promise in entry.forecasts for cited in promise.cite)
    names = ", ".join(dict.fromkeys(short_form(cited) for cited in found))
    if not names or row.kind != "item":
        return
    hang = row.indent + (lead_width + 2 if row.lead else 0) + (2 if row.mark else 0)
    hang = min(hang, max(width - 20, 0))
    for line in wrap((Span(f"[{names}]"),), width - hang):
        yield " " * hang + plain(line)
