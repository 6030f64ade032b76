"""The reading screen: all its commands together."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from briefing_tui.tui.bindings import bindings_for
from briefing_tui.tui.resuming import Resuming
from briefing_tui.tui.screens.collecting import Collecting
from briefing_tui.tui.screens.copying import Copying
from briefing_tui.tui.screens.jumping import Jumping
from briefing_tui.tui.screens.navigation import Navigation
from briefing_tui.tui.screens.reloading import Reloading
from briefing_tui.tui.screens.searching import Searching
from briefing_tui.tui.screens.stepping import Stepping


class ReaderScreen(
    Navigation,
    Stepping,
    Reloading,
    Searching,
    Jumping,
    Copying,
    Resuming,
    Collecting,
    inherit_bindings=False,
):
    """Four panes and the evidence of the highlighted row."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("reader", "both")

    def action_escape(self) -> None:
        """End the search, or widen the focus, or show all panes, or go back; never quit."""
        if not self.end_making() and not self.back_out() and not self.is_first:
            self.go_back()

    def action_quit_step(self) -> None:
        """Back out one step, and quit where there is none left."""
        if self.back_out():
            return
        if self.is_first:
            self.app.exit()
        else:
            self.go_back()

    def back_out(self) -> bool:
        """Undo the innermost state; whether there was one."""
        if self.end_search() or self.widen():
            return True
        if self.evidence.has_focus:
            self.activate(self.active)
            return True
        if self.has_class("-zoomed"):
            self.remove_class("-zoomed")
            return True
        return False
