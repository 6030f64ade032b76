"""Lines of spans in the styles of the theme, and widgets that consist of such lines."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rich.style import Style
from textual.app import App
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from briefing_tui.tui.strips import join_ends, measure, to_strip
from briefing_tui.tui.themes import role_styles
from briefing_tui.views.line_layout import wrap
from briefing_tui.views.rows import Role, Span, Spans

_CACHED_LINES = 512
"""Size of the cache of drawn lines: a few screens."""
BAR_ONLY = "-bar-only"
"""CSS class of an application that highlights rows with a bar but no background."""


def has_cursor_background(app: App[Any]) -> bool:
    """Whether the highlighted row has its own background."""
    return not app.has_class(BAR_ONLY)


def draw_line(
    app: App[Any], line: Iterable[Span], width: int, *, cursor: bool = False, query: str = ""
) -> Strip:
    """Return a line, ``width`` cells wide, in the styles of the current theme.

    ``cursor`` says that it belongs to the highlighted row; matches of ``query`` are highlighted.
    """
    is_shaded = cursor and has_cursor_background(app)
    return _draw_line(tuple(line), width, app.theme, is_shaded, query)


@lru_cache(_CACHED_LINES)
def _draw_line(line: Spans, width: int, theme: str, cursor: bool, query: str) -> Strip:
    styles = role_styles(theme)
    base: Style = styles["base"] + styles["cursor"] if cursor else styles["base"]
    return to_strip(line, width, styles, base, query)


class WrappedText(Widget):
    """A text in as many lines as it takes."""

    DEFAULT_CSS = "WrappedText { height: auto; }"

    def __init__(self, text: str, role: Role, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._spans = (Span(text, role),) if text else ()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of lines; none for an empty text."""
        return len(wrap(self._spans, width, measure)) if self._spans else 0

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        lines = wrap(self._spans, self.size.width, measure)
        return draw_line(self.app, lines[y] if y < len(lines) else (), self.size.width)


class StatusLine(Widget):
    """One line with text at each end."""

    DEFAULT_CSS = "StatusLine { height: 1; }"

    left: reactive[Spans] = reactive((), layout=False)
    right: reactive[Spans] = reactive((), layout=False)
    fill: Span = Span(" ")

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line."""
        width = self.size.width
        return draw_line(self.app, join_ends(self.left, self.right, width, fill=self.fill), width)
