"""Lists of a session: their rows, and the highlighted one."""

from __future__ import annotations

from briefing_tui.views.cursor import NO_ROW, Stops, cursor_after, index_of
from briefing_tui.views.pane_registry import PaneSpec
from briefing_tui.views.rows import Row, View
from briefing_tui.views.scene import Scene

NO_VIEW = View(title="", count=0, noun="row", rows=(), empty="")


class ListState:
    """A view, and the position of the highlighted row."""

    def __init__(self) -> None:
        self._view = NO_VIEW
        self._cursor = NO_ROW

    @property
    def view(self) -> View:
        """The rows."""
        return self._view

    @property
    def cursor(self) -> int:
        """Position of the highlighted row; -1 if there is none."""
        return self._cursor if self.view.rows else NO_ROW

    @cursor.setter
    def cursor(self, index: int) -> None:
        self._cursor = index

    @property
    def row(self) -> Row | None:
        """The highlighted row."""
        return _row_at(self.view, self.cursor)

    def show(self, view: View) -> None:
        """Show another view; the cursor stays on its row if it is still there."""
        self._cursor = cursor_after(self._view, view, self._cursor)
        self._view = view

    def show_from_top(self, view: View) -> None:
        """Show another view, with the cursor on its first row."""
        self._view, self._cursor = view, Stops(view).nearest(0)

    def index_of(self, key: str | None) -> int | None:
        """Return the position of a row; None if it is not shown or not selectable."""
        return index_of(self.view, key)

    def select(self, key: str | None) -> None:
        """Highlight the row of a key, if it is shown."""
        index = self.index_of(key)
        if index is not None:
            self._cursor = index


class PaneState(ListState):
    """The list of a pane, whose view of the scene is created on first use."""

    def __init__(self, spec: PaneSpec, scene: Scene, begin: str | None = None) -> None:
        super().__init__()
        self.spec = spec
        self.begin = begin
        """Key of the row to begin at, if the first view has it."""
        self._scene = scene
        self._view_scene: Scene | None = None
        self._prepared: tuple[Scene, View] | None = None

    def show_scene(self, scene: Scene) -> None:
        """Show another scene; the cursor stays on its row if it is still there."""
        self._scene = scene

    def update(self) -> None:
        """Create the view of the current scene, so that the cursor follows its row through it."""
        _ = self.view

    def prepare(self, scene: Scene) -> View:
        """Create the view of a scene that will be shown later. May run in another thread."""
        view = self.spec.view(scene)
        self._prepared = scene, view
        return view

    @property
    def view(self) -> View:
        """The rows of the current scene."""
        if self._view_scene is not self._scene:
            scene, prepared = self._scene, self._prepared
            view = prepared[1] if prepared and prepared[0] is scene else self.spec.view(scene)
            cursor = cursor_after(self._view, view, self._cursor, self.begin)
            self._view, self._cursor, self._view_scene = view, cursor, scene
        return self._view

    @property
    def key(self) -> str | None:
        """Key of the highlighted row; None if the pane has none."""
        return self.row.key if self.row else None

    @property
    def position_key(self) -> str | None:
        """Key to begin at in the next session. Does not create a view."""
        row = _row_at(self._view, self._cursor)
        return row.key if row else self.begin

    @property
    def stops(self) -> Stops:
        """The positions of the selectable rows."""
        return Stops(self.view)


def _row_at(view: View, index: int) -> Row | None:
    return view.rows[index] if 0 <= index < len(view.rows) else None
