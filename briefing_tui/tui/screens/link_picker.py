"""A picker for one of several links."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from briefing_tui.briefing.text import one_line
from briefing_tui.tui.screens.modal_list import ModalList
from briefing_tui.views.rows import Link, Row, Span, View


class LinkPicker(ModalList[Link]):
    """A short list of links; Enter or its number picks one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", "Pick", id="take"),
        # With priority, since digits begin a count in the list.
        *(Binding(str(number), f"pick_number({number})", priority=True) for number in range(1, 10)),
    ]
    hint = "Enter or 1–9 selects · Esc closes"

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
            title=title, count=len(rows), noun="link", rows=rows, empty="Nothing", lead_width=1
        )
        super().__init__(title, view)
        self.add_class("-small")

    def action_pick_number(self, number: int) -> None:
        """Pick the link with a number."""
        if number <= len(self._links):
            self.dismiss(self._links[number - 1])

    def action_pick(self) -> None:
        """Pick the highlighted link."""
        self.dismiss(self._links[self.list.cursor] if self._links else None)

    def on_row_list_chosen(self) -> None:
        """Pick the link that was double-clicked."""
        self.action_pick()
