"""The application: themes, keys, and one reading screen."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.geometry import Size
from textual.screen import Screen

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.text import clean, one_line
from briefing_tui.reader.commands import QUIT_KEYS, effective_keys
from briefing_tui.reader.keymap import normal_keymap
from briefing_tui.reader.screens.base import WIDE
from briefing_tui.reader.screens.reader import ReaderScreen
from briefing_tui.reader.screens.toosmall import TooSmallScreen, is_too_small
from briefing_tui.reader.themes import PALETTES, textual_theme, theme_for
from briefing_tui.settings import Settings
from briefing_tui.views.scene import first_scene


def _palette() -> type[Provider]:
    from briefing_tui.reader.palette import ReaderPalette

    return ReaderPalette


class BriefingApp(App[None], inherit_bindings=False):
    """Reads one briefing."""

    TITLE = "briefing-tui"
    CSS_PATH = "styles/reader.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(QUIT_KEYS), "quit", "Quit", show=False, priority=True, system=True)
    ]
    HORIZONTAL_BREAKPOINTS = [
        (0, "-tiny"),
        (60, "-narrow"),
        (WIDE, "-wide"),
        (160, "-ultra"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]

    def __init__(
        self,
        document: Document,
        settings: Settings | None = None,
        day: datetime.date | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self._day = day
        self._document = document
        # A reader wants to be where the text is, and a slow line has no time for the way there.
        self.animation_level = "none"
        for name in PALETTES:
            self.register_theme(textual_theme(name))
        self.theme = theme_for(self.settings.theme)
        self.set_keymap(normal_keymap(self.settings.keys))

    def get_default_screen(self) -> Screen[Any]:
        """Open at the briefing itself."""
        screen = ReaderScreen(
            first_scene(self._document, self._day), effective_keys(self.settings.keys)
        )
        # The framework would find out after it laid all out once for no width in particular.
        screen.add_class(*self._layout_classes(self.size))
        return screen

    def _layout_classes(self, size: Size) -> list[str]:
        """The classes by which the style sheet knows how much room there is."""
        return [
            max(one for one in breakpoints if one[0] <= room)[1]
            for breakpoints, room in (
                (self.HORIZONTAL_BREAKPOINTS, size.width),
                (self.VERTICAL_BREAKPOINTS, size.height),
            )
        ]

    async def on_event(self, event: events.Event) -> None:
        """Clean what is pasted: like a file, it may hold commands for the terminal.

        A key typed before the first picture stands waits until every pane can take it.
        """
        if isinstance(event, events.Key) and isinstance(self.screen, ReaderScreen):
            await self.screen.settled()
        if isinstance(event, events.Paste):
            event.text = one_line(clean(event.text)[0])
        await super().on_event(event)

    def on_ready(self) -> None:
        """Say so where there is no room to begin with."""
        self._mind_size(self.size)

    def on_resize(self, event: events.Resize) -> None:
        """Say so where there is no room left, and return where there is again."""
        if self.screen_stack:
            self._mind_size(event.size)

    def _mind_size(self, size: Size) -> None:
        covered = isinstance(self.screen, TooSmallScreen)
        if is_too_small(size) and not covered:
            self.push_screen(TooSmallScreen())
        elif covered and not is_too_small(size):
            self.pop_screen()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the palette to the reading screen, the only one whose commands it can run."""
        return action != "command_palette" and super().check_action(action, parameters)

    async def action_quit(self) -> None:
        """Leave."""
        self.exit()


def run(document: Document, settings: Settings, day: datetime.date | None = None) -> int:
    """Show a briefing, as known on a day, until the reader leaves; the result is the exit code."""
    app = BriefingApp(document, settings, day)
    with _standard_error_on_terminal():
        app.run(mouse=settings.mouse)
    return app.return_code or 0


@contextmanager
def _standard_error_on_terminal() -> Iterator[None]:
    """Lead standard error to the terminal for a while: it is what the framework draws on."""
    error = sys.__stderr__
    if error is None or error.isatty():
        yield
        return
    kept = os.dup(error.fileno())
    os.dup2(1, error.fileno())
    try:
        yield
    finally:
        error.flush()
        os.dup2(kept, error.fileno())
        os.close(kept)
