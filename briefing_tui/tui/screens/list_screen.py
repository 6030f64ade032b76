"""A list of the library, with details of the highlighted row beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from briefing_tui.library.service import LibraryService
from briefing_tui.session import outcomes
from briefing_tui.session.library_search import LibrarySearch
from briefing_tui.session.library_session import LibrarySession
from briefing_tui.session.outcomes import Outcome
from briefing_tui.tui.bindings import bindings_for
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.tui.widgets.line_widget import StatusLine
from briefing_tui.tui.widgets.pane import FULL_HEIGHT, DetailList, Pane
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.header_footer import footer_hints
from briefing_tui.views.rows import Spans


class ListScreen(BaseScreen, inherit_bindings=False):
    """Draws the session of a list: the library, or the hits of a search in it."""

    CSS_PATH = "../styles/library.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("library", "both")

    def __init__(
        self,
        keys: Mapping[str, tuple[str, ...]],
        session: LibrarySession | LibrarySearch,
        service: LibraryService,
        rows: Pane,
    ) -> None:
        super().__init__(keys)
        self.service = service
        self.session = session
        self.list = rows
        self.details = DetailList("Bottom line", id="details")
        self.header = StatusLine(id="header")

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
        """Set the focus, and draw the session."""
        self.watch(self.details, "room", self.redraw, init=False)
        self.begin()
        self.redraw()

    def begin(self) -> None:
        """Focus the list."""
        self.set_focus(self.list, scroll_visible=False)

    def on_screen_resume(self) -> None:
        """Show the hints again."""
        self._message = ""
        self.redraw()

    def on_resize(self) -> None:
        """Redraw for the new width."""
        self.redraw()

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.list

    # Drawing the session

    def sync(self) -> None:
        """Draw the current state of the session."""
        self.list.sync()
        self.redraw()

    def redraw(self) -> None:
        """Draw the details and the last line."""
        if self.is_attached:
            self.details.view = self.session.details(brief=self.details.size.height < FULL_HEIGHT)
            self.draw_footer()

    def hints(self) -> tuple[Spans, Spans]:
        """Return the key hints."""
        return footer_hints(self.keys, self.app.size.width, "library")

    # Commands and their outcomes

    async def action_command(self, name: str) -> None:
        """Run a command of the registry."""
        await self.render_outcome(self.session.do(name))

    async def render_outcome(self, outcome: Outcome) -> None:
        """Render the outcome of a command."""
        match outcome:
            case outcomes.Changed(message):
                self.sync()
                self.say(message)
            case outcomes.OpenFile() | outcomes.OpenHit() | outcomes.SearchLibrary():
                self.say(self.host.open(outcome))
            case _:
                await super().render_outcome(outcome)

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
            await self.action_command("open")
