"""What a terminal can show, according to environment variables.

The terminal itself is not asked: over SSH an answer may never arrive.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import NamedTuple

_SSH = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
_WITHOUT_SCREEN = ("", "dumb", "unknown")
_WITHOUT_SYMBOLS = re.compile(
    r"(?:screen\.)?(?:linux|vt\d|ansi|cons25|console|sun|wyse)", re.IGNORECASE
)
"""Terminals whose fonts lack symbols: consoles, and those older than Unicode."""
_DIRECT_COLOUR = re.compile(r".*-direct\d*", re.IGNORECASE)
"""Terminals whose terminfo entry has RGB colours."""
_UTF_8_NAME = re.compile(r"(?:.*\.)?utf-?8(?:@.*)?", re.IGNORECASE)
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
"""Values of ``LC_CTYPE`` that Python sets instead of the C locale (PEP 538)."""

TRUE_COLOUR = 1 << 24


class Terminal(NamedTuple):
    """What a terminal can show."""

    screen: bool
    """Whether a full screen can be drawn."""
    colours: int
    """16, 256 or `TRUE_COLOUR`; 0 if the user wants none (``NO_COLOR``)."""
    utf8: bool
    """Whether letters beyond ASCII can be sent."""
    signs: bool
    """Whether lines and symbols beyond ASCII can be shown."""
    remote: bool = False
    """Whether the connection may be slow."""

    @property
    def theme(self) -> str:
        """The name of a theme that is legible with these colours."""
        return "dark" if self.colours > 16 else "ansi"


def detect_terminal(
    environ: Mapping[str, str], encoding: str | None = "utf-8", *, coerced: bool = False
) -> Terminal:
    """Return what the terminal of an environment can show.

    ``encoding`` is that of the output stream; ``coerced`` says that Python chose the locale.
    """
    name = environ.get("TERM", "")
    utf8 = _is_utf8(encoding or "") and _locale_is_utf8(environ, coerced=coerced)
    return Terminal(
        screen=name not in _WITHOUT_SCREEN,
        colours=_colours(environ, name),
        utf8=utf8,
        signs=utf8 and not _WITHOUT_SYMBOLS.match(name),
        remote=is_remote(environ),
    )


def is_remote(environ: Mapping[str, str]) -> bool:
    """Return whether the program runs in an SSH session."""
    return any(environ.get(name) for name in _SSH)


def this_terminal() -> Terminal:
    """Return what the terminal of this process can show."""
    stream = sys.__stderr__ or sys.__stdout__  # `TtyDevice` draws on standard error
    coerced = bool(sys.flags.utf8_mode)
    return detect_terminal(os.environ, stream.encoding if stream else None, coerced=coerced)


def _colours(environ: Mapping[str, str], name: str) -> int:
    if environ.get("NO_COLOR"):
        return 0
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return TRUE_COLOUR
    if _DIRECT_COLOUR.fullmatch(name):
        return TRUE_COLOUR
    return 256 if name.rpartition("-")[2].lower() in ("256color", "kitty") else 16


def _locale_is_utf8(environ: Mapping[str, str], *, coerced: bool) -> bool:
    """Return whether the locale uses UTF-8; without a locale, assume so."""
    for variable in ("LC_ALL", "LC_CTYPE", "LANG"):
        value = environ.get(variable, "")
        if value and not (coerced and variable == "LC_CTYPE" and value in _COERCED):
            return _is_utf8(value)
    return True


def _is_utf8(name: str) -> bool:
    return bool(_UTF_8_NAME.fullmatch(name))
