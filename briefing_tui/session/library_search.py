"""A search of a library: the query, its hits, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from briefing_tui.library.hit_rows import hit_details, hits, mistake, questions
from briefing_tui.library.index.search import Hit, Results
from briefing_tui.library.list_rows import Saved
from briefing_tui.query.lexer import QueryError
from briefing_tui.query.parser import parse
from briefing_tui.session.library_session import closing_commands
from briefing_tui.session.list_state import ListState
from briefing_tui.session.outcomes import (
    Changed,
    Face,
    OpenHit,
    Outcome,
    RunSearch,
    Said,
    SearchLibrary,
)
from briefing_tui.views.rows import View

_UNREAD = "Ask for is:unread to find what is unread"


class LibrarySearch:
    """Everything a reader does with a search of all briefings."""

    def __init__(self, base: str, saved: Mapping[str, str]) -> None:
        """Begin without a query.

        Args:
            base: The directory that paths are shown from.
            saved: The user's saved queries by name.
        """
        self.base = base
        self.saved = saved
        self.text = ""
        self.error: QueryError | None = None
        """What is wrong with the query."""
        self.results: Results | None = None
        """The hits of the last query without a mistake."""
        self.rows = ListState()
        self._running: RunSearch | None = None

    @property
    def mistake(self) -> str:
        """What is wrong with the query, as a sentence; empty if nothing is."""
        return str(self.error).capitalize() if self.error else ""

    def do(self, command: str) -> Outcome:
        """Execute a command of the registry.

        Args:
            command: Its id.
        """
        run = self._commands.get(command)
        return run() if run else Face(command)

    @property
    def _commands(self) -> dict[str, Callable[[], Outcome]]:
        return {
            "open": self._open,
            "sort": lambda: Said("Hits are sorted by how well they answer"),
            "group": lambda: Said("Hits are not grouped"),
            "next-unread": lambda: Said(_UNREAD),
            "previous-unread": lambda: Said(_UNREAD),
            "rescan": lambda: Said(""),
            **closing_commands(),
        }

    def _open(self) -> Outcome:
        if self._running is not None:
            return Said("Still looking")
        entry = self.rows.row.entry if self.rows.row else None
        if isinstance(entry, Saved):
            return SearchLibrary(entry.query)
        return OpenHit(entry) if isinstance(entry, Hit) else Said("")

    def submit(self) -> Outcome:
        """Open the highlighted hit, if the query has no mistake."""
        return Said(self.mistake) if self.error else self.do("open")

    def ask(self, text: str) -> Outcome:
        """Take a query as it is typed.

        The rows stay until its results are handed to `found`; those of a mistaken query stay.
        """
        self.text, self.error, self._running = text, None, None
        if not text.strip():
            self.results = None
            self.rows.show_from_top(questions(self.saved))
            return Changed("")
        try:
            self._running = RunSearch(parse(text, self.saved))
        except QueryError as error:
            self.error = error
            if not self.rows.view.rows:  # that nothing was found is no answer to this
                self.rows.show_from_top(questions({}))
            return Changed("")
        return self._running

    def found(self, search: RunSearch, results: Results) -> bool:
        """Take the results of a query; False if another was asked meanwhile."""
        if search is not self._running:
            return False
        self._running, self.results = None, results
        self.rows.show_from_top(hits(results, self.base))
        return True

    def failed(self, search: RunSearch) -> None:
        """Note that a query could not be answered."""
        if search is self._running:
            self._running = None

    def details(self, *, brief: bool = False) -> View:  # noqa: ARG002
        """Return what there is to say of the highlighted hit, or of the mistake."""
        if self.error is not None:
            return mistake(self.mistake)
        entry = self.rows.row.entry if self.rows.row else None
        return hit_details(entry if isinstance(entry, Hit) else None, self.base)
