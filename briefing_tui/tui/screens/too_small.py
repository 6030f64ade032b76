"""The screen shown while the terminal is too small."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.strip import Strip

from briefing_tui.tui.minimum_size import MINIMUM_SIZE, is_too_small
from briefing_tui.tui.strips import measure
from briefing_tui.tui.widgets.line_widget import LineWidget
from briefing_tui.views.lines import wrap
from briefing_tui.views.rows import Span

_MESSAGE = (
    Span(f"Terminal too small: {MINIMUM_SIZE.width} × {MINIMUM_SIZE.height} at least", "strong"),
)


class TooSmallScreen(Screen[None]):
    """Covers all screens until the terminal is large enough."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,Q", "app.quit", "Quit", id="quit-small")]

    def compose(self) -> ComposeResult:
        """Compose the message."""
        yield _Message()

    def on_screen_resume(self) -> None:
        """Close if the terminal was enlarged while another screen was above."""
        if not is_too_small(self.app.size):
            self.dismiss()


class _Message(LineWidget):
    """The size that is needed, wrapped."""

    DEFAULT_CSS = "_Message { height: 1fr; }"

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        lines = wrap(_MESSAGE, self.size.width, measure)
        return self.draw_line(lines[y] if y < len(lines) else (), self.size.width)
