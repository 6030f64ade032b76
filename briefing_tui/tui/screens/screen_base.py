"""The base of the screens that have commands of the registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from briefing_tui.commands.key_map import normal_key
from briefing_tui.commands.registry import key_name
from briefing_tui.session import outcomes
from briefing_tui.session.reading_session import NO_LIBRARY
from briefing_tui.tui.host import Host
from briefing_tui.tui.themes import next_theme, theme_for
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.rows import Link, View

if TYPE_CHECKING:
    from briefing_tui.library.service import LibraryService


class BaseScreen(Screen[None]):
    """The commands that the reader and the library share."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self.keys = keys
        """The keys of every command, as configured."""

    @property
    def host(self) -> Host:
        """The application, as an opener of screens."""
        return cast(Host, self.app)

    def say(self, message: str) -> None:
        """Show a message on the last line, until the next key."""
        raise NotImplementedError

    def say_nothing(self) -> None:
        """Clear the message."""
        raise NotImplementedError

    def effective_keys(self) -> dict[str, list[str]]:
        """Return the keys of every command that has an active binding."""
        keys_of: dict[str, list[str]] = {name: [] for name in self.keys}
        for key, active in self.active_bindings.items():
            keys_of.get(active.binding.id or "", []).append(key)
        order = [normal_key(key) for keys in self.keys.values() for key in keys]
        return {name: sorted(keys, key=order.index) for name, keys in keys_of.items() if keys}

    @property
    def rows(self) -> RowList:
        """The list whose cursor the keys move."""
        raise NotImplementedError

    def choose(self, title: str, links: list[Link], choose: Callable[[Link], None]) -> None:
        """Ask for one of several links; choose an only link at once."""
        if len(links) == 1:
            choose(links[0])
            return
        from briefing_tui.tui.screens.link_picker import LinkPicker

        self.app.push_screen(LinkPicker(title, links), lambda link: choose(link) if link else None)

    def ask(
        self,
        title: str,
        example: str,
        answer: Callable[[str], str],
        text: str = "",
        problem: str = "",
    ) -> None:
        """Ask for a line of text.

        Args:
            title: What to type.
            example: A placeholder for an empty field.
            answer: Handles the text; if it returns a problem, the prompt opens again with it.
            text: The text to begin with.
            problem: Why that text was refused.
        """
        from briefing_tui.tui.screens.prompt import Prompt

        def close(entered: str | None) -> None:
            if entered:
                if refusal := answer(entered):
                    self.ask(title, example, answer, entered, refusal)
            elif entered is not None:
                self.say("Empty; nothing done")

        self.app.push_screen(Prompt(title, example, text, problem), close)

    def show_text(self, view: View) -> None:
        """Show a view as plain text that the terminal can select."""
        from briefing_tui.tui.screens.plain_text import PlainTextScreen

        self.app.push_screen(PlainTextScreen(view))

    def service_or_message(self) -> LibraryService | None:
        """Return the library service; if there is no library, say so and return None."""
        if self.host.service is None:
            self.say(NO_LIBRARY)
        return self.host.service

    @property
    def is_first(self) -> bool:
        """Whether this is the first screen."""
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
        elif command == "escape":
            self.say(f"Nothing to leave; {key_name(self.keys['quit-step'][0])} quits")
        elif command == "quit-step":
            self.app.exit()

    async def run_command(self, name: str) -> None:
        """Run a command of the registry."""
        raise NotImplementedError

    async def render_shared_outcome(
        self, outcome: outcomes.Close | outcomes.Quit | outcomes.Face
    ) -> None:
        """Close the screen, quit, or run the action that a command is for screens alone."""
        match outcome:
            case outcomes.Close(command):
                self.leave(command)
            case outcomes.Quit():
                self.app.exit()
            case outcomes.Face(command):
                await self.run_action(command.replace("-", "_"))

    async def action_command(self, name: str) -> None:
        """Run a command of the registry."""
        await self.run_command(name)

    def action_quit(self) -> None:
        """Quit at once."""
        self.app.exit()

    def action_help(self) -> None:
        """Show the help."""
        from briefing_tui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.effective_keys()))

    def action_theme(self) -> None:
        """Switch to the next theme."""
        self.app.theme = theme_for(next_theme(self.app.theme), self.host.surroundings.environ)
        self.say(f"Theme: {self.app.theme}")

    async def action_repaint(self) -> None:
        """Redraw the whole screen: another program may have written on it."""
        await self.app.run_action("app.repaint")
        self.say("Redrawn")

    def action_palette(self) -> None:
        """Open the command palette."""
        self.host.open_palette()
