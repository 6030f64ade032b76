"""The base of the screens that have commands of the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from textual.screen import Screen

from briefing_tui.briefing.terminal_text import printable
from briefing_tui.commands.registry import key_name
from briefing_tui.driver.key_names import key_of
from briefing_tui.session import outcomes
from briefing_tui.session.outcomes import Outcome
from briefing_tui.tui.host import Host
from briefing_tui.tui.screens.dismissal import dismiss
from briefing_tui.tui.themes import next_theme, theme_for
from briefing_tui.tui.widgets.line_widget import StatusLine
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.rows import Link, Span, Spans, TypeSign, View


class BaseScreen(Screen[None]):
    """What the reader and the library share: commands, and messages on the last line."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self.keys = keys
        self.footer = StatusLine(id="footer")
        self._message = ""

    @property
    def host(self) -> Host:
        """The application, as an opener of screens."""
        return cast(Host, self.app)

    def say(self, message: str) -> None:
        """Show a message on the last line, until the next key; an empty one changes nothing."""
        if not message:
            return
        self._message = printable(message)
        # The class triggers a layout, so set it only if the line is hidden.
        if self.has_class("-tiny") or self.has_class("-short"):
            self.add_class("-saying")
        self.draw_footer()

    def say_nothing(self) -> None:
        """Clear the message."""
        self._message = ""
        self.remove_class("-saying")
        self.draw_footer()

    def on_key(self) -> None:
        """Clear the message."""
        self.say_nothing()

    def draw_footer(self) -> None:
        """Draw the last line: a message if there is one, or else hints."""
        if self._message:
            self.footer.left, self.footer.right = (Span(f" {self._message}", "accent"),), ()
        else:
            self.footer.left, self.footer.right = self.hints()

    def hints(self) -> tuple[Spans, Spans]:
        """Return both ends of the last line while there is no message."""
        raise NotImplementedError

    def effective_keys(self) -> dict[str, list[str]]:
        """Return the keys of every command that has an active binding."""
        keys_of: dict[str, list[str]] = {name: [] for name in self.keys}
        for key, active in self.active_bindings.items():
            keys_of.get(active.binding.id or "", []).append(key)
        order = [key_of(key) for keys in self.keys.values() for key in keys]
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
        from briefing_tui.tui.screens.pickers import LinkPicker

        self.app.push_screen(LinkPicker(title, links), lambda link: choose(link) if link else None)

    def show_text(self, view: View) -> None:
        """Show a view as plain text that the terminal can select."""
        from briefing_tui.tui.screens.plain_text import PlainTextScreen

        self.app.push_screen(PlainTextScreen(view))

    def leave(self, command: str) -> None:
        """Return to the screen below; if there is none, only ``quit-step`` ends the program."""
        if self.app.screen_stack[0] is not self:
            dismiss(self, None)
        elif command == "back":
            self.say("This is the start of the history")
        elif command == "escape":
            self.say(f"Nothing to leave; {key_name(self.keys['quit-step'][0])} quits")
        elif command == "quit-step":
            self.app.exit()

    async def action_command(self, name: str) -> None:
        """Run a command of the registry."""
        raise NotImplementedError

    async def render_outcome(self, outcome: Outcome) -> None:
        """Render the outcome of a command that is the same on all screens."""
        match outcome:
            case outcomes.Said(message):
                self.say(message)
            case outcomes.Close(command):
                self.leave(command)
            case outcomes.Quit():
                self.app.exit()
            case outcomes.Face(command):
                await self.run_action(command.replace("-", "_"))

    def command_titles(self) -> Mapping[str, str]:
        """Return the titles of commands that have another one here."""
        return {}

    def action_help(self) -> None:
        """Show the help."""
        from briefing_tui.tui.screens.help import HelpScreen

        self.app.push_screen(
            HelpScreen(self.effective_keys(), self.command_titles(), self.event_types())
        )

    def event_types(self) -> Iterable[TypeSign]:
        """Return the types of events whose signs are shown."""
        return ()

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
