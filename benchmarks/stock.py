"""The timeline and its evidence in the framework's own widgets, on its own driver.

What the reader would be without lists and an output layer of its own: its steps are measured by it.
"""

from __future__ import annotations

from rich.style import Style
from rich.text import Text
from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, OptionList, Static
from textual.widgets.option_list import Option

from briefing_tui.briefing.load import load_path
from briefing_tui.storage.directories import bundled
from briefing_tui.tui.themes import role_styles
from briefing_tui.views.evidence import evidence
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.rows import Row
from briefing_tui.views.scene import scene_of
from briefing_tui.views.timeline import timeline


class StockApp(App[None]):
    """A list of rows, and below it the evidence of the highlighted one."""

    CSS = """
    OptionList { height: 1fr; border: none; }
    #evidence { height: 6; }
    """
    BINDINGS = [
        ("j", "down", "Down"),
        ("k", "up", "Up"),
        ("g", "top", "Top"),
        ("q", "quit", "Quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._scene = scene_of(load_path(bundled()))
        self._view = timeline(self._scene)

    def compose(self) -> ComposeResult:
        """Yield the list, and where its evidence goes."""
        yield Header()
        options = [Option(self._drawn(row), disabled=not row.selectable) for row in self._view.rows]
        yield OptionList(*options)
        yield Static(id="evidence")
        yield Footer()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Follow with the evidence."""
        rows = evidence(self._scene, self._view.rows[event.option_index], brief=True).rows
        shown = self.query_one("#evidence", Static)
        shown.update(Text("\n").join(self._drawn(row) for row in rows))

    def action_down(self) -> None:
        """Go to the next row."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Go to the row before."""
        self.query_one(OptionList).action_cursor_up()

    def action_top(self) -> None:
        """Go to the first row."""
        self.query_one(OptionList).action_first()

    def _drawn(self, row: Row) -> Text:
        lines = lay_out(row, 76, self._view.lead_width)
        styles: dict[str, Style] = role_styles("dark")
        return Text("\n").join(
            Text.assemble(*((span.text, styles[span.role]) for span in line)) for line in lines
        )


if __name__ == "__main__":
    StockApp().run()
