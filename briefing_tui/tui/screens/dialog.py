"""Dialogs: a title, a body and key hints in a box above another screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget

from briefing_tui.tui.screens.dismissal import dismiss
from briefing_tui.tui.widgets.line_widget import StatusLine
from briefing_tui.tui.widgets.pane import title_rule
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.rows import Span, Spans, View, join_spans

T = TypeVar("T")


class Dialog(ModalScreen[T | None]):
    """A dialog; with the class ``-small``, no taller than its body."""

    CSS_PATH = "../styles/overlay.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", id="close")]
    hint = ""

    def __init__(self, title: str, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._heading = title
        self._title_rule = StatusLine()
        self._hints = StatusLine()

    def body(self) -> Iterable[Widget]:
        """Return what is between the title and the key hints."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Compose the title, the body and the key hints."""
        with Vertical(id="overlay"):
            yield self._title_rule
            yield from self.body()
            yield self._hints

    def on_mount(self) -> None:
        """Draw the title and the key hints."""
        self.draw_title()
        self._hints.left = self.status()

    def draw_title(self, state: Spans = ()) -> None:
        """Draw the rule with the title and a state."""
        rule = self._title_rule
        rule.left, rule.right, rule.fill = title_rule(self._heading, "heading", state, focused=True)

    def status(self) -> Spans:
        """Return the key hints."""
        return (Span(f" {self.hint}", "muted"),)

    def action_close(self) -> None:
        """Close the dialog."""
        dismiss(self, None)


class _Rows(RowList):
    """Rows that can be as high as their lines, with one line above and one below."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of lines, at most as many as fit into the container."""
        lines = max(self.make_layout(self.view, width).height, 1)
        return min(lines, container.height - 2) if container.height else lines


class ModalList(Dialog[T]):
    """A dialog with a list of rows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,backspace", "close", "Close", id="close"),
    ]
    hint = "j k move · Esc closes"

    def __init__(self, title: str, view: View, *, classes: str | None = None) -> None:
        super().__init__(title, classes=classes)
        self.list = _Rows(view)

    def body(self) -> Iterable[Widget]:
        """Return the rows."""
        return [self.list]

    def on_mount(self) -> None:
        """Focus the list."""
        # A watcher, since a message would arrive after the first frame.
        self.watch(self.list, "lines_seen", self._retitle, init=False)
        self.list.focus()

    def say(self, message: str) -> None:
        """Show a message on the last line, until the next key."""
        self._hints.left = (Span(f" {message}", "accent"),)

    def on_key(self) -> None:
        """Clear the message."""
        self._hints.left = self.status()

    def _retitle(self) -> None:
        _, last, lines = self.list.lines_seen
        position = f"{last}/{lines}" if self.list.hidden_lines > 0 else None
        self.draw_title(join_spans([position]))
