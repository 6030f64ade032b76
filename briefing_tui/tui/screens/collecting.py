"""From one briefing to the others: the library, and dossiers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from briefing_tui.briefing.document import Origin
from briefing_tui.briefing.model import Entry, Milestone
from briefing_tui.storage.positions import Position
from briefing_tui.tui.screens.dossiers import Dossiers
from briefing_tui.tui.screens.leading import Leading
from briefing_tui.views.rows import Link

if TYPE_CHECKING:
    from briefing_tui.library.dossier_job import Members
    from briefing_tui.library.entity_resolution import Subject


class Collecting(Leading, Dossiers):
    """The commands that lead out of the briefing that is read."""

    left: Callable[[], object] | None = None
    """Called when the screen is left for the one below."""
    file: str = ""
    """The path by which the library knows the briefing; empty where it does not."""
    subject: Subject | None = None
    """Of a dossier that leaves briefings out: whom it is about, with all briefings."""

    @property
    def position(self) -> Position:
        """Where the reader is now."""
        raise NotImplementedError

    def on_unmount(self) -> None:
        """Keep what is to be kept."""
        if self.left is not None:
            self.left()

    def action_library(self) -> None:
        """Return to the library, or open it."""
        from briefing_tui.tui.screens.library import LibraryScreen

        librarian = self.librarian_told()
        if librarian is None:
            return
        if any(isinstance(screen, LibraryScreen) for screen in self.app.screen_stack):
            while not isinstance(self.app.screen, LibraryScreen):
                self.app.pop_screen()
        else:
            self.app.push_screen(LibraryScreen(self.keys))

    def action_dossier(self) -> None:
        """Read what all briefings tell of the actor or deal of the row."""
        scope = list(self.row.scope if self.row else ())
        if not scope:
            self.say("No actor or deal here to tell of")
        elif self.librarian_told() is not None:
            self.choose("Dossier of", scope, self.open_dossier)

    def action_whole_dossier(self) -> None:
        """Make a dossier again, from all briefings."""
        if not self.scene.document.origins:
            self.say("This is no dossier")
        elif self.subject is None:
            self.say("This dossier is from all briefings")
        elif (librarian := self.librarian_told()) is not None:
            self.make_dossier(librarian, self.subject, whole=True)

    def place_in_dossier(self, *, whole: bool) -> Position | None:
        """The day that is shown, where it is not the briefing's own; of the whole, this place."""
        if whole:
            return self.position
        day = self.scene.other_day
        return Position(as_of=day) if day else None

    def ways_out(self) -> list[Link]:
        """In a dossier, the briefings that tell of the row."""
        titles: dict[str, str] = {}
        for origin in self._origins():
            titles.setdefault(origin.file, origin.title)
        return [Link(file, title, "briefing") for file, title in titles.items()]

    def go_out(self, link: Link) -> None:
        """Open a briefing at what it tells of the row, on the day that is shown or a later one."""
        from briefing_tui.library.workspace import CannotReadError
        from briefing_tui.tui.opened import day_told, place_in

        librarian = self.librarian_told()
        if librarian is None:
            return
        paths = [origin.path for origin in self._origins() if origin.file == link.key]
        try:
            opened = librarian.desk.read(link.key)
        except CannotReadError as error:
            self.say(str(error))
            return
        place = place_in(opened.document, paths, self.scene.other_day)
        self.open_above(opened, place, day_told(place, self.keys))

    def _origins(self) -> list[Origin]:
        """Where all stands that a row of a dossier shows."""
        entry = self.row.entry if self.row else None
        origins = self.scene.document.origins
        if not origins or not isinstance(entry, Entry) or entry.place is None:
            return []
        own = entry.place.path
        # What briefings tell of a milestone are its promises, and what became of them.
        inside = own if isinstance(entry, Milestone) else None
        return [
            origin
            for path, some in origins.items()
            if path == own or (inside and path[: len(own)] == inside)
            for origin in some
        ]

    def members_of(self, link: Link) -> Members:
        """The ids by which briefings know what a link leads to: this one, or those of a dossier."""
        if self.file:
            return frozenset({(self.file, link.key.partition("/")[2])})
        from briefing_tui.library.dossier_job import members_of

        return members_of(self.scene, link)
