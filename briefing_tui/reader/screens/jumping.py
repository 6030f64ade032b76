"""Jump marks: a letter for a row, to return to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from briefing_tui.reader.history import Location
from briefing_tui.reader.screens.marking import Marking
from briefing_tui.views.panes import PANES
from briefing_tui.views.rows import plain

if TYPE_CHECKING:
    from briefing_tui.marks.seen import Jump


class Jumping(Marking):
    """The commands that set jump marks, and go to them."""

    def action_mark(self) -> None:
        """Set a jump mark on the row, by a letter."""
        self._ask("Mark this row", self._set_jump, "Any letter will do; ' and it return here.")

    def action_jump(self) -> None:
        """Go to a jump mark."""
        self._ask("Go to mark", self._jump, "No jump mark is set; m and a letter set one.")

    def _ask(self, title: str, take: Callable[[str], None], empty: str) -> None:
        from briefing_tui.reader.screens.letters import Letters

        self.notebook.refresh()
        used = {letter: self._told(jump) for letter, jump in self.notebook.jumps.items()}
        self.app.push_screen(
            Letters(title, used, empty), lambda letter: take(letter) if letter else None
        )

    def _told(self, jump: Jump) -> str:
        place = self._place(jump)
        if place is None:
            return f"{jump.key} (not shown now)"
        row = next(one for one in self.panes[place.pane].view.rows if one.key == jump.key)
        return f"{PANES[place.pane].title}: {plain(row.body)}"

    def _place(self, jump: Jump) -> Location | None:
        numbers = [number for number, spec in enumerate(PANES) if spec.name == jump.pane]
        place = Location(numbers[0], jump.key) if numbers else None
        return place if place is not None and self.has(place) else self.find(jump.key)

    def _set_jump(self, letter: str) -> None:
        from briefing_tui.marks.seen import Jump

        here = self.here
        self.notebook.set_jump(letter, Jump(PANES[here.pane].name, here.key))
        self.say(f"Mark {letter}: ' and {letter} return here")

    def _jump(self, letter: str) -> None:
        jump = self.notebook.jumps.get(letter)
        place = self._place(jump) if jump else None
        if place is not None:
            self.history.left(self.here)
            self.go(place)
        else:
            self.say(f"Mark {letter} is not shown now" if jump else f"There is no mark {letter}")
