"""Surroundings of a run: environment, terminal, directories of the reader, and clock.

Entry points take them from the process and pass them on; nothing else asks the process.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

import msgspec

from briefing_tui.driver.capabilities import Terminal
from briefing_tui.storage.directories import NOWHERE, Directories


class Surroundings(msgspec.Struct, frozen=True):
    """What a run of the program depends on besides its arguments."""

    environ: Mapping[str, str] = {}
    directories: Directories = NOWHERE
    terminal: Terminal | None = None
    """Capabilities of the terminal; None if there is no terminal to adapt to."""
    now: Callable[[], datetime.datetime] = datetime.datetime.now

    @property
    def has_screen(self) -> bool:
        """Whether a full screen can be drawn."""
        return self.terminal is not None and self.terminal.screen
