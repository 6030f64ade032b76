"""A titled list of rows in a dialog."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen

from briefing_tui.tui.widgets.line_widget import StatusLine
from briefing_tui.tui.widgets.pane import PaneTitle
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.rows import Span, Spans, View, join_spans

T = TypeVar("T")


class _Rows(RowList):
    """Rows that can be as high as their lines, with one line above and one below."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of lines, at most as many as fit into the container."""
        lines = max(len(self.make_layout(self.view, width).lines), 1)
        return min(lines, container.height - 2) if container.height else lines


class ModalList(ModalScreen[T | None]):
    """A dialog with a list; with the class ``-small``, no taller than its rows."""

    CSS_PATH = "../styles/overlay.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,backspace", "close", "Close", id="close"),
    ]
    hint = "j k move · Esc closes"

    def __init__(self, title: str, view: View) -> None:
        super().__init__()
        self.list = _Rows(view)
        self._heading = title
        self._title_rule = PaneTitle()
        self._hints = StatusLine()

    def compose(self) -> ComposeResult:
        """Compose the title, the rows and the key hints."""
        with Vertical(id="overlay"):
            yield self._title_rule
            yield self.list
            yield self._hints

    def on_mount(self) -> None:
        """Focus the list."""
        # A watcher, since a message would arrive after the first frame.
        self.watch(self.list, "lines_seen", self._retitle)
        self._hints.left, self._hints.right = self.status()
        self.list.focus()

    def status(self) -> tuple[Spans, Spans]:
        """Return both ends of the last line: the key hints."""
        return (Span(f" {self.hint}", "muted"),), ()

    def _retitle(self) -> None:
        first, last, lines = self.list.lines_seen
        position = f"{last}/{lines}" if lines > last - first else None
        name = (Span(self._heading, "heading"),)  # type: ignore[arg-type]
        self._title_rule.show(name, join_spans([position]), focused=True)

    def action_close(self) -> None:
        """Close the dialog."""
        self.dismiss(None)
