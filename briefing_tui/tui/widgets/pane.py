"""Titled regions of a screen: a rule with a name, a count and a position, and the rows below."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.geometry import Region
from textual.reactive import var
from textual.strip import Strip

from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.session.list_state import ListState
from briefing_tui.tui.strips import join_ends
from briefing_tui.tui.widgets.line_widget import draw_line
from briefing_tui.tui.widgets.row_layout import RowLayout
from briefing_tui.tui.widgets.row_list import RowList, text_width
from briefing_tui.views import glyphs
from briefing_tui.views.evidence import evidence
from briefing_tui.views.labels import quantity
from briefing_tui.views.rows import Role, Row, Span, Spans, View, join_spans, plain
from briefing_tui.views.scene import Scene

FULL_HEIGHT = 14
"""Lines from which a list of details shows them in full."""
_RULE_CELLS = 7
"""Cells of a rule beside its title and state: blanks around both, and rules between and beside."""


def title_rule(title: str, role: Role, state: Spans, *, focused: bool) -> tuple[Spans, Spans, Span]:
    """Return both ends of a rule with a title and a state, and its fill: heavy if focused."""
    rule = glyphs.RULE_STRONG if focused else glyphs.RULE
    fill = Span(rule, "accent" if focused else "rule")
    blank = Span(" ")
    start = (fill, blank, Span(title, role), blank)
    end = (blank, *state, blank, fill) if state else (fill,)
    return start, end, fill


class TitledList(RowList):
    """A list of rows below a rule, in its padding: another widget would slow down every layout."""

    DEFAULT_CSS = "TitledList { padding: 1 0 0 0; }"

    def __init__(self, title: str, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.pane_title = title

    def changed(self) -> None:
        """Redraw the rule as well, which shows the position."""
        super().changed()
        self._redraw_rule()

    @on(events.Focus)
    @on(events.Blur)
    def _redraw_rule(self) -> None:
        self.refresh(Region(0, -self.gutter.top, self.size.width, 1))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the rule and the lines below it."""
        strips = super().render_lines(crop)
        if crop.y == 0 and strips:
            role: Role = "heading" if self.has_focus else "muted"
            rule = title_rule(self.pane_title, role, self.state(self.view), focused=self.has_focus)
            strips[0] = self.edge(*rule).crop(crop.x, crop.right)
        return strips

    def edge(self, start: Spans, end: Spans, fill: Span) -> Strip:
        """Return a line above the rows with the line filters that Textual would apply."""
        width = self.size.width
        line = draw_line(self.app, join_ends(start, end, width, fill=fill), width)
        for line_filter in self.get_line_filters():
            line = line.apply_filter(line_filter, self.background_colors[1])
        return line

    def state(self, view: View) -> Spans:
        """Return the count and position, with arrows if there is more above or below.

        Beside a long title, or in a narrow pane, the position alone.
        """
        number, stops = self.position()
        first, last, lines = self.lines_seen
        up = glyphs.UP if first > 0 else " "
        down = glyphs.DOWN if last < lines else " "
        place = f"{number}/{stops}" if stops else None
        whole = (*join_spans([view.quantity, place]), Span(f" {up}{down}", "accent"))
        room = self.size.width - cell_width(self.pane_title) - _RULE_CELLS
        if self.size.width < 40 or cell_width(plain(whole)) > room:
            return join_spans([place or "0"])
        return whole


class Pane(TitledList):
    """Shows a list of the session: its view and its cursor."""

    DEFAULT_CSS = "Pane.-headed { padding: 2 0 0 0; }"

    def __init__(
        self,
        state: ListState,
        title: str,
        *,
        id: str,  # noqa: A002
        headings: Callable[[int], tuple[Spans, Spans]] | None = None,
    ) -> None:
        super().__init__(title, id=id)
        self.set_class(headings is not None, "-headed", update=False)
        self._headings = headings
        """Returns both ends of a line with the headings of columns, by the width."""
        self._state = state
        self._synced: View | None = None
        """The view of the session that was shown last."""
        self._prepared: RowLayout | None = None

    def sync(self) -> bool:
        """Show the state of the session; return whether it has another view."""
        view = self._state.view
        is_other = view is not self._synced
        if is_other:
            self._synced = view  # assigning an equal view redraws nothing
            self.view = view
        self.cursor = self._state.cursor
        return is_other

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the rule, the headings and the lines below them."""
        strips = super().render_lines(crop)
        if self._headings and crop.y <= 1 < crop.bottom and len(strips) > 1 - crop.y:
            line = self.edge(*self._headings(self.size.width), Span(" "))
            strips[1 - crop.y] = line.crop(crop.x, crop.right)
        return strips

    def cursor_in(self, old: View, new: View) -> int:  # noqa: ARG002
        """Return the cursor of the session."""
        return self._state.cursor

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw the rows that changed, and move the cursor of the session."""
        super().watch_cursor(old, new)
        if self._synced is self._state.view:
            self._state.cursor = new

    def prepare(self, view: View, width: int) -> None:
        """Lay out a view that will be shown later, at a likely width. Runs in a thread."""
        self._prepared = super().make_layout(view, width)

    def make_layout(self, view: View, width: int) -> RowLayout:
        """Lay out a view, or return the layout that was prepared."""
        prepared = self._prepared
        if width:
            self._prepared = None
        if prepared and prepared.view is view and prepared.width == text_width(width):
            return prepared
        return super().make_layout(view, width)


class DetailList(TitledList, can_focus=False):
    """Rows about the highlighted row of another list, without a cursor."""

    def __init__(self, title: str, *, id: str, hint: str = "") -> None:  # noqa: A002
        super().__init__(title, id=id)
        self._hint = hint
        """Follows the number of hidden lines."""

    def state(self, view: View) -> Spans:  # noqa: ARG002
        """Return how many lines are hidden."""
        hidden = self.hidden_lines
        return join_spans([f"{quantity(hidden, 'more line')}{self._hint}" if hidden > 0 else None])


class EvidencePane(TitledList):
    """The evidence of the highlighted row of the active pane."""

    brief: var[bool] = var(True)
    _row: Row | None = None
    _scene: Scene | None = None

    def show(self, scene: Scene, row: Row | None) -> None:
        """Show the evidence of a row, from the top if it is another row."""
        is_other = row is not self._row
        if scene is self._scene and not is_other:
            return
        self._scene, self._row = scene, row
        self.view = evidence(scene, row, brief=self.brief)
        if is_other:
            self.scroll_to(y=0, animate=False)

    def watch_brief(self) -> None:
        """Show more or less."""
        if self._scene is not None:
            self.view = evidence(self._scene, self._row, brief=self.brief)

    def watch_room(self) -> None:
        """Choose between the brief and the full evidence."""
        self.brief = self.outer_size.height < FULL_HEIGHT
        super().watch_room()

    def state(self, view: View) -> Spans:
        """Return the number of sources, and how many lines are hidden, as far as there is room."""
        hidden = self.hidden_lines
        more = f"{quantity(hidden, 'more line')}, e to scroll" if hidden > 0 else None
        counts = (view.counts or (view.quantity,)) if view.rows else (None,)
        states = [
            join_spans([count, rest]) for rest in dict.fromkeys((more, None)) for count in counts
        ]
        room = self.size.width - cell_width(self.pane_title) - _RULE_CELLS
        return next((state for state in states if cell_width(plain(state)) <= room), states[-1])
