"""Runs steps on the screen, by keys under a pilot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from unittest.mock import patch

from textual import events
from textual.widgets import Input

from briefing_tui.commands.registry import by_id
from briefing_tui.library.discovery import Roots
from briefing_tui.library.index.library_index import Listed
from briefing_tui.library.workspace import Workspace
from briefing_tui.session.library_session import LibrarySession
from briefing_tui.session.reading_session import ReadingSession
from briefing_tui.surroundings import Surroundings
from briefing_tui.tui.app import BriefingApp
from briefing_tui.tui.command_palette import CommandPalette
from briefing_tui.tui.screens.library import LibraryScreen
from briefing_tui.tui.screens.pickers import LetterPicker, LinkPicker
from briefing_tui.tui.screens.prompt import Prompt
from briefing_tui.tui.screens.reader import ReaderScreen
from briefing_tui.views.header_footer import footer_hints
from briefing_tui.views.rows import plain
from tests.differential.line_face import closes
from tests.differential.messages import screen_message
from tests.differential.reader_state import Desk, State, state_of
from tests.differential.steps import Step
from tests.pilot.driving import Reading, taken

KEYS = {command.id: command.keys.split(",")[0] for command in by_id().values()}
LONG = 6
"""Characters from which a text is pasted, not typed."""


class ScreenFace:
    """A reader at a full screen."""

    def __init__(self, desk: Desk, size: tuple[int, int]) -> None:
        self._desk = desk
        self._size = size
        self._path = desk.path
        self._running = AsyncExitStack()
        self._reading: Reading

    @property
    def reader(self) -> ReaderScreen:
        """The uppermost briefing."""
        stack = reversed(self._reading.app.screen_stack)
        return next(screen for screen in stack if isinstance(screen, ReaderScreen))

    @property
    def session(self) -> ReadingSession:
        """The session of the open briefing."""
        return self.reader.session

    async def begin(self) -> None:
        """Start the program."""
        desk = self._desk
        is_library = desk.world.library

        def workspace() -> Workspace:
            return Workspace(
                Roots.of([desk.library]), None, processes=0, directories=desk.directories
            )

        app = BriefingApp(
            None if is_library else desk.open(self._path),
            desk.opener,
            workspace=workspace if is_library or desk.world.subject else None,
            surroundings=Surroundings({}, desk.directories),
        )
        pilot = await self._running.enter_async_context(app.run_test(size=self._size))
        self._reading = Reading(app, pilot)
        if is_library:
            await self._idle()
            await self._enter(self._path)
        await self.reader.settled()
        await self._reading.settle()

    async def end(self) -> None:
        """Quit the program."""
        await self._running.aclose()

    def state(self) -> State:
        """Return the state before the first step."""
        return state_of(self.session, "")

    async def run(self, step: Step) -> State:
        """Run a step; return the state after it."""
        command = step.command
        if command == "edit-file":
            self._desk.edit(int(step.text))
            return state_of(self.session, "")
        if command == "open":
            await self._press(KEYS["library"])
            return await self._open(self._desk.paths[int(step.text)])
        reader = self.reader
        if command == "search" and not step.text and self.session.search.text:
            step = step._replace(command="")  # the number of the match is no answer to it
        is_closing = closes(self.session, command, in_library=self._desk.world.library)
        count = f"0{step.times}" if step.times else ""
        await self._press(*count, KEYS[command])
        if is_closing:
            return await self._open(self._path)
        message = await self._answer(step, reader)
        return state_of(self.session, message.replace(f"{self._desk.library}/", ""))

    async def _open(self, path: Path) -> State:
        """Open a briefing from the list, or start again if the program ended."""
        self._path = path
        if self._reading.app.is_running:
            await self._enter(path)
        else:
            await self.end()
            await self.begin()
        return self.state()

    async def _enter(self, path: Path) -> None:
        """Open a briefing from the list."""
        screen = self._reading.top
        assert isinstance(screen, LibraryScreen), screen
        library: LibrarySession = screen.session
        entries = [row.entry for row in library.rows.view.rows if row.selectable]
        paths = [entry.path for entry in entries if isinstance(entry, Listed)]
        await self._press("g", *f"0{paths.index(str(path)) + 1}", "G", "enter")
        await self._idle()
        await self.reader.settled()
        await self._reading.settle()

    async def _press(self, *keys: str) -> None:
        await self._reading.press(*keys)

    async def _idle(self) -> None:
        await self._reading.settle()
        await self._reading.until(
            lambda: all(worker.is_finished for worker in self._reading.app.workers), "the workers"
        )
        await self._reading.settle()

    async def _answer(self, step: Step, reader: ReaderScreen) -> str:
        """Answer or close what a command opened; return the message."""
        reading = self._reading
        if reader.has_class("-searching"):
            await (self._enter_text(step.text) if step.accepts else self._press("escape"))
        if reader.has_class("-evidence"):
            await self._press(KEYS["evidence"])
        top = reading.top
        if isinstance(top, LetterPicker):
            await self._press(step.text if step.accepts else "escape")
        elif isinstance(top, LinkPicker):
            number = int(step.text or 0) % min(len(top.list.view.rows), 9) + 1
            await self._press(str(number) if step.accepts else "escape")
        elif isinstance(top, CommandPalette):
            await self._choose_by_name(step)
        elif isinstance(top, Prompt):
            await self._fill(step)
        return await self._message(step, reader)

    async def _fill(self, step: Step) -> None:
        """Fill a prompt."""
        field = self._reading.top.query_one(Input)
        is_removal = step.command == "note" and step.text == "-"
        if not step.accepts or (is_removal and not field.value):
            await self._press("escape")
            return
        await self._press("home", "ctrl+k")
        await self._enter_text("" if is_removal else step.text)

    async def _choose_by_name(self, step: Step) -> None:
        """Choose the first result of the palette, or close it if there is none."""
        await self._reading.settle()
        if step.accepts:
            await self._enter_text(step.text)
        if isinstance(self._reading.top, CommandPalette):
            await self._press("escape")
        await self._reading.settle()

    async def _enter_text(self, text: str) -> None:
        """Type a short text or paste a longer one, and press Enter."""
        # A field that holds the text already does not notice that it is pasted.
        if len(text) < LONG or text == self.session.search.text:
            await self._reading.type(text)
        else:
            self._reading.app.post_message(events.Paste(text))
            await self._reading.settle()
        await self._press("enter")

    async def _message(self, step: Step, reader: ReaderScreen) -> str:
        """Return the message, and close what covers the briefing."""
        reading = self._reading
        top = reading.top
        covers = top is not reader
        if isinstance(top, Prompt):
            problem = top.query_one("#problem")
            lines = (problem.render_line(y).text for y in range(problem.size.height))
            text = " ".join(" ".join(lines).split())
            covers = False
        else:
            status = (reader.footer.left, reader.footer.right)
            has_hints = status == footer_hints(reader.keys, reading.app.size.width)
            text = "" if has_hints else plain(status[0]).strip()
        if covers and isinstance(top, ReaderScreen):
            covers, text = False, ""  # a briefing that the dossier is from
        for _ in range(3):
            if reading.top is not reader:
                await self._press("escape")
                await self._idle()
        assert reading.top is reader, reading.top
        return screen_message(step.command, text, covers=covers)


@asynccontextmanager
async def screen_face(desk: Desk, size: tuple[int, int]) -> AsyncIterator[ScreenFace]:
    """Run a screen that neither watches its file nor opens a browser."""
    with (
        patch("briefing_tui.tui.screens.reader.INTERVAL", 1e6),
        patch("briefing_tui.tui.web_browser.open_page", taken),
    ):
        face = ScreenFace(desk, size)
        await face.begin()
        try:
            yield face
        finally:
            await face.end()
