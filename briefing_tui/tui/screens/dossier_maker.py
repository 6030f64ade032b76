"""Makes dossiers for a screen, and reports the progress there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from briefing_tui.briefing.terminal_text import one_line
from briefing_tui.commands.registry import key_names
from briefing_tui.session.reading_session import NO_LIBRARY
from briefing_tui.session.target_positions import day_notice
from briefing_tui.storage.positions import Position
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.tui.workers import start_worker
from briefing_tui.views.rows import Link

if TYPE_CHECKING:
    from briefing_tui.library.dossier_job import DossierJob, Members
    from briefing_tui.library.entity_resolution import Subject
    from briefing_tui.library.service import LibraryService

INTERVAL = 0.5
"""Seconds between two reports of the progress."""
_FAILURE = "The library cannot be asked"


class DossierMaker:
    """Finds an actor or deal in the library, and opens its dossier."""

    def __init__(self, screen: BaseScreen) -> None:
        self._screen = screen
        self._job: DossierJob | None = None

    def make(
        self, link: Link, members: Members = frozenset(), position: Position | None = None
    ) -> None:
        """Find an actor or deal in the library, and make its dossier.

        ``members`` are files with their ids of it; without any, it is known by name only.
        """
        if (service := self._screen.host.service) is None:
            self._screen.say(NO_LIBRARY)
        else:
            work = partial(self._find, service, link, members, position)
            start_worker(self._screen, work, "dossier", exclusive=True)

    def make_of(
        self, subject: Subject, position: Position | None = None, *, whole: bool = False
    ) -> None:
        """Make the dossier of an actor or deal from its newest briefings, or from all."""
        service = self._screen.host.service
        assert service is not None, "the subject was found in the library"
        work = partial(self._make, service, subject, position, whole)
        start_worker(self._screen, work, "dossier")

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
        from briefing_tui.library.entity_resolution import described
        from briefing_tui.views.labels import quantity

        name = one_line(link.label)
        try:
            self._screen.say(f"Looking for {name} in the library…")
            async for progress in service.refresh_once():
                self._screen.say(progress)
            subjects = await service.gather(lambda index: subjects_of(index, members, link))
        except FAILURES as error:
            self._screen.say(f"{_FAILURE}: {error}")
            return
        if not subjects:
            self._screen.say(f"No briefing of the library mentions {name}")
            return
        labels = (
            f"{described(subject)}, in {quantity(len(subject.files), 'briefing')}"
            for subject in subjects
        )
        links = [Link(str(number), label, link.kind) for number, label in enumerate(labels)]
        self._screen.choose(
            "Which of them", links, lambda choice: self.make_of(subjects[int(choice.key)], position)
        )

    async def _make(
        self, service: LibraryService, subject: Subject, position: Position | None, whole: bool
    ) -> None:
        from briefing_tui.library.daemon_threads import StoppedError
        from briefing_tui.library.dossier_job import FAILURES, DossierJob
        from briefing_tui.session.reading_session import ReadingSession

        screen = self._screen
        self._job = job = DossierJob(subject, whole=whole)
        reports = screen.set_interval(INTERVAL, lambda: screen.say(f"{job.progress} Esc ends it"))
        try:
            screen.say(job.progress)
            scene = await service.gather(lambda index: job.scene(index, position))
        except StoppedError:
            screen.say("Dossier cancelled")
            return
        except FAILURES as error:
            screen.say(f"{_FAILURE}: {error}")
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
