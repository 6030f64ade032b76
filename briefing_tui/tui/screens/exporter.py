"""Copies texts to the clipboard, writes them to files and opens pages in a browser."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import cast

from briefing_tui.briefing.terminal_text import printable
from briefing_tui.driver.capabilities import is_remote
from briefing_tui.tui import export_file, web_browser
from briefing_tui.tui.clipboard import MAX_BYTES, route, to_tmux
from briefing_tui.tui.screens.plain_text import view_of_lines
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.tui.workers import start_worker
from briefing_tui.views.labels import quantity
from briefing_tui.views.rows import Link


class Exporter:
    """Copies, writes and opens for a screen, which shows the result."""

    def __init__(self, screen: BaseScreen) -> None:
        self._screen = screen

    def copy(self, text: str, label: str) -> None:
        """Copy a text by the configured route, or one that the environment allows."""
        start_worker(self._screen, partial(self._copy, text, label), "clipboard", exclusive=True)

    async def _copy(self, text: str, label: str) -> None:
        screen = self._screen
        clipboard = route(screen.host.settings.clipboard, screen.host.surroundings.environ)
        report = f"{label}, {quantity(len(text), 'character')}"
        if clipboard == "off":
            screen.say(f"Copying is turned off in the configuration: {label}")
        elif clipboard == "print":
            screen.show_text(view_of_lines(text.splitlines()))
        elif clipboard == "tmux" and await to_tmux(text):
            screen.say(f"Sent to tmux and its clipboard (unconfirmed): {report}")
        else:
            screen.app.copy_to_clipboard(text)
            reason = ", as tmux failed" if clipboard == "tmux" else ""
            length = ", too long for some" if len(text.encode()) > MAX_BYTES else ""
            screen.say(f"Sent to the clipboard by OSC 52{reason} (unconfirmed{length}): {report}")

    def open_page(self, url: str) -> None:
        """Open a page in a browser; over SSH, or if none opens it, copy its address."""
        if is_remote(self._screen.host.surroundings.environ):
            self.copy(url, url)
        else:
            self._screen.say(f"Opening {url}")
            start_worker(self._screen, partial(self._open_locally, url), "browser")

    async def _open_locally(self, url: str) -> None:
        if not await web_browser.open_page(url, self._screen.host.surroundings.environ):
            self.copy(url, f"no browser opened {url}")

    def write(self, text: str, name: str = "", problem: str = "") -> None:
        """Write a text to a file whose name is asked for, again if there was a problem with it."""
        from briefing_tui.tui.screens.prompt import Prompt

        def close(entered: str | None) -> None:
            if entered:
                self._write_to(entered, text, "new")
            elif entered is not None:
                self._screen.say("Empty; nothing done")

        if self._screen.host.settings.files:
            prompt = Prompt("Write the pane to", "notes.txt", name, problem)
            self._screen.app.push_screen(prompt, close)
        else:
            self._screen.say("Writing files is turned off in the configuration")

    def _write_to(self, name: str, text: str, how: export_file.How) -> None:
        label = printable(name)
        try:
            export_file.write(Path(os.path.expanduser(name)), text, how)
        except FileExistsError:
            links = [Link("add", "Add to its end", "file"), Link("replace", "Replace it", "file")]
            self._screen.choose(
                f"{label} exists",
                links,
                lambda link: self._write_to(name, text, cast(export_file.How, link.key)),
            )
        except (OSError, ValueError) as error:
            self.write(text, name, f"{label}: {getattr(error, 'strerror', None) or error}")
        else:
            action = "Added the pane to" if how == "add" else "Wrote the pane to"
            self._screen.say(f"{action} {label}: {len(text)} characters")
