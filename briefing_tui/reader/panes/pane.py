"""A titled region of the reader: a rule with its name, count and position, and its rows."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import var

from briefing_tui.reader.panes.inked import Bar
from briefing_tui.reader.panes.rowlist import RowList
from briefing_tui.views import glyphs
from briefing_tui.views.evidence import evidence
from briefing_tui.views.rows import Row, Span, Spans, View, joined
from briefing_tui.views.scene import Scene

ViewOf = Callable[[Scene], View]


class PaneTitle(Bar):
    """The rule above a pane; a heavy one where the keys go."""

    def show(self, name: Spans, state: Spans, *, focused: bool) -> None:
        """Set what the rule says."""
        rule = glyphs.RULE_STRONG if focused else glyphs.RULE
        ink = "accent" if focused else "rule"
        self.fill = Span(rule, ink)  # type: ignore[arg-type]
        edge = Span(rule, ink)  # type: ignore[arg-type]
        blank = Span(" ")
        self.left = (edge, blank, *name, blank) if name else (edge,)
        self.right = (blank, *state, blank, edge) if state else (edge,)
        self.refresh()


class Pane(Vertical):
    """One of the panes: redraws from its view whenever the scene changes."""

    scene: var[Scene | None] = var(None)
    sought: var[str] = var("")

    def __init__(self, name: str, title: str, view: ViewOf, *, pane_id: str) -> None:
        super().__init__(id=pane_id, classes="pane")
        self.pane_name = name
        self.pane_title = title
        self._view = view
        self.rows = RowList(id=f"{pane_id}-rows")
        self._title = PaneTitle(classes="pane-title")

    def compose(self) -> ComposeResult:
        """The rule and the rows."""
        yield self._title
        yield self.rows

    def watch_scene(self) -> None:
        """Make the rows anew."""
        if self.scene is not None:
            self.rows.view = self.view_of(self.scene)

    def watch_sought(self) -> None:
        """Mark what is searched for."""
        self.rows.sought = self.sought

    def view_of(self, scene: Scene) -> View:
        """What this pane shows of a scene."""
        return self._view(scene)

    @on(RowList.Moved)
    def _moved(self) -> None:
        self.retitle()

    def on_descendant_focus(self) -> None:
        """Draw the rule heavy."""
        self.retitle()

    def on_descendant_blur(self) -> None:
        """Draw the rule light."""
        self.retitle()

    def retitle(self) -> None:
        """Say what is in the pane and how much of it is seen."""
        view = self.rows.view
        focused = self.rows.has_focus
        named = (Span(self.pane_title, "heading" if focused else "muted"),)  # type: ignore[arg-type]
        self._title.show(named, self.state(view), focused=focused)

    def state(self, view: View) -> Spans:
        """Count and position, with an arrow where more is above or below."""
        number, stops = self.rows.position()
        first, last, lines = self.rows.lines_seen
        up = glyphs.UP if first > 0 else " "
        down = glyphs.DOWN if last < lines else " "
        place = f"{number}/{stops}" if stops else None
        if self.size.width < 40:
            return joined([place or "0"])
        return (*joined([view.counted, place]), Span(f" {up}{down}", "accent"))


class EvidencePane(Pane):
    """What the highlighted row of the active pane rests on."""

    row: var[Row | None] = var(None)
    brief: var[bool] = var(True)
    """Whether there is room for a few lines only."""

    def __init__(self) -> None:
        super().__init__("evidence", "Evidence", self._evidence, pane_id="evidence")

    def watch_row(self) -> None:
        """Follow the highlighted row, from its beginning."""
        self.watch_scene()
        self.rows.scroll_to(y=0, animate=False)

    def _evidence(self, scene: Scene) -> View:
        return evidence(scene, self.row, brief=self.brief)

    def watch_brief(self) -> None:
        """Say more, or less."""
        self.watch_scene()

    def on_resize(self, event: events.Resize) -> None:
        """Use the room there is."""
        self.brief = event.size.height < 14

    def state(self, view: View) -> Spans:
        """How many sources, and whether more is below."""
        first, last, lines = self.rows.lines_seen
        hidden = lines - (last - first)
        more = (
            f"{hidden} more line{'' if hidden == 1 else 's'}, e to scroll" if hidden > 0 else None
        )
        return joined([view.counted if view.rows else None, more])
