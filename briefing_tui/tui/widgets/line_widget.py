"""What every widget of ours shares: lines drawn from spans in the inks of the theme."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from briefing_tui.tui.strips import ends, strip
from briefing_tui.tui.themes import inks
from briefing_tui.views.rows import Span, Spans

_KEPT = 512
"""Lines that are kept as they were drawn: those of a few screens."""
BAR_ONLY = "-bar-only"
"""The class of an application whose highlighted rows have no ground of their own."""


class Inked(Widget):
    """A widget that draws its lines itself."""

    @property
    def tints(self) -> bool:
        """Whether the highlighted row has a ground of its own."""
        return not self.app.has_class(BAR_ONLY)

    def ink(
        self, line: Iterable[Span], width: int, *, cursor: bool = False, query: str = ""
    ) -> Strip:
        """One line in the colours of the present theme."""
        return _inked(tuple(line), width, self.app.theme, cursor and self.tints, query)


@lru_cache(_KEPT)
def _inked(line: Spans, width: int, theme: str, cursor: bool, query: str) -> Strip:
    styles = inks(theme)
    base: Style = styles["base"] + styles["cursor"] if cursor else styles["base"]
    return strip(line, width, styles, base, query)


class Bar(Inked):
    """One line with a text at each end."""

    DEFAULT_CSS = "Bar { height: 1; }"

    left: reactive[Spans] = reactive((), layout=False)
    right: reactive[Spans] = reactive((), layout=False)
    fill: Span = Span(" ")

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line."""
        width = self.size.width
        return self.ink(ends(self.left, self.right, width, fill=self.fill), width)
