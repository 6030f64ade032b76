"""The routes to a clipboard, none of which confirms a copy.

OSC 52 asks the terminal to copy a text, and terminals do not answer. tmux loads a text into its own
buffer, which it confirms, and passes it on by OSC 52 if it is configured to.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Mapping
from typing import Literal

Route = Literal["osc52", "tmux", "print", "off"]

MAX_BYTES = 74_994
"""Bytes that every terminal with OSC 52 accepts: 100,000 characters of base64."""

_PATIENCE = 5.0


def route(setting: str, environ: Mapping[str, str]) -> Route:
    """Return the route of copies, as configured or as the environment allows."""
    if setting in ("osc52", "tmux", "print", "off"):
        return setting  # type: ignore[return-value]
    if environ.get("TMUX") and shutil.which("tmux", path=environ.get("PATH")):
        return "tmux"
    # GNU screen does not pass OSC 52 on.
    return "print" if environ.get("STY") else "osc52"


async def to_tmux(text: str) -> bool:
    """Load a text into the buffer of the surrounding tmux; False if that fails."""
    # tmux before 3.2 does not have -w, which passes the text on to the terminal.
    return await _tmux(text, "load-buffer", "-w", "-") or await _tmux(text, "load-buffer", "-")


async def _tmux(text: str, *command: str) -> bool:
    quiet = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            "tmux", *command, stdin=asyncio.subprocess.PIPE, stdout=quiet, stderr=quiet
        )
    except OSError:
        return False
    try:
        await asyncio.wait_for(process.communicate(text.encode()), _PATIENCE)
    except (TimeoutError, OSError):
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        return False
    return process.returncode == 0
