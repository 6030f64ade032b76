"""The application: themes, keys and screens."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.errors import NoWidget
from textual.filter import LineFilter, NoColor
from textual.geometry import Size
from textual.screen import Screen

from briefing_tui.briefing.terminal_text import clean, printable
from briefing_tui.commands.key_map import commands_of_keys, normal_keymap
from briefing_tui.commands.registry import QUIT_KEYS, SUSPEND_KEY, Command, effective_keys
from briefing_tui.commands.unbound_keys import UnboundKeys
from briefing_tui.driver.crash_report import report_crash
from briefing_tui.driver.driver import SampleMeasured
from briefing_tui.driver.key_names import key_of
from briefing_tui.driver.tty_device import TtyDevice, standard_error_on_terminal
from briefing_tui.session import outcomes
from briefing_tui.session.briefing_file import CannotOpenError
from briefing_tui.session.opener import Opener
from briefing_tui.session.outcomes import Outcome
from briefing_tui.session.reading_session import ReadingSession
from briefing_tui.settings.options import Settings
from briefing_tui.surroundings import Surroundings
from briefing_tui.tui import appearance
from briefing_tui.tui.host import Speaker
from briefing_tui.tui.key_queue import EDITING_KEYS, TypeAhead
from briefing_tui.tui.screens.reader import WIDE, ReaderScreen
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.tui.screens.too_small import TooSmallScreen, is_too_small
from briefing_tui.tui.strips import AsciiFilter, measure
from briefing_tui.tui.themes import PALETTES, textual_theme, theme_for
from briefing_tui.tui.widgets.line_widget import BAR_ONLY
from briefing_tui.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from briefing_tui.library.service import LibraryService
    from briefing_tui.library.workspace import Workspace
    from briefing_tui.session.library_session import LibrarySession
    from briefing_tui.tui.screens.library import LibraryScreen


_NARROW = [(0, "-tiny"), (60, "-narrow")]
BREAKPOINTS = {"tabs": _NARROW, "grid": [*_NARROW, (WIDE, "-wide")]}
"""The width classes of the layouts that do not use all of a wide terminal."""


class BriefingApp(TypeAhead[None], inherit_bindings=False):
    """The full-screen application, for the session of a briefing or, without one, the library."""

    TITLE = "briefing-tui"
    ENABLE_COMMAND_PALETTE = False  # screens open their own
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(QUIT_KEYS), "quit", "Quit", show=False, priority=True, system=True),
        Binding(SUSPEND_KEY, "suspend_process", "Suspend", show=False, priority=True, system=True),
    ]
    HORIZONTAL_BREAKPOINTS = [*_NARROW, (WIDE, "-wide"), (160, "-ultra")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]

    def __init__(
        self,
        session: ReadingSession | None,
        opener: Opener | None = None,
        *,
        workspace: Callable[[], Workspace] | None = None,
        surroundings: Surroundings | None = None,
        follow: bool = False,
    ) -> None:
        # Textual does not load the style sheet of the default screen.
        library_css = ["styles/library.tcss"] if session is None else []
        super().__init__(css_path=["styles/reader.tcss", *library_css])
        self._opener = opener or Opener(Settings())
        self.settings = self._opener.settings
        self.surroundings = surroundings or Surroundings()
        terminal, environ = self.surroundings.terminal, self.surroundings.environ
        self.keys = effective_keys(self.settings.keys)
        own_keys = {key for keys in self.keys.values() for key in keys}
        self.alt_keys = EDITING_KEYS.keys() | {
            key_of(key) for key in own_keys if "alt+" in key or key == "ctrl+j"
        }
        self._session = session
        self._workspace = workspace
        """Returns the library; None if there is none."""
        self._follow = follow
        self.problems: list[str] = []
        """What could not be saved, to be reported when the program ends."""
        self._is_first_saved = False
        self._press: events.MouseDown | None = None
        self._cover: Screen[Any] | None = None
        self._character_filters = appearance.character_filters(self.settings, terminal)
        self.sample = appearance.sample(self.settings, terminal)
        if self.settings.layout in BREAKPOINTS:
            # Textual reads the attribute from the instance, but declares it for the class.
            vars(self)["HORIZONTAL_BREAKPOINTS"] = BREAKPOINTS[self.settings.layout]
        # Animations delay the text, above all over a slow connection.
        self.animation_level = "none"
        for name in PALETTES:
            self.register_theme(textual_theme(name))
        self._first_theme = theme_for(appearance.first_theme(self.settings, terminal), environ)
        chosen = session.theme if session else ("", "")
        self.theme = appearance.chosen_theme(chosen, self._first_theme)
        has_row_background = appearance.has_row_background(self.settings, terminal)
        self.set_class(not has_row_background, BAR_ONLY, update=False)
        if self.settings.keys:
            self.set_keymap(normal_keymap(self.settings.keys))

    def get_default_screen(self) -> Screen[Any]:
        """Return the reader, or the library if no briefing was named."""
        session = self._session
        screen: Screen[Any] = (
            self._new_library_screen()
            if session is None
            else ReaderScreen(session, layout=self.settings.layout, follow=self._follow)
        )
        self._classify(screen)
        return screen

    @cached_property
    def service(self) -> LibraryService | None:
        """The library service, created on first use; None if there is no library."""
        if self._workspace is None:
            return None
        from briefing_tui.library.service import LibraryService

        return LibraryService(self._workspace())

    @cached_property
    def library(self) -> LibrarySession | None:
        """The list of the library, created on first use; None if there is no library."""
        if self.service is None:
            return None
        from briefing_tui.session.library_session import open_library

        return open_library(self.service)

    def open_session(self, session: ReadingSession) -> None:
        """Push a screen for a session."""
        if session.file and session.tour is None and self.library is not None:
            from briefing_tui.session.unread_briefings import UnreadTour

            session.join_tour(UnreadTour(self.library, self._opener, session.file))
        self.push_screen(ReaderScreen(session, layout=self.settings.layout, follow=self._follow))

    def open(self, outcome: Outcome) -> str:
        """Open the briefing, library or search of an outcome; return why that is impossible."""
        path = ""
        try:
            match outcome:
                case outcomes.OpenLibrary():
                    self._return_to_library()
                case outcomes.SearchLibrary(text):
                    self._search_library(text)
                case outcomes.OpenFile(path):
                    self.open_session(self._opener.session(self._opener.read(path, is_piped=False)))
                case outcomes.OpenBriefing(path, entries, day):
                    self.open_session(self._opener.open_at(path, entries, day))
                case outcomes.OpenHit(hit):
                    path = hit.path
                    self.open_session(self._opener.open_hit(hit))
        except CannotOpenError as error:
            return self._with_short_path(str(error), printable(path))
        return ""

    def _with_short_path(self, message: str, path: str) -> str:
        """Return a message with the path of a briefing as the library lists it."""
        from briefing_tui.library.list_rows import short

        assert self.service is not None, "only briefings of the library are opened by path"
        return message.replace(path, short(path, self.service.base), 1)

    def _return_to_library(self) -> None:
        if (library := self._library_screen) is None:
            self.push_screen(self._new_library_screen())
        while library is not None and self.screen is not library:
            self.pop_screen()

    def _search_library(self, text: str) -> None:
        from briefing_tui.session.library_search import LibrarySearch
        from briefing_tui.tui.screens.library_search import LibrarySearchScreen

        assert self.service is not None, "the library is searched from its list"
        session = LibrarySearch(self.service.base, self.service.workspace.saved)
        self.push_screen(LibrarySearchScreen(self.keys, session, self.service, text))

    def open_palette(self) -> None:
        """Open the command palette."""
        from briefing_tui.tui.command_palette import CommandPalette, ReaderPalette

        self.push_screen(CommandPalette([ReaderPalette], id="--command-palette"))

    def next_briefing(self, session: ReadingSession, *, back: bool) -> bool:
        """Replace a session by that of another briefing with unread entries; False if none."""
        library = self._library_screen
        if library is None or session.tour is None:
            return False
        following = session.tour.next(session, back=back)
        if following is not None:
            library.session.select_briefing(following.file)
            self.pop_screen()
            self.open_session(following)
        library.sync()
        return following is not None

    def _new_library_screen(self) -> LibraryScreen:
        from briefing_tui.tui.screens.library import LibraryScreen

        assert self.library is not None, "there is a library"
        assert self.service is not None, "there is a library"
        return LibraryScreen(self.keys, self.library, self.service)

    @property
    def _library_screen(self) -> LibraryScreen | None:
        from briefing_tui.tui.screens.library import LibraryScreen

        screens = (screen for screen in self.screen_stack if isinstance(screen, LibraryScreen))
        return next(screens, None)

    def session_left(self, session: ReadingSession) -> None:
        """Save the state of a session that ends, and update the lists of the library."""
        self._is_first_saved = self._is_first_saved or session is self._session
        self._remember_theme(session)
        for problem in session.leave():
            self.problems.append(problem)
            if self.screen_stack and isinstance(self.screen, BaseScreen):
                self.screen.say(problem)
        library = vars(self).get("library")
        if session.file and session.reading_status is not None and library is not None:
            library.left(session.file, session.reading_status)
            if (screen := self._library_screen) is not None:
                screen.sync()

    def _classify(self, screen: Screen[Any]) -> None:
        screen.update_classes(self._layout_classes(self.size), update=False)

    def _layout_classes(self, size: Size) -> dict[str, bool]:
        """Return whether each size class is set; Textual sets them only after the first frame."""
        classes: dict[str, bool] = {}
        for breakpoints, cells in (
            (self.HORIZONTAL_BREAKPOINTS, size.width),
            (self.VERTICAL_BREAKPOINTS, size.height),
        ):
            _, name = max(step for step in breakpoints if step[0] <= cells)
            classes |= {label: label == name for _, label in breakpoints}
        return classes

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Add filters for characters that the terminal lacks, and for no colours."""
        filters = super().get_line_filters()
        if self.no_color:
            # The default filter turns both text and background in terminal colours black.
            filters = [NoColor()]
        return [*filters, *self._character_filters]

    def on_sample_measured(self, event: SampleMeasured) -> None:
        """Draw in ASCII if the terminal draws signs wider than the layout has them."""
        if event.width <= measure(self.sample):
            return
        self._character_filters = [AsciiFilter(letters=True, ambiguous=False)]
        for screen in self.screen_stack:
            for widget in screen.walk_children(with_self=True):
                widget.refresh()
        self.action_repaint()
        if isinstance(self.screen, BaseScreen):
            self.screen.say("ASCII is drawn: signs are two cells wide in this terminal")

    def save_position(self) -> None:
        """Save the position, since a suspended process may never be resumed."""
        if self._session is not None:
            self._remember_theme(self._session)
            self._session.keep_position()

    def _remember_theme(self, session: ReadingSession) -> None:
        theme = appearance.theme_after(session.theme, self._first_theme, self.theme)
        session.remember_theme(theme)

    @cached_property
    def _commands_of_keys(self) -> dict[str, Command]:
        return commands_of_keys(self.settings.keys)

    async def ready_for(self, event: events.Event) -> None:
        """Wait until the reader has loaded what a key needs."""
        if isinstance(self.screen, ReaderScreen):
            key = event.key if isinstance(event, events.Key) else ""
            await self.screen.ready_for(self._commands_of_keys.get(key))

    @cached_property
    def _unbound_keys(self) -> UnboundKeys:
        return UnboundKeys(self.keys)

    def key_unbound(self, key: str) -> None:
        """Say that a key has no command, unless it went to a field."""
        if isinstance(self.screen, Speaker) and not self.is_typing:
            help_key = key_of(self.keys["help"][0])
            can_help = help_key in self.screen.active_bindings
            self.screen.say(self._unbound_keys.message(key, can_help=can_help))

    def searching_screen(self, event: events.Event) -> Screen[Any] | None:
        """Return the palette or the library search for Enter, which opens a result there."""
        is_enter = self.screen_stack and isinstance(event, events.Key) and event.key == "enter"
        return self.screen if is_enter and getattr(self.screen, "awaits_results", False) else None

    async def on_event(self, event: events.Event) -> None:
        """Remove control characters from a paste, which may hold commands for the terminal.

        A press of the mouse button, which sets the focus, waits for its release on the same target.
        """
        if isinstance(event, events.Paste):
            event.text = printable(event.text)
        elif isinstance(event, events.MouseDown) and not event.is_forwarded:
            self._press = event
            return
        elif isinstance(event, events.MouseUp) and not event.is_forwarded:
            press, self._press = self._press, None
            if press is None or not self._have_same_target(press, event):
                return
            await super().on_event(press)
        await super().on_event(event)

    def _have_same_target(self, press: events.MouseDown, release: events.MouseUp) -> bool:
        """Return whether a press and its release are on one line, or in one list of rows."""
        if not self.screen_stack:
            return False
        with suppress(NoWidget):
            pressed, _ = self.get_widget_at(press.x, press.y)
            released, _ = self.get_widget_at(release.x, release.y)
            is_same_line = press.y == release.y or isinstance(pressed, RowList)
            return pressed is released and is_same_line
        return False

    def on_ready(self) -> None:
        """Subscribe to signals, and check the size of the terminal."""
        self.app_suspend_signal.subscribe(self, lambda _: self.save_position(), immediate=True)
        self.screen_change_signal.subscribe(self, self._classify, immediate=True)
        self._check_size(self.size)

    def on_resize(self, event: events.Resize) -> None:
        """Resize the screens, and cover them while the terminal is too small."""
        if event.size != self.size:
            self._resize_screens(event.size)
        if self.screen_stack:
            self._check_size(event.size)

    def _resize_screens(self, size: Size) -> None:
        """Lay out every screen with its new classes; with the old ones the lists would scroll."""
        classes = self._layout_classes(size)
        for screen in self.screen_stack:
            screen.update_classes(classes, animate=False)
            screen.post_message(events.Resize(size, size))

    def _check_size(self, size: Size) -> None:
        is_covered = self.screen is self._cover
        if is_too_small(size) and not is_covered:
            self._cover = TooSmallScreen()
            self.push_screen(self._cover)
        elif is_covered and not is_too_small(size):
            self.pop_screen()

    def refresh_css(self, animate: bool = True) -> None:
        """Apply the style sheet to a theme; before the first screen, only set its variables."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def on_unmount(self) -> None:
        """Stop indexing."""
        service = vars(self).get("service")
        if service is not None:
            service.close()

    def run_in_terminal(self) -> int:
        """Run on the terminal of this process until the end; return the exit code."""
        terminal = self.surroundings.terminal
        colours = terminal.colours if terminal else None
        try:
            with standard_error_on_terminal():
                device = TtyDevice(terminal=terminal)
                asyncio.run(self.run_on(device, mouse=self.settings.mouse, colours=colours))
        finally:
            if self._session is not None and not self._is_first_saved:
                self.session_left(self._session)
            with suppress(OSError):  # the terminal was closed
                for problem in self.problems:
                    print(f"briefing-tui: {clean(problem)[0]}", file=sys.stderr)
            if self.failure is not None:
                state = self.surroundings.directories.state
                report = report_crash("briefing-tui", self.failure, state)
                sys.stderr.write(clean(report)[0])
        return self.return_code or 0
