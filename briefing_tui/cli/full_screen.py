"""The full screen, for a briefing or a library."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from briefing_tui.session.opener import Opener
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.library.workspace import Workspace
    from briefing_tui.session.reading_session import ReadingSession


def show_and_exit(
    session: ReadingSession | None,
    opener: Opener,
    surroundings: Surroundings,
    *,
    workspace: Callable[[], Workspace] | None = None,
    follow: bool = False,
) -> NoReturn:
    """Show a briefing, or the library if it is None, until the reader leaves; end the program."""
    from briefing_tui.tui.app import BriefingApp

    app = BriefingApp(
        session, opener, workspace=workspace, surroundings=surroundings, follow=follow
    )
    sys.exit(app.run_in_terminal())
