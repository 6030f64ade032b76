"""The reading screen: all its commands together."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from briefing_tui.reader.bindings import bindings_for
from briefing_tui.reader.keymap import normal_key
from briefing_tui.reader.screens.copying import Copying
from briefing_tui.reader.screens.navigation import Navigation
from briefing_tui.reader.screens.searching import Searching
from briefing_tui.reader.screens.stepping import Stepping
from briefing_tui.reader.themes import next_theme, theme_for


class ReaderScreen(Navigation, Stepping, Searching, Copying, inherit_bindings=False):
    """Four panes and the evidence of the highlighted row."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("reader")

    def effective_keys(self) -> dict[str, list[str]]:
        """The keys that work now, by command, as the bindings have them."""
        found: dict[str, list[str]] = {name: [] for name in self.keys}
        for key, active in self.active_bindings.items():
            found.get(active.binding.id or "", []).append(key)
        order = [normal_key(key) for keys in self.keys.values() for key in keys]
        return {name: sorted(keys, key=order.index) for name, keys in found.items() if keys}

    def action_escape(self) -> None:
        """End the search, or widen the focus, or show all panes; never quit."""
        self.back_out()

    def action_quit_step(self) -> None:
        """Back out one step, and quit where there is none left."""
        if not self.back_out():
            self.app.exit()

    def action_quit(self) -> None:
        """Quit at once."""
        self.app.exit()

    def action_help(self) -> None:
        """Show keys and signs."""
        from briefing_tui.reader.screens.reading import KeysScreen

        self.app.push_screen(KeysScreen(self.effective_keys()))

    def action_theme(self) -> None:
        """Take the next theme."""
        self.app.theme = theme_for(next_theme(self.app.theme))
        self.say(f"Theme: {self.app.theme}")

    def action_palette(self) -> None:
        """Open the command palette."""
        self.app.action_command_palette()

    def back_out(self) -> bool:
        """Undo the innermost state; whether there was one."""
        if self.end_search() or self.widen():
            return True
        if self.evidence.has_focus:
            self.activate(self.active)
            return True
        if self.has_class("-zoomed"):
            self.remove_class("-zoomed")
            return True
        return False
