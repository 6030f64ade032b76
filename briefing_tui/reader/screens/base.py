"""The reading screen's state and layout, on which its groups of commands build."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.reactive import var

from briefing_tui.reader.chrome import footer_hints, header, tabs
from briefing_tui.reader.history import History, Location
from briefing_tui.reader.panes.inked import Bar
from briefing_tui.reader.panes.pane import EvidencePane, Pane
from briefing_tui.reader.panes.rowlist import RowList
from briefing_tui.reader.screens.common import Everywhere
from briefing_tui.views.panes import PANES
from briefing_tui.views.rows import Row, Span, Spans
from briefing_tui.views.scene import Scene

WIDE = 110
"""Columns from which all panes are seen at once."""


class ReaderBase(Everywhere):
    """Owns what is shown: the scene, the active pane, the search, and where the reader has been."""

    scene: var[Scene] = var(None, init=False)  # type: ignore[arg-type]
    sought: var[str] = var("")
    wide_from = WIDE
    """Columns from which all panes are seen at once in the layout that is set."""
    _said = ""
    """What the last line says until the next key, whatever is drawn before that."""

    def __init__(self, scene: Scene, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self.set_reactive(ReaderBase.scene, scene)
        self.keys = keys
        self.history = History()
        self.panes = [
            Pane(spec.name, f"{number} {spec.title}", spec.view, pane_id=spec.name)
            for number, spec in enumerate(PANES, 1)
        ]
        self.panes[0].add_class("-active", update=False)
        self.evidence = EvidencePane()
        self.active = 0
        self._composed = asyncio.Event()
        self.grid = Container(id="panes")
        self._header = Bar(id="header")
        self._tabs = Bar(id="tabs")
        self.footer = Bar(id="footer")

    def compose(self) -> ComposeResult:
        """Mount every pane once; the style sheet moves them."""
        wide = self.app.size.width >= self.wide_from
        seen = self.panes if wide else self.panes[: self.active + 1]
        for pane in self.panes:
            pane.data_bind(ReaderBase.scene, ReaderBase.sought)
        yield self._header
        yield self._tabs
        with Container(id="body"):
            with self.grid:
                yield from seen
            yield self.evidence.data_bind(ReaderBase.scene, ReaderBase.sought)
        with Container(id="bottom"):
            yield self.footer

    def on_mount(self) -> None:
        """Begin in the active pane."""
        for pane in self.panes:
            # Not by a message: the list would be drawn before it came, and the evidence after.
            self.watch(pane, "cursor", self._follow_with_evidence, init=False)
        self.activate(self.active)
        self._composed.set()

    async def composed(self) -> None:
        """Return once the active pane is there, in which keys can move."""
        await self._composed.wait()

    def catch_up(self) -> None:
        """Bring the panes up to the scene that nobody sees."""
        for pane in self.panes:
            pane.catch_up()

    def watch_scene(self) -> None:
        """Say what is shown."""
        self.redraw_chrome()

    def on_resize(self) -> None:
        """Write the lines around the panes for the new width, and keep the keys in a pane seen."""
        self.redraw_chrome()
        if self.focused is None or not self.focused.display:
            self.activate(self.active)

    @property
    def rows(self) -> RowList:
        """The rows of the active pane."""
        return self.panes[self.active]

    @property
    def row(self) -> Row | None:
        """The highlighted row of the active pane."""
        return self.rows.row

    @property
    def here(self) -> Location:
        """Where the reader is."""
        return Location(self.active, self.row.key if self.row else "")

    def activate(self, number: int) -> None:
        """Give the keys to a pane."""
        self.panes[number].catch_up()
        self.remove_class("-evidence")
        self.active = number
        for position, pane in enumerate(self.panes):
            pane.set_class(position == number, "-active")
        # At once, so that the keys typed next go there; Widget.focus() would let one pass.
        self.set_focus(self.rows, scroll_visible=False)
        self.evidence.row = self.row
        self.redraw_chrome()

    def go(self, place: Location) -> bool:
        """Put the reader on a row; whether it is there."""
        if place.pane != self.active or self.evidence.has_focus:
            self.activate(place.pane)
        return self.rows.select(place.key)

    def show(self, scene: Scene) -> None:
        """Show another scene; every pane keeps its row where it is still there."""
        self.scene = scene
        self.evidence.row = self.row
        self.call_after_refresh(self.catch_up)

    def has(self, place: Location) -> bool:
        """Whether a row is shown now; a pane without rows has no key."""
        rows = self.panes[place.pane].view.rows
        return not place.key or any(row.key == place.key and row.selectable for row in rows)

    def find(self, key: str) -> Location | None:
        """The place of a row in any pane."""
        for number, pane in enumerate(self.panes):
            if any(row.key == key and row.selectable for row in pane.view.rows):
                return Location(number, key)
        return None

    def say(self, message: str) -> None:
        """Tell something on the last line, until the next key."""
        self._said = message
        self._draw_footer()
        # A class costs a layout: only where the line has to appear first.
        if self.has_class("-tiny") or self.has_class("-short"):
            self.add_class("-saying")

    def action_source(self) -> None:
        """Show the sources of the row, where there is nothing else to follow."""

    def redraw_chrome(self) -> None:
        """Draw header, tabs and footer anew."""
        if not self.is_attached:
            return
        width = self.app.size.width
        seen = width if width >= self.wide_from else min(width, WIDE - 1)
        self._header.left, self._header.right = header(self.scene, seen)
        self._tabs.left, self._tabs.right = tabs(self.active, self.scene, self.app.size.width)
        self._draw_footer()

    def status(self) -> tuple[Spans, Spans]:
        """What the last line says where nothing else does."""
        return footer_hints(self.keys, self.app.size.width)

    def on_key(self) -> None:
        """Take a message off the last line."""
        self.remove_class("-saying")
        self.say_nothing()

    def say_nothing(self) -> None:
        """Take what was said off the last line."""
        self._said = ""
        self._draw_footer()

    def _draw_footer(self) -> None:
        said = (Span(f" {self._said}", "accent"),), ()
        self.footer.left, self.footer.right = said if self._said else self.status()

    def _follow_with_evidence(self) -> None:
        if self.evidence.row is not self.row:
            self.evidence.row = self.row

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        if event.rows is self.rows:
            self._follow_with_evidence()
        if event.rows.count:
            self.say(event.rows.count)
