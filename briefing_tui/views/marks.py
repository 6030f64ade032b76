"""The annotations and read state of one briefing as plain data, which a scene carries."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from briefing_tui.briefing.problems import EntryPath

News = Literal["new", "changed"]


class RemovedEntry(NamedTuple):
    """An entry that is no longer in the briefing."""

    key: str
    """Its section and its id there."""
    label: str
    note: str = ""


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """The annotations and read state of one briefing, by the paths of its entries."""

    stars: frozenset[EntryPath] = frozenset()
    notes: dict[EntryPath, tuple[str, ...]] = {}
    outdated: frozenset[EntryPath] = frozenset()
    """Entries whose text has changed since they were marked."""
    news: dict[EntryPath, News] = {}
    """Entries that are unread, or have changed since they were read."""
    withdrawn: tuple[RemovedEntry, ...] = ()
    """Removed entries that the reader has read."""
    orphans: tuple[RemovedEntry, ...] = ()
    """Removed entries with annotations."""

    @property
    def unread(self) -> int:
        """Number of unread entries, including those that are withdrawn."""
        return len(self.news) + len(self.withdrawn)
