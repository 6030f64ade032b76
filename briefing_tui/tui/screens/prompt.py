"""A prompt for one line of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from briefing_tui.tui.screens.dialog import Dialog
from briefing_tui.tui.screens.dismissal import dismiss
from briefing_tui.tui.widgets.line_widget import WrappedText


class Prompt(Dialog[str]):
    """A prompt; the result is the text, or None if it is closed."""

    hint = "Enter accepts · Esc closes"

    def __init__(
        self,
        title: str,
        example: str,
        text: str = "",
        problem: str = "",
        *,
        on_abandon: Callable[[str], object] | None = None,
    ) -> None:
        """Ask for a line; ``on_abandon`` gets the text if the program ends before it is entered."""
        super().__init__(title, classes="-small")
        self._is_open = True
        self._on_abandon = on_abandon
        self._problem = WrappedText(problem, "warning", id="problem")
        self._input = Input(text, placeholder=example, select_on_focus=False)
        self._input.cursor_blink = False  # every blink is sent to the terminal

    def body(self) -> Iterable[Widget]:
        """Return the field and the problem."""
        return [self._input, self._problem]

    def on_mount(self) -> None:
        """Focus the field."""
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
        if dismiss(self, answer):
            self._is_open = False
