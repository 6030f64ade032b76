"""A titled region of the reader: a rule with its name, count and position, and its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from textual.geometry import Region
from textual.reactive import var
from textual.strip import Strip

from briefing_tui.reader.panes.inked import Bar
from briefing_tui.reader.panes.rowlist import RowList
from briefing_tui.reader.panes.sheet import Sheet
from briefing_tui.reader.visuals import ends
from briefing_tui.views import glyphs
from briefing_tui.views.evidence import evidence
from briefing_tui.views.rows import Row, Span, Spans, View, joined
from briefing_tui.views.scene import Scene

ViewOf = Callable[[Scene], View]


def ruled(name: Spans, state: Spans, *, focused: bool) -> tuple[Spans, Spans, Span]:
    """The ends of a rule with a name and a state on it, and what fills it: heavy with the keys."""
    rule = glyphs.RULE_STRONG if focused else glyphs.RULE
    fill = Span(rule, "accent" if focused else "rule")
    blank = Span(" ")
    left = (fill, blank, *name, blank) if name else (fill,)
    right = (blank, *state, blank, fill) if state else (fill,)
    return left, right, fill


class PaneTitle(Bar):
    """A rule with a name."""

    def show(self, name: Spans, state: Spans, *, focused: bool) -> None:
        """Set what the rule says."""
        self.left, self.right, self.fill = ruled(name, state, focused=focused)
        self.refresh()


class Ruled(RowList):
    """Rows below a rule that says what they are.

    The rule is drawn in the list's own padding: a widget of its own for one line would cost every
    start and every change a share of the layout.
    """

    DEFAULT_CSS = "Ruled { padding: 1 0 0 0; }"

    pane_title = ""

    def changed(self) -> None:
        """Say anew what is in the pane and how much of it is seen."""
        super().changed()
        self.retitle()

    def on_focus(self) -> None:
        """Draw the rule heavy."""
        self.retitle()

    def on_blur(self) -> None:
        """Draw the rule light."""
        self.retitle()

    def retitle(self) -> None:
        """Draw the rule anew."""
        self.refresh(Region(0, -self.gutter.top, self.size.width, 1))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the rule and the lines below it."""
        strips = super().render_lines(crop)
        if crop.y == 0 and strips:
            focused = self.has_focus
            named = (Span(self.pane_title, "heading" if focused else "muted"),)  # type: ignore[arg-type]
            left, right, fill = ruled(named, self.state(self.view), focused=focused)
            strips[0] = self.edge(left, right, fill).crop(crop.x, crop.right)
        return strips

    def edge(self, left: Spans, right: Spans, fill: Span) -> Strip:
        """A line above the rows, as the framework would draw it."""
        width = self.size.width
        line = self.ink(ends(left, right, width, fill=fill), width)
        for change in self.get_line_filters():
            line = line.apply_filter(change, self.background_colors[1])
        return line

    def state(self, view: View) -> Spans:
        """Count and position, with an arrow where more is above or below."""
        number, stops = self.position()
        first, last, lines = self.lines_seen
        up = glyphs.UP if first > 0 else " "
        down = glyphs.DOWN if last < lines else " "
        place = f"{number}/{stops}" if stops else None
        if self.size.width < 40:
            return joined([place or "0"])
        return (*joined([view.counted, place]), Span(f" {up}{down}", "accent"))


class Prepared(NamedTuple):
    """Rows that are ready to be shown."""

    scene: Scene
    view: View
    width: int
    sheet: Sheet


class Pane(Ruled):
    """One of the panes: redraws from its view whenever the scene changes."""

    scene: var[Scene | None] = var(None)

    def __init__(self, name: str, title: str, view: ViewOf, *, pane_id: str) -> None:
        super().__init__(id=pane_id)
        self.pane_name = name
        self.pane_title = title
        self._view = view
        self._stale = False
        self._prepared: Prepared | None = None

    def watch_scene(self) -> None:
        """Make the rows anew; where nobody sees them, after what is seen has been drawn."""
        self._stale = True
        if self.display:
            self.catch_up()

    def catch_up(self) -> None:
        """Make the rows of the present scene, unless they are there."""
        if self._stale and self.scene is not None:
            self._stale = False
            ready = self._prepared
            known = ready is not None and ready.scene is self.scene
            self.view = ready.view if ready and known else self.view_of(self.scene)

    def prepare(self, scene: Scene, width: int) -> None:
        """Make the rows of a scene that is to come, at a likely width; called in a thread."""
        view = self.view_of(scene)
        self._prepared = Prepared(scene, view, width, super().sheet(view, width))

    def sheet(self, view: View, width: int) -> Sheet:
        """A view laid out for a width of the pane, if that has not been done yet."""
        ready = self._prepared
        if not width or ready is None:
            return super().sheet(view, width)
        self._prepared = None
        fits = ready.view is view and ready.width == width
        return ready.sheet if fits else super().sheet(view, width)

    def view_of(self, scene: Scene) -> View:
        """What this pane shows of a scene."""
        return self._view(scene)


class EvidencePane(Pane):
    """What the highlighted row of the active pane rests on."""

    row: var[Row | None] = var(None)
    brief: var[bool] = var(True)
    """Whether there is room for a few lines only."""

    def __init__(self) -> None:
        super().__init__("evidence", "Evidence", self._evidence, pane_id="evidence")

    def watch_row(self) -> None:
        """Follow the highlighted row, from its beginning."""
        self._stale = True
        self.catch_up()
        self.scroll_to(y=0, animate=False)

    def _evidence(self, scene: Scene) -> View:
        return evidence(scene, self.row, brief=self.brief)

    def watch_brief(self) -> None:
        """Say more, or less."""
        self._stale = True
        self.catch_up()

    def watch_room(self) -> None:
        """Use the room there is."""
        self.brief = self.outer_size.height < 14
        super().watch_room()

    def state(self, view: View) -> Spans:
        """How many sources, and whether more is below."""
        first, last, lines = self.lines_seen
        hidden = lines - (last - first)
        more = (
            f"{hidden} more line{'' if hidden == 1 else 's'}, e to scroll" if hidden > 0 else None
        )
        return joined([view.counted if view.rows else None, more])
