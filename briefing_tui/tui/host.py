"""The interface of the application for its screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from briefing_tui.session import outcomes
from briefing_tui.settings.options import Settings
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.library.service import LibraryService
    from briefing_tui.session.reading_session import ReadingSession

OpenRequest = (
    outcomes.OpenBriefing
    | outcomes.OpenFile
    | outcomes.OpenHit
    | outcomes.OpenLibrary
    | outcomes.SearchLibrary
)
"""What the application opens for a screen."""


class Host(Protocol):
    """The application for its screens, which do not import one another."""

    settings: Settings
    surroundings: Surroundings
    """The environment, the terminal and the directories."""

    @property
    def service(self) -> LibraryService | None:
        """The library service; None if there is no library."""

    def open_session(self, session: ReadingSession) -> None:
        """Push a screen for a session."""

    def open(self, request: OpenRequest) -> str:
        """Open what a command asks for; return why it cannot be opened."""

    def open_palette(self) -> None:
        """Open the command palette."""

    def session_left(self, session: ReadingSession) -> None:
        """Save the state of a session that ends, and update the lists of the library."""

    def next_briefing(self, *, back: bool) -> bool:
        """Go to another briefing with unread entries; False if there is none."""
