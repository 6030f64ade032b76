"""Beginning where an earlier session ended, and telling where this one is."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from briefing_tui.briefing.document import Document
from briefing_tui.reader.screens.base import ReaderBase
from briefing_tui.reader.visuals import InAscii
from briefing_tui.settings import THEMES, Settings
from briefing_tui.state import Position
from briefing_tui.terminal import Terminal
from briefing_tui.views.focus import narrow_to
from briefing_tui.views.panes import PANES
from briefing_tui.views.rows import Span, Spans
from briefing_tui.views.scene import Scene, first_scene

if TYPE_CHECKING:
    from briefing_tui.marks.notebook import Notebook

ELSEWHERE = "Resumed where you left; = returns to the briefing's own date"


class Opening(NamedTuple):
    """What a session begins with besides the settings: the terminal, and an earlier session."""

    terminal: Terminal | None = None
    """What the terminal can show; nothing where there is none to adapt to."""
    position: Position | None = None
    """Where the reader was."""
    warning: str = ""
    """What the reader is to be told about that."""
    keep: Callable[[Position], object] | None = None
    """Keeps a position for the next session."""
    notebook: Callable[[Scene], Notebook] | None = None
    """Opens the reader's own marks; without it they last as long as the session."""
    look: Callable[[], Any] | None = None
    """Tells whether the file has changed (`reader.reloading.Look`)."""
    follow: bool = False
    """Whether to show a change at once."""

    def theme(self, settings: Settings) -> str:
        """The theme to begin with: the one that is set, or one that is legible."""
        if settings.theme != "auto":
            return settings.theme
        return self.terminal.theme if self.terminal else "dark"

    def chosen_theme(self, first: str) -> str:
        """The theme that was chosen before in place of the one to begin with, or that one."""
        known = self.position
        took = known is not None and known.theme in THEMES and known.theme_before == first
        return known.theme if known is not None and took else first

    def with_theme(self, position: Position, first: str, theme: str) -> Position:
        """A position with the theme that was chosen, in this session or for other terminals."""
        known = self.position or Position()
        if theme != first:
            return msgspec.structs.replace(position, theme=theme, theme_before=first)
        if known.theme_before == first:
            return position
        return msgspec.structs.replace(position, theme=known.theme, theme_before=known.theme_before)

    def tints(self, settings: Settings) -> bool:
        """Whether the highlighted row has a ground of its own, for which all of it is sent."""
        if settings.highlight != "auto":
            return settings.highlight == "row"
        return self.terminal is None or not self.terminal.remote

    def spelling(self, settings: Settings) -> list[InAscii]:
        """What changes lines before they are drawn."""
        known = self.terminal
        signs = known.signs if known else True
        if not (settings.ascii if settings.ascii is not None else not signs):
            return []
        return [InAscii(letters=known.utf8 if known else True)]


def scene_at(
    document: Document, day: datetime.date | None, position: Position | None = None
) -> Scene:
    """A briefing as it was left: on its day, narrowed to what of the focus is still there."""
    known = position or Position()
    return narrow_to(first_scene(document, day or known.as_of), known.focus)


class Resuming(ReaderBase):
    """The reading screen as something that can be left and taken up again."""

    notice = ""
    """What the last line says before the first key."""

    def begin_at(self, position: Position) -> None:
        """Take up a position, before anything is drawn."""
        names = [spec.name for spec in PANES]
        if position.pane in names:
            self.active = names.index(position.pane)
        for name, pane in zip(names, self.panes, strict=True):
            pane.begin = position.rows.get(name)
        self.set_class(position.zoomed, "-zoomed", update=False)
        if position.as_of not in (None, self.scene.document.briefing.as_of.upper):
            self.notify_first(ELSEWHERE)

    def notify_first(self, notice: str) -> None:
        """Let the last line say something until a key is pressed."""
        self.notice = notice
        self.add_class("-saying", update=False)

    @property
    def position(self) -> Position:
        """Where the reader is now."""
        keys = {
            spec.name: pane.row.key if pane.row else pane.begin
            for spec, pane in zip(PANES, self.panes, strict=True)
        }
        return Position(
            pane=PANES[self.active].name,
            rows={name: key for name, key in keys.items() if key},
            as_of=self.scene.other_day,
            focus=tuple(link.key for link in self.scene.focus),
            zoomed=self.has_class("-zoomed"),
        )

    def status(self) -> tuple[Spans, Spans]:
        """The notice, as long as there is one."""
        if self.notice:
            return (Span(f" {self.notice}", "accent"),), ()
        return super().status()

    def on_key(self) -> None:
        """Make an end of the notice."""
        self.notice = ""
