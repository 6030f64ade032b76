"""Opens pages in the user's web browser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from functools import partial

from briefing_tui.library.daemon_threads import in_thread

PATIENCE = 3.0
"""Seconds after which a browser that still runs counts as successful."""
_running: list[subprocess.Popen[bytes]] = []
"""Browsers that still run; polling them later leaves no zombie processes."""
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


async def open_page(url: str, environ: Mapping[str, str]) -> bool:
    """Open a page in a browser; False if that fails."""
    # Without a terminal, since a text browser would write on the screen and read the keys.
    without_terminal = {name: value for name, value in environ.items() if name != "TERM"}
    quiet = subprocess.DEVNULL
    command = [sys.executable, "-IS", "-c", _OPEN, url]
    _running[:] = [browser for browser in _running if browser.poll() is None]
    try:
        browser = subprocess.Popen(
            command,
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            env=without_terminal,
            start_new_session=True,
        )
        return await in_thread(partial(browser.wait, PATIENCE)) == 0
    except subprocess.TimeoutExpired:
        _running.append(browser)
        return True
    except OSError:
        return False
