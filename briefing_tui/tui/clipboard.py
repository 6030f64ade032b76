"""The ways from here to a clipboard, none of which can tell whether it was arrived at.

OSC 52 asks the terminal to take a text, and no terminal answers. tmux takes a text into a buffer of
its own, which it does confirm, and passes it on by OSC 52 where it is told to.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Mapping
from typing import Literal

Route = Literal["osc52", "tmux", "print", "off"]

MOST_CHARACTERS = 74_994
"""What terminals take at the least that take OSC 52 at all: 100,000 characters of base64."""

_PATIENCE = 5.0


def route(setting: str, environ: Mapping[str, str]) -> Route:
    """The way that copies take, as set or as the environment allows."""
    if setting in ("osc52", "tmux", "print", "off"):
        return setting  # type: ignore[return-value]
    if environ.get("TMUX") and shutil.which("tmux", path=environ.get("PATH")):
        return "tmux"
    # GNU screen keeps OSC 52 to itself.
    return "print" if environ.get("STY") else "osc52"


async def to_tmux(text: str) -> bool:
    """Give a text to the tmux that the program runs in; whether it took it."""
    # Releases before 3.2 do not know -w, which passes the text on to the terminal.
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
