"""Taking things along: the clipboard, the sources, plain text."""

from __future__ import annotations

from briefing_tui.reader.links import is_remote
from briefing_tui.reader.screens.base import ReaderBase
from briefing_tui.views.citation import citation, copied_row, copied_view
from briefing_tui.views.links import cited
from briefing_tui.views.rows import Link


class Copying(ReaderBase):
    """The commands that copy, and that show where things come from."""

    def action_copy(self) -> None:
        """Copy the row."""
        self._copy(copied_row(self.row) if self.row else "", "the row")

    def action_copy_pane(self) -> None:
        """Copy the pane."""
        self._copy(copied_view(self.rows.view), "the pane")

    def action_cite(self) -> None:
        """Copy a citation of the row."""
        text = citation(self.scene, self.row) if self.row else ""
        self._copy(text, "a citation", otherwise="No source is cited here")

    def action_source(self) -> None:
        """Show the sources of the row in full."""
        names = self._sources_of_row()
        if not names:
            self.say("No source is cited here")
            return
        from briefing_tui.reader.screens.reading import SourceScreen

        self.app.push_screen(SourceScreen(self.scene, names))

    def action_open_link(self) -> None:
        """Open the page of a source; over SSH show and copy its address."""
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
        if is_remote():
            self.app.copy_to_clipboard(link.key)
            self.say(f"Sent to your terminal's clipboard: {link.key}")
        else:
            self.app.open_url(link.key)
            self.say(f"Opening {link.key}")

    def action_plain(self) -> None:
        """Show the pane as plain text."""
        from briefing_tui.reader.screens.reading import PlainScreen

        self.app.push_screen(PlainScreen(self.rows.view))

    def _copy(self, text: str, what: str, otherwise: str = "Nothing to copy here") -> None:
        if not text.strip():
            self.say(otherwise)
            return
        self.app.copy_to_clipboard(text)
        # OSC 52 has no answer, so nobody can tell whether the terminal took it.
        self.say(f"Sent {what} to your terminal's clipboard: {len(text)} characters")

    def _sources_of_row(self) -> list[str]:
        entry = self.row.entry if self.row else None
        known = self.scene.briefing.sources
        return [name for name in cited(entry) if name in known] if entry is not None else []
