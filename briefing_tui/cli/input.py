"""Input of the commands: briefings, files and keys."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from briefing_tui.cli.options import as_of_day
from briefing_tui.cli.output import fail
from briefing_tui.cli.settings import check_keys, configured
from briefing_tui.cli.source_option import check_texts, source_files
from briefing_tui.session.opener import Opener
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.session.reading_session import ReadingSession


def configured_opener(surroundings: Surroundings, **flags: Any) -> Opener:
    """Return an opener with the configuration, overridden by flags."""
    settings, options = configured(surroundings, **flags)
    is_for_now = options["theme"].origin.startswith(("--", "BRIEFING_TUI_"))
    return Opener(settings, surroundings.directories, source_files(), keeps_theme=not is_for_now)


def open_session(
    opener: Opener, file: str | None, day: str | None, *, fresh: bool
) -> ReadingSession:
    """Open a briefing where the reader left it, with the texts of ``--source``."""
    check_keys(opener.settings, opener.directories.config_file)
    briefing_file = opener.read(file)
    document = briefing_file.document
    check_texts(document.briefing)
    return opener.session(briefing_file, day=as_of_day(document, day), fresh=fresh)


def keys_from_terminal(*, is_stdin_used: bool) -> None:
    """Read keys from the terminal if standard input was used, or cannot be used for them."""
    if not is_stdin_used and sys.stdin is not None and sys.stdin.isatty():
        return
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        fail("no terminal to read keys from; use 'briefing-tui show -'", 2)
    os.dup2(terminal, 0)
    os.close(terminal)
