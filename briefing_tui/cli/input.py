"""Input of the commands: briefings, files and keys; each function ends the program if it fails."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NoReturn

from briefing_tui.cli.output import fail
from briefing_tui.cli.source_option import check_texts, source_files
from briefing_tui.session import open as open_
from briefing_tui.session.open import CannotOpenError, File, Opener
from briefing_tui.settings import Settings, to_settings
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from briefing_tui.briefing.document import Document
    from briefing_tui.session.reading_session import ReadingSession
    from briefing_tui.settings import ResolvedValue


def plain_opener(surroundings: Surroundings) -> Opener:
    """Return what opens briefings for a command that needs no configuration."""
    return Opener(Settings(), surroundings.directories, source_files())


def opener_of(surroundings: Surroundings, values: Mapping[str, ResolvedValue]) -> Opener:
    """Return what opens the briefings of this run.

    Args:
        surroundings: Where positions, annotations and the cache are.
        values: The configuration, with the origin of each value.
    """
    is_for_now = values["theme"].origin.startswith(("--", "BRIEFING_TUI_"))
    return Opener(
        to_settings(values), surroundings.directories, source_files(), keeps_theme=not is_for_now
    )


def read_briefing(opener: Opener, file: str | None) -> File:
    """Read a briefing, the bundled one if none is named."""
    try:
        briefing_file = opener.read(file)
    except CannotOpenError as error:
        _fail_to_open(error, file)
    check_texts(opener.directories.texts, briefing_file.document.briefing)
    return briefing_file


def open_session(
    opener: Opener, file: str | None, day: str | None, *, fresh: bool
) -> ReadingSession:
    """Open a briefing where the reader left it."""
    try:
        session = opener.open(file, day=day, fresh=fresh)
    except CannotOpenError as error:
        _fail_to_open(error, file)
    check_texts(opener.directories.texts, session.scene.document.briefing)
    return session


def read_data(file: str | None) -> bytes:
    """Return the bytes of a file, of standard input for ``-``, or of the bundled briefing."""
    try:
        return open_.read_data(file)
    except CannotOpenError as error:
        _fail_to_open(error, file)


def as_of_day(document: Document, day: str | None) -> datetime.date | None:
    """Parse the as-of date that was asked for."""
    try:
        return open_.as_of_day(document, day)
    except CannotOpenError as error:
        fail(str(error), error.exit_code)


def keys_from_terminal() -> None:
    """Read keys from the terminal when standard input was the briefing."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        fail("no terminal to read keys from; use 'briefing-tui show -'", 2)
    os.dup2(terminal, 0)
    os.close(terminal)


def _fail_to_open(error: CannotOpenError, file: str | None) -> NoReturn:
    hint = ""
    if isinstance(error.__cause__, FileNotFoundError):
        from briefing_tui.briefing.problems import suggestion
        from briefing_tui.cli.lazy_group import COMMANDS

        # It may be a misspelt command.
        hint = suggestion(file or "", [name for name in COMMANDS if name != file])
    fail(f"{error}{hint}", error.exit_code)
