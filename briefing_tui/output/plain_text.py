"""The views as plain text, for pipes, dumb terminals, screen readers and reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefing_tui.briefing.model import Event
from briefing_tui.briefing.provenance import format_citation
from briefing_tui.briefing.terminal_text import clip
from briefing_tui.views.as_of_filter import format_day
from briefing_tui.views.copy_text import citations_of
from briefing_tui.views.evidence import circumstances
from briefing_tui.views.line_layout import wrap
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.rows import Row, Span, View, plain
from briefing_tui.views.scene import Scene
from briefing_tui.views.sources import sources
from briefing_tui.views.support import counts_in_words

WIDTH = 80

SECTIONS: dict[str, Callable[[Scene], View]] = {
    **{pane.name: pane.view for pane in PANES},
    "sources": sources,
}
"""The views that can be printed, by name."""


def render(scene: Scene, panes: tuple[str, ...] = (), width: int = WIDTH) -> str:
    """Return a briefing, or some of its sections, as text of at most ``width`` columns."""
    as_of = f"as of {format_day(scene.as_of)}"
    lines = [*_wrapped(scene.document.briefing.title, width), *_wrapped(as_of, width)]
    for name in panes or tuple(SECTIONS):
        lines += ["", *_section(scene, SECTIONS[name](scene), width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _section(scene: Scene, view: View, width: int) -> Iterator[str]:
    heading = clip(f"{view.title.upper()} ({view.quantity})", width)
    yield from _wrapped(heading, width)
    yield "=" * min(len(heading), width)
    if not view.rows:
        yield from _wrapped(view.empty, width)
    for row in view.rows:
        if row.kind == "heading":
            yield ""
        yield from (plain(line) for line in lay_out(row, width, view.lead_width))
        yield from _cited(scene, row, width, view.lead_width)
        if view.title == "Timeline" and isinstance(row.entry, Event):
            for line in circumstances(scene, row.entry):
                yield from _below(row, plain(line), width, view.lead_width)


def _cited(scene: Scene, row: Row, width: int, lead_width: int) -> Iterator[str]:
    """Yield the line below a statement with the ids of its sources, as in the file.

    It says how the sources depend on each other, if they do.
    """
    names = ", ".join(dict.fromkeys(map(format_citation, citations_of(row.entry))))
    if not names or not row.selectable:
        return
    count, *is_longer = counts_in_words(scene, row.entry)
    text = f"[{names}] {count}" if is_longer else f"[{names}]"
    yield from _below(row, text, width, lead_width)


def _below(row: Row, text: str, width: int, lead_width: int) -> Iterator[str]:
    """Yield the lines of a text below the body of a row."""
    hang = row.indent + (lead_width + 2 if row.lead else 0) + (2 if row.mark else 0)
    hang = min(hang, max(width - 20, 0))
    for line in _wrapped(text, width - hang):
        yield " " * hang + line


def _wrapped(text: str, width: int) -> Iterator[str]:
    return (plain(line) for line in wrap((Span(text),), width))
