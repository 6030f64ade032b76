"""Bringing together what all briefings tell of an actor or deal, wherever that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_tui.briefing.text import one_line
from briefing_tui.commands.registry import key_names
from briefing_tui.tui.screens.screen_base import Everywhere
from briefing_tui.views.rows import Link

if TYPE_CHECKING:
    from briefing_tui.library.dossier_job import Making, Members
    from briefing_tui.library.entity_resolution import Subject
    from briefing_tui.library.service import Librarian
    from briefing_tui.storage.positions import Position

_TELLING = 0.5
"""Seconds between two words on how far a dossier is."""


class Dossiers(Everywhere):
    """Makes dossiers, and says how far they are."""

    _making: Making | None = None
    """The dossier that is being made."""

    def members_of(self, link: Link) -> Members:  # noqa: ARG002
        """The ids by which briefings know what a link leads to; none where it is known by name."""
        return frozenset()

    def place_in_dossier(self, *, whole: bool) -> Position | None:  # noqa: ARG002
        """Where to begin in a dossier, or in the ``whole`` of this one; nothing for its top."""
        return None

    def open_dossier(self, link: Link) -> None:
        """Bring together what all briefings tell of an actor or deal, and show it."""
        librarian = self.librarian_told()
        if librarian is not None:
            self.run_worker(self._collect(librarian, link), group="dossier", exclusive=True)

    async def _collect(self, librarian: Librarian, link: Link) -> None:
        from briefing_tui.library.dossier_job import FAILURES, subjects_of

        try:
            self.say(f"Looking for {one_line(link.label)} in the library…")
            async for told in librarian.fresh():
                self.say(told)
            wanted = self.members_of(link)
            found = await librarian.gather(lambda index: subjects_of(index, wanted, link))
        except FAILURES as error:
            self.say(f"The library cannot be asked: {error}")
            return
        if not found:
            self.say(f"No briefing of the library tells of {one_line(link.label)}")
            return
        self._show_dossier(librarian, link, found)

    def _show_dossier(self, librarian: Librarian, link: Link, found: list[Subject]) -> None:
        from briefing_tui.library.entity_resolution import described
        from briefing_tui.views.labels import counted

        ways = [
            Link(
                str(number),
                f"{described(one)}, in {counted(len(one.files), 'briefing')}",
                link.kind,
            )
            for number, one in enumerate(found)
        ]

        def take(way: Link) -> None:
            self.make_dossier(librarian, found[int(way.key)])

        self.choose("Which of them", ways, take)

    def make_dossier(self, librarian: Librarian, subject: Subject, *, whole: bool = False) -> None:
        """Bring together the newest briefings that tell of an actor or deal, or all."""
        self.run_worker(self._make(librarian, subject, whole=whole), group="dossier")

    async def _make(self, librarian: Librarian, subject: Subject, *, whole: bool) -> None:
        from briefing_tui.library.dossier_job import FAILURES, Making, StoppedError
        from briefing_tui.library.workspace import Opened
        from briefing_tui.tui.opened import day_told
        from briefing_tui.tui.resuming import Opening

        place = self.place_in_dossier(whole=whole)
        self._making = making = Making(subject, whole=whole)
        telling = self.set_interval(_TELLING, lambda: self.say(f"{making.told} Esc ends it"))
        try:
            self.say(making.told)
            scene = await librarian.gather(lambda index: making.scene(index, place))
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
        self.say_nothing()
        told = day_told(place, self.keys) if place else ""
        if making.chosen.left_out:
            key = key_names(self.keys["whole-dossier"][:1]) or "the palette"
            told = f"From {making.chosen.told()}; {key} brings together all"
        left_out = subject if making.chosen.left_out else None
        opened = Opened(scene.document, Opening(warning=told), subject=left_out, scene=scene)
        self.open_above(opened, place, told)

    def end_making(self) -> bool:
        """End making a dossier; whether one was being made."""
        if self._making is None:
            return False
        self._making.stop()
        return True

    def librarian_told(self) -> Librarian | None:
        """Who knows the library; where there is none, that is said."""
        from briefing_tui.library.service import librarian_of

        found = librarian_of(self.app)
        if found is None:
            self.say("There is no library here")
        return found
