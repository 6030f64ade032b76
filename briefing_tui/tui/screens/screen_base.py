"""What every screen with commands of the registry can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from briefing_tui.commands.key_map import normal_key
from briefing_tui.session.reading_session import NO_LIBRARY
from briefing_tui.tui.host import Host
from briefing_tui.tui.themes import next_theme, theme_for
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.rows import Link, View

if TYPE_CHECKING:
    from briefing_tui.library.service import LibraryService


class BaseScreen(Screen[None]):
    """The commands that work on one briefing and on many."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self.keys = keys
        """The keys of every command, as configured."""

    @property
    def host(self) -> Host:
        """The application, which opens other screens."""
        return cast(Host, self.app)

    def say(self, message: str) -> None:
        """Show a message on the last line, until the next key."""
        raise NotImplementedError

    def say_nothing(self) -> None:
        """Take a message off the last line."""
        raise NotImplementedError

    def effective_keys(self) -> dict[str, list[str]]:
        """Return the keys that work now, by command, as the bindings have them."""
        keys_of: dict[str, list[str]] = {name: [] for name in self.keys}
        for key, active in self.active_bindings.items():
            keys_of.get(active.binding.id or "", []).append(key)
        order = [normal_key(key) for keys in self.keys.values() for key in keys]
        return {name: sorted(keys, key=order.index) for name, keys in keys_of.items() if keys}

    @property
    def rows(self) -> RowList:
        """The rows that keys move through."""
        raise NotImplementedError

    def choose(self, title: str, links: list[Link], choose: Callable[[Link], None]) -> None:
        """Ask which of several links is meant; the only one is not asked for."""
        if len(links) == 1:
            choose(links[0])
            return
        from briefing_tui.tui.screens.link_picker import Chooser

        self.app.push_screen(Chooser(title, links), lambda link: choose(link) if link else None)

    def ask(
        self,
        title: str,
        example: str,
        answer: Callable[[str], str],
        text: str = "",
        problem: str = "",
    ) -> None:
        """Ask for a line of text; a closed prompt answers nothing.

        Args:
            title: What to type.
            example: Shown while nothing is typed.
            answer: Uses the text, or returns why it cannot: then it is asked for again.
            text: The text to begin with.
            problem: Why that was refused.
        """
        from briefing_tui.tui.screens.prompt import Prompt

        def answered(typed: str | None) -> None:
            if typed:
                if refusal := answer(typed):
                    self.ask(title, example, answer, typed, refusal)
            elif typed is not None:
                self.say("Nothing was typed")

        self.app.push_screen(Prompt(title, example, text, problem), answered)

    def show_text(self, view: View) -> None:
        """Show a view as plain text, for the terminal's own selection."""
        from briefing_tui.tui.screens.help import PlainScreen

        self.app.push_screen(PlainScreen(view))

    def service_or_message(self) -> LibraryService | None:
        """Return the library service; say so if there is no library."""
        if self.host.service is None:
            self.say(NO_LIBRARY)
        return self.host.service

    @property
    def is_first(self) -> bool:
        """Whether there is no screen to go back to."""
        return self.app.screen_stack[0] is self

    def go_back(self) -> None:
        """Return to the screen below."""
        self.dismiss(None)

    def leave(self, command: str) -> None:
        """Return to the screen below; if there is none, only ``quit-step`` ends the program."""
        if not self.is_first:
            self.go_back()
        elif command == "back":
            self.say("This is where you began")
        elif command == "quit-step":
            self.app.exit()

    async def run_command(self, name: str) -> None:
        """Run a command of the registry."""
        raise NotImplementedError

    async def action_command(self, name: str) -> None:
        """Run a command of the registry."""
        await self.run_command(name)

    def action_quit(self) -> None:
        """Quit at once."""
        self.app.exit()

    def action_help(self) -> None:
        """Show keys and signs."""
        from briefing_tui.tui.screens.help import KeysScreen

        self.app.push_screen(KeysScreen(self.effective_keys()))

    def action_theme(self) -> None:
        """Use the next theme."""
        self.app.theme = theme_for(next_theme(self.app.theme), self.host.surroundings.environ)
        self.say(f"Theme: {self.app.theme}")

    async def action_repaint(self) -> None:
        """Send the whole screen again: another program may have written on it."""
        await self.app.run_action("app.repaint")
        self.say("Drawn anew")

    def action_palette(self) -> None:
        """Open the command palette."""
        self.host.open_palette()
