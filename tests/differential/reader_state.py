"""What a reader sees, whichever face shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load_path
from briefing_tui.commands.registry import effective_keys
from briefing_tui.library.dossier.builder import dossier
from briefing_tui.library.dossier.newest_briefings import DossierScope
from briefing_tui.library.entity_resolution import named
from briefing_tui.session.briefing_file import CannotOpenError
from briefing_tui.session.opener import Opener
from briefing_tui.session.reading_session import ReadingSession
from briefing_tui.settings.options import Settings
from briefing_tui.storage.directories import Directories
from briefing_tui.views.focus_filter import scene_at
from tests.differential.worlds import World
from tests.subjects import subjects_of


class State(msgspec.Struct, frozen=True):
    """The state of a reader after a command."""

    file: str
    pane: str
    row: str | None
    day: str
    focus: tuple[str, ...]
    search: str
    hits: tuple[tuple[int, int], ...]
    match: int | None
    history: tuple[tuple[tuple[int, str | None], ...], tuple[tuple[int, str | None], ...]]
    """Locations to go back and forward to."""
    unread: int
    stars: int
    notes: tuple[str, ...]
    jumps: tuple[tuple[str, str], ...]
    message: str

    def differences(self, other: State) -> list[str]:
        """Return what differs, one line for each field."""
        return [
            f"{name}: {getattr(self, name)!r} | {getattr(other, name)!r}"
            for name in self.__struct_fields__
            if getattr(self, name) != getattr(other, name)
        ]


def state_of(session: ReadingSession, message: str) -> State:
    """Return the state of a session whose face says something."""
    search, scene, history = session.search, session.scene, session.history
    marks = scene.marks
    return State(
        file=Path(session.file).name,
        pane=session.pane.spec.name,
        row=session.pane.key,
        day=scene.as_of.isoformat(),
        focus=tuple(link.key for link in scene.focus),
        search=search.text,
        hits=tuple((hit.pane, hit.row) for hit in search.hits),
        match=search.index,
        history=(_locations(history._back), _locations(history._forward)),
        unread=marks.unread if marks else 0,
        stars=len(marks.stars) if marks else 0,
        notes=tuple(sorted(note for notes in marks.notes.values() for note in notes))
        if marks
        else (),
        jumps=tuple(sorted((at, jump.key) for at, jump in session.annotations.jumps.items())),
        message=message,
    )


def _locations(locations: list[Any]) -> tuple[tuple[int, str | None], ...]:
    return tuple((pane, key) for pane, key in locations)


class Desk:
    """The files of a world in a directory, and what opens them there."""

    def __init__(self, world: World, root: Path) -> None:
        self.world = world
        self.library = root / "library"
        self.library.mkdir(parents=True)
        self.directories = Directories(state=root / "state", data=root / "data")
        self.settings = Settings(editor=False, clipboard="osc52")
        self.opener = Opener(self.settings, self.directories)
        for name, text in world.others:
            (self.library / name).write_text(text)
        if world.before:
            self._read_before()
        self.edit(0)

    @property
    def path(self) -> Path:
        """The file of the briefing."""
        return self.library / self.world.file

    @property
    def paths(self) -> list[Path]:
        """All files of the library."""
        return [self.path, *(self.library / name for name, _ in self.world.others)]

    def edit(self, version: int) -> None:
        """Write a version of the file."""
        text = self.world.versions[version]
        # An editor that replaces a file lets no reader see half of it.
        draft = self.library / "draft"
        draft.write_text(text)
        draft.replace(self.path)

    def open(self, path: Path) -> ReadingSession:
        """Open a briefing where the reader left it, or the dossier of the world."""
        if not self.world.subject:
            try:
                return self._session(path)
            except CannotOpenError:
                self.edit(0)  # somebody repairs it, as no face opens it as it is
                return self._session(path)
        return ReadingSession(scene_at(self._dossier(), None), effective_keys({}), has_library=True)

    def _session(self, path: Path) -> ReadingSession:
        return self.opener.session(self.opener.read(str(path)))

    def _read_before(self) -> None:
        self.path.write_text(self.world.before)
        session = self._session(self.path)
        session.annotate()
        session.settle()
        for pane in ("pane-timeline", "pane-actors"):
            for command in (pane, "bottom", "star", "up", "star"):
                session.do(command)
        session.leave()

    def _dossier(self) -> Document:
        briefings = {str(path): load_path(path).briefing for path in self.paths}
        (subject,) = named(subjects_of(briefings)[0], self.world.subject)
        return dossier(DossierScope(subject), lambda file, _: briefings.get(file))
