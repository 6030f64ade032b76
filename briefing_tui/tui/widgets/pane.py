"""A titled region of the reader: a rule with its name, count and position, and its rows."""

from __future__ import annotations

from typing import NamedTuple

from textual.geometry import Region
from textual.reactive import var
from textual.strip import Strip

from briefing_tui.session.pane_state import PaneState
from briefing_tui.tui.strips import ends
from briefing_tui.tui.widgets.line_widget import Bar
from briefing_tui.tui.widgets.row_layout import RowLayout
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views import glyphs
from briefing_tui.views.evidence import evidence
from briefing_tui.views.labels import quantity
from briefing_tui.views.rows import Row, Span, Spans, View, join_spans
from briefing_tui.views.scene import Scene


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
            return join_spans([place or "0"])
        return (*join_spans([view.quantity, place]), Span(f" {up}{down}", "accent"))


class PreparedLayout(NamedTuple):
    """Rows that are laid out before they are shown."""

    view: View
    width: int
    sheet: RowLayout


class Pane(Ruled):
    """One of the panes: shows the view and the cursor that the session has for it."""

    def __init__(self, state: PaneState, title: str) -> None:
        super().__init__(id=state.spec.name)
        self.pane_title = title
        self.begin = state.begin
        self._state = state
        self._shown: View | None = None
        """The view of the session that is shown."""
        self._prepared: PreparedLayout | None = None

    def sync(self) -> None:
        """Show what the session has; a hidden pane waits until what is seen has been drawn."""
        if self.display:
            self.catch_up()

    def catch_up(self) -> None:
        """Show what the session has."""
        view = self._state.view
        if view is not self._shown:
            self._shown = view  # which may equal the one before, so that nothing is to be drawn
            self.view = view
        if self.cursor != self._state.cursor:
            self.cursor = self._state.cursor

    def cursor_in(self, old: View, new: View) -> int:  # noqa: ARG002
        """Return the position that the session has for the cursor."""
        return self._state.cursor

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the rows that changed, and let the session know."""
        super().watch_cursor(old, new)
        if self._shown is self._state.view:
            self._state.cursor = new

    def prepare(self, scene: Scene, width: int) -> None:
        """Lay out the rows of a scene that is to come, at a likely width. Runs in a thread."""
        view = self._state.prepare(scene)
        self._prepared = PreparedLayout(view, width, super().sheet(view, width))

    def sheet(self, view: View, width: int) -> RowLayout:
        """Return a view laid out for a width of the pane."""
        prepared = self._prepared
        if not width or prepared is None:
            return super().sheet(view, width)
        self._prepared = None
        fits = prepared.view is view and prepared.width == width
        return prepared.sheet if fits else super().sheet(view, width)


class EvidencePane(Ruled):
    """What the highlighted row of the active pane rests on."""

    brief: var[bool] = var(True)
    """Whether there is room for a few lines only."""

    def __init__(self) -> None:
        super().__init__(id="evidence")
        self.pane_title = "Evidence"
        self.row_shown: Row | None = None
        """The row whose evidence is shown."""
        self._scene: Scene | None = None

    def show(self, scene: Scene, row: Row | None) -> None:
        """Show the evidence of a row; that of another row from its beginning."""
        is_other = row is not self.row_shown
        if scene is self._scene and not is_other:
            return
        self._scene, self.row_shown = scene, row
        self.view = evidence(scene, row, brief=self.brief)
        if is_other:
            self.scroll_to(y=0, animate=False)

    def watch_brief(self) -> None:
        """Say more, or less."""
        if self._scene is not None:
            self.view = evidence(self._scene, self.row_shown, brief=self.brief)

    def watch_room(self) -> None:
        """Use the room there is."""
        self.brief = self.outer_size.height < 14
        super().watch_room()

    def state(self, view: View) -> Spans:
        """Return how many sources there are, and whether more is below."""
        first, last, lines = self.lines_seen
        hidden = lines - (last - first)
        more = f"{quantity(hidden, 'more line')}, e to scroll" if hidden > 0 else None
        return join_spans([view.quantity if view.rows else None, more])
