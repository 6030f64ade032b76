"""What opens above the reader: a titled list of rows that Escape closes."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from briefing_tui.tui.widgets.line_widget import Bar
from briefing_tui.tui.widgets.pane import PaneTitle
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.rows import Span, View, join_spans

T = TypeVar("T")


class Overlay(ModalScreen[T | None]):
    """A list above the dimmed reader."""

    CSS_PATH = "../styles/overlay.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,backspace", "close", "Close", id="close"),
    ]
    hint = "j k move · Esc closes"

    def __init__(self, title: str, view: View) -> None:
        super().__init__()
        self.list = RowList(view)
        self._named = title
        self._title = PaneTitle()
        self._hints = Bar()

    def compose(self) -> ComposeResult:
        """The rule, the rows, what keys do here."""
        with Vertical(id="overlay"):
            yield self._title
            yield self.list
            yield self._hints

    def on_mount(self) -> None:
        """Give the keys to the list."""
        self._retitle()
        self._hints.left = (Span(f" {self.hint}", "muted"),)
        self.list.focus()

    def on_row_list_moved(self) -> None:
        """Say which part is seen."""
        self._retitle()

    def _retitle(self) -> None:
        first, last, lines = self.list.lines_seen
        seen = f"{last}/{lines}" if lines > last - first else None
        name = (Span(self._named, "heading"),)  # type: ignore[arg-type]
        self._title.show(name, join_spans([seen]), focused=True)

    def action_close(self) -> None:
        """Return to the reader."""
        self.dismiss(None)
