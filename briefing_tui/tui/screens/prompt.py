"""Asking for one line of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Input

from briefing_tui.tui.strips import measure
from briefing_tui.tui.widgets.line_widget import Bar, Inked
from briefing_tui.tui.widgets.pane import PaneTitle
from briefing_tui.views.lines import wrap
from briefing_tui.views.rows import Span


class Problem(Inked):
    """Why a text was refused, on as many lines as that takes."""

    DEFAULT_CSS = "Problem { height: auto; padding: 0 1; }"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._spans = (Span(text, "warning"),) if text else ()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of lines; none if there is no problem."""
        return len(wrap(self._spans, width, measure)) if self._spans else 0

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        return self.ink(wrap(self._spans, self.size.width, measure)[y], self.size.width)


class Prompt(ModalScreen[str | None]):
    """One line to type in; Enter takes it, Escape leaves."""

    CSS_PATH = "../styles/overlay.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", id="close")]
    abandoned: Callable[[str], object] | None = None
    """Called with the text if the program ends while the prompt is open."""

    def __init__(self, title: str, example: str, text: str = "", problem: str = "") -> None:
        """Ask for a line.

        Args:
            title: What to type.
            example: Shown while nothing is typed.
            text: The text to begin with.
            problem: Why that text was refused.
        """
        super().__init__(classes="-small")
        self._open = True
        self._named = title
        self._problem = Problem(problem)
        self._title = PaneTitle()
        self._input = Input(text, placeholder=example, select_on_focus=False)
        self._input.cursor_blink = False  # each blink would be sent over the line
        self._hints = Bar()

    def compose(self) -> ComposeResult:
        """The rule, the line, what keys do here."""
        with Vertical(id="overlay"):
            yield self._title
            yield self._input
            yield self._problem
            yield self._hints

    def on_mount(self) -> None:
        """Give the keys to the line."""
        self._title.show((Span(self._named, "heading"),), (), focused=True)  # type: ignore[arg-type]
        self._hints.left = (Span(" Enter takes · Esc closes", "muted"),)
        self._input.focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self._leave(event.value.strip())

    def action_close(self) -> None:
        """Return without an answer."""
        self._leave(None)

    def on_unmount(self) -> None:
        """Hand on what nobody entered."""
        if self._open and self.abandoned is not None:
            self.abandoned(self._input.value.strip())

    def _leave(self, answer: str | None) -> None:
        self._open = False
        self.dismiss(answer)
