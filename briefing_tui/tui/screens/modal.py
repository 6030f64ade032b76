"""What opens above the reader: a titled list of rows that Escape closes."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen

from briefing_tui.tui.widgets.line_widget import Bar
from briefing_tui.tui.widgets.pane import PaneTitle
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.rows import Span, Spans, View, join_spans

T = TypeVar("T")


class _Rows(RowList):
    """Rows that can be as high as their lines, with a line above and one below them."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of lines, or as many as a container of a known height has room for."""
        lines = max(len(self.sheet(self.view, width).lines), 1)
        return min(lines, container.height - 2) if container.height else lines


class Overlay(ModalScreen[T | None]):
    """A list above the dimmed reader; of the class ``-small``, no taller than its rows."""

    CSS_PATH = "../styles/overlay.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,backspace", "close", "Close", id="close"),
    ]
    hint = "j k move · Esc closes"

    def __init__(self, title: str, view: View) -> None:
        super().__init__()
        self.list = _Rows(view)
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
        # Not by a message, which would come after the first frame.
        self.watch(self.list, "lines_seen", self._retitle)
        self._hints.left, self._hints.right = self.status()
        self.list.focus()

    def status(self) -> tuple[Spans, Spans]:
        """What keys do here."""
        return (Span(f" {self.hint}", "muted"),), ()

    def _retitle(self) -> None:
        first, last, lines = self.list.lines_seen
        seen = f"{last}/{lines}" if lines > last - first else None
        name = (Span(self._named, "heading"),)  # type: ignore[arg-type]
        self._title.show(name, join_spans([seen]), focused=True)

    def action_close(self) -> None:
        """Return to the reader."""
        self.dismiss(None)
