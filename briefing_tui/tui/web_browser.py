"""Opening a page in the user's browser, out of the reader's way."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Mapping
from time import monotonic

PATIENCE = 3.0
"""Seconds after which a browser that still runs has the page; some run until they are closed."""
_LOOK = 0.02
_running: list[subprocess.Popen[bytes]] = []
"""Browsers that were left running, to be waited for once they end."""
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


async def opened(url: str, environ: Mapping[str, str]) -> bool:
    """Open a page; whether a browser took it."""
    # Without a terminal: what shows pages in one would write on the screen, and take the keys.
    quiet_environ = {name: value for name, value in environ.items() if name != "TERM"}
    quiet = subprocess.DEVNULL
    try:
        browser = subprocess.Popen(
            [sys.executable, "-IS", "-c", _OPEN, url],
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            env=quiet_environ,
            start_new_session=True,
        )
    except OSError:
        return False
    end = monotonic() + PATIENCE
    while browser.poll() is None and monotonic() < end:
        await asyncio.sleep(_LOOK)
    _running[:] = [one for one in (*_running, browser) if one.poll() is None]
    return not browser.returncode
