"""A list of what is in the library, with details of the highlighted row beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from briefing_tui.library.service import LibraryService
from briefing_tui.session import outcomes
from briefing_tui.session.list_state import ListState
from briefing_tui.session.outcomes import LibraryOutcome
from briefing_tui.tui.bindings import bindings_for
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.tui.widgets.line_widget import StatusLine
from briefing_tui.tui.widgets.pane import TitledList
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.tui.widgets.session_list import SessionList
from briefing_tui.views.header_footer import footer_hints
from briefing_tui.views.labels import quantity
from briefing_tui.views.rows import Span, Spans, View


class ListSession(Protocol):
    """A session that a list screen draws."""

    rows: ListState

    def do(self, command: str) -> LibraryOutcome:
        """Execute a command of the registry."""

    def details(self, *, brief: bool = False) -> View:
        """Return what there is to say of the highlighted row."""


class ListScreen(BaseScreen, inherit_bindings=False):
    """Draws the session of a list: of the library, or of what was found in it."""

    CSS_PATH = "../styles/library.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("library", "both", by_id=True)

    def __init__(
        self,
        keys: Mapping[str, tuple[str, ...]],
        session: ListSession,
        service: LibraryService,
        rows: SessionList,
    ) -> None:
        """Draw a session.

        Args:
            keys: The keys of every command.
            session: What is drawn.
            service: The library service.
            rows: The widget of the list.
        """
        super().__init__(keys)
        self.service = service
        self._session = session
        self.list = rows
        self.details = _Details(id="details")
        self.header = StatusLine(id="header")
        self.footer = StatusLine(id="footer")
        self._message = ""

    def compose(self) -> ComposeResult:
        """Mount the list and the details; the style sheet moves them."""
        yield self.header
        yield from self.above_list()
        with Container(id="body", classes="listing"):
            yield self.list
            yield self.details
        with Container(id="bottom"):
            yield self.footer

    def above_list(self) -> list[Widget]:
        """Return what is between the header and the list."""
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
        """Show the hints again."""
        self._message = ""
        self.redraw()

    def on_resize(self) -> None:
        """Say as much as there is room for."""
        self.redraw()

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.list

    # Drawing the session

    def sync(self) -> None:
        """Draw the session as it is now."""
        self.list.sync()
        self.redraw()

    def redraw(self) -> None:
        """Draw the details and the last line."""
        if self.is_attached:
            self.details.view = self._session.details(brief=self.details.brief)
            self.draw_footer()

    def draw_footer(self) -> None:
        """Draw the last line."""
        self.footer.left, self.footer.right = self.status()

    def status(self) -> tuple[Spans, Spans]:
        """Return the last line: a message if there is one, or else hints."""
        if self._message:
            return (Span(f" {self._message}", "accent"),), ()
        return footer_hints(self.keys, self.app.size.width, "library")

    def say(self, message: str) -> None:
        """Show a message on the last line, until the next key."""
        self._message = message
        if self.has_class("-tiny") or self.has_class("-short"):
            self.add_class("-saying")
        self.draw_footer()

    def on_key(self) -> None:
        """Take a message off the last line."""
        self.say_nothing()

    def say_nothing(self) -> None:
        """Take a message off the last line."""
        self._message = ""
        self.remove_class("-saying")
        self.draw_footer()

    # Commands and their outcomes

    async def run_command(self, name: str) -> None:
        """Run a command of the registry."""
        await self.render_outcome(self._session.do(name))

    async def render_outcome(self, outcome: LibraryOutcome) -> None:
        """Show what a command led to."""
        message = ""
        match outcome:
            case outcomes.Said(message):
                pass
            case outcomes.Changed(message):
                self.sync()
            case outcomes.OpenFile() | outcomes.OpenHit() | outcomes.SearchLibrary():
                message = self.host.open(outcome)
            case outcomes.Close() | outcomes.Quit() | outcomes.Face():
                await self.render_shared_outcome(outcome)
        if message:
            self.say(message)

    @on(RowList.Moved)
    def _row_moved(self, event: RowList.Moved) -> None:
        if event.rows is not self.list:
            return
        self.redraw()
        if self.list.count:
            self.say(self.list.count)

    @on(RowList.Chosen)
    async def _row_chosen(self, event: RowList.Chosen) -> None:
        if event.rows is self.list:
            await self.run_command("open")


class _Details(TitledList, can_focus=False):
    """Details of the highlighted row."""

    pane_title = "Bottom line"

    @property
    def brief(self) -> bool:
        """Whether there is room for a few lines only."""
        return self.size.height < 14

    def state(self, view: View) -> Spans:  # noqa: ARG002
        """Return how many lines there is no room for."""
        first, last, lines = self.lines_seen
        hidden = lines - (last - first)
        return (Span(quantity(hidden, "more line"), "muted"),) if hidden > 0 else ()
