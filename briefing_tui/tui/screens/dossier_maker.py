"""Makes dossiers for a screen, and says there how far they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from briefing_tui.briefing.text import one_line
from briefing_tui.commands.registry import key_names
from briefing_tui.session.location import day_notice
from briefing_tui.storage.positions import Position
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.views.rows import Link

if TYPE_CHECKING:
    from briefing_tui.library.dossier_job import DossierJob, Members
    from briefing_tui.library.entity_resolution import Subject
    from briefing_tui.library.service import LibraryService

INTERVAL = 0.5
"""Seconds between two reports on how far a dossier is."""

NO_MEMBERS: Members = frozenset()


class DossierMaker:
    """Finds an actor or deal in the library, and opens its dossier."""

    def __init__(self, screen: BaseScreen) -> None:
        self._screen = screen
        self._job: DossierJob | None = None
        """The dossier that is being made."""

    def make(
        self, link: Link, members: Members = NO_MEMBERS, position: Position | None = None
    ) -> None:
        """Find an actor or deal and make its dossier.

        Args:
            link: The actor or deal.
            members: Files with the ids that they give to it; empty if it is known by name only.
            position: Where to begin in the dossier; its top if left out.
        """
        service = self._screen.service_or_message()
        if service is not None:
            work = self._find(service, link, members, position)
            self._screen.run_worker(work, group="dossier", exclusive=True)

    def make_of(
        self, subject: Subject, position: Position | None = None, *, whole: bool = False
    ) -> None:
        """Make the dossier of an actor or deal from its newest briefings, or from all."""
        service = self._screen.service_or_message()
        if service is not None:
            work = self._make(service, subject, position, whole=whole)
            self._screen.run_worker(work, group="dossier")

    def stop(self) -> bool:
        """Stop making a dossier; False if none was being made."""
        if self._job is None:
            return False
        self._job.stop()
        return True

    async def _find(
        self, service: LibraryService, link: Link, members: Members, position: Position | None
    ) -> None:
        from briefing_tui.library.dossier_job import FAILURES, subjects_of

        name = one_line(link.label)
        try:
            self._screen.say(f"Looking for {name} in the library…")
            async for progress in service.refresh_once():
                self._screen.say(progress)
            subjects = await service.gather(lambda index: subjects_of(index, members, link))
        except FAILURES as error:
            self._screen.say(f"The library cannot be asked: {error}")
            return
        if not subjects:
            self._screen.say(f"No briefing of the library tells of {name}")
            return
        self._choose(subjects, link, position)

    def _choose(self, subjects: list[Subject], link: Link, position: Position | None) -> None:
        from briefing_tui.library.entity_resolution import described
        from briefing_tui.views.labels import quantity

        links = [
            Link(
                str(number),
                f"{described(subject)}, in {quantity(len(subject.files), 'briefing')}",
                link.kind,
            )
            for number, subject in enumerate(subjects)
        ]
        make: Callable[[Link], None] = lambda choice: self.make_of(  # noqa: E731
            subjects[int(choice.key)], position
        )
        self._screen.choose("Which of them", links, make)

    async def _make(
        self, service: LibraryService, subject: Subject, position: Position | None, *, whole: bool
    ) -> None:
        from briefing_tui.library.dossier_job import FAILURES, DossierJob, StoppedError
        from briefing_tui.session.reading_session import ReadingSession

        screen = self._screen
        self._job = job = DossierJob(subject, whole=whole)
        reports = screen.set_interval(INTERVAL, lambda: screen.say(f"{job.progress} Esc ends it"))
        try:
            screen.say(job.progress)
            scene = await service.gather(lambda index: job.scene(index, position))
        except StoppedError:
            screen.say("No dossier: ended")
            return
        except FAILURES as error:
            screen.say(f"The library cannot be asked: {error}")
            return
        finally:
            job.stop()
            reports.stop()
            if self._job is job:
                self._job = None
        screen.say_nothing()
        notice = day_notice(position, screen.keys) if position else ""
        is_partial = bool(job.scope.left_out)
        if is_partial:
            key = key_names(screen.keys["whole-dossier"][:1]) or "the palette"
            notice = f"From {job.scope.description()}; {key} brings together all"
        session = ReadingSession(
            scene,
            screen.keys,
            position=position,
            subject=subject if is_partial else None,
            has_library=True,
            notice=notice,
        )
        screen.host.open_session(session)
