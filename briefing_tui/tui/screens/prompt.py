"""Asking for one line of text."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from briefing_tui.tui.widgets.line_widget import Bar
from briefing_tui.tui.widgets.pane import PaneTitle
from briefing_tui.views.rows import Span


class Prompt(ModalScreen[str | None]):
    """One line to type in; Enter takes it, Escape leaves."""

    CSS_PATH = "../styles/overlay.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", id="close")]

    def __init__(self, title: str, example: str, text: str = "") -> None:
        super().__init__(classes="-small")
        self._named = title
        self._title = PaneTitle()
        self._input = Input(text, placeholder=example, select_on_focus=False)
        self._input.cursor_blink = False  # each blink would be sent over the line
        self._hints = Bar()

    def compose(self) -> ComposeResult:
        """The rule, the line, what keys do here."""
        with Vertical(id="overlay"):
            yield self._title
            yield self._input
            yield self._hints

    def on_mount(self) -> None:
        """Give the keys to the line."""
        self._title.show((Span(self._named, "heading"),), (), focused=True)  # type: ignore[arg-type]
        self._hints.left = (Span(" Enter takes · Esc closes", "muted"),)
        self._input.focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())

    def action_close(self) -> None:
        """Return without an answer."""
        self.dismiss(None)
