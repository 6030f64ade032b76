"""The library: its briefings, on the screen before they are all indexed."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Mapping
from functools import partial

from textual.geometry import Region
from textual.strip import Strip

from briefing_tui.library import list_order
from briefing_tui.library.dossier_job import FAILURES
from briefing_tui.library.index.database import Listed
from briefing_tui.library.index.sync import Changes, Progress
from briefing_tui.library.list_columns import Column
from briefing_tui.library.list_order import Arrangement
from briefing_tui.library.list_rows import Saved, details, heading, shelf, short
from briefing_tui.tui.screens.dossier_maker import DossierMaker
from briefing_tui.tui.screens.unread_list import Counting
from briefing_tui.tui.widgets.pane import TitledList
from briefing_tui.views import glyphs
from briefing_tui.views.rows import Span, Spans, View, join_spans, plain

FOLLOWING = 2.0
"""Seconds between looks at the disk, at least, while it is followed."""
_SHARE = 5
"""How many times longer than making a list takes, the next one waits while indexing goes on."""
_AT_FIRST = 200
"""Rows that are enough for the first picture, while those of all are made."""
_BAR = 12
"""Cells of the bar of progress."""

_ORDERED = {
    "newest": "newest first",
    "title": "by title",
    "path": "by path",
    "unread": "unread first",
}
_GROUPED = {"none": "", "year": "by year", "tag": "by tag"}


class LibraryScreen(Counting):
    """All briefings of the library."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(keys)
        self.list.pane_title = "Library"
        self.dossiers = DossierMaker(self)
        self._found: list[Listed] = []
        self._arranged = Arrangement()
        self._progress: Progress | None = None
        self._indexing = False
        self._listed_once = False
        self._list_again = 0.0

    def make_list(self) -> TitledList:
        """The list, below the headings of its columns."""
        self._shelf = _Shelf(id="listed")
        return self._shelf

    def begin(self) -> None:
        """Show what is known, and find out what is new."""
        super().begin()
        self._arranged = list_order.recall(self.librarian.workspace.directories.state)
        self.action_rescan()

    def action_rescan(self) -> None:
        """Look for changes on disk, unless that is under way."""
        if self._indexing:
            self.say("Indexing is still under way")
            return
        self._indexing = True
        self.run_worker(self._bring_up_to_date(told=True), group="index")

    def action_sort(self) -> None:
        """Take the next order."""
        self._rearrange(self._arranged.sorted_next())
        self.say(f"Sorted {_ORDERED[self._arranged.order]}")

    def action_group(self) -> None:
        """Take the next grouping."""
        self._rearrange(self._arranged.grouped_next())
        grouped = _GROUPED[self._arranged.grouping]
        self.say(f"Grouped {grouped}" if grouped else "Not grouped")

    def action_search(self) -> None:
        """Search all briefings."""
        self._search("")

    def action_escape(self) -> None:
        """End a dossier that is being made, or return to where this was opened from."""
        if not self.dossiers.stop():
            super().action_escape()

    def action_open(self) -> None:
        """Open the highlighted briefing, or run the highlighted query."""
        entry = self.list.row.entry if self.list.row else None
        if isinstance(entry, Saved):
            self._search(entry.query)
        elif isinstance(entry, Listed) and (problem := self.host.open_file(entry.path)):
            self.say(problem)

    def details_of(self, *, brief: bool) -> View:
        """What is told of the highlighted briefing."""
        entry = self.list.row.entry if self.list.row else None
        known = entry if isinstance(entry, Listed | Saved) else None
        standing = self.standing_of(known.path) if isinstance(known, Listed) else None
        return details(known, self.librarian.base, brief=brief, standing=standing)

    def redraw(self) -> None:
        """Draw all around the list anew."""
        super().redraw()
        if not self.is_attached:
            return
        self.header.left = (Span(f" {self._named()}", "strong"),)
        self.header.right = (*self._told(), Span(" "))

    def status(self) -> tuple[Spans, Spans]:
        """How far indexing is while it lasts, before what can be done."""
        left, right = super().status()
        if self._progress is None or self._message:
            return left, right
        return (*_drawn(self._progress), Span("  "), *left), right

    async def _bring_up_to_date(self, *, told: bool) -> None:
        """Show what is known of the library, then what changed on disk.

        Args:
            told: Whether to say so where nothing changed.
        """
        begun = time.monotonic()
        try:
            if not self._found:
                await self._show(await self.librarian.glance())
                self.learn()
                gc.enable()  # the start of the program did without
            async for news in self.librarian.refresh():
                if isinstance(news, Progress):
                    await self._advance(news)
                elif self._listed_once and (told or news):
                    self.say(_changed(news))
            self._progress, self._indexing = None, False
            await self._show(await self.librarian.settle())
            self._listed_once = True
            if notice := self.librarian.take_notice():
                self.say(notice)
            self.learn()
        except FAILURES as error:
            self.say(f"The index cannot be used: {error}")
        finally:
            self._progress, self._indexing = None, False
        if self.librarian.workspace.follow:
            # Looking takes its share of the processor, however large the library is.
            rest = max(FOLLOWING, 10 * (time.monotonic() - begun))
            self.set_timer(rest, self._follow)

    def _follow(self) -> None:
        if not self._indexing:
            self._indexing = True
            self.run_worker(self._bring_up_to_date(told=False), group="index")

    async def _advance(self, progress: Progress) -> None:
        """Say how far indexing is, and list what is there by now, unless that takes too long."""
        self._progress = progress
        self.redraw()
        now = time.monotonic()
        if now >= self._list_again:
            await self._show(await self.librarian.glance())
            took = time.monotonic() - now
            self._list_again = now + took * (1 + _SHARE)

    async def _show(self, found: list[Listed]) -> None:
        """Show briefings; the cursor stays with its own."""
        self._found = found
        arranged, column = self._arranged, self.column
        make = partial(
            shelf,
            found,
            self.librarian.base,
            order=arranged.order,
            grouping=arranged.grouping,
            column=column,
            saved=self.librarian.workspace.saved,
            empty="Reading the briefings…" if self._indexing else self._nothing(),
        )
        if not self.list.view.rows and len(found) > _AT_FIRST:
            self._shelf.column = column
            self.list.view = await self.librarian.ask(lambda _: make(most=_AT_FIRST))
            self.redraw()
        view = await self.librarian.ask(lambda _: make())
        if found is not self._found or (arranged, column) != (self._arranged, self.column):
            return  # what was asked for later is on its way
        before, start = self.list.row, self.list.view.start
        self._shelf.column = column
        self.list.view = view
        if before is not None and before.key != start:
            self.stand_on(before)
        self.redraw()

    async def show_anew(self) -> None:
        """Make the rows anew."""
        await self._show(self._found)

    def _rearrange(self, arranged: Arrangement) -> None:
        self._arranged = arranged
        list_order.keep(self.librarian.workspace.directories.state, arranged)
        self.run_worker(self.show_anew(), group="list", exclusive=True)

    def _search(self, text: str) -> None:
        self.host.open_library_search(text)

    def _named(self) -> str:
        """What the library is called: by the directory, or by how much was named."""
        roots = self.librarian.workspace.roots
        names = [*roots.directories, *roots.files]
        if len(names) == 1:
            return f"Library {short(names[0], os.path.dirname(names[0]))}"
        return "Library"

    def _nothing(self) -> str:
        roots = self.librarian.workspace.roots
        names = ", ".join(short(one, "") for one in (*roots.directories, *roots.files))
        ignored = self.librarian.changes.ignored
        others = ", apart from what .gitignore leaves out," if ignored else ""
        return f"No briefings{others} in {names}: no YAML file there begins with “briefing: 1”."

    def _told(self) -> Spans:
        """What is to be known of the whole library, as far as there is room for it."""
        broken = sum(not one.as_of for one in self._found)
        bad = Span(f"{broken:,} cannot be read", "error") if broken else None
        unread = Span(self.in_all, "warning")
        arranged = (_ORDERED[self._arranged.order], _GROUPED[self._arranged.grouping] or None)
        room = self.app.size.width - len(self._named()) - 4
        ways = (
            join_spans([bad, unread, *arranged]),
            join_spans([bad, unread]),
            join_spans([unread]),
        )
        return next((told for told in ways if len(plain(told)) <= room), ())


class _Shelf(TitledList):
    """The briefings, with the headings of the columns below the rule."""

    DEFAULT_CSS = "_Shelf { padding: 2 0 0 0; }"

    column = Column(shown=False)
    """What the reader's own column is like in the rows that are shown."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the headings too."""
        strips = super().render_lines(crop)
        if crop.y <= 1 < crop.bottom and len(strips) > 1 - crop.y:
            left, right = heading(self.size.width, self.column)
            line = self.edge(left, right, Span(" "))
            strips[1 - crop.y] = line.crop(crop.x, crop.right)
        return strips


def _changed(changes: Changes) -> str:
    told = [
        f"{number:,} {word}"
        for number, word in (
            (changes.read, "new or changed"),
            (changes.moved, "moved"),
            (changes.removed, "gone"),
        )
        if number
    ]
    return ", ".join(told).capitalize() if told else "Nothing has changed on disk"


def _drawn(progress: Progress) -> Spans:
    """A bar, how many are done, and how long it will take."""
    full = progress.done * _BAR // max(progress.total, 1)
    left = progress.seconds_left
    return (
        Span(" Indexing ", "muted"),
        Span(glyphs.FULL * full, "accent"),
        Span(glyphs.FREE * (_BAR - full), "muted"),
        Span(f" {progress.done:,} of {progress.total:,}", "strong"),
        Span(f", about {left:.0f} s left" if left and left >= 1 else "", "muted"),
    )
