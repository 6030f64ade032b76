"""A picker for the letter of a jump mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

from briefing_tui.annotations.read_state import LETTERS
from briefing_tui.briefing.text import printable
from briefing_tui.tui.screens.modal_list import ModalList
from briefing_tui.views.rows import Row, Span, View


class LetterPicker(ModalList[str]):
    """The letters in use and their rows; typing a letter picks it at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority, since some letters move the cursor of the list.
        *(Binding(letter, f"pick('{letter}')", priority=True) for letter in LETTERS),
        Binding("enter", "pick_row", "Pick", id="take-letter"),
        Binding("escape,backspace", "close", "Close", id="close-letters"),
    ]
    hint = "press a letter · Esc closes"

    def __init__(self, title: str, used: Mapping[str, str], empty: str) -> None:
        """List the letters in use.

        Args:
            title: The title of the picker.
            used: Letters in use, with the row of each.
            empty: The message if no letter is in use.
        """
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

    def action_pick(self, letter: str) -> None:
        """Pick a letter."""
        self.dismiss(letter)

    def action_pick_row(self) -> None:
        """Pick the letter of the highlighted row."""
        self.dismiss(self._used[self.list.cursor] if self._used else None)

    def on_row_list_chosen(self) -> None:
        """Pick the letter that was double-clicked."""
        self.action_pick_row()
