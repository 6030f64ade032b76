"""The search of a reading session: its text, its matches and where it began."""

from __future__ import annotations

from collections.abc import Sequence

from briefing_tui.session.history import Location
from briefing_tui.views.row_search import (
    field_advice,
    find_matches,
    find_rows,
    is_query,
    next_hit,
    type_advice,
)
from briefing_tui.views.rows import RowPosition, View
from briefing_tui.views.scene import Scene


class Search:
    """A text or query, and the rows that match."""

    def __init__(self) -> None:
        self.text = ""
        self._is_read_out = False
        self.hits: list[RowPosition] = []
        self.index: int | None = None
        """Index in `hits` of the last match that the reader went to."""
        self.mistake = ""
        """Why the text is not a valid query, or which field might be meant."""
        self.origin: Location | None = None
        """The row that the reader was on when the search began; None if there is no search."""
        self.displaced: Location | None = None
        """The row that the match took the place of, while the text is typed."""

    def include_speech(self) -> None:
        """Find rows by the words in which they are read out, too."""
        self._is_read_out = True

    def clear(self) -> None:
        """Clear the search."""
        self.text, self.hits, self.index, self.mistake, self.origin = "", [], None, "", None

    def look(self, scene: Scene, views: Sequence[View]) -> None:
        """Update the matches for the views of a scene."""
        self.mistake, self.index = "", None
        if not is_query(self.text):
            self.hits = find_rows(views, self.text, is_read_out=self._is_read_out)
            self.mistake = "" if self.hits else field_advice(self.text)
            return
        from briefing_tui.query.lexer import QueryError

        try:
            self.hits = find_matches(scene, views, self.text)
        except QueryError as error:
            self.hits, self.mistake = [], str(error)
        else:
            self.mistake = "" if self.hits else type_advice(self.text)

    def stay_at(self, hit: RowPosition | None) -> None:
        """Remain at a match, if it still is one."""
        self.index = self.hits.index(hit) if hit in self.hits else None

    def next(self, place: RowPosition, *, back: bool = False) -> RowPosition | None:
        """Return the match after or before a position, wrapping around; None if there is none."""
        self.index = next_hit(self.hits, place, back=back)
        return None if self.index is None else self.hits[self.index]

    @property
    def no_match(self) -> str:
        """The message for no matches."""
        return self.mistake or f"No match for “{self.text}”"
