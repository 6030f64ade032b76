"""The least that the terminal library can show: what the reader's first frame is measured by."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Label


class EmptyApp(App[None]):
    """One word."""

    def compose(self) -> ComposeResult:
        """Yield the word."""
        yield Label("nothing")


if __name__ == "__main__":
    EmptyApp().run()
