"""A view as plain text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import Screen

from briefing_tui.tui.screens.dismissal import dismiss
from briefing_tui.tui.strips import measure
from briefing_tui.tui.widgets.line_widget import StatusLine
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.rows import Row, Span, View, plain


def view_of_lines(lines: Iterable[str], empty: str = "") -> View:
    """Return a view with a row for each line."""
    rows = tuple(
        Row(key=str(number), kind="note", body=(Span(line),)) for number, line in enumerate(lines)
    )
    return View(title="", count=len(rows), noun="line", rows=rows, empty=empty)


class PlainTextScreen(Screen[None]):
    """A pane without rules, sign columns or colours, so that the terminal can select its text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,p,backspace", "close", "Close", id="close-plain"),
    ]

    def __init__(self, view: View) -> None:
        super().__init__()
        self._pane = view
        self._text = RowList()
        self._hint = StatusLine()
        self._wrapped_width = 0

    def compose(self) -> ComposeResult:
        """Compose the text and a hint how to select it."""
        yield self._text
        yield self._hint

    def on_mount(self) -> None:
        """Focus the text."""
        self.on_key()
        self.watch(self._text, "room", self._wrap, init=False)
        self._text.focus()

    def _wrap(self, size: Size) -> None:
        if size.width == self._wrapped_width:
            return
        self._wrapped_width = size.width
        width = max(size.width - 3, 1)
        lines = [
            plain(line).rstrip()
            for row in self._pane.rows
            for line in lay_out(row, width, self._pane.lead_width, measure)
        ]
        self._text.view = view_of_lines(lines, self._pane.empty)

    def say(self, message: str) -> None:
        """Show a message on the last line, until the next key."""
        self._hint.left = (Span(f" {message}", "accent"),)

    def on_key(self) -> None:
        """Show the hint instead of a message."""
        hint = " Plain text: hold Shift (Option in iTerm) to select · Esc closes"
        self._hint.left = (Span(hint, "muted"),)

    def action_close(self) -> None:
        """Close the screen."""
        dismiss(self, None)
