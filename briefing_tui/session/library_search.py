"""The search of a library: its query, and the hits or the mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import msgspec

from briefing_tui.library.hit_rows import hit_details, hits, mistake, questions
from briefing_tui.library.index.search import Hit, Results
from briefing_tui.library.list_rows import Saved
from briefing_tui.query.fields import SINGLE_SOURCE
from briefing_tui.query.lexer import QueryError
from briefing_tui.query.parser import parse
from briefing_tui.session import outcomes
from briefing_tui.session.library_session import closing_commands
from briefing_tui.session.list_state import ListState
from briefing_tui.session.outcomes import Changed, Outcome, Said
from briefing_tui.views.rows import View

_UNREAD = "Ask for is:unread to find what is unread"


class LibrarySearch:
    """A search of all briefings: its state and commands, without a face."""

    def __init__(self, base: str, saved: Mapping[str, str]) -> None:
        """Start without a query; displayed paths are relative to ``base``."""
        self.base = base
        self.saved = saved
        self.text = ""
        self.error: QueryError | None = None
        self.results: Results | None = None
        """The results of the last valid query."""
        self.rows = ListState()
        self._running: outcomes.RunSearch | None = None

    @property
    def mistake(self) -> str:
        """Why the query is invalid, as a sentence; empty if it is valid."""
        return str(self.error).capitalize() if self.error else ""

    def do(self, command: str) -> Outcome:
        """Execute a command of the registry."""
        return self._commands.get(command, partial(outcomes.Face, command))()

    @property
    def _commands(self) -> dict[str, Callable[[], Outcome]]:
        return {
            "open": self._open,
            "sort": lambda: Said("Hits with words are sorted by relevance, others by day"),
            "group": lambda: Said("Hits are not grouped"),
            **dict.fromkeys(("next-unread", "previous-unread"), partial(Said, _UNREAD)),
            "single-source": lambda: outcomes.SearchLibrary(SINGLE_SOURCE),
            "rescan": lambda: Said(""),
            **closing_commands(),
        }

    def _open(self) -> Outcome:
        if self._running is not None:
            return Said("Still looking")
        entry = self.rows.row.entry if self.rows.row else None
        if isinstance(entry, Saved):
            return outcomes.SearchLibrary(entry.query)
        return outcomes.OpenHit(entry) if isinstance(entry, Hit) else Said("")

    def submit(self) -> Outcome:
        """Open the highlighted hit, if the query is valid."""
        return Said(self.mistake) if self.error else self.do("open")

    def ask(self, text: str) -> Outcome:
        """Start a query; the rows stay until its results are handed to `found`."""
        self.text, self.error, self._running = text, None, None
        if not text.strip():
            self.results = None
            self.rows.show_from_top(questions(self.saved))
            return Changed("")
        try:
            self._running = outcomes.RunSearch(parse(text, self.saved, typing=True))
        except QueryError as error:
            self.error = error
            if not self.rows.view.rows:  # an empty list would look like an answer
                self.rows.show_from_top(questions({}))
            return Changed("")
        return self._running

    def found(self, search: outcomes.RunSearch, results: Results) -> bool:
        """Show the results of a query; return False if another one was started since."""
        if search is not self._running:
            return False
        self._running, self.results = None, results
        self.rows.show_from_top(hits(results, search.query, self.base))
        return True

    def counted(self, results: Results, total: int) -> bool:
        """Note how many statements match; return False if these are not the results any more."""
        if results is not self.results:
            return False
        self.results = msgspec.structs.replace(results, total=total)
        return True

    def failed(self, search: outcomes.RunSearch) -> None:
        """Note that a query could not be answered."""
        if search is self._running:
            self._running = None

    def details(self, *, brief: bool = False) -> View:  # noqa: ARG002
        """Return the details of the highlighted hit, or why the query is invalid."""
        if self.error is not None:
            return mistake(self.mistake)
        entry = self.rows.row.entry if self.rows.row else None
        return hit_details(entry if isinstance(entry, Hit) else None, self.base)
