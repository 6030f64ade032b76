"""Rows for entries that could not be read, so that nothing of a file vanishes unseen."""

from __future__ import annotations

from briefing_tui.briefing.document import Broken
from briefing_tui.views import glyphs
from briefing_tui.views.rows import Row, Span
from briefing_tui.views.scene import Scene, key_of


def broken_row(scene: Scene, broken: Broken, indent: int = 0) -> Row:
    """An entry in its place, with where and why."""
    problems = scene.problems_of(broken)
    details = tuple(
        (Span(problem.located(scene.document.name), "muted"),) for problem in problems[:3]
    )
    return Row(
        key=key_of("broken", *broken.place.path),
        indent=indent,
        mark=Span(glyphs.BROKEN, "error"),
        body=(Span(broken.label or "(empty)"), Span("  cannot be read", "error")),
        details=details,
        entry=broken,
        problems=problems,
    )


def broken_rows(scene: Scene, *section: str | int, indent: int = 0) -> list[Row]:
    """The unreadable entries of one list or table."""
    return [broken_row(scene, broken, indent) for broken in scene.broken_in(*section)]
