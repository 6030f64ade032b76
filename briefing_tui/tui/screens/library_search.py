"""Searching all briefings: hits as the query is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from briefing_tui.commands.registry import key_name
from briefing_tui.library.dossier_job import FAILURES
from briefing_tui.library.hit_rows import hit_details, hits, mistake, questions
from briefing_tui.library.index.search import Hit
from briefing_tui.library.list_rows import Saved
from briefing_tui.query.lexer import QueryError
from briefing_tui.query.nodes import Node
from briefing_tui.query.parser import parse
from briefing_tui.tui.screens.list_screen import Listing
from briefing_tui.tui.widgets.line_widget import StatusLine
from briefing_tui.views.rows import Span, Spans, View

MOST = 100
"""Hits that are shown."""
_BEFORE = 2
"""Cells before what is typed."""


class FindingScreen(Listing, inherit_bindings=False):
    """A query, and the statements of the library that answer it."""

    takes_found = True
    """Enter takes what was found for the query, and waits for that."""
    BINDINGS: ClassVar[list[BindingType]] = [
        *Listing.BINDINGS,
        Binding("down", "walk(1)", "Next hit", show=False),
        Binding("up", "walk(-1)", "Previous hit", show=False),
        Binding("tab", "turn", "To the hits and back", show=False),
    ]

    def __init__(self, keys: Mapping[str, tuple[str, ...]], text: str = "") -> None:
        super().__init__(keys)
        self.list.pane_title = "Search"
        self.details.pane_title = "Hit"
        self._input = Input(text, id="query", select_on_focus=False)
        self._input.cursor_blink = False  # each blink would be sent over the line
        self._pointer = StatusLine(id="pointer")
        self._mistake = ""

    def above_list(self) -> list[Widget]:
        """The query, and what there is to say of it."""
        return [self._input, self._pointer]

    def begin(self) -> None:
        """Give the keys to the query."""
        self.header.left = (Span(" Search all briefings", "strong"),)
        self.set_focus(self._input)
        self._input.cursor_position = len(self._input.value)
        self._look()

    def action_search(self) -> None:
        """Change the query."""
        self.set_focus(self._input)
        self._input.select_all()

    def action_walk(self, rows: int) -> None:
        """Go to another hit while the query is typed."""
        self.list.move(rows)

    def action_turn(self) -> None:
        """Give the keys to the hits, or back to the query."""
        self.set_focus(self._input if self.list.has_focus else self.list)
        self.tell()

    def on_input_changed(self) -> None:
        """Look for what is typed so far."""
        self._look()

    def on_input_submitted(self) -> None:
        """Open the highlighted hit, unless it is no answer to what stands there now."""
        if self._mistake:
            self.say(self._mistake)
        else:
            self.action_open()

    def action_open(self) -> None:
        """Open the briefing at the hit, on the first day that has it; run a saved query."""
        searches = (one for one in self.workers if one.node is self and one.group == "search")
        if not all(one.is_finished for one in searches):
            self.say("Still looking")
            return
        entry = self.list.row.entry if self.list.row else None
        if isinstance(entry, Saved):
            self._input.value = entry.query
            self._input.cursor_position = len(entry.query)
            self.set_focus(self._input)
        elif isinstance(entry, Hit):
            self._open(entry)

    def action_escape(self) -> None:
        """Return to where this was opened from."""
        self.go_back()

    def details_of(self, *, brief: bool) -> View:  # noqa: ARG002
        """What is told of the highlighted hit."""
        if self._mistake:
            return mistake(self._mistake)
        entry = self.list.row.entry if self.list.row else None
        return hit_details(entry if isinstance(entry, Hit) else None, self.librarian.base)

    def status(self) -> tuple[Spans, Spans]:
        """What can be done from the query, and from the hits."""
        if self._message:
            return super().status()
        hints = [("Enter", "open"), ("↓ ↑", "hits"), ("Tab", "to the list"), ("Esc", "back")]
        if self.list.has_focus:
            named = {"open": "open", "search": "change the query", "help": "keys", "back": "back"}
            hints = [(key_name(self.keys[name][0]), word) for name, word in named.items()]
        return tuple(
            span
            for key, word in hints
            for span in (Span(f" {key}", "strong"), Span(f" {word} ", "muted"))
        ), ()

    def _open(self, hit: Hit) -> None:
        if problem := self.host.open_hit(hit):
            self.say(problem)

    def _look(self) -> None:
        """Look for what is typed; only the last of several queries is waited for."""
        text = self._input.value
        self._mistake = ""
        saved = self.librarian.workspace.saved
        if not text.strip():
            self.workers.cancel_group(self, "search")
            self._show(questions(saved), (Span('   words, "phrases", begin*, fields', "muted"),))
            return
        try:
            query = parse(text, saved)
        except QueryError as error:
            self.workers.cancel_group(self, "search")
            self._point_at(error)
            return
        self.run_worker(self._answer(query), group="search", exclusive=True)

    async def _answer(self, query: Node) -> None:
        try:
            found = await self.librarian.search(query, MOST)
        except FAILURES as error:
            self.say(f"The index cannot be used: {error}")
            return
        number = len(found.hits)
        counted = f"{number} hit{'' if number == 1 else 's'}, best first"
        if found.more:
            counted = f"the first {number} hits of more; ask for less"
        said = Span(f"  {counted}", "muted") if number else Span("  nothing found", "warning")
        self._show(hits(found, self.librarian.base), (said,))

    def _show(self, view: View, said: Spans) -> None:
        self._pointer.left = said
        self.list.view = view
        self.list.action_top()
        self.redraw()

    def _point_at(self, error: QueryError) -> None:
        """Say what is wrong below the column where it is; what was found stays in sight."""
        self._mistake = str(error).capitalize()
        if not self.list.view.rows:  # that nothing was found is no answer to this
            self.list.view = questions({})
        self.redraw()
        message = str(error).partition(": ")[2]
        width = self.app.size.width
        at = min(_BEFORE + error.column - 1, max(width - 2, 0))
        if at + len(message) + 3 <= width or at < len(message) + 1:
            told = (Span(" " * at), Span("^ ", "error"), Span(message, "warning"))
        else:
            before = " " * (at - len(message) - 1)
            told = (Span(before), Span(f"{message} ", "warning"), Span("^", "error"))
        self._pointer.left = told
