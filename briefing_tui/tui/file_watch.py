"""Reports changes of the file of a reading session."""

from __future__ import annotations

import threading
from collections.abc import Callable

from briefing_tui.session.briefing_file import Version
from briefing_tui.session.reading_session import ReadingSession

MISSES = 3
"""Checks in a row that a file may be missing before that is reported: editors replace files."""


class FileWatch:
    """Checks a file in threads, one at a time, since a network file system may be slow."""

    def __init__(
        self, session: ReadingSession, report: Callable[[Version], object], *, follow: bool
    ) -> None:
        """Watch the file of a session.

        Args:
            session: The session.
            report: Called from the thread with another version of the file.
            follow: Whether to report a missing file as well.
        """
        self._session = session
        self._report = report
        self._follow = follow
        self._missing: Version | None = None
        self._misses = 0
        self._looking = threading.Lock()

    @property
    def is_looking(self) -> bool:
        """Whether a check is running."""
        return self._looking.locked()

    @property
    def missing(self) -> Version | None:
        """A version that says why the file is missing; None if the last check found it."""
        return self._missing

    def look(self) -> None:
        """Check the file, unless a check is running. Runs in a thread."""
        if not self._looking.acquire(blocking=False):
            return
        try:
            version = self._session.check_file()
        finally:
            self._looking.release()
        self._missing = version if version is not None and not version.is_there else None
        self._misses = self._misses + 1 if self._missing else 0
        is_news = not self._missing or (self._follow and self._misses == MISSES)
        if version is not None and is_news:
            self._report(version)
