"""From one briefing to the others: the library, and dossiers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from briefing_tui.briefing.document import Origin
from briefing_tui.briefing.model import Entry, Milestone
from briefing_tui.briefing.text import one_line
from briefing_tui.reader.commands import key_names
from briefing_tui.reader.screens.leading import Leading
from briefing_tui.state import Position
from briefing_tui.views.rows import Link

if TYPE_CHECKING:
    from briefing_tui.library.identity import Subject
    from briefing_tui.reader.dossiers import Making
    from briefing_tui.reader.librarian import Librarian

_TELLING = 0.5
"""Seconds between two words on how far a dossier is."""


class Collecting(Leading):
    """The commands that lead out of the briefing that is read."""

    left: Callable[[], object] | None = None
    """Called when the screen is left for the one below."""
    subject: Subject | None = None
    """Of a dossier that leaves briefings out: whom it is about, with all briefings."""
    _making: Making | None = None
    """The dossier that is being made."""

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
        from briefing_tui.reader.screens.library import LibraryScreen

        librarian = self._librarian()
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
        elif self._librarian() is not None:
            self.choose("Dossier of", scope, self.open_dossier)

    def action_whole_dossier(self) -> None:
        """Make a dossier again, from all briefings."""
        if not self.scene.document.origins:
            self.say("This is no dossier")
        elif self.subject is None:
            self.say("This dossier is from all briefings")
        elif (librarian := self._librarian()) is not None:
            making = self._make(librarian, self.subject, whole=True)
            self.run_worker(making, group="dossier", exclusive=True)

    def ways_out(self) -> list[Link]:
        """In a dossier, the briefings that tell of the row."""
        titles: dict[str, str] = {}
        for origin in self._origins():
            titles.setdefault(origin.file, origin.title)
        return [Link(file, title, "briefing") for file, title in titles.items()]

    def go_out(self, link: Link) -> None:
        """Open a briefing at what it tells of the row, on the day that is shown or a later one."""
        from briefing_tui.reader.desk import CannotReadError
        from briefing_tui.reader.opened import day_told, place_in

        librarian = self._librarian()
        if librarian is None:
            return
        scene = self.scene
        own = scene.as_of == scene.document.briefing.as_of.upper
        paths = [origin.path for origin in self._origins() if origin.file == link.key]
        try:
            opened = librarian.desk.read(link.key)
        except CannotReadError as error:
            self.say(str(error))
            return
        place = place_in(opened.document, paths, None if own else scene.as_of)
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

    def open_dossier(self, link: Link) -> None:
        """Bring together what all briefings tell of an actor or deal, and show it."""
        librarian = self._librarian()
        if librarian is not None:
            self.run_worker(self._collect(librarian, link), group="dossier", exclusive=True)

    async def _collect(self, librarian: Librarian, link: Link) -> None:
        from briefing_tui.reader.dossiers import FAILURES, members_of, subjects_of

        try:
            self.say(f"Looking for {one_line(link.label)} in the library…")
            async for told in librarian.fresh():
                self.say(told)
            wanted = members_of(self.scene, link)
            found = await librarian.gather(lambda index: subjects_of(index, wanted, link))
        except FAILURES as error:
            self.say(f"The library cannot be asked: {error}")
            return
        if not found:
            self.say(f"No briefing of the library tells of {one_line(link.label)}")
            return
        self._show_dossier(librarian, link, found)

    def _show_dossier(self, librarian: Librarian, link: Link, found: list[Subject]) -> None:
        from briefing_tui.library.identity import described

        ways = [
            Link(str(number), f"{described(one)}, in {len(one.files)} briefings", link.kind)
            for number, one in enumerate(found)
        ]

        def take(way: Link) -> None:
            self.run_worker(self._make(librarian, found[int(way.key)]), group="dossier")

        self.choose("Which of them", ways, take)

    async def _make(self, librarian: Librarian, subject: Subject, *, whole: bool = False) -> None:
        from briefing_tui.reader.desk import Opened
        from briefing_tui.reader.dossiers import FAILURES, Making, StoppedError
        from briefing_tui.reader.resuming import Opening

        self._making = making = Making(subject, whole=whole)
        telling = self.set_interval(_TELLING, lambda: self.say(f"{making.told} Esc ends it"))
        try:
            self.say(making.told)
            document = await librarian.gather(making.document)
        except StoppedError:
            self.say("No dossier: ended")
            return
        except FAILURES as error:
            self.say(f"The library cannot be asked: {error}")
            return
        finally:
            making.stop()
            telling.stop()
            if self._making is making:
                self._making = None
        self.redraw_chrome()
        if not making.chosen.left_out:
            self.open_above(Opened(document, Opening()))
            return
        key = key_names(self.effective_keys()["whole-dossier"][:1]) or "the palette"
        told = f"From {making.chosen.told()}; {key} brings together all"
        self.open_above(Opened(document, Opening(warning=told), subject=subject))

    def end_making(self) -> bool:
        """End making a dossier; whether one was being made."""
        if self._making is None:
            return False
        self._making.stop()
        return True

    def _librarian(self) -> Librarian | None:
        from briefing_tui.reader.librarian import librarian_of

        found = librarian_of(self.app)
        if found is None:
            self.say("There is no library here")
        return found
