"""The command palette: every command, actor, event and deal by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from textual.command import CommandPalette as StockPalette
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.widgets import Input

from briefing_tui.briefing.terminal_text import one_line
from briefing_tui.commands.registry import COMMANDS, key_names
from briefing_tui.query.folding import fold, foldings
from briefing_tui.tui.screens.library import LibraryScreen
from briefing_tui.tui.screens.reader import ReaderScreen
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.tui.strips import content, highlight
from briefing_tui.views.links import actor_links, deal_links, event_link
from briefing_tui.views.rows import Link

_MIN_SCORE = 0.01
"""The score of matches of the index that Textual's fuzzy matcher would reject."""


class CommandPalette(StockPalette):
    """The palette of Textual without a blinking cursor: every blink is sent to the terminal."""

    CSS_PATH = "styles/overlay.tcss"
    awaits_results = True
    """Enter opens the first result, so it waits for the search."""

    def on_mount(self) -> None:
        """Turn the blinking off."""
        for field in self.query(Input):  # there is none if the palette was closed at once
            field.cursor_blink = False


class Offer(NamedTuple):
    """An entry of the palette."""

    title: str
    kind: str
    run: Callable[[], object]
    alias: str = ""
    """Another name that matches."""


class ReaderPalette(Provider):
    """Offers commands, and the actors, events and deals of a briefing."""

    async def discover(self) -> Hits:
        """List the commands, before a query is typed."""
        for offer in self._commands():
            title = f"{offer.title}  ({offer.kind})"
            yield DiscoveryHit(content(title), offer.run, text=title)

    async def search(self, query: str) -> Hits:
        """List the entries that match, with their kinds."""
        matcher = self.matcher(fold(query))
        for offer in (*self._commands(), *self._places()):
            names = (*foldings(offer.title), offer.alias)
            score = max(map(matcher.match, names))
            if score > 0:
                text = f"{offer.title}  ({offer.kind})"
                label = highlight(text, query, len(offer.title))
                yield Hit(score, label, offer.run, text=offer.title)
        async for hit in self._dossiers(query):
            yield hit

    async def _dossiers(self, query: str) -> Hits:
        screen = self.screen
        if not isinstance(screen, LibraryScreen):
            return
        from briefing_tui.library.dossier_job import FAILURES

        service = screen.service
        try:
            names = await service.names(query)
        except FAILURES:
            return  # the list reports why the index cannot be used
        matcher = self.matcher(fold(query))
        for kind, name in names:
            title = f"Dossier: {one_line(name)}"
            link = Link(f"{kind}s/{name}", name, kind)
            label = highlight(f"{title}  ({kind})", query, len(title))
            score = max(*map(matcher.match, foldings(title)), _MIN_SCORE)
            yield Hit(score, label, partial(screen.dossiers.make, link), text=title)

    def _commands(self) -> Iterator[Offer]:
        screen = self.screen
        if not isinstance(screen, BaseScreen):
            return
        place = "reader" if isinstance(screen, ReaderScreen) else "library"
        keys, titles = screen.effective_keys(), screen.command_titles()
        for command in COMMANDS:
            if command.id == "palette" or place not in command.places:
                continue
            owner = screen.rows if command.scope == "list" else screen
            run = partial(owner.action_command, command.id)
            title = titles.get(command.id, command.title)
            yield Offer(title, key_names(keys.get(command.id, ())), run, command.id)

    def _places(self) -> Iterator[Offer]:
        screen = self.screen
        if not isinstance(screen, ReaderScreen):
            return
        briefing = screen.scene.briefing
        links: list[Link] = [
            *actor_links(briefing, briefing.actors),
            *deal_links(briefing, briefing.commitments),
            *map(event_link, briefing.timeline),
        ]
        for link in links:
            if title := one_line(link.label):
                yield Offer(title, link.called, partial(screen.go_to, link.key))
                if link.kind != "event":
                    yield Offer(
                        f"Dossier: {title}", link.called, partial(screen.make_dossier, link)
                    )
