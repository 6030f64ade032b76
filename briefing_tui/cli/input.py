"""Input of the commands: briefings, files and keys."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from briefing_tui.cli.output import fail
from briefing_tui.cli.source_option import check_texts, source_files
from briefing_tui.session.open import File, Opener
from briefing_tui.settings import Settings, to_settings
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing_tui.session.reading_session import ReadingSession
    from briefing_tui.settings import ResolvedValue


def plain_opener(surroundings: Surroundings) -> Opener:
    """Return what opens briefings for a command that needs no configuration."""
    return Opener(Settings(), surroundings.directories, source_files())


def opener_of(surroundings: Surroundings, values: Mapping[str, ResolvedValue]) -> Opener:
    """Return what opens the briefings of this run, from the resolved options."""
    is_for_now = values["theme"].origin.startswith(("--", "BRIEFING_TUI_"))
    return Opener(
        to_settings(values), surroundings.directories, source_files(), keeps_theme=not is_for_now
    )


def read_briefing(opener: Opener, file: str | None) -> File:
    """Read a briefing, the bundled one if none is named, with the texts of ``--source``."""
    briefing_file = opener.read(file)
    check_texts(opener.directories.texts, briefing_file.document.briefing)
    return briefing_file


def open_session(
    opener: Opener, file: str | None, day: str | None, *, fresh: bool
) -> ReadingSession:
    """Open a briefing where the reader left it, with the texts of ``--source``."""
    session = opener.open(file, day=day, fresh=fresh)
    check_texts(opener.directories.texts, session.scene.document.briefing)
    return session


def keys_from_terminal() -> None:
    """Read keys from the terminal if standard input cannot be used for them."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        fail("no terminal to read keys from; use 'briefing-tui show -'", 2)
    os.dup2(terminal, 0)
    os.close(terminal)
