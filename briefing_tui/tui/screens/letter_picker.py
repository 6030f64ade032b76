"""Asking for a letter: to set a jump mark, or to go to one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

from briefing_tui.annotations.read_state import LETTERS
from briefing_tui.briefing.text import printable
from briefing_tui.tui.screens.modal import Overlay
from briefing_tui.views.rows import Row, Span, View


class Letters(Overlay[str]):
    """The letters in use with where they lead; a letter is taken at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the list, which would move by some of them.
        *(Binding(letter, f"take('{letter}')", priority=True) for letter in LETTERS),
        Binding("enter", "take_row", "Take", id="take-letter"),
        Binding("escape,backspace", "close", "Close", id="close-letters"),
    ]
    hint = "a letter takes · Esc closes"

    def __init__(
        self,
        title: str,
        used: Mapping[str, str],
        empty: str,
    ) -> None:
        """Show the letters that lead somewhere, with where, or else what is said of none."""
        self._used = sorted(used)
        rows = tuple(
            Row(
                key=letter,
                lead=(Span(letter, "accent"),),
                body=(Span(printable(used[letter])),),
                cropped=True,
            )
            for letter in self._used
        )
        view = View(title=title, count=len(rows), noun="mark", rows=rows, empty=empty, lead_width=1)
        super().__init__(title, view)
        self.add_class("-small")

    def action_take(self, letter: str) -> None:
        """Take a letter."""
        self.dismiss(letter)

    def action_take_row(self) -> None:
        """Take the letter of the highlighted row."""
        self.dismiss(self._used[self.list.cursor] if self._used else None)

    def on_row_list_chosen(self) -> None:
        """Take the letter that was clicked."""
        self.action_take_row()
