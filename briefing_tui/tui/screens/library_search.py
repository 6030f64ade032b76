"""The search of all briefings, with hits while the query is typed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from briefing_tui.commands.registry import key_name
from briefing_tui.library.dossier_job import FAILURES
from briefing_tui.library.hit_rows import error_pointer, hit_count
from briefing_tui.library.service import LibraryService
from briefing_tui.session import outcomes
from briefing_tui.session.library_search import LibrarySearch
from briefing_tui.session.outcomes import Outcome
from briefing_tui.tui.screens.list_screen import ListScreen
from briefing_tui.tui.widgets.line_widget import StatusLine
from briefing_tui.tui.widgets.pane import Pane
from briefing_tui.tui.workers import start_worker
from briefing_tui.views.rows import Span, Spans

MAX_HITS = 100
_INDENT = 2
"""Cells before the query."""


class LibrarySearchScreen(ListScreen, inherit_bindings=False):
    """Draws a search of the library: the query, and its hits."""

    session: LibrarySearch
    awaits_results = True
    """Enter opens a hit, so it waits for the search."""
    BINDINGS: ClassVar[list[BindingType]] = [
        *ListScreen.BINDINGS,
        Binding("down", "walk(1)", "Next hit", show=False),
        Binding("up", "walk(-1)", "Previous hit", show=False),
        Binding("tab", "turn", "To the hits and back", show=False),
    ]

    def __init__(
        self,
        keys: Mapping[str, tuple[str, ...]],
        session: LibrarySearch,
        service: LibraryService,
        text: str = "",
    ) -> None:
        super().__init__(keys, session, service, Pane(session.rows, "Search", id="listed"))
        self.details.pane_title = "Hit"
        self._input = Input(text, id="query", select_on_focus=False)
        self._input.cursor_blink = False  # every blink is sent to the terminal
        self._pointer = StatusLine(id="pointer")

    def above_list(self) -> list[Widget]:
        """Return the query and the line below it."""
        return [self._input, self._pointer]

    def begin(self) -> None:
        """Focus the query, and search for it."""
        self.header.left = (Span(" Search all briefings", "strong"),)
        self.set_focus(self._input)
        self._input.cursor_position = len(self._input.value)
        self._ask(self._input.value)

    def action_search(self) -> None:
        """Change the query."""
        self.set_focus(self._input)
        self._input.select_all()

    def action_walk(self, rows: int) -> None:
        """Go to another hit while the query is typed."""
        self.list.move(rows)

    def action_turn(self) -> None:
        """Move the focus between the query and the hits."""
        self.set_focus(self._input if self.list.has_focus else self.list)
        self.draw_footer()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for the text typed so far."""
        self._ask(event.value)

    async def on_input_submitted(self) -> None:
        """Open the highlighted hit."""
        await self.render_outcome(self.session.submit())

    async def render_outcome(self, outcome: Outcome) -> None:
        """Render the outcome of a command."""
        if isinstance(outcome, outcomes.SearchLibrary):
            self._input.value = outcome.text
            self._input.cursor_position = len(outcome.text)
            self.set_focus(self._input)
        else:
            await super().render_outcome(outcome)

    def sync(self) -> None:
        """Draw the current state of the session; new hits from the top."""
        if self.list.sync():
            self.list.move_to_top()
        self.redraw()

    def redraw(self) -> None:
        """Draw the line below the query, the details and the last line."""
        super().redraw()
        if self.is_attached:
            self._pointer.left = self._query_state()

    def _query_state(self) -> Spans:
        session = self.session
        if session.error is not None:
            return error_pointer(session.error, _INDENT, self.app.size.width)
        if session.results is not None:
            return hit_count(session.results)
        return (Span('   words, "phrases", begin*, fields', "muted"),)

    def hints(self) -> tuple[Spans, Spans]:
        """Return the keys that work in the query or among the hits."""
        hints = [("Enter", "open"), ("↓ ↑", "hits"), ("Tab", "to the list"), ("Esc", "back")]
        if self.list.has_focus:
            words = {"open": "open", "search": "change the query", "help": "keys", "back": "back"}
            hints = [(key_name(self.keys[name][0]), word) for name, word in words.items()]
        return tuple(
            span
            for key, word in hints
            for span in (Span(f" {key}", "strong"), Span(f" {word} ", "muted"))
        ), ()

    def _ask(self, text: str) -> None:
        """Search for a query, instead of one whose search is still running."""
        outcome = self.session.ask(text)
        if isinstance(outcome, outcomes.RunSearch):
            start_worker(self, partial(self._search, outcome), "search", exclusive=True)
        else:
            self.workers.cancel_group(self, "search")
            self.sync()

    async def _search(self, search: outcomes.RunSearch) -> None:
        try:
            results = await self.service.search(search.query, MAX_HITS)
            if self.session.found(search, results):
                self.sync()
            if results.total is None:
                total = await self.service.count(search.query)
                if self.session.counted(results, total):
                    self.redraw()
        except FAILURES as error:
            self.session.failed(search)
            self.say(f"The index cannot be used: {error}")
