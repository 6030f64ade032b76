"""Copies texts to the clipboard, writes them to files and opens pages in a browser."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from briefing_tui.briefing.text import printable
from briefing_tui.driver.capabilities import is_remote
from briefing_tui.tui.screens.plain_text import view_of_lines
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.views.labels import quantity
from briefing_tui.views.rows import Link

if TYPE_CHECKING:
    from briefing_tui.tui.export_file import How


class Exporter:
    """Copies, writes and opens for a screen, which shows the result."""

    def __init__(self, screen: BaseScreen) -> None:
        self._screen = screen

    def copy(self, text: str, label: str) -> None:
        """Copy a text by the configured route, or one that the environment allows."""
        self._screen.run_worker(self._copy(text, label), group="clipboard", exclusive=True)

    async def _copy(self, text: str, label: str) -> None:
        from briefing_tui.tui.clipboard import MAX_BYTES, route, to_tmux

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
            self._screen.run_worker(self._open_locally(url), group="browser")

    async def _open_locally(self, url: str) -> None:
        from briefing_tui.tui import web_browser

        if not await web_browser.open_page(url, self._screen.host.surroundings.environ):
            self.copy(url, f"no browser opened {url}")

    def write(self, text: str) -> None:
        """Write a text to a file whose name is asked for."""
        if self._screen.host.settings.files:
            self._ask_for_file(text)
        else:
            self._screen.say("Writing files is turned off in the configuration")

    def _ask_for_file(self, text: str, name: str = "", problem: str = "") -> None:
        write = partial(self._write_to, text)
        self._screen.ask("Write the pane to", "notes.txt", write, name, problem)

    def _write_to(self, text: str, name: str, how: How = "new") -> str:
        """Write to a file, or ask what to do if it exists; return why it cannot be written."""
        from briefing_tui.tui.export_file import path_of, write

        label = printable(name)
        try:
            write(path_of(name), text, how)
        except FileExistsError:
            links = [Link("add", "Add to its end", "file"), Link("replace", "Replace it", "file")]
            self._screen.choose(f"{label} exists", links, partial(self._write_existing, text, name))
        except (OSError, ValueError) as error:
            return f"{label}: {getattr(error, 'strerror', None) or error}"
        else:
            action = "Added the pane to" if how == "add" else "Wrote the pane to"
            self._screen.say(f"{action} {label}: {len(text)} characters")
        return ""

    def _write_existing(self, text: str, name: str, link: Link) -> None:
        problem = self._write_to(text, name, "add" if link.key == "add" else "replace")
        if problem:
            self._ask_for_file(text, name, problem)
