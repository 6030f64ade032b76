"""Jump marks: a letter for a row, to return to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from briefing_tui.reader.screens.marking import Marking
from briefing_tui.views.panes import PANES, find_row
from briefing_tui.views.rows import Row, plain

if TYPE_CHECKING:
    from briefing_tui.marks.seen import Jump


class Jumping(Marking):
    """The commands that set jump marks, and go to them."""

    def action_mark(self) -> None:
        """Set a jump mark on the row, by a letter."""
        if self._markable_row() is not None:
            self._ask("Mark this row", self._set_jump, "Any letter will do; ' and it return here.")

    def action_jump(self) -> None:
        """Go to a jump mark."""
        self._ask("Go to mark", self._jump, "No jump mark is set; m and a letter set one.")

    def _ask(self, title: str, take: Callable[[str], None], empty: str) -> None:
        from briefing_tui.reader.screens.letters import Letters

        used = {letter: self._described(jump) for letter, jump in self.notebook.jumps.items()}
        self.app.push_screen(
            Letters(title, used, empty), lambda letter: take(letter) if letter else None
        )

    def _described(self, jump: Jump) -> str:
        match = find_row([pane.view for pane in self.panes], jump.key, jump.pane)
        if match is None:
            return f"{jump.key} (not shown now)".lstrip()
        pane, row = match
        return f"{PANES[pane].title}: {plain(row.body)}"

    def _markable_row(self) -> Row | None:
        """Return the row to mark; say so if the pane has none."""
        if self.row is None:
            from briefing_tui.marks.changing import NO_ROW

            self.say(NO_ROW)
        return self.row

    def _set_jump(self, letter: str) -> None:
        from briefing_tui.marks.seen import Jump

        row = self._markable_row()  # the file may have been read again while the letter was asked
        if row is not None:
            self.notebook.set_jump(letter, Jump(PANES[self.active].name, row.key))
            self.say(f"Mark {letter}: ' and {letter} return here")

    def _jump(self, letter: str) -> None:
        jump = self.notebook.jumps.get(letter)
        place = self.find(jump.key, jump.pane) if jump else None
        if place is not None:
            self.history.left(self.here)
            self.go(place)
        else:
            self.say(f"Mark {letter} is not shown now" if jump else f"There is no mark {letter}")
