"""Checks of the file of a reading session."""

from __future__ import annotations

from briefing_tui.library.daemon_threads import in_thread
from briefing_tui.session.briefing_file import FileVersion
from briefing_tui.session.reading_session import ReadingSession

MISSES = 3
"""Checks in a row that a file may be missing before that is reported: editors replace files."""
HOLDS = 3
"""Checks for which a suspect version has to stay before it is reported: it may be half a file."""


class FileWatch:
    """Checks a file in threads, one at a time, since a network file system may be slow."""

    def __init__(self, session: ReadingSession, *, follow: bool) -> None:
        self._session = session
        self._follow = follow
        """Whether to report a missing file as well."""
        self.is_checking = False
        self.missing: FileVersion | None = None
        """A version that says why the file is missing; None if the last check found it."""
        self._misses = 0
        self._held: FileVersion | None = None
        self._holds = 0
        """Checks since the held version came."""

    async def check(self) -> FileVersion | None:
        """Return another version of the file; None if a check is running or there is no news."""
        if self.is_checking:
            return None
        self.is_checking = True
        try:
            version = await in_thread(self._session.check_file)
        finally:
            self.is_checking = False
        self.missing = version if version is not None and not version.is_there else None
        self._misses = self._misses + 1 if self.missing else 0
        if self.missing:
            self._held = None
            return version if self._follow and self._misses == MISSES else None
        if version is None:
            self._holds += 1
            return self.take_held() if self._holds == HOLDS else None
        self._held, self._holds = (version, 0) if version.is_suspect else (None, 0)
        return None if version.is_suspect else version

    def take_held(self) -> FileVersion | None:
        """Return the version that is not reported yet; None if there is none."""
        version, self._held = self._held, None
        return version
