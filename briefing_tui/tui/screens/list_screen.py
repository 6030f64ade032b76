"""A list of what is in the library, with what is told of the highlighted row beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from briefing_tui.library.service import Librarian
from briefing_tui.tui.bindings import bindings_for
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.tui.widgets.line_widget import StatusLine
from briefing_tui.tui.widgets.pane import TitledList
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.header_footer import footer_hints
from briefing_tui.views.rows import Span, Spans, View


class Listing(BaseScreen, inherit_bindings=False):
    """The library as a list, or what was found in it."""

    CSS_PATH = "../styles/library.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("library", "both")

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(keys)
        self.list = self.make_list()
        self.details = _Details(id="details")
        self.header = StatusLine(id="header")
        self.footer = StatusLine(id="footer")
        self._message = ""

    def compose(self) -> ComposeResult:
        """The list and what is told of its row; the style sheet moves them."""
        yield self.header
        yield from self.above_list()
        with Container(id="body", classes="listing"):
            yield self.list
            yield self.details
        with Container(id="bottom"):
            yield self.footer

    def make_list(self) -> TitledList:
        """The list, below its rule."""
        return TitledList(id="listed")

    def above_list(self) -> list[Widget]:
        """What stands between the header and the list."""
        return []

    def on_mount(self) -> None:
        """Begin."""
        self.watch(self.details, "room", self.redraw, init=False)
        self.begin()
        self.redraw()

    def begin(self) -> None:
        """Give the keys to what they go to first."""
        self.set_focus(self.list, scroll_visible=False)

    def on_screen_resume(self) -> None:
        """Say what can be done here, whatever was said before."""
        self._message = ""
        self.redraw()

    def on_resize(self) -> None:
        """Say as much as there is room for."""
        self.redraw()

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.list

    @property
    def librarian(self) -> Librarian:
        """Who knows the library."""
        assert self.host.librarian is not None, "a library screen needs a library"
        return self.host.librarian

    def details_of(self, *, brief: bool) -> View:
        """What is told of the highlighted row."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw anew what follows the highlighted row, and the last line."""
        if self.is_attached:
            self.details.view = self.details_of(brief=self.details.brief)
            self.tell()

    def tell(self) -> None:
        """Draw the last line anew."""
        self.footer.left, self.footer.right = self.status()

    def status(self) -> tuple[Spans, Spans]:
        """A message while there is one, and else what can be done."""
        if self._message:
            return (Span(f" {self._message}", "accent"),), ()
        return footer_hints(self.keys, self.app.size.width, "library")

    def say(self, message: str) -> None:
        """Tell something on the last line, until the next key."""
        self._message = message
        if self.has_class("-tiny") or self.has_class("-short"):
            self.add_class("-saying")
        self.tell()

    def on_key(self) -> None:
        """Take a message off the last line."""
        self.say_nothing()

    def say_nothing(self) -> None:
        """Take a message off the last line."""
        self._message = ""
        self.remove_class("-saying")
        self.tell()

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        if event.rows is not self.list:
            return
        self.redraw()
        if self.list.count:
            self.say(self.list.count)

    @on(RowList.Chosen)
    def _clicked_twice(self, event: RowList.Chosen) -> None:
        if event.rows is self.list:
            self.action_open()

    def action_open(self) -> None:
        """Open what the highlighted row is about."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Return to where this was opened from."""
        if self.is_first:
            self.say("This is where you began")
        else:
            self.go_back()

    def action_escape(self) -> None:
        """Return to where this was opened from; never quit."""
        if not self.is_first:
            self.go_back()

    def action_quit_step(self) -> None:
        """Return to where this was opened from, or quit."""
        if self.is_first:
            self.app.exit()
        else:
            self.go_back()

    def action_sort(self) -> None:
        """Sort otherwise; hits have an order of their own."""
        self.say("Hits are sorted by how well they answer")

    def action_group(self) -> None:
        """Group otherwise; hits stand alone."""
        self.say("Hits are not grouped")

    def action_next_unread(self) -> None:
        """Go to what is unread; hits stand by how well they answer."""
        self.say("Ask for is:unread to find what is unread")

    def action_previous_unread(self) -> None:
        """Go back to what is unread."""
        self.action_next_unread()

    def action_rescan(self) -> None:
        """Look for changes on disk."""


class _Details(TitledList, can_focus=False):
    """What is told of a row: briefly where there are a few lines only."""

    pane_title = "Bottom line"

    @property
    def brief(self) -> bool:
        """Whether there is room for a few lines only."""
        return self.size.height < 14

    def state(self, view: View) -> Spans:  # noqa: ARG002
        """Nothing is counted here."""
        first, last, lines = self.lines_seen
        hidden = lines - (last - first)
        if hidden <= 0:
            return ()
        return (Span(f"{hidden} more line{'' if hidden == 1 else 's'}", "muted"),)
