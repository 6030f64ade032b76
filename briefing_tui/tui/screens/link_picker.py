"""Asking which of several ways to take."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from briefing_tui.briefing.text import one_line
from briefing_tui.tui.screens.modal import Overlay
from briefing_tui.views.rows import Link, Row, Span, View


class Chooser(Overlay[Link]):
    """A short list of links; Enter or its number takes one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take", id="take"),
        # Before the list, which would begin a count with them.
        *(Binding(str(number), f"take_number({number})", priority=True) for number in range(1, 10)),
    ]
    hint = "Enter or 1–9 takes · Esc closes"

    def __init__(self, title: str, links: list[Link]) -> None:
        self._links = links
        rows = tuple(
            Row(
                key=link.key,
                lead=(Span(str(number) if number < 10 else " ", "accent"),),
                body=(Span(one_line(link.label) or "(no name)"),),
                tail=(Span(link.kind, "muted"),),
            )
            for number, link in enumerate(links, 1)
        )
        view = View(
            title=title, count=len(rows), noun="way", rows=rows, empty="Nothing", lead_width=1
        )
        super().__init__(title, view)
        self.add_class("-small")

    def action_take_number(self, number: int) -> None:
        """Take the link of a number."""
        if number <= len(self._links):
            self.dismiss(self._links[number - 1])

    def action_take(self) -> None:
        """Take the highlighted link."""
        self.dismiss(self._links[self.list.cursor] if self._links else None)

    def on_row_list_chosen(self) -> None:
        """Take the link that was clicked."""
        self.action_take()
