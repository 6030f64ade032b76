"""What every screen with commands of the registry can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.screen import Screen

from briefing_tui.reader.keymap import normal_key
from briefing_tui.reader.panes.rowlist import RowList
from briefing_tui.reader.themes import next_theme, theme_for
from briefing_tui.state import Position
from briefing_tui.views.rows import Link

if TYPE_CHECKING:
    from briefing_tui.reader.desk import Opened


class Everywhere(Screen[None]):
    """The commands that work on one briefing and on many."""

    keys: Mapping[str, tuple[str, ...]]
    """The keys of every command, as configured."""

    def say(self, message: str) -> None:
        """Tell something on the last line, until the next key."""

    def say_nothing(self) -> None:
        """Take what was said off the last line."""

    def effective_keys(self) -> dict[str, list[str]]:
        """The keys that work now, by command, as the bindings have them."""
        found: dict[str, list[str]] = {name: [] for name in self.keys}
        for key, active in self.active_bindings.items():
            found.get(active.binding.id or "", []).append(key)
        order = [normal_key(key) for keys in self.keys.values() for key in keys]
        return {name: sorted(keys, key=order.index) for name, keys in found.items() if keys}

    @property
    def rows(self) -> RowList:
        """The rows that keys move through."""
        raise NotImplementedError

    def open_above(self, opened: Opened, place: Position | None = None, notice: str = "") -> None:
        """Read a briefing above this: where it was left, or at a place."""
        # The application is not imported here: it imports the screens.
        self.app.open_reader(opened, place, notice)  # type: ignore[attr-defined]

    def choose(self, title: str, links: list[Link], take: Callable[[Link], None]) -> None:
        """Take the only link, or the one that is asked for; keys typed on go to the question."""
        if len(links) == 1:
            take(links[0])
            return
        from briefing_tui.reader.screens.chooser import Chooser

        self.app.push_screen(Chooser(title, links), lambda link: take(link) if link else None)

    def ask(
        self,
        title: str,
        example: str,
        take: Callable[[str], str],
        text: str = "",
        problem: str = "",
    ) -> None:
        """Ask for a line of text, unless one leaves or types nothing.

        Args:
            title: What to type.
            example: Shown while nothing is typed.
            take: Uses the line, or returns why it cannot: then the line is asked for again, as it
                was typed.
            text: The line to begin with.
            problem: Why that was refused.
        """
        from briefing_tui.reader.screens.prompt import Prompt

        def answered(typed: str | None) -> None:
            if typed:
                refused = take(typed)
                if refused:
                    self.ask(title, example, take, typed, refused)
            elif typed is not None:
                self.say("Nothing was typed")

        self.app.push_screen(Prompt(title, example, text, problem), answered)

    @property
    def is_first(self) -> bool:
        """Whether there is no screen to go back to."""
        return self.app.screen_stack[0] is self

    def go_back(self) -> None:
        """Return to the screen below."""
        self.dismiss(None)

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

    async def action_repaint(self) -> None:
        """Send the whole screen again: another program may have written on it."""
        await self.app.run_action("app.repaint")
        self.say("Drawn anew")

    def action_palette(self) -> None:
        """Open the command palette."""
        from briefing_tui.reader.palette import CommandPalette

        self.app.push_screen(CommandPalette(id="--command-palette"))
