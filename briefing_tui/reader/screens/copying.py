"""Taking things along: the clipboard, files, the sources, plain text."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from briefing_tui.briefing.text import shown
from briefing_tui.reader.screens.base import ReaderBase
from briefing_tui.settings import Settings
from briefing_tui.terminal import is_remote
from briefing_tui.views.links import cited
from briefing_tui.views.rows import Link, Row, Span, View

if TYPE_CHECKING:
    from briefing_tui.reader.files import How
    from briefing_tui.reader.screens.source import SourceScreen


class Copying(ReaderBase):
    """The commands that copy, and that show where things come from."""

    _source: SourceScreen | None = None

    def action_copy(self) -> None:
        """Copy the row."""
        from briefing_tui.views.citation import copied_row

        self._copy(copied_row(self.row) if self.row else "", "the row")

    def action_copy_pane(self) -> None:
        """Copy the pane."""
        from briefing_tui.views.citation import copied_view

        self._copy(copied_view(self.rows.view), "the pane")

    def action_cite(self) -> None:
        """Copy a citation of the row."""
        from briefing_tui.views.citation import citation

        text = citation(self.scene, self.row) if self.row else ""
        self._copy(text, "a citation", otherwise="No source is cited here")

    def action_source(self) -> None:
        """Show the sources of the row in full."""
        names = self._sources_of_row()
        if not names:
            self.say("No source is cited here")
            return
        from briefing_tui.reader.screens.source import SourceScreen

        entry = self.row.entry if self.row else None
        self._source = SourceScreen(self.scene, names, self.keys, entry, self._copy)
        self.app.push_screen(self._source, self._leave_source)

    def _leave_source(self, key: str | None) -> None:
        """Go to the statement that was chosen in a source."""
        self._source = None
        place = self.find(key) if key else None
        if place is not None:
            self.history.left(self.here)
            self.go(place)

    def say(self, message: str) -> None:
        """Tell something on the last line, that of an open source too."""
        super().say(message)
        if self._source is not None:
            self._source.say(message)

    def action_open_link(self) -> None:
        """Open the page of a source; where that cannot be, show and copy its address."""
        known = self.scene.briefing.sources
        links = [
            Link(url, f"{known[name].publisher}: {url}", "source")
            for name in self._sources_of_row()
            if (url := known[name].url) and url.lower().startswith(("http://", "https://"))
        ]
        if not links:
            self.say("No source with an address is cited here")
            return
        self.choose("Open", links, self._open)

    def _open(self, link: Link) -> None:
        if is_remote(os.environ):
            self._copy(link.key, link.key)
        else:
            self.say(f"Opening {link.key}")
            self.run_worker(self._open_here(link.key), group="browser")

    async def _open_here(self, url: str) -> None:
        from briefing_tui.reader import browser

        if not await browser.opened(url):
            self._copy(url, f"no browser opened {url}")

    def action_plain(self) -> None:
        """Show the pane as plain text."""
        self._show_plain(self.rows.view)

    def action_write(self) -> None:
        """Write the pane to a file whose name is asked."""
        if not self._settings.files:
            self.say("Writing files is turned off in the configuration")
            return
        self._ask_for_file()

    def _ask_for_file(self, typed: str = "", problem: str = "") -> None:
        self.ask("Write the pane to", "notes.txt", self._write_to, typed, problem)

    def _write_to(self, typed: str, how: How = "new") -> str:
        """Write the pane to a file, or ask what to do with one; return why it cannot be written."""
        from briefing_tui.reader.files import path_of, write
        from briefing_tui.views.citation import copied_view

        name = shown(typed)
        text = copied_view(self.rows.view)
        try:
            write(path_of(typed), text, how)
        except FileExistsError:
            ways = [Link("add", "Add to its end", "file"), Link("replace", "Replace it", "file")]
            self.choose(f"{name} is there", ways, partial(self._write_over, typed))
        except (OSError, ValueError) as error:
            return f"{name}: {getattr(error, 'strerror', None) or error}"
        else:
            done = "Added the pane to" if how == "add" else "Wrote the pane to"
            self.say(f"{done} {name}: {len(text)} characters")
        return ""

    def _write_over(self, typed: str, way: Link) -> None:
        problem = self._write_to(typed, "add" if way.key == "add" else "replace")
        if problem:
            self._ask_for_file(typed, problem)

    def _copy(self, text: str, what: str, otherwise: str = "Nothing to copy here") -> None:
        if not text.strip():
            self.say(otherwise)
            return
        from briefing_tui.reader.clipboard import route

        way = route(self._settings.clipboard, os.environ)
        if way == "off":
            self.say(f"Copying is turned off in the configuration: {what}")
        elif way == "print":
            self._show_plain(_lines(text))
        elif way == "tmux":
            self.run_worker(self._copy_to_tmux(text, what), group="clipboard", exclusive=True)
        else:
            self._copy_by_osc52(text, what)

    def _copy_by_osc52(self, text: str, what: str, why: str = "") -> None:
        from briefing_tui.reader.clipboard import MOST_CHARACTERS

        self.app.copy_to_clipboard(text)
        long = ", too long for some" if len(text.encode()) > MOST_CHARACTERS else ""
        way = f"Sent to the clipboard by OSC 52{why} (unconfirmed{long})"
        self.say(f"{way}: {what}, {_size(text)}")

    async def _copy_to_tmux(self, text: str, what: str) -> None:
        from briefing_tui.reader.clipboard import to_tmux

        if await to_tmux(text):
            self.say(f"Sent to tmux and its clipboard (unconfirmed): {what}, {_size(text)}")
        else:
            self._copy_by_osc52(text, what, ", as tmux failed")

    def _show_plain(self, view: View) -> None:
        from briefing_tui.reader.screens.reading import PlainScreen

        self.app.push_screen(PlainScreen(view))

    def _sources_of_row(self) -> list[str]:
        entry = self.row.entry if self.row else None
        known = self.scene.briefing.sources
        return [name for name in cited(entry) if name in known] if entry is not None else []

    @property
    def _settings(self) -> Settings:
        found = getattr(self.app, "settings", None)
        return found if isinstance(found, Settings) else Settings()


def _size(text: str) -> str:
    return f"{len(text)} character{'' if len(text) == 1 else 's'}"


def _lines(text: str) -> View:
    """A text as a view, line by line."""
    rows = tuple(
        Row(key=str(number), kind="note", body=(Span(line),))
        for number, line in enumerate(text.splitlines())
    )
    return View(title="", count=len(rows), noun="line", rows=rows, empty="")
