"""A prompt for one line of text."""

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
from briefing_tui.tui.widgets.line_widget import LineWidget, StatusLine
from briefing_tui.tui.widgets.pane import PaneTitle
from briefing_tui.views.lines import wrap
from briefing_tui.views.rows import Span


class Problem(LineWidget):
    """Why a text was refused, wrapped."""

    DEFAULT_CSS = "Problem { height: auto; padding: 0 1; }"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._spans = (Span(text, "warning"),) if text else ()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of lines; none if there is no problem."""
        return len(wrap(self._spans, width, measure)) if self._spans else 0

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        return self.draw_line(wrap(self._spans, self.size.width, measure)[y], self.size.width)


class Prompt(ModalScreen[str | None]):
    """A prompt; the result is the text, or None if it is closed."""

    CSS_PATH = "../styles/overlay.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", id="close")]

    def __init__(
        self,
        title: str,
        example: str,
        text: str = "",
        problem: str = "",
        *,
        on_abandon: Callable[[str], object] | None = None,
    ) -> None:
        """Ask for a line.

        Args:
            title: What to type.
            example: A placeholder for an empty field.
            text: The text to begin with.
            problem: Why that text was refused.
            on_abandon: Called with the text if the program ends while the prompt is open.
        """
        super().__init__(classes="-small")
        self._is_open = True
        self._on_abandon = on_abandon
        self._heading = title
        self._problem = Problem(problem)
        self._title_rule = PaneTitle()
        self._input = Input(text, placeholder=example, select_on_focus=False)
        self._input.cursor_blink = False  # every blink is sent to the terminal
        self._hints = StatusLine()

    def compose(self) -> ComposeResult:
        """Compose the title, the field, the problem and the key hints."""
        with Vertical(id="overlay"):
            yield self._title_rule
            yield self._input
            yield self._problem
            yield self._hints

    def on_mount(self) -> None:
        """Focus the field."""
        self._title_rule.show((Span(self._heading, "heading"),), (), focused=True)  # type: ignore[arg-type]
        self._hints.left = (Span(" Enter accepts · Esc closes", "muted"),)
        self._input.focus()

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        self._finish(event.value.strip())

    def action_close(self) -> None:
        """Close without an answer."""
        self._finish(None)

    def on_unmount(self) -> None:
        """Hand on text that was not entered."""
        if self._is_open and self._on_abandon is not None:
            self._on_abandon(self._input.value.strip())

    def _finish(self, answer: str | None) -> None:
        self._is_open = False
        self.dismiss(answer)
