"""A source: its text with the statements that cite it, or its record if it has no text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

import msgspec
from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from briefing_tui.briefing.terminal_text import one_line
from briefing_tui.commands.registry import SOURCE_VIEW, by_id, key_name
from briefing_tui.session.list_state import NO_VIEW
from briefing_tui.tui.screens.dialog import ModalList
from briefing_tui.tui.screens.dismissal import dismiss
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.tui.widgets.line_widget import StatusLine
from briefing_tui.tui.widgets.pane import DetailList
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views import source_page
from briefing_tui.views.rows import Link, Span, Spans
from briefing_tui.views.scene import Scene
from briefing_tui.views.source_page import SourcePage

_HINTS = {
    "next-pane": "next source",
    "next-match": "next",
    "follow": "go there",
    "copy": "copy",
    "escape": "close",
}
_CONTEXT = 2
"""Rows below the highlighted one that should be visible too."""


class SourceScreen(ModalList[str], inherit_bindings=False):
    """Shows one of several sources; the result is the key of a row of the reader to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(by_id()[name].keys, action, title, id=name)
        for name, (action, title) in SOURCE_VIEW.items()
    ]
    DEFAULT_CSS = """
    SourceScreen #citing { height: 6; }
    SourceScreen.-record #citing, SourceScreen.-tiny #citing, SourceScreen.-short #citing {
        display: none;
    }
    """

    def __init__(
        self,
        reader: BaseScreen,
        scene: Scene,
        names: Iterable[str],
        entry: msgspec.Struct | None,
        copy: Callable[[str, str], None],
    ) -> None:
        """Show the sources that an entry cites; ``copy`` copies a text, given its label."""
        super().__init__("Source", NO_VIEW)
        self._reader = reader
        self._scene = scene
        self._sources = list(names)
        self._count = len(self._sources)
        """Number of sources of the row; others follow that were opened from one of these."""
        self._entry = entry
        self._copy = copy
        self._index = 0
        self._page: SourcePage
        self._first_key = ""
        """Key of the row that the source opens at."""
        self._facts = StatusLine()
        self._citing = DetailList("", id="citing", hint=f", {self._key('follow')} lists all")
        """The statements that cite the highlighted sentence."""

    def body(self) -> Iterable[Widget]:
        """Return the facts, the source and the citing statements."""
        return [self._facts, self.list, self._citing]

    def on_mount(self) -> None:
        """Open the first source at the sentence that the row of the reader cites."""
        self._open(0)
        # How much of the text is visible depends on the size.
        self.watch(self.list, "room", self._settle, init=False)

    def _open(self, index: int) -> None:
        """Show a source; the index wraps around."""
        self._index = index % len(self._sources)
        self._page = source_page.source_page(self._scene, self._sources[self._index])
        number = f" {self._index + 1} of {self._count}" if self._count > 1 else ""
        several = number if self._index < self._count else ", not cited by the row"
        title = self._scene.known.sources[self._sources[self._index]].title
        self._heading = f"Source{several} · {one_line(title)}"
        self.set_class(not self._page.sentences, "-record")
        self.list.view = self._page.view
        self.list.scroll_to(y=0, animate=False)
        self._first_key = self._page.row_of(self._entry) or self._page.view.rows[0].key
        self._highlight(self._first_key)
        self.list.refit()
        self.refresh(layout=True)
        self._redraw()

    def _settle(self) -> None:
        """Scroll to the first row with its context; a record scrolls to its top."""
        if self.list.row is None or self.list.row.key != self._first_key:
            return  # the reader has moved already
        self._highlight(self._first_key)
        if not self._page.sentences and self.list.lines_seen[0] > 0:
            self.list.move_to_top()

    def _highlight(self, key: str) -> None:
        """Highlight a row, with a few rows below it visible."""
        rows = self.list.view.rows
        start = next((index for index, row in enumerate(rows) if row.key == key), 0)
        below = [index for index in range(start, len(rows)) if rows[index].selectable]
        for index in reversed(below[: _CONTEXT + 1]):
            self.list.cursor = index

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        if event.rows is self.list:
            self._redraw()

    def _redraw(self) -> None:
        page = self._page
        name = self._sources[self._index]
        self._facts.left = (Span(" "), *source_page.source_line(self._scene, name))
        self._facts.right = (Span(page.coverage, "muted"), Span(" "))
        citing = source_page.citing_view(page, self.list.row)
        self._citing.pane_title = citing.title
        self._citing.view = citing
        self._citing.scroll_to(y=0, animate=False)
        self._hints.left = self.status()

    def _key(self, name: str) -> str:
        return next(map(key_name, self._reader.keys.get(name, ())), "")

    def status(self) -> Spans:
        """Return the key hints."""
        hints: list[Span] = [Span(" ")]
        for name, word in _HINTS.items():
            has_target = name != "next-pane" or len(self._sources) > 1
            if has_target and (key := self._key(name)):
                hints += [Span(key, "strong"), Span(f" {word}  ", "muted")]
        return tuple(hints)

    def action_move_to_citation(self, step: int) -> None:
        """Go to the next (1) or previous (-1) cited sentence or citing statement; wrap around."""
        rows = self.list.view.rows
        stops = [index for index, row in enumerate(rows) if row.key in self._page.citing]
        if not stops:
            self.say("Nothing cites it yet")
            return
        cursor = self.list.cursor
        ahead = [index for index in stops if (index - cursor) * step > 0] or stops
        self._highlight(rows[min(ahead) if step > 0 else max(ahead)].key)

    def action_move_to_source(self, step: int) -> None:
        """Show the next (1) or previous (-1) source."""
        if len(self._sources) == 1:
            self.say("This is the row's only source")
            return
        self._open(self._index + step)

    def action_follow(self) -> None:
        """Go to a statement that cites the sentence, or to a related source; ask if several."""
        row = self.list.row
        if row is None or not (row.links or row.entry or source_page.passage_of(row)):
            self.say("Nothing to follow here")
        elif row.links:
            self._reader.choose("Statements that cite it", list(row.links), self._open_link)
        elif row.key in self._page.citing:
            self.say("The statement is hidden by the focus")
        else:
            self.say("No statement cites this sentence")

    def _open_link(self, link: Link) -> None:
        if link.kind != "source":
            dismiss(self, link.key)
            return
        name = link.key.partition("/")[2]
        if name not in self._sources:
            self._sources.append(name)
        self._open(self._sources.index(name))

    @on(RowList.Chosen)
    def _row_chosen(self) -> None:
        self.action_follow()

    def action_copy(self) -> None:
        """Copy the sentence with its citation, or the statement."""
        self._copy(self._text_to_copy(quoted=True), "the row")

    def action_cite(self) -> None:
        """Copy the citation alone."""
        self._copy(self._text_to_copy(quoted=False), "a citation")

    def _text_to_copy(self, *, quoted: bool) -> str:
        name = self._sources[self._index]
        return source_page.source_row_for_copy(self._scene, name, self.list.row, quoted=quoted)

    def action_plain(self) -> None:
        """Show the source as plain text."""
        self._reader.show_text(self.list.view)

    def action_help(self) -> None:
        """Show the help."""
        from briefing_tui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self._reader.keys, self._reader.command_titles()))
