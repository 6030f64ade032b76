"""A tour of the briefings of a library that have unread entries."""

from __future__ import annotations

import msgspec

from briefing_tui.annotations.read_state import ReadingStatus
from briefing_tui.briefing.terminal_text import one_line
from briefing_tui.session.briefing_file import CannotOpenError, File
from briefing_tui.session.library_session import LibrarySession
from briefing_tui.session.opener import Opener
from briefing_tui.session.reading_session import ReadingSession, unread_message
from briefing_tui.storage.positions import Position
from briefing_tui.views.focus_filter import scene_at
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.unread_rows import later_unread, unread_rows

Trail = tuple[tuple[str, Position], ...]
"""Paths of the previous briefings, with the position in each; the most recent is last."""


class UnreadTour:
    """The tour of a library, at one of its briefings."""

    def __init__(
        self, library: LibrarySession, opener: Opener, path: str, trail: Trail = ()
    ) -> None:
        """Begin at the briefing of a path, with the trail to it."""
        self._library = library
        self._opener = opener
        self._path = path
        self._trail = trail

    @property
    def elsewhere(self) -> int:
        """How many entries are unread in the other briefings."""
        return self._library.unread_in_others(self._path)

    def next(self, session: ReadingSession, *, back: bool) -> ReadingSession | None:
        """Leave a session for the next briefing with unread entries; None if there is none."""
        if session.reading_status is not None:
            self._library.left(self._path, session.reading_status)
        if back and self._trail and (returned := self._return()) is not None:
            return returned
        for path in self._library.unread_from(self._path, back=back):
            file = self._read(path)
            first = self._first_unread(file, back=back) if file is not None else None
            if file is None or first is None:
                # Another version than the index knows, or none that can be read.
                self._library.left(path, ReadingStatus(opened=True))
                continue
            position, message = first
            notice = f"{'Briefing before' if back else 'Next briefing'} · {message}"
            trail = () if back else (*self._trail, (self._path, session.position))
            return self._session(file, position, notice, trail)
        return None

    def _return(self) -> ReadingSession | None:
        path, position = self._trail[-1]
        file = self._read(path)
        if file is None:
            return None
        notice = f"Back in {one_line(file.document.briefing.title)}"
        return self._session(file, position, notice, self._trail[:-1])

    def _session(self, file: File, position: Position, notice: str, trail: Trail) -> ReadingSession:
        tour = UnreadTour(self._library, self._opener, file.path, trail)
        return self._opener.session(file, position=position, notice=notice, tour=tour)

    def _read(self, path: str) -> File | None:
        try:
            return self._opener.read(path, is_piped=False)
        except CannotOpenError:
            return None

    def _first_unread(self, file: File, *, back: bool) -> tuple[Position, str] | None:
        """Return the first or last unread row of the first day with one, and its message."""
        scene = scene_at(file.document)
        annotations = self._opener.annotations(file, scene)
        scene = msgspec.structs.replace(scene, marks=annotations.marks)
        while not (places := unread_rows(scene, views := [spec.view(scene) for spec in PANES])):
            later = later_unread(scene)
            if later is None:
                return None
            scene = later
        place = places[-1 if back else 0]
        row = views[place.pane].rows[place.row]
        pane, day = PANES[place.pane].name, scene.other_day
        elsewhere = self._library.unread_in_others(file.path)
        message = unread_message(scene, row, place.pane, elsewhere, day)
        return Position(pane=pane, rows={pane: row.key}, as_of=day), message
