"""Opens pages in the user's web browser."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Mapping
from time import monotonic

PATIENCE = 3.0
"""Seconds after which a browser that still runs counts as successful."""
_POLL_INTERVAL = 0.02
_running: list[subprocess.Popen[bytes]] = []
"""Browsers that still run; polling them later leaves no zombie processes."""
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


async def open_page(url: str, environ: Mapping[str, str]) -> bool:
    """Open a page in a browser; False if that fails."""
    # Without a terminal, since a text browser would write on the screen and read the keys.
    without_terminal = {name: value for name, value in environ.items() if name != "TERM"}
    quiet = subprocess.DEVNULL
    try:
        browser = subprocess.Popen(
            [sys.executable, "-IS", "-c", _OPEN, url],
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            env=without_terminal,
            start_new_session=True,
        )
    except OSError:
        return False
    end = monotonic() + PATIENCE
    while browser.poll() is None and monotonic() < end:
        await asyncio.sleep(_POLL_INTERVAL)
    _running[:] = [process for process in (*_running, browser) if process.poll() is None]
    return not browser.returncode
