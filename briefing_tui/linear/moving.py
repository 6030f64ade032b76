"""Going about: rows, panes, following, history, narrowing, days."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from briefing_tui.briefing.dates import DateError
from briefing_tui.linear.place import Place
from briefing_tui.reader.history import Location
from briefing_tui.views.as_of import day_named
from briefing_tui.views.focus import narrow
from briefing_tui.views.panes import PANES
from briefing_tui.views.rows import Link
from briefing_tui.views.scene import moved_to, step
from briefing_tui.views.spoken import row_aloud

Move = Callable[[Location], Location | None]


class Moving(Place):
    """The commands that move between rows and panes."""

    def do_down(self) -> str:
        """Go on."""
        return self._by(self.count or 1)

    def do_up(self) -> str:
        """Go back."""
        return self._by(-(self.count or 1))

    def do_top(self) -> str:
        """Go to the first row."""
        return self._to(0)

    def do_bottom(self) -> str:
        """Go to the last row, or to the one that was counted."""
        return self._to(self.count - 1 if self.count else len(self.stops) - 1)

    def do_row(self) -> str:
        """Go to a row by its number."""
        if not (self.argument.isascii() and self.argument.isdigit()):
            return "Which row? Type row and its number."
        return self._to(int(self.argument[:6]) - 1)

    def do_pane_summary(self) -> str:
        """Go to the summary."""
        return self._activate(0)

    def do_pane_timeline(self) -> str:
        """Go to the timeline."""
        return self._activate(1)

    def do_pane_actors(self) -> str:
        """Go to the key actors."""
        return self._activate(2)

    def do_pane_deals(self) -> str:
        """Go to the deal tracker."""
        return self._activate(3)

    def do_next_pane(self) -> str:
        """Go to the next pane."""
        return self._activate((self.pane + 1) % len(PANES))

    def do_previous_pane(self) -> str:
        """Go to the pane before."""
        return self._activate((self.pane - 1) % len(PANES))

    def do_follow(self) -> str:
        """Go to what the row is about."""
        links = [link for link in (self.row.links if self.row else ()) if self.find(link.key)]
        if not links:
            return "Nothing to follow here; source tells what the row rests on."
        return self.choose("Follow", links, self._follow)

    def do_back(self) -> str:
        """Return to the place that was left."""
        return self._visit(self.history.back, self.history.forward, "This is where you began.")

    def do_forward(self) -> str:
        """Go again to the place that was returned from."""
        return self._visit(self.history.forward, self.history.back, "Nothing further ahead.")

    def do_narrow(self) -> str:
        """Narrow every pane to the actor or deal of the row."""
        scope = [
            link for link in (self.row.scope if self.row else ()) if link not in self.scene.focus
        ]
        if not scope:
            return "No actor or deal to narrow to here."
        return self.choose("Narrow every pane to", scope, self._narrow)

    def widen(self) -> str:
        """Take back the last narrowing; nothing where there was none."""
        if not self.scene.focus:
            return ""
        self.show(narrow(self.scene, self.scene.focus[:-1]))
        return f"{self._narrowed()}\n{self.told(-1)}"

    def _follow(self, link: Link) -> str:
        place = self.find(link.key)
        if place is None:
            return "That row is not shown."
        self.history.left(self.here)
        return self.go(place)

    def _narrow(self, link: Link) -> str:
        self.show(narrow(self.scene, (*self.scene.focus, link)))
        return f"{self._narrowed()}\n{self.told(-1)}"

    def _narrowed(self) -> str:
        return " ".join(self.state) if self.scene.focus else "All is shown again."

    def _visit(self, move: Move, undo: Move, otherwise: str) -> str:
        place = move(self.here)
        if place is None:
            return otherwise
        if place.key is not None and self.find(place.key) is None:
            undo(place)
            hidden = (
                "hidden by the focus; escape widens it" if self.scene.focus else "not known yet"
            )
            return f"That row is {hidden}."
        return self.go(place)

    def _activate(self, pane: int) -> str:
        self.pane = pane
        return self.told(-1)

    def _by(self, count: int) -> str:
        stops = self.stops
        before = self.cursors[self.pane]
        if not stops:
            return self.view.empty
        if before == stops[-1 if count > 0 else 0]:
            return self._edge(at_end=count > 0)
        at = min(max(stops.index(before) + count, 0), len(stops) - 1)
        self.cursors[self.pane] = stops[at]
        return self.told(before)

    def _edge(self, *, at_end: bool) -> str:
        if not at_end:
            return f"This is the first row of {self.view.title}."
        below = map(row_aloud, self.view.rows[self.cursors[self.pane] + 1 :])
        following = self.views[(self.pane + 1) % len(self.views)].title
        end = f"End of {self.view.title}. Next-pane goes to {following}."
        return "\n".join([*filter(None, below), end])

    def _to(self, number: int) -> str:
        stops = self.stops
        if not stops:
            return self.view.empty
        before = self.cursors[self.pane]
        self.cursors[self.pane] = stops[min(max(number, 0), len(stops) - 1)]
        return self.told(before)


class Stepping(Moving):
    """The commands that change what is known."""

    def do_later(self) -> str:
        """Go on to the next day that something became known."""
        return self._on(step(self.scene, self.count or 1), "Nothing became known later.")

    def do_earlier(self) -> str:
        """Go back to the day before."""
        return self._on(step(self.scene, -(self.count or 1)), "Nothing was known earlier.")

    def do_latest(self) -> str:
        """Go to the last day."""
        return self._on(self.scene.steps[-1], "This is the last day.")

    def do_earliest(self) -> str:
        """Go to the first day."""
        return self._on(self.scene.steps[0], "This is the first day.")

    def do_own_date(self) -> str:
        """Go to the day of the briefing itself."""
        own = self.scene.document.briefing.as_of.upper
        return self._on(own, "This is the briefing's own date.")

    def do_as_of(self) -> str:
        """Go to a date in any form of EDTF, or ask for one."""
        if self.argument:
            return self._typed(self.argument)
        return self.ask("As of, for example 2021-11, 2023 or latest: ", self._typed)

    def _typed(self, typed: str) -> str:
        try:
            day = day_named(self.scene.document.briefing, typed)
        except DateError as error:
            return f"{typed}: {error}."
        return self._on(day, "This is the day that is shown.")

    def _on(self, day: datetime.date | None, otherwise: str) -> str:
        if day is None or day == self.scene.as_of:
            return otherwise
        self.show(narrow(moved_to(self.scene, day), self.scene.focus))
        return " ".join([f"{self.day}.", *self.state]) + f"\n{self.told(-1)}"
