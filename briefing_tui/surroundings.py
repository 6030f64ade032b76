"""What a run of the program finds around it: environment, terminal, directories, reader, clock.

Entry points make it from the process and hand it in; nothing below them asks the process itself.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping

import msgspec

from briefing_tui.driver.capabilities import Terminal, this_terminal
from briefing_tui.storage.directories import NOWHERE, Directories, directories_of


class Surroundings(msgspec.Struct, frozen=True):
    """What a run finds around it."""

    environ: Mapping[str, str] = {}
    directories: Directories = NOWHERE
    terminal: Terminal | None = None
    """What the terminal can show; None if there is none to adapt to."""
    reader: str = ""
    """Who reads, if several readers share the directories; empty if one reader owns them."""
    now: Callable[[], datetime.datetime] = datetime.datetime.now

    @property
    def has_screen(self) -> bool:
        """Whether a full screen can be drawn."""
        return self.terminal is not None and self.terminal.screen


def process_surroundings() -> Surroundings:
    """Return the surroundings of this process."""
    environ = dict(os.environ)
    return Surroundings(environ, directories_of(environ), this_terminal())
