"""The application: themes, keys, and the screen to begin with."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.filter import LineFilter, NoColor
from textual.geometry import Size
from textual.screen import Screen

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.text import shown
from briefing_tui.reader.commands import QUIT_KEYS, SUSPEND_KEY, effective_keys
from briefing_tui.reader.keymap import commands_of_keys, normal_keymap
from briefing_tui.reader.opened import begun
from briefing_tui.reader.panes.inked import BAR_ONLY
from briefing_tui.reader.resuming import Opening
from briefing_tui.reader.room import is_too_small
from briefing_tui.reader.screens.base import WIDE
from briefing_tui.reader.screens.reader import ReaderScreen
from briefing_tui.reader.terminal.app import told
from briefing_tui.reader.themes import PALETTES, textual_theme, theme_for
from briefing_tui.reader.typeahead import TypeAhead
from briefing_tui.settings import Settings
from briefing_tui.state import Position, state_dir
from briefing_tui.terminal import TRUE_COLOUR

if TYPE_CHECKING:
    from briefing_tui.reader.desk import Desk, Opened
    from briefing_tui.reader.librarian import Librarian
    from briefing_tui.reader.onward import Left


def _palette() -> type[Provider]:
    from briefing_tui.reader.palette import ReaderPalette

    return ReaderPalette


_NARROW = [(0, "-tiny"), (60, "-narrow")]
BREAKPOINTS = {"tabs": _NARROW, "grid": [*_NARROW, (WIDE, "-wide")]}
"""The classes of widths for layouts that do not use all the room there is."""


class BriefingApp(TypeAhead[None], inherit_bindings=False):
    """Reads one briefing, or many."""

    TITLE = "briefing-tui"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(QUIT_KEYS), "quit", "Quit", show=False, priority=True, system=True),
        Binding(SUSPEND_KEY, "suspend_process", "Suspend", show=False, priority=True, system=True),
    ]
    HORIZONTAL_BREAKPOINTS = [
        *_NARROW,
        (WIDE, "-wide"),
        (160, "-ultra"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]

    def __init__(
        self,
        document: Document | None,
        settings: Settings | None = None,
        day: datetime.date | None = None,
        opening: Opening | None = None,
        desk: Callable[[], Desk] | None = None,
    ) -> None:
        """Begin with a document, or, where there is none, with the library of the desk."""
        # The framework reads the style sheets of screens, but not of the first.
        first = ["styles/library.tcss"] if document is None else []
        super().__init__(css_path=["styles/reader.tcss", *first])
        self._desk = desk
        self.settings = settings or Settings()
        self._day = day
        self._document = document
        self._opening = opening or Opening()
        self._reading: ReaderScreen | None = None
        self._cover: Screen[Any] | None = None
        """Hides what there is no room for."""
        self._spelling = self._opening.spelling(self.settings)
        if self.settings.layout in BREAKPOINTS:
            # The framework looks at the app that runs, though it declares them for the class.
            vars(self)["HORIZONTAL_BREAKPOINTS"] = BREAKPOINTS[self.settings.layout]
        # A reader wants to be where the text is, and a slow line has no time for the way there.
        self.animation_level = "none"
        for name in PALETTES:
            self.register_theme(textual_theme(name))
        self._first_theme = theme_for(self._opening.theme(self.settings))
        self.theme = self._opening.chosen_theme(self._first_theme)
        self.set_class(not self._opening.tints(self.settings), BAR_ONLY, update=False)
        self.set_keymap(normal_keymap(self.settings.keys))
        self._commands = commands_of_keys(self.settings.keys)

    def get_default_screen(self) -> Screen[Any]:
        """Open at the briefing itself, where it was left, or at the library."""
        if self._document is None:
            from briefing_tui.reader.screens.library import LibraryScreen

            screen: Screen[Any] = LibraryScreen(effective_keys(self.settings.keys))
        else:
            screen = self._reading = begun(self._document, self.settings, self._opening, self._day)
        self._classify(screen)
        return screen

    @cached_property
    def librarian(self) -> Librarian | None:
        """Who knows the library, from when it is first asked for."""
        if self._desk is None:
            return None
        from briefing_tui.reader.librarian import Librarian

        return Librarian(self._desk())

    def open_reader(
        self,
        opened: Opened,
        place: Position | None,
        notice: str,
        trail: tuple[Left, ...] = (),
    ) -> None:
        """Read a briefing above what is shown: where it was left, or at a place.

        Args:
            opened: The briefing.
            place: Where to begin; where it was left, where that is left out.
            notice: What to say until the first key, where there is a place.
            trail: The briefings that were gone on from to this one.
        """
        screen = begun(
            opened.document, self.settings, opened.opening, place=place, scene=opened.scene
        )
        if place is not None:
            screen.mark_first()
            screen.notify_first(notice)
        screen.file, screen.subject = opened.path, opened.subject
        screen.left = partial(self._left, screen, opened)
        if opened.path and self.librarian is not None:
            from briefing_tui.reader.onward import Onward

            screen.onward = Onward(self, self.librarian, screen, opened.path, trail)
        self.push_screen(screen)

    def _left(self, screen: ReaderScreen, opened: Opened) -> None:
        """Keep what the next reading of a briefing begins with."""
        opening = opened.opening
        if opening.keep is not None:
            opening.keep(opening.with_theme(screen.position, self._first_theme, self.theme))
        if not screen.scene.problems:
            opened.done()
        standing = screen.standing
        if opened.path and standing is not None and self.librarian is not None:
            self.librarian.left(opened.path, standing)

    def _classify(self, screen: Screen[Any]) -> None:
        """Set the classes for the size of the terminal on a screen before its first layout."""
        screen.update_classes(self._layout_classes(self.size), update=False)

    def _layout_classes(self, size: Size) -> dict[str, bool]:
        """Return which classes tell the style sheet how much room there is.

        The framework sets them itself, but only after it has drawn the screen once without them.
        """
        classes: dict[str, bool] = {}
        for breakpoints, room in (
            (self.HORIZONTAL_BREAKPOINTS, size.width),
            (self.VERTICAL_BREAKPOINTS, size.height),
        ):
            _, name = max(step for step in breakpoints if step[0] <= room)
            classes |= {other: other == name for _, other in breakpoints}
        return classes

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Spell what is drawn in characters that arrive; where no colours are wanted, in none."""
        filters = super().get_line_filters()
        if self.no_color:
            # The framework's greys make black of the terminal's own colours, text and ground alike.
            filters = [NoColor()]
        return [*filters, *self._spelling]

    @property
    def position(self) -> Position | None:
        """Where the reader is, or was last; nothing before anything was shown."""
        if self._reading is None:
            return None
        return self._opening.with_theme(self._reading.position, self._first_theme, self.theme)

    def keep_position(self) -> None:
        """Let the next session begin where this one is."""
        position = self.position
        if position is not None and self._opening.keep is not None:
            self._opening.keep(position)

    async def ready_for(self, event: events.Event) -> None:
        """Let a key that comes early wait until every pane can take it, or its own can."""
        if isinstance(self.screen, ReaderScreen):
            key = event.key if isinstance(event, events.Key) else ""
            await self.screen.ready_for(self._commands.get(key))

    def is_asked_for(self, event: events.Event) -> Screen[Any] | None:
        """The palette or the search of a library, where Enter takes what was found."""
        asks = self.screen_stack and isinstance(event, events.Key) and event.key == "enter"
        return self.screen if asks and getattr(self.screen, "takes_found", False) else None

    async def on_event(self, event: events.Event) -> None:
        """Clean what is pasted: like a file, it may hold commands for the terminal."""
        if isinstance(event, events.Paste):
            event.text = shown(event.text)
        await super().on_event(event)

    def on_ready(self) -> None:
        """Say so where there is no room to begin with."""
        # Whoever is suspended may never be resumed.
        self.app_suspend_signal.subscribe(self, lambda _: self.keep_position(), immediate=True)
        self.screen_change_signal.subscribe(self, self._classify, immediate=True)
        self._mind_size(self.size)

    def on_resize(self, event: events.Resize) -> None:
        """Resize the screens; say so where there is no room left, and return where there is."""
        if event.size != self.size:
            self._resize_screens(event.size)
        if self.screen_stack:
            self._mind_size(event.size)

    def _resize_screens(self, size: Size) -> None:
        """Lay every screen out in the new size with the classes for it.

        The framework first lays it out with the classes for the old size, in which lists scroll
        elsewhere.
        """
        classes = self._layout_classes(size)
        for screen in self.screen_stack:
            screen.update_classes(classes, animate=False)
            screen.post_message(events.Resize(size, size))

    def _mind_size(self, size: Size) -> None:
        covered = self.screen is self._cover
        if is_too_small(size) and not covered:
            from briefing_tui.reader.screens.toosmall import TooSmallScreen

            self._cover = TooSmallScreen()
            self.push_screen(self._cover)
        elif covered and not is_too_small(size):
            self.pop_screen()

    def refresh_css(self, animate: bool = True) -> None:
        """Apply the style sheet to another theme; before there is a screen, let it be read once."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the palette to the reading screen, the only one whose commands it can run."""
        return action != "command_palette" and super().check_action(action, parameters)

    def on_unmount(self) -> None:
        """Let whoever is indexing know that nobody waits for it."""
        librarian = vars(self).get("librarian")
        if librarian is not None:
            librarian.close()

    async def action_quit(self) -> None:
        """Leave."""
        self.exit()


def run(
    document: Document | None,
    settings: Settings,
    day: datetime.date | None = None,
    opening: Opening | None = None,
    desk: Callable[[], Desk] | None = None,
) -> int:
    """Show a briefing, as known on a day, or a library; the result is the exit code."""
    terminal = opening.terminal if opening else None
    if terminal is not None and terminal.colours == TRUE_COLOUR:
        os.environ["COLORTERM"] = "truecolor"  # the framework tells by nothing else
    app = BriefingApp(document, settings, day, opening, desk)
    try:
        with _standard_error_on_terminal():
            app.run(mouse=settings.mouse)
    finally:
        app.keep_position()
        if app.failure is not None:
            sys.stderr.write(told(app.failure, state_dir()))
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
