"""What a terminal can show, as far as its environment tells.

Nothing is asked of the terminal itself: an answer may never arrive over SSH. Whatever is chosen
here, flags and configuration override.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import NamedTuple

_SSH = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
_NOT_FOR_SCREENS = ("", "dumb", "unknown")
_FEW_SIGNS = re.compile(r"(?:screen\.)?(?:linux|vt\d|ansi|cons25|console|sun|wyse)", re.IGNORECASE)
"""Terminals whose fonts lack our signs: consoles, and those older than Unicode."""
_DIRECT = re.compile(r".*-direct\d*", re.IGNORECASE)
"""Terminals whose descriptions have colours by their red, green and blue."""
_UTF_8 = re.compile(r"(?:.*\.)?utf-?8(?:@.*)?", re.IGNORECASE)
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python puts into ``LC_CTYPE`` in place of the C locale (PEP 538)."""

TRUE_COLOUR = 1 << 24


class Terminal(NamedTuple):
    """What can be shown."""

    screen: bool
    """Whether a full screen can be drawn at all."""
    colours: int
    """16, 256 or `TRUE_COLOUR`; 0 where none are wanted."""
    utf8: bool
    """Whether letters beyond ASCII arrive."""
    signs: bool
    """Whether lines and signs beyond ASCII are shown."""
    remote: bool = False
    """Whether every byte goes over a line that may be slow."""

    @property
    def theme(self) -> str:
        """The theme that is legible there."""
        return "dark" if self.colours > 16 else "ansi"


def terminal_of(
    environ: Mapping[str, str], encoding: str | None = "utf-8", *, coerced: bool = False
) -> Terminal:
    """What the terminal of an environment can show.

    Args:
        environ: Environment variables.
        encoding: The encoding of the stream that is drawn on.
        coerced: Whether Python found the C locale and took UTF-8 in its place.
    """
    name = environ.get("TERM", "")
    utf8 = _is_utf8(encoding or "") and _locale_is_utf8(environ, coerced=coerced)
    return Terminal(
        screen=name not in _NOT_FOR_SCREENS,
        colours=_colours(environ, name),
        utf8=utf8,
        signs=utf8 and not _FEW_SIGNS.match(name),
        remote=is_remote(environ),
    )


def is_remote(environ: Mapping[str, str]) -> bool:
    """Whether the program runs at the far end of an SSH connection."""
    return any(environ.get(name) for name in _SSH)


def this_terminal() -> Terminal:
    """What the terminal of this process can show."""
    # Standard error is what the terminal library draws on.
    stream = sys.__stderr__ or sys.__stdout__
    coerced = bool(sys.flags.utf8_mode)
    return terminal_of(os.environ, stream.encoding if stream else None, coerced=coerced)


def _colours(environ: Mapping[str, str], name: str) -> int:
    """How many colours there are."""
    if environ.get("NO_COLOR"):
        return 0
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return TRUE_COLOUR
    if _DIRECT.fullmatch(name):
        return TRUE_COLOUR
    return 256 if name.rpartition("-")[2].lower() in ("256color", "kitty") else 16


def _locale_is_utf8(environ: Mapping[str, str], *, coerced: bool) -> bool:
    """Whether the locale's characters are UTF-8; where none is set, nothing speaks against it."""
    for variable in ("LC_ALL", "LC_CTYPE", "LANG"):
        value = environ.get(variable, "")
        if value and not (coerced and variable == "LC_CTYPE" and value in _COERCED):
            return _is_utf8(value)
    return True


def _is_utf8(name: str) -> bool:
    return bool(_UTF_8.fullmatch(name))
