"""The interface of the application for its screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from briefing_tui.settings import Settings
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.library.index.search import Hit
    from briefing_tui.library.service import LibraryService
    from briefing_tui.session.library_session import LibrarySession
    from briefing_tui.session.outcomes import OpenBriefing
    from briefing_tui.session.reading_session import ReadingSession


class Host(Protocol):
    """The application for its screens, which do not import one another."""

    settings: Settings
    surroundings: Surroundings
    """The environment that the reader runs in, its terminal and directories."""

    @property
    def service(self) -> LibraryService | None:
        """The library service; None if there is no library."""

    @property
    def library(self) -> LibrarySession | None:
        """The list of the library; None if there is no library."""

    def open_session(self, session: ReadingSession) -> None:
        """Push a screen for a session."""

    def open_file(self, path: str) -> str:
        """Open a briefing of the library at its saved position; return why it cannot be opened."""

    def open_hit(self, hit: Hit) -> str:
        """Open a briefing of the library at a search hit; return why it cannot be opened."""

    def open_at(self, request: OpenBriefing) -> str:
        """Open a briefing of the library at an entry; return why it cannot be opened."""

    def open_library(self) -> None:
        """Return to the library screen, or push one."""

    def open_library_search(self, text: str) -> None:
        """Search all briefings."""

    def open_palette(self) -> None:
        """Open the command palette."""

    def session_left(self, session: ReadingSession) -> None:
        """Save the state of a session that ends, and update the lists of the library."""

    def next_briefing(self, *, back: bool) -> bool:
        """Go to another briefing with unread entries; False if there is none."""
