"""The list of a library: which briefings are shown, in what order, and what is unread."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from briefing_tui.annotations.read_state import NOT_OPENED, ReadingStatus
from briefing_tui.library import saved_arrangement
from briefing_tui.library.index.library_index import Listed
from briefing_tui.library.list_header import changes_message
from briefing_tui.library.list_rows import (
    GROUPINGS,
    ORDERS,
    Column,
    Listing,
    Saved,
    details,
    row_of,
    short,
)
from briefing_tui.library.saved_arrangement import Arrangement
from briefing_tui.query.fields import SINGLE_SOURCE
from briefing_tui.session import outcomes
from briefing_tui.session.list_state import ListState
from briefing_tui.session.outcomes import Changed, Outcome, Said
from briefing_tui.views.labels import quantity
from briefing_tui.views.rows import Row, View

if TYPE_CHECKING:
    from briefing_tui.library.discovery import Roots
    from briefing_tui.library.index.sync import Changes, IndexProgress
    from briefing_tui.library.service import LibraryService


class LibrarySession:
    """The list of a library: its state and commands, without a face.

    A session has no access to the terminal, the index or the clock; a face reports to it what it
    reads from the index. The rows of many briefings take a while: a face makes those of `listing`
    in a thread and hands them to `show`, or calls `update`.
    """

    def __init__(
        self,
        roots: Roots,
        base: str,
        *,
        saved: Mapping[str, str] | None = None,
        tracks_reading: bool = False,
        arrangement: Arrangement | None = None,
        keep: Callable[[Arrangement], object] | None = None,
        annotations_changed: Callable[[], object] | None = None,
    ) -> None:
        """Start with an empty list, whose displayed paths are relative to ``base``.

        ``saved`` are queries by name. ``keep`` saves the arrangement for the next session, and
        ``annotations_changed`` is called when searches have to read the annotations again.
        """
        self.roots = roots
        self.base = base
        self.saved = saved or {}
        self.arrangement = arrangement or Arrangement()
        self.rows = ListState()
        self.briefings: Sequence[Listed] = ()
        self.standings: dict[str, ReadingStatus] | None = None
        """The reading status by path, once it is known; other briefings were never opened."""
        self.is_indexing = False
        self.progress: IndexProgress | None = None
        """The progress of indexing; None if there is nothing to index."""
        self._tracks_reading = tracks_reading
        self._keep = keep
        self._annotations_changed = annotations_changed
        self._has_ignored = False
        """Whether ignore files exclude something."""
        self._was_refreshed = False
        self._left_during_survey: dict[str, ReadingStatus] = {}
        self.listing = self._new_listing()
        """What to make rows of."""
        self.shown = self.listing
        """What the current rows were made of."""

    # Commands

    def do(self, command: str) -> Outcome:
        """Execute a command of the registry."""
        return self._commands.get(command, partial(outcomes.Face, command))()

    @property
    def _commands(self) -> dict[str, Callable[[], Outcome]]:
        return {
            "open": self._open,
            "sort": lambda: self._arrange(self.arrangement.sorted_next(), is_sorted=True),
            "group": lambda: self._arrange(self.arrangement.grouped_next(), is_sorted=False),
            "rescan": self._rescan,
            "search": lambda: outcomes.SearchLibrary(""),
            "single-source": lambda: outcomes.SearchLibrary(SINGLE_SOURCE),
            "next-unread": lambda: self._to_unread(back=False),
            "previous-unread": lambda: self._to_unread(back=True),
            **closing_commands(),
        }

    def _open(self) -> Outcome:
        entry = self.entry
        if isinstance(entry, Saved):
            return outcomes.SearchLibrary(entry.query)
        return (
            outcomes.OpenFile(entry.path)
            if entry is not None
            else Said("There is no row to open here")
        )

    def _arrange(self, arrangement: Arrangement, *, is_sorted: bool) -> Outcome:
        self.arrangement = arrangement
        if self._keep is not None:
            self._keep(arrangement)
        self.listing = self._new_listing()
        if is_sorted:
            return Changed(f"Sorted {ORDERS[arrangement.order]}")
        grouped = GROUPINGS[arrangement.grouping]
        return Changed(f"Grouped {grouped}" if grouped else "Not grouped")

    def _rescan(self) -> Outcome:
        return Said("Indexing is still under way") if self.is_indexing else outcomes.Refresh()

    def _to_unread(self, *, back: bool) -> Outcome:
        rows, cursor = self.rows.view.rows, self.rows.cursor
        unread = [at for at, row in enumerate(rows) if at != cursor and self._unread_in(row)]
        if not unread:
            is_unread = self.rows.row is not None and self._unread_in(self.rows.row)
            return Said("No other unread briefing" if is_unread else "No unread briefing")
        beyond = [at for at in unread if (at < cursor if back else at > cursor)] or unread
        self.rows.cursor = beyond[-1 if back else 0]
        count = self._unread_in(rows[self.rows.cursor])
        return Changed(f"{count:,} unread here · {self.unread_total}")

    def _unread_in(self, row: Row) -> int:
        return self.shown.column.unread(row.entry.path) if isinstance(row.entry, Listed) else 0

    # What is shown

    @property
    def entry(self) -> Listed | Saved | None:
        """The highlighted briefing or saved query."""
        entry = self.rows.row.entry if self.rows.row else None
        return entry if isinstance(entry, Listed | Saved) else None

    @property
    def name(self) -> str:
        """The title of the library, with its directory or file if it has only one."""
        names = [*self.roots.directories, *self.roots.files]
        if len(names) == 1:
            return f"Library {short(names[0], os.path.dirname(names[0]))}"
        return "Library"

    @property
    def unread_total(self) -> str:
        """The number of unread entries in the library, in words; empty if there are none."""
        counts = [status.unread for status in (self.standings or {}).values() if status.unread]
        if not counts:
            return ""
        return f"{sum(counts):,} unread in {quantity(len(counts), 'briefing')}"

    def details(self, *, brief: bool = False) -> View:
        """Return the details of the highlighted row, in a few lines if ``brief``."""
        entry = self.entry
        standing = None
        if isinstance(entry, Listed) and self.standings is not None:
            standing = self.standings.get(entry.path, NOT_OPENED)
        return details(entry, self.base, brief=brief, standing=standing)

    # Rows

    @property
    def is_stale(self) -> bool:
        """Whether new rows have to be made and handed to `show`."""
        return self.listing is not self.shown

    def show(self, listing: Listing, view: View) -> bool:
        """Show the rows of a listing; return False if it is out of date.

        The cursor stays on its briefing, unless it is at the start of the list.
        """
        if listing is not self.listing:
            return False
        old, start = self.rows.row, self.rows.view.start
        self.rows.show(view)
        self.shown = listing
        new = self.rows.row
        if old is None or new is None or old.key in (start, new.key):
            return True
        if isinstance(old.entry, Listed):
            # In another grouping the row of a briefing has another key.
            self.select_briefing(old.entry.path)
        return True

    def update(self) -> None:
        """Make new rows at once, if the current ones are out of date."""
        if self.is_stale:
            self.show(self.listing, self.listing.view())

    def select_briefing(self, path: str) -> None:
        """Highlight a briefing, if it is listed."""
        for row in self.rows.view.rows:
            if isinstance(row.entry, Listed) and row.entry.path == path:
                self.rows.select(row.key)
                return

    def _new_listing(self) -> Listing:
        return Listing(
            self.briefings,
            self.base,
            self.arrangement.order,
            self.arrangement.grouping,
            Column(self.standings, is_shown=self._tracks_reading),
            self.saved,
            "Reading the briefings…" if self.is_indexing else self._empty_message,
        )

    @property
    def _empty_message(self) -> str:
        names = ", ".join(short(path, "") for path in (*self.roots.directories, *self.roots.files))
        except_ignored = ", apart from what .gitignore leaves out," if self._has_ignored else ""
        return (
            f"No briefings{except_ignored} in {names}: "
            "no YAML file there begins with “briefing: 1”."
        )

    # The index

    def refresh_begins(self) -> None:
        """Note the start of an update of the index."""
        self.is_indexing = True
        if not self.briefings:
            self.listing = self._new_listing()

    def listed(self, briefings: Sequence[Listed]) -> None:
        """List the briefings that are indexed."""
        self.briefings = briefings
        self.listing = self._new_listing()

    def progressed(self, progress: IndexProgress) -> None:
        """Note the progress of indexing."""
        self.progress = progress

    def refreshed(self, changes: Changes, briefings: Sequence[Listed], *, is_asked: bool) -> str:
        """List the briefings after an update of the index; return a message, or an empty text.

        If the reader asked for the update, that nothing changed is a message too.
        """
        self.refresh_ends()
        self._has_ignored = changes.ignored
        self.listed(briefings)
        has_message = self._was_refreshed and (is_asked or bool(changes))
        self._was_refreshed = True
        return changes_message(changes) if has_message else ""

    def refresh_ends(self) -> None:
        """Note the end of an update of the index."""
        self.progress, self.is_indexing = None, False

    # What the reader has read

    def survey_begins(self) -> None:
        """Note the start of a survey of what is unread."""
        self._left_during_survey.clear()

    def surveyed(self, standings: Mapping[str, ReadingStatus]) -> None:
        """Show the reading status of briefings, by path; that of a session since is newer."""
        self.standings = {**standings, **self._left_during_survey}
        self.listing = self._new_listing()

    def left(self, path: str, standing: ReadingStatus) -> None:
        """Show the reading status of a briefing that the reader left.

        Its rows change in place; they are sorted again with the next listing.
        """
        if self._annotations_changed is not None:
            self._annotations_changed()
        self._left_during_survey[path] = standing
        if self.standings is None or self.standings.get(path) == standing:
            return
        self.standings[path] = standing
        is_stale = self.is_stale
        self.listing = self._new_listing()
        column = self.listing.column
        if is_stale or column.heading != self.shown.column.heading:
            return
        rows = tuple(
            row_of(row.entry, self.base, row.key, column)
            if isinstance(row.entry, Listed) and row.entry.path == path
            else row
            for row in self.rows.view.rows
        )
        self.rows.show(msgspec.structs.replace(self.rows.view, rows=rows))
        self.shown = self.listing

    def unread_in_others(self, path: str) -> int:
        """Return how many entries are unread in the other briefings."""
        standings = self.standings or {}
        return sum(standing.unread for name, standing in standings.items() if name != path)

    def unread_from(self, path: str, *, back: bool) -> Iterator[str]:
        """Yield the next briefings with unread entries in list order, wrapping around."""
        entries = (row.entry for row in self.rows.view.rows)
        paths = [entry.path for entry in entries if isinstance(entry, Listed)]
        at = paths.index(path) if path in paths else -1 if not back else len(paths)
        after, before = paths[at + 1 :], paths[: max(at, 0)]
        others = [*reversed(before), *reversed(after)] if back else [*after, *before]
        standings = self.standings or {}
        for name in dict.fromkeys(others):
            if name != path and standings.get(name, NOT_OPENED).unread:
                yield name


def closing_commands() -> dict[str, Callable[[], Outcome]]:
    """Return the commands that leave a list, by id."""
    leave = ("back", "escape", "quit-step")
    return {**{name: partial(outcomes.Close, name) for name in leave}, "quit": outcomes.Quit}


def open_library(service: LibraryService) -> LibrarySession:
    """Start a session on the library of a service, in its last arrangement."""
    workspace = service.workspace
    state = workspace.directories.state
    service.report(saved_arrangement.problem(state))
    return LibrarySession(
        workspace.roots,
        service.base,
        saved=workspace.saved,
        tracks_reading=service.tracks_reading,
        arrangement=saved_arrangement.load(state),
        keep=partial(saved_arrangement.save, state),
        annotations_changed=service.annotations_changed,
    )
