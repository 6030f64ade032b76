"""The interface of the application for its screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from briefing_tui.session.outcomes import Outcome
from briefing_tui.settings.options import Settings
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.library.service import LibraryService
    from briefing_tui.session.reading_session import ReadingSession


@runtime_checkable
class Speaker(Protocol):
    """A screen with a line for messages."""

    def say(self, message: str) -> None:
        """Show a message until the next key."""


class Host(Protocol):
    """The application for its screens, which do not import one another."""

    settings: Settings
    surroundings: Surroundings

    @property
    def service(self) -> LibraryService | None:
        """The library service; None if there is no library."""

    def open_session(self, session: ReadingSession) -> None:
        """Push a screen for a session."""

    def open(self, outcome: Outcome) -> str:
        """Open the briefing, library or search of an outcome; return why that is impossible."""

    def open_palette(self) -> None:
        """Open the command palette."""

    def session_left(self, session: ReadingSession) -> None:
        """Save the state of a session that ends, and update the lists of the library."""

    def next_briefing(self, session: ReadingSession, *, back: bool) -> bool:
        """Replace a session by that of another briefing with unread entries; False if none."""
