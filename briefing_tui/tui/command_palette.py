"""The command palette: every command, actor, event and deal by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from textual.command import CommandPalette as StockPalette
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.widgets import Input

from briefing_tui.briefing.text import one_line
from briefing_tui.commands.registry import COMMANDS, key_names
from briefing_tui.tui.screens.library import LibraryScreen
from briefing_tui.tui.screens.reader import ReaderScreen
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.tui.strips import content, highlight
from briefing_tui.views.links import actor_links, deal_links, event_link
from briefing_tui.views.rows import Link

_LEAST = 0.01
"""The score of what the index found, and the framework's matcher would not."""


class CommandPalette(StockPalette):
    """The framework's palette with a cursor that stands still: a blink is sent over the line."""

    CSS_PATH = "styles/overlay.tcss"
    takes_found = True
    """Enter takes what was found for the words typed, and waits for that."""

    def on_mount(self) -> None:
        """Let nothing move that nobody moves."""
        for field in self.query(Input):  # none where it closes before it has opened
            field.cursor_blink = False


class Offer(NamedTuple):
    """One line of the palette."""

    title: str
    kind: str
    run: Callable[[], object]
    known_as: str = ""
    """Another name that finds it."""


class ReaderPalette(Provider):
    """What can be done and gone to in the reader."""

    async def discover(self) -> Hits:
        """Everything, before anything is typed: the commands."""
        for offer in self._commands():
            title = f"{offer.title}  ({offer.kind})"
            yield DiscoveryHit(content(title), offer.run, text=title)

    async def search(self, query: str) -> Hits:
        """Whatever matches, its kind beside it."""
        matcher = self.matcher(query)
        for offer in (*self._commands(), *self._places()):
            score = max(matcher.match(offer.title), matcher.match(offer.known_as))
            if score > 0:
                lowered = offer.title.lower()
                at = lowered.find(query.lower())
                marked = range(at, at + len(query)) if at >= 0 else ()
                shown = highlight(f"{offer.title}  ({offer.kind})", marked)
                yield Hit(score, shown, offer.run, text=offer.title)
        async for hit in self._dossiers(query):
            yield hit

    async def _dossiers(self, query: str) -> Hits:
        """In the library's list, dossiers of whoever has a name that begins so."""
        screen = self.screen
        if not isinstance(screen, LibraryScreen):
            return
        from briefing_tui.library.dossier_job import FAILURES

        librarian = screen.librarian
        try:
            found = await librarian.names(query)
        except FAILURES:
            return  # the list says why the index cannot be used
        matcher = self.matcher(query)
        for kind, name in found:
            title = f"Dossier: {one_line(name)}"
            link = Link(f"{kind}s/{name}", name, kind)
            at = title.lower().find(query.lower())
            shown = highlight(f"{title}  ({kind})", range(at, at + len(query)) if at >= 0 else ())
            score = max(matcher.match(title), _LEAST)
            yield Hit(score, shown, partial(screen.dossiers.make, link), text=title)

    def _commands(self) -> Iterator[Offer]:
        screen = self.screen
        if not isinstance(screen, BaseScreen):
            return
        place = "reader" if isinstance(screen, ReaderScreen) else "library"
        keys = screen.effective_keys()
        for command in COMMANDS:
            if command.id == "palette" or place not in command.places:
                continue
            run: Callable[[], object]
            if isinstance(screen, ReaderScreen) and command.scope != "list":
                run = partial(screen.run_command, command.id)
            else:
                target = screen.rows if command.scope == "list" else screen
                run = getattr(target, f"action_{command.action}")
            yield Offer(command.title, key_names(keys.get(command.id, ())), run, command.id)

    def _places(self) -> Iterator[Offer]:
        screen = self.screen
        if not isinstance(screen, ReaderScreen):
            return
        briefing = screen.scene.briefing
        links: list[Link] = [
            *actor_links(briefing, briefing.actors),
            *deal_links(briefing, briefing.deals),
            *map(event_link, briefing.timeline),
        ]
        for link in links:
            title = one_line(link.label)
            if title:
                yield Offer(title, link.kind, partial(screen.go_to, link.key))
                if link.kind != "event":
                    yield Offer(f"Dossier: {title}", link.kind, partial(screen.make_dossier, link))
