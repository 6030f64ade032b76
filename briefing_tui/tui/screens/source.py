"""A source: its text beside the statements that rest on it, or what is known of it without one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from briefing_tui.briefing.text import one_line
from briefing_tui.commands.registry import SOURCE_VIEW, by_id, key_name
from briefing_tui.tui.screens.modal import Overlay
from briefing_tui.tui.widgets.line_widget import Bar
from briefing_tui.tui.widgets.pane import PaneTitle
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.rows import Link, Span, Spans, View, join_spans
from briefing_tui.views.scene import Scene
from briefing_tui.views.source_text import (
    SourcePage,
    citing_view,
    passage_of,
    source_line,
    source_page,
    source_row_for_copy,
)

_HINTS = {
    "next-pane": "next source",
    "next-match": "next",
    "follow": "go there",
    "copy": "copy",
    "escape": "close",
}
_EMPTY = View(title="", count=0, noun="row", rows=(), empty="")
_CONTEXT = 2
"""Sentences below the one that was gone to that should be seen too."""


class Citing(Vertical):
    """The statements that cite the highlighted sentence; a strip that is only read."""

    DEFAULT_CSS = """
    Citing { height: 6; }
    Citing PaneTitle { height: 1; }
    """

    def __init__(self, follow: str) -> None:
        super().__init__()
        self._follow = follow
        self._title = PaneTitle()
        self._rows = RowList()
        self._rows.can_focus = False

    def compose(self) -> ComposeResult:
        """The rule and the statements."""
        yield self._title
        yield self._rows

    def on_mount(self) -> None:
        """Say how much is hidden, from the first frame on."""
        self.watch(self._rows, "lines_seen", self._retitle)

    def show(self, view: View) -> None:
        """Show the statements of another sentence."""
        self._rows.view = view
        self._rows.scroll_to(y=0, animate=False)
        self._retitle()

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()

    def _retitle(self) -> None:
        _, last, lines = self._rows.lines_seen
        more = f"{lines - last} more line{'' if lines - last == 1 else 's'}"
        hidden = f"{more}, {self._follow} lists all" if lines > last else None
        name = (Span(self._rows.view.title, "muted"),)
        self._title.show(name, join_spans([hidden]), focused=False)


class SourceScreen(Overlay[str], inherit_bindings=False):
    """One source of several; the result is the key of the reader's row to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(by_id()[name].keys, action, title, id=name)
        for name, (action, title) in SOURCE_VIEW.items()
    ]
    DEFAULT_CSS = """
    SourceScreen.-record Citing, SourceScreen.-tiny Citing, SourceScreen.-short Citing {
        display: none;
    }
    """

    def __init__(
        self,
        scene: Scene,
        names: Iterable[str],
        keys: Mapping[str, tuple[str, ...]],
        entry: msgspec.Struct | None,
        copy: Callable[[str, str], None],
    ) -> None:
        super().__init__("Source", _EMPTY)
        self._scene = scene
        self._sources = list(names)
        self._keys_of = keys
        self._entry = entry
        self._copied = copy
        self._at = 0
        self._page: SourcePage
        self._begin = ""
        """Key of the row to begin at."""
        self._facts = Bar()
        self._citing = Citing(self._key("follow"))

    def compose(self) -> ComposeResult:
        """The rules, the source, what cites the sentence, what keys do here."""
        with Vertical(id="overlay"):
            yield self._title
            yield self._facts
            yield self.list
            yield self._citing
            yield self._hints

    def on_mount(self) -> None:
        """Begin at the first source, where the row it was opened from cites it."""
        self._open(0)
        # Only with a size is it known how much of the text is seen.
        self.watch(self.list, "room", self._settle, init=False)

    def _open(self, at: int) -> None:
        """Show a source."""
        self._at = at % len(self._sources)
        self._page = source_page(self._scene, self._sources[self._at])
        several = f" {self._at + 1} of {len(self._sources)}" if len(self._sources) > 1 else ""
        title = self._scene.known.sources[self._sources[self._at]].title
        self._named = f"Source{several} · {one_line(title)}"
        self.set_class(not self._page.sentences, "-record")
        self.list.view = self._page.view
        self.list.scroll_to(y=0, animate=False)
        self._begin = self._page.row_of(self._entry) or self._page.view.rows[0].key
        self._stand_on(self._begin)
        self.list.refit()
        self.refresh(layout=True)
        self._tell()

    def _settle(self) -> None:
        """Show what stands around the row; without a text, the record rather than the row."""
        if self.list.row is None or self.list.row.key != self._begin:
            return  # the reader has moved on
        self._stand_on(self._begin)
        if not self._page.sentences and self.list.lines_seen[0] > 0:
            self.list.action_top()

    def _stand_on(self, key: str) -> None:
        """Go to a row, with a little of what follows."""
        rows = self.list.view.rows
        at = next((at for at, row in enumerate(rows) if row.key == key), 0)
        below = [later for later in range(at, len(rows)) if rows[later].selectable][: _CONTEXT + 1]
        for later in reversed(below):
            self.list.cursor = later

    @on(RowList.Moved)
    def _moved(self) -> None:
        self._tell()

    def _tell(self) -> None:
        """Say what is shown, what cites it, and what can be done."""
        here = self._page
        counted = f"{here.uncited} of {here.sentences} sentences uncited"
        self._facts.left = (Span(" "), *source_line(self._scene, self._sources[self._at]))
        self._facts.right = (Span(counted if here.sentences else "", "muted"), Span(" "))
        self._citing.show(citing_view(here, self.list.row))
        self._hints.left, self._hints.right = self.status()

    def _key(self, name: str) -> str:
        return next(map(key_name, self._keys_of.get(name, ())), "")

    def status(self) -> tuple[Spans, Spans]:
        """What keys do here."""
        hints: list[Span] = [Span(" ")]
        for name, word in _HINTS.items():
            alone = name == "next-pane" and len(self._sources) == 1
            if (key := self._key(name)) and not alone:
                hints += [Span(key, "strong"), Span(f" {word}  ", "muted")]
        return tuple(hints), ()

    def say(self, message: str) -> None:
        """Tell something on the last line, until the next key."""
        self._hints.left, self._hints.right = (Span(f" {message}", "accent"),), ()

    def on_key(self) -> None:
        """Take a message off the last line."""
        self._hints.left, self._hints.right = self.status()

    def action_next_cited(self) -> None:
        """Go to the next sentence or statement that is cited or cites, going round."""
        self._walk(1)

    def action_previous_cited(self) -> None:
        """Go to the one before."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        rows = self.list.view.rows
        stops = [at for at, row in enumerate(rows) if row.key in self._page.citing]
        if not stops:
            self.say("Nothing that is known cites it")
            return
        here = self.list.cursor
        ahead = [at for at in stops if (at - here) * step > 0] or stops
        self._stand_on(rows[min(ahead) if step > 0 else max(ahead)].key)

    def action_next_source(self) -> None:
        """Show the next source."""
        self._turn(1)

    def action_previous_source(self) -> None:
        """Show the source before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if len(self._sources) == 1:
            self.say("The row rests on this source alone")
            return
        self._open(self._at + step)

    def action_follow(self) -> None:
        """Go to what cites the sentence; to a related source; where there are several, ask."""
        row = self.list.row
        if row is None or not (row.links or row.entry or passage_of(row)):
            self.say("Nothing to follow here")
        elif row.links:
            self._choose(row.links)
        elif row.key in self._page.citing:
            self.say("The statement is hidden by the focus")
        else:
            self.say("No statement cites this sentence")

    def _choose(self, links: tuple[Link, ...]) -> None:
        if len(links) == 1:
            self._take(links[0])
            return
        from briefing_tui.tui.screens.link_picker import Chooser

        chooser = Chooser("Statements that cite it", list(links))
        self.app.push_screen(chooser, lambda link: self._take(link) if link else None)

    def _take(self, link: Link) -> None:
        if link.kind != "source":
            self.dismiss(link.key)
            return
        name = link.key.partition("/")[2]
        if name not in self._sources:
            self._sources.append(name)
        self._open(self._sources.index(name))

    @on(RowList.Chosen)
    def _clicked_twice(self) -> None:
        self.action_follow()

    def action_copy(self) -> None:
        """Copy the sentence with its citation, or the statement."""
        self._copied(self._text_to_copy(quoted=True), "the row")

    def action_cite(self) -> None:
        """Copy the citation alone."""
        self._copied(self._text_to_copy(quoted=False), "a citation")

    def _text_to_copy(self, *, quoted: bool) -> str:
        name = self._sources[self._at]
        return source_row_for_copy(self._scene, name, self.list.row, quoted=quoted)

    def action_plain(self) -> None:
        """Show it as plain text."""
        from briefing_tui.tui.screens.help import PlainScreen

        self.app.push_screen(PlainScreen(self.list.view))

    def action_help(self) -> None:
        """Show keys and signs."""
        from briefing_tui.tui.screens.help import KeysScreen

        self.app.push_screen(KeysScreen(self._keys_of))
