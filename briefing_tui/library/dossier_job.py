"""A dossier that is made in a thread, and the subjects that a link may mean."""

from __future__ import annotations

import sqlite3

from briefing_tui.library.daemon_threads import StoppedError
from briefing_tui.library.dossier.builder import dossier
from briefing_tui.library.dossier.newest_briefings import MOST, DossierScope, newest
from briefing_tui.library.entity_resolution import Named, Subject, joined, named
from briefing_tui.library.index.library_index import Index, LibraryError
from briefing_tui.storage.positions import Position
from briefing_tui.views.focus_filter import scene_at
from briefing_tui.views.rows import Link
from briefing_tui.views.scene import Scene

FAILURES = (LibraryError, sqlite3.Error, OSError)

Members = frozenset[tuple[str, str]]
"""Files with the ids that they give to an actor or deal."""


def subjects_of(index: Index, members: Members, link: Link) -> list[Subject]:
    """Return the actors or deals that a link may mean: by members, id, or name."""
    if members:
        candidates = _of_kind(link, index.subjects_with_ids(name for _, name in members))
        subjects = [entity for entity in candidates if not members.isdisjoint(entity.members)]
        if subjects:
            return subjects
    for name in (link.key.partition("/")[2], link.label):
        if subjects := named(_of_kind(link, index.subjects_named(name)), name):
            return subjects
    return []


def _of_kind(link: Link, files: dict[Named, list[str]]) -> list[Subject]:
    return [subject for subject in joined(files)[0] if subject.kind == link.kind]


class DossierJob:
    """A dossier that is being made in a thread, with its progress."""

    def __init__(self, subject: Subject, *, whole: bool = False) -> None:
        """Begin with an actor or deal; ``whole`` includes all its briefings, however many."""
        self._subject = subject
        self._whole = whole
        self._read_count = 0
        self._total = len(subject.files) if whole else min(len(subject.files), MOST)
        self._stopped = False
        self.scope = DossierScope(subject)

    @property
    def progress(self) -> str:
        """The progress, in words."""
        count = f" {self._read_count:,} of" if self._read_count else ""
        return f"Bringing together{count} {self._total:,} briefings…"

    def stop(self) -> None:
        """Stop at the next briefing."""
        self._stopped = True

    def scene(self, index: Index, begin: Position | None) -> Scene:
        """Return the dossier as a scene, at a position.

        Raises:
            StoppedError: it was stopped.
        """
        subject = self._subject
        self.scope = DossierScope(subject) if self._whole else newest(subject, index.days, MOST)
        document = dossier(self.scope, index.briefing, self._report)
        position = begin or Position()
        return scene_at(document, position.as_of, position.focus)

    def _report(self, count: int, _: int) -> None:
        self._read_count = count
        if self._stopped:
            raise StoppedError
