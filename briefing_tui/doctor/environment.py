"""The surroundings of the terminal: its environment, its multiplexer, its directories."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from briefing_tui.briefing.text import clean, excerpt

_TMUX_SECONDS = 2.0


class Tmux(NamedTuple):
    """What tmux reports about itself and its client."""

    clipboard: str = ""
    """Its option ``set-clipboard``: ``on`` and ``external`` pass copies on, ``off`` does not."""
    terminal: str = ""
    """Name and features of the terminal that tmux runs in."""


def multiplexer(environ: Mapping[str, str]) -> str:
    """Return ``tmux``, ``screen``, ``zellij``, or an empty string."""
    if environ.get("ZELLIJ") is not None:
        return "zellij"
    if environ.get("TMUX"):
        return "tmux"
    return "screen" if environ.get("STY") else ""


def locale_of(environ: Mapping[str, str]) -> str:
    """Return the variables that decide the character set, as far as they are set."""
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    return " ".join(f"{name}={excerpt(environ[name])}" for name in names if environ.get(name)) or (
        "not set"
    )


def ask_tmux() -> Tmux:
    """Ask the tmux that this process runs in; the fields are empty if it does not answer."""
    return Tmux(
        clipboard=_run_tmux("show-options", "-s", "-v", "set-clipboard"),
        terminal=_run_tmux("display-message", "-p", "#{client_termname} #{client_termfeatures}"),
    )


def _run_tmux(*arguments: str) -> str:
    try:
        process = subprocess.run(
            ["tmux", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TMUX_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return excerpt(clean(process.stdout.decode("utf-8", "replace"))[0], 120)


def is_writable(path: Path) -> bool:
    """Whether a path can be written, or created if it is missing."""
    nearest = next((parent for parent in (path, *path.parents) if parent.exists()), None)
    return nearest is not None and os.access(nearest, os.W_OK)
