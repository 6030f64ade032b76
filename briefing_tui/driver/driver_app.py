"""An application on our driver, which tells of its own mistakes in two lines."""

from __future__ import annotations

import os
import time
import traceback
from pathlib import Path
from typing import Generic

from textual import constants
from textual.app import ReturnType
from textual.driver import Driver

from briefing_tui.driver.driver import TerminalDriver
from briefing_tui.driver.textual_private import QuietlyFailing

_LOGS_KEPT = 5


class TerminalApp(QuietlyFailing[ReturnType], Generic[ReturnType]):
    """Sends little, takes anything, and leaves no mess."""

    terminal: TerminalDriver | None = None
    """The driver, once the application runs on a terminal."""

    def get_driver_class(self) -> type[Driver]:
        """Our driver, or that of the framework's own variable ``TEXTUAL_DRIVER``."""
        return super().get_driver_class() if constants.DRIVER else TerminalDriver

    def action_repaint(self) -> None:
        """Send everything again, as another program may have written on the terminal."""
        if self.terminal is not None:
            self.terminal.repaint()

    def action_suspend_process(self) -> None:
        """Give the terminal back to the shell, until that lets the program go on."""
        if self.terminal is not None:
            self.terminal.pause()


def told(failure: BaseException, directory: Path | None) -> str:
    """What the user is told of a mistake of the program; all about it goes to a file.

    The file has the traceback without values of variables, as those are pieces of the briefing.
    """
    kind = type(failure).__name__
    if directory is None:
        where = "no log is kept, as there is no directory for the state"
    else:
        try:
            where = f"please report it with {_logged(failure, directory)}"
        except OSError as error:
            where = f"no log could be written: {directory}: {error.strerror}"
    return f"briefing-tui: a mistake of the program ended it ({kind})\n{where}\n"


def _logged(failure: BaseException, directory: Path) -> Path:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in sorted(directory.glob("crash-*.log"))[: -_LOGS_KEPT + 1 or None]:
        old.unlink(missing_ok=True)
    log = directory / f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    text = "".join(traceback.format_exception(failure))
    log.write_text(text, encoding="utf-8", errors="backslashreplace")
    return log
