"""Opens briefings: file, day, position, annotations and attached texts."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from briefing_tui.briefing.document import MAX_BYTES, Document, read_bytes
from briefing_tui.briefing.problems import UnreadableFileError
from briefing_tui.briefing.text import printable
from briefing_tui.commands.registry import effective_keys
from briefing_tui.session.location import day_notice, position_of_entries, scene_at
from briefing_tui.session.reading_session import ReadingSession, Tour
from briefing_tui.session.version import Version
from briefing_tui.settings import Settings
from briefing_tui.storage import document_cache, positions
from briefing_tui.storage.directories import NOWHERE, Directories, bundled
from briefing_tui.storage.paths import identity
from briefing_tui.storage.positions import Position
from briefing_tui.storage.source_texts import attached

if TYPE_CHECKING:
    import datetime

    from briefing_tui.annotations.store import Annotations
    from briefing_tui.briefing.model import Briefing
    from briefing_tui.briefing.problems import EntryPath as EntryPath
    from briefing_tui.views.scene import Scene

STANDARD_INPUT = "-"


class CannotOpenError(Exception):
    """A briefing that cannot be opened; the message names it and says why.

    Attributes:
        exit_code: 1 if the file is not a briefing, 2 if the file or the day does not exist.
    """

    def __init__(self, message: str, exit_code: int = 2) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class File(msgspec.Struct, frozen=True):
    """The file of a briefing, as it was read."""

    name: str | None
    """The path as typed, ``-`` for standard input, None for the bundled briefing."""
    data: bytes
    document: Document

    @property
    def path(self) -> str:
        """The absolute path, which identifies it in a library; empty if it has none."""
        return "" if self.name in (None, STANDARD_INPUT) else os.path.abspath(self.name or "")

    @property
    def identity(self) -> str:
        """The key of the briefing in saved state."""
        return identity(self.name, self.document.briefing.title)


class Opener(msgspec.Struct, frozen=True):
    """Opens briefings with the settings and directories of a run."""

    settings: Settings
    directories: Directories = NOWHERE
    source_files: Mapping[str, bytes] = {}
    """Texts of sources from the command line, by source id."""
    keeps_theme: bool = True
    """Whether to use the theme of the last session; false if the command line sets one."""
    has_library: bool = True
    """Whether other briefings can be opened from one."""

    def open(
        self,
        name: str | None,
        *,
        day: str | None = None,
        fresh: bool = False,
        is_piped: bool = True,
    ) -> ReadingSession:
        """Open a briefing where the reader left it.

        Args:
            name: Its path, ``-`` for standard input, None for the bundled briefing.
            day: The as-of date, as typed.
            fresh: Whether to begin at the top.
            is_piped: Whether the file may be a pipe, which blocks until its end.

        Raises:
            CannotOpenError: there is no such briefing or day.
        """
        file = self.read(name, is_piped=is_piped)
        return self.session(file, day=as_of_day(file.document, day), fresh=fresh)

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

    def read(self, name: str | None, *, is_piped: bool = True) -> File:
        """Read a briefing, with the texts attached to its sources.

        Raises:
            CannotOpenError: there is no such briefing.
        """
        data = read_data(name, is_piped=is_piped)
        try:
            return File(name, data, self._document(name, data))
        except UnreadableFileError as refused:
            raise CannotOpenError(refused.problems[0].format(refused.name), 1) from refused

    def _document(self, name: str | None, data: bytes) -> Document:
        return document_cache.open_document(
            self.directories.cache, data, label_of(name), self._texts
        )

    def _texts(self, briefing: Briefing) -> dict[str, str]:
        return attached(self.directories.texts, briefing, self.source_files).texts

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

        Args:
            file: The briefing.
            day: The day to show; that of the position if left out.
            position: Where to begin; the saved position if left out.
            fresh: Whether to begin at the top.
            notice: A message until the first command.
            tour: The way to other briefings with unread entries.
        """
        stored = positions.load(self.directories.state, file.identity)
        last = (None if fresh else stored.position) or Position()
        begin = position or (None if fresh or day else stored.position)
        scene = scene_at(file.document, day, begin)
        session = ReadingSession(
            scene,
            effective_keys(self.settings.keys),
            annotations=partial(self.annotations, file),
            position=begin,
            check_file=self._file_check(file),
            file=file.path,
            has_library=self.has_library,
            warning=stored.warning,
            notice=notice,
            tour=tour,
            left_before=last if self.keeps_theme else _without_theme(last),
            keep=partial(self._keep, file, can_save=stored.can_save),
        )
        if position is not None:
            session.annotate()
        return session

    def annotations(self, file: File, scene: Scene) -> Annotations:
        """Open the reader's annotations of a briefing, or of another version of its file."""
        from briefing_tui.annotations.open import annotations_of  # the first frame does without

        data = file.data if scene.document is file.document else b""  # read again, it is another
        return annotations_of(
            self.directories, file.name, file.identity, self.settings, scene, data
        )

    def _keep(self, file: File, position: Position, *, can_save: bool) -> str:
        state = self.directories.state
        problem = positions.save(state, file.identity, position) if can_save else ""
        self.cache(file)
        return problem

    def cache(self, file: File) -> None:
        """Cache a briefing without problems, so that it opens faster next time."""
        from briefing_tui.briefing.check import check

        if file.document.root is not None and not check(file.document):
            document_cache.save(self.directories.cache, file.data, file.document)

    def _file_check(self, file: File) -> Callable[[], Version | None] | None:
        """Return a callback that checks for a new version; None for pipes."""
        name = file.name
        if name == STANDARD_INPUT or (
            name is not None and Path(name).exists() and not Path(name).is_file()
        ):
            return None
        from briefing_tui.storage.file_watcher import Watcher

        watcher = Watcher(bundled() if name is None else Path(name), file.data)

        def check() -> Version | None:
            data = watcher.look()
            if data is None and watcher.failure is None:
                return None
            if data is None:
                reason = _reason(watcher.failure)
                return Version(None, f"{label_of(name)} {reason}", is_there=False)
            try:
                return Version(self._document(name, data))
            except UnreadableFileError as refused:
                return Version(None, refused.problems[0].format(refused.name))

        return check


def read_data(name: str | None, *, is_piped: bool = True) -> bytes:
    """Return the bytes of a file, of standard input for ``-``, or of the bundled briefing.

    Args:
        name: The path as typed.
        is_piped: Whether it may be a pipe, which blocks until its end.

    Raises:
        CannotOpenError: the file cannot be read.
    """
    if name == "":
        raise CannotOpenError(
            "the name of the file is empty; name a briefing, or none for the bundled one"
        )
    if name == STANDARD_INPUT and sys.stdin is None:
        raise CannotOpenError(f"{label_of(name)}: it is closed; name a file")
    try:
        if name == STANDARD_INPUT:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        return read_bytes(bundled() if name is None else Path(name), piped=is_piped)
    except IsADirectoryError as error:
        message = f"{label_of(name)}: this is a directory; name a briefing in it"
        raise CannotOpenError(message) from error
    except FileNotFoundError as error:
        raise CannotOpenError(f"{label_of(name)}: {error.strerror}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotOpenError(f"{label_of(name)}: {reason}") from error


def label_of(name: str | None) -> str:
    """Return the name of a file for messages, safe to print."""
    if name == STANDARD_INPUT:
        return "<stdin>"
    return printable(name) if name is not None else bundled().name


def as_of_day(document: Document, day: str | None) -> datetime.date | None:
    """Parse the as-of date of a command line; None if there is none.

    Raises:
        CannotOpenError: it is not a date on which the briefing can be shown.
    """
    if day is None:
        return None
    from briefing_tui.briefing.dates import DateError
    from briefing_tui.views.as_of import parse_as_of

    try:
        return parse_as_of(document.briefing, day)
    except DateError as error:
        raise CannotOpenError(f"--as-of {day}: {error}") from error


def _without_theme(position: Position) -> Position:
    return msgspec.structs.replace(position, theme="", theme_before="")


def _reason(error: OSError | ValueError | None) -> str:
    """Return why a file that existed cannot be read."""
    is_gone = isinstance(error, FileNotFoundError | NotADirectoryError)
    return (
        f"{'is gone' if is_gone else 'cannot be read'}: {getattr(error, 'strerror', None) or error}"
    )
