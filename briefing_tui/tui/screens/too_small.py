"""The minimum size of the terminal, and the screen shown while the terminal is smaller."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import Screen

from briefing_tui.tui.screens.dismissal import dismiss
from briefing_tui.tui.widgets.line_widget import WrappedText

MINIMUM_SIZE = Size(20, 5)
_MESSAGE = f"Terminal too small: {MINIMUM_SIZE.width} × {MINIMUM_SIZE.height} at least"


def is_too_small(size: Size) -> bool:
    """Return whether a terminal is too small to read in."""
    return size.width < MINIMUM_SIZE.width or size.height < MINIMUM_SIZE.height


class TooSmallScreen(Screen[None]):
    """Covers all screens until the terminal is large enough."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,Q", "app.quit", "Quit", id="quit-small")]

    def compose(self) -> ComposeResult:
        """Compose the message."""
        yield WrappedText(_MESSAGE, "strong")

    def on_screen_resume(self) -> None:
        """Close if the terminal was enlarged while another screen was above."""
        if not is_too_small(self.app.size):
            dismiss(self)
