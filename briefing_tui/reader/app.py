"""The application: themes, keys, and one reading screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.screen import Screen

from briefing_tui.briefing.load import Document
from briefing_tui.reader.commands import effective_keys
from briefing_tui.reader.keymap import normal_keymap
from briefing_tui.reader.screens.reader import ReaderScreen
from briefing_tui.reader.themes import textual_theme
from briefing_tui.settings import THEMES, Settings
from briefing_tui.views.scene import scene_of


def _palette() -> type[Provider]:
    from briefing_tui.reader.palette import ReaderPalette

    return ReaderPalette


class BriefingApp(App[None], inherit_bindings=False):
    """Reads one briefing."""

    TITLE = "briefing-tui"
    CSS_PATH = "styles/reader.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "quit", "Quit", show=False, system=True)
    ]
    HORIZONTAL_BREAKPOINTS = [
        (0, "-tiny"),
        (60, "-narrow"),
        (110, "-wide"),
        (160, "-ultra"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]

    def __init__(self, document: Document, settings: Settings | None = None) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self._document = document
        # A reader wants to be where the text is, and a slow line has no time for the way there.
        self.animation_level = "none"
        for name in THEMES:
            self.register_theme(textual_theme(name))
        self.theme = self.settings.theme
        self.set_keymap(normal_keymap(self.settings.keys))

    def get_default_screen(self) -> Screen[Any]:
        """Open at the briefing itself."""
        return ReaderScreen(scene_of(self._document), effective_keys(self.settings.keys))

    async def action_quit(self) -> None:
        """Leave."""
        self.exit()


def run(document: Document, settings: Settings) -> int:
    """Show a briefing until the reader leaves; the result is the exit code."""
    app = BriefingApp(document, settings)
    app.run(mouse=settings.mouse)
    return app.return_code or 0
