"""Runs a command in tmux: a second terminal, one that people use, with its own idea of keys."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

import pytest

from briefing_tui.commands.registry import SIGNS
from tests.terminal.pty_program import DEADLINE, ROOT, environment

_NUMBERS = itertools.count()

TMUX_KEYS = {
    "backspace": "BSpace",
    "down": "Down",
    "end": "End",
    "enter": "Enter",
    "escape": "Escape",
    "home": "Home",
    "left": "Left",
    "pagedown": "NPage",
    "pageup": "PPage",
    "right": "Right",
    "shift+tab": "BTab",
    "space": "Space",
    "tab": "Tab",
    "up": "Up",
}
"""What tmux calls the keys that the registry of commands names; it types signs as they are."""


def need_tmux() -> None:
    """Skip a test where tmux is not installed; where everything must be there, fail."""
    if shutil.which("tmux") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("tmux is not installed")
        pytest.skip("tmux is not installed")


class Tmux:
    """A command in a tmux server of its own; the pane stays and tells how it ended."""

    def __init__(
        self,
        command: str,
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        cwd: Path = ROOT,
    ) -> None:
        need_tmux()
        self._socket = f"briefing-tui-{os.getpid()}-{next(_NUMBERS)}"
        self._env = dict(env if env is not None else environment())
        columns, lines = map(str, size)
        # One call: a server without a session ends at once.
        settings = {
            "default-terminal": "tmux-256color",
            "set-clipboard": "on",  # lets programs fill the paste buffer
            "status": "off",
        }
        start = ["start-server"]
        for name, value in settings.items():
            start += [";", "set-option", "-g", name, value]
        start += [";", "new-session", "-d", "-x", columns, "-y", lines, "-c", str(cwd)]
        start.append(f"{command}; echo exit code $?; exec cat")
        self.tmux("-f", os.devnull, *start)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the command and its server."""
        self.tmux("kill-server", check=False)

    def tmux(self, *arguments: str, check: bool = True) -> str:
        """Give tmux a command; the result is what it prints."""
        ran = subprocess.run(
            ["tmux", "-L", self._socket, *arguments],
            env=self._env,
            capture_output=True,
            text=True,
            timeout=DEADLINE,
            check=False,
        )
        if check and ran.returncode:
            raise AssertionError(f"tmux {arguments}: {ran.stderr}")
        return ran.stdout

    @property
    def text(self) -> str:
        """What the pane shows."""
        return self.tmux("capture-pane", "-p")

    @property
    def lines(self) -> list[str]:
        """What the pane shows, line by line."""
        return self.text.splitlines()

    @property
    def paste_buffer(self) -> str:
        """What was copied last."""
        return self.tmux("show-buffer", check=False)

    def press(self, *keys: str) -> None:
        """Press keys by the names of the registry, or type characters as they are."""
        for key in keys:
            if key.startswith("ctrl+"):
                self.tmux("send-keys", f"C-{key[5:]}")
            elif key in TMUX_KEYS:
                self.tmux("send-keys", TMUX_KEYS[key])
            else:
                self.tmux("send-keys", "-l", "--", SIGNS.get(key, key))

    def wait(self, seen: str | Callable[[Tmux], bool], *, deadline: float = DEADLINE) -> Self:
        """Wait until the pane shows a text, or a condition holds."""
        end = time.monotonic() + deadline
        while not (seen in self.text if isinstance(seen, str) else seen(self)):
            if time.monotonic() > end:
                wanted = repr(seen) if isinstance(seen, str) else "what was waited for"
                raise AssertionError(f"{wanted} was not seen\n{self.text}")
            time.sleep(0.05)  # tmux has no way to tell that a pane changed
        return self
