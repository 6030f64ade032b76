"""Going about: panes, following, history, narrowing."""

from __future__ import annotations

from collections.abc import Callable

from textual import on

from briefing_tui.reader.history import Location
from briefing_tui.reader.panes.rowlist import RowList
from briefing_tui.reader.screens.leading import Leading
from briefing_tui.views.focus import narrow
from briefing_tui.views.panes import PANES
from briefing_tui.views.rows import Link

Move = Callable[[Location], Location | None]


class Navigation(Leading):
    """The commands that move between rows and panes."""

    def action_pane_summary(self) -> None:
        """Go to the summary."""
        self.activate(0)

    def action_pane_timeline(self) -> None:
        """Go to the timeline."""
        self.activate(1)

    def action_pane_actors(self) -> None:
        """Go to the key actors."""
        self.activate(2)

    def action_pane_deals(self) -> None:
        """Go to the deal tracker."""
        self.activate(3)

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.activate((self.active + 1) % len(PANES))

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self.activate((self.active - 1) % len(PANES))

    def action_evidence(self) -> None:
        """Give the keys to the evidence, or back to the pane."""
        if self.evidence.has_focus:
            self.activate(self.active)
            return
        self.add_class("-evidence")
        self.set_focus(self.evidence, scroll_visible=False)

    def action_zoom(self) -> None:
        """Show one pane on the whole screen, or all again."""
        self.toggle_class("-zoomed")

    def action_follow(self) -> None:
        """Go to what the row is about; where there are several, ask."""
        row = self.row
        here = [link for link in (row.links if row else ()) if self.find(link.key)]
        links = [*self.ways_out(), *here]
        if not links:
            self.action_source()
            return
        self.choose("Follow", links, self._follow)

    def _follow(self, link: Link) -> None:
        if link.kind == "briefing":
            self.go_out(link)
            return
        place = self.find(link.key)
        if place is not None:
            self.history.left(self.here)
            self.go(place)

    def action_back(self) -> None:
        """Return to the place that was left."""
        if not self.is_first and not self.history.can_go_back:
            self.go_back()
            return
        self._visit(self.history.back, self.history.forward, "This is where you began")

    def action_forward(self) -> None:
        """Go again to the place that was returned from."""
        self._visit(self.history.forward, self.history.back, "Nothing further ahead")

    def action_narrow(self) -> None:
        """Narrow every pane to the actor or deal of the row."""
        row = self.row
        scope = [link for link in (row.scope if row else ()) if link not in self.scene.focus]
        if not scope:
            self.say("No actor or deal to narrow to here")
            return
        self.choose("Narrow every pane to", scope, self._narrow)

    def _narrow(self, link: Link) -> None:
        self.show(narrow(self.scene, (*self.scene.focus, link)))

    def widen(self) -> bool:
        """Take back the last narrowing; whether there was one."""
        if not self.scene.focus:
            return False
        self.show(narrow(self.scene, self.scene.focus[:-1]))
        return True

    @on(RowList.Chosen)
    def _clicked_twice(self, event: RowList.Chosen) -> None:
        if event.rows is self.rows:
            self.action_follow()
        else:
            self.action_source()

    def on_descendant_focus(self) -> None:
        """A click in another pane makes that the active one."""
        for number, pane in enumerate(self.panes):
            if pane.has_focus and number != self.active:
                self.activate(number)

    def _visit(self, move: Move, undo: Move, otherwise: str) -> None:
        place = move(self.here)
        if place is None:
            self.say(otherwise)
        elif self.has(place):
            self.go(place)
        else:
            undo(place)
            hidden = (
                "is hidden by the focus; Esc widens it" if self.scene.focus else "is not known yet"
            )
            self.say(f"That row {hidden}")
