"""What is unread in the briefings of a list: told beside them, in all, and stepped over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from briefing_tui.annotations.reading_status import NOT_OPENED, ReadingStatus
from briefing_tui.library.dossier_job import FAILURES
from briefing_tui.library.index.database import Listed
from briefing_tui.library.list_columns import Column
from briefing_tui.library.list_rows import row_of
from briefing_tui.tui.screens.list_screen import Listing
from briefing_tui.views.rows import Row


class Counting(Listing):
    """A list of briefings that knows how the reader stands to each."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(keys)
        self.column = Column(shown=False)

    async def show_anew(self) -> None:
        """Make the rows anew."""
        raise NotImplementedError

    def begin(self) -> None:
        """Have briefings that are left counted anew."""
        super().begin()
        self.column = Column(shown=self.librarian.reads)
        self.librarian.when_left = self.was_left

    def learn(self) -> None:
        """Find out what is unread, while the list is on the screen."""
        if self.librarian.reads:
            self.run_worker(self._learn(), group="standings", exclusive=True)

    def was_left(self, path: str) -> None:
        """Tell of a briefing what is unread in it now, where it stands."""
        before, self.column = self.column, Column(self.librarian.standings)
        if before.heading != self.column.heading:
            self.run_worker(self.show_anew(), group="list", exclusive=True)
            return
        rows = tuple(
            row_of(one, self.librarian.base, row.key, self.column)
            if isinstance(one := row.entry, Listed) and one.path == path
            else row
            for row in self.list.view.rows
        )
        self.list.view = msgspec.structs.replace(self.list.view, rows=rows)
        self.redraw()

    def action_next_unread(self) -> None:
        """Go to the next briefing with something unread."""
        self._to_unread(back=False)

    def action_previous_unread(self) -> None:
        """Go to the briefing before with something unread."""
        self._to_unread(back=True)

    def unread_from(self, path: str, back: bool) -> Iterator[str]:
        """The other briefings with something unread, from one on, and round at the end."""
        paths = [one.path for row in self.list.view.rows if isinstance(one := row.entry, Listed)]
        at = paths.index(path) if path in paths else -1 if not back else len(paths)
        after, before = paths[at + 1 :], paths[: max(at, 0)]
        ways = [*reversed(before), *reversed(after)] if back else [*after, *before]
        return (one for one in dict.fromkeys(ways) if one != path and self.column.unread(one))

    def standing_of(self, path: str) -> ReadingStatus | None:
        """How the reader stands to a briefing; nothing where that is not known, or not yet."""
        known = self.librarian.standings
        return known.get(path, NOT_OPENED) if known is not None else None

    @property
    def in_all(self) -> str:
        """What is unread in the whole library, in words; nothing where it is nothing."""
        counts = [one.unread for one in self._standings.values() if one.unread]
        if not counts:
            return ""
        briefings = f"{len(counts):,} briefing{'' if len(counts) == 1 else 's'}"
        return f"{sum(counts):,} unread in {briefings}"

    @property
    def _standings(self) -> Mapping[str, ReadingStatus]:
        return self.librarian.standings or {}

    def stand_on(self, before: Row) -> None:
        """Stay with a briefing where its row is called otherwise now."""
        here = self.list.row
        if here is not None and here.key != before.key and isinstance(before.entry, Listed):
            self.stand_at(before.entry.path)

    def stand_at(self, path: str) -> None:
        """Go to a briefing, where it is listed."""
        rows = self.list.view.rows
        same = (one for one in rows if isinstance(one.entry, Listed) and one.entry.path == path)
        found = next(same, None)
        if found is not None:
            self.list.select(found.key)

    async def _learn(self) -> None:
        try:
            async for _ in self.librarian.learn():
                self.column = Column(self.librarian.standings)
                await self.show_anew()
        except FAILURES as error:
            self.say(f"The index cannot be used: {error}")

    def _to_unread(self, *, back: bool) -> None:
        rows, here = self.list.view.rows, self.list.cursor
        found = [at for at, row in enumerate(rows) if at != here and self._unread(row)]
        if not found:
            row = self.list.row
            others = "no other" if row is not None and self._unread(row) else "no"
            self.say(f"There is {others} briefing with something unread")
            return
        beyond = [at for at in found if (at < here if back else at > here)] or found
        row = rows[beyond[-1 if back else 0]]
        self.list.select(row.key)
        self.say(f"{self._unread(row):,} unread here · {self.in_all}")

    def _unread(self, row: Row) -> int:
        return self.column.unread(row.entry.path) if isinstance(row.entry, Listed) else 0
