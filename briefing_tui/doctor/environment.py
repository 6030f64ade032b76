"""What the environment tells of the terminal, and what lies between it and the program."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from briefing_tui.briefing.text import clean, excerpt

_SECONDS = 2.0
"""How long tmux may take to answer."""


class Tmux(NamedTuple):
    """What tmux tells of itself and of the terminal that it is shown in."""

    clipboard: str = ""
    """Its option ``set-clipboard``: ``on`` and ``external`` pass copies on, ``off`` does not."""
    terminal: str = ""
    """What the terminal outside calls itself, and whether it is known to take copies."""


def multiplexer(environ: Mapping[str, str]) -> str:
    """What shares the terminal out: ``tmux``, ``screen``, ``zellij``, or nothing."""
    if environ.get("ZELLIJ") is not None:
        return "zellij"
    if environ.get("TMUX"):
        return "tmux"
    return "screen" if environ.get("STY") else ""


def locale_of(environ: Mapping[str, str]) -> str:
    """The variables that decide on letters, those that are set."""
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    told = [f"{name}={excerpt(environ[name])}" for name in names if environ.get(name)]
    return " ".join(told) or "not set"


def ask_tmux() -> Tmux:
    """Ask the tmux around this process; nothing where it does not answer."""
    return Tmux(
        clipboard=_tmux("show-options", "-s", "-v", "set-clipboard"),
        terminal=_tmux("display-message", "-p", "#{client_termname} #{client_termfeatures}"),
    )


def _tmux(*arguments: str) -> str:
    try:
        ran = subprocess.run(
            ["tmux", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return excerpt(clean(ran.stdout.decode("utf-8", "replace"))[0], 120)


def is_writable(path: Path) -> bool:
    """Whether a file or directory can be written, or made where it is not there yet."""
    for place in (path, *path.parents):
        if place.exists():
            return os.access(place, os.W_OK)
    return False
