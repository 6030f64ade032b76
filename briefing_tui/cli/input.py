"""Input of the commands: briefings, files and keys; each function ends the program if it fails."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from briefing_tui.cli.output import fail
from briefing_tui.cli.settings import check_keys, configured
from briefing_tui.cli.source_option import check_texts, source_files
from briefing_tui.session import briefing_file
from briefing_tui.session.briefing_file import CannotOpenError, File
from briefing_tui.session.open import Opener
from briefing_tui.settings import Settings
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    import datetime

    from briefing_tui.briefing.document import Document
    from briefing_tui.session.reading_session import ReadingSession


def plain_opener(surroundings: Surroundings) -> Opener:
    """Return what opens briefings for a command that needs no configuration."""
    return Opener(Settings(), surroundings.directories, source_files())


def configured_opener(surroundings: Surroundings, **flags: Any) -> Opener:
    """Return what opens briefings with the configuration, overridden by flags."""
    settings, options = configured(surroundings, **flags)
    is_for_now = options["theme"].origin.startswith(("--", "BRIEFING_TUI_"))
    return Opener(settings, surroundings.directories, source_files(), keeps_theme=not is_for_now)


def read_briefing(opener: Opener, file: str | None) -> File:
    """Read a briefing, the bundled one if none is named."""
    try:
        briefing_file = opener.read(file)
    except CannotOpenError as error:
        _fail_to_open(error, file)
    check_texts(briefing_file.document.briefing)
    return briefing_file


def open_session(
    opener: Opener, file: str | None, day: str | None, *, fresh: bool
) -> ReadingSession:
    """Open a briefing where the reader left it, with keys that can be used."""
    check_keys(opener.settings, opener.directories.config_file)
    try:
        briefing = opener.read(file)
    except CannotOpenError as error:
        _fail_to_open(error, file)
    check_texts(briefing.document.briefing)
    return opener.session(briefing, day=as_of_day(briefing.document, day), fresh=fresh)


def read_data(file: str | None) -> bytes:
    """Return the bytes of a file, of standard input for ``-``, or of the bundled briefing."""
    try:
        return briefing_file.read_data(file)
    except CannotOpenError as error:
        _fail_to_open(error, file)


def as_of_day(document: Document, day: str | None) -> datetime.date | None:
    """Parse the as-of date of the command line; None if there is none."""
    if day is None:
        return None
    from briefing_tui.briefing.dates import DateError
    from briefing_tui.views.as_of import parse_as_of

    try:
        return parse_as_of(document.briefing, day)
    except DateError as error:
        fail(f"--as-of {day}: {error}", 2)


def keys_from_terminal(*, is_input_read: bool) -> None:
    """Read keys from the terminal if standard input is none.

    Args:
        is_input_read: Whether standard input was a briefing, or a list of them.
    """
    if not is_input_read and sys.stdin is not None and sys.stdin.isatty():
        return
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
