"""The list of the briefings of a library, visible before all of them are indexed."""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping
from functools import partial

from textual import work

from briefing_tui.library.daemon_threads import in_thread
from briefing_tui.library.dossier_job import FAILURES
from briefing_tui.library.index.sync import Changes, IndexProgress
from briefing_tui.library.list_header import header, progress_bar
from briefing_tui.library.list_rows import heading
from briefing_tui.library.service import LibraryService
from briefing_tui.session import outcomes
from briefing_tui.session.library_session import LibrarySession
from briefing_tui.session.outcomes import Outcome
from briefing_tui.tui.screens.dossier_maker import DossierMaker
from briefing_tui.tui.screens.list_screen import ListScreen
from briefing_tui.tui.widgets.pane import Pane
from briefing_tui.tui.workers import start_worker
from briefing_tui.views.rows import Span, Spans

FOLLOWING = 2.0
"""Minimum seconds between two checks of the disk while the library is followed."""
_IDLE_SHARE = 5
"""While indexing, the pause between two lists as a multiple of the time that a list takes."""
_FIRST_ROWS = 200
"""Rows to show first, while those of all briefings are created."""


class LibraryScreen(ListScreen):
    """Draws the list of the library, and runs the long jobs of its session."""

    session: LibrarySession

    def __init__(
        self, keys: Mapping[str, tuple[str, ...]], session: LibrarySession, service: LibraryService
    ) -> None:
        rows = Pane(session.rows, "Library", id="listed", headings=self._headings)
        super().__init__(keys, session, service, rows)
        self.dossiers = DossierMaker(self)
        self._next_list = 0.0
        """When to list the briefings again while indexing."""

    def _headings(self, width: int) -> tuple[Spans, Spans]:
        shown = self.session.shown
        return heading(width, shown.column, shown.briefings)

    def begin(self) -> None:
        """Show what is indexed, and look for changes on disk."""
        super().begin()
        self.sync()
        self._refresh(is_asked=False)

    async def action_command(self, name: str) -> None:
        """Run a command of the registry; Escape first stops a dossier that is being made."""
        if name != "escape" or not self.dossiers.stop():
            await super().action_command(name)

    async def render_outcome(self, outcome: Outcome) -> None:
        """Render the outcome of a command."""
        if isinstance(outcome, outcomes.Refresh):
            self._refresh(is_asked=True)
        else:
            await super().render_outcome(outcome)

    # Drawing the session

    def sync(self) -> None:
        """Draw the current state of the session, and create its rows if they are outdated."""
        super().sync()
        if self.session.is_stale:
            start_worker(self, self._make_rows, "list", exclusive=True)

    def redraw(self) -> None:
        """Draw the header, the details and the last line."""
        super().redraw()
        if self.is_attached:
            session = self.session
            self.header.left, self.header.right = header(
                session.name, session.listing, session.unread_total, self.app.size.width
            )

    def hints(self) -> tuple[Spans, Spans]:
        """Return the key hints, after a progress bar while the library is indexed."""
        left, right = super().hints()
        if self.session.progress is None:
            return left, right
        return (*progress_bar(self.session.progress), Span("  "), *left), right

    async def _make_rows(self) -> None:
        listing = self.session.listing
        limits: list[int | None] = [None]
        if not self.session.rows.view.rows and len(listing.briefings) > _FIRST_ROWS:
            limits = [_FIRST_ROWS, None]
        for limit in limits:
            view = await in_thread(partial(listing.view, limit))
            if self.session.show(listing, view):
                super().sync()

    # The index

    def _refresh(self, *, is_asked: bool) -> None:
        if not self.session.is_indexing:
            self.session.refresh_begins()
            work = partial(self._bring_up_to_date, is_asked=is_asked)
            start_worker(self, work, "index")

    async def _bring_up_to_date(self, *, is_asked: bool) -> None:
        """List what is indexed, then what changed on disk; report no change only if asked."""
        start = time.monotonic()
        session, service = self.session, self.service
        try:
            if not session.briefings:
                session.listed(await service.list_indexed())
                await self._make_rows()
                self._survey()
                gc.enable()  # it is off during the start of the program
            changes = Changes()
            async for news in service.refresh():
                if isinstance(news, IndexProgress):
                    await self._show_progress(news)
                else:
                    changes = news
            briefings = await service.list_refreshed()
            message = session.refreshed(changes, briefings, is_asked=is_asked)
            await self._make_rows()
            if message := service.take_notice() or message:
                self.say(message)
            self._survey()
        except FAILURES as error:
            self.say(f"The index cannot be used: {error}")
        finally:
            session.refresh_ends()
        if service.workspace.follow:
            # A check of a large library uses a tenth of the processor at most.
            rest = max(FOLLOWING, 10 * (time.monotonic() - start))
            self.set_timer(rest, partial(self._refresh, is_asked=False))

    async def _show_progress(self, progress: IndexProgress) -> None:
        """Show the progress, and at intervals what is indexed so far."""
        self.session.progressed(progress)
        self.redraw()
        start = time.monotonic()
        if start >= self._next_list:
            self.session.listed(await self.service.list_indexed())
            await self._make_rows()
            self._next_list = start + (time.monotonic() - start) * (1 + _IDLE_SHARE)

    @work(group="standings", exclusive=True)
    async def _survey(self) -> None:
        if not self.service.tracks_reading:
            return
        self.session.survey_begins()
        try:
            async for standings in self.service.survey():
                self.session.surveyed(standings)
                await self._make_rows()
        except FAILURES as error:
            self.say(f"The index cannot be used: {error}")
