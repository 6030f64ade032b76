"""From one briefing of a library to the next that has something unread, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from briefing_tui.annotations.reading_status import Standing
from briefing_tui.briefing.text import one_line
from briefing_tui.library.workspace import CannotReadError, Opened
from briefing_tui.storage.positions import Position
from briefing_tui.tui.resuming import scene_at
from briefing_tui.tui.screens.library import LibraryScreen
from briefing_tui.tui.screens.unread import told_news
from briefing_tui.views.annotations import news_of
from briefing_tui.views.panes import PANES
from briefing_tui.views.scene import Scene
from briefing_tui.views.unread_rows import later_unread, told_count, told_day, unread_rows

if TYPE_CHECKING:
    from briefing_tui.annotations.store import Notebook
    from briefing_tui.library.service import Librarian
    from briefing_tui.tui.app import BriefingApp
    from briefing_tui.tui.screens.reader import ReaderScreen

Left = tuple[str, Position]
"""A briefing that was gone on from, by its path, and where the reader was in it."""


class Onward:
    """The way from one briefing of a library to the others."""

    def __init__(
        self,
        app: BriefingApp,
        librarian: Librarian,
        screen: ReaderScreen,
        path: str,
        trail: tuple[Left, ...] = (),
    ) -> None:
        """Know where a briefing stands.

        Args:
            app: What opens the others.
            librarian: Who knows what is unread in them.
            screen: The briefing that is read.
            path: Its file.
            trail: The briefings that were gone on from to come here, the last one last.
        """
        self._app = app
        self._librarian = librarian
        self._screen = screen
        self._path = path
        self._trail = trail

    @property
    def elsewhere(self) -> int:
        """How many entries are unread in the other briefings."""
        known = self._librarian.standings or {}
        return sum(one.unread for path, one in known.items() if path != self._path)

    def go(self, *, back: bool) -> bool:
        """Open another briefing in the place of this one; whether there was one to open."""
        stack = self._app.screen_stack
        library = next((one for one in stack if isinstance(one, LibraryScreen)), None)
        if library is None or stack[-1] is not self._screen:
            return False
        if self._screen.standing is not None:
            self._librarian.left(self._path, self._screen.standing)
        if back and self._trail and self._return(library):
            return True
        for path in library.unread_from(self._path, back=back):
            opened = self._read(path)
            found = _begun(opened, back=back) if opened is not None else None
            if opened is None or found is None:
                # Another version than the index knows, or none that can be read.
                self._librarian.left(path, Standing(opened=True))
                continue
            count = told_count(found.unread, self._unread_but(path))
            told = told_news(found.news, found.pane, count, found.when)
            way = "Briefing before" if back else "Next briefing"
            trail = () if back else (*self._trail, (self._path, self._screen.position))
            self._open(library, opened, found.place, f"{way} · {told}", trail)
            return True
        return False

    def _return(self, library: LibraryScreen) -> bool:
        path, position = self._trail[-1]
        opened = self._read(path)
        if opened is None:
            return False
        told = f"Back in {one_line(opened.document.briefing.title)}"
        self._open(library, opened, position, told, self._trail[:-1])
        return True

    def _open(
        self,
        library: LibraryScreen,
        opened: Opened,
        place: Position,
        notice: str,
        trail: tuple[Left, ...],
    ) -> None:
        self._app.pop_screen()
        library.stand_at(opened.path)
        self._app.open_reader(opened, place, notice, trail)

    def _read(self, path: str) -> Opened | None:
        try:
            return self._librarian.desk.read(path)
        except CannotReadError:
            return None

    def _unread_but(self, path: str) -> int:
        known = self._librarian.standings or {}
        return sum(one.unread for name, one in known.items() if name != path)


class _Begun(NamedTuple):
    """Where a briefing begins with what is unread in it."""

    place: Position
    pane: int
    news: str
    when: str
    """The day that is shown, where it is another than the briefing's own."""
    unread: int


def _begun(opened: Opened, *, back: bool) -> _Begun | None:
    """The first or the last unread row of a briefing, on the first day that has one."""
    scene = scene_at(opened.document, None)
    if opened.opening.notebook is None:
        return None
    scene = _marked(scene, opened.opening.notebook(scene))
    while not (found := unread_rows(scene, views := [spec.view(scene) for spec in PANES])):
        later = later_unread(scene)
        if later is None:
            return None
        scene = later
    at = found[-1 if back else 0]
    row = views[at.pane].rows[at.row]
    name = PANES[at.pane].name
    day = scene.other_day
    return _Begun(
        Position(pane=name, rows={name: row.key}, as_of=day),
        at.pane,
        news_of(scene, row),
        told_day(day) if day else "",
        scene.marks.unread if scene.marks else 0,
    )


def _marked(scene: Scene, notebook: Notebook) -> Scene:
    return msgspec.structs.replace(scene, marks=notebook.marks)
