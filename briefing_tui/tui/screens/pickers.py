"""Short lists of which one row is picked: links, and the letters of jump marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from briefing_tui.annotations.read_state import LETTERS
from briefing_tui.briefing.terminal_text import one_line, printable
from briefing_tui.tui.screens.dialog import ModalList, T
from briefing_tui.tui.screens.dismissal import dismiss
from briefing_tui.views.rows import Link, Row, Span, View


class _Picker(ModalList[T]):
    """A short list; Enter or a double click picks a row."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "pick_row", "Pick", id="pick")]

    def __init__(
        self, title: str, noun: str, rows: tuple[Row, ...], choices: Sequence[T], empty: str
    ) -> None:
        view = View(title=title, count=len(rows), noun=noun, rows=rows, empty=empty, lead_width=1)
        super().__init__(title, view, classes="-small")
        self.choices = choices

    def action_pick_row(self) -> None:
        """Pick the highlighted row."""
        dismiss(self, self.choices[self.list.cursor] if self.choices else None)

    def on_row_list_chosen(self) -> None:
        """Pick the row that was double-clicked."""
        self.action_pick_row()


class LinkPicker(_Picker[Link]):
    """A list of links; the number of a link picks it at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority, since digits begin a count in the list.
        Binding(str(number), f"pick({number})", priority=True)
        for number in range(1, 10)
    ]
    hint = "Enter or 1–9 selects · Esc closes"

    def __init__(self, title: str, links: Sequence[Link]) -> None:
        rows = tuple(
            Row(
                key=link.key,
                lead=(Span(str(number) if number < 10 else " ", "accent"),),
                body=(Span(one_line(link.label) or "(no name)"),),
                tail=(Span(link.called, "muted"),),
            )
            for number, link in enumerate(links, 1)
        )
        super().__init__(title, "link", rows, links, "Nothing")

    def action_pick(self, number: int) -> None:
        """Pick the link with a number."""
        if number <= len(self.choices):
            dismiss(self, self.choices[number - 1])


class LetterPicker(_Picker[str]):
    """The letters in use and their rows; typing any letter picks it at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority, since some letters move the cursor of the list.
        Binding(letter, f"pick('{letter}')", priority=True)
        for letter in LETTERS
    ]
    hint = "press a letter · Esc closes"

    def __init__(self, title: str, used: Mapping[str, str], empty: str) -> None:
        letters = sorted(used)
        rows = tuple(
            Row(
                key=letter,
                lead=(Span(letter, "accent"),),
                body=(Span(printable(used[letter])),),
                cropped=True,
            )
            for letter in letters
        )
        super().__init__(title, "mark", rows, letters, empty)

    def action_pick(self, letter: str) -> None:
        """Pick a letter."""
        dismiss(self, letter)
