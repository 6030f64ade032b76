"""Opens briefings: file, day, position, annotations and attached texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from briefing_tui.commands.registry import effective_keys
from briefing_tui.session.briefing_file import File, FileCheck
from briefing_tui.session.target_positions import day_notice, position_of_entries, position_of_hit
from briefing_tui.settings.options import Settings
from briefing_tui.storage import positions
from briefing_tui.storage.directories import NOWHERE, Directories
from briefing_tui.storage.positions import Position
from briefing_tui.views.focus_filter import scene_at

if TYPE_CHECKING:
    import datetime

    from briefing_tui.annotations.session_annotations import Annotations
    from briefing_tui.briefing.problems import EntryPath
    from briefing_tui.library.index.search import Hit
    from briefing_tui.session.reading_session import ReadingSession, Tour
    from briefing_tui.views.scene import Scene


class Opener(msgspec.Struct, frozen=True):
    """Opens briefings with the settings and directories of a run."""

    settings: Settings
    directories: Directories = NOWHERE
    source_files: Mapping[str, bytes] = {}
    """Texts of sources from the command line, by source id."""
    keeps_theme: bool = True
    """Whether to use the theme of the last session; false if the command line sets one."""

    def open_at(
        self, name: str, paths: Iterable[EntryPath], day: datetime.date | None
    ) -> ReadingSession:
        """Open a briefing at the first row of some entries, on a day or the next that has one.

        Raises:
            CannotOpenError: there is no such briefing.
        """
        file = self.read(name, is_piped=False)
        position = position_of_entries(file.document, paths, day)
        notice = day_notice(position, effective_keys(self.settings.keys))
        return self.session(file, position=position, notice=notice)

    def open_hit(self, hit: Hit) -> ReadingSession:
        """Open a briefing at a search hit, on the first day that has it.

        Raises:
            CannotOpenError: there is no such briefing.
        """
        file = self.read(hit.path, is_piped=False)
        position = position_of_hit(hit, file.document)
        notice = day_notice(position, effective_keys(self.settings.keys), "when this became known")
        return self.session(file, position=position, notice=notice)

    def read(self, name: str | None, *, is_piped: bool = True) -> File:
        """Read a briefing, with the texts attached to its sources.

        Raises:
            CannotOpenError: there is no such briefing.
        """
        return File.read(name, self.directories, self.source_files, is_piped=is_piped)

    def session(
        self,
        file: File,
        *,
        day: datetime.date | None = None,
        position: Position | None = None,
        fresh: bool = False,
        notice: str = "",
        tour: Tour | None = None,
    ) -> ReadingSession:
        """Start a session at a position, on a day, or where the reader left off.

        The day is that of the position if left out. A fresh session begins at the top. The notice
        is shown until the first command.
        """
        from briefing_tui.session.reading_session import ReadingSession

        title = file.document.briefing.title
        stored = positions.load(self.directories.state, file.identity, title, file.data)
        last = (None if fresh else stored.position) or Position()
        begin = position or (None if fresh or day else stored.position)
        place = begin or Position()
        scene = scene_at(file.document, day or place.as_of, place.focus)
        check_file = FileCheck(file)
        session = ReadingSession(
            scene,
            effective_keys(self.settings.keys),
            annotations=lambda scene: self.annotations(
                check_file.version_of(scene.document), scene
            ),
            position=begin,
            check_file=check_file if file.can_change else None,
            file=file.path,
            has_library=True,
            warning=stored.warning,
            notice=notice,
            tour=tour,
            theme=(last.theme, last.theme_before) if self.keeps_theme else ("", ""),
            keep=partial(self._keep, file, can_save=stored.can_save),
        )
        if position is not None:
            session.annotate()
        return session

    def annotations(self, file: File, scene: Scene) -> Annotations:
        """Open the reader's annotations of a briefing, or of another version of its file."""
        from briefing_tui.annotations.session_annotations import annotations_of

        data = file.data if scene.document is file.document else b""  # read again, it is another
        directories, settings = self.directories, self.settings
        return annotations_of(directories, file.name, file.identity, settings, scene, data)

    def _keep(self, file: File, position: Position, *, can_save: bool) -> str:
        file.cache()
        if not can_save:
            return ""
        title = file.document.briefing.title
        return positions.save(self.directories.state, file.identity, position, title, file.data)
